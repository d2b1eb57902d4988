"""One box for everything: a need's number, a slip, a name, the last four digits, a phone, pinyin or initials."""

import re

from wanjia.casework.ledger.queries import rows, searched
from wanjia.casework.rules import visible_needs
from wanjia.casework.slip.queries import need_of
from wanjia.orgs.duties import Duty
from wanjia.registry.households.queries import found, heads_of

SHOWN = 20
SLIP = re.compile(r"[0-9A-Za-z]{6}")


def the_one(actor, text):
    """Return the need that `text` names for certain: its full number, or its slip's code; or None."""
    exact = visible_needs(actor).filter(number=text).first()
    if exact is None and SLIP.fullmatch(text):
        behind = need_of(text)
        exact = visible_needs(actor).filter(pk=behind.pk).first() if behind else None
    return exact


def matches(actor, text):
    """Return (needs, [(home, head's name, n members)]), SHOWN of each at most; homes only for those who may see the register."""
    needs = rows(searched(actor, visible_needs(actor), text)).order_by("-recorded_at")[:SHOWN]
    if not actor.has_duty(Duty.SEE_REGISTER):
        return needs, []
    homes = list(found(actor, text).select_related("village__parent").order_by("village_id", "number")[:SHOWN])
    heads = heads_of(homes)
    return needs, [(home, *heads.get(home.pk, ("", 0))) for home in homes]
