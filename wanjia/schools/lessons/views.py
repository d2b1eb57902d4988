"""Pages of law in school: how each school stands, the lessons, the grid of topics, the lecturers, one lesson with its take-home slip."""

from django.http import Http404

from wanjia.doors.listing import page_of
from wanjia.doors.reading import page
from wanjia.doors.sending import beside
from wanjia.kernel.privacy import mask_phone
from wanjia.policy import law_lessons as policy
from wanjia.reporting.documents.drawing import pdf

from ..duties import Duty
from ..guarding.rules import answered_schools
from ..lesson_states import Topic
from ..models import LessonClosing
from ..year.queries import words_of_grades
from . import checks, queries, rules, standing
from .subjects import LECTURERS, LESSONS

SHOWN = 20  # of the last queries and lessons of one lecturer, and of what is told


@page("schools/law/", Duty.SEE_SCHOOLS)
def law(request):
    """How each school stands in a term: its vice-principals, hours of the year, lessons or why not; what is told to whom. ?term= ?shown=silent|vacant"""
    term, shown = queries.term_asked(request.GET.get("term"), request.user, request.day), request.GET.get("shown", "")
    rows = standing.listed(request.user, term, request.day)
    some = {"silent": rows.filter(has_lesson=False, has_reason=False) if term else rows.none(), "vacant": rows.filter(has_vice=False)}
    found = page_of(request, some.get(shown, rows))
    standing.fill(found, term, request.day)
    alarms = queries.open_alarms(request.user)
    tells = set(answered_schools(request.user, duty=Duty.TELL_LESSONS).values_list("pk", flat=True)) if request.user.has_duty(Duty.TELL_LESSONS) else set()
    return {
        "page": found, "term": term, "terms": queries.terms_shown(request.user).filter(from_on__lte=request.day)[:8], "shown": shown if shown in some else "", "day": request.day,
        "silent": some["silent"].count(), "vacant": some["vacant"].count(), "alarms": alarms[:SHOWN], "waits": alarms.count(), "tells": tells,
        "keeps": request.user.has_duty(Duty.KEEP_LAW), "closing": LessonClosing.objects.filter(term=term).first() if term else None, "owed": policy.in_force(request.day).hours_a_year,
        "closes": term is not None and bool(rules.can_close(request.user, term, request.at)),
    }  # fmt: skip


@page("schools/lessons/", Duty.SEE_SCHOOLS, template="lessons")
def law_lessons(request):
    """The lessons at schools in reach, the last first; those taken back are marked."""
    rows = rules.visible_lessons(request.user).select_related("school__unit", "lecturer__unit").order_by("-day", "school_id", "pk")
    found = page_of(request, rows)
    for one in found:
        one.words = words_of_grades(one.grades)
    return {"page": found}


@page("schools/law/topics/", Duty.SEE_SCHOOLS, template="topics")
def law_topics(request):
    """The grid of topics and schools of a term: how often each was taught where, and what nobody taught yet. ?term="""
    term = queries.term_asked(request.GET.get("term"), request.user, request.day)
    rows = standing.listed(request.user, term, request.day)
    found = page_of(request, rows)
    topics = [Topic(one) for one in policy.in_force(request.day).topics]
    taught = queries.grid(list(found), [term] if term else [])
    for one in found:
        one.cells = [(topic.label, taught[one.pk][topic]) for topic in topics]
        one.n = sum(n > 0 for _words, n in one.cells)
    sums = [sum(taught[one.pk][topic] > 0 for one in found) for topic in topics]
    return {"page": found, "topics": topics, "sums": sums, "term": term, "terms": queries.terms_shown(request.user).filter(from_on__lte=request.day)[:8]}


@page("schools/lecturers/", Duty.SEE_SCHOOLS)
def lecturers(request):
    """The lecturers of the county: whose query of records ends, where each serves."""
    found = page_of(request, standing.lecturers(request.user, request.day))
    standing.serve(found, request.day)
    return {"page": found, "keeps": request.user.has_duty(Duty.KEEP_LAW), "day": request.day}


@page("schools/lecturers/<uuid:lecturer_id>/", Duty.SEE_SCHOOLS, of=LECTURERS, moves=True)
def lecturer(request, one):
    """One lecturer: his terms of office, queries of records, lessons."""
    keeps = request.user.has_duty(Duty.KEEP_LAW)
    lessons = rules.visible_lessons(request.user).filter(lecturer=one, taken_back_at=None).select_related("school__unit").order_by("-day", "pk")[:SHOWN]
    return {
        "terms": one.terms.select_related("school__unit"), "until": checks.cleared_until(one, request.day), "queries": one.queries.all()[:SHOWN] if keeps else (), "lessons": lessons,
        "phone": mask_phone(one.phone) if one.phone else "", "day": request.day, "keeps": keeps, "age": policy.age_on(one.born_on, request.day) if keeps and one.born_on else None,
    }  # fmt: skip


@page("schools/lessons/<uuid:law_lesson_id>/", Duty.SEE_SCHOOLS, of=LESSONS, moves=True)
def law_lesson(request, one):
    """One lesson: who, what, for whom; slips out and back."""
    return {"words": words_of_grades(one.grades), "slip": one.topic in policy.in_force(one.day).slips}


@page("schools/lessons/<uuid:law_lesson_id>/slip/", Duty.SEE_SCHOOLS, of=LESSONS)
def lesson_slip(request, one):
    """The take-home slip of a lesson, four on an A4 sheet, to be copied: no name of a child stands on it."""
    lines = policy.in_force(one.day).slips.get(one.topic)
    if not lines:
        raise Http404
    title = f"小手牵大手 {one.get_topic_display()}"
    context = {"lesson": one, "lines": lines, "name": title, "author": request.user.org_name, "made": request.at, "two": range(2)}
    return beside(pdf("schools/papers/slips.html", context, name=f"{one.pk}.slip"), f"{title}.pdf")
