"""The acts on people: update, statuses, absences, parents, care, reviews; the opening of what is protected."""

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wanjia.kernel import journal
from wanjia.kernel.calendar import today
from wanjia.kernel.command import command
from wanjia.orgs.duties import Duty
from wanjia.policy import special_groups, statuses
from wanjia.verdict import Conflict, Refused

from ..households.rules import can_keep as can_keep_home
from ..households.rules import household_for
from ..models import Absence, CareEntrustment, DatedStatus, GroupReview, Household, Parentage, Person
from . import rules
from .children import groups_of
from .facts import assign, checked
from .queries import by_number

FAULTS = {
    "no_version": gettext_lazy("这一天没有这个类别的有效口径。例如“监测对象”只到 2025 年底,2026 年起用“防止返贫致贫对象”。"),
    "no_code": gettext_lazy("这个类别里没有这一项,请重新选择。"),
    "grade_missing": gettext_lazy("请选择等级。"),
    "no_grade": gettext_lazy("这一项没有这个等级。"),
}


@command("registry.update_person")
def update_person(*, person_id, version, by, at, **facts):
    """Write what was told about a person. Raises Conflict when somebody was quicker; nothing changed: nothing is written."""
    person = rules.person_for(by, person_id)
    rules.can_keep(by, person).or_raise()
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


@command("registry.record_status")
def record_status(
    *, scheme, code, by, at, person_id=None, household_id=None, grade="", evidence="", from_on=None, to_on=None, source=""
):
    """Record that a person or a home holds a status from a day (on), with its evidence; the scheme's version is kept with it."""
    holder = _holder(by, person_id, household_id)
    known = statuses.schemes().get(scheme)
    if known is None or known.holder != ("person" if person_id else "household"):
        raise Refused(_("没有这个类别,或它不适用于%(who)s。") % {"who": _("个人") if person_id else _("家庭")})
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


@command("registry.confirm_status")
def confirm_status(*, status_id, by, at):
    """Note that a status was looked at again and still holds (复核); its next review is set by its scheme."""
    status, holder = _status_for(by, status_id, today(at))
    version = statuses.scheme(status.scheme).version_on(today(at))
    if version is None:
        raise Refused(str(FAULTS["no_version"]))
    status.review_on = version.review_after(today(at))
    DatedStatus.objects.filter(pk=status.pk).update(review_on=status.review_on)
    _note("status.confirm", status, holder, by=by, at=at, scheme=status.scheme)
    return status


@command("registry.end_status")
def end_status(*, status_id, on, reason, by, at):
    """End a status on a day, with the reason. The record stays."""
    status, holder = _status_for(by, status_id, today(at))
    _check_days(status.from_on, on, at)
    if not reason.strip():
        raise Refused(_("请写明终止的原因。"))
    status.to_on, status.end_reason = on, reason.strip()[:60]
    if not DatedStatus.objects.filter(Q(to_on=None) | Q(to_on__gt=today(at)), pk=status.pk).update(
        to_on=on, end_reason=status.end_reason
    ):
        raise Conflict()
    _note("status.end", status, holder, by=by, at=at, scheme=status.scheme)
    return status


@command("registry.record_absence")
def record_absence(*, person_id, place, by, at, from_on=None, to_on=None, for_work=True, source=""):
    """Record that somebody went away (外出): where, from when, by whose word."""
    person = _kept(by, person_id)
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


@command("registry.record_return")
def record_return(*, absence_id, on, by, at):
    """Record that somebody came back on a day; left-behind status, being derived, follows by itself."""
    absence = Absence.objects.select_related("person").filter(pk=absence_id, to_on=None).first()
    if absence is None:
        raise Refused(_("没有这条外出记录,或已登记返回。"))
    person = _kept(by, absence.person_id)
    _check_days(absence.from_on, on, at)
    absence.to_on = on
    if not Absence.objects.filter(pk=absence.pk, to_on=None).update(to_on=on):
        raise Conflict()
    journal.record(act="absence.end", subject=person, by=by, at=at, area_code=person.village_id or "", absence=absence.pk)
    return absence


