"""What is asked about doubles: candidates, two records side by side, merges that can be taken back."""

from django.db.models import Count

from wanjia.kernel.privacy import mask_citizen_id, mask_phone
from wanjia.orgs.scope import in_reach
from wanjia.registry.duties import Duty

from ..models import Household, Membership, Merge, Person, TwinQuestion
from ..people.facts import FACTS
from ..people.rules import visible_people

MASKS = {"citizen_id": mask_citizen_id, "phone": mask_phone, "health": lambda text: "******" if text else ""}
MOST = 200  # groups of doubles that are listed at once; those that are judged make room for the next


def candidates(actor, limit=MOST):
    """Return [(person, person)] with the same name, birth date and village that nobody has judged, in reading order.

    A shared phone never makes a candidate: elders share one.
    """
    live = visible_people(actor, duty=Duty.JUDGE_DUPLICATES).filter(merged_into=None)
    groups = (
        live.exclude(birth_on=None).order_by().values("name", "birth_on", "village_id").annotate(n=Count("pk")).filter(n__gt=1)
        .order_by("village_id", "name", "birth_on")[:limit]
    )  # fmt: skip
    groups = {(g["name"], g["birth_on"], g["village_id"]): [] for g in groups}
    if not groups:
        return []
    names, days = {key[0] for key in groups}, {key[1] for key in groups}
    for person in live.filter(name__in=names, birth_on__in=days).select_related("village").order_by("registered_at", "pk"):
        groups.get((person.name, person.birth_on, person.village_id), []).append(person)
    pairs = [(a, b) for people in groups.values() for i, a in enumerate(people) for b in people[i + 1 :]]
    ids = {person.pk for pair in pairs for person in pair}
    judged = TwinQuestion.objects.filter(one__in=ids).exclude(verdict="").values_list("one_id", "other_id")
    judged = {frozenset(pair) for pair in judged}
    return [pair for pair in pairs if frozenset((pair[0].pk, pair[1].pk)) not in judged]


def side_by_side(one, other):
    """Return [(column's words, masked left, masked right, whether they differ)] of what is kept of two people."""
    rows = []
    for name in ("name", *(fact for fact in FACTS if fact != "name")):
        left, right = getattr(one, name), getattr(other, name)
        if left in (None, "") and right in (None, ""):
            continue
        words = Person._meta.get_field(name).verbose_name
        rows.append((words, _shown(one, name), _shown(other, name), left != right))
    homes = [Membership.objects.filter(person=p, to_on=None).values_list("household__number", "relation") for p in (one, other)]
    texts = ["、".join(f"{number} {relation}" for number, relation in home) for home in homes]
    return [*rows, (Household._meta.get_field("number").verbose_name, *texts, texts[0] != texts[1])]


def _shown(person, name):
    value = getattr(person, name)
    if name in MASKS:
        return MASKS[name](value)
    display = getattr(person, f"get_{name}_display", None)
    return display() if display else value


def merges(actor):
    """Return merges of people within reach, newest first."""
    return Merge.objects.filter(in_reach(actor, area="kept__village_id", duty=Duty.JUDGE_DUPLICATES)).select_related("kept", "gone", "by", "undone_by")
