"""The acts of notices: written, issued by another hand, lifted; served on each place and group, or why not; steps where one is not heeded, in their order."""

from datetime import date
from typing import Annotated

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.calendar import today
from wanjia.orgs.fields import widest
from wanjia.orgs.models import Area, Organisation
from wanjia.orgs.units.fields import unit_of
from wanjia.policy import restricting as policy
from wanjia.verdict import Conflict, Refused, first_refusal

from ..dating import is_recent
from ..duties import Duty
from ..inspection_states import Signed, VenueKind
from ..models import NoticeReceipt, NoticeStep, SafetyNotice
from ..notice_states import NOTICE, Asks, NoticeState, Step, Way
from ..rounds.queries import areas, leading_units
from ..venues.rules import own_units
from . import queries, rules
from .subjects import NOTICES, RECEIPTS

LEADS, WORKS = {"duty": Duty.LEAD_ROUNDS}, {"duty": Duty.INSPECT}
NO_DAY = _("日期要在通告、倡议生效的日子里,不晚于今天。")
SAME_GROUP = _("这个团体已经在名单上。")


def now(field):
    """Return what stands in a field of the row, nothing for a new one."""
    return lambda row, *_rest: getattr(row, field) if row else None


Name = Annotated[str, Asked(_("标题"), _("例如:2026年中考期间停止噪声活动的通告。"), least=4, most=60, initial=now("name"))]
AsksOf = Annotated[Asks, Asked(_("要求什么"), initial=now("asks"))]
Words = Annotated[str, Asked(_("正文"), _("要求谁、什么时段、做什么或者不做什么。不写个人姓名。"), rows=5, least=10, most=600, initial=now("words"))]
Kinds = Annotated[list[VenueKind], Asked(_("发给哪些场所"), _("范围里这几类场所全部在名单上,一处不漏。只发给团体的不选。"), initial=lambda row, *_rest: list(row.covers()) if row else None)]
From = Annotated[date, Asked(_("从哪天起"), initial=now("from_on"))]
Until = Annotated[date, Asked(_("到哪天止"), _("到期自动失效。"), initial=now("until_on"))]
BasisOf = Annotated[str, Asked(_("依据"), _("没有法律依据的,印成倡议书,不能强制。"), among=queries.bases, initial=now("basis"), select=True, none=_("没有依据,以倡议书发"))]
PaperOf = Annotated[str, Asked(_("条款、文号"), _("选了依据的填:哪个决定、哪份指定文件的文号。"), most=120, initial=now("paper"))]


def _facts(day, name, asks, words, kinds, from_on, until_on, basis, paper, groups=False):
    """Return what a notice says. Raises Refused where it has no span, or rests on what does not carry it."""
    if until_on < from_on:
        raise Refused(_("到哪天止不能早于从哪天起。"))
    kinds = tuple(one for one in VenueKind.values if one in kinds)
    rules.rests(asks, kinds, basis, paper.strip(), day, groups=groups).or_raise()
    return {
        "name": name.strip(), "asks": asks, "words": words.strip(), "kinds": " ".join(kinds), "from_on": from_on, "until_on": until_on, "basis": basis, "paper": paper.strip() if basis else "",
    }  # fmt: skip


@act(NOTICES, "notice_new", at="new", words=_("拟通告、倡议"), done=_("已拟好。要发给团体的,先写上团体,再签发。"), **LEADS, may=rules.writes, new=True, lines={"safety_notice.write": _("拟通告、倡议")})
def write_notice(
    *, by, at,
    area: Annotated[Area, Asked(_("范围"), among=areas, within=rules.OUT_OF_REACH, initial=widest(areas))],
    issuer: Annotated[Organisation, Asked(_("签发单位"), among=leading_units, within=_("只能以您所在的单位签发。"), initial=lambda row, actor, day: leading_units(row, actor, day).first())],
    name: Name, asks: AsksOf, words: Words, from_on: From, until_on: Until, kinds: Kinds = (), basis: BasisOf = "", paper: PaperOf = "",
):  # fmt: skip
    """Write a notice (拟通告、倡议). It has a last day; what rests on no law is printed as an appeal."""
    facts = _facts(today(at), name, asks, words, kinds, from_on, until_on, basis, paper)
    one = SafetyNotice.objects.create(area=area, issuer=issuer, **facts, made_at=at, made_by_id=by.id)
    journal.record(act="safety_notice.write", subject=one, by=by, at=at, area_code=area.pk)
    return one


