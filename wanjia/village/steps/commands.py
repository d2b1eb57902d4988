"""The acts of a matter: begun, taken through the steps before the meeting, linked to its decision, its result told and accepted, let rest."""

from datetime import date
from typing import Annotated

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.calendar import today
from wanjia.orgs.models import Area
from wanjia.policy import meetings as law
from wanjia.verdict import Conflict, first_refusal

from ..bodies.commands import KEEPS, day_of
from ..bodies.homes import asked_village
from ..bylaw_states import STEPS, Step, StepState
from ..duties import Duty
from ..models import AgendaItem, StepMatter, StepRecord, StepResult
from ..rules import hundredths
from . import queries, rules
from .subjects import MATTERS


@act(MATTERS, "step_new", at="new", words=_("登记四议两公开事项"), done=_("已登记。接着登记村党组织提议。"), **KEEPS, may=rules.keeps, new=True, lines={"step_matter.begin": _("登记四议两公开事项")})
def begin_matter(
    *, by, at,
    village: Annotated[Area, asked_village(Duty.KEEP_MEETINGS)],
    title: Annotated[str, Asked(_("事项"), least=4, most=60)],
    words: Annotated[str, Asked(_("内容"), _("要办什么、花多少、钱从哪里来。不写个人的事。"), rows=4, least=4, most=600)],
):  # fmt: skip
    """Begin a matter that goes step by step (四议两公开)."""
    one = StepMatter.objects.create(village=village, title=title.strip(), words=words.strip(), begun_at=at, begun_by_id=by.id)
    journal.record(act="step_matter.begin", subject=one, by=by, at=at, area_code=village.pk)
    return one



@act(MATTERS, "step_record", at="record", words=_("登记下一步"), done=_("已登记。"), **KEEPS, may=rules.can_record, rank=5, lines={
    "step_matter.propose": _("村党组织提议"), "step_matter.confer": _("村“两委”商议"), "step_matter.deliberate": _("党员大会审议"),
})  # fmt: skip
def record_step(
    step_matter, *, by, at,
    step: Annotated[Step, Asked(_("哪一步"), _("按先后一步一步来。"), initial=lambda row, *_rest: rules.NEXT.get(row.state) if row else None)],
    day: Annotated[date, Asked(_("哪天"), initial=day_of)],
    due: Annotated[int, Asked(_("应到"), least=1, most=10_000)], present: Annotated[int, Asked(_("实到"), least=1, most=10_000)],
    votes_for: Annotated[int, Asked(_("同意"), most=10_000)],
    opinion: Annotated[str, Asked(_("意见"), rows=2, least=2, most=400)],
    votes_against: Annotated[int, Asked(_("不同意"), most=10_000, initial=0)] = 0, votes_abstain: Annotated[int, Asked(_("弃权"), most=10_000, initial=0)] = 0,
    changes: Annotated[str, Asked(_("作了哪些修改"), rows=2, most=400)] = "",
    merged: Annotated[bool, Asked(_("和提议合并"), _("书记、主任一肩挑的,前两步可以合并:直接登记“两委”商议。"))] = False,
):  # fmt: skip
    """Write down one of the three steps before the village's meeting: in their order, by the rule of its day. One head of both bodies: the first two may be one."""
    matter, numbers = step_matter, (due, present, votes_for, votes_against or 0, votes_abstain or 0)
    skips = bool(merged) and matter.state == StepState.BEGUN and step == Step.COMMITTEES
    first_refusal(
        (not merged or (skips and rules.one_head(matter.village_id, day)), rules.NOT_ONE_HEAD), (skips or step == rules.NEXT[matter.state], _("按先后来:这一步是“%(step)s”。") % {"step": rules.NEXT[matter.state].label}),
    ).or_raise()  # fmt: skip
    rules.follows(matter, day, today(at)).or_raise()
    rules.is_whole(matter, step, day, due).or_raise()
    rules.is_enough(step, day, numbers).or_raise()
    names = ("due", "present", "votes_for", "votes_against", "votes_abstain")
    StepRecord.objects.create(matter=matter, step=step, merged=skips, day=day, opinion=opinion.strip(), changes=changes.strip(), told_at=at, told_by_id=by.id, **dict(zip(names, numbers, strict=True)))
    journal.move(matter, STEPS, rules.MOVES[step], by=by, at=at, area_code=matter.village_id)
    return matter


