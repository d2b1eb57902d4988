"""The acts on sponsorship: bind a unit to an area, end the bond."""

from datetime import date, timedelta
from typing import Annotated

from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act, inside
from wanjia.orgs.duties import Duty
from wanjia.verdict import first_refusal

from ..areas.fields import place
from ..areas.pages import widest
from ..models import Area, Organisation, Sponsorship
from ..subjects import SELDOM
from ..units.fields import unit_of
from . import queries, rules
from .subjects import BONDS


@act(
    BONDS, "sponsor", at="new", words=_("登记挂联"), done=_("挂联已登记。"), duty=Duty.MANAGE_AREAS, may=inside, new=True, call=None, because=SELDOM,
    lines={"orgs.sponsor_area": _("登记挂联")},
)  # fmt: skip
def sponsor_area(
    *, by, at,
    organisation: Annotated[Organisation, Asked(_("挂联单位"), field=unit_of(queries.offered))],
    area: Annotated[Area, Asked(_("挂联区域"), _("乡镇或村,写名称或代码。"), field=place(widest))],
    head_name: Annotated[str, Asked(_("挂联负责人"), most=40)] = "",
    from_on: Annotated[date, Asked(_("起"), initial=lambda _row, _actor, day: day)],
    to_on: Annotated[date | None, Asked(_("止"), _("第一个不再挂联的日子;长期挂联不填。"))] = None,
):  # fmt: skip
    """Bind a unit to an area from a day on (挂联). A second unit for the same area is allowed and reported as an overlap."""
    rules.can_sponsor(by, organisation, area).or_raise()
    same = Sponsorship.objects.filter(organisation=organisation, area=area)
    clash = [old for old in same if (old.to_on is None or old.to_on > from_on) and (to_on is None or old.from_on < to_on)]
    first_refusal(
        (to_on is None or to_on > from_on, _("挂联的止期要晚于起期。")),
        (not clash, _("“%(unit)s”在这段时间已经挂联“%(area)s”。") % {"unit": organisation, "area": area}),
    ).or_raise()
    bond = Sponsorship.objects.create(organisation=organisation, area=area, from_on=from_on, to_on=to_on, head_name=head_name)
    journal.record(
        act="orgs.sponsor_area", subject=bond, by=by, at=at, area_code=area.code, organisation=organisation.pk,
        from_on=from_on, to_on=to_on,
    )  # fmt: skip
    return bond


@act(
    BONDS, "end_sponsorship", at="end", words=_("结束挂联"), done=_("挂联已结束。"), duty=Duty.MANAGE_AREAS, may=rules.can_end, call=None, because=SELDOM,
    lines={"orgs.end_sponsorship": _("结束挂联")},
)  # fmt: skip
def end_sponsorship(
    bond, *, by, at,
    on: Annotated[date, Asked(_("从哪天起不再挂联"), initial=lambda _bond, _actor, day: day)],
    reason: Annotated[str, Asked(_("原因"), most=200)] = "",
):  # fmt: skip
    """End a bond: `on` is the first day on which the unit no longer sponsors the area."""
    first_refusal(
        (bond.to_on is None or bond.to_on > on, _("这项挂联已经结束。")),
        (on > bond.from_on, _("结束日期要晚于开始日期 %(day)s。") % {"day": bond.from_on}),
    ).or_raise()
    bond.to_on = on
    bond.save(update_fields=["to_on"])
    journal.record(act="orgs.end_sponsorship", subject=bond, by=by, at=at, reason=reason, area_code=bond.area_id, on=on)
    return bond


def take_bonds(takers, leaving, *, why, by, at):
    """Hand sponsorships over, within the act that ends their unit: each ends, and begins for the unit that takes it, unless that one has it already."""
    for bond in Sponsorship.objects.select_for_update(of=("self",)).select_related("area").filter(pk__in=takers).order_by("pk"):
        unit, day = takers[bond.pk].unit, max(leaving.day, bond.from_on + timedelta(days=1))
        rules.could_sponsor(unit, bond.area).or_raise()
        told = {"organisation": unit.pk, "from_on": day, "to_on": bond.to_on}
        if not Sponsorship.objects.not_ended(day).filter(organisation=unit, area=bond.area).exists():
            heir = Sponsorship.objects.create(organisation=unit, area=bond.area, from_on=day, to_on=bond.to_on, head_name="")
            journal.record(act="orgs.sponsor_area", subject=heir, by=by, at=at, area_code=bond.area_id, reason=why, **told)
        bond.to_on = day
        bond.save(update_fields=["to_on"])
        journal.record(act="orgs.end_sponsorship", subject=bond, by=by, at=at, reason=why, area_code=bond.area_id, on=day)
