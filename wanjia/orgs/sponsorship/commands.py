"""The acts on sponsorship: bind a unit to an area, end the bond."""

from django.utils.translation import gettext as _

from wanjia.kernel import journal
from wanjia.kernel.command import command
from wanjia.verdict import first_refusal

from ..models import Sponsorship
from . import rules


@command("orgs.sponsor_area")
def sponsor_area(*, organisation, area, from_on, by, at, to_on=None, head_name=""):
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


@command("orgs.end_sponsorship")
def end_sponsorship(*, bond, on, by, at, reason=""):
    """End a bond: `on` is the first day on which the unit no longer sponsors the area."""
    rules.can_sponsor(by, bond.organisation, bond.area).or_raise()
    first_refusal(
        (bond.to_on is None or bond.to_on > on, _("这项挂联已经结束。")),
        (on > bond.from_on, _("结束日期要晚于开始日期 %(day)s。") % {"day": bond.from_on}),
    ).or_raise()
    bond.to_on = on
    bond.save(update_fields=["to_on"])
    journal.record(act="orgs.end_sponsorship", subject=bond, by=by, at=at, reason=reason, area_code=bond.area_id, on=on)
    return bond
