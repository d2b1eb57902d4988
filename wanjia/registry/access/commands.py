"""Ask for a child's file, decide on it, open it in an emergency, review that, end it; and each reading by such a leave."""

from datetime import date, timedelta
from typing import Annotated

from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.calendar import WorkingCalendar, day_start, today
from wanjia.orgs import scope
from wanjia.orgs.delivery.commands import tell
from wanjia.orgs.locks import hold
from wanjia.orgs.models import Area
from wanjia.policy import access as policy
from wanjia.registry.duties import Duty
from wanjia.verdict import Refused, first_refusal

from .. import permits
from ..models import AccessKind, FileAccess
from ..states import ACCESS, AccessState
from . import fields, pages, queries, rules
from .subjects import ACCESSES

AT_A_SCREEN = "children: whose file is read is asked, decided and answered for by people at a screen, never by a program (ADR 112)"
WHOSE_HELP = _("户编号,孩子的身份证号,村、乡镇:三项里填一项。")


@act(
    ACCESSES, "access_ask", at="new", words=_("申请查阅儿童档案"), done=_("已申请,批准以后会在“查阅儿童档案”里显示。"), duty=rules.ASKS, may=rules.can_ask, new=True,
    given=pages.looked_up, call=None, because=AT_A_SCREEN, lines={"access.ask": _("申请查阅儿童档案")},
)  # fmt: skip
def ask_access(
    *, by, at,
    home: Annotated[str, Asked(_("户编号"), WHOSE_HELP, most=20)] = "",
    number: Annotated[str, Asked(_("孩子的身份证号"), _("按号码查人会记入日志。"), most=18, attrs={"autocomplete": "off"})] = "",
    area: Annotated[Area | None, Asked(_("村、乡镇"), _("要看一个村、一所学校孩子的名单时填。"), field=fields.place)] = None,
    school: Annotated[str, Asked(_("学校"), _("只看那里一所学校的孩子时再填,写档案里登记的校名。"), most=60)] = "",
    purpose: Annotated[str, Asked(_("用途"), among=fields.purposes)],
    words: Annotated[str, Asked(_("为什么需要"), _("写事由,不写孩子的姓名和家里的隐私。"), rows=2, most=300, least=rules.SHORTEST)],
    until_on: Annotated[date, Asked(_("查到哪一天"), _("到期自动结束。"), initial=lambda _row, _actor, day: day + timedelta(days=7))],
):  # fmt: skip
    """Ask to read the files of a child, a home, a village or a school for a purpose until a day (申请查阅); another line decides."""
    rules.names_one(home, number, area, school).or_raise()
    rules.can_last(until_on, at).or_raise()
    if purpose not in policy.in_force(today(at)).purposes:
        raise Refused(_("请选择用途。"))
    whose = queries.whose(home, number, area, school)
    rules.is_beyond(by, child=whose.get("child"), household=whose.get("household")).or_raise()
    access = _made(AccessKind.ASKED, whose, purpose, words, by=by, at=at, until_at=day_start(until_on + timedelta(days=1)))
    journal.record(
        act="access.ask", subject=access, by=by, at=at, area_code=access.area_id, after=access.state, reason=access.words, purpose=purpose, until_on=until_on,
    )  # fmt: skip
    return access


@act(
    ACCESSES, "access_decide", at="decide", words=_("审批查阅"), done=pages.decided, duty=Duty.APPROVE_ACCESS, may=rules.can_decide, call=None, because=AT_A_SCREEN,
    lines={"access.grant": _("批准查阅儿童档案"), "access.refuse": _("没有批准查阅儿童档案")}, template="registry/access/decide.html", more=pages.facts,
)  # fmt: skip
def decide_access(
    access, *, by, at,
    agree: Annotated[bool, Asked(_("您的意见"), answers=(_("批准"), _("不批准")))],
    until_on: Annotated[date | None, Asked(_("准到哪一天"), _("可以比申请的早,不能更晚。不填按申请的办。"))] = None,
    words: Annotated[str, Asked(_("理由"), _("不批准的一定要写,申请人会看到。"), most=200)] = "",
):  # fmt: skip
    """Approve a reading, for a shorter time where that is enough, or refuse it with the reason (审批查阅)."""
    first_refusal((agree or len(words.strip()) >= 2, _("不批准的,请写一句理由,申请人会看到。"))).or_raise()
    access.decided_by, access.decided_at, access.decision_words = by, at, words.strip()
    saving = ["decided_by", "decided_at", "decision_words"]
    if agree:
        access.until_at = _shorter(access, until_on, at)
        access.from_at = at
        saving += ["until_at", "from_at"]
    journal.move(
        access, ACCESS, "grant" if agree else "refuse", by=by, at=at, saving=saving, reason=access.decision_words, area_code=access.area_id,
        asked_by=access.by.name, purpose=access.purpose, until_at=access.until_at,
    )  # fmt: skip
    return access


def _shorter(access, until_on, at):
    if until_on is None:
        return access.until_at
    asked = today(access.until_at - timedelta(seconds=1))
    if not today(at) <= until_on <= asked:
        raise Refused(_("准到的日期在今天和申请的 %(day)s 之间。") % {"day": asked})
    return day_start(until_on + timedelta(days=1))


