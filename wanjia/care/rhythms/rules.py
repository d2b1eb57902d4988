"""Who keeps the classes of rhythm: nobody by hand."""

from django.utils.translation import gettext_lazy as _

from wanjia.orgs.workdays.hours import CLOCK
from wanjia.verdict import first_refusal


def is_clock(by):
    """Decide whether the clock does it: a class is derived from what the register says, nobody types one."""
    return first_refusal((by is CLOCK, _("联系频次由系统按户册推算,不由人填。")))
