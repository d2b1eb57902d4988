"""The acts after a decision: filed, answered by the township, put up, objected to, the objection answered."""

from datetime import date
from typing import Annotated

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.calendar import today
from wanjia.verdict import Conflict, Refused, first_refusal

from ..agenda.commands import go_on
from ..agenda.subjects import ITEMS
from ..bodies.commands import KEEPS, day_of
from ..duties import Duty
from ..meetings.rules import is_recent
from ..models import AgendaItem, Filing, Objection, PublicNotice
from ..states import ItemSource, Opinion, Outcome, Told
from . import queries, rules
from .subjects import FILINGS, NOTICES, OBJECTIONS


@act(ITEMS, "item_file", at="file", words=_("报备"), done=_("已报备,编了号。接着公示。"), **KEEPS, may=rules.can_file, rank=10, lines={"filing.file": _("决定报备")})
def file_decision(
    agenda_item, *, by, at,
    filed_on: Annotated[date, Asked(_("备案日期"), initial=day_of)],
    heard: Annotated[str, Asked(_("两委意见"), _("村党组织、村民委员会对这个决定的意见。"), rows=2, least=2, most=300)],
):  # fmt: skip
    """File a decision with the two committees and the township (报备): it gets its number."""
    item = agenda_item
    if not item.decided_on <= filed_on <= today(at):
        raise Refused(_("备案日期要在决定以后,不晚于今天。"))
    is_recent(filed_on, at).or_raise()
    try:
        with transaction.atomic():
            filing = Filing.objects.create(
                item=item, area_id=item.body.area_id, year=filed_on.year, serial=queries.next_number(item.body.area_id, filed_on.year), filed_on=filed_on, days=(filed_on - item.decided_on).days, heard=heard.strip(), filed_at=at, filed_by_id=by.id,
            )  # fmt: skip
    except IntegrityError:
        raise Conflict() from None
    journal.record(act="filing.file", subject=filing, by=by, at=at, area_code=filing.area_id)
    return item


def _back_to_the_body(item, notice, because, by, at):
    """Take a notice down and let its decision come before its body again; once."""
    day = today(at)
    if notice is not None:
        PublicNotice.objects.filter(pk=notice.pk, withdrawn_on=None).update(withdrawn_on=day, withdrawn_because=because[:300], version=notice.version + 1)
        journal.record(act="public_notice.withdraw", subject=notice, by=by, at=at, area_code=notice.area_id, reason=because)
    if not AgendaItem.objects.filter(came_from=item).exists():
        go_on(item, item.body, ItemSource.BACK, by=by, at=at)


@act(FILINGS, "filing_answer", at="answer", words=_("答复备案"), done=_("已答复,村里看得到。"), duty=Duty.FILE_DECISIONS, may=rules.can_answer_filing, lines={"filing.answer": _("答复备案"), "public_notice.withdraw": _("撤下公示")},
     by_line={"public_notice.withdraw": (Duty.FILE_DECISIONS, Duty.KEEP_MEETINGS)})  # fmt: skip
def answer_filing(
    filing, *, by, at,
    opinion: Annotated[Opinion, Asked(_("备案意见"))],
    words: Annotated[str, Asked(_("意见内容"), _("责令改正的,写明违反哪条、怎么改。"), rows=3, most=300)] = "",
):  # fmt: skip
    """Say what the township says to a decision (备案意见): what it orders to be corrected is taken down, and comes before its body again."""
    if opinion == Opinion.CORRECTED and len(words.strip()) < 4:
        raise Refused(_("责令改正要写明违反哪条、怎么改。"))
    rows = Filing.objects.filter(pk=filing.pk, version=filing.version)
    if not rows.update(opinion=opinion, opinion_words=words.strip(), answered_on=today(at), answered_at=at, answered_by=by.id, version=filing.version + 1):
        raise Conflict()
    filing.refresh_from_db()
    journal.record(act="filing.answer", subject=filing, by=by, at=at, area_code=filing.area_id, opinion=opinion)
    if opinion == Opinion.CORRECTED:
        _back_to_the_body(filing.item, filing.item.notices.filter(withdrawn_on=None).first(), words.strip(), by, at)
    return filing


