"""Climb the ladder: the one act of the clock on needs. It tells, makes the paper, and moves what was raised to the tier above.

What is due was asked before (queries.due) and is asked anew here, of the row under lock: an act that came between has its say, and
two ticks at once climb each rung once. The needs of one call are one transaction: what a kill leaves is whole, and the rest still waits.
"""

from django.urls import reverse
from django.utils.translation import gettext as _

from wanjia.kernel import journal
from wanjia.kernel.calendar import today
from wanjia.kernel.command import command
from wanjia.orgs.delivery.commands import tell, tell_all
from wanjia.policy.ladder import in_force, told
from wanjia.reporting.papers.commands import make_papers

from ..commands import advance, end_help, hand_over, note_step, start_step, take_all
from ..models import Digest, Rung, SessionItem, SubTask
from ..rules import TIERS
from ..states import BEFORE_DONE, IN_HANDS, OF_PARTS, Climbs, Level, PaperKind
from . import digest, queries, rules, rungs, words
from .above import Above
from .rungs import Remembering

PAPERS = {Level.URGE: PaperKind.REMINDER, Level.SUPERVISE: PaperKind.SUPERVISION, Level.RAISE: PaperKind.RAISE, Level.RAISE_AGAIN: PaperKind.RAISE}
# Clocks whose raising takes the need itself to the tier above; of the others somebody above is told.
MOVES = (Climbs.NEED, Climbs.STEP)


@command("casework.climb")
def climb(*, need_ids, by, at):
    """Climb, for each of these needs, to the highest rung that has fallen due (催办、督办、提级); lower ones are noted as passed.

    Returns how many climbed. Raises Refused outside the hours of a working day.
    """
    calendar, day = Remembering.load(), today(at)
    rules.can_climb(by, at=at, calendar=calendar).or_raise()
    taken_up = list(take_all(need_ids, at))
    needs, edition, above = [need for need, _moment in taken_up], in_force(day), Above(day)
    facts, taken = queries.facts_of(needs), queries.taken_of(needs)
    rows, papers, told_of = [], [], []
    for need, moment in taken_up:
        known = facts.get(need.pk, rungs.Facts())
        if found := rungs.reached(need, day, known, taken.get(need.pk, {}), edition, calendar):
            _climb(need, found, known, above, calendar, rows, papers, told_of, by=by, at=moment)
    Rung.objects.bulk_create(rows)
    make_papers(papers, by=by, at=at)
    tell_all(told_of, at=at)
    return len({row.need_id for row in rows})


def _climb(need, found, facts, above, calendar, rows, papers, told_of, *, by, at):
    """Climb to the first of `found`, and note the rest beside it: the rows, the paper and the messages are added to those of the round."""
    highest, holder, step, day = found[0], need.holder, need.step_clock, today(at)
    asked, of_part = _asked_unit(facts, highest), highest.running.clock in OF_PARTS
    chain = above.chain(need, highest.running, asked)
    to, goal = told(chain, highest.level), _goal(need, highest, above)
    passed = sorted({one.level for one in found[1:] if one.running == highest.running})
    said = words.sentence(highest, need, day=day, calendar=calendar, told=to, moved=goal, passed=passed)
    if goal:
        to = goal
        line = _raise(need, goal, said, calendar, by=by, at=at)
    else:
        line = note_step(need, words.ACTS[highest.level], by=by, at=at, words=said, level=int(highest.level), clock=highest.running.clock)
    rows += (
        Rung(
            need=need, clock=one.running.clock, turn=one.running.turn, level=one.level, starts_on=one.running.starts_on, ends_on=one.running.ends_on,
            due_on=one.due_on, at=at, passed=one is not highest, n=line.n, step=step if one.running.clock == Climbs.STEP else "",
            round=need.reopenings, holder=holder, told=to if one is highest else None,
        ) for one in found
    )  # fmt: skip
    if not of_part and (kind := PAPERS.get(highest.level)):
        papers.append((need, kind, line.pk, chain[min(1, len(chain) - 1)]))
    # A helper sees its part alone: what it is told leads there, and no paper names the household to it.
    path = reverse("casework:task", args=[_part(highest)]) if of_part else reverse("casework:need", args=[need.pk])
    others = {_asked_unit(facts, one) for one in found[1:] if of_part and one.running.clock in OF_PARTS}
    for unit in {to, holder, *([asked] if asked else ()), *others} if highest.level >= Level.SUPERVISE else {to, *others}:
        told_of.append((unit, f"level{int(highest.level)}", need.number, path, f"rung:{need.pk}:{line.n}"))


def _asked_unit(facts, one):
    """Return whose session it is, or who was asked for the part; None of the need's own clocks."""
    if one.running.clock in OF_PARTS:
        return SubTask.objects.select_related("unit").get(pk=_part(one)).unit
    if one.running.clock != Climbs.SESSION:
        return None
    # Not only where it is open still: a session that ends beside this round locks none of its needs.
    return SessionItem.objects.select_related("session__called_org").get(pk=facts.item[0]).session.called_org


def _part(one):
    return one.running.turn.partition(".")[0]


def _goal(need, highest, above):
    """Return the desk above to which the need goes, or None: not yet raised, done already, or nobody above may hold it."""
    if highest.level < Level.RAISE or highest.running.clock not in MOVES or need.state not in BEFORE_DONE:
        return None
    return above.over(need, _raised_over(need))


def _raised_over(need):
    """Return the tier over whose head the need goes: its holder's, or one above it from which it was raised before."""
    return max(need.holder.tier, need.raised_from or need.holder.tier, key=TIERS.index)


def _raise(need, goal, said, calendar, *, by, at):
    """Hand the need to the desk above: from there it is handed on, and no hand of the tier below moves it. Its own clock goes on."""
    need.raised_from = _raised_over(need)
    end_help(need, _("改由它主办"), unit=goal, by=by, at=at)
    if need.state not in IN_HANDS:
        start_step(need, need.step_clock or "reassign", at, calendar)
        hand_over(need, goal, by=by, at=at)
        return note_step(need, "raise_desk", by=by, at=at, words=said, holder=goal.pk)
    need.handler, need.leader, need.accepted_at = None, "", None
    start_step(need, "reassign", at, calendar)
    hand_over(need, goal, by=by, at=at)
    return advance(need, "raise", by=by, at=at, words=said, holder=goal.pk)


@command("casework.write_digests")
def write_digests(*, by, at):
    """Write the morning's digest of every coordinating desk (每日提要), once a working day; returns how many were written."""
    day = today(at)
    rules.can_climb(by, at=at).or_raise()
    if Digest.objects.filter(day=day).exists():
        return 0
    made = digest.contents(Above(day), day)
    rows = [Digest(organisation=unit, day=day, at=at, content=content) for unit, content in made.items()]
    Digest.objects.bulk_create(rows, ignore_conflicts=True)
    for row in rows:
        tell([row.organisation], "digest", number=str(row.content["counts"]["due"]), path=reverse("casework:digests"), key=f"digest:{day}", at=at)
        journal.record(act="digest.write", subject=row, by=by, at=at, area_code=row.organisation.area_id, on=day)
    return len(rows)
