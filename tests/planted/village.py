"""Faults of a village: a quorum rounded down, a vote that carries without the votes, an objection that stops nothing, points and stock that do not foot, a reversal counted twice, a dividend rounded up, a rule that holds a day too long; a red list, a plan, a craftsman, a proposal, a step or a vote of the branch that stands though it may not."""

from datetime import timedelta
from unittest.mock import patch

from django.db.models import F, Q

from wanjia.policy.branch import Deciding
from wanjia.policy.meetings import Share
from wanjia.verdict import ALLOWED
from wanjia.village.agenda import rules as voting
from wanjia.village.appraisal import queries as appraisal
from wanjia.village.branch import queries as branch
from wanjia.village.bylaws import queries as bylaws
from wanjia.village.cleanups import rules as sweeping
from wanjia.village.crafts import rules as crafts
from wanjia.village.deciding import commands as deciding
from wanjia.village.deciding import rules as notices
from wanjia.village.dividends import queries as dividends
from wanjia.village.improving import rules as improving
from wanjia.village.income.booking import commands as money
from wanjia.village.models import BylawSpell, Craftsman, Good, MoneyAccount, PointClaim, Proposal, RedEntry
from wanjia.village.money_states import VoucherKind
from wanjia.village.planning import queries as plans
from wanjia.village.point_states import ClaimState, StockKind
from wanjia.village.points import queries as points
from wanjia.village.proposing import queries as proposing
from wanjia.village.purse import commands as purse
from wanjia.village.shop import commands as shop
from wanjia.village.steps import rules as steps
from wanjia.village.ventures import commands as yards

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


@fault("whoever is level with the last on the list is left out by lot")
def level_with_the_last_left_out():
    true = appraisal.chosen
    yield patch.object(appraisal, "chosen", lambda board, called, places: set(sorted(true(board, called, places))[:places]))


@fault("a home that took its consent back hangs on")
def taken_back_and_hanging():
    yield patch.object(appraisal, "hanging", lambda village, day: RedEntry.objects.filter(round__village=village, round__listed_on__lte=day, round__until_on__gte=day, state__in=("entry_listed", "entry_withdrawn")))


@fault("a home is told though it needs a hand")
def told_though_it_needs_a_hand():
    yield patch.object(improving, "is_to_be_helped", lambda _home, _day: False)


@fault("an item of the plan is late a day too late")
def plan_late_by_a_day():
    yield patch.object(plans, "overdue", lambda rows, day: rows.filter(plan__state="plan_in_force", state="work_planned", due_on__lt=day - timedelta(days=1)))


@fault("what stands there counts before anybody looked at it")
def asset_counted_unseen():
    true = plans.footed

    def bent(works):
        for one in true(works):
            one.there = sum(asset.size for asset in one.assets.all())
            one.short = max(0, one.size - one.there)
        return works

    yield patch.object(plans, "footed", bent)


@fault("a craftsman who took his word back is found")
def taken_off_and_found():
    yield patch.object(crafts, "shown", lambda **facts: Craftsman.objects.exclude(shown_on=None).filter(**facts))


@fault("somebody learns with a craftsman whom nobody has shown")
def learns_with_the_unshown():
    yield without("crafts.rules.can_teach")


@fault("a craftsman who took his word back is promised to somebody")
def promised_when_gone():
    yield without("crafts.rules.can_agree")


@fault("a consent is older than what was taken back")
def consent_from_before():
    yield patch.object(crafts, "asked_anew", lambda _rows, _on: ALLOWED)
    yield patch.object(yards, "asked_anew", lambda _rows, _on: ALLOWED)


@fault("a clean-up day is looked at by who counted it")
def cleanup_by_who_counted():
    yield patch.object(sweeping, "hands", lambda one: {one.held_by_id} - {None})


@fault("a proposal is answered again by whoever answered first")
def answered_again_by_the_first():
    yield without("proposing.rules.can_decline")


@fault("a slip's number opens it without its word")
def slip_by_its_number():
    def bent(village_id, number, _secret):
        year, _dash, serial = number.partition("-")
        return Proposal.objects.filter(village=village_id, year=int(year), serial=int(serial)).first()

    yield patch.object(proposing, "by_slip", bent)


@fault("a step stands with too few")
def step_with_too_few():
    yield patch.object(steps, "is_enough", lambda *_asked: ALLOWED)


@fault("half of the members is more than half")
def half_is_enough():
    yield patch.object(Deciding, "must_agree", lambda _rule, due: max(1, due // 2))


@fault("a month in which the branch did not meet shows nowhere")
def missed_month_unseen():
    yield patch.object(branch, "missing", lambda _body, _day: [])