@command("registry.say_at_home")
def say_at_home(*, person_id, on, by, at):
    """Record that somebody was at home on a day (登记在家): nobody counts as at home whom nobody said to be there."""
    person = _kept(by, person_id)
    _check_days(None, on, at)
    if Absence.objects.filter(person=person, to_on=None).exists():
        raise Refused(_("此人有一条未返回的外出记录,请先登记返回。"))
    if person.home_on and person.home_on >= on:
        raise Refused(_("已经登记过 %(day)s 在家。") % {"day": person.home_on})
    Person.objects.filter(pk=person.pk).update(home_on=on)
    journal.record(act="person.at_home", subject=person, by=by, at=at, area_code=person.village_id or "", on=on)
    return person


@command("registry.name_parent")
def name_parent(*, child_id, line, by, at, parent_id=None, known_name="", phone=""):
    """Say who a child's father or mother is: a person of the register, or a name somebody knows. An earlier answer is kept."""
    child = _kept(by, child_id)
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


@command("registry.entrust_care")
def entrust_care(*, child_id, carer_name, by, at, from_on, carer_id=None, **facts):
    """Record who looks after a child from a day (委托照护, 未成年人保护法 21–23); the care before it ends that day.

    facts: columns of CareEntrustment. Under-16s may not live alone, so there is no way to record "nobody": that is a red flag.
    """
    child = _kept(by, child_id)
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


@command("registry.review_groups")
def review_groups(*, child_id, agreed, by, at, note=""):
    """Stand by what is derived about a child today, or say that an input is wrong; sets the day of the next review."""
    child = _kept(by, child_id)
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


@command("registry.reveal_person", reads=True)
def reveal_person(*, person_id, reason, by, at):
    """Journal that the actor sees what is sealed of an adult, and why; returns the person. The page shows it once."""
    person = rules.person_for(by, person_id, duty=Duty.REVEAL)
    rules.can_reveal_person(by, person, reason).or_raise()
    journal.record_reading(
        act="person.reveal", subject=person, by=by, at=at, reason=reason.strip(), area_code=person.village_id,
        fields=["citizen_id", "phone", "health"],
    )  # fmt: skip
    return person


@command("registry.open_child_file", reads=True)
def open_child_file(*, child_id, reason, by, at):
    """Journal that the actor opens a child's file, and why (未成年人网络保护条例 36); returns the child. The page follows."""
    child = rules.person_for(by, child_id, duty=Duty.OPEN_CHILD_FILES)
    rules.can_open_child(by, child, reason, today(at)).or_raise()
    journal.record_reading(act="child.open_file", subject=child, by=by, at=at, reason=reason.strip(), area_code=child.village_id)
    return child


def _kept(by, person_id):
    person = rules.person_for(by, person_id)
    rules.can_keep(by, person).or_raise()
    return person


def _holder(by, person_id, household_id):
    if (person_id is None) == (household_id is None):
        raise Refused(_("请说明是个人还是家庭的情况。"))
    if person_id:
        return {"person": _kept(by, person_id)}
    household = household_for(by, household_id)
    can_keep_home(by, household).or_raise()
    return {"household": household}


def _status_for(by, status_id, day):
    status = (
        DatedStatus.objects.select_related("person", "household").filter(Q(to_on=None) | Q(to_on__gt=day), pk=status_id).first()
    )
    if status is None:
        raise Refused(_("没有这条记录,或已经终止。"))
    return status, _holder(by, status.person_id, status.household_id)


def _check_days(from_on, to_on, at):
    if (from_on and from_on > today(at)) or (to_on and to_on > today(at)):
        raise Refused(_("日期不能晚于今天。"))
    if from_on and to_on and to_on < from_on:
        raise Refused(_("终止日期不能早于开始日期 %(day)s。") % {"day": from_on})


def _note(act, status, holder, *, by, at, **detail):
    (subject,) = holder.values()
    area = subject.village_id if isinstance(subject, Household) else subject.village_id or ""
    journal.record(act=act, subject=subject, by=by, at=at, area_code=area, status=status.pk, **detail)
