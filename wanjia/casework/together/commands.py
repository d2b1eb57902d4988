"""Ask for help, consult, take on, send back, report, give to another, call off, urge: each one line of the need's own timeline."""

from dataclasses import replace
from datetime import date
from typing import Annotated

from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

from wanjia.casework.duties import Duty
from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.calendar import today
from wanjia.orgs.locks import stays_as_it_is
from wanjia.orgs.models import Organisation
from wanjia.registry.lookups.commands import count_phone
from wanjia.verdict import Refused

from ..commands import ask_help, helping, move_help, note_step
from ..handling.commands import FILE, keep_paper
from ..models import Consultation, Support
from ..models.together import LONGEST_AGREED, LONGEST_TASK
from ..queries import last_day_to_help
from ..rules import in_whose_name
from ..subjects import NEEDS
from . import pages, queries, rules
from .subjects import TASKS

CALLS = Annotated[bool, Asked(
    _("它要直接联系诉求人"), _("勾上的,它接下以后能看诉求人的姓名和电话,看一次记一次日志;不勾,看不到。答复诉求人的还是主办单位。"),
)]  # fmt: skip


@act(
    NEEDS, "ask_help", at="help", call="help", words=_("请协办"), done=_("已请它协办,它的工作台上看得到。"), duty=Duty.HANDLE_NEEDS, may=rules.can_ask, rank=55,
    more=pages.asked_so_far, template="casework/together/ask.html", lines={"need.help": _("请协办")},
)  # fmt: skip
def ask_unit(
    need, *, by, at,
    unit: Annotated[Organisation, Asked(_("请哪个单位"), among=queries.helpers_for, named=queries.living, shown=queries.name_of)],
    words: Annotated[str, Asked(_("请它做什么"), _("一件事、说得清做完没有。不要写孩子的姓名。"), rows=2, least=4, most=LONGEST_TASK)],
    due_on: Annotated[date, Asked(_("哪天以前"), _("不能晚于这件诉求自己的时限。"), initial=lambda need, _actor, day: last_day_to_help(need, day))],
    calls: CALLS = False,
):  # fmt: skip
    """Ask another unit to do a part of a need (请协办), by a day not later than the need's own. The lead stays the lead. Returns the SubTask."""
    day = today(at)
    rules.may_help(need, unit, day).or_raise()
    rules.day_may_be(need, due_on, day).or_raise()
    rules.names_no_child(need, words, day).or_raise()
    rules.is_new_to(need, unit, words).or_raise()
    return ask_help(need, unit, words=words, due_on=due_on, calls=calls, by=by, at=at)


@act(
    NEEDS, "consult", words=_("记协商"), done=_("协商记录已记下。"), duty=Duty.HANDLE_NEEDS, may=rules.can_ask, aside=True, rank=50,
    template="casework/together/consult.html", lines={"need.consult": _("记协商")},
)  # fmt: skip
def note_consultation(
    need, *, by, at,
    on: Annotated[date, Asked(_("协商日期"), initial=lambda _need, _actor, day: day)],
    units: Annotated[list[Organisation], Asked(_("哪些单位参加"), among=queries.helpers_for, named=queries.living, shown=queries.name_of)],
    words: Annotated[str, Asked(_("商定了什么"), _("谁做什么、怎么答复诉求人。不要写孩子的姓名。"), rows=3, least=6, most=LONGEST_AGREED)],
    **tasks: Annotated[object, Asked(spread=pages.task_fields)],
):  # fmt: skip
    """Note a consultation (协商记录): when, with whom, what was agreed; what a unit took on there becomes its sub-task, which it may not send back.

    tasks: unit1, words1, due1, … as the page asks them; a call opens sub-tasks by the act of their own. Returns the Consultation.
    """
    day = today(at)
    if not need.recorded_on <= on <= day:
        raise Refused(_("协商日期不早于登记日,不晚于今天。"))
    if not units:
        raise Refused(_("请选参加协商的单位。"))
    rules.names_no_child(need, words, day).or_raise()
    there = list(dict.fromkeys(units))
    kept = Consultation.objects.create(
        need=need, on=on, units=sorted(str(unit.pk) for unit in there), words=words.strip(), at=at, by_id=by.id, by_name=by.name, by_org=in_whose_name(by, need),
    )  # fmt: skip
    said = _("%(day)s 和%(units)s协商:%(words)s") % {"day": on, "units": "、".join(unit.name for unit in there), "words": kept.words}
    told = {"id": str(kept.pk), "on": on.isoformat(), "units": kept.units}
    note_step(need, "consult", by=by, at=at, words=said, beside={"consult": told})
    for unit, what, due_on in pages.rows_of(tasks, need, day):
        if unit not in there:
            raise Refused(_("%(unit)s没有参加这次协商。请先勾上它,或者用“请协办”。") % {"unit": unit.name})
        rules.may_help(need, unit, day).or_raise()
        rules.day_may_be(need, due_on, day).or_raise()
        rules.names_no_child(need, what, day).or_raise()
        ask_help(need, unit, words=what, due_on=due_on, agreed=kept, by=by, at=at)
    return kept


