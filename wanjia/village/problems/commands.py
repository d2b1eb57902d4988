"""The acts of problems: written down, put to a body, what was felt of the remedy, closed by another hand."""

from datetime import date
from typing import Annotated

from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.calendar import today
from wanjia.orgs.models import Area
from wanjia.verdict import Refused, first_refusal

from ..bodies.commands import KEEPS, day_of
from ..bodies.homes import asked_village
from ..bylaw_states import PROBLEM, ProblemSource
from ..duties import Duty
from ..models import AgendaItem, FormerItem, Problem, Proposal
from . import queries, rules
from .subjects import PROBLEMS

NOT_OTHER = _("只能选本村另一个没有撤回、否决、暂缓的议题。")


@act(PROBLEMS, "problem_new", at="new", words=_("登记公共问题"), done=_("已登记。接着提交会议。"), **KEEPS, may=rules.keeps, new=True, lines={"village_problem.raise": _("登记公共问题")})
def raise_problem(
    *, by, at,
    village: Annotated[Area, asked_village(Duty.KEEP_MEETINGS)],
    title: Annotated[str, Asked(_("什么问题"), _("例如:饮水浪费。"), least=2, most=60)],
    words: Annotated[str, Asked(_("情况"), _("在哪里、多久了、多少户受影响。不写个人的事。"), rows=3, least=4, most=400)],
    source: Annotated[ProblemSource, Asked(_("问题来源"))],
    raised_on: Annotated[date, Asked(_("提出日期"), initial=day_of)],
    need: Annotated[str, Asked(_("诉求编号"), _("从群众诉求台账来的写编号。"), most=24)] = "",
    proposal: Annotated[Proposal | None, Asked(_("村民提议"), among=queries.proposals_for, within=_("只能选本村的提议。"), none=_("不是"), shown=lambda one: f"{one.number} {one.title}")] = None,
):  # fmt: skip
    """Write a problem of the village down (登记公共问题), and where it was met."""
    first_refusal(
        (raised_on <= today(at), _("提出日期不能晚于今天。")), (source != ProblemSource.NEED or need.strip(), _("从群众诉求台账来的,写上诉求编号。")),
        (source != ProblemSource.PROPOSAL or (proposal is not None and proposal.village_id == village.pk), _("从村民提议来的,选本村的那件提议。")),
    ).or_raise()  # fmt: skip
    one = Problem.objects.create(
        village=village, title=title.strip(), words=words.strip(), source=source, need=need.strip() if source == ProblemSource.NEED else "", proposal=proposal if source == ProblemSource.PROPOSAL else None,
        raised_on=raised_on, raised_at=at, raised_by_id=by.id,
    )  # fmt: skip
    journal.record(act="village_problem.raise", subject=one, by=by, at=at, area_code=village.pk)
    return one


@act(PROBLEMS, "problem_put", at="put", words=_("连到议题"), done=_("已连上,从问题到办法一页看得到。"), **KEEPS, may=rules.can_put, rank=5, lines={"village_problem.put": _("公共问题提交会议")})
def put_problem(village_problem, *, by, at, item: Annotated[AgendaItem, Asked(_("哪个议题"), _("还没有的,先到“议题和决定”里提出。"), among=queries.items_for, within=_("只能选本村的议题。"))]):
    """Link a problem to the item by which it is talked about (提交会议): what was decided there is read from there."""
    village_problem.item, village_problem.put_by_id = item, by.id
    journal.move(village_problem, PROBLEM, "put", by=by, at=at, saving=["item", "put_by_id"], area_code=village_problem.village_id)
    return village_problem


@act(PROBLEMS, "problem_relink", at="relink", words=_("改连到别的议题"), done=_("已改连,原来的议题留着看得到。"), **KEEPS, may=rules.can_relink, rank=10, lines={"village_problem.relink": _("公共问题改连议题")})
def relink_problem(
    village_problem, *, by, at, item: Annotated[AgendaItem, Asked(_("哪个议题"), _("还没有的,先到“议题和决定”里提出。"), among=queries.other_items, named=queries.items_for, within=NOT_OTHER)],
    reason: Annotated[str, Asked(_("为什么改连"), _("例如:原来的议题随联名撤回了。"), least=4, most=200)],
):  # fmt: skip
    """Put a problem to another item (改连议题), where the one it waited for comes to nothing; that one stays beside it."""
    if not queries.other_items(village_problem, by, None).filter(pk=item.pk).exists():
        raise Refused(NOT_OTHER)
    FormerItem(problem=village_problem, item=village_problem.item, reason=reason.strip(), left_on=today(at), left_at=at, left_by_id=by.id).save(force_insert=True)
    village_problem.item, village_problem.put_by_id = item, by.id
    journal.move(village_problem, PROBLEM, "relink", by=by, at=at, saving=["item", "put_by_id"], area_code=village_problem.village_id, reason=reason.strip())
    return village_problem


