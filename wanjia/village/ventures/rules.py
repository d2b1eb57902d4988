"""Who writes a home's venture and who shows it; and why not."""

import re

from django.utils.translation import gettext_lazy as _

from wanjia.orgs import scope
from wanjia.policy.identity import birth_date_of
from wanjia.policy.spelling import joined
from wanjia.verdict import first_refusal

from ..appraisal.rules import another_hand
from ..craft_states import VentureState
from ..crafts.rules import kept, reviewed
from ..duties import Duty
from ..models import Venture

CITIZEN = re.compile(r"(?<!\d)\d{17}[\dX](?!\d)")  # two telephones beside each other have as many digits, and no birthday in them


def visible_ventures(actor, *, duty=Duty.SEE_VILLAGE):
    """The ventures of villages in reach."""
    return Venture.objects.filter(scope.in_reach(actor, area="village_id", duty=duty))


def can_show(actor, one, at):
    """May the actor show a venture: another hand than wrote it and its consent down."""
    return first_refusal(
        *reviewed(actor, one.village_id), (one.state == VentureState.WRITTEN, _("这一条已经公布或者撤下。")),
        *another_hand(actor, {one.written_by_id}, at, _("谁登记的谁不能公布,请另一个人核对同意后公布。")),
    )  # fmt: skip


def can_withdraw(actor, one):
    """May the actor take a venture down: at any time."""
    return first_refusal(*kept(actor, one.village_id), (one.state != VentureState.WITHDRAWN, _("已经撤下。")))


def is_no_citizen(contact):
    """Decide whether a contact leads to the home by no citizen's number."""
    found = CITIZEN.findall(joined(contact).upper())
    return first_refusal((not any(map(birth_date_of, found)), _("联系方式里不写证件号码。")))
