"""The acts on aid: proposed to be cut, heard, decided, told; refused in writing; given at once, its papers made up by a day.

Source: 社会救助法 (2026) 45, 48, 50, 76. The register's own acts end no aid (statuses.rules): it ends here alone, once told.
"""

from datetime import date, timedelta
from typing import Annotated

from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.calendar import WorkingCalendar, today
from wanjia.policy import aid
from wanjia.policy.benefits import benefits
from wanjia.registry.duties import Duty
from wanjia.verdict import Refused

from ..cuts.days import due_after
from ..households.commands import follow_people
from ..households.rules import may_follow
from ..models import AidCut, AidRefusal, CutKind, Household, Person, Told, UrgentAid
from ..states import CUT, CutState
from ..statuses.commands import close_status
from . import asking, pages, rules
from .subjects import CUTS, HELD, OF_HOME, REFUSALS, URGENT

TODAY = {"initial": lambda _row, _actor, day: day}
PAPER_WAYS = (Told.PHONE,)  # a paper is not handed over by telephone


def _move(cut, name, *, by, at, saving=(), reason="", **detail):
    cut.due_on, cut.step_on, cut.level, cut.climbed_on, cut.told = due_after(CUT.moves[name].target, at), today(at), 0, None, None
    if not cut.due_on:
        cut.ended_at = at
    journal.move(cut, CUT, name, by=by, at=at, saving=(*saving, "due_on", "step_on", "level", "climbed_on", "told", "ended_at"), area_code=cut.village_id, reason=reason, **detail)
    return cut


def _said(day, cut, at):
    """Refuse a day that lies before the proposal or after today."""
    if not today(cut.proposed_at) <= day <= today(at):
        raise Refused(_("日期要在提出停减以后、今天以前。"))


@act(
    HELD, "aid_propose", at="propose", words=_("提出停发、减发"), done=_("已提出。救助照发,等另一个人去听本人意见。"), duty=Duty.KEEP_AID,
    may=rules.can_propose, tone="danger", then=pages.to_cut, template="registry/aid/propose.html", more=pages.what_follows, lines={"aid.propose": _("提出停减救助")},
)  # fmt: skip
def propose_cut(
    status, *, by, at,
    kind: Annotated[CutKind, Asked(_("停发还是减发"))],
    ground: Annotated[str, Asked(_("理由"), among=asking.grounds, select=True, none=_("请选择"))],
    fact: Annotated[str, Asked(_("用的是什么事实"), _("写清查到了什么、从哪里查到的、哪一天的。能从部门查到的,不要让本人开证明。"), least=4, most=300, rows=2)],
    reasons: Annotated[str, Asked(_("为什么提出,跟本人怎么说"), _("用大白话,本人会看到。"), least=5, most=300, rows=3)],
    document: Annotated[str, Asked(_("凭什么材料"), _("人已去世、户口迁出的必填,例如“死亡医学证明 2026-11-01”。"), most=80)] = "",
):  # fmt: skip
    """Propose to stop or reduce aid (停发、减发). Nothing changes: the person is told and heard first, by somebody else."""
    why = aid.grounds().get(ground)
    if why is None:
        raise Refused(_("请选择理由。"))
    if why.document and sum(sign.isalnum() for sign in document) < 4:
        raise Refused(_("“%(why)s”要写明凭什么材料。") % {"why": why.zh})
    if ground == "died" and rules.somebody_lives(status, today(at)):
        raise Refused(_("登记里这一项救助的人还健在。请先在人员页面登记去世,再提出。"))
    state = CutState.PROPOSED if why.heard else CutState.HEARD
    cut = AidCut.objects.create(
        status=status, village_id=(status.household or status.person).village_id, kind=kind, ground=ground, document=document.strip(), fact=fact.strip(),
        reasons=reasons.strip(), state=state, due_on=due_after(state, at), step_on=today(at), proposed_at=at, proposed_by=by if by.id else None,
    )  # fmt: skip
    journal.record(act="aid.propose", subject=cut, by=by, at=at, area_code=cut.village_id, after=state, status=status.pk, ground=ground, cut=kind)
    return cut