@act(PROBLEMS, "problem_drop", at="drop", words=_("不再办"), done=_("已记下原因。"), duty=(Duty.KEEP_MEETINGS, Duty.FILE_DECISIONS), may=rules.can_drop, aside=True, rank=90, tone="danger", lines={"village_problem.drop": _("公共问题不再办")})
def drop_problem(village_problem, *, by, at, reason: Annotated[str, Asked(_("为什么不再办"), _("看得到的,不写个人的事。"), rows=2, least=4, most=200)]):
    """End a problem of which no meeting made anything (不再办), with a reason: another hand than wrote it down, put it to the item or once noted its effect."""
    village_problem.reason, village_problem.closed_on, village_problem.closed_at, village_problem.closed_by_id = reason.strip(), today(at), at, by.id
    journal.move(village_problem, PROBLEM, "drop", by=by, at=at, saving=["reason", "closed_on", "closed_at", "closed_by_id"], area_code=village_problem.village_id, reason=reason.strip())
    return village_problem


@act(PROBLEMS, "problem_feel", at="feel", words=_("登记效果"), done=_("已登记,等另一个人核实。"), **KEEPS, may=rules.can_feel, rank=5, lines={"village_problem.feel": _("登记公共问题的效果")})
def note_effect(
    village_problem, *, by, at,
    effect: Annotated[str, Asked(_("效果"), _("和以前比怎么样。"), rows=2, least=4, most=400)],
    asked: Annotated[int, Asked(_("问了几户"), least=1, most=10_000)],
    better: Annotated[int, Asked(_("几户说好了"), most=10_000)],
    effect_on: Annotated[date, Asked(_("哪天看的效果"), initial=day_of)],
):  # fmt: skip
    """Note what was felt of the remedy (效果): of how many homes that were asked, how many say it is better."""
    first_refusal((better <= asked, _("说好的不会比问的多。")), (village_problem.raised_on <= effect_on <= today(at), _("看效果的日期要在提出以后,不晚于今天。"))).or_raise()
    village_problem.effect, village_problem.asked, village_problem.better, village_problem.effect_on = effect.strip(), asked, better, effect_on
    village_problem.effect_at, village_problem.effect_by_id = at, by.id
    saving = ["effect", "asked", "better", "effect_on", "effect_at", "effect_by_id"]
    journal.move(village_problem, PROBLEM, "feel", by=by, at=at, saving=saving, area_code=village_problem.village_id, asked=asked, better=better)
    return village_problem


@act(PROBLEMS, "problem_close", at="close", words=_("核实效果"), done=_("已记下。"), duty=(Duty.KEEP_MEETINGS, Duty.FILE_DECISIONS), may=rules.can_close, rank=5, lines={
    "village_problem.close": _("公共问题办结"), "village_problem.doubt": _("公共问题效果不实"),
})  # fmt: skip
def close_problem(
    village_problem, *, by, at,
    holds: Annotated[bool, Asked(_("属实吗"), answers=(_("属实,问题解决了"), _("没有解决,退回再办")))],
    reason: Annotated[str, Asked(_("怎么核实的"), least=4, most=200)],
):  # fmt: skip
    """Look whether what was noted holds (核实): by another hand; closed, or back to be worked on. A problem that fewer than half feel better about is not closed."""
    if holds and village_problem.better * 2 <= village_problem.asked:
        raise Refused(_("问的户里说好的没有过半,不能算解决。"))
    if holds:
        village_problem.closed_on, village_problem.closed_at, village_problem.closed_by_id = today(at), at, by.id
    saving = ["closed_on", "closed_at", "closed_by_id"] if holds else []
    journal.move(village_problem, PROBLEM, "close" if holds else "doubt", by=by, at=at, saving=saving, area_code=village_problem.village_id, reason=reason.strip())
    return village_problem
