"""Print a parent's slip; judge a code that somebody types."""

import secrets

from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import act
from wanjia.kernel.command import SystemActor, command
from wanjia.orgs.locks import alone
from wanjia.sealing.keys import blind

from ..duties import Duty
from ..models import BusSlip, BusSlipMiss
from ..riders.rules import can_keep
from ..riders.subjects import RIDERS
from . import pages, rules
from .queries import ALPHABET, LENGTH, rider_of

PARENT = SystemActor(name="家长(接送车小条)")


@act(
    RIDERS, "bus_slip", at="slip", words=_("打印接送车小条"), duty=Duty.KEEP_RIDERS, may=can_keep, aside=True, rank=60, template="schools/slips/issue.html",
    then=pages.paper, call=None, because="a code is shown once, on paper, at a screen", lines={"rider.slip": _("发放接送车小条")},
)  # fmt: skip
def issue_bus_slip(rider, *, by, at):
    """Make a fresh code by which a parent asks where the bus is (接送车小条); an earlier one ends. Returns the BusSlip with `fresh` true: only then may its code be shown."""
    BusSlip.objects.filter(rider=rider, ended_at=None).update(ended_at=at)
    slip = BusSlip.objects.create(rider=rider, code="".join(secrets.choice(ALPHABET) for _sign in range(LENGTH)), issued_by=by, issued_at=at)
    journal.record(act="rider.slip", subject=rider, by=by, at=at, area_code=rider.area_id)
    slip.fresh = True
    return slip


def open_by_code(*, code, address, at):
    """Return the rider behind a code, or None and the miss counted; Refused after too many from this address.

    Judging and counting are one step per address: tries sent at once would all be judged before the first is counted.
    """
    index = blind("bus_slip.address", address)
    with alone(f"bus_slip.address|{index}"):
        rules.may_try(index, at).or_raise()
        rider = rider_of(code)
        if rider is None:
            count_bus_slip_miss(address=address, by=PARENT, at=at)
    return rider


@command("schools.count_bus_slip_miss")
def count_bus_slip_miss(*, address, by, at):
    """Remember a wrong code from an address (kept as a keyed index), so that codes cannot be tried out."""
    miss = BusSlipMiss.objects.create(address_index=blind("bus_slip.address", address), at=at)
    journal.record(act="bus_slip.miss", subject=miss, by=by, at=at)
