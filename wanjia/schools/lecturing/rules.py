"""Who has a term's lessons planned, changes the plan by hand, and says that a planned lesson was held; and why not."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.calendar import today
from wanjia.verdict import first_refusal

from ..duties import Duty
from ..guarding.rules import answers
from ..lessons.rules import CLOSED, NO_DUTY, NO_TELL, NOT_MINE, keeps_law
from ..models import LessonClosing, PlannedLesson
from ..year.rules import visible_schools

OLD = _("这一版计划已经不用了。")
HELD = _("这一课已经上过。")


def visible_planned(actor, *, duty=Duty.SEE_SCHOOLS):
    """Planned lessons of schools in reach, of the versions that stand; of others too for whoever plans."""
    rows = PlannedLesson.objects.filter(school__in=visible_schools(actor, duty=duty))
    return rows if actor.has_duty(Duty.KEEP_LAW) else rows.filter(plan__standing__isnull=False)


def can_draw(actor, term, at):
    """May the actor have the lessons of a term planned: of his area, while the term goes on."""
    return first_refusal(
        (actor.has_duty(Duty.KEEP_LAW), NO_DUTY), (keeps_law(actor, term.area_id), _("这个学期不在您的范围。")), (not LessonClosing.objects.filter(term=term.pk).exists(), CLOSED),
        (term.to_on > today(at), _("这个学期已经过去了。")),
    )  # fmt: skip


def _stands(row):
    return (row.plan.standing.exists(), OLD), (row.lesson_id is None, HELD)


def can_move(actor, planned):
    """May the actor change a planned lesson by hand: of the plan that stands, while it was not held."""
    return first_refusal((actor.has_duty(Duty.KEEP_LAW), NO_DUTY), (answers(actor, planned.school.area_id, planned.school.unit_id, duty=Duty.KEEP_LAW), NOT_MINE), *_stands(planned))


def can_hold(actor, planned, at):
    """May the actor say that a planned lesson was held: of his school, from its day on."""
    return first_refusal(
        (actor.has_duty(Duty.TELL_LESSONS), NO_TELL), (answers(actor, planned.school.area_id, planned.school.unit_id, duty=Duty.TELL_LESSONS), NOT_MINE), *_stands(planned),
        (planned.lecturer_id is not None, _("这一课还没有讲师。")), (planned.day is None or planned.day <= today(at), _("还没到这一课的日子。")),
    )  # fmt: skip
