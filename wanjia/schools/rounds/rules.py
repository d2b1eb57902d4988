"""Who leads a round, what it needs to begin and to close, who leaves a place out; and why not."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.calendar import today
from wanjia.orgs import scope
from wanjia.orgs.workdays.hours import CLOCK
from wanjia.policy import inspecting as policy
from wanjia.verdict import first_refusal

from ..duties import Duty
from ..inspection_states import RoundState
from ..models import RoundTeam, RoundVenue
from ..venues.rules import NO_DUTY as NO_INSPECTING
from ..venues.rules import own_units, taking_part, visible_rounds
from . import queries

NO_DUTY = _("您的岗位没有组织检查的权限。")
NOT_LEAD = _("这一轮由牵头单位组织。")
OUT_OF_REACH = _("这个区划不在您的范围。")
NOT_A_DRAFT = _("这一轮已经开始或者结束,不能再改。")
NOT_RUNNING = _("这一轮不在进行。")
NO_LEAD = _("还没有定牵头单位。")
NO_TEAM = _("还没有编检查组。")
FEW_LICENSED = _("每个组持执法证的不能少于 %(n)s 人。")
NO_VENUE = _("这个范围还没有登记要查的场所。")
LEFT = _("还有 %(n)s 处没有查,也没有写明原因。逐处查完或者写明原因,才能完成。")
LOOKED_AT = _("这一处这一轮已经查过。")
LEFT_OUT = _("这一处已经写明没查的原因。")


def visible_stops(actor, *, duty=Duty.SEE_VENUES):
    """The places on the lists of the rounds that the actor sees, and those of the own area on any list."""
    return RoundVenue.objects.filter(scope.in_reach(actor, area="venue__area_id", duty=duty) | taking_part(actor, duty=duty, rounds="round__"))


def visible_teams(actor, *, duty=Duty.SEE_VENUES):
    """The teams of the rounds that the actor sees."""
    return RoundTeam.objects.filter(round__in=visible_rounds(actor, duty=duty))


def plans(actor, _row=None):
    """May the actor plan rounds at all; where and for which unit, the act judges."""
    return first_refusal((actor.has_duty(Duty.LEAD_ROUNDS), NO_DUTY))


def leads(actor, one):
    """Tell whether the actor organises this round: of its lead unit; while it has none, whoever may plan in its area."""
    if one.lead_id is None:
        return scope.covers(actor, one.area_id, duty=Duty.LEAD_ROUNDS)
    return one.lead_id in own_units(actor, duty=Duty.LEAD_ROUNDS)


def _leads(actor, one):
    return (actor.has_duty(Duty.LEAD_ROUNDS), NO_DUTY), (leads(actor, one), NOT_LEAD)


def can_change(actor, one):
    """May the actor change what a round goes over, or not hold it: before it begins."""
    return first_refusal(*_leads(actor, one), (one.state == RoundState.DRAFT, NOT_A_DRAFT))


def can_team(actor, one):
    """May the actor put a team together: until the round is closed."""
    return first_refusal(*_leads(actor, one), (one.state in (RoundState.DRAFT, RoundState.RUNNING), NOT_A_DRAFT))


def can_drop_team(actor, team):
    """May the actor take a team apart: before the round begins."""
    return can_change(actor, team.round)


def can_begin(actor, one):
    """May the actor let a round begin: somebody leads it, each team has its licensed officers, there are places."""
    first = can_change(actor, one)
    if not first:
        return first
    least, teams = policy.in_force(one.from_on).officers, list(one.teams.prefetch_related("units"))
    return first_refusal(
        (one.lead_id is not None, NO_LEAD), (teams, NO_TEAM), (all(sum(unit.licensed for unit in team.units.all()) >= least for team in teams), FEW_LICENSED % {"n": least}),
        (queries.to_list(one, one.until_on).exists(), NO_VENUE),
    )  # fmt: skip


def can_close(actor, one, at):
    """May the actor close a round: every place was looked at, or it is written why not. No place is skipped silently."""
    n = len(queries.left(one)) + queries.unlisted(one, today(at)).count() if one.state == RoundState.RUNNING else 0
    return first_refusal(*_leads(actor, one), (one.state == RoundState.RUNNING, NOT_RUNNING), (n == 0, LEFT % {"n": n}))


def takes_part(actor, stop):
    """Tell whether the actor inspects this place: of a unit in its team, or of any team while it is given to none; or of the lead unit."""
    own = set(own_units(actor, duty=Duty.INSPECT))
    teams = (team for team in stop.round.teams.all() if stop.team_id in (None, team.pk))  # a list has them all at once
    return stop.round.lead_id in own or any(unit.unit_id in own for team in teams for unit in team.units.all())


def waits(stop):
    """Return what is asked of a place that still waits: its round runs, it was neither looked at nor left out."""
    return (
        (stop.round.state == RoundState.RUNNING, NOT_RUNNING), (not hasattr(stop, "inspection"), LOOKED_AT), (not stop.left_out, LEFT_OUT),
    )  # fmt: skip


def can_assign(actor, stop):
    """May the actor give a place to a team and a day."""
    return first_refusal(*_leads(actor, stop.round), *waits(stop))


def can_leave_out(actor, stop):
    """May the actor write why a place is not looked at: whoever leads, or would have looked."""
    return first_refusal((actor.has_duty(Duty.INSPECT), NO_INSPECTING), (takes_part(actor, stop), NOT_LEAD), *waits(stop))


def can_take_up(actor, stop):
    """May the actor put a place back on the list that was left out."""
    return first_refusal(
        (actor.has_duty(Duty.INSPECT), NO_INSPECTING), (takes_part(actor, stop), NOT_LEAD), (stop.round.state == RoundState.RUNNING, NOT_RUNNING), (stop.left_out, _("这一处没有写过没查的原因。")),
    )  # fmt: skip


def is_clock(by):
    """Decide whether the clock does it: what the calendar calls for is put down by nobody's hand."""
    return first_refusal((by is CLOCK, _("校历该办的轮次由系统按时列出,不由人代走。")))
