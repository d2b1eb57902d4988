"""The acts on statuses: of a person, of a home; looked at again, ended. The record stays."""

from datetime import date
from typing import Annotated

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.calendar import today
from wanjia.policy import statuses
from wanjia.policy.aid import is_aid
from wanjia.registry.duties import Duty
from wanjia.verdict import Conflict, Refused

from ..fact_forms import ONE_BY_ONE, TODAY
from ..following.commands import homes_changed, people_changed
from ..households.rules import can_keep as can_keep_home
from ..households.subjects import HOMES
from ..models import DatedStatus, Household
from ..people.facts import check_days
from ..people.rules import can_keep
from ..people.subjects import PEOPLE
from . import forms, pages, rules
from .subjects import STATUSES

FAULTS = {
    "no_version": _("这一天没有这个类别的有效口径。例如“监测对象”只到 2025 年底,2026 年起用“防止返贫致贫对象”。"),
    "no_code": _("这个类别里没有这一项,请重新选择。"),
    "grade_missing": _("请选择等级。"),
    "no_grade": _("这一项没有这个等级。"),
}


@act(
    PEOPLE, "status_new", at="statuses/new", words=_("登记情形"), done=_("已登记。"), duty=Duty.KEEP_REGISTER, may=can_keep,
    form=forms.RecordStatus, then=pages.to_holder, call=None, because=ONE_BY_ONE, lines={"status.record": _("登记身份状态")},
)  # fmt: skip
def record_status(person, *, by, at, **told):
    """Record that a person holds a status from a day (on), with its evidence; told: see _record."""
    return _record({"person": person}, by=by, at=at, **told)


@act(
    HOMES, "household_status_new", at="statuses/new", words=_("登记家庭身份"), done=_("已登记。"), duty=Duty.KEEP_REGISTER, may=can_keep_home,
    form=forms.RecordStatus, then=pages.to_holder, call=None, because=ONE_BY_ONE,
)  # fmt: skip
def record_home_status(household, *, by, at, **told):
    """Record that a home holds a status from a day (on), with its evidence; told: see _record."""
    return _record({"household": household}, by=by, at=at, **told)


def _record(holder, *, scheme, code, by, at, grade="", evidence="", from_on=None, to_on=None, source=""):
    """Keep a status of a holder ({"person": …} or {"household": …}); the scheme's version is kept with it."""
    known, (kind,) = statuses.schemes().get(scheme), holder
    if known is None or known.holder != kind:
        raise Refused(_("没有这个类别,或它不适用于%(who)s。") % {"who": _("个人") if kind == "person" else _("家庭")})
    fault = known.fault(code, grade, from_on, today(at))
    if fault:
        raise Refused(str(FAULTS[fault]))
    check_days(from_on, None, at)
    if from_on and to_on and to_on <= from_on:
        raise Refused(_("终止日期不能早于开始日期 %(day)s。") % {"day": from_on})
    if to_on and to_on > today(at) and is_aid(scheme, code, today(at)):
        raise Refused(_("发钱的救助不能登记时就定好停发的日子。到时还要听本人的意见,请把“到哪天止”留空。"))
    held = DatedStatus.objects.filter(scheme=scheme, code=code, to_on=None, **holder)
    if held.exists() and to_on is None:
        raise Refused(_("已经有一条同样的有效记录。情况有变时,请先终止原记录。"))
    version = known.version_for(from_on, today(at))
    status = DatedStatus.objects.create(
        scheme=scheme, scheme_version=version.name, code=code, grade=grade, evidence=evidence.strip(), source=source, from_on=from_on,
        to_on=to_on, review_on=version.review_after(today(at)), recorded_at=at, recorded_by=by if by.id else None, **holder,
    )  # fmt: skip
    _note("status.record", status, holder, by=by, at=at, scheme=scheme)
    return status


@act(
    STATUSES, "status_confirm", at="confirm", words=_("复核,仍然有效"), done=_("已复核,仍然有效。"), duty=Duty.KEEP_REGISTER, may=rules.can_keep_status,
    then=pages.to_holder, call=None, because=ONE_BY_ONE, lines={"status.confirm": _("核实身份状态")},
)  # fmt: skip
def confirm_status(status, *, by, at):
    """Note that a status was looked at again and still holds (复核); its next review is set by its scheme."""
    version = statuses.scheme(status.scheme).version_on(today(at))
    if version is None:
        raise Refused(str(FAULTS["no_version"]))
    status.review_on = version.review_after(today(at))
    DatedStatus.objects.filter(pk=status.pk).update(review_on=status.review_on)
    _note("status.confirm", status, _holder(status), by=by, at=at, scheme=status.scheme)
    return status


@act(
    STATUSES, "status_end", at="end", words=_("终止"), done=_("已终止,记录保留。"), duty=Duty.KEEP_REGISTER, may=rules.can_end_status, tone="danger",
    then=pages.to_holder, call=None, because=ONE_BY_ONE, lines={"status.end": _("终止身份状态")},
)  # fmt: skip
def end_status(
    status, *, by, at,
    on: Annotated[date, Asked(_("从哪天起不再是"), **TODAY)],
    reason: Annotated[str, Asked(_("原因"))],
):  # fmt: skip
    """End a status on a day, with the reason. The record stays."""
    check_days(status.from_on, on, at)
    if not reason.strip():
        raise Refused(_("请写明终止的原因。"))
    return close_status(status, on=on, reason=reason.strip(), by=by, at=at)


def close_status(status, *, on, reason, by, at):
    """End a status on a day, whoever decided it; for the acts of this room and of aid."""
    status.to_on, status.end_reason = on, reason[:60]
    if not DatedStatus.objects.filter(Q(to_on=None) | Q(to_on__gt=today(at)), pk=status.pk).update(
        to_on=on, end_reason=status.end_reason
    ):
        raise Conflict()
    _note("status.end", status, _holder(status), by=by, at=at, scheme=status.scheme)
    return status


def _holder(status):
    return {"person": status.person} if status.person_id else {"household": status.household}


def _note(act, status, holder, *, by, at, **detail):
    (subject,) = holder.values()
    if act != "status.confirm":
        tell = homes_changed if isinstance(subject, Household) else people_changed
        tell([subject.pk], by=by, at=at)
    area = subject.village_id if isinstance(subject, Household) else subject.village_id or ""
    journal.record(act=act, subject=subject, by=by, at=at, area_code=area, status=status.pk, **detail)
