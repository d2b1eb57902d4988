"""Vacancies by how they stand on a day: open, waiting to be confirmed, stale, over; who may have started there."""

from django.db.models import Count, F, Q, Sum

from wanjia.orgs import scope
from wanjia.orgs.models import Organisation
from wanjia.policy.work_places import place_class

from ..demand_states import VacancyState
from ..duties import Duty
from ..models import Spell, Start, Vacancy
from . import rules

OPEN = Q(state__in=(VacancyState.DRAFTED, VacancyState.LIVE))


def is_live(day):
    """Return the Q of vacancies that stand open on a day: confirmed, not stale, not over, not full."""
    return Q(state=VacancyState.LIVE, stale_on__gt=day, until_on__gt=day, left__gt=0)


def is_open(vacancy, day):
    """Tell whether one vacancy stands open on a day: the same as `is_live`."""
    return vacancy.state == VacancyState.LIVE and vacancy.stale_on > day and vacancy.until_on > day and vacancy.left > 0


def takes_on(vacancy, day):
    """Tell whether somebody who was proposed this vacancy may still be promised a place on a day: on the board, not over or full, of an employer whom no complaints bar.

    Whether it went stale is not asked: who confirms it anew does so while his yes waits.
    """
    unbarred = vacancy.employer.barred_to_on is None or vacancy.employer.barred_to_on <= day
    return vacancy.state == VacancyState.LIVE and vacancy.until_on > day and vacancy.left > 0 and unbarred


def live(day):
    """Return the vacancies that everybody may see on a day, the soonest over first."""
    return Vacancy.objects.filter(is_live(day)).select_related("employer", "area").order_by("until_on", "pk")


def places_in(rows):
    """Return how many places these vacancies still have."""
    return rows.order_by().aggregate(n=Sum("left"))["n"] or 0


def to_confirm(actor, day):
    """Return the vacancies of the actor's own offices that wait for him to confirm them: new ones, and those that went stale."""
    mine = scope.in_reach(actor, duty=Duty.CONFIRM_EMPLOYERS)
    waits = Q(state=VacancyState.DRAFTED) | Q(state=VacancyState.LIVE, stale_on__lte=day)
    return rules.visible_vacancies(actor).filter(mine, waits, until_on__gt=day).exclude(recorded_by=actor.id).order_by("recorded_at", "pk")


def tabs(actor, day):
    """Return {tab: its rows} of the list for officers."""
    rows = rules.visible_vacancies(actor)
    return {
        "live": rows.filter(is_live(day)), "confirm": to_confirm(actor, day), "stale": rows.filter(state=VacancyState.LIVE, stale_on__lte=day, until_on__gt=day),
        "full": rows.filter(state=VacancyState.LIVE, left=0, until_on__gt=day), "over": rows.filter(Q(state=VacancyState.WITHDRAWN) | Q(until_on__lte=day)), "all": rows,
    }  # fmt: skip


def narrowed(rows, asked, home):
    """Narrow a list by what the address asks: trade, tag, where seen from `home`, board and lodging, month, pay, home by an hour, words.

    asked: the address's words (QueryDict); home: an area code.
    """
    exact = {"trade": "trade", "boarding": "boarding"}
    rows = rows.filter(**{field: asked[name] for name, field in exact.items() if asked.get(name)})
    if asked.get("q", "").strip():
        text = asked["q"].strip()
        rows = rows.filter(Q(title__contains=text) | Q(employer__name__contains=text) | Q(place_name__contains=text))
    if asked.get("home_by"):
        rows = rows.filter(home_by__lte=asked["home_by"]).exclude(home_by="")
    if asked.get("pay", "").isdecimal():
        rows = rows.filter(pay_from__gte=int(asked["pay"][:6]))
    if asked.get("where"):
        rows = rows.filter(seen_from(home, asked["where"]))
    if asked.get("sector"):
        rows = rows.filter(pk__in=[pk for pk, tags in rows.order_by().values_list("pk", "sectors") if asked["sector"] in tags])
    if asked.get("month", "").isdecimal():
        rows = rows.filter(pk__in=[pk for pk, months in rows.order_by().values_list("pk", "months") if int(asked["month"][:2]) in months])
    return rows


def seen_from(home, where):
    """Return the Q of vacancies that lie there as seen from a home's area code (Place); the same classes as policy.work_places.place_class."""
    county, city, province = Q(place__startswith=home[:6]), Q(place__startswith=home[:4]), Q(place__startswith=home[:2])
    return {
        "county": county, "city": city & ~county, "province": province & ~city, "outside": ~province,
    }.get(where, Q())  # fmt: skip


def nearest_first(rows, home):
    """Return live vacancies as a list, those nearest to a home's area code first."""
    order = ("county", "city", "province", "outside", "abroad", "")
    return sorted(rows, key=lambda one: (order.index(place_class(home, one.place)), one.until_on, str(one.pk)))


def office_of(place, day):
    """Return the unit whose desk is asked about work at a place: the nearest above it that has a telephone; None where none has."""
    codes = [place.pk, *(f"{place.pk[:width]:0<12}" for width in (9, 6, 4))]
    units = Organisation.objects.on(day).filter(area__in=codes, line__in=("", "labour")).exclude(phone="").select_related("area")
    return max(units, key=lambda one: (codes.index(one.area_id) * -1, one.line == "labour", one.name), default=None)


def candidates(vacancy, actor):
    """Return the spells that may have come about through a vacancy: of workers that the actor keeps, still running, begun since it was offered, at an employer
    written as it is called, and of no other vacancy."""
    rows = kept_spells(actor).filter(to_on=None, employer_name=vacancy.employer.name, from_on__gte=vacancy.from_on, start=None, worker__left_on=None)
    return rows.select_related("worker__person__village").order_by("from_on", "pk")


def kept_spells(actor):
    """Return the spells of work of the labourers whom the actor keeps."""
    return Spell.objects.filter(scope.in_reach(actor, area="worker__village_id", duty=Duty.KEEP_LABOUR))


def starts_of(vacancy, actor):
    """Return who started on a vacancy, of the workers that the actor sees."""
    seen = scope.in_reach(actor, area="spell__worker__village_id", duty=(Duty.SEE_LABOUR, Duty.KEEP_LABOUR))
    return Start.objects.filter(seen, vacancy=vacancy).select_related("spell__worker__person__village")


def faults(_day):
    """Yield (vacancy, column, is, should) where the places left are not the headcount less the starts."""
    for pk, left, should in Vacancy.objects.order_by("pk").annotate(should=F("headcount") - Count("starts")).values_list("pk", "left", "should"):
        if left != should:
            yield str(pk), "left", left, should
