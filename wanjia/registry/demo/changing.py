"""In the tour's township homes have changed: one on assistance stands empty since its people parted, and somebody was written down twice."""

from collections import Counter

from django.db.models import Count
from django.utils import timezone

from wanjia.kernel.calendar import today
from wanjia.orgs.models import Post
from wanjia.orgs.roles import Role

from ..households.commands import add_member, move_member
from ..memberships import members_on
from ..models import AidCut, DatedStatus, Household, Membership
from .owing import STORY

PARTED = "分户,各自投靠亲属"
BOTH = 2  # homes to which the people of one that parts go; homes in which one person stands


def live(code, say):
    """Plant them once; returns {what: how many}. Nothing where there is no such township, or it has done so already."""
    post = Post.objects.filter(to_on=None, role=Role.TOWNSHIP_WORKER, organisation__area_id=f"{code[:6]}{STORY}000").select_related("user").first()
    if post is None or Membership.objects.filter(household__village__code__startswith=code[:6] + STORY, end_reason=PARTED).exists():
        return Counter()
    told = Counter(empty=_part(code[:6] + STORY, by=post.user, at=timezone.now()), doubles=_write_down_twice(code[:6] + STORY, by=post.user, at=timezone.now()))
    say(f"  细沙乡:空户上的救助 {told['empty']} 件,疑似重复 {told['doubles']} 对 / aid on an empty home, a person written down twice")
    return told


def _part(township, *, by, at):
    """The people of the smallest home on assistance go to two others, as after a marriage; its aid stays where nobody lives. Returns 1, or 0 for no such home."""
    held = DatedStatus.objects.filter(household__village__code__startswith=township, scheme="relief", to_on=None).exclude(pk__in=AidCut.objects.values("status"))
    smallest = held.annotate(n=Count("household__memberships")).order_by("n", "household__number").select_related("household").first()
    if smallest is None:
        return 0
    home, people = smallest.household, members_on(smallest.household, today(at))
    to = list(Household.objects.filter(village=home.village_id).exclude(pk=home.pk).exclude(statuses__scheme="relief").order_by("number")[:BOTH])
    if len(to) < BOTH or len(people) < BOTH:
        return 0
    for n, one in enumerate(people):
        goes = to[min(n, BOTH - 1)]
        move_member(membership_id=one.pk, household_id=goes.pk, relation="其他", on=today(at), reason=PARTED, by=by, at=at)
    return 1


def _write_down_twice(township, *, by, at):
    """A grown-up of one home is added to another of the village, the number to follow: who looks at both says whether it is one person. Returns 1 or 0."""
    village = Household.objects.filter(village__code__startswith=township).values("village").annotate(n=Count("pk")).order_by("-n", "village").values_list("village", flat=True).first()
    homes = list(Household.objects.filter(village=village).exclude(statuses__scheme="relief").order_by("number")[:BOTH])
    grown = [one.person for one in members_on(homes[0], today(at)) if one.person.birth_on and not one.person.is_protected] if len(homes) == BOTH else []
    if not grown:
        return 0
    add_member(
        household_id=homes[1].pk, relation="其他", name=grown[-1].name, sex=grown[-1].sex, birth_on=grown[-1].birth_on, id_absent_reason="to_follow",
        another=True, by=by, at=at,
    )  # fmt: skip
    return 1
