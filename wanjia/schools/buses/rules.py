"""Who sees operators, vehicles, crews and lines, who keeps them; what the law says of a trip; and why not."""

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.calendar import today
from wanjia.orgs import scope
from wanjia.policy import school_bus
from wanjia.verdict import first_refusal

from ..duties import Duty
from ..models import Attendant, Bus, BusDriver, BusLine, Operator

NO_DUTY = _("您的岗位没有登记接送车辆的权限。")
ELSEWHERE = _("这家承运单位不由您管。")
OUT_OF_REACH = _("这个区划不在您的范围。")
ENDED = _("这一条已经停用。")
SEES = (Duty.SEE_BUSES, Duty.RIDE_BUS)  # who sees a line: whoever sees buses there, and its own attendant


def visible_operators(actor, *, duty=Duty.SEE_BUSES):
    """The operators of the areas of these posts, and those of their county: a township's children ride in the county's buses."""
    seen = scope.in_reach(actor, duty=duty)
    if duty != Duty.KEEP_BUSES:
        seen |= Q(area__in={reach.first[:6].ljust(12, "0") for reach in scope.reaches(actor, duty=duty)})
    return Operator.objects.filter(seen)


def visible_buses(actor, *, duty=Duty.SEE_BUSES):
    """Their vehicles."""
    return Bus.objects.filter(operator__in=visible_operators(actor, duty=duty))


def visible_drivers(actor, *, duty=Duty.SEE_BUSES):
    """Their drivers."""
    return BusDriver.objects.filter(operator__in=visible_operators(actor, duty=duty))


def visible_attendants(actor, *, duty=Duty.SEE_BUSES):
    """Their attendants."""
    return Attendant.objects.filter(operator__in=visible_operators(actor, duty=duty))


def own(actor, path=""):
    """Return the Q of what an attendant rides herself: of whoever has an account, the post, and has not left. path: to the attendant."""
    if not (actor.id and scope.handles_content(actor, duty=Duty.RIDE_BUS)):
        return Q(pk__in=[])
    return Q(**{f"{path}user": actor.id}) & (Q(**{f"{path}to_on": None}) | Q(**{f"{path}to_on__gt": today(timezone.now())}))


def visible_lines(actor, *, duty=SEES):
    """The lines of these vehicles, and those that the actor rides as their attendant."""
    asked = duty if isinstance(duty, tuple) else (duty,)
    seen = own(actor, "attendant__") if Duty.RIDE_BUS in asked else Q(pk__in=[])
    for one in asked:
        if one != Duty.RIDE_BUS:
            seen |= Q(bus__in=visible_buses(actor, duty=one).values("pk"))
    return BusLine.objects.filter(seen)


def keeps(actor, _row=None):
    """May the actor keep buses at all; where, what the act offers says."""
    return first_refusal((actor.has_duty(Duty.KEEP_BUSES), NO_DUTY))


def _kept(actor, area_code, row):
    return (
        (actor.has_duty(Duty.KEEP_BUSES), NO_DUTY), (scope.covers(actor, area_code, duty=Duty.KEEP_BUSES), ELSEWHERE), (row.to_on is None, ENDED),
    )  # fmt: skip


def can_keep(actor, operator):
    """May the actor change an operator, enter a vehicle, a driver or an attendant of it."""
    return first_refusal(*_kept(actor, operator.area_id, operator))


def can_change(actor, row):
    """May the actor change a vehicle, a driver or an attendant."""
    return first_refusal(*_kept(actor, row.operator.area_id, row))


def can_change_line(actor, line):
    """May the actor change a line: its crew, its end."""
    return first_refusal(*_kept(actor, line.bus.operator.area_id, line))


def can_draft(actor, line):
    """May the actor write the stops of a line, or file it: a draft's alone; what stands on a plate is not changed but drawn anew (art. 16)."""
    return first_refusal(*_kept(actor, line.bus.operator.area_id, line), (line.filed_on is None, _("已经备案的线路不能改站点:请另画一条,备案以后换过去(条例第十六条)。")))


def is_there(row, day):
    """Tell whether a vehicle, a driver or an attendant serves on `day`."""
    return row is not None and row.from_on <= day and (row.to_on is None or day < row.to_on)


def morning_of(line, grades, riders, day):
    """Return a line's trip of a day as the law reads it: its vehicle, crew, who rides."""
    driver = line.driver if is_there(line.driver, day) else None
    attendant = line.attendant if is_there(line.attendant, day) else None
    return school_bus.Morning(line.bus.papers, driver and driver.papers, attendant and attendant.cleared_until, frozenset(grades), riders, filed=line.filed_on is not None)
