"""The demand side over HTTP: its lists, and the acts on what has a list; the other acts have their calls by their declarations alone."""

from django.utils.translation import gettext_lazy as _
from ninja import Router
from pydantic import Field

from wanjia.doors.answers import Answer
from wanjia.doors.calls import list_of, router_of

from .agreements import commands as _agreements  # noqa: F401 the acts are declared before their calls are made
from .agreements import queries as agreements
from .agreements.subjects import AGREEMENTS
from .employers import commands as _employers  # noqa: F401
from .employers.rules import visible_employers
from .employers.subjects import EMPLOYERS
from .models import Agreement, Employer, Outpost, Vacancy, Worker
from .stations import commands as _stations  # noqa: F401
from .stations import queries as stations
from .stations.rules import own_workers, visible_outposts
from .stations.subjects import OUTPOSTS
from .vacancies import commands as _vacancies  # noqa: F401
from .vacancies import queries as vacancies
from .vacancies.subjects import VACANCIES

router = Router()


class EmployerOut(Answer, of=Employer, columns="id name code area_code=area_id place place_name sectors workshop valid_from_on valid_to_on barred_to_on"):
    """One employer. It is 五有 on a day from `valid_from_on` on, before `valid_to_on`, and not before `barred_to_on`."""

    sectors: list[str]


class VacancyOut(Answer, of=Vacancy, columns=(
    "id employer=employer.name employer_id title trade headcount left pay_from pay_to pay_unit place place_name day_hours week_days shift home_by boarding sectors months least_age most_age words "
    "from_on until_on state stale_on"
)):  # fmt: skip
    """One vacancy."""

    sectors: list[str]
    months: list[int]


class AgreementOut(Answer, of=Agreement, columns="id title employer_id party place area_code=area_id quota came from_on until_on ended_on"):
    """One agreement on labour."""

    came: int = Field(description="how many started through it")


class OutpostOut(Answer, of=Outpost, columns="id kind name area_code=area_id host host_name phone contact=contact.name from_on to_on"):
    """One unit away."""


class OwnWorkerOut(Answer, of=Worker, columns="village_code=village_id village=village.name place since_on shown_name=person.shown_name"):
    """One worker who belongs to the caller's station."""

    shown_name: str


employers, offered, agreed, away = router_of(EMPLOYERS), router_of(VACANCIES), router_of(AGREEMENTS), router_of(OUTPOSTS)


@list_of(employers, "", EmployerOut, page="labour:employers", words=_("用工单位"))
def employers_kept(request, _asked):
    """The employers, by name."""
    return visible_employers(request.user).order_by("name", "pk")


@list_of(offered, "", VacancyOut, page="labour:vacancies", words=_("岗位"))
def vacancies_open(request, _asked):
    """The vacancies that stand open today, the soonest over first."""
    return vacancies.tabs(request.user, request.day)["live"].order_by("until_on", "pk")


@list_of(agreed, "", AgreementOut, page="labour:agreements", words=_("劳务协作"))
def agreements_running(request, _asked):
    """The agreements in force, the soonest over first."""
    return agreements.tabs(request.user, request.day)["running"].order_by("until_on", "pk")


@list_of(away, "", OutpostOut, page="labour:outposts", words=_("驻外机构"))
def outposts_standing(request, _asked):
    """The units away that stand today."""
    return visible_outposts(request.user).filter(stations.standing(request.day)).order_by("kind", "host", "name", "pk")


@list_of(router, "/station", OwnWorkerOut, page="labour:station", words=_("本站工友"))
def station_workers(request, _asked):
    """The workers who chose the caller's station and work where it is."""
    return own_workers(request.user, request.day).order_by("village_id", "pk")


for prefix, part in (("/employers", employers), ("/vacancies", offered), ("/agreements", agreed), ("/outposts", away)):
    router.add_router(prefix, part)
