"""The acts of law in school: a lecturer entered and asked about, a vice-principal appointed, a lesson held or a reason why not, a term closed; the clock's round."""

from datetime import date
from typing import Annotated

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.calendar import today
from wanjia.kernel.command import command
from wanjia.orgs.models import Organisation
from wanjia.policy import law_lessons as policy
from wanjia.verdict import Conflict, Refused

from ..dating import is_recent
from ..duties import Duty
from ..guard_states import Told
from ..lesson_states import LESSONS as COUNTED
from ..lesson_states import Occasion, Organ, Topic
from ..models import (
    LawLesson,
    Lecturer,
    LessonAlarm,
    LessonClosing,
    LessonReason,
    PlannedLesson,
    RecordQuery,
    School,
    Term,
    VicePrincipal,
)
from ..states import Grade
from ..year.subjects import SCHOOLS, TERMS
from . import alarms, checks, pages, queries, rules
from .subjects import LECTURERS, LESSONS, VICES

KEEPS, TELLS = {"duty": Duty.KEEP_LAW}, {"duty": Duty.TELL_LESSONS}
SHOWN = 5  # silent schools that a refusal names


# Lecturers


@act(LECTURERS, "lecturer_new", at="new", words=_("登记普法讲师"), done=_("已登记。先做背景查询,再聘任。"), **KEEPS, may=rules.keeps, new=True, lines={"lecturer.enter": _("登记普法讲师")})
def enter_lecturer(
    *, by, at,
    name: Annotated[str, Asked(_("姓名"), least=2, most=40)],
    unit: Annotated[Organisation, Asked(_("单位"), among=queries.units, within=rules.OUT_OF_REACH)],
    organ: Annotated[Organ, Asked(_("哪一类机关"))],
    legal_since: Annotated[date, Asked(_("从事法治工作起"), _("不知道哪天的,写那年 1 月 1 日。"))],
    from_on: Annotated[date, Asked(_("从哪天起"), initial=lambda _row, _actor, day: day)],
    retired_on: Annotated[date | None, Asked(_("退休日"), _("在职的空着。"))] = None,
    born_on: Annotated[date | None, Asked(_("出生日期"), _("只有退休的要填:看年龄。"))] = None,
    phone: Annotated[str, Asked(_("手机号"), most=20)] = "",
    cap: Annotated[int | None, Asked(_("一学期最多几课"), _("他说了数才填。"), least=1, most=60)] = None,
):  # fmt: skip
    """Enter somebody who gives lessons of law (登记普法讲师). Of somebody retired the age is asked too, of nobody else."""
    rules.is_new(name.strip(), unit, today(at)).or_raise()
    born_on = _age_of(retired_on, born_on)
    one = Lecturer.objects.create(name=name.strip(), unit=unit, organ=organ, legal_since=legal_since, from_on=from_on, retired_on=retired_on, born_on=born_on, phone=phone.strip(), cap=cap)
    journal.record(act="lecturer.enter", subject=one, by=by, at=at, area_code=unit.area_id, what=organ)
    return one


def _age_of(retired_on, born_on):
    """Return the birth date that is kept: of the retired alone. Raises Refused where it is missing."""
    if retired_on is not None and born_on is None:
        raise Refused(_("退休的要填出生日期。"))
    return born_on if retired_on is not None else None


@act(LECTURERS, "lecturer_change", at="change", words=_("更新讲师"), done=_("已更新。"), **KEEPS, may=rules.can_keep, rank=40, lines={"lecturer.change": _("更新普法讲师")})
def change_lecturer(
    lecturer, *, by, at,
    retired_on: Annotated[date | None, Asked(_("退休日"), _("在职的空着。"), initial=lambda row, _actor, _day: row.retired_on)] = None,
    born_on: Annotated[date | None, Asked(_("出生日期"), _("只有退休的要填:看年龄。"), initial=lambda row, _actor, _day: row.born_on)] = None,
    cap: Annotated[int | None, Asked(_("一学期最多几课"), _("他说了数才填。"), least=1, most=60, initial=lambda row, _actor, _day: row.cap)] = None,
    phone: Annotated[str, Asked(_("手机号"), _("不改就空着。"), most=20)] = "",
):  # fmt: skip
    """Change what is known of a lecturer: that he retired, how many lessons he can give."""
    lecturer.retired_on, lecturer.born_on, lecturer.cap = retired_on, _age_of(retired_on, born_on), cap
    lecturer.phone = phone.strip() or lecturer.phone
    lecturer.version += 1
    lecturer.save()  # sealed: update() takes no open text; the row is locked
    journal.record(act="lecturer.change", subject=lecturer, by=by, at=at, area_code=lecturer.unit.area_id)
    return lecturer


