"""What waits of aid, whose last list lacks somebody who has it, and what of it was done without a hearing."""

from collections import defaultdict

from django.db.models import Q

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
    rows = [mine(actor)] + ([unserved(actor), papers_due(actor)] if actor.has_duty(Duty.KEEP_AID) else [])
    first, *others = [one.order_by().values("pk") for one in rows]
    return first.union(*others, all=True).count()


def missing_in_lists(actor, at):
    """Return [(status, words of the list, its period)]: live aid of which the newest paid list of the village names nobody of the home.

    An import ends nothing (rules.md §b.1): whoever is missing is listed here until a proposal is made or a later list names him. A village
    of which no list of this aid came is not judged, nor a status that began after the list came. Four questions, however many homes.
    """
    if not actor.has_duty(Duty.KEEP_AID):
        return []
    kinds = {key: one["paid"] for key, one in aid.kinds(today(at)).items() if one["paid"]}
    held = rules.visible_aid(actor, duty=(Duty.KEEP_AID,)).filter(to_on=None).exclude(cuts__state__in=OPEN_CUTS)
    held = [one for one in held.order_by("household__village_id", "pk") if f"{one.scheme}:{one.code}" in kinds]
    villages = {_village(one) for one in held}
    paid, newest = _paid(villages, kinds), {}
    for key, village, end, *_rest in paid:
        newest[key, village] = max(newest.get((key, village), end), end)
    last = [row for row in paid if newest[row[0], row[1]] == row[2]]
    named = {(key, village, person) for key, village, _end, person, _words, _came in last}
    words = {(key, village): said for key, village, _end, _person, said, _came in last}
    since = {(key, village): min(end, came) for key, village, end, _person, _words, came in sorted(last, key=lambda row: row[5])}
    homes = defaultdict(set)
    for home, person in Membership.objects.filter(to_on=None, household__in=[one.household_id for one in held if one.household_id]).values_list(
        "household_id", "person_id"
    ):
        homes[home].add(person)
    return [(one, words[key, village], newest[key, village]) for one, key, village in ((one, f"{one.scheme}:{one.code}", _village(one)) for one in held)
            if (key, village) in newest and (one.from_on is None or one.from_on <= since[key, village])
            and not any((key, village, person) in named for person in (homes[one.household_id] if one.household_id else {one.person_id}))]  # fmt: skip


def _village(status):
    return (status.household or status.person).village_id


def _paid(villages, kinds):
    """List (aid, village, last day of the period, person, words, day on which the list came) of what was paid there."""
    rows = Benefit.objects.filter(person__village_id__in=villages).values_list("person__village_id", "person_id", "scheme", "period", "recorded_at")
    return [(key, village, span_of(period)[1], person, scheme, today(at)) for village, person, scheme, period, at in rows for key, words in kinds.items()
            if any(word in scheme for word in words)]  # fmt: skip


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
