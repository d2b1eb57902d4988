"""The acts of dividends: shares written down, a year's plan drawn up and adopted, homes paid, receipts looked at."""

from datetime import date
from typing import Annotated

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.calendar import today
from wanjia.orgs.fields import searched
from wanjia.orgs.models import Area
from wanjia.orgs.second_person.hands import is_one_person
from wanjia.policy import collective as policy
from wanjia.policy.money import yuan as money_words
from wanjia.registry.models import Household
from wanjia.verdict import Conflict, Refused

from ..bodies.homes import asked_village, is_home_of, to_choose
from ..duties import Duty
from ..income import queries as book
from ..income.booking import commands as booking
from ..income.commands import KEEPS, REVIEWS
from ..income.rules import keeps
from ..models import AgendaItem, DividendRun, DividendShare, ShareHolding
from ..money_states import RUN, PaidBy, VoucherKind
from ..rules import hundredths
from . import queries, rules
from .subjects import HOLDINGS, RUNS, SHARES

MOST_SHARES = 100_000_00  # hundredths of one home


@act(HOLDINGS, "holding_set", at="new", words=_("登记份额"), done=_("已登记。"), **KEEPS, may=keeps, new=True, lines={"share_holding.set": _("登记成员份额")})
def set_shares(
    *, by, at,
    home: Annotated[Household, Asked(_("哪一户"), **to_choose(Duty.KEEP_MONEY))],
    shares: Annotated[str, Asked(_("几份"), _("可以写 2.5;不再有份额的写 0。"), least=1, most=10)],
    from_on: Annotated[date, Asked(_("从哪天起"), initial=lambda _row, _actor, day: day)],
    basis: Annotated[str, Asked(_("依据"), _("例如:成员名册第 3 页,2026 年成员大会确认。"), least=2, most=80)],
):  # fmt: skip
    """Write down how many shares a home holds from a day on (份额), by the members' roll; what it held before ends. A dividend goes by the shares of its day."""
    n = hundredths(shares, _("份额写成 2 或者 2.5 这样,最多两位小数。"), most=MOST_SHARES)
    is_home_of(by, home, Duty.KEEP_MONEY).or_raise()
    if from_on > today(at):
        raise Refused(_("日期要在今天以前。"))
    book.alone_in(home.village_id)
    before = ShareHolding.objects.filter(home=home, to_on=None).first()
    if before is not None and from_on <= before.from_on:
        raise Conflict(_("这一户 %(day)s 起的份额已经登记过,新的要在它以后。") % {"day": before.from_on})
    ShareHolding.objects.filter(home=home, to_on=None).update(to_on=from_on)
    one = ShareHolding.objects.create(village_id=home.village_id, home=home, hundredths=n, from_on=from_on, basis=basis.strip(), set_at=at, set_by_id=by.id)
    journal.record(act="share_holding.set", subject=one, by=by, at=at, area_code=home.village_id, hundredths=n)
    return one


