"""What the acts of the board ask: which units, which place, under which pillar, by which day."""

from datetime import date
from typing import Annotated

from django.utils.translation import gettext_lazy as _

from wanjia.doors.words import said
from wanjia.kernel.acts import Asked
from wanjia.orgs import scope
from wanjia.orgs.areas.fields import under_its_place
from wanjia.orgs.fields import searched, widest
from wanjia.orgs.handing.queries import staffed
from wanjia.orgs.models import Area, Organisation
from wanjia.policy import labour_pillars

from ..duties import Duty
from ..models.board import LONG, SHORT
from . import rules


def areas_for(_row, actor, day):
    """The places for which the actor's office sets tasks."""
    return Area.objects.filter(scope.in_reach(actor, area="code", duty=Duty.SET_BOARD), level__in=("city", "county", "township")).on(day).select_related("parent").order_by("code")


def units_for(_row, actor, day):
    """The units there in which somebody can take a task on."""
    return staffed(day, Duty.WORK_BOARD).filter(scope.in_reach(actor, area="area_id", duty=Duty.SET_BOARD)).select_related("area").order_by("area_id", "tier", "name")


def near_for(row, actor, day):
    """Those of them that stand at the top of the actor's reach: a county's bureaus; its townships are asked one by one, by a few letters."""
    return units_for(row, actor, day).filter(area__in=scope.areas(actor, duty=Duty.SET_BOARD))


def name_of(unit):
    """A unit in a list that holds several places."""
    return f"{unit.area.short_name} · {unit.name}"


def pillars(_row, _actor, _day):
    """The four pillars by their words."""
    return [(code, said(one)) for code, one in labour_pillars.pillars().items()]


NO_NAMES = _("写事,不写群众的姓名。")
LeadUnit = Annotated[Organisation, Asked(_("牵头单位"), within=rules.NO_UNIT, **searched(units_for, name_of))]
LeadAgain = Annotated[Organisation, Asked(_("牵头单位"), within=rules.NO_UNIT, initial=lambda task, _actor, _day: str(task.lead_id), **searched(units_for, name_of))]
AssistingUnit = Annotated[Organisation, Asked(_("配合单位"), within=rules.NO_UNIT, **searched(units_for, name_of))]
AssistingUnits = Annotated[list[Organisation], Asked(_("配合单位"), _("可以不选。乡镇和别的单位,交办以后用“请单位配合”。"), among=near_for, named=units_for)]
Where = Annotated[Area, Asked(_("哪里"), within=rules.ELSEWHERE_AREA, initial=widest(areas_for), **searched(areas_for, under_its_place))]
What = Annotated[str, Asked(_("做什么"), NO_NAMES, least=4, most=SHORT)]
Measure = Annotated[str, Asked(_("为什么、做到什么算办成"), _("说得清办完没有。写事,不写群众的姓名。"), rows=3, least=4, most=LONG)]
Pillar = Annotated[str, Asked(_("归哪一“有”"), among=pillars)]
DueOn = Annotated[date, Asked(_("哪天以前"))]
DueOnNow = Annotated[date, Asked(_("哪天以前"), initial=lambda task, _actor, _day: task.due_on)]
Why = Annotated[str, Asked(_("理由"), rows=2, least=4, most=LONG)]
