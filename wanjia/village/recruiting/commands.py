"""The acts of recruitment: a file opened, steps written down with what the rules of dates say to them, seen or struck by a second hand, mentors named, probation extended, done or stopped; and each reading."""

from datetime import date
from typing import Annotated

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.calendar import today
from wanjia.orgs.serials import next_serial
from wanjia.policy import recruiting as policy
from wanjia.verdict import Conflict, Refused, first_refusal

from ..bodies.commands import day_of
from ..bodies.queries import person_called
from ..branch_states import CANDIDATE, Background, MentorKind
from ..duties import Duty
from ..models import Candidate, GoverningBody, PartyMember, RecruitMentor, RecruitStep
from . import queries, rules
from .subjects import CANDIDATES

KEEPS = {"duty": Duty.KEEP_RECRUITS, "call": None, "because": "recruitment is kept by two people of the branch, at a screen; nothing of it is sent to or taken by a program"}



@act(CANDIDATES, "candidate_new", at="new", words=_("建发展档案"), done=_("已建。列表只写编号。"), **KEEPS, may=rules.keeps, new=True, lines={"candidate.open": _("建党员发展档案")})
def open_candidate(
    *, by, at,
    body: Annotated[GoverningBody, Asked(_("党支部"), among=rules.branches_for, within=rules.ELSEWHERE, initial=rules.only_branch)],
    name: Annotated[str, Asked(_("姓名"), _("写全名,在这个村(社区)的花名册里找。"), least=2, most=60)],
    background: Annotated[Background, Asked(_("来源"))],
    last4: Annotated[str, Asked(_("身份证后四位"), _("重名时才要填,不保存。"), most=4)] = "",
):  # fmt: skip
    """Open the file of somebody who applied (建发展档案): a number in lists, no number of an ID card, nothing to the national system."""
    person = person_called(body.area_id, name, last4, today(at))
    if PartyMember.objects.on(today(at)).filter(person=person).exists():
        raise Refused(_("这个人已经是党员。"))
    GoverningBody.objects.select_for_update(no_key=True).get(pk=body.pk)  # whoever opens another file of the branch waits for its number
    try:
        with transaction.atomic():
            one = Candidate.objects.create(body=body, serial=next_serial(Candidate.objects.filter(body=body)), person=person, background=background, opened_on=today(at), opened_at=at, opened_by_id=by.id)
    except IntegrityError:
        raise Conflict(_("这个人已经有一份没有结束的档案。")) from None
    journal.record(act="candidate.open", subject=one, by=by, at=at, area_code=body.area_id, serial=one.serial)
    return one


@act(CANDIDATES, "candidate_read", words=_("打开发展档案"), **KEEPS | {"because": "its page opens it, and each opening is written down"}, may=rules.can_read, reads=True, page=False, button=False, lines={"candidate.read": _("打开党员发展档案")})
def read_candidate(candidate, *, by, at):
    """Journal that somebody's recruitment is opened, before the page is sent; returns the row."""
    journal.record_reading(act="candidate.read", subject=candidate, by=by, at=at, reason=_("办理党员发展"), area_code=candidate.body.area_id, serial=candidate.serial)
    return candidate


@act(CANDIDATES, "candidate_step", at="step", words=_("登记一步"), done=_("已登记。和细则不符的,等另一个人确认。"), **KEEPS, may=rules.can_step, rank=10, lines={"candidate.step": _("登记党员发展步骤")})
def write_step(
    candidate, *, by, at,
    step: Annotated[str, Asked(_("第几步"), among=queries.steps_for, select=True)],
    day: Annotated[date, Asked(_("哪天"), _("照材料上的日期写。早于规定日期的照样记下,由另一个人确认。"), initial=day_of)],
    hours: Annotated[int | None, Asked(_("培训学时"), _("集中培训才填。"), most=999)] = None,
    words: Annotated[str, Asked(_("说明"), _("谁谈的、谁批的、材料在哪里。"), rows=2, most=300)] = "",
):  # fmt: skip
    """Write down a step (登记一步): what it breaks of the rules is kept with it. Nothing is sent to the national system."""
    number = int(step)
    first_refusal((day <= today(at), _("日期不能晚于今天。"))).or_raise()
    rules.in_turn(candidate, number, day).or_raise()
    said = rules.judged(candidate, number, day, hours)
    one = RecruitStep(candidate=candidate, number=number, day=day, hours=hours, words=words.strip(), written_at=at, written_by_id=by.id, **said)
    try:
        with transaction.atomic():
            one.save(force_insert=True)
    except IntegrityError:
        raise Conflict(_("这一步这一天已经登记过。")) from None
    journal.record(act="candidate.step", subject=candidate, by=by, at=at, area_code=candidate.body.area_id, number=number, day=str(day), breach=said["breach"])
    return candidate


@act(CANDIDATES, "candidate_acknowledge", at="acknowledge", words=_("确认看到与细则不符"), done=_("已确认,可以登记下一步。"), **KEEPS, may=rules.can_acknowledge, rank=5, lines={"candidate.acknowledge": _("确认发展步骤与细则不符")})
def acknowledge_breach(candidate, *, by, at):
    """Say as the second hand that what does not agree with the rules was seen (确认): it stays written."""
    one = rules.unseen(candidate).first()
    RecruitStep.objects.filter(pk=one.pk).update(acked_at=at, acked_by=by.id, version=one.version + 1)
    journal.record(act="candidate.acknowledge", subject=candidate, by=by, at=at, area_code=candidate.body.area_id, number=one.number, breach=one.breach)
    return candidate