@act(
    TASKS, "help_take", at="take", call="take", words=_("接下"), done=_("已接下,请按日期办完。"), duty=Duty.ACCEPT_NEEDS, may=rules.can_take, rank=10,
    lines={"need.help_take": _("接下协办")},
)  # fmt: skip
def take_help(task, *, by, at):
    """Take a sub-task on for the own unit (接下)."""
    return move_help(task, "take", by=by, at=at, words=_("%(unit)s接下协办") % {"unit": task.unit.name}, taken_at=at, taken_by_id=by.id)


@act(
    TASKS, "help_agree", at="agree", call="agree", words=_("确认协商"), done=_("已确认:协商时定下的就是这件,以后不再退。"), duty=Duty.ACCEPT_NEEDS, may=rules.can_agree, rank=5,
    lines={"need.help_agree": _("协办单位确认协商")},
)  # fmt: skip
def agree_help(task, *, by, at):
    """Say for the own unit that it took this on at the consultation (确认协商): from now on it is not sent back."""
    task.agreed_at = at
    task.save(update_fields=["agreed_at"])
    note_step(task.need, "help_agree", by=by, at=at, words=_("%(unit)s确认协商时定下的协办") % {"unit": task.unit.name}, beside=helping(task))
    return task


@act(
    TASKS, "help_send_back", at="send-back", call="send-back", words=_("退给主办单位"), done=_("已退给主办单位,由它决定;这件诉求不会悬空。"),
    duty=Duty.ACCEPT_NEEDS, may=rules.can_send_back, aside=True, tone="quiet", then=pages.on, lines={"need.help_send_back": _("退回协办")},
)  # fmt: skip
def send_help_back(
    task, *, by, at,
    reason: Annotated[str, Asked(_("退回理由"), _("应由哪个单位办、为什么。退回以后由主办单位决定。"), rows=3, least=5, most=180)],
    rule: Annotated[str, Asked(_("依据哪条规定"), _("三定方案、权责清单、文件的名称和条款。"), least=4, most=100)],
):  # fmt: skip
    """Send a sub-task back to the lead (退给主办单位) with the rule that says whose duty it is: the lead decides, nothing lies between two."""
    why = _("%(reason)s(依据:%(rule)s)") % {"reason": reason.strip(), "rule": rule.strip()}
    said = _("%(unit)s退回协办:%(why)s") % {"unit": task.unit.name, "why": why}
    return move_help(task, "send_back", by=by, at=at, words=said, returns=task.returns + 1, result=str(why))


@act(
    TASKS, "help_report", at="report", call="report", words=_("报协办完成"), done=_("已报给主办单位。"), duty=Duty.HANDLE_NEEDS, may=rules.can_report, rank=20,
    then=pages.on, template="casework/together/report.html", lines={"need.help_report": _("报协办完成")},
)  # fmt: skip
def report_help(
    task, *, by, at,
    words: Annotated[str, Asked(_("办成了什么"), _("主办单位照这个答复诉求人。没有办成的,写明为什么。"), rows=3, least=4, most=LONGEST_AGREED)],
    file: Annotated[File | None, replace(FILE, call=False)] = None,  # a call says it in words
):  # fmt: skip
    """Report a sub-task done (报协办完成), in words, with a paper where there is one: the lead answers the household with it."""
    if file is not None:
        keep_paper(task.need, file, _("%(unit)s协办的材料") % {"unit": task.unit.name}, by=by, at=at)
    late = task.due_on < today(at)
    said = _("%(unit)s办完协办:%(words)s") % {"unit": task.unit.name, "words": words.strip()}
    return move_help(task, "report", by=by, at=at, words=said, ended_at=at, result=words.strip(), late=late)


