"""Each CHECK and each unique constraint of fees and customs, met by name: the row that it refuses."""

from datetime import date, timedelta

from wanjia.kernel.tests.tried import MONDAY
from wanjia.village.fee_states import RuleState
from wanjia.village.models import (
    Feast,
    FeastCap,
    FeeCharge,
    FeeClause,
    FeePayment,
    FeePurse,
    FeeRule,
    FeeRun,
    FeeSpend,
    FeeWaiver,
    Stretch,
    StretchCheck,
    StretchKeeper,
)

from .fee_factories import DAY, cap, charge, check, feast, payment, rule, run, spend, stretch, waiver
from .guards_points import _again, _of

BEFORE = DAY - timedelta(days=1)


def _clause(world):
    return rule(world).clauses.first()


def _purse(world):
    payment(world)
    return FeePurse.objects.get()


def _keeper(world):
    return stretch(world).keepers.get()


def _draft(world):
    return rule(world, RuleState.DRAFT)


def _cap_draft(world):
    return cap(world, RuleState.DRAFT)


RULE = ("village", "basis", "span", "fen", "resolved", "resolved_on", "from_on", "drawn_at")
CAP = ("village", "tables", "words", "resolved", "resolved_on", "drawn_at")

CHECKS = {
    "fee_rule_adopted_by_another": lambda w: FeeRule.objects.filter(pk=rule(w).pk).update(adopted_by=w.register.yang),
    "fee_is_something": _of(FeeRule, rule, fen=0),
    "fee_rule_binds_nobody_backwards": _of(FeeRule, rule, from_on=date(2026, 9, 1)),
    "fee_clause_lets_off_some": _of(FeeClause, _clause, percent=101),
    "fee_run_checked_by_another": lambda w: FeeRun.objects.filter(pk=run(w).pk).update(checked_by=w.register.yang),
    "fee_run_has_days": lambda w: FeeRun.objects.filter(pk=run(w).pk).update(exempt=99),
    "fee_charge_adds_up": _of(FeeCharge, charge, cut_fen=1),
    "no_more_paid_than_due": _of(FeeCharge, charge, paid_fen=6001),
    "let_off_by_a_clause": _of(FeeCharge, charge, cut_fen=1, due_fen=5999),
    "waiver_of_something": _of(FeeWaiver, waiver, fen=0),
    "waiver_decided_by_another": lambda w: FeeWaiver.objects.filter(pk=waiver(w).pk).update(decided_by=w.register.yang),
    "waiver_decided_with_words": _of(FeeWaiver, waiver, decided_on=DAY),
    "fee_payment_says_why": _of(FeePayment, payment, fen=-1),
    "fee_purse_not_below_nought": _of(FeePurse, _purse, fen=-1),
    "fee_spend_says_why": _of(FeeSpend, spend, fen=-1),
    "fee_spend_approved_by_another": lambda w: FeeSpend.objects.filter(pk=spend(w).pk).update(decided_by=w.register.yang),
    "fee_spend_left_on_a_day": _of(FeeSpend, spend, paid_on=DAY),
    "fee_spend_refused_with_reason": _of(FeeSpend, spend, state="spend_refused"),
    "stretch_kept_after_start": _of(StretchKeeper, _keeper, to_on=BEFORE),
    "to_mend_says_what": _of(StretchCheck, check, words=""),
    "feast_cap_adopted_by_another": lambda w: FeastCap.objects.filter(pk=cap(w).pk).update(adopted_by=w.register.yang),
    "a_feast_has_a_table": _of(FeastCap, cap, tables=0),
    "a_feast_sits_somewhere": _of(Feast, feast, tables=0),
}
ONCE = {
    "fee_rule_numbered_once": _again(FeeRule, rule, *RULE, "serial", state=RuleState.DROPPED),
    "one_fee_rule_in_force": _again(FeeRule, rule, *RULE, "state", serial=7),
    "one_fee_rule_drafted": _again(FeeRule, _draft, *RULE, "state", serial=7),
    "fee_clause_once": _again(FeeClause, _clause, "rule", "ground", "percent", "words"),
    "a_period_charged_once": _again(FeeRun, run, "village", "rule", "from_on", "until_on", "as_of", "homes", "exempt", "due_fen", "drawn_at"),
    "a_home_charged_once_a_period": _again(FeeCharge, charge, "run", "village", "home", "from_on", "heads", "fen", "due_fen"),
    "one_waiver_asked": lambda w: FeeWaiver(charge=waiver(w).charge, fen=1, reason="难", asked_on=DAY, asked_at=MONDAY),
    "fee_receipt_numbered_once": _again(FeePayment, payment, "village", "serial", "charge", "fen", "way", "day", "at"),
    "fee_spend_numbered_once": _again(FeeSpend, spend, "village", "serial", "fen", "what", "payee", "day", "drawn_at", voucher="1"),
    "a_voucher_once": _again(FeeSpend, spend, "village", "fen", "what", "payee", "day", "drawn_at", "voucher", serial=77),
    "a_stretch_once": _again(Stretch, stretch, "village", "name", "opened_at"),
    "one_home_a_stretch": _again(StretchKeeper, _keeper, "stretch", "home", "from_on", "given_at"),
    "a_stretch_checked_once_a_day": _again(StretchCheck, check, "stretch", "day", "passed", "words", "made_at"),
    "feast_cap_numbered_once": _again(FeastCap, cap, *CAP, "serial", state=RuleState.DROPPED),
    "one_feast_cap_in_force": _again(FeastCap, cap, *CAP, "state", serial=7),
    "one_feast_cap_drafted": _again(FeastCap, _cap_draft, *CAP, "state", serial=7),
    "a_feast_filed_once": _again(Feast, feast, "village", "home", "kind", "day", "tables", "filed_at"),
}