@act(CANDIDATES, "candidate_strike", at="strike", words=_("作废最后一步"), done=_("已作废,原来写的留着。"), **KEEPS, may=rules.can_strike, aside=True, tone="danger", lines={"candidate.strike": _("作废发展步骤")})
def strike_step(candidate, *, by, at, reason: Annotated[str, Asked(_("哪里登记错了"), least=4, most=120)]):
    """Strike the last step, which was written down wrongly, as the second hand: it stays to be read, and counts no longer."""
    one = rules.standing(candidate).last()
    one.struck_on, one.struck_words, one.struck_by_id, one.version = today(at), reason.strip(), by.id, one.version + 1
    one.save(update_fields=["struck_on", "struck_words", "struck_by", "version"])
    journal.record(act="candidate.strike", subject=candidate, by=by, at=at, area_code=candidate.body.area_id, number=one.number)
    return candidate


@act(CANDIDATES, "candidate_mentor", at="mentor", words=_("登记联系人、介绍人"), done=_("已登记。"), **KEEPS, may=rules.can_write, rank=20, lines={"candidate.mentor": _("登记培养联系人、入党介绍人")})
def name_mentor(
    candidate, *, by, at,
    kind: Annotated[MentorKind, Asked(_("联系人、介绍人"))],
    member: Annotated[PartyMember, Asked(_("党员"), among=rules.members_for)],
    from_on: Annotated[date, Asked(_("从哪天起"), initial=day_of)],
):  # fmt: skip
    """Name a full member beside somebody: one or two who train (培养联系人), two who introduce (入党介绍人)."""
    first_refusal((from_on <= today(at), _("日期不能晚于今天。"))).or_raise()
    rules.may_mentor(candidate, member, kind, from_on).or_raise()
    RecruitMentor.objects.create(candidate=candidate, member=member, kind=kind, from_on=from_on, named_at=at, named_by_id=by.id)
    journal.record(act="candidate.mentor", subject=candidate, by=by, at=at, area_code=candidate.body.area_id, mentor=kind)
    return candidate


@act(CANDIDATES, "candidate_unmentor", at="mentor-end", words=_("换下联系人、介绍人"), done=_("已登记。"), **KEEPS, may=rules.can_write, aside=True, tone="quiet", lines={"candidate.unmentor": _("换下培养联系人、入党介绍人")})
def end_mentor(candidate, *, by, at, mentor: Annotated[RecruitMentor, Asked(_("哪一名"), among=queries.mentors_for, named=queries.mentors_of, shown=lambda one: f"{one.get_kind_display()} {one}")]):
    """Write down that a mentor stands beside somebody no longer, from today on."""
    RecruitMentor.objects.filter(pk=mentor.pk).update(to_on=max(today(at), mentor.from_on))
    journal.record(act="candidate.unmentor", subject=candidate, by=by, at=at, area_code=candidate.body.area_id, mentor=mentor.kind)
    return candidate


@act(CANDIDATES, "candidate_extend", at="extend", words=_("延长预备期"), done=_("已登记,转正的最早日期跟着推后。"), **KEEPS, may=rules.can_extend, aside=True, lines={"candidate.extend": _("延长预备期")})
def extend_probation(
    candidate, *, by, at,
    months: Annotated[int, Asked(_("延长几个月"), _("不少于半年,不超过一年,只能一次。"), least=1, most=12)],
    day: Annotated[date, Asked(_("哪天支部大会决定"), initial=day_of)],
):  # fmt: skip
    """Extend probation, once, by half a year to a year (延长预备期): the earliest day of the meeting about it moves along."""
    least, most = policy.in_force(day).extension
    first_refusal((least <= months <= most, _("延长要在 %(least)s 到 %(most)s 个月之间。") % {"least": least, "most": most}), (day <= today(at), _("日期不能晚于今天。"))).or_raise()
    Candidate.objects.filter(pk=candidate.pk).update(extended=months, extended_on=day, version=candidate.version + 1)
    candidate.refresh_from_db()
    journal.record(act="candidate.extend", subject=candidate, by=by, at=at, area_code=candidate.body.area_id, months=months)
    return candidate


@act(CANDIDATES, "candidate_finish", at="finish", words=_("转正归档"), done=_("已归档。在党员名册里登记。"), **KEEPS, may=rules.can_finish, rank=30, lines={"candidate.finish": _("党员发展转正归档")})
def finish_candidate(candidate, *, by, at):
    """Close the file as done (转正归档): all 25 steps, nothing unseen."""
    candidate.closed_on = today(at)
    journal.move(candidate, CANDIDATE, "finish", by=by, at=at, saving=["closed_on"], area_code=candidate.body.area_id)
    return candidate


@act(CANDIDATES, "candidate_stop", at="stop", words=_("终止培养"), done=_("已终止。"), **KEEPS, may=rules.can_write, aside=True, tone="danger", lines={"candidate.stop": _("终止党员发展")})
def stop_candidate(candidate, *, by, at, reason: Annotated[str, Asked(_("为什么终止"), _("密封保存,日志里不写。"), rows=2, least=4, most=200)]):
    """Stop it (终止), with a reason that is sealed: none of it stands in the journal."""
    candidate.closed_on, candidate.reason = today(at), reason.strip()
    journal.move(candidate, CANDIDATE, "stop", by=by, at=at, saving=["closed_on", "reason"], area_code=candidate.body.area_id)
    return candidate