@act(RUNS, "run_new", at="new", words=_("拟分红方案"), done=_("已拟好,另一个人核对会议记录、账和份额后分红。"), **KEEPS, may=keeps, new=True, lines={"dividend_run.draw": _("拟分红方案")})
def draw_run(
    *, by, at,
    village: Annotated[Area, asked_village(Duty.KEEP_MONEY)],
    year: Annotated[int, Asked(_("哪一年的"), least=2018, most=2999, initial=lambda _row, _actor, day: day.year - 1)],
    day: Annotated[date, Asked(_("按哪天的份额"))],
    item: Annotated[AgendaItem, Asked(_("哪次成员大会的决定"), within=rules.NOT_DECIDED, **searched(rules.items_for, lambda one: f"{one.decided_on} {one.title}"))],
    told_on: Annotated[date, Asked(_("哪天把方案交给成员"), _("年度财务报告、经营情况、分配方案,会前十天交到全体成员。"))],
    percent: Annotated[str, Asked(_("公积公益金提取百分之几"), _("照成员大会定的,可以写 12.5。"), least=1, most=6)],
    yuan: Annotated[str, Asked(_("分红合计多少元"), _("全部可分配的都分,不填。"), most=16)] = "",
):  # fmt: skip
    """Draw up a year's dividend (分红方案) as the members' meeting decided it: the reserve first, the rest by the shares of a day; each home's amount stands from now on, to the fen."""
    if year >= today(at).year or day > today(at):
        raise Refused(_("这一年还没有过完,或者份额的日子在今天以后。"))
    rules.was_decided(item, village.pk, told_on).or_raise()
    if item.meeting.day.year <= year:
        raise Refused(_("成员大会的决定要在这一年过完以后作出。"))
    book.alone_in(village.pk)
    rules.bears_no_other(item, year).or_raise()
    if book.shared_out(village.pk, year):
        raise Conflict(_("这一年或者以后的年份已经分红。"))
    plan, shares = _planned(village, year, day, _parts(percent, item.meeting.day), book.fen_told(yuan) if yuan else None)
    fen = queries.amounts(shares, plan["total_fen"])
    if not min(fen.values()):
        raise Refused(_("合计太少,有的户分不到一分钱。"))
    try:
        with transaction.atomic():
            one = DividendRun.objects.create(village=village, year=year, day=day, item=item, told_on=told_on, drawn_at=at, drawn_by_id=by.id, homes=len(shares), hundredths=sum(share.hundredths for share in shares), **plan)
    except IntegrityError:
        raise Conflict(_("这一年已经有一个方案等着核对。")) from None
    DividendShare.objects.bulk_create([DividendShare(run=one, home=share.home, serial=n, hundredths=share.hundredths, fen=fen[share.home.number]) for n, share in enumerate(shares, 1)])
    journal.record(act="dividend_run.draw", subject=one, by=by, at=at, area_code=village.pk, total_fen=one.total_fen, reserve_fen=one.reserve_fen)
    return one


