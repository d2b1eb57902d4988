"""Who may open and close a round, and why not."""

from django.utils.translation import gettext_lazy as _

from wanjia.orgs.models import Level
from wanjia.orgs.scope import areas, covers, in_reach
from wanjia.orgs.workdays.hours import CLOCK
from wanjia.verdict import first_refusal

from ..duties import Duty
from ..models import Round

NO_DUTY = _("您的岗位没有组织集中摸排的权限。")
WITHIN = (Level.COUNTY, Level.TOWNSHIP, Level.VILLAGE)


def visible_rounds(actor, *, duty=Duty.SEE_LABOUR):
    """Rounds within the actor's reach, and those of an area around it: whoever is asked to call sees what for."""
    mine = Round.objects.filter(in_reach(actor, area="area_id", duty=duty))
    around = Round.objects.filter(area__in=_around(actor, duty))
    return Round.objects.filter(pk__in=mine.values("pk")) | Round.objects.filter(pk__in=around.values("pk"))


def _around(actor, duty):
    """List the codes of the areas around the tops of the actor's reach."""
    return [code for top in areas(actor, duty=duty) for code in above(top.code)]


def above(code):
    """List the codes of an area and of those around it, up to the county: 12 digits each."""
    return list(dict.fromkeys([code, *(f"{code[:n]:0<12}" for n in (9, 6))]))


def runs_there(area):
    """Return the running round that covers an area or lies within it, or None: of two, people would be asked for one and counted for both."""
    first, end = area.span()
    within = Round.objects.filter(closed_on=None, area_id__gte=first, area_id__lt=end).first()
    return within or Round.objects.filter(closed_on=None, area_id__in=above(area.code)).first()


def can_open(actor, area):
    """May the actor open a round over an area."""
    other = runs_there(area)
    return first_refusal(
        (actor.has_duty(Duty.RUN_ROUNDS), NO_DUTY),
        (covers(actor, area.code, duty=Duty.RUN_ROUNDS), _("这个地方不在您的辖区。")),
        (area.level in WITHIN, _("摸排按县、乡镇或村组织。全市的请各县分别开。")),
        (other is None, _("“%(area)s”的摸排还没有结束,同一个地方一次只开一轮。") % {"area": other.area.name if other else ""}),
    )


def can_close(actor, one):
    """May the actor end a round before its last day."""
    return first_refusal(
        (actor.has_duty(Duty.RUN_ROUNDS), NO_DUTY),
        (covers(actor, one.area_id, duty=Duty.RUN_ROUNDS), _("这个地方不在您的辖区。")),
        (one.closed_on is None, _("这一轮已经结束了。")),
    )


def can_close_over(actor):
    """Decide whether this actor closes rounds whose last day is over: the clock alone."""
    return first_refusal((actor is CLOCK, _("摸排到期由系统结束,不由人代走。要提前结束的,请在这一轮的页面上点“提前结束”。")))
