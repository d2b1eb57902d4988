"""Everything that one need's page shows, gathered once."""

from django.utils.translation import gettext_lazy as _

from wanjia.doors.pages import legal_and_not
from wanjia.kernel.acts import line_words
from wanjia.kernel.calendar import CHINA, today
from wanjia.registry.memberships import named_on
from wanjia.shapes import Shape

from ..callback.rules import LISTENERS, can_open_words
from ..clock.rules import plan_steps
from ..matters import queries as matters
from ..matters.rules import told_to
from ..models import Callback, Evidence
from ..promise import promise_of
from ..queries import consulted, decision_of, live_supports, open_agenda, tables_for, tasks_of
from ..revealing.asking import Reveal
from ..rules import only_looked_at
from ..states import FIVE_STEPS, NEED
from ..states import NeedState as S
from ..subjects import NEEDS
from . import queries
from .moves import next_act

TONES = {
    "return": "red", "contest": "red", "recall": "orange", "dispute": "red", "reopen": "red", "decline": "orange", "withdraw": "orange", "ask_withdrawal": "orange", "keep": "red", "urge": "orange", "close": "green",
    "verify": "green", "confirm": "green", "extended": "orange", "stop": "orange", "stop_agreed": "orange", "not_extended": "red", "not_stopped": "red",
    "milestone_done": "green", "help_send_back": "red", "help_report": "green", "help_call_off": "orange", "help_ended": "orange", "help_urge": "orange",
    "group": "blue", "relate": "blue", "ungroup": "orange", "unrelate": "orange",
    "reminded": "blue", "urged": "orange", "supervised": "red", "raised": "red", "raise": "red", "raise_desk": "red", "complaint": "red", "contradicted": "red",
}  # fmt: skip
WORDS = {
    "record": _("登记"), "note": _("办理记录"), "evidence": _("佐证"), "callback_missed": _("回访未联系上"), "recheck": _("抽查"),
    "confirm": _("诉求人确认"), "decide": _("会商议定"), "put_off": _("会商改期"),
    "retime": _("按新日历重算时限"), "slip_word": _("小条上的话"), "slip": _("打印小条"),
    "reminded": _("临期提醒"), "urged": _("到期催办"), "supervised": _("督办"), "raised": _("提级"), "raise_desk": _("提级"),
    "recheck_missed": _("抽查未联系上"), "recheck_called": _("列入抽查名单"), "complaint": _("销号后又说没有解决"), "contradicted": _("销号后又反映同一件事"),
    "relieve": _("离岗交接"), "take_over": _("单位接手"), "take_desk": _("单位接手"), "help_take_over": _("协办单位接手"),
    "help_ended": _("协办随着结束"), "help_agree": _("确认协商"), "ask_withdrawal": _("申请撤回"), "keep": _("诉求人没有要撤回"),
}  # fmt: skip


def need_page(actor, need, at, calendar=None):
    """Return the context of a need's page and drawer: a fixed number of queries. calendar: the working days, when they are at hand."""
    steps = told_to(actor, queries.timeline(need))
    with only_looked_at(need):
        legal, not_now = legal_and_not(NEEDS, actor, need, at)
        may_read = may_read_words(actor, need)
    agenda = open_agenda(need)
    first, _words = next_act(actor, need)  # what a list offers is the first button here too: 交办 before 研判 anew
    legal.sort(key=lambda move: move.name != first)
    return {
        "need": need, "day": today(at), "promise": promise_of(need, today(at), steps, calendar), "steps": five_steps(need, steps),
        "entries": [entry(step) for step in steps], "legal": [move for move in legal if not move.aside],
        "aside": [move for move in legal if move.aside], "not_now": not_now, "agenda": agenda,
        "tables": tables_for(actor, need, agenda, today(at)), "reveal": Reveal(), "may_read_words": may_read,
        **_around(actor, need, today(at)),
    }  # fmt: skip


def _around(actor, need, day):
    """What stands around a need on its page: its home, the needs beside it, papers, helpers, calls, what a session decided."""
    return {
        "members": members(need, day), "related": queries.related(actor, need), "groups": matters.groups_of(actor, need),
        "likely": matters.likely(actor, need, day), "papers": PAPERS(need.pk),
        "supports": [support.organisation for support in SUPPORTS(need.pk)], "tasks": tasks_of(need), "consulted": consulted(need),
        "callbacks": CALLS(need.pk), "decision": decision_of(need), "plan_steps": plan_steps(need),
    }  # fmt: skip


PAPERS = Shape(lambda need: Evidence.objects.filter(need=need, taken_back_at=None).defer("body").select_related("added_by"))
SUPPORTS = Shape(lambda need: live_supports().filter(need=need))
CALLS = Shape(lambda need: Callback.objects.filter(need=need).defer("words").select_related("by_org"))


def may_read_words(actor, need):
    """Tell whether the page leads this actor to the household's sealed words; whoever has no such duty costs no query."""
    return actor.has_duty(*LISTENERS) and bool(can_open_words(actor, need))


def five_steps(need, steps, way=FIVE_STEPS):
    """Return the five steps of a need, as an office calls them or as `way` does, each with the day it was reached; declined and withdrawn stop where they stood."""
    now = next((at for at, (_words, states) in enumerate(way) if need.state in states), None)
    reached, stood = {}, None
    for step in reversed(steps):
        at = next((index for index, (_words, states) in enumerate(way) if step.state_after in states), None)
        if at is not None and at != stood:  # a note written on the way does not move the day on which the step was reached
            reached[at], stood = step.happened_at, at
    if now is None:
        now = max(reached, default=0)
    done = need.state == S.CLOSED
    return [
        {
            "words": words,
            "state": "done" if at < now or (done and at == now) else "now" if at == now else "",
            "small": f"{reached[at].astimezone(CHINA):%m-%d}" if at in reached and at <= now else "",
        }
        for at, (words, _states) in enumerate(way)
    ]


def words_of(step):
    """Return what a line is called: by the table of moves, by the words here, else as its act calls it in the journal."""
    if step.act in NEED.moves:
        return NEED.moves[step.act].words
    return WORDS.get(step.act) or line_words().get(f"need.{step.act}", step.act)


def entry(step):
    """Return one line of the timeline as its part wants it."""
    return {
        "at": step.happened_at, "words": words_of(step), "by": step.by_name, "org": step.by_org_name, "text": step.told,
        # A paper's act carries the paper's date; who typed it in and when is said, so nobody takes him for its author.
        "typed_on": today(step.recorded_at) if today(step.recorded_at) != today(step.happened_at) else None,
        "tone": TONES.get(step.act, ""),
    }  # fmt: skip


def members(need, day):
    """Return the home's people for the page: name (a child's masked), relation, age."""
    if need.household_id is None:
        return []
    return [{"name": name, "relation": relation, "age": age} for name, relation, age in named_on(need.household, day)]
