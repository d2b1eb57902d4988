"""What every act on a need is made of: take the need under lock, change it, write the one line of its timeline.

A need is the fold of its timeline: each line carries what the act changed, its number in the need's life, and what was true
after it; the journal's line of the same act carries the digest of that line. `wanjia check` folds the lines again.

A need with a `draft` is fresh and not written yet: what its acts would write is put into the draft (drafts.py).
"""

import hashlib
import json
import secrets
import time

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.utils.translation import gettext as _

from wanjia.kernel import journal
from wanjia.kernel.brings import gather
from wanjia.kernel.calendar import WorkingCalendar, today
from wanjia.kernel.erasure import parted
from wanjia.kernel.models import Entry
from wanjia.orgs.locks import PAUSE, TURNS, stays_as_it_is
from wanjia.policy.triage import step_days
from wanjia.sealing.keys import blind
from wanjia.shapes import Changed, Filled, Shape
from wanjia.verdict import Conflict, NotFound, Refused

from .clocks import leave
from .looking import overturn
from .models import CLOCK, Holding, Need, Saying, Step, SubTask, Support
from .rules import in_whose_name
from .states import BEFORE_DONE, NEED, STILL, TASK

# What each line of the timeline remembers in columns, so that a figure can be counted for any past day.
FACTS = (
    "holder_id", "reasonable", "outcome", "confirmed", "confirmed_by", "urgency", "difficulty", "due_on", "handler_id",
    "callback_failed", "late_since",
)  # fmt: skip
# The same, of later versions: an older line has none of them, and its digest in the journal does not speak of them.
LATER = ("extended_from", "runs_on", "matter_id", "contradicted_on")
# What an act may change on a need. Everything else is written once, when the need is recorded.
MUTABLE = (
    "state", "reasonable", "decline_ground", "decision_reason", "told_on", "told_way", "urgency", "difficulty", "tier", "grade_hint",
    "holder_id", "handler_id", "leader", "due_on", "due_provisional", "first_due_on", "graded_on", "due_days", "late_since",
    "step_due_on", "step_clock", "step_from_on", "assigned_at", "accepted_at", "contested_at", "done_at", "outcome", "outcome_text", "planned_on",
    "no_evidence_reason", "answered_on", "answered_way", "confirmed", "confirmed_by", "satisfaction", "slip_word",
    "callback_failed", "withdrawal_asked_at", "drawn", "verified_at", "closed_at", "ended_at", "returns", "reopenings", "matter_id", "related_id", *CLOCK,
    "recheck_for", "recheck_due_on", "contradicted_on", "again", "follows_id",
)  # fmt: skip
# What is written once, and a figure, a scope or a rule goes by: the first line carries it, so that it can be held against the need.
# Only `correct` puts some of it right, and its line says so.
ONCE = (
    "number", "village_id", "household_id", "requester_id", "child_id", "channel", "category", "involves_child", "summary", "recorded_on",
    "recorded_by_id", "recorded_org_id", "ledger_callback", "source_file", "source_row",
)  # fmt: skip
# Moves after which a holder still waits for a session to say whose the need is: it has begun nothing, and nobody handed it on.
WAITS_ON = ("accept", "hand_to")
LOCKED = ("village", "holder")


def _locked(**how):
    return Need.objects.select_for_update(of=("self",), **how).select_related(*LOCKED)


TAKEN = Shape(lambda pk: _locked().filter(pk=pk))
HELPING = Shape(lambda need: SubTask.objects.filter(need=need, state__in=STILL).select_related("unit"))
BEYOND = Shape(lambda need, day: SubTask.objects.filter(need=need, state__in=STILL, due_on__gt=day).order_by().values_list("pk", flat=True))
HELD_TO, HELD_FROM = Changed(Holding, "need", to_at=None), Filled(Holding)
SAVED, APPENDED = Changed(Need, "pk", "version", "state"), Filled(Step)
PLAIN = json.JSONEncoder(ensure_ascii=False, sort_keys=True, default=str)


def take(need_id, at):
    """Lock one need for an act; return (need, moment): `at`, or the need's last moment when a clock runs behind it.

    Acts on one need happen one after the other, in the order of their numbers, never back in time. Raises Refused.
    """
    need = TAKEN.first(Need._meta.pk.to_python(need_id))
    if need is None:
        raise NotFound(_("没有找到这件诉求。"))
    return _taken(need, at)


