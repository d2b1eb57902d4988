"""What is asked of customs: which stretches nobody sees to, which are to be looked at again, what was agreed on for feasts."""

from datetime import timedelta

from django.db.models import Exists, F, Max, OuterRef, Q, Subquery
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from wanjia.doors.words import in_english, said
from wanjia.policy import customs as policy
from wanjia.registry.memberships import heads_of
from wanjia.registry.models import Membership
from wanjia.reporting.posted import Posted

from ..fee_states import RuleState
from ..models import FeastCap, Stretch, StretchCheck, StretchKeeper


def listed(rows, day):
    """Give stretches what their list shows: the home that sees to it now and whether anybody lives there, how it was found last, from when it is to be looked at again."""
    edition = policy.in_force(day)
    kept = StretchKeeper.objects.filter(stretch=OuterRef("pk"), to_on=None)
    last = StretchCheck.objects.filter(stretch=OuterRef("pk")).order_by("-day")
    lived = Membership.objects.filter(household=OuterRef("home_id"), to_on=None, person__died_on=None)
    rows = rows.select_related("village").annotate(
        home_id=Subquery(kept.values("home")[:1]), number=Subquery(kept.values("home__number")[:1]), last_on=Subquery(last.values("day")[:1]), found=Subquery(last.values("passed")[:1]),
        mend=Subquery(last.values("words")[:1]),
    )  # fmt: skip
    past, mended = day - timedelta(days=edition.check_days), day - timedelta(days=edition.mend_days)
    return rows.annotate(lived=Exists(lived), due=Q(last_on=None) | Q(last_on__lte=past) | Q(found=False, last_on__lte=mended))


def with_heads(rows):
    """Give a page of stretches the name of the head of the home that sees to each."""
    keepers = StretchKeeper.objects.filter(stretch__in=[one.pk for one in rows], to_on=None).select_related("home")
    homes = {one.stretch_id: one.home for one in keepers}
    heads = heads_of(list(homes.values()))
    for one in rows:
        one.keeper = homes.get(one.pk)
        one.head = heads.get(one.keeper.pk, ("",))[0] if one.keeper else ""
    return rows


def counts(rows, day):
    """Return how many stretches there are, how many no home sees to, how many are to be looked at."""
    found = listed(rows.filter(closed_on=None), day)
    return {"all": found.count(), "free": found.filter(Q(home_id=None) | Q(lived=False)).count(), "due": found.filter(due=True).count()}



def cap_on(village_id, day):
    """Return what a village agreed on for feasts as it holds on a day, None where there is nothing."""
    held = FeastCap.objects.filter(village_id=village_id, state__in=(RuleState.IN_FORCE, RuleState.ENDED), from_on__lte=day)
    return held.filter(Q(to_on=None) | Q(to_on__gt=day)).order_by("-from_on", "-serial").first()


def guarantees(_row, _actor, day):
    """The three guarantees, to tick what is lacking: [(code, words)]."""
    return [(one.code, guarantee(one)) for one in policy.in_force(day).guarantees]


def guarantee(one):
    """Return a guarantee and what it asks, in the reader's language."""
    return f"{one.en}: {one.asks_en}" if in_english() else f"{one.zh}:{one.asks}"


def lacking(check):
    """Return what a check found lacking, in the reader's language."""
    return [said(one) for one in policy.in_force(check.day).named(check.lacks)]


def to_feast(_request, _row, one):
    """To the page of what was filed: its slip is printed there, and what was agreed on stands on it."""
    return redirect("village:feast", one.pk)


def on_board(village, day, limit, group_name=""):
    """Return the newest lines of the board: what was agreed on for feasts, how many stretches a home sees to. No home, no check, no feast of anybody."""
    found, cap = [], cap_on(village.pk, day)
    if cap is not None:
        said = {"n": cap.tables, "words": cap.words, "by": cap.resolved}
        found.append(Posted(str(_("红白喜事从简,约定不超过 %(n)s 桌:%(words)s(%(by)s)") % said), cap.from_on))
    rows = Stretch.objects.filter(village=village, closed_on=None, opened_at__date__lte=day)
    rows = rows.filter(group_name=group_name) if group_name else rows
    kept = StretchKeeper.objects.on(day).filter(stretch=OuterRef("pk"))
    n, held, last = rows.count(), rows.filter(Exists(kept)).count(), StretchCheck.objects.filter(stretch__in=rows, day__lte=day).aggregate(last=Max("day"))["last"]
    if n:
        found.append(Posted(str(_("门前三包:%(n)s 段,有责任户的 %(held)s 段") % {"n": n, "held": held}), last or day))
    return sorted(found, key=lambda one: one.on, reverse=True)[:limit]


def by_group(rows):
    """Order stretches: those that no home sees to first, then those to be looked at, then by group."""
    return rows.order_by(F("home_id").asc(nulls_first=True), "-due", "village_id", "group_name", "name")
