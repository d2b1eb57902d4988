"""Who keeps lecturers and vice-principals, who tells of lessons at which school; and why not."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.calendar import today
from wanjia.orgs import scope
from wanjia.orgs.models.areas import STEM_DIGITS, Level
from wanjia.orgs.workdays.hours import CLOCK
from wanjia.policy import law_lessons as policy
from wanjia.verdict import first_refusal

from ..duties import Duty
from ..guarding.rules import answers
from ..models import LawLesson, Lecturer, LessonAlarm, LessonClosing, VicePrincipal
from ..year.rules import visible_schools
from . import checks
from .checks import ELSEWHERE

NO_DUTY = _("您的岗位没有登记法治副校长和讲师的权限。")
NO_TELL = _("您的岗位没有登记法治课的权限。")
NOT_MINE = _("这所学校的法治课不由您登记。")
OUT_OF_REACH = _("这个单位不在您的范围。")
GONE = _("这位讲师已经退出。")
CLOSED = _("这个学期的法治课已经归档。")
ENTERED = _("这个单位的这位讲师已经登记。同名不同人的,姓名后面写明职务。")
BARRED = _("这个单位的这位讲师退出以前背景查询没有通过,不能重新登记。")
BARRED_ELSEWHERE = _("名册上同名的讲师背景查询没有通过:是同一个人的,不能登记;确是另一个人的,姓名后面写明职务。")
COUNTY = STEM_DIGITS[Level.COUNTY]


def visible_lecturers(actor, *, duty=Duty.SEE_SCHOOLS):
    """Lecturers of the counties that the posts reach: a court's people come to any school of their county."""
    near = Q(pk__in=[])
    for reach in scope.reaches(actor, duty=duty):
        county = reach.first[:COUNTY]
        end = str(int(county) + 1) if len(reach.first) >= COUNTY else reach.end
        near |= Q(unit__area__gte=county, unit__area__lt=end)
    return Lecturer.objects.filter(near)


def visible_terms_of_office(actor, *, duty=Duty.SEE_SCHOOLS):
    """Vice-principals of schools in reach."""
    return VicePrincipal.objects.filter(school__in=visible_schools(actor, duty=duty))


def visible_lessons(actor, *, duty=Duty.SEE_SCHOOLS):
    """Lessons at schools in reach; those taken back among them."""
    return LawLesson.objects.filter(school__in=visible_schools(actor, duty=duty))


def visible_alarms(actor, *, duty=Duty.SEE_SCHOOLS):
    """What was told of schools in reach."""
    return LessonAlarm.objects.filter(school__in=visible_schools(actor, duty=duty))


def keeps(actor, _row=None):
    """May the actor enter lecturers at all; of which unit, the act judges."""
    return first_refusal((actor.has_duty(Duty.KEEP_LAW), NO_DUTY))


def keeps_law(actor, code):
    """Tell whether law in school of an area is the actor's to keep."""
    return any(reach.holds(code) for reach in scope.reaches(actor, duty=Duty.KEEP_LAW))


def is_new(name, unit, day):
    """Decide whether somebody may be entered: nobody who stands there already, nor against whom something stands, there or at any other unit; his records go with him."""
    namesakes = [one for one in Lecturer.objects.all() if _plain(one.name) == _plain(name)]
    there, barred = [one for one in namesakes if one.unit_id == unit.pk], [one for one in namesakes if checks.is_barred(one, day)]
    return first_refusal(
        (all(one.to_on is not None for one in there), ENTERED), (not any(one in there for one in barred), BARRED), (not barred, BARRED_ELSEWHERE),
    )  # fmt: skip


def _plain(name):
    """Return a name as it is compared: without blanks, however wide they are."""
    return "".join(name.split())


def _keeps(actor, lecturer):
    return (actor.has_duty(Duty.KEEP_LAW), NO_DUTY), (keeps_law(actor, lecturer.unit.area_id), ELSEWHERE)


def can_keep(actor, lecturer):
    """May the actor change what is known of a lecturer, ask for his records, appoint him."""
    return first_refusal(*_keeps(actor, lecturer), (lecturer.to_on is None, GONE))


def can_end(actor, vice, at):
    """May the actor end a term of office before its day."""
    return first_refusal(*_keeps(actor, vice.lecturer), (vice.to_on > today(at), _("这一届已经结束。")))


def _tells(actor, school):
    return (actor.has_duty(Duty.TELL_LESSONS), NO_TELL), (answers(actor, school.area_id, school.unit_id, duty=Duty.TELL_LESSONS), NOT_MINE)


def can_tell(actor, school):
    """May the actor write down a lesson of this school, or why there was none: its own people, and whoever keeps law of the county."""
    return first_refusal(*_tells(actor, school))


def can_take_back(actor, lesson):
    """May the actor take back a lesson that was written down by mistake: not of a term that is closed."""
    closed = lesson.term_id is not None and LessonClosing.objects.filter(term=lesson.term_id).exists()
    return first_refusal(*_tells(actor, lesson.school), (lesson.taken_back_at is None, _("这一课已经撤销。")), (not closed, CLOSED))


def can_count_back(actor, lesson):
    """May the actor say how many slips came back signed."""
    return first_refusal(*_tells(actor, lesson.school), (lesson.taken_back_at is None, _("这一课已经撤销。")), (lesson.slips > 0, _("这一课没有发带回家的单子。")))


def can_close(actor, term, at):
    """May the actor close a term: of his area, shortly before it ends or after."""
    days = policy.in_force(term.from_on).close_from
    return first_refusal(
        (actor.has_duty(Duty.KEEP_LAW), NO_DUTY), (keeps_law(actor, term.area_id), _("这个学期不在您的范围。")),
        (not LessonClosing.objects.filter(term=term.pk).exists(), CLOSED), ((term.to_on - today(at)).days <= days, _("还没到放假前归档的时候。")),
    )  # fmt: skip


def is_clock(by):
    """Decide whether the clock does it: what is missing is looked for by nobody's hand."""
    return first_refusal((by is CLOCK, _("缺什么由系统按时看,不由人代看。")))