@act(NOTICES, "notice_change", at="change", words=_("改通告、倡议"), done=_("已改。"), **LEADS, may=rules.can_change, rank=30, tone="quiet", lines={"safety_notice.change": _("改通告、倡议")})
def change_notice(
    safety_notice, *, by, at, name: Name, asks: AsksOf, words: Words, from_on: From, until_on: Until, kinds: Kinds = (), basis: BasisOf = "", paper: PaperOf = "",
):  # fmt: skip
    """Change a notice that was not issued. Whoever changes it wrote it: another hand issues it."""
    facts = _facts(today(at), name, asks, words, kinds, from_on, until_on, basis, paper, groups=safety_notice.receipts.exclude(group="").exists())
    rows = SafetyNotice.objects.filter(pk=safety_notice.pk, version=safety_notice.version, state=NoticeState.DRAFT)
    if not rows.update(**facts, made_by=by.id, version=safety_notice.version + 1):
        raise Conflict()
    safety_notice.refresh_from_db()
    journal.record(act="safety_notice.change", subject=safety_notice, by=by, at=at, area_code=safety_notice.area_id)
    return safety_notice


@act(NOTICES, "notice_group", at="group", words=_("加团体"), done=_("已加到名单。"), **LEADS, may=rules.can_name, rank=20, tone="quiet", lines={"safety_notice.group": _("加送达团体")})
def name_group(safety_notice, *, by, at, group: Annotated[str, Asked(_("团体"), _("协会、舞蹈队的名称,不写个人姓名。"), least=2, most=60)]):
    """Name a group that the notice is sent to (团体): an association, those who dance on a square."""
    one, group = safety_notice, group.strip()
    rules.rests(one.asks, one.covers(), one.basis, one.paper, today(at), groups=True).or_raise()
    try:
        with transaction.atomic():
            NoticeReceipt.objects.create(notice=one, area=one.area, group=group, listed_at=at)
    except IntegrityError:
        raise Conflict(SAME_GROUP) from None
    if one.state == NoticeState.DRAFT:
        SafetyNotice.objects.filter(pk=one.pk).update(made_by=by.id, version=one.version + 1)  # whoever adds to it wrote it: another hand issues it
    journal.record(act="safety_notice.group", subject=one, by=by, at=at, area_code=one.area_id, group=group)
    return one


@act(NOTICES, "notice_issue", at="issue", words=_("签发"), done=_("已签发,编了号。名单上是这个范围里全部这类场所,逐处送达或者写明原因。"), **LEADS, may=rules.can_issue, rank=5, lines={"safety_notice.issue": _("签发通告、倡议")})
def issue_notice(safety_notice, *, by, at):
    """Issue a notice (签发): it gets its number, every place of its kinds in its area stands on its list."""
    one, day = safety_notice, today(at)
    venues = list(queries.sent_to(one, max(day, one.from_on)))
    groups = one.receipts.exclude(group="").count()
    rules.rests(one.asks, one.covers(), one.basis, one.paper, day, groups=bool(groups)).or_raise()
    rules.may_be_issued(one, day, len(venues) + groups).or_raise()
    one.year, one.serial, one.issued_at, one.issued_by_id = day.year, queries.next_number(one.issuer, day.year), at, by.id
    journal.move(one, NOTICE, "issue", by=by, at=at, saving=["year", "serial", "issued_at", "issued_by_id"], area_code=one.area_id)
    NoticeReceipt.objects.bulk_create([NoticeReceipt(notice=one, area_id=venue.area_id, venue=venue, listed_at=at) for venue in venues])
    return one


