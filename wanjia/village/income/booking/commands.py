"""The one way in which the collective's money moves: two lines that add up to nought, within an act that two hands were needed for."""

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.orgs.serials import next_serial
from wanjia.verdict import Refused

from ...models import MoneyAccount, MoneyLine, MoneyVoucher
from ...money_states import VOUCHER, Purse, VoucherKind, VoucherState, sides
from .. import queries

SHORT = _("账上只有 %(yuan)s 元,不够付。")
NONE_KEPT = _("公积公益金只有 %(yuan)s 元,不够用。")


def booked(voucher, *, by, at):
    """Put a voucher that was drawn up on the book: its number, its two lines, the balances. `queries.alone_in` was called. Raises Refused where there is not so much."""
    voucher.serial, voucher.booked_at, voucher.booked_by_id = next_serial(MoneyVoucher.objects.filter(village_id=voucher.village_id)), at, by.id
    first = voucher.reverses if voucher.kind == VoucherKind.REVERSAL else voucher
    to, out = sides(first.kind, first.category)
    _lines(voucher, *((out, to) if voucher.kind == VoucherKind.REVERSAL else (to, out)))
    journal.move(voucher, VOUCHER, "book", by=by, at=at, saving=["serial", "booked_at", "booked_by_id"], area_code=voucher.village_id, fen=voucher.fen)
    return voucher


def of_run(run, kind, fen, day, *, year, drawn_by, by, at):
    """Put on the book what a dividend moves: drawn up by one hand, looked at by another."""
    one = MoneyVoucher.objects.create(
        village_id=run.village_id, kind=kind, fen=fen, day=day, year=year, run=run, state=VoucherState.DRAWN, drawn_at=at, drawn_by_id=drawn_by,
    )  # fmt: skip
    return booked(one, by=by, at=at)


def _lines(voucher, to, out):
    accounts = {purse: MoneyAccount.objects.get_or_create(village_id=voucher.village_id, purse=purse)[0] for purse in (to, out)}
    try:
        with transaction.atomic():
            for purse, fen in ((out, -voucher.fen), (to, voucher.fen)):
                MoneyAccount.objects.filter(pk=accounts[purse].pk).update(fen=F("fen") + fen, version=F("version") + 1)
    except IntegrityError:
        there = queries.standing(voucher.village_id)
        none_kept = to == Purse.RESERVE and there["reserve"] < voucher.fen
        raise Refused(NONE_KEPT % {"yuan": queries.yuan(there["reserve"])} if none_kept else SHORT % {"yuan": queries.yuan(there["cash"])}) from None
    MoneyLine.objects.bulk_create([MoneyLine(voucher=voucher, account=accounts[to], fen=voucher.fen), MoneyLine(voucher=voucher, account=accounts[out], fen=-voucher.fen)])
