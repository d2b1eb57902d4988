"""Ask for more time, stop a clock and let it run, decide what a lower tier asks; keep the steps of a plan."""

from datetime import date
from typing import Annotated

from django.utils.translation import gettext_lazy as _

from wanjia.casework.duties import Duty
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.calendar import WorkingCalendar, today
from wanjia.orgs.agreeing.rules import can_refuse
from wanjia.verdict import Refused

from ..clocks import begin_stop, drop_asking, end_stop, stopped_total
from ..commands import note_step
from ..models import Milestone
from ..states import EXTENSION, StopReason, Way
from ..subjects import NEEDS
from . import pages, rules


@act(
    NEEDS, "ask_extension", words=_("申请延期"), done=_("已报上一级审批。批准以前,原来的期限照算。"), duty=Duty.HANDLE_NEEDS, may=rules.can_ask_extension,
    aside=True, rank=54, template="casework/clock/ask.html", more=pages.longest,
)  # fmt: skip
def ask_extension(
    need, *, by, at,
    due_on: Annotated[date, Asked(_("申请延期至"))],
    reason: Annotated[str, Asked(_("延期的理由"), _("批准以后照这句话告诉诉求人,请写诉求人看得懂的话。"), least=5, most=200, rows=3)],
):  # fmt: skip
    """Ask the tier above for more time (申请延期). Until it is decided the date stands, and the need can become overdue."""
    rules.until_may_be(need, due_on).or_raise()
    need.asked_for, need.asked_until, need.asked_in = EXTENSION, due_on, need.reopenings
    note_step(need, "ask_extension", by=by, at=at, words=reason.strip(), due_on=due_on)
    return need


@act(
    NEEDS, "decide_clock", words=_("审批延期、挂起"), done=_("已办。同意延期的,由主办单位告知诉求人。"), duty=Duty.DECIDE_CLOCKS, may=rules.can_decide, rank=10,
    template="casework/clock/decide.html", more=pages.asked,
    lines={"need.extended": _("批准延期"), "need.not_extended": _("没有同意延期"), "need.stop_agreed": _("批准挂起"), "need.not_stopped": _("没有同意挂起")},
)  # fmt: skip
def decide_clock(
    need, *, by, at,
    agree: Annotated[bool, Asked(_("您的意见"), answers=(_("同意"), _("不同意")))],
    words: Annotated[str, Asked(_("审批意见"), _("不同意的,请写理由。主办单位看得到。"), rows=2, most=200)] = "",
):  # fmt: skip
    """Decide, for the tier above, what the holder asks: more time, or a stopped clock. What was promised first stays in sight."""
    if agree:
        rules.can_grant(need, today(at)).or_raise()
        return _granted(need, words.strip(), by=by, at=at)
    can_refuse(words).or_raise()
    name = "not_extended" if need.asked_for == EXTENSION else "not_stopped"
    drop_asking(need)
    note_step(need, name, by=by, at=at, words=words.strip())
    return need


def _granted(need, words, *, by, at):
    why, opinion = pages.reason_of(need), f"(审批意见:{words})" if words else ""
    if need.asked_for == EXTENSION:
        calendar = WorkingCalendar.load()
        need.extended_from, need.due_on, need.due_days = need.due_on, need.asked_until, None  # a day chosen by hand: no calendar moves it
        need.due_provisional = calendar.provisional(need.due_on)
        drop_asking(need)
        note_step(need, "extended", by=by, at=at, words=why + opinion, due_on=need.due_on)
        return need
    need.stop_reason = need.asked_for
    begin_stop(need, need.asked_until, today(at))
    drop_asking(need)
    note_step(need, "stop_agreed", by=by, at=at, words=why + opinion, until=need.runs_on)
    return need


@act(
    NEEDS, "tell_extension", words=_("告知延期"), done=_("已记下告知诉求人的日期和方式。"), duty=Duty.HANDLE_NEEDS, may=rules.can_tell, rank=45,
)  # fmt: skip
def tell_extension(
    need, *, by, at,
    told_on: Annotated[date, Asked(_("告知诉求人的日期"), initial=lambda _need, _actor, day: day)],
    told_way: Annotated[Way, Asked(_("告知方式"), but=(Way.SLIP,))],
):  # fmt: skip
    """Enter on which day and in which way the household was told that the date was put off, to when and why (告知延期)."""
    if told_on > today(at) or told_on < need.recorded_on:
        raise Refused(_("告知日期不早于登记日,不晚于今天。"))
    need.extension_told_on, need.extension_told_way = told_on, told_way
    said = _("%(way)s告知诉求人:期限改为 %(day)s") % {"way": Way(told_way).label, "day": need.due_on}
    note_step(need, "tell_extension", by=by, at=at, words=said)
    return need