@act(
    TASKS, "help_give_again", at="give-again", call="give-again", words=_("改请别的单位"), done=_("已改请,新的单位工作台上看得到。"), duty=Duty.HANDLE_NEEDS,
    may=rules.can_give_again, rank=30, lines={"need.help_give_again": _("改请协办")},
)  # fmt: skip
def give_help_again(
    task, *, by, at,
    unit: Annotated[Organisation, Asked(_("改请哪个单位"), among=queries.others_for, named=queries.living, shown=queries.name_of)],
    due_on: Annotated[date, Asked(_("哪天以前"), _("不能晚于这件诉求自己的时限。"), initial=lambda task, _actor, day: last_day_to_help(task.need, day))],
):  # fmt: skip
    """Give a sub-task that was sent back, or lies where nobody signs, to another unit (改请别的单位). The first keeps its part in the need."""
    need, day = task.need, today(at)
    rules.has_not_sent_it_back(task, unit).or_raise()
    rules.is_new_to(need, unit, task.words).or_raise()
    rules.may_help(need, unit, day).or_raise()
    rules.day_may_be(need, due_on, day).or_raise()
    stays_as_it_is(unit)
    Support.objects.get_or_create(need=need, organisation=unit, defaults={"asked_at": at})
    said = _("改请%(unit)s协办,%(day)s 以前:%(words)s") % {"unit": unit.name, "day": due_on, "words": task.words}
    task.unit, task.due_on = unit, due_on
    asked = {"asked_at": at, "asked_by_id": by.id, "asked_by_name": by.name, "asked_org": in_whose_name(by, need)}
    return move_help(
        task, "give_again", by=by, at=at, words=said, unit=unit, due_on=due_on, taken_at=None, taken_by_id=None, agreed=None, agreed_at=None, agree_from_on=None, urged_at=None, result="", **asked,
    )  # fmt: skip


@act(
    TASKS, "help_call_off", at="call-off", call="call-off", words=_("取消协办"), done=_("已取消。"), duty=rules.LEADS, may=rules.can_call_off, aside=True, tone="danger",
    lines={"need.help_call_off": _("取消协办")},
)  # fmt: skip
def call_help_off(task, *, by, at, reason: Annotated[str, Asked(_("为什么取消"), rows=2, least=4, most=200)]):
    """Call a sub-task off (取消协办), with the reason: the lead no longer waits for it."""
    said = _("取消%(unit)s的协办:%(why)s") % {"unit": task.unit.name, "why": reason.strip()}
    return move_help(task, "call_off", by=by, at=at, words=said, ended_at=at, result=reason.strip())


@act(
    TASKS, "help_urge", at="urge", call="urge", words=_("催协办"), done=_("已催,协办单位的工作台上会标出来。"), duty=rules.URGES_HELP, may=rules.can_urge, rank=40,
    lines={"need.help_urge": _("催协办")},
)  # fmt: skip
def urge_help(task, *, by, at, words: Annotated[str, Asked(_("催办意见"), rows=2, most=200)] = ""):
    """Remind a helper of a sub-task whose day has come (催协办): a line and a mark on its desk; no day and no owner changes."""
    said = _("催%(unit)s") % {"unit": task.unit.name} + (f":{words.strip()}" if words.strip() else "")
    task.urged_at = at
    task.save(update_fields=["urged_at"])
    note_step(task.need, "help_urge", by=by, at=at, words=said, beside={"help": {str(task.pk): {}}})
    return task


@act(
    TASKS, "help_number", at="number", words=_("看联系电话"), duty=Duty.HANDLE_NEEDS, may=rules.can_see_number, reads=True, rank=35, call=None,
    because="a telephone is never sent over the API", template="casework/together/number.html", lines={"need.help_number": _("为协办查看电话")},
)  # fmt: skip
def see_number(task, *, by, at):
    """Journal that a helper sees whom it is to speak with and under which number; the purpose is its sub-task. Returns the need."""
    need = task.need
    why = _("协办 %(number)s") % {"number": need.number}
    fields = ["requester_name", "requester_phone"]
    journal.record_reading(act="need.help_number", subject=need, by=by, at=at, reason=why, area_code=need.village_id, fields=fields)
    count_phone(by, at)
    return need
