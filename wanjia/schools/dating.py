"""How far back the day of an act may lie, and which year what is told late belongs to: what a month said stays as it was said. Asked by every room that takes a day from a hand, and by what counts these days."""

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.calendar import day_start, today
from wanjia.verdict import first_refusal


def is_recent(day, days, at):
    """Decide whether something of `day` may still be written down: so many days after it at most."""
    return first_refusal(((today(at) - day).days <= days, _("最多补记 %(n)s 天。日期更早的,写在情况里。") % {"n": days}))


def of_year(day, told, on="day"):
    """Return the Q of the rows of the year of `day`: of a day in it, and of an earlier one that were told of in it. So what is found in December and told in January is counted once, and in no year that was over. told, on: the paths to moment and day."""
    first = date(day.year, 1, 1)
    return Q(**{f"{on}__year": day.year}) | Q(**{f"{on}__lt": first, f"{told}__gte": day_start(first)})
