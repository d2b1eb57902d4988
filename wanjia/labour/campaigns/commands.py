"""Open a drive, set what a place is to reach in it, have a plan worked for it."""

from datetime import date, timedelta
from typing import Annotated

from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.calendar import today
from wanjia.orgs import scope
from wanjia.orgs.areas.fields import under_its_place
from wanjia.orgs.fields import searched, widest
from wanjia.orgs.models import Area
from wanjia.solving.runs.commands import ask_plan
from wanjia.verdict import Refused

from ..duties import Duty
from ..matching.plans import KIND
from ..models import Campaign, Target
from . import rules
from .subjects import CAMPAIGNS

LONGEST = timedelta(days=366)  # every day of a drive is a line of its page, and the clock sums up each township's: a year mistyped would make thousands


def _areas(_row, actor, day):
    return Area.objects.filter(scope.in_place(actor, area="code", duty=Duty.MATCH), level__in=("city", "county", "township")).on(day).select_related("parent").order_by("code")


def _below(campaign, _actor, day):
    first, end = campaign.area.span()
    return Area.objects.filter(code__gte=first, code__lt=end).exclude(level__in=("village", "group")).on(day).select_related("parent").order_by("code")


@act(
    CAMPAIGNS, "campaign_open", words=_("开展就业行动"), done=_("行动已开始。"), duty=Duty.MATCH, new=True, at="new", call="open",
    lines={"campaign.open": _("开展就业行动")},
)  # fmt: skip
def open_campaign(
    *, by, at,
    name: Annotated[str, Asked(_("名称"), least=2, most=60)],
    area: Annotated[Area, Asked(_("范围"), initial=widest(_areas), within=_("这个地方不在您的辖区。"), **searched(_areas, under_its_place))],
    from_on: Annotated[date, Asked(_("从哪天起"), initial=lambda _row, _actor, day: day)],
    until_on: Annotated[date, Asked(_("到哪天止"))],
):  # fmt: skip
    """Open a drive for an area and a window of days (开展就业行动)."""
    if until_on <= from_on:
        raise Refused(_("结束的日期要晚于开始。"))
    if until_on - from_on > LONGEST or today(at) - from_on > LONGEST:
        raise Refused(_("一次行动最长一年,也不能从一年以前开始。请核对年份。"))
    campaign = Campaign.objects.create(name=name.strip(), area=area, from_on=from_on, until_on=until_on, opened_at=at, opened_by=by)
    journal.record(act="campaign.open", subject=campaign, by=by, at=at, area_code=area.pk, from_on=from_on, until_on=until_on)
    return campaign


@act(CAMPAIGNS, "target", words=_("定目标"), done=_("目标已记下。"), duty=Duty.MATCH, may=rules.can_target, tone="quiet", lines={"campaign.target": _("定就业行动目标")})
def set_target(
    campaign, *, by, at,
    area: Annotated[Area, Asked(_("哪里"), within=_("这个地方不在行动的范围里。"), **searched(_below, under_its_place))],
    n: Annotated[int, Asked(_("目标人数"), least=0, most=5_000_000)],
):  # fmt: skip
    """Set how many a place is to reach in a drive (定目标); the page says whether the places below add up to it."""
    before = Target.objects.filter(campaign=campaign, area=area).values_list("n", flat=True).first()
    Target.objects.update_or_create(campaign=campaign, area=area, defaults={"n": n, "set_by": by, "set_at": at})
    journal.record(act="campaign.target", subject=campaign, by=by, at=at, area_code=area.pk, before="" if before is None else str(before), after=str(n))
    return campaign


@act(
    CAMPAIGNS, "match", words=_("计算人岗匹配"), done=_("已开始计算,算好以后看过再启用。"), duty=Duty.MATCH, may=rules.can_match, rank=10,
    then=lambda _request, _row, plan: redirect("solving:plan", plan.pk), lines={},
)  # fmt: skip
def match_campaign(
    campaign, *, by, at,
    floor: Annotated[int, Asked(
        _("脱贫、监测、搬迁家庭至少有百分之几推荐到岗位"), _("达不到时先给他们安排,方案会写明为此少了多少工资。填 0 就是不另外要求。"), least=0, most=100, initial=0)],
):  # fmt: skip
    """Have a plan worked that proposes vacancies to the labourers of a drive (计算人岗匹配)."""
    return ask_plan(KIND, str(campaign.pk), campaign.area, settings={"floor": floor}, by=by, at=at)
