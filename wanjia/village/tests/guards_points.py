"""Each CHECK and each unique constraint of points and the shop, met by name: the row that it refuses."""

from datetime import timedelta

from wanjia.kernel.tests.tried import MONDAY
from wanjia.village.models import (
    Good,
    PointAccount,
    PointAppeal,
    PointClaim,
    PointEntry,
    PointItem,
    PointLapse,
    PointLine,
    PointMonth,
    PointObjection,
    PointScheme,
    Redemption,
    StockMove,
)
from wanjia.village.point_states import ClaimState, LapseState, SchemeState

from .point_factories import DAY, TOLD, account, appeal, claim, entry, item, lapse, month, objected, redemption, scheme, soap


def _of(model, make, **facts):
    """Let a row that stands say something else."""
    return lambda world: model.objects.filter(pk=make(world).pk).update(**facts)


def _again(model, make, *names, **facts):
    """Give a second row with the same fields."""

    def second(world):
        one = make(world)
        return model(**{name: getattr(one, name) for name in names} | facts)

    return second


def _scheme(world):
    return scheme(world)


def _absence(world):
    """A deed that stands on no board."""
    told = {"village": world.datong, "home": world.register.home, "item": item(world), "day": DAY, "posted_on": DAY, "told_on": DAY, "due_on": DAY + timedelta(days=7)}
    return PointAppeal.objects.first() or PointAppeal.objects.create(**told, words="公示里没有", owner=world.visitor, told_at=MONDAY)


def _entry_line(world):
    return entry(world).lines.first()


def _two(world):
    one = redemption(world)
    return StockMove(good=one.good, kind="stock_out", pieces=-1, day=DAY, redemption=one, at=MONDAY)


CHECKS = {
    "point_scheme_adopted_by_another": lambda w: PointScheme.objects.filter(pk=scheme(w).pk).update(adopted_by=w.register.yang),
    "point_is_worth_something": _of(PointScheme, _scheme, fen=0),
    "point_clause_gives_something": _of(PointItem, item, points=0),
    "point_account_of_a_home": _of(PointAccount, account, home=None),
    "points_of_a_home_not_below_nought": _of(PointAccount, account, balance=-1),
    "claim_posted_by_another": lambda w: PointClaim.objects.filter(pk=claim(w, ClaimState.POSTED).pk).update(posted_by=w.register.yang),
    "claim_refused_with_reason": _of(PointClaim, claim, state=ClaimState.REFUSED),
    "claim_posted_by_days": _of(PointClaim, claim, posted_on=DAY),
    "point_objection_answered_whole": _of(PointObjection, objected, upheld=True),
    "point_entry_says_why": _of(PointEntry, entry, kind="reversal"),
    "a_line_moves_points": lambda w: PointLine.objects.filter(pk=_entry_line(w).pk).update(points=0),
    "appeal_of_a_line_or_none": _of(PointAppeal, appeal, claim=None),
    "appeal_by_days": _of(PointAppeal, appeal, words=""),
    "appeal_answered_whole": _of(PointAppeal, appeal, answer="看了签到表"),
    "appeal_answered_by_another": lambda w: PointAppeal.objects.filter(pk=appeal(w).pk).update(answered_by=w.register.yang),
    "stock_not_below_nought": _of(Good, soap, on_hand=-1),
    "a_good_is_worth_something": _of(Good, soap, fen=0),
    "redemption_of_something": _of(Redemption, redemption, pieces=0),
    "returned_with_points_back": _of(Redemption, redemption, returned_on=DAY),
    "stock_moves_some_way": lambda w: StockMove.objects.filter(good=soap(w)).update(pieces=-1),
    "only_what_came_waits": lambda w: StockMove.objects.filter(pk=redemption(w).moves.get().pk).update(waits=True),
    "stock_checked_by_another": lambda w: StockMove.objects.filter(good=soap(w)).update(checked_by=w.register.yang),
    "lapse_told_before": _of(PointLapse, lapse, told_on=TOLD.date().replace(year=2029)),
    "lapse_booked_by_another": lambda w: PointLapse.objects.filter(pk=lapse(w).pk).update(booked_by=w.register.yang),
    "lapse_booked_whole": _of(PointLapse, lapse, points=10),
    "lapse_dropped_with_reason": _of(PointLapse, lapse, state=LapseState.DROPPED),
    "point_month_adds_up": _of(PointMonth, month, closing=7),
    "point_month_checked_by_another": lambda w: PointMonth.objects.filter(pk=month(w).pk).update(checked_by=w.register.yang),
}
ONCE = {
    "point_scheme_numbered_once": _again(PointScheme, _scheme, "village", "serial", "fen", "cover", "resolved", "resolved_on", "drawn_at", state=SchemeState.DROPPED),
    "one_point_scheme_in_force": _again(PointScheme, _scheme, "village", "fen", "cover", "resolved", "resolved_on", "drawn_at", "state", serial=7),
    "one_point_scheme_drafted": lambda w: _again(PointScheme, lambda world: scheme(world, SchemeState.DRAFT), "village", "fen", "cover", "resolved", "resolved_on", "drawn_at", "state", serial=7)(w),
    "point_clause_once": _again(PointItem, item, "scheme", "clause", "head", "words", "points"),
    "village_purse_once": lambda w: entry(w) and PointAccount(village=w.datong, purse="issued"),
    "one_deed_claimed_once": _again(PointClaim, claim, "village", "home", "item", "points", "day", "words", "proposed_at"),
    "point_entry_numbered_once": lambda w: PointEntry(village=w.datong, serial=entry(w).serial, kind="redeem", day=DAY, at=MONDAY),
    "one_line_an_account": lambda w: PointLine(entry=entry(w), account=_entry_line(w).account, points=1),
    "one_absence_appealed_once": lambda w: PointAppeal(**{name: getattr(_absence(w), name) for name in ("village", "home", "item", "day", "posted_on", "words", "told_on", "due_on", "owner", "told_at")}),
    "points_of_a_year_lapse_once": _again(PointLapse, lapse, "village", "scheme", "year", "told_on", "until_on", "told_at"),
    "a_good_once": _again(Good, soap, "village", "name", "source", "fen"),
    "redemption_numbered_once": lambda w: Redemption(
        village=w.datong, serial=redemption(w).serial, home=w.register.home, good=soap(w), pieces=1, points=1, day=DAY, way="at_shop", given_at=MONDAY,
        entry=PointEntry.objects.create(village=w.datong, serial=99, kind="redeem", day=DAY, at=MONDAY),
    ),
    "handed_out_once": _two,
    "points_closed_once_a_month": _again(PointMonth, month, "village", "month", "opening", "awarded", "reversed", "spent", "returned", "closing", "homes", "redemptions", "stock_fen", "fen", "drawn_at"),
}  # fmt: skip

