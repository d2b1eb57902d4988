"""The acts of guarding: somebody enters, changes, leaves; what he holds; that a parent offered; hours in which somebody cannot come."""

from datetime import date
from typing import Annotated

from django.utils.translation import gettext_lazy as _

from wanjia.doors.clock import Weekday, clock, digits_of, time_of
from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.calendar import today
from wanjia.orgs.models import Organisation
from wanjia.sealing.fields import sealed
from wanjia.verdict import Conflict, Refused

from ..duties import Duty
from ..guard_states import Holds, Told
from ..models import Busy, Consent, Gate, Guard, Qualification, School
from ..plan_states import Party
from . import queries, rules
from .subjects import BUSY, CONSENTS, GUARDS

KEEPS = {"duty": Duty.KEEP_GUARDS}
BACKWARDS = _("结束要在开始以后。")
Days = Annotated[list[Weekday], Asked(_("星期几能来"), initial=lambda row, _actor, _day: list(row.weekdays) if row else list("12345"))]


def _area(guard):
    return guard.school.area_id if guard.school_id else guard.unit.area_id


@act(GUARDS, "guard_new", at="new", words=_("登记护学人员"), done=_("已登记。"), **KEEPS, may=rules.keeps, new=True, lines={"guard.enter": _("登记护学人员")})
def enter_guard(
    *, by, at,
    name: Annotated[str, Asked(_("姓名"), least=2, most=40)],
    party: Annotated[Party, Asked(_("哪一方"))],
    unit: Annotated[Organisation, Asked(_("单位"), _("家长填学校。"), among=queries.units, within=rules.ELSEWHERE)],
    from_on: Annotated[date, Asked(_("从哪天起"), initial=lambda _row, _actor, day: day)],
    weekdays: Days,
    school: Annotated[School | None, Asked(_("所在学校"), _("保安、教师、家长必填;民警填最近的学校,排班时按它算路程。"), among=queries.schools, within=rules.ELSEWHERE, none=_("没有"))] = None,
    phone: Annotated[str, Asked(_("手机号"), most=20)] = "",
    cap_week: Annotated[int | None, Asked(_("每周最多几岗"), _("比规定少才填。家长每周最多一岗。"), least=1, most=20)] = None,
    leads: Annotated[bool, Asked(_("带班领导"))] = False,
):  # fmt: skip
    """Enter somebody who stands at a gate (登记护学人员). A parent is entered by name and telephone alone: of which child, nobody asks."""
    if party != Party.POLICE and school is None:
        raise Refused(_("保安、教师、家长要填所在学校。"))
    one = Guard(
        name=name.strip(), party=party, unit=unit, school=school, phone=phone.strip(), weekdays=digits_of(weekdays), cap_week=cap_week, leads=leads, from_on=from_on,
    )  # fmt: skip
    rules.is_mine(by, one).or_raise()
    one.save(force_insert=True)
    journal.record(act="guard.enter", subject=one, by=by, at=at, area_code=_area(one), what=party)
    return one


@act(GUARDS, "guard_change", at="change", words=_("更新护学人员"), done=_("已更新,下一版排班起作用。"), **KEEPS, may=rules.can_keep, rank=40, lines={"guard.change": _("更新护学人员")})
def change_guard(
    guard, *, by, at,
    weekdays: Days,
    gate: Annotated[Gate | None, Asked(_("固定岗位"), _("定人定岗:排班先让他站这里。"), among=queries.gates_of, within=rules.ELSEWHERE, none=_("没有"), initial=lambda row, _actor, _day: row.gate_id)] = None,
    cap_week: Annotated[int | None, Asked(_("每周最多几岗"), least=1, most=20, initial=lambda row, _actor, _day: row.cap_week)] = None,
    phone: Annotated[str, Asked(_("手机号"), _("不改就空着。"), most=20)] = "",
    leads: Annotated[bool, Asked(_("带班领导"), initial=lambda row, _actor, _day: row.leads)] = False,
):  # fmt: skip
    """Change when a guard can come and where his place is (更新护学人员)."""
    before = {"weekdays": guard.weekdays, "cap_week": guard.cap_week, "gate": str(guard.gate_id or "")}
    values = {"weekdays": digits_of(weekdays), "gate": gate, "cap_week": cap_week, "leads": leads}
    if phone.strip():
        guard.phone = phone.strip()
        values["phone"] = sealed(guard, "phone")
    if not Guard.objects.filter(pk=guard.pk, version=guard.version).update(**values, version=guard.version + 1):
        raise Conflict()
    guard.refresh_from_db()
    journal.record(act="guard.change", subject=guard, by=by, at=at, area_code=_area(guard), was=before)
    return guard