def take_beside(need, other_id, at):
    """Lock another need for an act that has locked `need`; return the same as `take`.

    Needs are locked in the order of their keys. One that comes before the first is waited for a moment only, for whoever has it may wait for
    the first. Raises Conflict.
    """
    if str(other_id) > str(need.pk) or connection.vendor != "postgresql":  # on SQLite writers are alone
        return take(other_id, at)
    for _turn in range(TURNS):
        if other := _locked(skip_locked=True).filter(pk=other_id).first():
            return _taken(other, at)
        time.sleep(PAUSE)
    raise Conflict()


def _taken(need, at):
    _forget_stale(need)
    need.was = facts_of(need)
    return need, max(at, need.touched_at or at)


def take_all(need_ids, at):
    """Lock several needs at once, in the order of their keys, for an act of the clock; yield (need, moment) of those that are there."""
    for need in list(_locked().filter(pk__in=need_ids).order_by("pk")):
        yield _taken(need, at)


def _forget_stale(need):
    """Drop what was joined and is no longer the need's own.

    PostgreSQL, having waited for the lock, reads the locked row anew but not what was joined to it: the holder before.
    """
    for name in {path.split("__")[0] for path in LOCKED}:
        field = Need._meta.get_field(name)
        joined = field.get_cached_value(need, default=None)
        if field.is_cached(need) and getattr(joined, "pk", None) != getattr(need, field.attname):
            field.delete_cached_value(need)


# Who asks, as it was written down: no line says it in clear, the first bears its keyed digest.
ASKS = ("requester_name", "requester_relation", "requester_last4", "school_name")


def asks_of(need, key=None):
    """Return the keyed digest of who asks. key: the name of the index key by which to make it, else today's."""
    return blind("need.asks", json.dumps([str(need.pk), *(str(getattr(need, name)) for name in ASKS)], ensure_ascii=False), key)


def facts_of(need):
    """Return what acts may change on a need, as it stands on this instance and as JSON keeps it."""
    return _plain(need, MUTABLE)


def _plain(need, names):
    return json.loads(json.dumps({name: getattr(need, name) for name in names}, cls=DjangoJSONEncoder))


def advance(need, name, *, by, at, happened_at=None, words="", helpers=None, **detail):
    """Move a need taken under lock along the table: save what changed, append the line, journal it.

    happened_at: when it happened, if the paper says another time than `at`, when it was recorded; helpers: the units that were
    asked to help, which the line carries because they have a part in the need from now on.
    Raises Refused when the table has no such move from here.
    """
    if not NEED.allows(name, need.state):
        raise Refused(
            _("“%(state)s”的事项不能“%(move)s”。") % {"state": need.get_state_display(), "move": NEED.moves[name].words}
        )
    leave(need, name, today(happened_at or at))
    overturn(need, name, today(happened_at or at))
    if name not in WAITS_ON:
        need.contested_at = None
    before, need.state = need.state, NEED.moves[name].target
    return _write(need, name, f"need.{name}", by, at, happened_at, words, before, detail, helpers)


def note_step(need, act, *, by, at, happened_at=None, words="", item=None, beside=None, **detail):
    """Append one line to a need taken under lock that stays where it stands: save what changed, journal it.

    item: the item of a session's agenda that the line belongs to; beside: {key: what the line carries of rows beside the need}.
    """
    return _write(need, act, f"need.{act}", by, at, happened_at, words, need.state, detail, item=item, beside=beside)


def correct(need, *, by, at, words, **facts):
    """Put right what was written once when the need was recorded: the line carries it anew, and the lines before still say what was there."""
    for name, value in facts.items():
        setattr(need, name, value)
    return _write(need, "correct", "need.correct", by, at, None, words, need.state, {}, corrected=facts)


def _write(need, act, entry, by, at, happened_at, words, before, detail, helpers=None, corrected=(), item=None, beside=None):
    _remember_lateness(need, happened_at or at)
    after = facts_of(need)
    changed = {name: value for name, value in after.items() if name not in need.was or need.was[name] != value} | _plain(need, corrected)
    _save(need, changed, at)
    _tell_beside(need, changed, at, helpers, item, beside)
    unit = in_whose_name(by, need)
    step = Step(
        need=need, n=need.version, happened_at=happened_at or at, recorded_at=at, act=act, state_after=need.state,
        words=str(words)[:500], by_id=by.id, by_name=by.name, by_org=unit, by_org_name=unit.name if unit else by.org_name, changed=changed,
        **{fact: getattr(need, fact) for fact in (*FACTS, *LATER)},
    )  # fmt: skip
    if need.draft is None:
        APPENDED(step)
    need.was = after
    # The journal bears the line's digest, never its words: who reads the journal reads no content.
    entry = journal.record(
        act=entry, subject=need, by=by, at=at, before=before, after=need.state, area_code=need.village_id,
        in_name_of=step.by_org_name, n=step.n, line=line_digest(step), **detail,
    )  # fmt: skip
    if need.draft is not None:
        need.draft.lines.append((step, entry))
    return step