@act(
    HELD, "aid_follow", at="follow", words=_("救助随人走"), done=_("已迁过去,救助照发。两户的记录里都写明了。"), duty=Duty.KEEP_AID, may=rules.can_follow,
    button=False, then=pages.to_list, call=None, because="somebody looks whether its people do live there",
    lines={"household.aid_leaves": _("救助随人迁走"), "household.aid_comes": _("救助随人迁来")},
)  # fmt: skip
def follow_to(
    status, *, by, at,
    home: Annotated[Household, Asked(_("人现在住在哪一户"), among=asking.went_to, shown=asking.number_of)],
    reason: Annotated[str, Asked(_("怎么知道的"), _("例如“问过户主本人,分户以后低保由他家领”。"), least=4, most=200, rows=2)],
):  # fmt: skip
    """Let the aid of an empty home go where its people are: the household's number has changed, its people have not. Of a family that parted the rule says
    with whom it goes, nobody chooses."""
    if not asking.went_to(status).filter(pk=home.pk).exists():
        raise Refused(_("请选列出的那一户:按规定,救助随家里多数人走,人数一样的随户主。"))
    may_follow(status, home).or_raise()
    return follow_people(status, home, reason=reason.strip(), by=by, at=at)


@act(
    CUTS, "aid_seek", at="seek", words=_("没找到人"), done=_("记下了,过几天换个时间再找。"), duty=Duty.KEEP_AID, may=rules.can_seek, aside=True,
    template="registry/aid/seek.html", more=pages.how_tries_count, lines={"aid.seek": _("找人没有找到")},
)  # fmt: skip
def seek_in_vain(
    cut, *, by, at, on: Annotated[date, Asked(_("哪天找的"), **TODAY)], way: Annotated[Told, Asked(_("怎么找的"), but=(Told.LEFT,))],
):  # fmt: skip
    """Note that the person was sought and not reached."""
    _said(on, cut, at)
    tries = [*cut.tries, {"on": on.isoformat(), "way": str(way), "by": str(by.id), "at": at.isoformat()}]
    AidCut.objects.filter(pk=cut.pk).update(tries=tries)
    cut.tries = tries
    journal.record(act="aid.seek", subject=cut, by=by, at=at, area_code=cut.village_id, on=on, way=way, n=len(tries))
    return cut


@act(
    CUTS, "aid_hear", at="hear", words=_("听取本人意见"), done=_("记下了。由分管领导决定,您不能自己决定。"), duty=Duty.KEEP_AID, may=rules.can_hear, rank=10,
    template="registry/aid/hear.html", lines={"aid.hear": _("听取救助对象意见")},
)  # fmt: skip
def hear_person(
    cut, *, by, at,
    on: Annotated[date, Asked(_("哪天听的"), **TODAY)],
    way: Annotated[Told, Asked(_("怎么听的"), but=(Told.POST, Told.LEFT))],
    who: Annotated[str, Asked(_("谁说的"), _("本人;本人说不了的,写代他说的是谁,例如“儿子”。"), least=2, most=40)],
    words: Annotated[str, Asked(_("他怎么说"), _("照他的话记。说“没有意见”也照记。加密保存。"), least=2, most=600, rows=4)],
):  # fmt: skip
    """Hear the person before anything is decided (听取意见): told why, and the words kept, sealed; by somebody else than who proposed."""
    _said(on, cut, at)
    cut.left, cut.heard_on, cut.heard_way, cut.heard_who, cut.words, cut.heard_by = False, on, way, who.strip(), words.strip(), by
    return _move(cut, "hear", by=by, at=at, saving=("left", "heard_on", "heard_way", "heard_who", "words", "heard_by"), on=on, way=way)


@act(
    CUTS, "aid_leave", at="leave", words=_("留下告知书"), done=_("记下了。到期以前本人来说话,照样要听。"), duty=Duty.KEEP_AID, may=rules.can_leave, rank=20,
    lines={"aid.leave": _("留下停减告知书")},
)  # fmt: skip
def leave_notice(
    cut, *, by, at,
    on: Annotated[date, Asked(_("哪天留下的"), **TODAY)],
    who: Annotated[str, Asked(_("留在哪里、谁在场"), _("例如“贴在家门口,组长在场”。"), least=4, most=40)],
):  # fmt: skip
    """Leave the notice behind where nobody was reached (留置): then days are waited in which the person may still speak."""
    _said(on, cut, at)
    if on < max(cut.missed_on):
        raise Refused(_("最后一次没有找到人以后才能留下告知书。"))
    cut.left, cut.heard_on, cut.heard_way, cut.heard_who, cut.heard_by = True, on, Told.LEFT, who.strip(), by
    return _move(cut, "leave", by=by, at=at, saving=("left", "heard_on", "heard_way", "heard_who", "heard_by"), on=on)


