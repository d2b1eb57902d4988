"""What the last evening leaves to the morning of the demo county: whoever signs in finds something that waits for him."""

from datetime import timedelta
from itertools import islice

from wanjia.orgs.roles import Role
from wanjia.registry.access.commands import ask_access, break_glass
from wanjia.registry.models import Household, VisitPurpose
from wanjia.registry.visits.commands import plan_visit
from wanjia.reporting.notices.commands import print_monthly

from ..assignment.commands import assign_need
from ..assignment.rules import can_return
from ..models import ProtectionReport
from ..protection.commands import report_child
from ..screening.commands import admit_need
from ..states import NeedState as S
from ..states import PaperKind
from ..triage.commands import triage_need
from .hands import at
from .helping import help_each_other
from .voices import voices

TRIES = 5  # what is heard may be refused: the same is open at that home already
FOR_ONE_OFFICE = "medium"  # one township or one bureau can settle it


def leave_waiting(county):
    """Leave something sent back, something a family calls unsolved, a report on a child, parts asked of helpers, and work for each unit that has none."""
    if not county.standing(S.RETURNED):
        for need in islice(_returnable(county), 1):
            county.send_back(need)
    if not county.standing(S.REOPENED):
        for need in county.standing(S.DONE_REPORTED)[-1:]:
            county.call(need, "unsolved")
    help_each_other(county, waiting=True)
    county.hands.count(county.day)
    for unit in county.hands.idle():
        any(_give(county, unit) for _try in range(TRIES))
    for post in county.hands.in_role(Role.SCHOOL_WORKER, Role.TOWNSHIP_LEADER):
        _go_tomorrow(county, post)
    _report(county)
    _read_beyond(county)
    _publish(county)


def _returnable(county):
    """Yield what its unit may still send back this evening."""
    evening = at(county.day, 17, county.dice)
    for need in county.standing(S.ASSIGNED, S.ACCEPTED):
        worker = county.hands.worker(need.holder)
        if need.returns == 0 and worker and can_return(worker, need, at=evening):
            yield need


def _give(county, unit):
    """A difficulty of its own line, heard, taken up, graded as one for one office, and handed over this afternoon; it signs tomorrow. Returns what came of it."""
    near = [village for village in sorted(county.homes) if village.startswith(unit.area_id.rstrip("0"))]
    apt = [one for one in voices() if one.fits(unit)] or [one for one in voices() if not one.line]
    if not near:
        return None
    heard = county.dice.choice(apt)
    need = county.hear(county.dice.choice(near), heard)
    clerk = need and county.hands.desk(need.village)
    return (
        clerk and county.do(admit_need, 14, need_id=need.pk, by=clerk)
        and county.do(triage_need, 14, need_id=need.pk, by=clerk, urgency=heard.urgency, difficulty=FOR_ONE_OFFICE)
        and county.do(assign_need, 15, need_id=need.pk, by=clerk, holder=unit)
    )  # fmt: skip


def _go_tomorrow(county, post):
    """A teacher goes to a pupil's home, a leader to one whose difficulty is late."""
    near = [village for village in sorted(county.homes) if village.startswith(post.organisation.area_id.rstrip("0"))]
    if near:
        home = county.dice.choice(county.homes[county.dice.choice(near)])
        county.do(
            plan_visit, 17, household_id=home.pk, by=post.user, planned_on=county.calendar.add(county.day, 1).on,
            visitor_ids=[str(post.user.pk)], purpose=VisitPurpose.ROUTINE,
        )  # fmt: skip


def _report(county):
    """A teacher tells of a child in danger, and has rung 110; the officer reads it in the morning, unless one waits for him already."""
    if ProtectionReport.objects.filter(follow_ups=None, area__code__startswith=county.code).exists():
        return
    for post in county.hands.in_role(Role.SCHOOL_WORKER)[:1]:
        moment = at(county.day, 16, county.dice)
        county.do(
            report_child, 17, by=post.user, area=post.organisation.area, discovered_at=moment, called_police_at=moment, reported_to="派出所",
            situation="被遗弃或长期无人照料", child_words="五年级一个孩子,住在村口,姓名不清楚",
            facts="连着三天没有来上学,班主任到家门口,家里没有大人,隔壁说奶奶住院了",
        )  # fmt: skip


def _read_beyond(county):
    """A teacher asks for the file of a pupil who is to change schools, and has opened another's in an emergency this afternoon."""
    for post in county.hands.in_role(Role.SCHOOL_WORKER)[:1]:
        first, end = post.organisation.area.span()
        child = {"memberships__person__schooling": "in_school", "memberships__person__birth_on__gt": county.day - timedelta(days=14 * 365)}
        pupils = Household.objects.filter(village_id__gte=first, village_id__lt=end, memberships__to_on=None, **child)
        numbers = list(pupils.order_by("number").values_list("number", flat=True).distinct()[:2])
        week = county.day + timedelta(days=7)
        for number in numbers[:1]:
            county.do(ask_access, 16, by=post.user, home=number, purpose="school", words="孩子要转到县城上学,核对学籍和监护人", until_on=week)
        for number in numbers[1:]:
            county.do(break_glass, 16, by=post.user, home=number, words="放学后没有到家,校门口也没找到,要联系家里人")


def _publish(county):
    """The leader of each township that has one signs the boards of the last quarter."""
    month = county.day.month - 1 - (county.day.month - 1) % 3
    period = f"{county.day.year}{month:02}" if month else f"{county.day.year - 1}12"
    for post in county.hands.in_role(Role.TOWNSHIP_LEADER):
        county.do(print_monthly, 17, area=post.organisation.area, month=period, kind=PaperKind.BOARD, by=post.user)
