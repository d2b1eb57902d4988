"""Each CHECK and each unique constraint of wishes and gifts, met by name."""

from datetime import timedelta

from wanjia.care.models import Distribution, Gift, GiftStock, Wish, WishClaim, WishMoney
from wanjia.kernel import triggers
from wanjia.kernel.tests.tried import MONDAY

from . import acts_gifts as gifts
from . import acts_wishes as acts

DAY = MONDAY.date()


def _changed(make, model, **values):
    """What a situation is followed by: its rows are changed past the acts."""

    def change(world):
        make(world)
        triggers.lift(models=[model])
        model.objects.update(**{name: value(world) if callable(value) else value for name, value in values.items()})

    return change


def _the(make, model):
    """The one row that a situation makes."""

    def found(world):
        make(world)
        return model.objects.get()

    return found


def _of_a_file(world):
    """A wish of a row of a file, turned down since: its child may wish again."""
    _changed(acts.collected, Wish, source="a" * 64, source_row=2, state="wish_rejected", reason="太贵了")(world)
    return Wish.objects.get()


CHECKS = {
    "gift_goes_of_who_left": _changed(gifts.came, Gift, goes="gift_spare"),
    "wish_has_a_price": _changed(acts.collected, Wish, cost=0),
    "wish_judged_by_another": _changed(acts.collected, Wish, recorded_by=lambda w: w.clerk, judged_by=lambda w: w.clerk),
    "wish_rejected_with_reason": _changed(acts.collected, Wish, state="wish_rejected"),
    "wish_confirmed_by_another": _changed(acts.delivered, Wish, confirmed_by=lambda w: w.visitor),
    "wish_signed_when_confirmed": _changed(acts.delivered, Wish, state="wish_confirmed"),
    "claim_ended_somehow": _changed(acts.claimed, WishClaim, ended_at=MONDAY),
    "wish_money_is_some": _changed(acts.given, WishMoney, amount=0),
    "given_money_has_a_receipt": _changed(acts.given, WishMoney, number=""),
    "distribution_reserve": _changed(gifts.opened, Distribution, reserve=51),
    "distribution_closed_by_another": _changed(gifts.opened, Distribution, closed_by=lambda w: w.clerk),
    "given_with_size_and_day": _changed(gifts.opened, Gift, state="gift_given", given_on=DAY + timedelta(days=1)),
}
ONCE = {
    "one_wish_under_way_a_child": _the(acts.collected, Wish),
    "wish_row_once": _of_a_file,
    "one_live_claim_a_wish": _the(acts.claimed, WishClaim),
    "receipt_number_once": _the(acts.given, WishMoney),
    "distribution_named_once": _the(gifts.opened, Distribution),
    "one_gift_a_pupil": _the(gifts.opened, Gift),
    "stock_once_a_size": _the(gifts.ordered, GiftStock),
}
