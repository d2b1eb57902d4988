"""The draw itself, at the moment the household's word is in; and the seed it falls by."""

import secrets
from decimal import Decimal

from wanjia.kernel import journal
from wanjia.kernel.calendar import today
from wanjia.policy.triage import rules as limits

from ..looking import put_on_list
from ..models import RecheckSeed
from ..states import RecheckFor
from .rules import commitment, lot, month_of


def draw(need, *, by, at):
    """Decide whether the next tier rechecks this need: every child's, and a share by the month's sealed seed.

    Once drawn it stays drawn, whatever round of handling follows.
    """
    seed = _seed_of(by, at)
    need.drawn = bool(need.drawn) or need.involves_child or lot(seed.seed, need.number) < float(seed.share)
    if need.drawn:
        put_on_list(need, RecheckFor.CHILD if need.involves_child else RecheckFor.DRAWN, today(at))


def _seed_of(by, at):
    """Return the seed of the month of `at`; the first draw of a month makes it and journals its commitment."""
    fresh = secrets.token_hex(32)
    values = {"seed": fresh, "commitment": commitment(fresh), "share": Decimal(str(limits()["recheck"]["share"])), "begun_at": at}
    seed, made = RecheckSeed.objects.get_or_create(month=month_of(at), defaults=values)
    if made:
        journal.record(act="recheck.seed", subject=seed, by=by, at=at, month=seed.month, commitment=seed.commitment, share=str(seed.share))
    return seed
