"""What is asked of fairs: the list with its counts, a stall's vacancies, the starts that an offer may have led to."""

from django.db.models import Count, Q

from wanjia.orgs.models import Area
from wanjia.orgs.scope import in_reach

from ..duties import Duty
from ..models import Employer, Start, Vacancy
from ..reach_states import FairPart
from . import rules

OFFERED = (FairPart.OFFERED, FairPart.STARTED)


def areas_for(_row, actor, day):
    """The areas in which the actor may hold a fair."""
    return Area.objects.on(day).filter(in_reach(actor, area="code", duty=Duty.KEEP_MARKETS)).select_related("parent").order_by("code")


def listed(actor):
    """The fairs in reach with what came of them: stalls, registrations, offers, starts."""
    counted = {
        "n_stalls": Count("stalls", distinct=True), "n_registered": Count("stalls__registrations", distinct=True),
        "n_offers": Count("stalls__registrations", distinct=True, filter=Q(stalls__registrations__state__in=OFFERED)),
        "n_starts": Count("stalls__registrations", distinct=True, filter=Q(stalls__registrations__state=FairPart.STARTED)),
    }
    return rules.visible_fairs(actor).select_related("area", "unit").annotate(**counted).order_by("-day", "name", "pk")


def stalls_of(fair):
    """The stalls of a fair by number, with what came of each."""
    counted = {
        "n_registered": Count("registrations"), "n_offers": Count("registrations", filter=Q(registrations__state__in=OFFERED)),
        "n_starts": Count("registrations", filter=Q(registrations__state=FairPart.STARTED)),
    }
    return fair.stalls.select_related("employer").annotate(**counted).order_by("number")


def employers_for(fair, _actor, _day):
    """The employers that have no stall at this fair yet."""
    return Employer.objects.exclude(stalls__fair=fair).order_by("name", "pk") if fair else Employer.objects.none()


def employers(*_row):
    """The employers that a call may name; which of them may have a stall, the act judges."""
    return Employer.objects.all()


def starts_of_vacancy(registration, *_row):
    """The starts that a call may name; which of them an offer led to, the act judges."""
    return Start.objects.filter(vacancy=registration.vacancy_id)


def vacancies_of(stall, *_row):
    """The vacancies of a stall: of its employer, live on the day of the fair."""
    day = stall.fair.day
    return Vacancy.objects.filter(employer=stall.employer_id, state="live", from_on__lte=day, until_on__gt=day).order_by("title", "pk")


def vacancies_of_all(fair):
    """Return {employer's id: its vacancies} of every stall of a fair, in one question."""
    found = {}
    rows = Vacancy.objects.filter(employer__stalls__fair=fair, state="live", from_on__lte=fair.day, until_on__gt=fair.day)
    for one in rows.order_by("title", "pk"):
        found.setdefault(one.employer_id, []).append(one)
    return found


def registered_at(stall):
    """Who registered at a stall, as the list was typed."""
    return stall.registrations.select_related("card__worker__person", "vacancy").order_by("recorded_at", "pk")


def starts_for(registration, *_row):
    """The starts on the vacancy that an offer may have led to: of this labourer, led to by no other offer."""
    rows = Start.objects.filter(vacancy=registration.vacancy_id, spell__worker=registration.card.worker_id, registration=None)
    return rows.select_related("spell").order_by("spell__from_on", "pk")
