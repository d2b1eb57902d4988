"""Who may change a status: whoever keeps its holder, with the sentences of that place when not."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.calendar import today
from wanjia.policy.aid import is_aid
from wanjia.verdict import first_refusal

from ..households.rules import can_keep as can_keep_home
from ..people.rules import can_keep as can_keep_person


def can_keep_status(actor, status):
    """May the actor change this status: whoever keeps the person or the home that holds it."""
    return can_keep_person(actor, status.person) if status.person_id else can_keep_home(actor, status.household)


def can_end_status(actor, status, at):
    """May the actor end this status: not aid that brings money, of which the person is heard first (社会救助法 48)."""
    keeps = can_keep_status(actor, status)
    return first_refusal(
        (keeps, keeps.reason),
        (
            not is_aid(status.scheme, status.code, today(at)),
            _("这是发钱的救助,停发、减发以前要先听本人的意见。请点“提出停发、减发”。"),
        ),
    )