def _tell_beside(need, changed, at, helpers, item, beside):
    """Add to what a line says has changed what no column of the need bears: what stands once, helpers, the item of a session, parts that are due earlier."""
    if need.version == 1:
        changed |= _plain(need, ONCE) | {"asks": asks_of(need)}
    changed["salt"] = secrets.token_hex(16)  # an erasure takes it too: the digest in the journal then tells no guess from another
    if helpers is not None:
        changed["helpers"] = sorted(str(unit.pk) for unit in helpers)
    if item is not None:
        changed["item"] = str(item.pk)
    changed |= beside or {}
    if "due_on" in changed and need.version > 1 and need.draft is None and (earlier := _earlier(need, at)):
        changed["help"] = changed.get("help", {}) | earlier


def tell_after(need, *, stands, by, at):
    """Tell the apps whose rows say that something stands on the ledger whether this need still does (AFTER_NEEDS), within the act that decides it."""
    for follow in gather("AFTER_NEEDS"):
        follow(number=need.number, stands=stands, by=by, at=at)


def seal_words(need, act, words, *, by, at):
    """Keep words about a need that may name who is to be feared: its timeline says that they exist, casework.open_words what they are."""
    return Saying.objects.create(need=need, at=at, act=act, words=words.strip(), by_id=by.id, by_org=in_whose_name(by, need))


def _save(need, changed, at):
    """Write what changed by compare-and-set: the lock makes it hold, the version proves it."""
    values = {**{name: getattr(need, name) for name in changed}, "touched_at": at, "version": need.version + 1}
    stood = need.was.get("state", need.state)
    if need.draft is None and not SAVED(values, need.pk, need.version, stood):
        raise Conflict()
    need.touched_at, need.version = at, need.version + 1


def _remember_lateness(need, at):
    """Once a promised day has passed unkept, the need stays late whatever is graded, triaged or reported afterwards."""
    due, state = need.was.get("due_on"), need.was.get("state")
    if need.late_since is None and due and state in BEFORE_DONE and due < today(at).isoformat():
        need.late_since = due


def line_digest(step, like="."):
    """Return the digest of one line of a timeline, which the journal's line of the act carries: of what stays, ".", of what an erasure takes.

    like: what the journal carries; without the dot it was made before 0.2.0, over the whole line.
    """
    stays, words = parted(step, Step)
    said = (step.words, step.changed) if "." not in like else ("", stays["changed"])
    line = [
        str(step.need_id), step.n, step.happened_at.timestamp(), step.recorded_at.timestamp(), step.act, step.state_after, said[0],
        str(step.by_id), step.by_name, str(step.by_org_id), step.by_org_name, said[1], [str(getattr(step, fact)) for fact in FACTS],
        *([fact, str(value)] for fact in LATER if (value := getattr(step, fact)) is not None),
    ]  # fmt: skip
    digest = hashlib.sha256(PLAIN.encode(line).encode()).hexdigest()[:32]
    return f"{digest}.{words[:31]}" if "." in like else digest  # 64 letters: an erasure line has room for them


def carried(step):
    """Return what the journal carries of a line of a timeline; "." when it saw none."""
    lines = Entry.objects.filter(subject="casework.need", subject_id=str(step.need_id), detail__n=step.n, detail__has_key="line")
    return lines.values_list("detail__line", flat=True).first() or "."