@act(
    CUTS, "aid_decide", at="decide", words=_("决定"), done=_("已决定。送达本人以后才生效。"), duty=Duty.DECIDE_AID, may=rules.can_decide, rank=10,
    template="registry/aid/decide.html", lines={"aid.cut": _("决定停减救助"), "aid.keep": _("决定继续救助")},
)  # fmt: skip
def decide_cut(
    cut, *, by, at,
    agree: Annotated[bool, Asked(_("怎么定"), answers=(_("停发或减发"), _("继续发")))],
    words: Annotated[str, Asked(_("理由"), _("写清哪一条不符合、用的是什么事实,本人说的话怎么看。本人会看到。"), least=5, most=400, rows=3)],
    effective_on: Annotated[date | None, Asked(_("从哪天起"), _("停发或减发的必填;要给本人留出时间。"), initial=asking.effect)] = None,
):  # fmt: skip
    """Decide: the head, who neither proposed nor heard. A cut takes effect on a day that leaves time, and only once it is told."""
    cut.decided_at, cut.decided_by, cut.decision, cut.effective_on = at, by, words.strip(), None
    if agree:
        first = rules.effect_from(cut, today(at))
        if effective_on is None or effective_on < first:
            raise Refused(_("停减最早从 %(day)s 起。") % {"day": first})
        cut.effective_on = effective_on
    name = "cut" if agree else "keep"
    return _move(cut, name, by=by, at=at, saving=("decided_at", "decided_by", "decision", "effective_on"), effective_on=cut.effective_on)


@act(
    CUTS, "aid_serve", at="serve", words=_("送达决定"), done=_("已送达,登记簿照决定更新。"), duty=rules.SEES, may=rules.can_serve, rank=10,
    lines={"aid.serve": _("送达停减决定")},
)  # fmt: skip
def serve_decision(
    cut, *, by, at,
    on: Annotated[date, Asked(_("哪天送到"), **TODAY)],
    way: Annotated[Told, Asked(_("怎么送的"), but=PAPER_WAYS)],
    who: Annotated[str, Asked(_("交给谁"), least=2, most=40)],
):  # fmt: skip
    """Hand the written decision over. Only now the register follows: aid that is stopped ends, never before the day after."""
    if not today(cut.decided_at) <= on <= today(at):
        raise Refused(_("送达日期要在决定以后、今天以前。"))
    if cut.cuts and cut.why.heard:
        cut.effective_on = max(cut.effective_on, on + timedelta(days=1))
    cut.served_on, cut.served_way, cut.served_to, cut.served_by = on, way, who.strip(), by
    saving = ("served_on", "served_way", "served_to", "served_by", "effective_on")
    _move(cut, "serve", by=by, at=at, saving=saving, on=on, way=way, effective_on=cut.effective_on)
    if cut.cuts and cut.kind == CutKind.END:
        close_status(cut.status, on=cut.effective_on, reason=str(_("停发决定:%(why)s")) % {"why": cut.why.zh}, by=by, at=at)
    return cut


@act(
    CUTS, "aid_drop", at="drop", words=_("撤回提议"), done=_("已撤回,救助照发。"), duty=rules.SEES, may=rules.can_drop, aside=True, tone="danger", rank=90,
    lines={"aid.drop": _("撤回停减提议")},
)  # fmt: skip
def drop_cut(cut, *, by, at, reason: Annotated[str, Asked(_("为什么撤回"), least=4, most=200, rows=2)]):
    """Take the proposal back before it is decided: the aid goes on."""
    cut.drop_reason = reason.strip()
    return _move(cut, "drop", by=by, at=at, saving=("drop_reason",))


@act(
    OF_HOME, "aid_refuse", at="aid/refuse", words=_("写不予救助决定"), done=_("已写好。请打印,送到本人手里。"), duty=rules.SEES, may=rules.can_refuse,
    given=pages.from_need, then=pages.to_refusal, button=False, lines={"aid.refuse": _("决定不予救助")},
)  # fmt: skip
def refuse_aid(
    household, *, by, at,
    benefit: Annotated[str, Asked(_("申请的是哪一项"), among=asking.benefits_of_home, select=True, none=_("请选择"))],
    asked: Annotated[str, Asked(_("申请了什么"), least=4, most=300, rows=2)],
    asked_on: Annotated[date, Asked(_("哪天申请的"), **TODAY)],
    condition: Annotated[str, Asked(_("哪一条不符合"), _("用大白话写,本人会看到。"), least=4, most=300, rows=2)],
    fact: Annotated[str, Asked(_("用的是什么事实"), _("查到了什么、从哪里查到的、哪一天的。"), least=4, most=300, rows=2)],
    person: Annotated[Person | None, Asked(
        _("给谁申请的"), among=asking.members, shown=asking.called, within=_("这个人不是这一户的,或者他的档案您打不开。"), none=_("全家"),
    )] = None,
    need_number: Annotated[str, Asked(_("诉求编号"), _("是从诉求来的就填。"), most=30)] = "",
):  # fmt: skip
    """Refuse aid that was asked for, in writing (不予救助决定): which condition failed, by which fact, where one may ask again."""
    rule = benefits().get(benefit)
    if rule is None:
        raise Refused(_("请选择申请的是哪一项。"))
    young = rule["of"] == "child" or bool(person and person.is_protected)
    if young and not rules.opens_young(by, household):
        raise Refused(_("孩子的保障由能看儿童档案的人来写。"))
    if asked_on > today(at):
        raise Refused(_("申请日期不能晚于今天。"))
    due = WorkingCalendar.load().add(today(at), aid.in_force(today(at)).refuse).on
    one = AidRefusal.objects.create(
        household=household, village_id=household.village_id, person=person, benefit=benefit, need_number=need_number.strip(), young=young,
        asked=asked.strip(), asked_on=asked_on, condition=condition.strip(), fact=fact.strip(), decided_at=at, decided_by=by if by.id else None, due_on=due,
    )  # fmt: skip
    journal.record(act="aid.refuse", subject=one, by=by, at=at, area_code=household.village_id, household=household.pk)
    return one


