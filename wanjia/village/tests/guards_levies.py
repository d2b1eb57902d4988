"""Each CHECK and each unique constraint of a project's money and labour, met by name: the row that it refuses."""

from ..fee_states import SpendState
from ..levy_states import LevyState as S
from ..models import Levy, LevyLabour, LevyPayment, LevyRelief, LevyShare, LevySpend
from .guards_points import _again, _of
from .levy_factories import DAY, bought, labour, levy, payment, relief, share, spend, spent

PLAN = ("village", "year", "name", "what", "budget_fen", "head_fen", "worker_days", "told_on", "drawn_at")
SPEND = ("levy", "village", "fen", "what", "payee", "day", "drawn_at")


def _draft(world):
    return levy(world, S.DRAFT)


def _done(world):
    return levy(world, S.DONE)


CHECKS = {
    "levy_asks_something": _of(Levy, _draft, head_fen=0, worker_days=0),
    "levy_decided_with_an_item": _of(Levy, _draft, state=S.DECIDED),
    "levy_approved_before_it_is_due": _of(Levy, levy, approved_on=None),
    "levy_checked_by_another": lambda w: Levy.objects.filter(pk=levy(w).pk).update(checked_by=w.register.yang),
    "levy_charged_by_another": lambda w: Levy.objects.filter(pk=levy(w).pk).update(charged_by=w.register.yang),
    "levy_charged_by_nobody_who_looked": lambda w: Levy.objects.filter(pk=levy(w).pk).update(charged_by=w.township_leader),
    "levy_signed_by_homes_of_its_roll": _of(Levy, levy, signed=5000),
    "levy_dropped_with_a_reason": _of(Levy, _draft, state=S.DROPPED),
    "levy_relief_undone_by_another": lambda w: LevyRelief.objects.filter(pk=relief(w).pk).update(undone_on=DAY, undone_by=w.register.yang),
    "levy_accepted_by_another": lambda w: Levy.objects.filter(pk=_done(w).pk).update(accepted_by=w.register.yang),
    "levy_accepted_on_a_day": _of(Levy, _done, done_on=None),
    "levy_holds_no_less_than_nought": _of(Levy, levy, held_fen=-1),
    "levy_relief_of_somebody": _of(LevyRelief, relief, workers=0),
    "levy_share_paid_no_more_than_due": _of(LevyShare, share, paid_fen=100_000),
    "levy_share_worked_no_more_than_due": _of(LevyShare, share, days_done=1000),
    "levy_payment_says_why": _of(LevyPayment, payment, fen=-1),
    "levy_labour_bought_by_wish": _of(LevyPayment, bought, wished_on=None),
    "levy_labour_says_why": _of(LevyLabour, labour, days=0),
    "levy_spend_says_why": _of(LevySpend, spent, fen=-1),
    "levy_spend_approved_by_another": lambda w: LevySpend.objects.filter(pk=spend(w).pk).update(decided_by=w.register.yang),
    "levy_spend_left_on_a_day": _of(LevySpend, spend, paid_on=DAY),
    "levy_spend_refused_with_reason": _of(LevySpend, spend, state=SpendState.REFUSED),
}
ONCE = {
    "levy_numbered_once": _again(Levy, _draft, *PLAN, "serial"),
    "levy_decided_by_its_own_item": _again(Levy, levy, *PLAN, "item", "signed", serial=77),
    "levy_relief_once_a_home": _again(LevyRelief, relief, "levy", "home", "ground", "words", "heads", "workers", "at"),
    "levy_share_once_a_home": _again(LevyShare, share, "levy", "village", "home", "heads", "workers", "due_fen", "due_days"),
    "levy_receipt_numbered_once": _again(LevyPayment, payment, "village", "serial", "share", "fen", "way", "day", "at"),
    "levy_spend_numbered_once": _again(LevySpend, spend, *SPEND, "serial", voucher="1"),
    "a_levy_voucher_once": _again(LevySpend, spend, *SPEND, "voucher", serial=77),
}
