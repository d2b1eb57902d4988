"""What somebody without an account does: claims a wish, opens the slip, gives the claim up."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.command import SystemActor, command
from wanjia.orgs.locks import alone, hold
from wanjia.sealing.keys import blind
from wanjia.verdict import NotFound

from ..models import Wish, WishClaim, WishMiss
from ..wish_states import ClaimEnd
from ..wishes import commands as wishes
from ..wishes import queries, rules

DONOR = SystemActor(name="认领人(公开页)")


def _locked(wish_id):
    found = Wish.objects.select_for_update(of=("self",), no_key=True).filter(pk=wish_id).first()
    if found is None:
        raise NotFound(_("没有这个心愿。"))
    return found


@command("care.claim_wish")
def claim_wish(*, wish_id, kind, name, phone, address, by, at):
    """Claim a wish from the public page (认领): exclusive from this moment, by whoever comes first. Returns the WishClaim.

    address: where the request comes from; kept as a keyed index, by which claims an hour are counted. Raises Refused.
    """
    index = blind("wish.address", address)
    hold(f"wish.address|{index}")
    rules.may_claim_from(index, at).or_raise()
    return wishes.claim(_locked(wish_id), kind=kind, name=name, phone=phone, by=by, at=at, address_index=index)


@command("care.give_up_by_slip")
def give_up_by_slip(*, claim_id, by, at):
    """Give a claim up by the donor's slip: the wish goes back to the others."""
    one = WishClaim.objects.get(pk=claim_id)
    one.wish = _locked(one.wish_id)
    one.refresh_from_db(fields=["ended_at", "version"])
    rules.can_give_up_alone(one).or_raise()
    wishes.release(one.wish, one, ClaimEnd.GIVEN_UP, by=by, at=at)
    return one


def open_by_code(*, code, address, at):
    """Return the claim behind a slip's code, or None and the miss counted; Refused after too many from this address.

    Judging and counting are one step per address: tries sent at once would all be judged before the first is counted.
    """
    index = blind("wish.address", address)
    with alone(f"wish.slip|{index}"):
        rules.may_try(index, at).or_raise()
        found = queries.claim_of(code)
        if found is None:
            count_wish_miss(address=address, by=DONOR, at=at)
    return found


@command("care.count_wish_miss")
def count_wish_miss(*, address, by, at):
    """Remember a wrong code from an address (kept as a keyed index), so that codes cannot be tried out."""
    miss = WishMiss.objects.create(address_index=blind("wish.address", address), at=at)
    journal.record(act="wish_slip.miss", subject=miss, by=by, at=at)