def ask_help(need, unit, *, words, due_on, by, at, act="help", calls=False, agreed=None):
    """Ask a unit to help with a need taken under lock (协办): a sub-task of its own day, the unit's part in the need for good, one line.

    act: "help" where the unit that handles the need asks; "help_named" where whoever hands it over names the helpers.
    """
    stays_as_it_is(unit)
    task = SubTask(
        need=need, unit=unit, words=words.strip(), due_on=due_on, calls=calls, agreed=agreed, asked_at=at, asked_by_id=by.id, asked_by_name=by.name,
        asked_org=in_whose_name(by, need),
    )  # fmt: skip
    task.save(force_insert=True)
    Support.objects.get_or_create(need=need, organisation=unit, defaults={"asked_at": at})
    said = _("请%(unit)s协办,%(day)s 以前:%(words)s") % {"unit": unit.name, "day": due_on, "words": task.words}
    note_step(need, act, by=by, at=at, words=said, beside=helping(task))
    return task


def move_help(task, move, *, by, at, words, act="", **facts):
    """Move one sub-task, whose need is taken under lock, along its table by compare-and-set; save the facts, write the need's line.

    act: what the line is called, where it is not the move's own act.
    """
    if not TASK.allows(move, task.state):
        raise Refused(_("“%(state)s”的事项不能“%(move)s”。") % {"state": task.get_state_display(), "move": TASK.moves[move].words})
    facts |= {"state": TASK.moves[move].target, "version": task.version + 1}
    if not SubTask.objects.filter(pk=task.pk, state=task.state, version=task.version).update(**facts):
        raise Conflict()
    for name, value in facts.items():
        setattr(task, name, value)
    note_step(task.need, act or f"help_{move}", by=by, at=at, words=words, beside=helping(task))
    return task


def end_help(need, why, *, by, at, unit=None):
    """Call off what is still asked of helping units, or of this one alone: the need ends, or the unit leads it now."""
    for task in HELPING(need.pk):
        if unit not in (None, task.unit):
            continue
        task.need = need
        said = _("取消%(unit)s的协办:%(why)s") % {"unit": task.unit.name, "why": why}
        move_help(task, "call_off", by=by, at=at, words=said, act="help_ended", ended_at=at, result=str(why))


def helping(task):
    """Return what a line carries of a sub-task: whose it is, by when, how it stands, at which consultation it was taken on."""
    facts = {
        "unit": str(task.unit_id), "due_on": task.due_on.isoformat(), "state": str(task.state), "calls": task.calls, "late": task.late,
        "agreed": str(task.agreed_id or ""), "returns": task.returns, **({"agree_from": task.agree_from_on.isoformat()} if task.agree_from_on else {}),
    }  # fmt: skip
    return {"help": {str(task.pk): facts}}


def _earlier(need, at):
    """Bring forward what lies past a need's own day that came earlier: {sub-task: its day} for the line. A day that has passed moves none."""
    if need.due_on is None or need.due_on < today(at):
        return {}
    keys = BEYOND(need.pk, need.due_on)
    if keys:
        SubTask.objects.filter(pk__in=keys).update(due_on=need.due_on)
    return {str(pk): {"due_on": need.due_on.isoformat()} for pk in keys}


def hand_over(need, organisation, *, by, at, happened_at=None):
    """Make `organisation` the one owner of `need`: end the live holding, begin the next."""
    moment = happened_at or at
    live = Holding(need=need, organisation=organisation, assigned_by=in_whose_name(by, need), from_at=moment)
    if need.draft is None:
        stays_as_it_is(organisation)
        HELD_TO({"to_at": moment}, need.pk)
        HELD_FROM(live)
    else:
        need.draft.hand_over(live)
    need.holder = organisation


def hand_on_holding(need, organisation, *, at):
    """Make `organisation` the owner in place of one that leaves: whoever gave the need gave it, and gets it back where it is sent back."""
    live = Holding.objects.filter(need=need, to_at=None)
    giver = live.values_list("assigned_by", flat=True).first()
    live.update(to_at=at)
    Holding.objects.create(need=need, organisation=organisation, assigned_by_id=giver, from_at=at)
    need.holder = organisation


def end_holding(need, *, at):
    """End the live holding of a need that is no longer open. `holder` and `due_on` stay as they were last, for the record."""
    if need.draft is None:
        HELD_TO({"to_at": at}, need.pk)
    else:
        need.draft.end(at)
    stop_step(need)


def start_step(need, clock, at, calendar=None):
    """Start the clock of the next step: by when it must be done, from which day it is counted."""
    need.step_clock, need.step_from_on = clock, today(at)
    need.step_due_on = (calendar or WorkingCalendar.load()).add(need.step_from_on, step_days(clock)).on


def stop_step(need):
    """No step is being waited for, or none with a clock of its own."""
    need.step_due_on, need.step_clock, need.step_from_on = None, "", None
