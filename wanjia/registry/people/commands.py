"""The acts on people: update, statuses, absences, parents, care, reviews; the opening of what is protected."""

from datetime import date
from typing import Annotated

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.calendar import today
from wanjia.orgs.duties import Duty
from wanjia.policy import special_groups, statuses
from wanjia.verdict import Conflict, Refused

from ..households.rules import can_keep as can_keep_home
from ..households.rules import can_keep_status
from ..models import Absence, CareEntrustment, DatedStatus, GroupReview, Household, Parentage, Person
from ..subjects import ABSENCES, CHILDREN, FILES, HOMES, PEOPLE, STATUSES
from . import forms, pages, rules
from .children import groups_of
from .facts import assign, checked
from .queries import by_number

ONE_BY_ONE = "the register is judged line by line at a screen; other systems bring theirs as a workbook, /api/uploads"
ONE_DOOR = "children: the one door to a child is the page of the file (ADR 50)"
TODAY = {"initial": lambda _row, _actor, day: day}
FAULTS = {
    "no_version": _("这一天没有这个类别的有效口径。例如“监测对象”只到 2025 年底,2026 年起用“防止返贫致贫对象”。"),
    "no_code": _("这个类别里没有这一项,请重新选择。"),
    "grade_missing": _("请选择等级。"),
    "no_grade": _("这一项没有这个等级。"),
}


@act(
    PEOPLE, "person_edit", at="edit", words=_("更新个人情况"), done=_("已更新。"), duty=Duty.KEEP_REGISTER, may=rules.can_keep, page=False, call=None,
    because="a child's facts are filled in only while its file is open: views.edit; " + ONE_BY_ONE, form=forms.PersonFacts, given=pages.asked_of_person,
    lines={"person.update": _("更新人员")},
)  # fmt: skip
def update_person(person, *, version, by, at, **facts):
    """Write what was told about a person. Raises Conflict when somebody was quicker; nothing changed: nothing is written."""
    facts = checked(facts, today(at))
    bearer = by_number(facts.get("citizen_id"))
    if bearer is not None and bearer.pk != person.pk:
        raise Refused(_("这个身份证号已登记在另一个人名下。如果是同一个人,请到“疑似重复”里合并。"))
    changed = assign(person, facts)
    if changed:
        if not Person.objects.filter(pk=person.pk, version=version).update(version=version + 1):
            raise Conflict()
        person.version = version + 1
        person.save(update_fields=changed)
        fields = [name for name in changed if not name.endswith("_index")]
        journal.record(act="person.update", subject=person, by=by, at=at, area_code=person.village_id or "", fields=fields)
    return person


@act(
    PEOPLE, "status_new", at="statuses/new", words=_("登记情形"), done=_("已登记。"), duty=Duty.KEEP_REGISTER, may=rules.can_keep,
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
    _check_days(from_on, None, at)
    if from_on and to_on and to_on <= from_on:
        raise Refused(_("终止日期不能早于开始日期 %(day)s。") % {"day": from_on})
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
    STATUSES, "status_confirm", at="confirm", words=_("复核,仍然有效"), done=_("已复核,仍然有效。"), duty=Duty.KEEP_REGISTER, may=can_keep_status,
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
    STATUSES, "status_end", at="end", words=_("终止"), done=_("已终止,记录保留。"), duty=Duty.KEEP_REGISTER, may=can_keep_status, tone="danger",
    then=pages.to_holder, call=None, because=ONE_BY_ONE, lines={"status.end": _("终止身份状态")},
)  # fmt: skip
def end_status(
    status, *, by, at,
    on: Annotated[date, Asked(_("从哪天起不再是"), **TODAY)],
    reason: Annotated[str, Asked(_("原因"))],
):  # fmt: skip
    """End a status on a day, with the reason. The record stays."""
    _check_days(status.from_on, on, at)
    if not reason.strip():
        raise Refused(_("请写明终止的原因。"))
    status.to_on, status.end_reason = on, reason.strip()[:60]
    if not DatedStatus.objects.filter(Q(to_on=None) | Q(to_on__gt=today(at)), pk=status.pk).update(
        to_on=on, end_reason=status.end_reason
    ):
        raise Conflict()
    _note("status.end", status, _holder(status), by=by, at=at, scheme=status.scheme)
    return status