@act(NOTICES, "notice_drop", at="drop", words=_("不发"), done=_("已记下为什么不发。"), **LEADS, may=rules.can_change, aside=True, tone="danger", lines={"safety_notice.drop": _("不发通告、倡议")})
def drop_notice(safety_notice, *, by, at, reason: Annotated[str, Asked(_("为什么不发"), least=4, most=200)]):
    """Do not issue a notice (不发), with a reason."""
    safety_notice.closing = reason.strip()
    journal.move(safety_notice, NOTICE, "drop", by=by, at=at, saving=["closing"], area_code=safety_notice.area_id, reason=reason.strip())
    return safety_notice


@act(NOTICES, "notice_lift", at="lift", words=_("提前解除"), done=_("已解除,从今天起不再有效。"), **LEADS, may=rules.can_lift, aside=True, tone="danger", lines={"safety_notice.lift": _("提前解除通告、倡议")})
def lift_notice(safety_notice, *, by, at, reason: Annotated[str, Asked(_("为什么解除"), least=4, most=200)]):
    """Lift a notice before its last day (提前解除); from today on it does not hold."""
    safety_notice.closing, safety_notice.ended_on = reason.strip(), today(at)
    journal.move(safety_notice, NOTICE, "lift", by=by, at=at, saving=["closing", "ended_on"], area_code=safety_notice.area_id, reason=reason.strip())
    return safety_notice


def _told(receipt, by, at, line, **facts):
    """Write to a receipt by compare-and-set, and journal it."""
    if not NoticeReceipt.objects.filter(pk=receipt.pk, version=receipt.version).update(**facts, version=receipt.version + 1):
        raise Conflict()
    receipt.refresh_from_db()
    journal.record(act=line, subject=receipt, by=by, at=at, area_code=receipt.area_id, reason=facts.get("excused", ""))
    return receipt


def _hands_out(row, *_rest):
    return bool(row and rules.hands_out(row))


@act(RECEIPTS, "receipt_serve", at="serve", words=_("登记送达"), done=_("已登记。"), **WORKS, may=rules.can_serve, rank=5, lines={"notice_receipt.serve": _("登记送达")})
def serve_notice(
    notice_receipt, *, by, at,
    served_on: Annotated[date, Asked(_("哪天送到"), initial=lambda _row, _actor, day: day)],
    way: Annotated[Way, Asked(_("送达方式"))],
    signed: Annotated[Signed, Asked(_("签收"))],
    copies: Annotated[int, Asked(_("发给家长几份"), _("学校转发给家长的份数,没有就填 0。"), most=20000, when=_hands_out, initial=0)] = 0,
):  # fmt: skip
    """Write down that the notice was served on a place or a group (送达)."""
    issued = today(notice_receipt.notice.issued_at)
    if not issued <= served_on <= today(at):
        raise Refused(_("送达日期要在签发以后,不晚于今天。"))
    is_recent(served_on, policy.in_force(served_on).back_days, at).or_raise()
    if copies and not rules.hands_out(notice_receipt):
        raise Refused(_("只有发给学校、团体的安全提示填发给家长的份数。"))
    return _told(notice_receipt, by, at, "notice_receipt.serve", served_on=served_on, way=way, signed=signed, copies=copies, told_at=at, told_by=by.id)


@act(RECEIPTS, "receipt_excuse", at="excuse", words=_("写明没送的原因"), done=_("已写明。"), **WORKS, may=rules.can_serve, aside=True, lines={"notice_receipt.excuse": _("写明没送达的原因")})
def excuse_receipt(notice_receipt, *, by, at, reason: Annotated[str, Asked(_("为什么没送"), _("例如:停业装修,门锁着。"), rows=2, least=4, most=200)]):
    """Write why a notice was not served here: it stays on the list with this reason."""
    return _told(notice_receipt, by, at, "notice_receipt.excuse", excused=reason.strip(), told_at=at, told_by=by.id)


