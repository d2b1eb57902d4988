"""Lead and helpers held against the timelines: a sub-task stands as its lines say, none is open where nobody waits for it, each consultation
has its line and each such line its consultation.
"""

from collections import defaultdict

from wanjia.kernel.calendar import today
from wanjia.kernel.erasure import is_emptied

from ..models import Consultation, Step, SubTask, Support
from ..states import BEFORE_DONE

ASKING = ("help", "help_named", "help_give_again")
# Which moment of a sub-task a line sets; what a line says besides it is in the words of the last one that moved it.
MOMENTS = {**dict.fromkeys(ASKING, "asked_at"), "help_take": "taken_at", "help_agree": "agreed_at", **dict.fromkeys(("help_report", "help_call_off", "help_ended"), "ended_at")}
TAKEN_OVER = "help_take_over"  # by a unit whose own yes to a consultation is still to come
LONGEST_LINE = 500  # what is longer was cut
ANSWERS = ("help_send_back", "help_report", "help_call_off", "help_ended")


def faults(_day):
    """Yield (need's number, column, is, should) for everything of helpers that does not follow from lines."""
    yield from _tasks(*_told())
    yield from _consultations()


def _told():
    """Return ({sub-task: facts as its lines left them}, {sub-task: words of the lines that ask it}, {sub-task: of the line that answered last})."""
    told, words, answers = defaultdict(dict), defaultdict(str), {}
    lines = Step.objects.filter(changed__has_key="help").order_by("need_id", "n").values_list("act", "words", "changed", "recorded_at")
    for act, said, changed, at in lines.iterator(chunk_size=1000):
        for key, facts in changed["help"].items():
            told[key] |= facts
            if act in ASKING:
                told[key] |= {"taken_at": None, "agreed_at": None, "agree_from": None}
                words[key] += f"\n{said}"
                answers[key] = ""
            elif act == TAKEN_OVER:
                told[key] |= {"agreed_at": None}
            elif act in ANSWERS:
                answers[key] = said
            if act in MOMENTS:
                told[key][MOMENTS[act]] = at
    return told, words, answers


def _tasks(told, words, answers):
    upgraded = set()  # since when a yes is awaited that was asked before there was one: no line says so
    parts = set(Support.objects.values_list("need_id", "organisation_id"))
    for task in SubTask.objects.select_related("need").order_by("pk").iterator(chunk_size=1000):
        number, should = task.need.number, told.pop(str(task.pk), None)
        if should is None:
            yield number, "task", task.words, "a line that asks it"
            continue
        is_ = {
            "unit": str(task.unit_id), "due_on": task.due_on.isoformat(), "state": task.state, "calls": task.calls, "late": task.late, "returns": task.returns,
            "agreed": str(task.agreed_id or ""), "agree_from": task.agree_from_on and task.agree_from_on.isoformat(), "asked_at": task.asked_at, "taken_at": task.taken_at, "agreed_at": task.agreed_at, "ended_at": task.ended_at,
        }  # fmt: skip
        if should.get("agree_from") is None and task.agree_from_on and task.agreed_id and task.agree_from_on != today(task.asked_at):
            upgraded.add(task.agree_from_on)
            should["agree_from"] = is_["agree_from"] if len(upgraded) == 1 else "one day for all: that of the upgrade"
        yield from ((number, f"task.{name}", is_[name], value) for name, value in should.items() if is_[name] != value)
        if task.words not in words[str(task.pk)] and not is_emptied(task):
            yield number, "task.words", task.words, words[str(task.pk)].strip()
        if not is_emptied(task) and (task.result not in answers.get(str(task.pk), "") or bool(task.result) != bool(answers.get(str(task.pk)))):
            yield number, "task.result", task.result or "none", answers.get(str(task.pk)) or "none"
        if task.is_still and task.need.state not in BEFORE_DONE:
            yield number, "task.state", task.state, f"ended with its need ({task.need.state})"
        if (task.need_id, task.unit_id) not in parts:
            yield number, "task.unit", task.unit_id, "a helper of the need"
    yield from ((key, "task", "gone", "what a line asks") for key in told)


def _consultations():
    said = {}
    for number, changed, words in Step.objects.filter(act="consult").values_list("need__number", "changed", "words"):
        said[changed.get("consult", {}).get("id")] = number, changed.get("consult", {}), words
    for one in Consultation.objects.select_related("need"):
        number, told, words = said.pop(str(one.pk), (None, None, ""))
        if told and not is_emptied(one) and len(words) < LONGEST_LINE and not words.endswith(one.words):
            yield one.need.number, "consultation.words", one.words, words
        kept = {"id": str(one.pk), "on": one.on.isoformat(), "units": one.units}
        if (number, told) != (one.need.number, kept):
            yield one.need.number, "consultation", kept, told or "a line that notes it"
    yield from ((number, "consultation", "gone", told) for number, told, _words in said.values())