@act(
    PEOPLE, "absence_new", at="absences/new", words=_("登记外出"), done=_("已登记。家里有孩子的,留守情况会随之重新推算。"), duty=Duty.KEEP_REGISTER,
    may=rules.can_keep, then=pages.to_person, call=None, because=ONE_BY_ONE, lines={"absence.record": _("登记外出")},
)  # fmt: skip
def record_absence(
    person, *, by, at,
    place: Annotated[str, Asked(_("去哪里"), _("例如“浙江省宁波市”。"), most=80)],
    for_work: Annotated[bool, Asked(_("外出务工"))] = True,
    from_on: Annotated[date | None, Asked(_("哪天走的"))] = None,
    source: Annotated[str, Asked(_("听谁说的"), _("例如“本人电话”“入户走访”。"))] = "",
    to_on=None,
):  # fmt: skip
    """Record that somebody went away (外出): where, from when, by whose word."""
    if not place.strip():
        raise Refused(_("请填写去向,例如“浙江省宁波市”。"))
    _check_days(from_on, to_on, at)
    if to_on is None and Absence.objects.filter(person=person, to_on=None).exists():
        raise Refused(_("此人已有一条未返回的外出记录,请先登记返回。"))
    absence = Absence.objects.create(
        person=person, place=place.strip(), for_work=for_work, from_on=from_on, to_on=to_on, source=source, recorded_at=at,
        recorded_by=by if by.id else None,
    )  # fmt: skip
    journal.record(act="absence.record", subject=person, by=by, at=at, area_code=person.village_id or "", absence=absence.pk)
    return absence


@act(
    ABSENCES, "absence_end", at="end", words=_("登记返回"), done=_("已登记返回。"), duty=Duty.KEEP_REGISTER, may=rules.can_keep_absence, call=None,
    because=ONE_BY_ONE, lines={"absence.end": _("登记返乡")},
)  # fmt: skip
def record_return(absence, *, on: Annotated[date, Asked(_("哪天回来的"), **TODAY)], by, at):
    """Record that somebody came back on a day; left-behind status, being derived, follows by itself."""
    person = absence.person
    _check_days(absence.from_on, on, at)
    absence.to_on = on
    if not Absence.objects.filter(pk=absence.pk, to_on=None).update(to_on=on):
        raise Conflict()
    journal.record(act="absence.end", subject=person, by=by, at=at, area_code=person.village_id or "", absence=absence.pk)
    return absence


@act(
    PEOPLE, "at_home", words=_("登记在家"), done=_("已登记在家。家里有孩子的,留守情况会随之重新推算。"), duty=Duty.KEEP_REGISTER, may=rules.can_keep,
    call=None, because=ONE_BY_ONE, lines={"person.at_home": _("登记在家")},
)  # fmt: skip
def say_at_home(person, *, on: Annotated[date, Asked(_("哪天在家"), _("见到本人,或家里人、邻居说的日子。"), **TODAY)], by, at):
    """Record that somebody was at home on a day (登记在家): nobody counts as at home whom nobody said to be there."""
    _check_days(None, on, at)
    if Absence.objects.filter(person=person, to_on=None).exists():
        raise Refused(_("此人有一条未返回的外出记录,请先登记返回。"))
    if person.home_on and person.home_on >= on:
        raise Refused(_("已经登记过 %(day)s 在家。") % {"day": person.home_on})
    Person.objects.filter(pk=person.pk).update(home_on=on)
    journal.record(act="person.at_home", subject=person, by=by, at=at, area_code=person.village_id or "", on=on)
    return person


@act(
    CHILDREN, "parent_name", words=_("登记父母"), done=_("已登记。"), duty=Duty.KEEP_REGISTER, may=rules.can_keep, page=False, call=None,
    because="its address says father or mother: views.name_parent; " + ONE_DOOR, form=forms.NameParent, lines={"parent.name": _("登记父母")},
)  # fmt: skip
def name_parent(child, *, line, by, at, parent_id=None, known_name="", phone=""):
    """Say who a child's father or mother is: a person of the register, or a name somebody knows. An earlier answer is kept."""
    parent = rules.person_for(by, parent_id) if parent_id else None
    if parent is None and not known_name.strip():
        raise Refused(_("请选择登记在册的人,或填写姓名。"))
    if parent is not None and parent.pk == child.pk:
        raise Refused(_("父母不能是孩子本人。"))
    if parent is not None and parent.birth_on and child.birth_on and parent.birth_on >= child.birth_on:
        raise Refused(_("父母的出生日期不能晚于孩子,请核对。"))
    Parentage.objects.filter(child=child, line=line, ended_on=None).update(ended_on=today(at))
    row = Parentage.objects.create(
        child=child, line=line, parent=parent, known_name=known_name.strip(), phone=phone, recorded_at=at,
        recorded_by=by if by.id else None,
    )  # fmt: skip
    journal.record(act="parent.name", subject=child, by=by, at=at, area_code=child.village_id or "", line=line)
    return row