@act(GUARDS, "guard_leave", at="leave", words=_("退出护学"), done=_("已记下。以后的岗由排班补。"), **KEEPS, may=rules.can_keep, aside=True, tone="danger", lines={"guard.leave": _("退出护学")})
def leave_guard(guard, *, by, at, reason: Annotated[str, Asked(_("原因"), least=2, most=60)]):
    """Let a guard go (退出护学), from today on: his telephone goes too. The slots that he held are told as uncovered."""
    day = max(today(at), guard.from_on)
    if not Guard.objects.filter(pk=guard.pk, version=guard.version).update(to_on=day, end_reason=reason.strip(), phone="", version=guard.version + 1):
        raise Conflict()
    guard.refresh_from_db()
    journal.record(act="guard.leave", subject=guard, by=by, at=at, area_code=_area(guard), reason=reason.strip())
    return guard


@act(GUARDS, "guard_qualify", at="qualify", words=_("登记资格"), done=_("已登记。"), **KEEPS, may=rules.can_keep, rank=20, lines={"guard.qualify": _("登记护学资格")})
def qualify_guard(
    guard, *, by, at,
    kind: Annotated[Holds, Asked(_("资格"))],
    from_on: Annotated[date, Asked(_("从哪天起"))],
    until_on: Annotated[date, Asked(_("哪天到期"), _("填第一天不再有效的日子。"))],
):  # fmt: skip
    """Write down what a guard holds or has passed, and when it ends (登记资格)."""
    if until_on <= from_on:
        raise Refused(BACKWARDS)
    Qualification.objects.create(guard=guard, kind=kind, from_on=from_on, until_on=until_on, recorded_at=at, recorded_by=by if by.id else None)
    journal.record(act="guard.qualify", subject=guard, by=by, at=at, area_code=_area(guard), what=kind, until_on=until_on)
    return guard


@act(GUARDS, "guard_consent", at="consent", words=_("登记家长同意"), done=_("已登记。"), **KEEPS, may=rules.can_consent, rank=10, lines={"guard.consent": _("家长自愿护学")})
def consent_guard(
    guard, *, by, at,
    way: Annotated[Told, Asked(_("怎么说的"))],
    from_on: Annotated[date, Asked(_("从哪天起"))],
    to_on: Annotated[date, Asked(_("到哪天为止"), _("填第一个不来的日子。"))],
):  # fmt: skip
    """Write down that a parent offers to come (家长同意): of his own will, at most once a week, and no longer than he says."""
    if to_on <= from_on:
        raise Refused(BACKWARDS)
    Consent.objects.create(guard=guard, way=way, from_on=from_on, to_on=to_on, recorded_at=at, recorded_by=by if by.id else None)
    journal.record(act="guard.consent", subject=guard, by=by, at=at, area_code=_area(guard), until_on=to_on)
    return guard


@act(CONSENTS, "consent_withdraw", at="withdraw", words=_("家长不再参加"), done=_("已记下,从今天起不再排他。"), **KEEPS, may=rules.can_withdraw, aside=True, tone="danger", lines={"guard.withdraw": _("家长不再护学")})
def withdraw_consent(consent, *, by, at):
    """Write down that a parent offers no longer (家长不再参加), from today on; no reason is asked."""
    if not Consent.objects.filter(pk=consent.pk, withdrawn_at=None).update(withdrawn_at=at, to_on=max(today(at), consent.from_on)):
        raise Conflict()
    consent.refresh_from_db()
    journal.record(act="guard.withdraw", subject=consent.guard, by=by, at=at, area_code=_area(consent.guard))
    return consent


@act(GUARDS, "guard_busy", at="busy", words=_("登记没空的时段"), done=_("已登记。"), **KEEPS, may=rules.can_keep, rank=30, lines={"guard.busy": _("登记没空的时段")})
def set_busy(
    guard, *, by, at,
    weekdays: Annotated[list[Weekday], Asked(_("星期几"))],
    starts: Annotated[str, Asked(_("几点开始"), field=clock, most=5, least=1)],
    ends: Annotated[str, Asked(_("几点结束"), field=clock, most=5, least=1)],
    from_on: Annotated[date, Asked(_("从哪天起"))],
):  # fmt: skip
    """Say in which hours of the week somebody cannot come (没空的时段): a teacher's own lessons."""
    begins, closes = time_of(starts), time_of(ends)
    if closes <= begins:
        raise Refused(BACKWARDS)
    Busy.objects.create(guard=guard, weekdays=digits_of(weekdays), starts=begins, ends=closes, from_on=from_on)
    journal.record(act="guard.busy", subject=guard, by=by, at=at, area_code=_area(guard))
    return guard


@act(BUSY, "busy_end", at="end", words=_("时段停用"), done=_("已停用。"), **KEEPS, may=rules.can_end, aside=True, tone="danger", lines={"guard.free": _("没空的时段停用")})
def end_busy(busy, *, by, at):
    """End hours in which somebody cannot come, from today on."""
    if not Busy.objects.filter(pk=busy.pk, version=busy.version).update(to_on=max(today(at), busy.from_on), version=busy.version + 1):
        raise Conflict()
    busy.refresh_from_db()
    journal.record(act="guard.free", subject=busy.guard, by=by, at=at, area_code=_area(busy.guard))
    return busy
