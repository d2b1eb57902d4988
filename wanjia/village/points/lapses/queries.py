"""What is asked of lapsing: of which home how many points. What lapses first is spent first, so of one version the oldest."""

from collections import defaultdict

from django.db.models import F, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from ...models import PointAccount, PointLapse, PointLine
from ...point_states import EntryKind, LapseState, Purse

RULE = "entry__claim__item__scheme__"


def amounts(lapse):
    """Return {key of a home's account: points} that lapse of a home's points of that year and version as the book stands: what is left of them when all that was spent is taken from what lapses first."""
    last = _order(lapse.year, lapse.scheme.lapse_years, lapse.scheme.serial)
    lines = PointLine.objects.filter(account__purse=Purse.HOME, entry__village=lapse.village_id).order_by()
    earned, gone = defaultdict(lambda: defaultdict(int)), defaultdict(int)
    given = lines.filter(entry__kind=EntryKind.AWARD, entry__reversed_by=None, **{f"{RULE}lapse_years__gt": 0})
    for account, *rule, n in given.values_list("account", "entry__day__year", f"{RULE}lapse_years", f"{RULE}serial").annotate(n=Sum("points")):
        earned[account][_order(*rule)] += n
    for account, n in lines.filter(entry__kind__in=(EntryKind.REDEEM, EntryKind.GIVE_BACK)).values_list("account").annotate(n=Sum("points")):
        gone[account] -= n
    for account, *rule, n in _lapsed(lines):
        if _order(*rule) < last:
            gone[account] -= n
    left = {account: min(of[last], sum(n for order, n in of.items() if order <= last) - gone[account]) for account, of in earned.items()}
    return {account: n for account, n in left.items() if n > 0}


def _order(year, lapse_years, serial):
    """Return by what points come one after the other: the year with whose end they lapse, then the version."""
    return year + lapse_years, serial


def _lapsed(lines):
    """Return (account, year, years, version, points) of what lapsed before, without what was put back."""
    of = {name: Coalesce(F(f"entry__lapse__{path}"), F(f"entry__reverses__lapse__{path}")) for name, path in (("of_year", "year"), ("of_years", "scheme__lapse_years"), ("of_version", "scheme__serial"))}
    rows = lines.filter(entry__kind__in=(EntryKind.LAPSE, EntryKind.RESTORE)).annotate(**of)
    return rows.values_list("account", *of).annotate(n=Sum("points"))


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


def told_to(account):
    """Return [(lapse, points)] of what a home was told that it loses."""
    told = PointLapse.objects.filter(village=account.village_id, state=LapseState.TOLD).select_related("scheme").order_by("until_on", "pk")
    found = ((one, amounts(one).get(account.pk, 0)) for one in told)
    return [(one, n) for one, n in found if n]


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
