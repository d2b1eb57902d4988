"""Pages of parents' classes: the classes with how many homes came, one class; which homes, whoever has to do with them sees."""

from wanjia.doors.listing import page_of
from wanjia.doors.reading import page

from ..duties import Duty
from ..lesson_states import Aspect
from . import queries, rules
from .subjects import PARENT_CLASSES

SHOWN = 200  # homes of one class


def _words(aspects):
    return [Aspect(one).label for one in aspects.split()]


@page("schools/parent-classes/", Duty.SEE_SCHOOLS, template="list")
def parent_classes(request):
    """Parents' classes at schools in reach, the last first; homes of the year, each once."""
    found = page_of(request, queries.listed(request.user))
    for one in found:
        one.words = _words(one.aspects)
    return {"page": found, "homes": queries.homes_of_year(request.user, request.day), "year": request.day.year}


@page("schools/parent-classes/<uuid:parent_class_id>/", Duty.SEE_SCHOOLS, of=PARENT_CLASSES, moves=True)
def parent_class(request, one):
    """One class: who spoke of what, how many homes came; their numbers for whoever writes them down and has to do with them."""
    tells = request.user.has_duty(Duty.TELL_LESSONS) and rules.tells(request.user, one.school)
    homes = list(rules.homes_of(one, request.user, request.day)[:SHOWN]) if tells else []
    return {"words": _words(one.aspects), "n": one.homes.count(), "homes": homes}
