"""What may be chosen in the forms about departures."""

from django.utils.translation import gettext as _

from wanjia.orgs import scope
from wanjia.policy.departures import cities
from wanjia.policy.work_places import places

from ..demand_states import VacancyState
from ..departure_states import Listed
from ..duties import Duty
from ..models import Campaign, Departure, Vacancy


def places_away(worker, _actor, _day):
    """Return [(six digits, name)] of where a charter goes: out of the own city."""
    home = worker.village_id[:4]
    return [(code, name) for code, name in places().items() if code in cities() and code[:4] != home]


def drives(worker, _actor, day):
    """Return the drives that run, or will, over a labourer's village."""
    running = Campaign.objects.filter(until_on__gt=day).select_related("area")
    return Campaign.objects.filter(pk__in=[one.pk for one in running if one.area.covers(worker.village_id)])


def drive_at_first(worker, actor, day):
    """Return the drive at the start: the only one, else none."""
    found = drives(worker, actor, day)[:2]
    return found[0].pk if len(found) == 1 else None


def vacancies(worker, _actor, day):
    """Return the vacancies out of the city that somebody may go to."""
    return Vacancy.objects.filter(state=VacancyState.LIVE, until_on__gt=day, left__gt=0, place__in=list(cities())).exclude(place__startswith=worker.village_id[:4]).select_related("employer")


def vacancy_words(vacancy):
    """Return how a vacancy is called in the choice: what, with whom, where."""
    return f"{vacancy.title} · {vacancy.employer.name} · {vacancy.place_name}"


def companions(worker, actor, _day):
    """Return who is on the list and may ride with somebody as his family: of the own county, in the actor's reach."""
    mine = scope.in_reach(actor, area="worker__village_id", duty=Duty.KEEP_LABOUR)
    rows = Departure.objects.filter(mine, state=Listed.LISTED, worker__village__code__startswith=worker.village_id[:9])
    return rows.exclude(worker=worker).select_related("worker__person").order_by("worker__village", "pk")


def companion_words(departure):
    """Return how somebody on the list is called in the choice."""
    return _("%(name)s,%(from)s 至 %(to)s") % {"name": departure.worker.person.shown_name, "from": departure.earliest_on, "to": departure.latest_on}


def own(name):
    """Return what a form begins with: what stands in the row."""
    return lambda row, _actor, _day: getattr(row, name)
