"""What is asked of lapsing: the homes of a lapse, the year that comes next, whether it is what its bookings say."""

from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from ...booking.lapsing import amounts
from ...models import PointAccount, PointLapse, PointLine
from ...point_states import LapseState, Purse


def homes_of(lapse):
    """Return [account] of the homes whose points lapse, or lapsed, by group and number, each with `points`."""
    if lapse.state == LapseState.BOOKED:
        of = dict(PointLine.objects.filter(entry__lapse=lapse, account__purse=Purse.HOME).values_list("account", "points"))
        of = {account: -n for account, n in of.items()}
    else:
        of = amounts(lapse) if lapse.state == LapseState.TOLD else {}
    rows = list(PointAccount.objects.filter(pk__in=of).select_related("home").order_by("home__group_name", "home__number"))
    for one in rows:
        one.points = of[one.pk]
    return rows


def first_year(scheme, _actor=None, day=None):
    """Return the year that lapses next: the first in which the version gave points and of which nothing was told."""
    if scheme is None:
        return None
    told = PointLapse.objects.filter(scheme=scheme).exclude(state=LapseState.DROPPED).values("year")
    years = PointLine.objects.filter(account__purse=Purse.HOME, entry__claim__item__scheme=scheme).exclude(entry__day__year__in=told)
    return years.order_by("entry__day").values_list("entry__day__year", flat=True).first() or (day.year - 1 if day else None)


def faults(_day):
    """Yield (what, column, is, should) of each lapse whose bookings do not add up to what it says."""
    lines = PointLine.objects.filter(account__purse=Purse.HOME, entry__lapse__state=LapseState.BOOKED)
    of = dict(lines.order_by().values_list("entry__lapse").annotate(n=-Sum("points")))
    for one in PointLapse.objects.filter(state=LapseState.BOOKED).select_related("village").order_by("pk"):
        if one.points != of.get(one.pk, 0):
            yield one, _("过期多少分"), one.points, of.get(one.pk, 0)
