"""Children who lost their parents or got a card of disability since the plan: some are late without anybody, some have days left. Whoever draws pairs finds them on the desk."""

from datetime import timedelta

from wanjia.orgs.models import Post
from wanjia.orgs.roles import Role
from wanjia.orgs.workdays.hours import CLOCK
from wanjia.registry.finding import protected
from wanjia.registry.models import Person
from wanjia.registry.people.children import children_with_facts
from wanjia.registry.people.presumed import presumed_parents
from wanjia.registry.statuses.commands import record_status
from wanjia.verdict import Refused

from ..models import Pair
from ..pairing.commands import watch_entitled

CARDS = (("limb", "2"), ("hearing", "1"), ("mental", "3"), ("sight", "2"), ("limb", "3"), ("speech", "2"))
LOST = (("dead", "dead"), ("dead", "prison"), ("dead", "dead"), ("prison", "lost_contact"))  # father's and mother's
LATE, LATELY = 32, 4  # days before today that the register learnt of it: beyond the days by which, and within them


def live(county, now, told):
    """Let half of them be known long enough to be late, half since some days; the clock puts each on the list with its day."""
    used = set()
    for back, turns in ((LATE, 0), (LATELY, 1)):
        at = now - timedelta(days=back)
        clerks = _clerks(county)
        cards, lost = CARDS[turns::2], LOST[turns::2]
        for child, parents in _without_anybody(county, at, clerks, used):
            if not cards and not lost:
                break
            clerk = clerks[child.village_id[:9]]
            if parents and lost:
                told_of = [_told(one, "condition", code, "", "村委会、派出所证明", clerk, at) for one, code in zip(parents, lost[0], strict=True)]
                done, lost = all(told_of), lost[1:]
            elif cards:
                code, grade = cards[0]
                done = _told(child, "disability", code, grade, "残疾人证", clerk, at)
                cards = cards[1:] if done else cards
            else:
                continue
            if done:
                used.add(child.village_id)
                told["waiting"] += 1
        watch_entitled(area=county, by=CLOCK, at=at + timedelta(hours=14))


def _clerks(county):
    """Return {nine digits of a township: its worker}."""
    posts = Post.objects.filter(role=Role.TOWNSHIP_WORKER, to_on=None, organisation__area__parent=county).select_related("user", "organisation").order_by("-user__username")
    return {post.organisation.area_id[:9]: post.user for post in posts}


def _without_anybody(county, at, clerks, used):
    """Yield (child, its father and mother on record or nothing) of children at school whom nobody accompanies, one of a village."""
    first, end = county.span()
    born = [at.date().replace(year=at.year - years, day=1) for years in (15, 6)]
    people = Person.objects.filter(protected(day=at.date()), village__gte=first, village__lt=end, birth_on__gt=born[0], birth_on__lte=born[1], died_on=None)
    for child in children_with_facts(people.exclude(pk__in=Pair.objects.filter(to_on=None).values("child"))).order_by("birth_on", "pk").iterator(chunk_size=200):
        if child.village_id in used or child.village_id[:9] not in clerks or child.held:
            continue
        yield child, _parents(child)


def _parents(child):
    for home in child.homes:
        if home.to_on is None:
            others = [one for one in home.household.members if one.person_id != child.pk and one.to_on is None]
            found = presumed_parents(child, home, others)
            if len(found) == 2 and not any(one.died_on for one in found.values()):
                return [found["father"], found["mother"]]
    return []


def _told(person, scheme, code, grade, evidence, clerk, at):
    """Record it where it may be: a record that says so already stays as it is."""
    try:
        record_status(person_id=person.pk, scheme=scheme, code=code, grade=grade, from_on=(at - timedelta(days=10)).date(), evidence=evidence, by=clerk, at=at)
    except Refused:
        return False
    return True