@act(LECTURERS, "lecturer_query", at="query", words=_("登记背景查询"), done=_("已登记。"), **KEEPS, may=rules.can_keep, rank=10, lines={"lecturer.query": _("登记讲师背景查询")})
def query_lecturer(
    lecturer, *, by, at,
    asked_on: Annotated[date, Asked(_("哪天查的"), initial=lambda _row, _actor, day: day)],
    clear: Annotated[bool, Asked(_("结果"), _("有什么记录不写在这里。"), answers=(_("没有不宜接触未成年人的记录"), _("有,不能再进学校")))],
):  # fmt: skip
    """Write down that records were asked (背景查询, 未成年人保护法第六十二条). Where something stands against him, his terms of office end today."""
    if asked_on > today(at):
        raise Refused(_("查询日期不能在今天以后。"))
    RecordQuery.objects.create(lecturer=lecturer, asked_on=asked_on, clear=clear, recorded_at=at, recorded_by=by if by.id else None)
    ended = 0 if clear else _end_all(lecturer, _("背景查询不通过"), at)
    journal.record(act="lecturer.query", subject=lecturer, by=by, at=at, area_code=lecturer.unit.area_id, ended=ended)
    return lecturer


@act(LECTURERS, "lecturer_leave", at="leave", words=_("不再讲课"), done=_("已记下。他的聘期今天结束。"), **KEEPS, may=rules.can_keep, aside=True, tone="danger", lines={"lecturer.leave": _("普法讲师退出")})
def leave_lecturer(lecturer, *, by, at, reason: Annotated[str, Asked(_("原因"), least=2, most=60)]):
    """Let a lecturer go (不再讲课), from today on: his terms of office end, his telephone number goes."""
    lecturer.to_on, lecturer.end_reason, lecturer.phone = max(today(at), lecturer.from_on), reason.strip(), ""
    lecturer.version += 1
    lecturer.save()
    ended = _end_all(lecturer, reason.strip(), at)
    journal.record(act="lecturer.leave", subject=lecturer, by=by, at=at, area_code=lecturer.unit.area_id, reason=reason.strip(), ended=ended)
    return lecturer


def _end_all(lecturer, reason, at):
    """End the terms of office that hold today or later; one that has not begun ends on its first day; nobody comes to the lessons that were planned with him. Returns how many terms."""
    PlannedLesson.objects.filter(lecturer=lecturer, lesson=None, day__gte=today(at)).update(lecturer=None, day=None, version=F("version") + 1)
    rows = list(lecturer.terms.select_for_update().filter(to_on__gt=today(at)))
    for one in rows:
        one.to_on, one.end_reason, one.version = max(today(at), one.from_on), str(reason)[:60], one.version + 1
        one.save(update_fields=["to_on", "end_reason", "version"])
    _look(at, [one.school for one in rows])
    return len(rows)


# Vice-principals


@act(LECTURERS, "vice_appoint", at="appoint", words=_("聘为法治副校长"), done=_("已聘任。"), **KEEPS, may=rules.can_keep, rank=20, lines={"vice_principal.appoint": _("聘任法治副校长")})
def appoint_vice(
    lecturer, *, by, at,
    school: Annotated[School, Asked(_("哪所学校"), among=queries.schools, within=rules.NOT_MINE)],
    from_on: Annotated[date, Asked(_("聘期起"), initial=lambda _row, _actor, day: day)],
    to_on: Annotated[date, Asked(_("聘期止"), _("填第一天不再担任的日子。"))],
    letter: Annotated[str, Asked(_("聘书文号"), least=2, most=40)],
):  # fmt: skip
    """Appoint a lecturer vice-principal for law of a school (聘任法治副校长), where no rule of 教育部令第52号 stands against it."""
    School.objects.select_for_update(no_key=True).get(pk=school.pk)  # two people appoint at once: the second counts the first
    if (why := checks.against(lecturer, school, from_on, to_on, today(at))) is not None:
        raise Refused(why)
    try:
        with transaction.atomic():
            one = VicePrincipal.objects.create(lecturer=lecturer, school=school, from_on=from_on, to_on=to_on, letter=letter.strip(), appointed_at=at, appointed_by=by if by.id else None)
    except IntegrityError:
        raise Conflict(_("这次聘任已经登记过。")) from None
    _look(at, [school])
    journal.record(act="vice_principal.appoint", subject=one, by=by, at=at, area_code=school.area_id)
    return one


@act(VICES, "vice_end", at="end", words=_("提前结束聘期"), done=_("已结束。"), **KEEPS, may=rules.can_end, aside=True, tone="danger", lines={"vice_principal.end": _("提前结束法治副校长聘期")})
def end_vice(vice_principal, *, by, at, reason: Annotated[str, Asked(_("原因"), least=2, most=60)]):
    """End a term of office before its day, from today on; one that has not begun ends on its first day."""
    values = {"to_on": max(today(at), vice_principal.from_on), "end_reason": reason.strip(), "version": vice_principal.version + 1}
    if not VicePrincipal.objects.filter(pk=vice_principal.pk, version=vice_principal.version).update(**values):
        raise Conflict()
    vice_principal.refresh_from_db()
    _look(at, [vice_principal.school])
    journal.record(act="vice_principal.end", subject=vice_principal, by=by, at=at, area_code=vice_principal.school.area_id, reason=reason.strip())
    return vice_principal


