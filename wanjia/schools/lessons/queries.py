"""What is asked of law in school: which schools owe a lesson in a term, which of them are silent, hours of a year, who serves, what is taught where."""

from collections import defaultdict
from datetime import timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.http import Http404

from wanjia.kernel.calendar import day_start
from wanjia.orgs import scope
from wanjia.orgs.models import Organisation
from wanjia.policy import law_lessons as policy

from ..dating import of_year
from ..duties import Duty
from ..lesson_states import LESSONS, Topic
from ..models import LawLesson, Lecturer, LessonReason, School, Term, VicePrincipal
from ..year.bells import Year
from ..year.rules import visible_terms
from . import checks, rules

MOST = 200  # a queue as long as this is named and counted no further


# What may be chosen


def units(_row, actor, day):
    """The units whose people the actor may enter as lecturers."""
    return Organisation.objects.on(day).filter(scope.in_place(actor, duty=Duty.KEEP_LAW)).order_by("area_id", "name")


def schools(_row, actor, day):
    """The schools that the actor may give a vice-principal."""
    return School.objects.on(day).filter(scope.in_reach(actor, duty=Duty.KEEP_LAW, held="unit__line")).select_related("unit").order_by("area_id", "unit__name")


def lecturers_for(school, actor, day):
    """The lecturers of the county who may have given a lesson at a school: its own vice-principals first."""
    rows = rules.visible_lecturers(actor, duty=Duty.TELL_LESSONS).filter(Q(to_on=None) | Q(to_on__gt=day)).select_related("unit")
    own = serving(day).filter(lecturer=OuterRef("pk"), school=school.pk if school else None)
    return rows.annotate(own=Exists(own)).order_by("-own", "unit__name", "name", "pk")


def own_of(school, _actor, day):
    """The key of a school's own vice-principal, where there is but one: the form begins with him."""
    found = list(serving(day).filter(school=school.pk).values_list("lecturer", flat=True)[:2]) if school else []
    return found[0] if len(found) == 1 else None


def every_lecturer(*_row):
    """Every lecturer: what a call may name; who was one on the day, the act judges."""
    return Lecturer.objects.all()


def of_county(area):
    """The lecturers of the county in which an area lies: a township with a term of its own has none of its own."""
    return Lecturer.objects.filter(unit__area__code__startswith=area.stem[: checks.COUNTY])


def words_of_lecturer(one):
    """Return a lecturer as a list offers him."""
    return f"{one.name} {one.unit.name}"


def terms_of(school, _actor, day):
    """The terms of a school that have begun, the last first."""
    if school is None:
        return Term.objects.none()
    stems = [school.area_id[:n].ljust(12, "0") for n in (4, 6, 9, 12)]
    return Term.objects.filter(area__in=stems, from_on__lte=day).order_by("-from_on")


def topics(_row, _actor, day):
    """The topics of the edition in force."""
    return [(one, Topic(one).label) for one in policy.in_force(day).topics]


# Terms, schools, silence


def owing(term):
    """The schools that owe a lesson in a term: those of its area that stand in it, but for those of a smaller area with a term of its own over the same days."""
    low, high = term.area.span()
    rows = School.objects.filter(area__gte=low, area__lt=high, from_on__lt=term.to_on).filter(Q(to_on=None) | Q(to_on__gt=term.from_on))
    for own in Term.objects.filter(area__gt=low, area__lt=high, from_on__lt=term.to_on, to_on__gt=term.from_on).exclude(area=term.area_id).select_related("area"):
        first, end = own.area.span()
        rows = rows.exclude(area__gte=first, area__lt=end)
    return rows


def held(day=None):
    """The lessons that count as one: not taken back, not a take-home campaign; as they were known on a day: what was told or taken back later is later's."""
    if day is None:
        return LawLesson.objects.filter(taken_back_at=None, occasion__in=LESSONS)
    return LawLesson.objects.filter(known(day), occasion__in=LESSONS)


def known(day):
    """Return the Q of what was told of by the end of a day and not taken back by then: lessons and take-home campaigns."""
    end = _end(day)
    return Q(Q(taken_back_at=None) | Q(taken_back_at__gte=end), recorded_at__lt=end)


