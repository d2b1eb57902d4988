"""One box for everything: a need's number, a name, the last four digits, a phone, pinyin or initials.

Not a slip's code: a box without a limit would tell whoever guesses when a guess is right. The slip's own page counts tries.
"""

from wanjia.casework.ledger.queries import rows, searched
from wanjia.casework.rules import visible_needs
from wanjia.orgs.duties import Duty
from wanjia.registry.households.queries import found, heads_of

SHOWN = 20


def the_one(actor, text):
    """Return the need whose full number `text` is, or None."""
    return visible_needs(actor).filter(number=text).first()


def matches(actor, text):
    """Return (needs, [(home, head's name, n members)]), SHOWN of each at most; homes only for those who may see the register."""
    needs = rows(searched(actor, visible_needs(actor), text)).order_by("-recorded_at")[:SHOWN]
    if not actor.has_duty(Duty.SEE_REGISTER):
        return needs, []
    homes = list(found(actor, text).select_related("village__parent").order_by("village_id", "number")[:SHOWN])
    heads = heads_of(homes)
    return needs, [(home, *heads.get(home.pk, ("", 0))) for home in homes]
