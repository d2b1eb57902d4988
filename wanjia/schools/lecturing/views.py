"""Pages of a term's plan: who comes where on which day with what, one version, a lecturer's own sheet of the term."""

from django.db.models import Count
from django.http import Http404

from wanjia.doors.listing import page_of
from wanjia.doors.pages import row_or_404
from wanjia.doors.reading import page
from wanjia.solving.subjects import PLANS

from ..duties import Duty
from ..guarding.rules import answered_schools
from ..lessons import queries as lessons
from ..lessons.subjects import LECTURERS
from ..models import PlannedLesson
from . import drawing, queries, rules

SHOWN = 100  # lessons of a lecturer's sheet


@page("schools/law/plan/", Duty.SEE_SCHOOLS)
def term_plan(request):
    """The plan that stands for the term that goes on: what is to be held when, what was held, what is late. ?term="""
    term = lessons.term_asked(request.GET.get("term"), request.user, request.day)
    rows = queries.standing(request.user, term) if term else PlannedLesson.objects.none()
    tells = set(answered_schools(request.user, duty=Duty.TELL_LESSONS).values_list("pk", flat=True)) if request.user.has_duty(Duty.TELL_LESSONS) else set()
    return {
        "page": page_of(request, rows), "term": term, "day": request.day, "keeps": request.user.has_duty(Duty.KEEP_LAW), "tells": tells,
        "open": rows.filter(lecturer=None).count(), "late": rows.filter(lesson=None, day__lt=request.day).count(), "held": rows.filter(lesson__isnull=False).count(),
        "draws": term is not None and bool(rules.can_draw(request.user, term, request.at)), "terms": lessons.terms_shown(request.user).filter(from_on__lte=request.day)[:8],
    }  # fmt: skip


@page("schools/law/plans/<uuid:plan_id>/", Duty.KEEP_LAW)
def lesson_plan(request, plan_id):
    """What a version says: each lesson with its lecturer, topic and day; how many each gives."""
    plan = row_or_404(PLANS, request.user, plan_id, duty=Duty.KEEP_LAW)
    if plan.kind != drawing.KIND:
        raise Http404
    rows = PlannedLesson.objects.filter(plan=plan).select_related("school__unit", "lecturer__unit").order_by("day", "school_id", "n")
    by_lecturer = PlannedLesson.objects.filter(plan=plan, lecturer__isnull=False).values("lecturer__name").annotate(n=Count("pk"), schools=Count("school", distinct=True)).order_by("-n", "lecturer__name")
    return {"plan": plan, "page": page_of(request, rows), "by_lecturer": by_lecturer[:SHOWN], "term": drawing.term_of(plan), "since": drawing.since_of(plan)}


@page("schools/lecturers/<uuid:lecturer_id>/term/", Duty.SEE_SCHOOLS, of=LECTURERS)
def lecturer_term(request, one):
    """A lecturer's own sheet of the term, to be printed and handed to him: he needs no account."""
    term = lessons.term_asked(None, request.user, request.day)
    rows = queries.of_lecturer(one, term) if term else PlannedLesson.objects.none()
    return {"rows": rows[:SHOWN], "term": term, "n": rows.count(), "hours": sum(row.hours for row in lessons.held().filter(lecturer=one, term=term)) if term else 0}