@act(
    NEEDS, "stop", words=_("挂起"), done=pages.stopped, duty=Duty.HANDLE_NEEDS, may=rules.can_stop, aside=True, rank=55, template="casework/clock/stop.html",
    more=pages.longest_stop, lines={"need.stop": _("挂起"), "need.ask_stop": _("申请挂起")},
)  # fmt: skip
def stop_clock(
    need, *, by, at,
    reason: Annotated[StopReason, Asked(_("为什么挂起"), _("等诉求人材料的,第一次不用审批;再次等材料和其他原因,都要上一级审批。"))],
    words: Annotated[str, Asked(_("具体等什么"), _("诉求人在小条上看得到,请写清楚缺哪几样、去哪里办。"), least=4, most=160, rows=2)],
    asked_on: Annotated[date, Asked(_("告诉诉求人的日期"), initial=lambda _need, _actor, day: day)],
    asked_way: Annotated[Way, Asked(_("告诉的方式"), but=(Way.SLIP,))],
    until: Annotated[date, Asked(_("最晚恢复计时"), _("到这一天自己恢复;材料早到的,请马上点“恢复计时”。"))],
):  # fmt: skip
    """Stop the need's own clock (挂起) while it waits for the household's papers; for any other reason, or again, ask the tier above.

    It ends on its latest day by itself. The step's clock is another, and is not touched.
    """
    day = today(at)
    rules.stop_may_last(until, day).or_raise()
    if asked_on > day or asked_on < need.recorded_on:
        raise Refused(_("告诉诉求人的日期不早于登记日,不晚于今天。"))
    need.stop_told_on, need.stop_told_way = asked_on, asked_way
    said = f"{StopReason(reason).label}({words.strip()})"
    if not rules.stops_alone(need, reason):
        need.asked_for, need.asked_until = reason, until
        note_step(need, "ask_stop", by=by, at=at, words=said, until=until)
        return need
    need.stop_reason, need.papers_stopped = reason, True
    begin_stop(need, until, day)
    note_step(need, "stop", by=by, at=at, words=said, until=until)
    return need


@act(NEEDS, "run", words=_("恢复计时"), done=_("已恢复计时。"), duty=Duty.HANDLE_NEEDS, may=rules.can_run, rank=44)
def run_clock(need, *, by, at, words: Annotated[str, Asked(_("等到了什么"), rows=2, most=200)] = ""):
    """Let the clock run again (恢复计时): the date comes back by the days that were not needed."""
    calendar = WorkingCalendar.load()
    end_stop(need, today(at), calendar)
    said = _("一共停了 %(n)s 个工作日") % {"n": stopped_total(need, calendar)}
    note_step(need, "run", by=by, at=at, words=f"{words.strip()}({said})" if words.strip() else said)
    return need


@act(
    NEEDS, "add_milestone", words=_("加计划节点"), done=_("计划节点已记下,到日子会出现在工作台上。"), duty=Duty.HANDLE_NEEDS, may=rules.can_plan, aside=True, rank=56,
    lines={"need.milestone": _("加计划节点")},
)  # fmt: skip
def add_milestone(
    need, *, by, at,
    due_on: Annotated[date, Asked(_("哪一天"))],
    words: Annotated[str, Asked(_("到这天要做成什么"), _("诉求人在小条上看得到。"), least=4, most=200, rows=2)],
):  # fmt: skip
    """Add a step to the plan of a need (计划节点): by which day what stands. Between today and the plan's own day."""
    if not today(at) < due_on <= need.planned_on:
        raise Refused(_("节点日期要在今天以后,不晚于计划兑现的日期 %(day)s。") % {"day": need.planned_on})
    if rules.steps_ahead(need).filter(due_on=due_on, words=words.strip()).exists():
        raise Refused(_("这一天的这个节点已经有了,不用再加。"))
    made = Milestone(need=need, due_on=due_on, words=words.strip(), set_at=at, set_by=by, set_by_name=by.name)
    made.save(force_insert=True)
    note_step(need, "milestone", by=by, at=at, words=f"{due_on}:{made.words}", due_on=due_on)
    return made


@act(
    NEEDS, "reach_milestone", words=_("节点完成"), done=_("已记下,节点完成。"), duty=Duty.HANDLE_NEEDS, may=rules.can_reach, rank=46,
    lines={"need.milestone_done": _("节点完成")},
)  # fmt: skip
def reach_milestone(
    need, *, by, at,
    milestone: Annotated[Milestone, Asked(
        _("哪一个节点"), among=lambda need, *_rest: rules.steps_ahead(need), named=lambda need, *_rest: rules.steps_of(need), buttons=True,
    )],
    done_on: Annotated[date, Asked(_("哪天完成的"), initial=lambda _need, _actor, day: day)],
    words: Annotated[str, Asked(_("完成情况"), rows=2, most=200)] = "",
):  # fmt: skip
    """Enter that a step of the plan was reached (节点完成): on which day, by whom."""
    milestone = rules.steps_ahead(need).filter(pk=milestone.pk).first()
    if milestone is None:
        raise Refused(_("没有这个节点,或者已经记过完成了。"))
    if not milestone.set_on <= done_on <= today(at):
        raise Refused(_("完成日期不早于定下节点的那天,不晚于今天。"))
    milestone.done_on, milestone.done_words, milestone.done_at, milestone.done_by, milestone.done_by_name = done_on, words.strip(), at, by, by.name
    milestone.save(update_fields=["done_on", "done_words", "done_at", "done_by", "done_by_name"])
    said = f"{milestone.words}({done_on})" + (f":{milestone.done_words}" if milestone.done_words else "")
    note_step(need, "milestone_done", by=by, at=at, words=said, due_on=milestone.due_on)
    return milestone