def _parts(percent, day):
    """Return a reserve's share in parts of 10,000 of what is written as percent. Raises Refused."""
    edition = policy.in_force(day)
    least, most = edition.reserve_least, edition.reserve_most
    return hundredths(percent, _("提取比例写成 20 或者 12.5 这样,在 %(least)s 到 %(most)s 之间。") % {"least": least // 100, "most": most // 100}, least=least, most=most)


def _planned(village, year, day, parts, fen):
    """Return (the plan's fields, the shares that it goes by). Raises Refused where there is not so much, or nobody holds a share."""
    plan, there = queries.plan_of(village.pk, year, parts, fen)
    shares = list(queries.holdings_on(village.pk, day))
    if not shares:
        raise Refused(_("这一天没有一户有份额,先登记份额。"))
    if not 0 < plan["total_fen"] <= there:
        raise Refused(_("减去支出和公积公益金,可分配 %(yuan)s 元。") % {"yuan": money_words(there)})
    return plan | {"reserve_parts": parts}, shares


@act(RUNS, "run_adopt", at="adopt", words=_("核对无误,分红"), done=_("已核对入账,可以发放。"), **REVIEWS, may=rules.can_adopt, rank=10, lines={"dividend_run.adopt": _("核对分红方案")})
def adopt_run(dividend_run, *, by, at):
    """Let a dividend be paid (核对): meeting, book and shares are asked once more; reserve and dividend go on the book of their year, which is closed then."""
    book.alone_in(dividend_run.village_id)
    rules.was_decided(dividend_run.item, dividend_run.village_id, dividend_run.told_on).or_raise()
    if book.shared_out(dividend_run.village_id, dividend_run.year) or not queries.still_so(dividend_run):
        raise Refused(_("拟好以后账或者份额变了,这个方案不用,重新拟。"))
    dividend_run.adopted_on, dividend_run.adopted_at, dividend_run.adopted_by_id = today(at), at, by.id
    journal.move(dividend_run, RUN, "adopt", by=by, at=at, saving=["adopted_on", "adopted_at", "adopted_by_id"], area_code=dividend_run.village_id)
    for kind, fen in ((VoucherKind.RESERVE, dividend_run.reserve_fen), (VoucherKind.DIVIDEND, dividend_run.total_fen)):
        if fen:
            booking.of_run(dividend_run, kind, fen, today(at), year=dividend_run.year, drawn_by=dividend_run.drawn_by_id, by=by, at=at)
    return dividend_run


@act(RUNS, "run_drop", at="drop", words=_("这个方案不用"), done=_("已记下。"), **KEEPS, may=rules.can_drop, aside=True, rank=30, tone="danger", lines={"dividend_run.drop": _("分红方案不用")})
def drop_run(dividend_run, *, by, at, reason: Annotated[str, Asked(_("原因"), least=2, most=60)]):
    """Drop a dividend that was not adopted (不用)."""
    dividend_run.reason = reason.strip()
    journal.move(dividend_run, RUN, "drop", by=by, at=at, saving=["reason"], area_code=dividend_run.village_id)
    return dividend_run


@act(SHARES, "share_pay", at="pay", words=_("登记发放"), done=_("已登记,收据签字后由另一个人核对。"), **KEEPS, may=rules.can_pay, rank=10, lines={"dividend_share.pay": _("发放分红")})
def pay_share(
    dividend_share, *, by, at,
    way: Annotated[PaidBy, Asked(_("发放方式"))],
    day: Annotated[date, Asked(_("哪天发的"), initial=lambda _row, _actor, day: day)],
):  # fmt: skip
    """Write down that a home was paid (发放); its receipt is looked at by another hand before the money leaves the book."""
    if not dividend_share.run.adopted_on <= day <= today(at):
        raise Refused(_("发放的日子要在核对以后、今天以前。"))
    return _paid(dividend_share, day, way, "dividend_share.pay", by=by, at=at)


@act(SHARES, "share_unpay", at="unpay", words=_("没有发,改回来"), done=_("已改回没有发。"), **KEEPS, may=rules.can_unpay, aside=True, rank=20, tone="danger", lines={"dividend_share.unpay": _("分红改回没有发")})
def unpay_share(dividend_share, *, by, at):
    """Take back that a home was paid (改回): until another hand looked at its receipt."""
    return _paid(dividend_share, None, "", "dividend_share.unpay", by=by, at=at)


def _paid(share, day, way, words, *, by, at):
    values = {"paid_on": day, "way": way, "paid_at": at if day else None, "paid_by_id": by.id if day else None, "version": share.version + 1}
    if not DividendShare.objects.filter(pk=share.pk, voucher=None, version=share.version).update(**values):
        raise Conflict()
    share.refresh_from_db()
    journal.record(act=words, subject=share, by=by, at=at, area_code=share.run.village_id)
    return share


@act(RUNS, "run_receipts", at="receipts", words=_("核对收据,入账"), done=_("已入账。"), **REVIEWS, may=rules.can_check, rank=5, lines={"dividend_run.receipts": _("核对分红收据")})
def check_receipts(dividend_run, *, by, at):
    """Look at the receipts of the homes that were paid (核对收据) and let the money leave the book: one voucher of all of them."""
    book.alone_in(dividend_run.village_id)
    shares = list(rules.receipts(dividend_run).select_for_update(of=("self",)))
    if not shares or any(is_one_person(by, hand, at) for hand in {one.paid_by_id for one in shares}):
        raise Conflict()  # set back, or paid by this person, while this waited
    fen = sum(one.fen for one in shares)
    voucher = booking.of_run(dividend_run, VoucherKind.PAYOUT, fen, today(at), year=today(at).year, drawn_by=shares[0].paid_by_id, by=by, at=at)
    DividendShare.objects.filter(pk__in=[one.pk for one in shares]).update(voucher=voucher)
    journal.record(act="dividend_run.receipts", subject=dividend_run, by=by, at=at, area_code=dividend_run.village_id, homes=len(shares), fen=fen)
    return dividend_run
