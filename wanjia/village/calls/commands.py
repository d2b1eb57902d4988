"""The acts of calls: asked for with a list, signed name by name, met by a meeting. Who signed stands in no line of the journal."""

from datetime import date
from typing import Annotated

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.calendar import today
from wanjia.policy import calls as law
from wanjia.verdict import Conflict, Refused

from ..agenda import queries as agenda
from ..bodies.commands import KEEPS, NOT_YET, day_of
from ..bodies.subjects import BODIES
from ..call_states import CALL, Side, Withdrawal
from ..duties import Duty
from ..meetings.rules import is_recent
from ..models import AgendaItem, CallSignature, Meeting, MeetingCall
from ..states import AGENDA, ItemKind, ItemSource
from . import queries, rules
from .subjects import CALLS

WRITES = {"duty": (Duty.KEEP_MEETINGS, Duty.FILE_DECISIONS)}
Name = Annotated[str, Asked(_("姓名"), _("照名单写全名。录了就封存,谁也看不到是谁签的,只数人数。"), least=2, most=60)]
Last4 = Annotated[str, Asked(_("身份证后四位"), _("重名时才要填。"), most=4)]
UNKNOWN = _("须提交的事项请从列出的里面选。")


@act(BODIES, "call_new", at="calls/new", words=_("登记联名要求开会"), done=_("已登记。接着照名单一个一个录签名。"), **WRITES, may=rules.can_ask, rank=40, tone="quiet", then=lambda _request, _row, one: queries.page_of_call(one),
     template="village/calls/asking.html",
     lines={"meeting_call.ask": _("登记联名要求开会")})  # fmt: skip
def ask_for_meeting(
    governing_body, *, by, at,
    side: Annotated[Side, Asked(_("谁联名"), among=queries.sides, initial=queries.first_side)],
    title: Annotated[str, Asked(_("要议的事"), _("公开栏上看得到;不写谁提的,不写谁家的事。"), least=4, most=60)],
    words: Annotated[str, Asked(_("理由"), _("照名单上写的理由。不写欠债、疾病、上访等个人的事。"), rows=4, least=4, most=600)],
    asked_on: Annotated[date, Asked(_("提出日期"), _("名单交来的那一天。名册人数按这一天算。"), initial=day_of)],
    matter: Annotated[str, Asked(_("须提交的事项"), among=agenda.matters, select=True, none=_("不属于"))] = "",
):  # fmt: skip
    """Write down that villagers or representatives ask by a signed list for a meeting (联名提议召集): how many could sign stands as of that day."""
    if asked_on > today(at):
        raise Refused(NOT_YET)
    is_recent(asked_on, at).or_raise()
    if matter and matter not in dict(agenda.matters(None, None, today(at))):
        raise Refused(UNKNOWN)
    village, rule = governing_body.area_id, law.in_force(governing_body.kind, asked_on, matter)
    roll = queries.roll(village, side, asked_on).count()
    rules.may_ask(governing_body, side, matter, roll, asked_on).or_raise()
    one = MeetingCall.objects.create(
        body=governing_body, side=side, title=title.strip(), words=words.strip(), matter=matter or "", asked_on=asked_on, roll=roll, needs=rule.must_sign(side, roll), by_township=rules.is_of_township(by, village), asked_at=at, asked_by_id=by.id,
    )  # fmt: skip
    journal.record(act="meeting_call.ask", subject=one, by=by, at=at, area_code=village, roll=roll, needs=one.needs)
    return one


@act(CALLS, "call_sign", at="sign", words=_("录签名"), done=_("已录。"), **WRITES, may=rules.can_sign, rank=5, lines={"meeting_call.sign": _("录签名"), "meeting_call.bind": _("联名人数够了,应当召集")})
def sign_call(meeting_call, *, by, at, name: Name, sheet: Annotated[int, Asked(_("名单第几张"), least=1, most=999, initial=1)] = 1, last4: Last4 = ""):  # fmt: skip
    """Write down one signature of the list (录签名): somebody of the roll of its day, once. With the last that was missing, the meeting must be called."""
    call = meeting_call
    person = queries.signer(call, name, last4 or "")
    if queries.signature_of(call, person):
        raise Refused(rules.SIGNED)
    if call.lacks > 1 and not MeetingCall.objects.filter(pk=call.pk, version=call.version).update(signed=call.signed + 1, version=call.version + 1):
        raise Conflict()
    try:
        with transaction.atomic():
            CallSignature(call=call, who=queries.who_of(call, person), sheet=sheet or 1, signed_at=at, signed_by_id=by.id).save(force_insert=True)
    except IntegrityError:
        raise Conflict(rules.SIGNED) from None
    if call.lacks == 1:
        _bind(call, by, at)
    else:
        journal.record(act="meeting_call.sign", subject=call, by=by, at=at, area_code=call.body.area_id)
    call.refresh_from_db()
    return call