@act(
    REFUSALS, "aid_refusal_serve", at="serve", words=_("送达不予救助决定"), done=_("已记下送达。"), duty=rules.SEES, may=rules.can_serve_refusal,
    lines={"aid.refusal_serve": _("送达不予救助决定")},
)  # fmt: skip
def serve_refusal(
    refusal, *, by, at,
    on: Annotated[date, Asked(_("哪天送到"), **TODAY)],
    way: Annotated[Told, Asked(_("怎么送的"), but=PAPER_WAYS)],
    who: Annotated[str, Asked(_("交给谁"), least=2, most=40)],
):  # fmt: skip
    """Hand the written refusal over."""
    if not today(refusal.decided_at) <= on <= today(at):
        raise Refused(_("送达日期要在决定以后、今天以前。"))
    refusal.served_on, refusal.served_way, refusal.served_to, refusal.served_by = on, way, who.strip(), by
    refusal.save(update_fields=["served_on", "served_way", "served_to", "served_by"])
    journal.record(act="aid.refusal_serve", subject=refusal, by=by, at=at, area_code=refusal.village_id, on=on, way=way)
    return refusal


@act(
    OF_HOME, "aid_urgent", at="aid/urgent", words=_("先行救助"), done=_("记下了。请在期限以前把手续补齐。"), duty=Duty.KEEP_AID, may=rules.can_give, button=False,
    then=pages.to_list, lines={"aid.urgent": _("先行救助")},
)  # fmt: skip
def give_urgent_aid(
    household, *, by, at,
    given: Annotated[str, Asked(_("给了什么"), _("例如“临时救助 800 元”“大米 2 袋”。"), least=2, most=120)],
    why: Annotated[str, Asked(_("遇到什么急难"), least=4, most=200, rows=2)],
    given_on: Annotated[date, Asked(_("哪天给的"), **TODAY)],
):  # fmt: skip
    """Give small aid at once and make its papers up by a day (先行救助,后补手续)."""
    if given_on > today(at):
        raise Refused(_("给的日期不能晚于今天。"))
    due = WorkingCalendar.load().add(given_on, aid.in_force(today(at)).papers).on
    one = UrgentAid.objects.create(
        household=household, village_id=household.village_id, given=given.strip(), why=why.strip(), given_on=given_on, recorded_at=at,
        recorded_by=by if by.id else None, due_on=due,
    )  # fmt: skip
    journal.record(act="aid.urgent", subject=one, by=by, at=at, area_code=household.village_id, household=household.pk, due_on=due)
    return one


@act(
    URGENT, "aid_papers", at="papers", words=_("补齐手续"), done=_("手续补齐了。"), duty=Duty.KEEP_AID, may=rules.can_make_up, lines={"aid.papers": _("补齐先行救助手续")},
)  # fmt: skip
def make_up_papers(
    urgent, *, by, at,
    on: Annotated[date, Asked(_("哪天补齐"), **TODAY)],
    papers: Annotated[str, Asked(_("补了什么手续"), _("写材料的名称和编号。部门能查到的不要让本人开。"), least=4, most=120)],
):  # fmt: skip
    """Note that the papers of urgent aid were made up."""
    if not urgent.given_on <= on <= today(at):
        raise Refused(_("补齐日期要在给的那天以后、今天以前。"))
    urgent.papers, urgent.papers_on, urgent.papers_by = papers.strip(), on, by if by.id else None
    urgent.save(update_fields=["papers", "papers_on", "papers_by"])
    journal.record(act="aid.papers", subject=urgent, by=by, at=at, area_code=urgent.village_id, on=on)
    return urgent
