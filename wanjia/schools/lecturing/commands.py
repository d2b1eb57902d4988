"""The acts of a term's plan: it is worked, put in force, changed by hand; a planned lesson was held."""

from datetime import date, timedelta
from typing import Annotated

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.calendar import today
from wanjia.registry import bulk
from wanjia.solving.runs.commands import ask_plan
from wanjia.verdict import Conflict, Refused

from ..duties import Duty
from ..guard_states import Told
from ..lesson_states import Occasion, Topic
from ..lessons import checks
from ..lessons.commands import keep_lesson
from ..lessons.queries import every_lecturer, words_of_lecturer
from ..models import Lecturer, PlannedLesson
from ..states import Grade
from ..year.bells import Year
from ..year.subjects import TERMS
from . import drawing, pages, queries, rules
from .subjects import PLANNED_LESSONS


@act(TERMS, "lessons_draw", at="lessons/draw", words=_("排法治课学期计划"), done=_("已开始测算,算好以后看过再启用。"), duty=Duty.KEEP_LAW, may=rules.can_draw, aside=True, call=None,
     because="a plan is watched, judged and put in force on its page by people", then=pages.to_plan, lines={})  # fmt: skip
def draw_lessons(term, *, by, at, since: Annotated[date | None, Asked(_("从哪天起排"), _("空着就从明天起:以前的不动。"))] = None):
    """Have the lessons planned that schools are still owed in a term (排法治课学期计划), from a day on."""
    least = max(today(at) + timedelta(days=1), term.from_on)
    since = since or least
    if not least <= since < term.to_on:
        raise Refused(_("从哪天起要在学期里,而且不早于明天。"))
    return ask_plan(drawing.KIND, str(term.pk), term.area, settings={"since": since.isoformat()}, by=by, at=at)


def store(plan, posed, answer):
    """Write the rows of a version, inside the keeping of the plan."""
    bulk.insert(PlannedLesson, list(drawing.rows_of(plan, answer)))


def drop(plan):
    """Take a dropped version's rows away: nobody was told of them."""
    PlannedLesson.objects.filter(plan=plan).delete()


def swap(plan, before, *, by, at):
    """Let a version hold. Raises Refused where somebody whom it names left meanwhile, or may not be near children any more; what was held is a lesson, and stays one."""
    names = Lecturer.objects.filter(pk__in=PlannedLesson.objects.filter(plan=plan, lecturer__isnull=False).values("lecturer"))
    gone = [one.name for one in names if one.to_on is not None or not checks.is_cleared(one, today(at))]
    if gone:
        raise Refused(_("测算以后 %(names)s 不能讲课了。请重新测算一版。") % {"names": "、".join(gone[:5])})


@act(PLANNED_LESSONS, "planned_move", at="move", words=_("改计划"), done=_("已改。"), duty=Duty.KEEP_LAW, may=rules.can_move, rank=20, lines={"planned_lesson.move": _("改法治课计划")})
def move_planned(
    planned_lesson, *, by, at,
    day: Annotated[date, Asked(_("哪天上"), initial=lambda row, _actor, _day: row.day)],
    lecturer: Annotated[Lecturer, Asked(_("谁讲"), among=queries.lecturers_for, named=every_lecturer, select=True, shown=words_of_lecturer, initial=lambda row, _actor, _day: row.lecturer_id)],
    topic: Annotated[Topic, Asked(_("专题"), among=queries.topics, select=True, initial=lambda row, _actor, _day: row.topic)],
):  # fmt: skip
    """Change a planned lesson by hand: another day, another lecturer, another topic, where no rule stands against it."""
    told = Year([planned_lesson.school], day, day + timedelta(days=1)).day(planned_lesson.school, day)
    if day < today(at) or told is None or told.exam:
        raise Refused(_("这一天学校不上课、考试,或者已经过去。"))
    checks.may_lecture(lecturer, planned_lesson.school, day).or_raise()
    if PlannedLesson.objects.filter(plan=planned_lesson.plan, school=planned_lesson.school, topic=topic).exclude(pk=planned_lesson.pk).exists():
        raise Refused(_("这所学校的另一课已经排了这个专题。"))
    changed = PlannedLesson.objects.filter(pk=planned_lesson.pk, version=planned_lesson.version)
    try:
        with transaction.atomic():
            if not changed.update(day=day, lecturer=lecturer, topic=topic, version=planned_lesson.version + 1):
                raise Conflict()
    except IntegrityError:
        raise Refused(_("这位讲师那天已经排在别的学校。")) from None
    before = {"day": str(planned_lesson.day or ""), "lecturer": str(planned_lesson.lecturer_id or ""), "topic": planned_lesson.topic}
    planned_lesson.refresh_from_db()
    journal.record(act="planned_lesson.move", subject=planned_lesson, by=by, at=at, area_code=planned_lesson.school.area_id, was=before)
    return planned_lesson


@act(PLANNED_LESSONS, "planned_hold", at="hold", words=_("登记上过了"), done=_("已登记为法治课。"), duty=Duty.TELL_LESSONS, may=rules.can_hold, rank=10, then=pages.to_lesson, lines={"planned_lesson.hold": _("登记计划的法治课上过了")})
def hold_planned(
    planned_lesson, *, by, at,
    grades: Annotated[list[Grade], Asked(_("年级"), among=lambda row, _actor, _day: [(one, Grade(one).label) for one in row.school.teaches()])],
    heard: Annotated[int, Asked(_("多少学生听"), _("只写人数,不写名字。"), least=1, most=9999)],
    way: Annotated[Told, Asked(_("怎么报来的"))],
    day: Annotated[date, Asked(_("哪天上的"), initial=lambda row, _actor, _day: row.day)],
    hours: Annotated[int, Asked(_("课时"), least=1, most=8, initial=lambda _row, _actor, _day: 1)],
):  # fmt: skip
    """Say that a planned lesson was held (登记上过了): who, where and what the plan knows already, and nobody writes it twice."""
    facts = {"occasion": Occasion.LESSON, "topic": planned_lesson.topic, "lecturer": planned_lesson.lecturer, "given_by": "", "hours": hours, "heard": heard, "way": way}
    lesson = keep_lesson(planned_lesson.school, day, grades, facts, by=by, at=at)
    if not PlannedLesson.objects.filter(pk=planned_lesson.pk, version=planned_lesson.version).update(lesson=lesson, version=planned_lesson.version + 1):
        raise Conflict()
    planned_lesson.refresh_from_db()
    journal.record(act="planned_lesson.hold", subject=planned_lesson, by=by, at=at, area_code=planned_lesson.school.area_id)
    return lesson