# Lessons


@act(SCHOOLS, "lesson_new", at="lessons/new", words=_("登记法治课"), done=_("已登记。"), **TELLS, may=rules.can_tell, aside=True, then=pages.to_lesson, lines={"law_lesson.tell": _("登记法治课")})
def tell_lesson(
    school, *, by, at,
    day: Annotated[date, Asked(_("哪天上的"), initial=lambda _row, _actor, day: day)],
    occasion: Annotated[Occasion, Asked(_("场合"))],
    topic: Annotated[Topic, Asked(_("专题"), among=queries.topics, select=True)],
    grades: Annotated[list[Grade], Asked(_("年级"), among=lambda row, _actor, _day: [(one, Grade(one).label) for one in row.teaches()])],
    heard: Annotated[int, Asked(_("多少学生听"), _("只写人数,不写名字。"), least=1, most=9999)],
    way: Annotated[Told, Asked(_("怎么报来的"))],
    hours: Annotated[int, Asked(_("课时"), _("小手牵大手不算课时,填 0。"), least=0, most=8, initial=lambda _row, _actor, _day: 1)],
    lecturer: Annotated[Lecturer | None, Asked(_("谁讲"), among=queries.lecturers_for, named=queries.every_lecturer, select=True, shown=queries.words_of_lecturer, none=_("名册以外的人"),
                                             initial=queries.own_of)] = None,
    given_by: Annotated[str, Asked(_("名册以外的讲师"), _("写单位和职务,例如:派出所值班民警。"), most=60)] = "",
    slips: Annotated[int, Asked(_("带回家的单子发了几张"), least=0, most=9999)] = 0,
):  # fmt: skip
    """Write down a lesson of law that was held, or a take-home campaign (登记法治课): by whom, for which grades, of what. Children are a number."""
    facts = {"occasion": occasion, "topic": topic, "lecturer": lecturer, "given_by": given_by.strip(), "hours": hours, "heard": heard, "slips": int(slips or 0), "way": way}
    return keep_lesson(school, day, grades, facts, by=by, at=at)


def keep_lesson(school, day, grades, facts, *, by, at):
    """Keep a lesson that was held, whether it was planned or not; facts: fields of LawLesson. Raises Refused where it cannot have been, Conflict where it stands already."""
    occasion, lecturer = facts["occasion"], facts["lecturer"]
    if not school.from_on <= day <= today(at):
        raise Refused(_("上课的日子要在学校登记以后、今天以前。"))
    is_recent(day, policy.in_force(day).back_days, at).or_raise()
    if (lecturer is None) != bool(facts["given_by"]):
        raise Refused(_("谁讲的选一位,名册以外的写明,两样选一样。"))
    (checks.may_lecture(lecturer, school, day) if lecturer is not None else checks.is_a_stranger(facts["given_by"], school)).or_raise()
    if not grades or not {int(one) for one in grades} <= set(school.teaches()):
        raise Refused(_("选这所学校有的年级。"))
    if (occasion == Occasion.HAND) != (facts["hours"] == 0):
        raise Refused(_("小手牵大手不算课时,别的至少一课时。"))
    term = queries.term_of(school, day)
    if term is None and occasion in COUNTED:
        raise Refused(_("这一天不在学期里。"))
    facts = facts | {"grades": " ".join(map(str, sorted({int(one) for one in grades})))}
    try:
        with transaction.atomic():
            one = LawLesson.objects.create(school=school, term=term, day=day, recorded_at=at, recorded_by=by if by.id else None, **facts)
    except IntegrityError:
        raise Conflict(_("这一天这些年级的这一课已经登记过。")) from None
    _look(at, [school])
    journal.record(act="law_lesson.tell", subject=one, by=by, at=at, area_code=school.area_id, what=one.topic, hours=one.hours)
    return one


