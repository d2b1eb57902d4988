"""What is asked of schools and their year: which there are, which units may become one, pupils by grade as the register has them."""

from collections import Counter

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from wanjia.orgs import scope
from wanjia.orgs.models import Area, Line, Organisation
from wanjia.orgs.models.areas import Level
from wanjia.registry.models import Person

from ..duties import Duty
from ..models import Bell, Gate, School
from ..states import Grade
from .rules import visible_schools

WORDS_OF_GRADES = {str(one.label): int(one) for one in Grade} | {"初一": 7, "初二": 8, "初三": 9}


def units_ever(_row, actor, day):
    """Units of education in the actor's area, whether they are schools already or not."""
    return Organisation.objects.on(day).filter(scope.in_place(actor, duty=Duty.KEEP_SCHOOL_YEAR), line=Line.EDUCATION).order_by("area_id", "name")


def units(row, actor, day):
    """Units of education in the actor's area that are no school yet."""
    return units_ever(row, actor, day).exclude(pk__in=School.objects.values("unit"))


def villages(_row, actor, day):
    """Villages where a school of the actor's area may lie."""
    return Area.objects.on(day).filter(scope.in_place(actor, area="code", duty=Duty.KEEP_SCHOOL_YEAR), level=Level.VILLAGE).order_by("code")


def areas(_row, actor, day):
    """Areas for which the actor may say when terms begin: counties, and townships of their own calendar."""
    return Area.objects.on(day).filter(scope.in_place(actor, area="code", duty=Duty.KEEP_SCHOOL_YEAR), level__in=(Level.COUNTY, Level.TOWNSHIP)).order_by("code")


def standing(actor):
    """The schools in the actor's reach that are not closed."""
    return visible_schools(actor).filter(to_on=None)


def lacking(actor):
    """Those of them for which no bell or no gate stands, told as `no_bells` and `no_gates`."""
    none = {f"no_{what}": ~Exists(rows.objects.filter(school=OuterRef("pk"), to_on=None)) for what, rows in (("bells", Bell), ("gates", Gate))}
    return standing(actor).annotate(**none).filter(Q(no_bells=True) | Q(no_gates=True))


def pupils(school, names=()):
    """Return the people whom the register has at this school.

    The register says a school by its name as people write it (registry.models.Person.school_name): all names that the unit bears are asked.
    """
    called = {school.unit.name, school.unit.short_name, *names, *school.unit.aliases.values_list("name", flat=True)} - {""}
    first, end = school.area.code[:6] + "0" * 6, str(int(school.area.code[:6]) + 1) + "0" * 6
    return Person.objects.filter(Q(school_name__in=called), village_id__gte=first, village_id__lt=end, merged_into=None, died_on=None)


def pupils_by_grade(school, names=()):
    """Count the pupils whom the register has at this school: {grade, None where no grade is told: n}. Counts alone, never who."""
    found = Counter()
    for grade in pupils(school, names).values_list("grade", flat=True):
        found[WORDS_OF_GRADES.get(grade.strip())] += 1
    return dict(sorted(found.items(), key=lambda pair: (pair[0] is None, pair[0] or 0)))


def words_of_grades(grades):
    """Return grades as people say them: “一年级至六年级”, “七年级、九年级”."""
    numbers = [int(one) for one in grades.split()]
    runs, start = [], 0
    for at in range(1, len(numbers) + 1):
        if at == len(numbers) or numbers[at] != numbers[at - 1] + 1:
            runs.append((numbers[start], numbers[at - 1]))
            start = at
    and_then = _("、")
    said = [_span(first, last) if last > first + 1 else and_then.join(str(Grade(one).label) for one in range(first, last + 1)) for first, last in runs]
    return and_then.join(said)


def _span(first, last):
    return _("%(first)s至%(last)s") % {"first": Grade(first).label, "last": Grade(last).label}
