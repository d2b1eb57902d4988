"""The acts of fares: a fare set, a month drawn up, signed by another."""

from datetime import date
from typing import Annotated

from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.calendar import today
from wanjia.policy.bus_fares import total
from wanjia.verdict import Refused

from ..bus_states import SETTLEMENT, SettlementState
from ..buses.rules import can_keep
from ..buses.subjects import OPERATORS
from ..duties import Duty
from ..models import BusFare, Settlement, SettlementRow
from . import queries, rules
from .subjects import SETTLEMENTS

KEEPS = {"duty": Duty.KEEP_BUSES}


@act(OPERATORS, "fare_set", at="fares/new", words=_("定票价"), done=_("已定。"), **KEEPS, may=can_keep, rank=40, lines={"bus_fare.set": _("定接送票价")})
def set_fare(
    operator, *, by, at,
    yuan: Annotated[str, Asked(_("一次全价(元)"), least=1, most=8)],
    share: Annotated[int, Asked(_("家庭自付(%)"), _("半价就是 50。"), least=0, most=100, initial=50)],
    source: Annotated[str, Asked(_("补助从哪里来"), least=2, most=60)],
    from_on: Annotated[date, Asked(_("从哪天起"))],
):  # fmt: skip
    """Set what a ride costs and which part the home pays (定票价), from a day on that is not before today's month; the fare before ends on that day."""
    full = queries.fen_of(yuan)
    if Settlement.objects.filter(operator=operator, month__gte=f"{from_on:%Y-%m}").exists():
        raise Refused(_("这一天所在的月份已经月结,票价从以后的月份起。"))
    standing = BusFare.objects.select_for_update().filter(operator=operator, to_on=None).first()
    if standing is not None and from_on <= standing.from_on:
        raise Refused(_("新票价要从现行票价以后的日子起。"))
    BusFare.objects.filter(operator=operator, to_on=None).update(to_on=from_on)
    one = BusFare.objects.create(operator=operator, full=full, share=share, source=source.strip(), from_on=from_on)
    journal.record(act="bus_fare.set", subject=one, by=by, at=at, area_code=operator.area_id, full=full, share=share)
    return operator


@act(OPERATORS, "month_settle", at="months/new", words=_("算月结"), done=_("已算好,请另一个人核对签字。"), **KEEPS, may=rules.can_settle, rank=50, then=lambda _request, _row, one: queries.to_settlement(one), lines={"settlement.draw": _("算接送月结")})
def settle_month(operator, *, by, at, month: Annotated[str, Asked(_("月份"), _("例如 2026-11。没有签字的月份可以重算。"), least=7, most=7)]):
    """Draw a month up (算月结) from the rolls of its trips, all of them ended; one that nobody signed is drawn up anew."""
    first, end = queries.month_of(month)
    if end > today(at):
        raise Refused(_("这个月还没有过完。"))
    waiting = queries.still_open(operator, first, end)
    if waiting:
        raise Refused(_("还有 %(n)s 趟车没有收车,收了再算。") % {"n": waiting})
    before = Settlement.objects.select_for_update().filter(operator=operator, month=f"{first:%Y-%m}").first()
    if before is not None and before.state == SettlementState.SIGNED:
        raise Refused(_("这个月已经签过。"))
    found = queries.month(operator, first, end)
    if not found:
        raise Refused(_("这个月没有人坐过车。"))
    sums = total(found.values())
    facts = {"rides": sums.rides, "full": sums.full, "home": sums.home, "subsidy": sums.subsidy, "drawn_at": at, "drawn_by": by if by.id else None}
    if before is not None:
        SettlementRow.objects.filter(settlement=before).delete()
        Settlement.objects.filter(pk=before.pk).update(**facts, version=before.version + 1)
    one = Settlement.objects.get(pk=before.pk) if before else Settlement.objects.create(operator=operator, month=f"{first:%Y-%m}", **facts)
    SettlementRow.objects.bulk_create([SettlementRow(settlement=one, rider_id=rider, rides=row.rides, full=row.full, home=row.home, subsidy=row.subsidy) for rider, row in sorted(found.items(), key=lambda pair: str(pair[0]))])
    journal.record(act="settlement.draw", subject=one, by=by, at=at, area_code=operator.area_id, rides=sums.rides, full=sums.full)
    return one


@act(SETTLEMENTS, "settlement_sign", at="sign", words=_("核对签字"), done=_("已签字。"), duty=(Duty.KEEP_BUSES, Duty.SIGN_BUS_MONTH), may=rules.can_sign, rank=10, lines={"settlement.sign": _("核对签字接送月结")})
def sign_settlement(settlement, *, by, at):
    """Sign a month (核对签字): somebody else than who drew it up; the sums are held against the rows once more."""
    rows = total(settlement.rows.all())
    if (rows.rides, rows.full, rows.home, rows.subsidy) != (settlement.rides, settlement.full, settlement.home, settlement.subsidy):
        raise Refused(_("合计和明细对不上,请重算。"))
    settlement.signed_at, settlement.signed_by_id = at, by.id
    journal.move(settlement, SETTLEMENT, "sign", by=by, at=at, saving=["signed_at", "signed_by_id"], area_code=settlement.operator.area_id)
    return settlement
