"""Whose hand counts: the clock's alone."""

from django.utils.translation import gettext_lazy as _

from wanjia.orgs.workdays.hours import CLOCK
from wanjia.verdict import first_refusal


def can_turn(actor):
    """Decide whether this actor lets the roll follow statuses that begin or end by their own days."""
    return first_refusal((actor is CLOCK, _("到了日子的身份由系统带进劳动力名册,不由人代走。")))
