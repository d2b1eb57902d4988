"""Faults of lead and helpers, of what a session is asked, of plans."""

from datetime import timedelta
from unittest.mock import patch

from wanjia.casework import commands
from wanjia.casework.assignment import commands as assignment
from wanjia.casework.assignment import rules as assigning
from wanjia.casework.clock import queries as planning
from wanjia.casework.handling import rules as handling
from wanjia.casework.models import Milestone, SubTask
from wanjia.casework.sessions import queries as sitting
from wanjia.casework.states import Waiting
from wanjia.casework.together import commands as together
from wanjia.casework.together import queries as lists
from wanjia.casework.together import rules as helping
from wanjia.verdict import ALLOWED

from .planting import after, fault, nothing


@fault("the lead reports done while a helper's part is open")
def open_part_forgotten():
    yield patch.object(handling, "awaited", lambda _need: [])


@fault("a part that is sent back is on nobody's desk")
def sent_back_to_nobody():
    yield after(lists, "for_lead", lambda rows, *_args: rows.exclude(state="sent_back"))


@fault("a part that is late is not on its lead's desk")
def late_part_unsaid():
    yield after(lists, "for_lead", lambda rows, *_args: rows.filter(state="sent_back"))


@fault("a part stays due after its need")
def part_outlives_its_day():
    yield patch.object(commands, "_earlier", lambda _need, _at: {})


@fault("a part may be due after its need")
def part_due_later():
    yield patch.object(helping, "day_may_be", lambda _need, _due, _day: ALLOWED)


@fault("whoever leads a need goes on as its helper")
def leads_and_helps():
    yield patch.object(assignment, "end_help", nothing)


@fault("a helper sends back on any day")
def part_back_any_day():
    yield patch.object(helping, "last_day_to_send_back", lambda task: task.due_on + timedelta(days=400))


@fault("a unit's own yes at the table binds it to nothing")
def agreed_forgotten():
    true = SubTask.save
    yield patch.object(SubTask, "save", lambda row, **what: None if what.get("update_fields") == ["agreed_at"] else true(row, **what))


@fault("a part goes back to the unit that has just sent it back")
def part_ping_pong():
    yield patch.object(helping, "has_not_sent_it_back", lambda _task, _unit: ALLOWED)


@fault("a unit is asked once more, word for word, what it has sent back by its rule")
def asked_the_same_again():
    yield patch.object(helping, "is_new_to", lambda _need, _unit, _words: ALLOWED)


@fault("a part done after its day does not say so")
def part_never_late():
    yield patch.object(together, "move_help", lambda task, move, *, late=False, **what: commands.move_help(task, move, **what))


@fault("asking a session whose a need is moves its date")
def contest_gives_time():
    def bent(need, act, **what):
        if act == "contest":
            need.due_on, need.due_days = need.due_on + timedelta(days=7), None
        return commands.note_step(need, act, **what)

    yield patch.object(assignment, "note_step", bent)


@fault("the agenda of a session forgets what it is asked about")
def agenda_forgets_contested():
    true = sitting.asked
    yield patch.object(sitting, "asked", lambda kinds, day: true([kind for kind in kinds if kind != Waiting.CONTESTED], day))


@fault("what a session decided still waits for one")
def contested_for_ever():
    yield patch.object(commands, "WAITS_ON", (*commands.WAITS_ON, "arbitrate", "assign", "recall", "return", "start", "raise", "report_done"))


@fault("a session's choice may be sent back, and asked about again")
def session_overruled():
    yield patch.object(assigning, "is_of_session", lambda _need: False)


@fault("a step of a plan is not kept as reached")
def step_never_reached():
    true = Milestone.save
    yield patch.object(Milestone, "save", lambda row, **what: None if what.get("update_fields") else true(row, **what))


@fault("a plan that waits for its day is off the list")
def plan_off_the_list():
    true = planning.on_the_list
    yield patch.object(planning, "on_the_list", lambda: true() & ~lists.Q(state="verified"))


@fault("a consultation's sub-task is asked twice")
def consulted_twice():
    def twice(*args, **what):
        made = commands.ask_help(*args, **what)
        row = SubTask.objects.get(pk=made.pk)
        row.pk = None
        row._state.adding = True
        row.save(force_insert=True)
        return made

    yield patch.object(together, "ask_help", twice)
