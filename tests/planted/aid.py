"""Faults of aid: cut unheard or untold; lost on the way with its family; a day of it that nobody keeps."""

from datetime import timedelta
from unittest.mock import patch

from wanjia.kernel.calendar import WorkingCalendar, today
from wanjia.registry.aid import commands as aid
from wanjia.registry.aid import queries, rules
from wanjia.registry.aid_days import commands as aid_days
from wanjia.registry.aid_days import counting
from wanjia.registry.households import commands as homes
from wanjia.registry.memberships import where_its_aid_may_go
from wanjia.registry.models import DatedStatus, Household
from wanjia.registry.statuses import commands as statuses
from wanjia.registry.statuses import rules as keeping

from .planting import after, fault, nothing


@fault("aid ends on the register by whoever keeps the home")
def aid_ends_like_any_status():
    yield patch.object(keeping, "is_aid", lambda _scheme, _code, _on: False)


@fault("aid is decided before the days to answer a notice are over")
def answer_days_forgotten():
    yield patch.object(rules, "answer_until", lambda _cut: None)


@fault("one knock is enough to leave the notice behind")
def one_knock_is_enough():
    yield patch("wanjia.policy.aid.Edition.sought_enough", lambda _rule, on, _noted: len(on) > 0)


@fault("a cut takes effect on the day on which it is decided")
def cut_without_notice():
    yield patch.object(rules, "effect_from", lambda _cut, day: day)


@fault("aid ends when the cut is decided, and not when it is told")
def ends_before_it_is_told():
    def then(cut, _cut, name, *, by, at, **_what):
        if name == "cut" and cut.kind == "end":
            statuses.close_status(cut.status, on=cut.effective_on, reason="停发", by=by, at=at)
        return cut

    yield after(aid, "_move", then)


@fault("a decision that is told late takes effect before it is told")
def told_after_its_effect():
    yield patch.object(aid, "timedelta", lambda days: timedelta(days=-400 * days))


@fault("a reduction ends the aid")
def reduction_ends():
    yield patch.object(aid, "CutKind", type("Kind", (), {"END": "reduce"}))


@fault("aid stays on an empty home when its family moves")
def aid_stays_behind():
    yield patch.object(homes, "_follow", nothing)


@fault("aid goes with whoever of a family moves first")
def aid_goes_with_the_first():
    def bent(left):
        gone = left.memberships.filter(to_on__isnull=False).values("person")
        return Household.objects.filter(memberships__to_on=None, memberships__person__in=gone).exclude(pk=left.pk).first()

    yield patch.object(homes, "moved_whole", bent)


@fault("aid is taken from a home in which people live")
def aid_leaves_the_living():
    yield patch.object(rules, "lived_in", lambda _home: False)
    yield patch.object(rules, "_found", lambda _home: True)
    yield patch.object(rules, "goes_to", lambda status: Household.objects.exclude(pk=status.household_id))


@fault("a clerk chooses with whom of a family that parted its aid goes")
def aid_goes_where_a_clerk_says():
    yield patch.object(rules, "goes_to", lambda status: where_its_aid_may_go(status.household))


@fault("a proposal stays with the village that the family has left")
def proposal_stays_behind():
    yield patch.object(homes, "follow", nothing)
    yield patch.object(aid_days, "follow", nothing)


@fault("aid of an empty home is on nobody's list")
def empty_home_unlisted():
    yield patch.object(queries, "on_empty_homes", lambda actor, _day: DatedStatus.objects.none())


@fault("each step of aid has the days of the first")
def step_has_the_days_of_the_first():
    yield patch.object(aid, "due_after", lambda state, at: WorkingCalendar.load().add(today(at), 10).on if state in ("proposed", "heard", "cut", "kept") else None)


@fault("counting anew gives a step of aid the days of the longest")
def aid_counted_too_long():
    yield patch.object(counting, "days_of", lambda _row: 10)


@fault("a day of aid that nobody keeps is urged, and never supervised")
def aid_never_supervised():
    true = counting.reached

    def bent(row, day, calendar):
        level = min(true(row, day, calendar), 2)
        return level if level > row.level else 0

    yield patch.object(counting, "reached", bent)


@fault("the days of aid climb by nobody's clock")
def aid_clock_stands():
    yield patch.object(aid_days, "_climb", lambda *_args, **_what: False)


@fault("a step of aid goes on climbing where the one before it stood")
def step_keeps_its_rung():
    true = aid.journal.move
    yield patch.object(aid.journal, "move", lambda row, *args, saving=(), **what: true(row, *args, saving=[name for name in saving if name != "level"], **what))


@fault("who is late with aid is told of to himself alone")
def aid_told_below():
    yield patch.object(aid_days, "told", lambda chain, _level: chain[0] if chain else None)


@fault("a refusal that nobody has handed over is on nobody's list")
def refusal_unlisted():
    yield patch.object(queries, "unserved", lambda actor: rules.visible_refusals(actor).filter(served_on=None, level__gt=0))


@fault("what waits for a decision on aid is on nobody's list")
def decision_unlisted():
    true = queries.mine
    yield patch.object(queries, "mine", lambda actor: true(actor).exclude(state="heard"))
