"""What waits of aid, whose last list lacks somebody who has it, and what of it was done without a hearing."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Exists, Max, OuterRef, Q

from wanjia.kernel.calendar import today
from wanjia.policy import aid
from wanjia.registry.duties import Duty

from ..memberships import heads_of
from ..models import AidCut, Benefit, DatedStatus, Membership
from ..states import OPEN_CUTS, CutState
from ..workbooks.benefits import span_of
from . import rules


def open_cuts(actor):
    """Return the proposals that wait for a step, the first due first."""
    return rules.visible_cuts(actor).filter(state__in=OPEN_CUTS)


def mine(actor):
    """Return those whose next step is one the actor may take: not the hearing of what he proposed, nor the decision on what he heard."""
    found = Q(pk__in=[])
    if actor.has_duty(Duty.KEEP_AID):
        found |= Q(state=CutState.PROPOSED) & ~Q(proposed_by=actor.id) | Q(state__in=(CutState.CUT, CutState.KEPT))
    if actor.has_duty(Duty.DECIDE_AID):
        found |= Q(state=CutState.HEARD) & ~Q(proposed_by=actor.id) & (Q(heard_by=None) | ~Q(heard_by=actor.id))
    return open_cuts(actor).filter(found)


def unserved(actor):
    """Return the refusals that nobody has handed over yet."""
    return rules.visible_refusals(actor).filter(served_on=None).order_by("due_on", "pk")


def papers_due(actor):
    """Return the urgent aid whose papers are not made up, the first due first."""
    return rules.visible_urgent(actor).filter(papers_on=None)


def waiting(actor):
    """Count what waits for the actor: steps, papers to hand over, papers to make up; one question."""
    if not actor.has_duty(*rules.SEES):
        return 0
    if not hasattr(actor, "aid_that_waits"):  # the menu and the desk ask in one request
        actor.aid_that_waits = _waiting(actor)
    return actor.aid_that_waits


def _waiting(actor):
    rows = [mine(actor)] + ([unserved(actor), papers_due(actor)] if actor.has_duty(Duty.KEEP_AID) else [])
    first, *others = [one.order_by().values("pk") for one in rows]
    return first.union(*others, all=True).count()


def on_empty_homes(actor, day):
    """Return live aid of homes in which nobody lives any more, the register says: its people live elsewhere, are gone or dead."""
    living = Membership.objects.filter(household=OuterRef("household"), to_on=None, person__merged_into=None, person__died_on=None)
    return rules.visible_aid(actor, day=day).filter(to_on=None, household__isnull=False).exclude(Exists(living)).order_by("household__village_id", "pk")


def missing_in_lists(actor, at):
    """Return [(status, words of the list, its period)]: live aid of which the newest paid list of the village names nobody of the home.

    An import ends nothing (rules.md §b.1): whoever is missing is listed here until a proposal is made or a later list names him. A village
    of which no list of this aid came is not judged, nor a status that began after the list came. Four questions, however many homes.
    """
    if not actor.has_duty(Duty.KEEP_AID):
        return []
    kinds = {key: one["paid"] for key, one in aid.kinds(today(at)).items() if one["paid"]}
    held = rules.visible_aid(actor, duty=(Duty.KEEP_AID,), day=today(at)).filter(to_on=None).exclude(cuts__state__in=OPEN_CUTS)
    held = [(one, (_key(one), _village(one))) for one in held.order_by("household__village_id", "pk") if _key(one) in kinds]
    last = _newest({village for _one, (_aid, village) in held}, kinds)
    held = [(one, which) for one, which in held if which in last and (one.from_on is None or one.from_on <= min(last[which].end, last[which].came))]
    named, homes = _named(last), _members({one.household_id for one, _which in held if one.household_id})
    return [
        (one, last[which].words, last[which].end) for one, which in held
        if named.isdisjoint((*which, person) for person in (homes[one.household_id] if one.household_id else {one.person_id}))
    ]  # fmt: skip


def _key(status):
    return f"{status.scheme}:{status.code}"


def _village(status):
    return (status.household or status.person).village_id


@dataclass
class Last:
    """The newest list of an aid in a village: the last day of its period, the day on which it came, what it is called, (scheme, period) of its rows."""

    end: date
    came: date
    words: str
    lists: set


def _newest(villages, kinds):
    """Return {(aid, village): Last}. The database counts the payments of all years together: of each list one row comes back."""
    said = reduce(or_, (Q(scheme__contains=word) for words in kinds.values() for word in words), Q(pk__in=[]))
    rows = Benefit.objects.filter(said, person__village_id__in=villages).order_by().values_list("person__village_id", "scheme", "period")
    newest = {}
    for village, scheme, period, came in rows.annotate(came=Max("recorded_at")):
        end = span_of(period)[1]
        for which in [(key, village) for key, words in kinds.items() if any(word in scheme for word in words)]:
            one = newest.get(which)
            if one is None or end > one.end:
                newest[which] = Last(end, today(came), scheme, {(scheme, period)})
            elif end == one.end:
                one.came = max(one.came, today(came))
                one.lists.add((scheme, period))
    return newest


def _named(last):
    """Return {(aid, village, person)} of whom these lists name."""
    lists = defaultdict(list)
    for (key, village), one in last.items():
        for scheme, period in one.lists:
            lists[village, scheme, period].append(key)
    schemes, periods, villages = ({which[n] for which in lists} for n in (1, 2, 0))
    rows = Benefit.objects.filter(scheme__in=schemes, period__in=periods, person__village_id__in=villages)
    found = rows.order_by().values_list("person__village_id", "scheme", "period", "person_id")
    return {(key, village, person) for village, scheme, period, person in found for key in lists.get((village, scheme, period), ())}


def _members(homes):
    """Return {home: {persons}} of those who live there."""
    found = defaultdict(set)
    for home, person in Membership.objects.filter(to_on=None, household__in=homes).values_list("household_id", "person_id"):
        found[home].add(person)
    return found


def heads(rows):
    """Return {home id: its head} of rows of one list: proposals, statuses in front of a tuple, refusals, urgent aid."""
    rows = [row[0] if isinstance(row, tuple) else row for row in rows]
    return heads_of([home for home in ((row.status if isinstance(row, AidCut) else row).household for row in rows) if home])


def ended_aid():
    """Return the statuses that are aid and were ended by an act or fell past their recording: each needs its hearing."""
    found = Q(pk__in=[])
    for key in {one for edition in aid.editions() for one in aid.kinds(edition.starts)}:
        scheme, code = key.split(":")
        found |= Q(scheme=scheme, code=code, to_on__gte=aid.since(scheme, code))
    return DatedStatus.objects.filter(found)
