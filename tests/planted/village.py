"""Faults of a village: a quorum rounded down, a vote that carries without the votes, an objection that stops nothing, points and stock that do not foot, a reversal counted twice, a dividend rounded up, a rule that holds a day too long."""

from unittest.mock import patch

from django.db.models import F, Q

from wanjia.policy.meetings import Share
from wanjia.verdict import ALLOWED
from wanjia.village.agenda import rules as voting
from wanjia.village.bylaws import queries as bylaws
from wanjia.village.deciding import commands as deciding
from wanjia.village.deciding import rules as notices
from wanjia.village.dividends import queries as dividends
from wanjia.village.income.booking import commands as money
from wanjia.village.models import BylawSpell, Good, MoneyAccount, PointClaim
from wanjia.village.money_states import VoucherKind
from wanjia.village.point_states import ClaimState, StockKind
from wanjia.village.points import queries as points
from wanjia.village.purse import commands as purse
from wanjia.village.shop import commands as shop

from .planting import after, fault, nothing, without

APP = "wanjia.village"


@fault("a quorum is rounded down")
def quorum_rounded_down():
    yield patch.object(Share, "of", lambda share, n: n * share.numerator // share.denominator)


@fault("something passes without the votes")
def passed_without_the_votes():
    yield patch.object(voting, "may_stand", lambda *_asked: ALLOWED)


@fault("whoever wrote a decision answers the objection to it")
def objection_by_one_hand():
    yield without("deciding.rules.can_answer")


@fault("a notice comes down with an objection unanswered")
def notice_down_unanswered():
    yield patch.object(notices, "up", lambda day, path="": Q(**{f"{path}withdrawn_on": None, f"{path}from_on__lte": day, f"{path}until_on__gte": day}))


@fault("what was objected to rightly goes on hanging")
def upheld_for_nothing():
    yield patch.object(deciding, "_back_to_the_body", nothing)


@fault("points are booked though somebody objects")
def booked_despite_an_objection():
    yield patch.object(points, "due", lambda day: PointClaim.objects.filter(state=ClaimState.POSTED, until_on__lt=day))


@fault("more points are promised than the shelves answer for")
def points_without_goods():
    yield patch.object(points, "left", lambda _scheme: 1_000_000)


@fault("what a home takes stays on the shelves")
def redemption_leaves_the_stock():
    def put_back(good, _good, kind, pieces, **_what):
        if kind == StockKind.OUT:
            Good.objects.filter(pk=good.pk).update(on_hand=F("on_hand") - pieces)
        return good

    yield after(shop, "_stock", put_back)


@fault("a reversal is counted twice")
def reversal_counted_twice():
    def again(answer, voucher, to, out):
        if voucher.kind == VoucherKind.REVERSAL:
            for purse_of, fen in ((to, voucher.fen), (out, -voucher.fen)):
                MoneyAccount.objects.filter(village_id=voucher.village_id, purse=purse_of).update(fen=F("fen") + fen)
        return answer

    yield after(money, "_lines", again)


@fault("a dividend is rounded up, home by home")
def dividend_rounded_up():
    def bent(holdings, total):
        whole = sum(one.hundredths for one in holdings)
        return {one.home.number: -(-total * one.hundredths // whole) for one in holdings}

    yield patch.object(dividends, "amounts", bent)


@fault("a receipt that was taken back stays in the purse")
def reversed_receipt_stays():
    true = purse._move
    yield patch.object(purse, "_move", lambda village, fen: true(village, max(fen, 0)))


@fault("a rule holds on the day from which it does not")
def rule_a_day_too_long():
    yield patch.object(bylaws, "spells_on", lambda day: BylawSpell.objects.filter(Q(to_on=None) | Q(to_on__gte=day), from_on__lte=day))


@fault("ballots are published though nobody counted the box")
def box_not_counted():
    yield without("polls.rules.can_close")
