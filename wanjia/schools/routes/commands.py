"""Have the lines of a day drawn by the engine; what a version writes, and what goes when it is dropped."""

from datetime import date
from typing import Annotated

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Asked, act
from wanjia.solving.runs.commands import ask_plan

from ..buses.rules import can_keep
from ..buses.subjects import OPERATORS
from ..buses.writing import point_of
from ..duties import Duty
from ..models import BusLine, BusSeat, BusStop, Unserved
from . import pages, plans


@act(OPERATORS, "routes_plan", at="routes", words=_("排接送线路"), done=_("已开始计算,算好以后看过再启用。"), duty=Duty.KEEP_BUSES, may=can_keep, rank=60, then=pages.to_plan, call=None,
     because="a plan is watched, judged and put in force on its page by people", lines={})  # fmt: skip
def plan_routes(
    operator, *, by, at,
    day: Annotated[date, Asked(_("照哪一天的作息"), _("一个平常上学的日子。"))],
    yard: Annotated[str, Asked(_("车辆晚上停在哪里"), _("写成 28.2288,103.6378 这样。"), least=3, most=40)],
):  # fmt: skip
    """Have lines drawn for all riders of the operator's area (排接送线路): a run in the background, judged by the referee."""
    return ask_plan(plans.KIND, str(operator.pk), operator.area, settings={"day": day.isoformat(), "yard": list(point_of(yard))}, by=by, at=at)


def store(plan, posed, answer):
    """Write the drafted lines of a version and who is left at home, inside the keeping of the plan."""
    for line, stops, seats in plans.rows_of(plan, posed, answer.plan):
        line.save(force_insert=True)
        BusStop.objects.bulk_create(stops)
        BusSeat.objects.bulk_create(seats)
    Unserved.objects.bulk_create(list(plans.unserved(plan, posed, answer.plan)))


def swap(plan, before, *, by, at):
    """Let the drafts of the version before go: what was not filed of it is drawn anew by this one."""
    if before is not None:
        drop(before)


def drop(plan):
    """Take a dropped version's drafts away; a line that was filed stays, it stands on a plate."""
    lines = BusLine.objects.filter(plan=plan, filed_on=None)
    BusSeat.objects.filter(stop__line__in=lines).delete()
    BusStop.objects.filter(line__in=lines).delete()
    Unserved.objects.filter(plan=plan).delete()
    lines.delete()