@act(
    CHILDREN, "care_new", at="care/new", words=_("登记照护人"), done=_("已登记照护人。"), duty=Duty.KEEP_REGISTER, may=rules.can_keep,
    form=forms.EntrustCare, then=pages.to_person, call=None, because=ONE_DOOR, lines={"care.entrust": _("登记委托照护")},
)  # fmt: skip
def entrust_care(child, *, carer_name, by, at, from_on, carer_id=None, **facts):
    """Record who looks after a child from a day (委托照护, 未成年人保护法 21–23); the care before it ends that day.

    facts: columns of CareEntrustment. Under-16s may not live alone, so there is no way to record "nobody": that is a red flag.
    """
    if not child.is_minor_on(today(at)):
        raise Refused(_("只有未满 18 周岁的孩子才登记照护人。"))
    carer = rules.person_for(by, carer_id) if carer_id else None
    if carer is not None and carer.age_on(today(at)) is not None and carer.age_on(today(at)) < 18:
        raise Refused(_("照护人必须是成年人(未成年人保护法第二十二条)。"))
    _check_days(from_on, None, at)
    earlier = CareEntrustment.objects.filter(child=child, to_on=None).first()
    if earlier and earlier.from_on > from_on:
        raise Refused(_("新的照护开始日期不能早于现有照护的开始日期 %(day)s。") % {"day": earlier.from_on})
    CareEntrustment.objects.filter(child=child, to_on=None).update(to_on=from_on, end_reason=_("更换照护人"))
    care = CareEntrustment.objects.create(
        child=child, carer=carer, carer_name=carer_name.strip() or (carer.name if carer else ""), from_on=from_on, recorded_at=at,
        recorded_by=by if by.id else None, **facts,
    )  # fmt: skip
    journal.record(act="care.entrust", subject=child, by=by, at=at, area_code=child.village_id or "", care=care.pk)
    return care


@act(
    FILES, "groups_review", at="review", words=_("复核类别"), done=_("已复核。"), duty=Duty.KEEP_REGISTER, may=rules.can_keep, call=None,
    because=ONE_DOOR, lines={"child.review_groups": _("核对特殊群体")},
)  # fmt: skip
def review_groups(
    child, *, by, at,
    agreed: Annotated[bool, Asked(_("与实际相符"))],
    note: Annotated[str, Asked(_("不符的话,哪里不对"), most=300)] = "",
):  # fmt: skip
    """Stand by what is derived about a child today, or say that an input is wrong; sets the day of the next review."""
    if not agreed and not note.strip():
        raise Refused(_("与实际不符时,请写明哪一条情况不对,并去更正。"))
    day = today(at)
    decisions = [one for one in groups_of(child, day) if one.holds is not False]
    if not decisions:
        raise Refused(_("目前没有推算出需要复核的类别。"))
    due = special_groups.review_due(child.birth_on, day)
    rows = [
        GroupReview(
            child=child, group=one.group, definition=special_groups.edition_on(day), held=one.holds, agreed=agreed, note=note.strip(),
            on=day, next_on=due, recorded_at=at, recorded_by=by if by.id else None,
        )
        for one in decisions
    ]  # fmt: skip
    GroupReview.objects.bulk_create(rows)
    journal.record(act="child.review_groups", subject=child, by=by, at=at, area_code=child.village_id or "", agreed=agreed)
    return child


@act(
    PEOPLE, "person_reveal", at="reveal", words=_("查看敏感信息"), duty=Duty.REVEAL, may=rules.can_reveal_person, reads=True, page=False, call=None,
    form=forms.ReasonForm, then=pages.sealed_shown, because="whoever turns out to be a child is led to its file: views.reveal; never to a program",
    lines={"person.reveal": _("查看人员敏感信息")},
)  # fmt: skip
def reveal_person(person, *, reason, by, at):
    """Journal that the actor sees what is sealed of an adult, and why; returns the person. The page shows it once."""
    rules.says_why(reason).or_raise()
    journal.record_reading(
        act="person.reveal", subject=person, by=by, at=at, reason=reason.strip(), area_code=person.village_id,
        fields=["citizen_id", "phone", "health"],
    )  # fmt: skip
    return person


@act(
    FILES, "child_file", words=_("打开儿童档案"), duty=Duty.OPEN_CHILD_FILES, may=rules.can_open_child, reads=True, page=False, call=None,
    because="a file stays open for one sitting: views.child_file; " + ONE_DOOR, lines={"child.open_file": _("打开儿童档案")},
)  # fmt: skip
def open_child_file(child, *, reason, by, at):
    """Journal that the actor opens a child's file, and why (未成年人网络保护条例 36); returns the child. The page follows."""
    rules.says_why(reason).or_raise()
    journal.record_reading(act="child.open_file", subject=child, by=by, at=at, reason=reason.strip(), area_code=child.village_id)
    return child


def _holder(status):
    return {"person": status.person} if status.person_id else {"household": status.household}


def _check_days(from_on, to_on, at):
    if (from_on and from_on > today(at)) or (to_on and to_on > today(at)):
        raise Refused(_("日期不能晚于今天。"))
    if from_on and to_on and to_on < from_on:
        raise Refused(_("终止日期不能早于开始日期 %(day)s。") % {"day": from_on})


def _note(act, status, holder, *, by, at, **detail):
    (subject,) = holder.values()
    area = subject.village_id if isinstance(subject, Household) else subject.village_id or ""
    journal.record(act=act, subject=subject, by=by, at=at, area_code=area, status=status.pk, **detail)