@act(MATTERS, "step_decide", at="decide", words=_("登记会议决议"), done=_("已登记。接着报备、公示。"), **KEEPS, may=rules.can_decide, rank=5, lines={"step_matter.decide": _("登记会议决议")})
def link_decision(step_matter, *, by, at, item: Annotated[AgendaItem, Asked(_("哪个决议"), _("会议和表决在“会议”里登记,这里只选。"), among=queries.decisions, named=queries.all_decisions, within=_("只能是本村村民会议、村民代表会议的决议。"))]):
    """Link the decision of the villagers' or representatives' meeting (会议决议): what was voted stands there, and is not written twice."""
    item = AgendaItem.objects.select_related("body", "meeting").get(pk=item.pk)  # as it stands now
    rules.is_its_decision(step_matter, item).or_raise()
    step_matter.item = item
    try:
        with transaction.atomic():
            journal.move(step_matter, STEPS, "decide", by=by, at=at, saving=["item"], area_code=step_matter.village_id)
    except IntegrityError:
        raise Conflict(_("别的事项已经登记了这个决议。")) from None
    return step_matter


@act(MATTERS, "step_tell", at="tell", words=_("登记实施结果"), done=_("已登记,等另一个人验收。"), **KEEPS, may=rules.can_tell, rank=5, lines={"step_matter.tell": _("登记实施结果")})
def tell_result(
    step_matter, *, by, at,
    yuan: Annotated[str, Asked(_("花了多少钱(元)"), _("没有花钱的写 0。"), most=12, attrs={"inputmode": "decimal"})],
    contractor: Annotated[str, Asked(_("谁施工、承办"), _("写单位;村里自己做的写“本村村民”。不写个人姓名。"), least=2, most=60)],
    words: Annotated[str, Asked(_("办成什么样"), rows=3, least=4, most=400)],
    done_on: Annotated[date, Asked(_("完成日期"), initial=day_of)],
):  # fmt: skip
    """Tell what came of a decision (实施结果): money, contractor, day; public once another hand accepted it."""
    fen = hundredths(yuan)
    first_refusal((step_matter.item.decided_on <= done_on <= today(at), _("完成日期要在决议以后,不晚于今天。"))).or_raise()
    StepResult.objects.create(matter=step_matter, fen=fen, contractor=contractor.strip(), words=words.strip(), done_on=done_on, told_at=at, told_by_id=by.id)
    journal.move(step_matter, STEPS, "tell", by=by, at=at, area_code=step_matter.village_id, fen=fen)
    return step_matter


@act(MATTERS, "step_accept", at="accept", words=_("验收"), done=_("已记下。"), duty=(Duty.KEEP_MEETINGS, Duty.FILE_DECISIONS), may=rules.can_accept, rank=5, lines={
    "step_matter.accept": _("验收,公开实施结果"), "step_matter.redo": _("验收不通过"),
})  # fmt: skip
def accept_result(
    step_matter, *, by, at,
    accepted: Annotated[bool, Asked(_("验收通过吗"), answers=(_("通过,公开结果"), _("不通过,整改后再报")))],
    words: Annotated[str, Asked(_("验收意见"), _("谁到现场看的、和决议一样不一样、账对不对。"), rows=2, least=4, most=300)],
):  # fmt: skip
    """Accept a result, or not (验收): by another hand than told it. What is accepted is public for as many days as the law asks."""
    if accepted:
        rules.is_published(step_matter).or_raise()
    found = step_matter.results.filter(accepted=None)
    until = law.publication(today(at)).last_day(today(at)) if accepted else None
    if not found.update(accepted=accepted, accept_words=words.strip(), accepted_on=today(at), until_on=until, accepted_by=by.id):
        raise Conflict()
    journal.move(step_matter, STEPS, "accept" if accepted else "redo", by=by, at=at, area_code=step_matter.village_id)
    return step_matter


@act(MATTERS, "step_stop", at="stop", words=_("不再办理"), done=_("已记下。"), **KEEPS, may=rules.can_stop, aside=True, tone="danger", lines={"step_matter.stop": _("四议两公开事项不再办理")})
def stop_matter(step_matter, *, by, at, reason: Annotated[str, Asked(_("为什么不再办理"), least=4, most=200)]):
    """Let a matter rest (不再办理), with the reason on its page."""
    step_matter.stopped_words = reason.strip()
    journal.move(step_matter, STEPS, "stop", by=by, at=at, saving=["stopped_words"], area_code=step_matter.village_id, reason=reason.strip())
    return step_matter