@act(ITEMS, "notice_new", at="post", words=_("公示"), done=_("已公示。印出来贴上,到期自动撤下。"), **KEEPS, may=rules.can_post, rank=15, lines={"public_notice.post": _("公示决定")})
def post_notice(
    agenda_item, *, by, at,
    from_on: Annotated[date, Asked(_("公示第一天"), initial=day_of)],
    until_on: Annotated[date, Asked(_("公示最后一天"), _("2026年起至少十五天。到期自动撤下;有异议没答复的,答复以后才撤。"), initial=queries.last_day)],
    where: Annotated[str, Asked(_("贴在哪里"), _("例如:村务公开栏、一组院坝。"), least=2, most=80)],
    words: Annotated[str, Asked(_("公示内容"), rows=4, least=4, most=600, initial=lambda row, *_rest: row.conclusion if row else None)],
):  # fmt: skip
    """Put a decision up in the village (公示): as many days as the law asks; below quorum never."""
    first_refusal((agenda_item.decided_on <= from_on <= today(at), _("公示第一天要在决定以后,不晚于今天。"))).or_raise()
    is_recent(from_on, at).or_raise()
    rules.stays_long_enough(from_on, until_on).or_raise()
    try:
        with transaction.atomic():
            notice = PublicNotice.objects.create(
                item=agenda_item, area_id=agenda_item.body.area_id, where=where.strip(), words=words.strip(), from_on=from_on, until_on=until_on, posted_at=at, posted_by_id=by.id,
            )  # fmt: skip
    except IntegrityError:
        raise Conflict() from None
    journal.record(act="public_notice.post", subject=notice, by=by, at=at, area_code=notice.area_id)
    return agenda_item


@act(NOTICES, "notice_object", at="object", words=_("登记异议"), done=_("已登记。答复以前公示不撤。"), **KEEPS, may=rules.can_object, rank=5, lines={"objection.tell": _("登记异议")})
def tell_objection(
    public_notice, *, by, at,
    words: Annotated[str, Asked(_("异议内容"), _("照原话写。封存,只有本村经办人能看。"), rows=4, least=4, most=600)],
    way: Annotated[Told, Asked(_("怎么提的"))],
    told_on: Annotated[date, Asked(_("提出日期"), initial=day_of)],
    name: Annotated[str, Asked(_("提出人"), _("愿意留名的写;匿名的空着,一样答复。"), most=40)] = "",
):  # fmt: skip
    """Write an objection down (登记异议), by name or without: the notice stays up until it is answered."""
    if not public_notice.from_on <= told_on <= today(at):
        raise Refused(_("提出日期要在公示以后,不晚于今天。"))
    if told_on > public_notice.until_on and not rules.is_up(public_notice, today(at)):
        raise Refused(rules.OVER)
    one = Objection(notice=public_notice, words=words.strip(), name=name.strip(), way=way, told_on=told_on, told_at=at, told_by_id=by.id)
    one.save(force_insert=True)
    journal.record(act="objection.tell", subject=one, by=by, at=at, area_code=public_notice.area_id)
    return public_notice


@act(OBJECTIONS, "objection_answer", at="answer", words=_("答复异议"), done=_("已答复。"), duty=(Duty.KEEP_MEETINGS, Duty.FILE_DECISIONS), may=rules.can_answer, rank=5, lines={"objection.answer": _("答复异议")})
def answer_objection(
    objection, *, by, at,
    outcome: Annotated[Outcome, Asked(_("处理结果"))],
    answer: Annotated[str, Asked(_("答复"), _("写理由,公示栏上看得到,不写提出人的名字。"), rows=3, least=4, most=400)],
    answered_for: Annotated[str, Asked(_("谁答复"), _("例如:村务监督委员会。"), least=2, most=60)],
):  # fmt: skip
    """Answer an objection (答复异议): where it is upheld, the notice is taken down and the decision comes before its body again."""
    rows = Objection.objects.filter(pk=objection.pk, version=objection.version, outcome="")
    facts = {"outcome": outcome, "answer": answer.strip(), "answered_for": answered_for.strip(), "answered_on": today(at), "answered_at": at, "answered_by": by.id}
    if not rows.update(**facts, version=objection.version + 1):
        raise Conflict()
    notice = objection.notice
    objection.refresh_from_db()
    journal.record(act="objection.answer", subject=objection, by=by, at=at, area_code=notice.area_id, outcome=outcome)
    if outcome == Outcome.UPHELD and notice.withdrawn_on is None:
        _back_to_the_body(notice.item, notice, answer.strip(), by, at)
    return objection