@act(CALLS, "call_strike", at="strike", words=_("划掉录错的签名"), done=_("已划掉。"), **WRITES, may=rules.can_sign, aside=True, tone="danger", lines={"meeting_call.strike": _("划掉录错的签名")})
def strike_signature(meeting_call, *, by, at, name: Name, last4: Last4 = ""):
    """Take a signature off that was entered by mistake (划掉): another hand than entered it, with the paper list before it."""
    call = meeting_call
    row = queries.signature_of(call, queries.signer(call, name, last4 or ""))
    rules.may_strike(by, row, at).or_raise()
    if not MeetingCall.objects.filter(pk=call.pk, version=call.version).update(signed=call.signed - 1, version=call.version + 1):
        raise Conflict()
    CallSignature.objects.filter(pk=row.pk, struck_on=None).update(struck_on=today(at), struck_by=by.id)
    journal.record(act="meeting_call.strike", subject=call, by=by, at=at, area_code=call.body.area_id)
    call.refresh_from_db()
    return call


def _bind(call, by, at):
    """Enough have signed: the matter waits for the body's agenda, and the meeting is due."""
    day, source = today(at), ItemSource.VILLAGER if call.side == Side.ADULTS else ItemSource.REPRESENTATIVE
    item = AgendaItem(
        body=call.body, source=source, kind=ItemKind.MAJOR, title=call.title, words=call.words, matter=call.matter, proposed_on=day, proposed_at=at, proposed_by_id=by.id,
    )  # fmt: skip
    item.save(force_insert=True)
    journal.record(act="agenda_item.propose", subject=item, by=by, at=at, area_code=call.body.area_id)
    call.signed, call.item, call.bound_on = call.signed + 1, item, day
    call.due_on = law.in_force(call.body.kind, call.asked_on, call.matter).due_on(day)
    journal.move(call, CALL, "bind", by=by, at=at, saving=["signed", "item", "bound_on", "due_on"], area_code=call.body.area_id, signed=call.signed, needs=call.needs)


@act(CALLS, "call_meet", at="meet", words=_("登记已经召集"), done=_("已登记。"), **KEEPS, may=rules.can_meet, rank=5, lines={"meeting_call.meet": _("按联名召集了会议")})
def meet_call(meeting_call, *, by, at, meeting: Annotated[Meeting, Asked(_("哪次会议"), _("这件事列入了议程、开成了、会议记录签了字的。"), among=queries.met_by, within=_("只有把这件事列入议程、开成了、会议记录签了字的会议才算召集。"))]):
    """Say by which meeting a call was met (已经召集): one of that body, held and signed, that had the matter on its agenda."""
    meeting_call.meeting, meeting_call.met_on = meeting, meeting.day
    journal.move(meeting_call, CALL, "meet", by=by, at=at, saving=["meeting", "met_on"], area_code=meeting_call.body.area_id)
    return meeting_call


@act(CALLS, "call_withdraw", at="withdraw", words=_("撤回这份名单"), done=_("已撤回,记录留着,不再催。"), **WRITES, may=rules.can_withdraw, aside=True, rank=90, tone="danger",
     lines={"meeting_call.withdraw": _("联名要求开会撤回"), "agenda_item.withdraw": _("议题随联名撤回")})  # fmt: skip
def withdraw_call(
    meeting_call, *, by, at,
    reason: Annotated[Withdrawal, Asked(_("为什么撤回"), _("提出的人要撤回的,凭他们写的字据,字据和名单一起存好。别的原因不能撤回。"))],
    wish_on: Annotated[date | None, Asked(_("撤回字据的日期"), _("提出的人要求撤回的才填;乡镇登记的、人数够了的必填。"), needed=rules.asks_wish)] = None,
    wish_signed: Annotated[int | None, Asked(_("字据上几人签名"), _("只数人数,不写姓名。"), least=1, most=99999, needed=rules.asks_wish)] = None,
):  # fmt: skip
    """Withdraw a call (撤回): by its bringers' word, or because it was written down by mistake. It stays as a row; its matter waits for no meeting any more."""
    rules.may_ask_back(meeting_call, reason, wish_on, wish_signed, today(at)).or_raise()
    if meeting_call.item_id:
        meeting_call.item = item = AgendaItem.objects.select_for_update(of=("self",), no_key=True).get(pk=meeting_call.item_id)
        journal.move(item, AGENDA, "withdraw", by=by, at=at, area_code=meeting_call.body.area_id)
    meeting_call.withdrawn_on, meeting_call.reason, meeting_call.withdrawn_by_id = today(at), reason, by.id
    meeting_call.wish_on, meeting_call.wish_signed = wish_on, wish_signed
    journal.move(meeting_call, CALL, "withdraw", by=by, at=at, saving=["withdrawn_on", "reason", "withdrawn_by_id", "wish_on", "wish_signed"], area_code=meeting_call.body.area_id, reason=reason)
    return meeting_call
