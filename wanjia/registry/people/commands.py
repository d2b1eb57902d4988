"""The acts on people: update, absences, parents, care, reviews; the opening of what is protected."""

from datetime import date
from typing import Annotated, Any

from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.calendar import today
from wanjia.orgs.duties import Duty as OrgsDuty
from wanjia.policy import special_groups
from wanjia.registry.duties import Duty
from wanjia.verdict import Conflict, Refused

from .. import permits
from ..fact_forms import ONE_BY_ONE, TODAY, FactsForm, ReasonForm, facts_of
from ..finding import by_number
from ..following.commands import people_changed
from ..lookups.commands import count_phone
from ..models import Absence, CareEntrustment, GroupReview, Parentage, Person
from . import forms, pages, rules
from .children import groups_of
from .facts import assign, check_days, checked
from .subjects import ABSENCES, CHILDREN, FILES, PEOPLE

ONE_DOOR = "children: the one door to a child is the page of the file (ADR 50)"

@act(
    PEOPLE, "person_edit", at="edit", words=_("更新个人情况"), done=_("已更新。"), duty=Duty.KEEP_REGISTER, may=rules.can_keep, call=None,
    page=False, because="a child's form is read as its file is: views.person_edit; " + ONE_BY_ONE, form=FactsForm, given=pages.asked_of_person,
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
        people_changed([person.pk], by=by, at=at)
    return person


@act(
    PEOPLE, "absence_new", at="absences/new", words=_("登记外出"), done=_("已登记。家里有孩子的,留守情况会随之重新推算。"), duty=Duty.KEEP_REGISTER,
    may=rules.can_keep, call=None, because=ONE_BY_ONE, lines={"absence.record": _("登记外出")},
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
    check_days(from_on, to_on, at)
    if to_on is None and Absence.objects.filter(person=person, to_on=None).exists():
        raise Refused(_("此人已有一条未返回的外出记录,请先登记返回。"))
    return _leave(person, place.strip(), for_work, from_on, to_on, source, by=by, at=at)


def _leave(person, place, for_work, from_on, to_on, source, *, by, at):
    absence = Absence.objects.create(
        person=person, place=place, for_work=for_work, from_on=from_on, to_on=to_on, source=source, recorded_at=at,
        recorded_by=by if by.id else None,
    )  # fmt: skip
    journal.record(act="absence.record", subject=person, by=by, at=at, area_code=person.village_id or "", absence=absence.pk)
    people_changed([person.pk], by=by, at=at)
    return absence


def note_away(person, *, place, from_on, source, by, at):
    """Write within another act that somebody went away for work. Somebody who is away for work already is; another absence ends that day."""
    running = Absence.objects.filter(person=person, to_on=None).first()
    if running is not None and running.for_work:
        return running
    if running is not None:
        note_back(running, on=max(from_on, running.from_on or from_on), by=by, at=at)
    return _leave(person, place[:80], True, from_on, None, source[:60], by=by, at=at)


@act(
    ABSENCES, "absence_end", at="end", words=_("登记返回"), done=_("已登记返回。"), duty=Duty.KEEP_REGISTER, may=rules.can_keep_absence, call=None,
    because=ONE_BY_ONE, lines={"absence.end": _("登记返乡")},
)  # fmt: skip
def record_return(absence, *, on: Annotated[date, Asked(_("哪天回来的"), **TODAY)], by, at):
    """Record that somebody came back on a day; left-behind status, being derived, follows by itself."""
    check_days(absence.from_on, on, at)
    return note_back(absence, on=on, by=by, at=at)


def note_back(absence, *, on, by, at):
    """Write within another act that somebody came back on a day. Raises Conflict when somebody was quicker."""
    person = absence.person
    absence.to_on = on
    if not Absence.objects.filter(pk=absence.pk, to_on=None).update(to_on=on):
        raise Conflict()
    journal.record(act="absence.end", subject=person, by=by, at=at, area_code=person.village_id or "", absence=absence.pk)
    people_changed([person.pk], by=by, at=at)
    return absence


@act(
    PEOPLE, "at_home", words=_("登记在家"), done=_("已登记在家。家里有孩子的,留守情况会随之重新推算。"), duty=Duty.KEEP_REGISTER, may=rules.can_keep,
    call=None, because=ONE_BY_ONE, lines={"person.at_home": _("登记在家")},
)  # fmt: skip
def say_at_home(person, *, on: Annotated[date, Asked(_("哪天在家"), _("见到本人,或家里人、邻居说的日子。"), **TODAY)], by, at):
    """Record that somebody was at home on a day (登记在家): nobody counts as at home whom nobody said to be there."""
    check_days(None, on, at)
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
def name_parent(
    child, *, line, by, at, parent_id=None,
    known_name: Annotated[str, Asked(_("不在册的,填姓名"))] = "",
    phone: Annotated[str, Asked(_("联系电话"), most=20, attrs={"inputmode": "tel", "autocomplete": "off"})] = "",
):  # fmt: skip
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
    call=None, because=ONE_DOOR, lines={"care.entrust": _("登记委托照护")},
)  # fmt: skip
def entrust_care(
    child, *, by, at,
    carer_name: Annotated[str, Asked(_("照护人姓名"))],
    from_on: Annotated[date, Asked(_("从哪天起"), **TODAY)],
    carer_id=None,
    **facts: Annotated[Any, facts_of(CareEntrustment, *forms.CARE)],
):  # fmt: skip
    """Record who looks after a child from a day (委托照护, 未成年人保护法 21–23); the care before it ends that day.

    facts: columns of CareEntrustment. Under-16s may not live alone, so there is no way to record "nobody": that is a red flag.
    """
    if not child.is_minor_on(today(at)):
        raise Refused(_("只有未满 18 周岁的孩子才登记照护人。"))
    carer = rules.person_for(by, carer_id) if carer_id else None
    if carer is not None and carer.age_on(today(at)) is not None and carer.age_on(today(at)) < 18:
        raise Refused(_("照护人必须是成年人(未成年人保护法第二十二条)。"))
    check_days(from_on, None, at)
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
    PEOPLE, "person_reveal", at="reveal", words=_("查看敏感信息"), duty=OrgsDuty.REVEAL, may=rules.can_reveal_person, reads=True, call=None,
    form=ReasonForm, then=pages.sealed_shown, instead=pages.only_grown_up, because="a sealed value is shown to a person who gives a reason, never to a program",
    lines={"person.reveal": _("查看人员敏感信息")},
)  # fmt: skip
def reveal_person(person, *, reason, by, at):
    """Journal that the actor sees what is sealed of an adult, and why; returns the person. The page shows it once."""
    rules.says_why(reason).or_raise()
    journal.record_reading(
        act="person.reveal", subject=person, by=by, at=at, reason=reason.strip(), area_code=person.village_id,
        fields=["citizen_id", "phone", "health"],
    )  # fmt: skip
    count_phone(by, at)
    return person


@act(
    FILES, "child_file", words=_("打开儿童档案"), duty=Duty.OPEN_CHILD_FILES, may=rules.can_open_child, reads=True, page=False, call=None,
    because="a file stays open for one sitting: views.child_file; " + ONE_DOOR, lines={"child.open_file": _("打开儿童档案")},
)  # fmt: skip
def open_child_file(child, *, reason, by, at):
    """Journal that the actor opens a child's file, and why (未成年人网络保护条例 36); returns the child. The page follows."""
    rules.says_why(reason).or_raise()
    post = permits.post_for(by, child.village_id)
    journal.record_reading(act="child.open_file", subject=child, by=by, at=at, reason=reason.strip(), area_code=child.village_id, post=post and post.pk)
    return child
