"""How far back the day of an act may lie: what a month said stays as it was said. Asked by every room that takes a day from a hand."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.calendar import today
from wanjia.verdict import first_refusal


def is_recent(day, days, at):
    """Decide whether something of `day` may still be written down: so many days after it at most."""
    return first_refusal(((today(at) - day).days <= days, _("最多补记 %(n)s 天。日期更早的,写在情况里。") % {"n": days}))
