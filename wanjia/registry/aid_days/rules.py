"""Whose hand counts: the clock's alone."""

from django.utils.translation import gettext_lazy as _

from wanjia.orgs.workdays.hours import CLOCK
from wanjia.verdict import first_refusal


def can_count(actor):
    """Decide whether this actor lets days of aid climb, or counts them anew: the clock alone, by dated rules."""
    return first_refusal((actor is CLOCK, _("救助的期限由系统按规则盯着,不由人代走。")))