@act(RECEIPTS, "receipt_back", at="back", words=_("登记签回份数"), done=_("已登记。"), **WORKS, may=rules.can_count, rank=20, tone="quiet", lines={"notice_receipt.back": _("登记家长签回份数")})
def count_copies(notice_receipt, *, by, at, back: Annotated[int, Asked(_("签回几份"), most=20000, initial=now("back"))]):
    """Say how many sheets for homes came back signed (告家长书回执): a number, nobody is named."""
    if back > notice_receipt.copies:
        raise Refused(_("签回的不会比发出的多。"))
    return _told(notice_receipt, by, at, "notice_receipt.back", back=back)


@act(RECEIPTS, "receipt_step", at="step", words=_("登记处置"), done=_("已登记。"), **WORKS, may=rules.can_step, rank=10, lines={"notice_receipt.step": _("登记不听劝告的处置")})
def take_step(
    notice_receipt, *, by, at,
    step: Annotated[Step, Asked(_("处置步骤"), _("先劝告,再批评教育,情节严重的移送公安。"))],
    day: Annotated[date, Asked(_("日期"), initial=lambda _row, _actor, day: day)],
    words: Annotated[str, Asked(_("看到什么"), _("写事,不写个人姓名。"), rows=2, least=4, most=300)],
    licensed: Annotated[int, Asked(_("持执法证几人"), most=99, initial=2)],
    reply: Annotated[str, Asked(_("当事人怎么说"), _("陈述、申辩照原话记;不说的写“当事人不陈述”。移送的必填。"), rows=2, most=300)] = "",
    evidence: Annotated[str, Asked(_("证据"), _("笔录、照片、回执的名称和件数。移送的必填。"), rows=2, most=300)] = "",
    handed_to: Annotated[Organisation | None, Asked(_("移送给"), _("移送公安的选。"), named=lambda *_row: Organisation.objects.all(),
                                                    field=lambda row, actor, day, **given: unit_of(lambda _actor: queries.police(row, day))(row, actor, day, **given))] = None,
):  # fmt: skip
    """Write down what was done where a notice is not heeded (处置): one step after the other; the police with evidence, and with what was said in answer."""
    notice, step = notice_receipt.notice, Step(step)
    if not max(notice.from_on, notice_receipt.served_on) <= day <= min(notice.until_on, today(at)):
        raise Refused(NO_DAY)
    is_recent(day, policy.in_force(day).back_days, at).or_raise()
    rules.in_order(notice_receipt, step, day).or_raise()
    least, over = policy.in_force(day).officers, step == Step.HAND_OVER
    first_refusal(
        (step == Step.ADVISE or licensed >= least, _("批评教育、移送公安,持执法证的不能少于 %(n)s 人。") % {"n": least}),
        (not over or (evidence.strip() and reply.strip()), _("移送公安要有证据,并记下当事人怎么说。")),
        (not over or (handed_to and queries.police(notice_receipt, day).filter(pk=handed_to.pk).exists()), _("移送公安的,选本县的公安单位。")),
        (over or handed_to is None, _("只有移送公安才选移送给谁。")),
    ).or_raise()  # fmt: skip
    mine = own_units(by, duty=Duty.INSPECT)
    unit = notice.heir or notice.issuer if notice.answers_id in mine else Organisation.objects.filter(pk__in=mine).order_by("name").first() or notice.issuer
    NoticeStep.objects.create(
        receipt=notice_receipt, step=step, day=day, words=words.strip(), reply=reply.strip(), evidence=evidence.strip(), licensed=licensed, unit=unit, handed_to=handed_to, taken_at=at, taken_by_id=by.id,
    )  # fmt: skip
    journal.record(act="notice_receipt.step", subject=notice_receipt, by=by, at=at, area_code=notice_receipt.area_id, step=step)
    return notice_receipt