@act(LESSONS, "lesson_take_back", at="take-back", words=_("撤销登记"), done=_("已撤销,不再计数。"), **TELLS, may=rules.can_take_back, aside=True, tone="danger", lines={"law_lesson.take_back": _("撤销法治课登记")})
def take_back_lesson(law_lesson, *, by, at, reason: Annotated[str, Asked(_("原因"), least=2, most=60)]):
    """Take back a lesson that was written down by mistake: it stays as a line and counts no longer. Never of a term that is closed."""
    if law_lesson.term_id:
        Term.objects.select_for_update().get(pk=law_lesson.term_id)  # whoever closes the term meanwhile is waited for, and asked again
        rules.can_take_back(by, law_lesson).or_raise()
    values = {"taken_back_at": at, "taken_back_because": reason.strip(), "version": law_lesson.version + 1}
    if not LawLesson.objects.filter(pk=law_lesson.pk, version=law_lesson.version, taken_back_at=None).update(**values):
        raise Conflict()
    PlannedLesson.objects.filter(lesson=law_lesson).update(lesson=None, version=F("version") + 1)  # what the plan says is still to be held
    law_lesson.refresh_from_db()
    _look(at, [law_lesson.school])
    journal.record(act="law_lesson.take_back", subject=law_lesson, by=by, at=at, area_code=law_lesson.school.area_id, reason=reason.strip())
    return law_lesson


@act(LESSONS, "lesson_back", at="back", words=_("登记签回的单子"), done=_("已登记。"), **TELLS, may=rules.can_count_back, rank=10, lines={"law_lesson.back": _("登记签回的单子")})
def count_back(law_lesson, *, by, at, back: Annotated[int, Asked(_("家长签回几张"), least=0, most=9999, initial=lambda row, _actor, _day: row.back)]):
    """Say how many take-home slips came back signed (小手牵大手)."""
    if back > law_lesson.slips:
        raise Refused(_("签回的不会比发出的多。"))
    if not LawLesson.objects.filter(pk=law_lesson.pk, version=law_lesson.version).update(back=back, version=law_lesson.version + 1):
        raise Conflict()
    before = law_lesson.back
    law_lesson.refresh_from_db()
    journal.record(act="law_lesson.back", subject=law_lesson, by=by, at=at, area_code=law_lesson.school.area_id, was=before, back=back)
    return law_lesson


@act(SCHOOLS, "lesson_reason", at="lessons/reason", words=_("写明未上法治课的原因"), done=_("已写明。"), **TELLS, may=rules.can_tell, aside=True, then=pages.to_law, lines={"law_lesson.reason": _("写明未上法治课的原因")})
def write_reason(
    school, *, by, at,
    term: Annotated[Term, Asked(_("哪个学期"), among=queries.terms_of, within=_("这所学校没有这个学期。"), select=True)],
    words: Annotated[str, Asked(_("原因"), least=5, most=200, rows=3)],
    makes_up_on: Annotated[date | None, Asked(_("打算哪天补上"))] = None,
):  # fmt: skip
    """Write down why a school had no lesson of law in a term (未上法治课说明): once, and only where there was none."""
    if queries.held().filter(school=school, term=term).exists():
        raise Refused(_("这学期已经登记了法治课,不用写原因。"))
    try:
        with transaction.atomic():
            one = LessonReason.objects.create(school=school, term=term, words=words.strip(), makes_up_on=makes_up_on, written_at=at, written_by=by if by.id else None)
    except IntegrityError:
        raise Conflict(_("这学期的原因已经写过。")) from None
    _look(at, [school])
    journal.record(act="law_lesson.reason", subject=one, by=by, at=at, area_code=school.area_id)
    return one


@act(TERMS, "lessons_close", at="lessons/close", words=_("法治课学期归档"), done=_("已归档:每所学校都有法治课,或者写明了原因。"), **KEEPS, may=rules.can_close, aside=True, then=pages.to_law, lines={"law_lesson.close": _("法治课学期归档")})
def close_term(term, *, by, at):
    """Close a term (学期归档): refused by name while a school is silent. The table keeps the sum."""
    owing = list(queries.with_term(queries.owing(term), term).select_related("unit").order_by("area_id", "pk"))
    quiet = [one.unit.name for one in owing if not one.has_lesson and not one.has_reason]
    if quiet:
        raise Refused(_("还有 %(n)s 所学校没有法治课,也没有写明原因:%(names)s。") % {"n": len(quiet), "names": "、".join(quiet[:SHOWN])})
    n = sum(one.has_lesson for one in owing)
    closing = LessonClosing.objects.create(term=term, schools=len(owing), held=n, reasons=len(owing) - n, closed_at=at, closed_by=by if by.id else None)
    journal.record(act="law_lesson.close", subject=term, by=by, at=at, area_code=term.area_id, schools=closing.schools, held=n)
    return term


# What is missing


def _look(at, schools=None):
    """Tell what is missing, and that what was missing is there: inside the transaction of the act that changed it, or of the clock's round. Returns how many are new."""
    new, settled = alarms.look(at, schools)
    LessonAlarm.objects.filter(pk__in=settled).update(settled_at=at)
    LessonAlarm.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)


@command("schools.look_for_lessons")
def look_for_lessons(*, by, at):
    """Look what is missing of law in school, and tell it (普法提醒): the clock's round. Returns how many are new."""
    rules.is_clock(by).or_raise()
    return _look(at)
