"""Of which home how many points lapse, as the book stands. What lapses first is spent first, so of one version the oldest."""

from collections import defaultdict

from django.db.models import F, Sum
from django.db.models.functions import Coalesce

from ..models import PointLapse, PointLine
from ..point_states import EntryKind, LapseState, Purse

RULE = "entry__claim__item__scheme__"


def amounts(lapse):
    """Return {key of a home's account: points} that lapse of a home's points of that year and version as the book stands: what is left of them when all that was spent is taken from what lapses first."""
    last = _order(lapse.year, lapse.scheme.lapse_years, lapse.scheme.serial, lapse.scheme_id)
    lines = PointLine.objects.filter(account__purse=Purse.HOME, entry__village=lapse.village_id).order_by()
    earned, gone = defaultdict(lambda: defaultdict(int)), defaultdict(int)
    given = lines.filter(entry__kind=EntryKind.AWARD, entry__reversed_by=None, **{f"{RULE}lapse_years__gt": 0})
    for account, *rule, n in given.values_list("account", "entry__day__year", f"{RULE}lapse_years", f"{RULE}serial", f"{RULE}pk").annotate(n=Sum("points")):
        earned[account][_order(*rule)] += n
    for account, n in lines.filter(entry__kind__in=(EntryKind.REDEEM, EntryKind.GIVE_BACK)).values_list("account").annotate(n=Sum("points")):
        gone[account] -= n
    for account, *rule, n in _lapsed(lines):
        if _order(*rule) < last:
            gone[account] -= n
    left = {account: min(of[last], sum(n for order, n in of.items() if order <= last) - gone[account]) for account, of in earned.items()}
    return {account: n for account, n in left.items() if n > 0}


def _order(year, lapse_years, serial, scheme):
    """Return by what points come one after the other: the year with whose end they lapse, then the version, and whose it is: a home that moved brings another village's."""
    return year + lapse_years, serial, scheme


def _lapsed(lines):
    """Return (account, year, years, version, points) of what lapsed before, without what was put back."""
    of = {name: Coalesce(F(f"entry__lapse__{path}"), F(f"entry__reverses__lapse__{path}")) for name, path in (("of_year", "year"), ("of_years", "scheme__lapse_years"), ("of_version", "scheme__serial"), ("of_scheme", "scheme"))}
    rows = lines.filter(entry__kind__in=(EntryKind.LAPSE, EntryKind.RESTORE)).annotate(**of)
    return rows.values_list("account", *of).annotate(n=Sum("points"))


def told_to(account):
    """Return [(lapse, points)] of what a home was told that it loses."""
    told = PointLapse.objects.filter(village=account.village_id, state=LapseState.TOLD).select_related("scheme").order_by("until_on", "pk")
    found = ((one, amounts(one).get(account.pk, 0)) for one in told)
    return [(one, n) for one, n in found if n]