def _end(day):
    return day_start(day + timedelta(days=1))


def with_term(rows, term):
    """Schools with `has_lesson` and `has_reason` of a term."""
    return rows.annotate(
        has_lesson=Exists(held().filter(school=OuterRef("pk"), term=term)), has_reason=Exists(LessonReason.objects.filter(school=OuterRef("pk"), term=term)),
    )  # fmt: skip


def silent(term):
    """The schools of a term that had no lesson and did not say why."""
    return with_term(owing(term), term).filter(has_lesson=False, has_reason=False)


def term_of(school, day):
    """The term of a school in which a day lies, or None."""
    return Year([school], day, day + timedelta(days=1)).term_of(school, day)


def terms_shown(actor):
    """The terms in reach, the last first: what a page offers to look at."""
    return visible_terms(actor).select_related("area").order_by("-from_on", "area_id")


def term_asked(text, actor, day):
    """The term that an address asks for, else the one that goes on, else the last. Raises Http404 for one out of reach."""
    rows = terms_shown(actor).filter(from_on__lte=day)
    if not text:
        return rows.first()
    try:
        found = rows.filter(pk=UUID(text)).first()
    except ValueError:
        found = None
    if found is None:
        raise Http404
    return found


def serving(day):
    """The terms of office that hold on a day; a letter that was entered later is later's."""
    return VicePrincipal.objects.filter(from_on__lte=day, to_on__gt=day, appointed_at__lt=_end(day))


def is_own(day):
    """Return whether a lesson was given by whoever was that school's vice-principal on its day, by the letters that were known on a day."""
    return Exists(VicePrincipal.objects.filter(school=OuterRef("school"), lecturer=OuterRef("lecturer"), from_on__lte=OuterRef("day"), to_on__gt=OuterRef("day"), appointed_at__lt=_end(day)))


def _by_own(day):
    """The lessons told of in a year up to a day that a school's own vice-principals gave: their hours count, each in one year."""
    return held(day).filter(of_year(day, "recorded_at"), is_own(day), day__lte=day).order_by()


def hours_of(schools, day):
    """Return {school: class hours} of a year up to a day, of lessons that a school's own vice-principals gave."""
    return dict(_by_own(day).filter(school__in=schools).values_list("school").annotate(n=Sum("hours")))


def hours_until(day):
    """Return the same as a column of a school."""
    return Coalesce(Subquery(_by_own(day).filter(school=OuterRef("pk")).values("school").annotate(n=Sum("hours")).values("n")), 0)


def held_in_term(day):
    """The lessons up to a day of the term in which it lies; in the holidays of the one before."""
    later = Term.objects.filter(area=OuterRef("term__area"), from_on__gt=OuterRef("term__from_on"), from_on__lte=day)
    return held(day).filter(~Exists(later), term__from_on__lte=day, day__lte=day)


def grid(schools, terms):
    """Return {school: {topic: how often}} of the terms: lessons and take-home campaigns alike, for either way a child heard of it."""
    found = defaultdict(lambda: defaultdict(int))
    first, end = (min(one.from_on for one in terms), max(one.to_on for one in terms)) if terms else (None, None)
    rows = LawLesson.objects.filter(school__in=schools, taken_back_at=None, day__gte=first, day__lt=end) if terms else ()
    for one in rows:
        found[one.school_id][one.topic] += 1
    return found


def open_alarms(actor):
    """What is told of schools in reach and not yet mended, the most urgent first."""
    return rules.visible_alarms(actor).filter(settled_at=None).select_related("school__unit", "person", "lecturer", "term").order_by("due_on", "school_id", "kind", "pk")


def alarmed(user, day):
    """How much is told to this person and not mended: what the desk says."""
    return open_alarms(user).filter(person=user.pk)[:MOST].count() if user.has_duty(Duty.KEEP_LAW, Duty.TELL_LESSONS) else 0


def queue(user, day):
    """Return {name of the place: how much is told of schools in reach and not mended}, for whoever can mend it."""
    return {"schools:law": open_alarms(user)[:MOST].count()} if user.has_duty(Duty.KEEP_LAW, Duty.TELL_LESSONS) else {}