@act(
    ACCESSES, "access_break", at="emergency", words=_("紧急查阅"), done=pages.broken, duty=rules.ASKS, may=rules.can_ask, new=True, tone="danger",
    given=pages.looked_up_urgently, call=None, because=AT_A_SCREEN, lines={"access.break": _("紧急查阅儿童档案")}, template="registry/access/break.html", more=pages.limits,
)  # fmt: skip
def break_glass(
    *, by, at,
    home: Annotated[str, Asked(_("户编号"), _("户编号、孩子的身份证号,两项里填一项。"), most=20)] = "",
    number: Annotated[str, Asked(_("孩子的身份证号"), _("按号码查人会记入日志。"), most=18, attrs={"autocomplete": "off"})] = "",
    words: Annotated[str, Asked(_("出了什么紧急的事"), _("至少 10 个字。写事由,不写孩子的姓名。"), rows=3, most=300)],
):  # fmt: skip
    """Open one child's or one home's files in an emergency (紧急查阅): for an hour, told at once, reviewed afterwards by another line."""
    day, now = today(at), policy.in_force(today(at))
    rules.says_why(words, day).or_raise()
    rules.names_one(home, number, None, "").or_raise()
    hold(f"access.break|{by.id}")  # those sent at once would all be judged before the first is counted
    rules.may_break(rules.broken_today(by, at), day).or_raise()
    whose = queries.whose(home, number, None, "")
    rules.is_beyond(by, child=whose.get("child"), household=whose.get("household")).or_raise()
    access = _made(
        AccessKind.EMERGENCY, whose, "", words, by=by, at=at, until_at=at + now.broken_for, from_at=at, state=AccessState.GRANTED,
        review_by_on=WorkingCalendar.load().add(day, now.review_days).on,
    )  # fmt: skip
    told = [post for post in (*permits.owners(access.area_id, day), *permits.supervisors(access.area_id, day)) if post.user_id != by.id]
    access.told.set({post.user_id for post in told})
    tell({post.organisation for post in told}, queries.TOLD, number="1", path=f"/access/{access.pk}/", key=f"access:{access.pk}", at=at)
    journal.record(
        act="access.break", subject=access, by=by, at=at, area_code=access.area_id, after=access.state, reason=access.words, until_at=access.until_at,
        review_by_on=access.review_by_on, told=len({post.user_id for post in told}),
    )  # fmt: skip
    return access


def _made(kind, whose, purpose, words, *, by, at, **facts):
    unit = scope.units(by, duty=rules.ASKS)[0]
    return FileAccess.objects.create(
        kind=kind, by=by, unit=unit, units=sorted(str(one.pk) for one in by.orgs), purpose=purpose, words=words.strip(), asked_at=at, **whose, **facts,
    )  # fmt: skip


@act(
    ACCESSES, "access_review", at="review", words=_("复核紧急查阅"), done=_("复核已记下。"), duty=Duty.APPROVE_ACCESS, may=rules.can_review, call=None,
    because=AT_A_SCREEN, lines={"access.review": _("复核紧急查阅")}, template="registry/access/decide.html", more=pages.facts,
)  # fmt: skip
def review_break(
    access, *, by, at,
    proper: Annotated[bool, Asked(_("这次紧急查阅"), answers=(_("确属必要"), _("不应当")))],
    words: Annotated[str, Asked(_("依据"), _("向谁核实的、有没有超出需要。"), rows=2, most=200, least=rules.SHORTEST)],
):  # fmt: skip
    """Say of an emergency, once, whether it was proper, and why (复核紧急查阅). One that was not, and still runs, ends."""
    access.proper, access.review_words, access.reviewed_by, access.reviewed_at = proper, words.strip(), by, at
    access.save(update_fields=["proper", "review_words", "reviewed_by", "reviewed_at"])
    journal.record(
        act="access.review", subject=access, by=by, at=at, area_code=access.area_id, reason=access.review_words, proper=proper,
        late=today(at) > access.review_by_on,
    )  # fmt: skip
    if not proper and access.state == AccessState.GRANTED and access.until_at > at:
        access.ended_at = at
        journal.move(access, ACCESS, "end", by=by, at=at, saving=["ended_at"], reason=access.review_words, area_code=access.area_id)
    return access


@act(
    ACCESSES, "access_end", at="end", words=_("结束查阅"), done=_("已结束,档案不再打开。"), duty=rules.OPENS, may=rules.can_end, aside=True,
    call=None, because=AT_A_SCREEN, lines={"access.end": _("结束查阅儿童档案")},
)  # fmt: skip
def end_access(access, *, by, at, reason: Annotated[str, Asked(_("原因"), most=200)] = ""):
    """End a leave before its time, or take a request back (结束查阅)."""
    access.ended_at = at
    journal.move(access, ACCESS, "end", by=by, at=at, saving=["ended_at"], reason=reason.strip(), area_code=access.area_id)
    return access


@act(
    ACCESSES, "access_read", words=_("凭批准打开儿童档案"), duty=rules.ASKS, may=rules.can_read, reads=True, page=False, button=False, call=None,
    because="its address names the child too: views.file_by_access; " + AT_A_SCREEN, lines={},
)  # fmt: skip
def read_by_access(access, *, child_id, by, at):
    """Journal that the actor reads a child's file by this leave (未成年人网络保护条例 36), before the page is sent; returns the child."""
    child = queries.child(child_id)
    rules.is_within(access, child).or_raise()
    reason = access.words if access.is_emergency else f"{access.purpose_words}:{access.words}"
    journal.record_reading(act="child.open_file", subject=child, by=by, at=at, reason=reason, area_code=child.village_id or "", access=access.pk, kind_of_access=access.kind)
    return child
