"""Homes over HTTP, masked: nothing sealed leaves here. Addresses, phones and numbers are shown by the page that asks for a reason."""

from datetime import date
from typing import Annotated
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from ninja import Schema
from pydantic import Field, StringConstraints

from wanjia.doors.answers import Answer
from wanjia.doors.calls import Cut, list_of, router_of
from wanjia.doors.dialect import PROBLEMS, SignedIn, run, text
from wanjia.doors.words import both
from wanjia.policy.statuses import scheme
from wanjia.registry.duties import Duty

from ..lookups.commands import look_up, look_up_bearer
from ..memberships import heads_of
from ..models import Household, IdAbsent, Membership, Sex
from ..people.queries import live_statuses
from . import commands, queries
from .rules import visible_households
from .subjects import HOMES


class HomeOut(Answer, of=Household, columns="id number village_code=village_id village=village.name head people verified_on"):
    """A home on a list."""

    head: str
    people: int


class MemberOut(
    Answer, of=Membership,
    columns="person_id name=person.shown_name relation sex=person.shown_sex_code birth_year=person.shown_year citizen_last4=person.shown_last4 from_on to_on",
):  # fmt: skip
    """A member on a day; a minor's name is masked, and the day on which it came is not told: mostly it is that of its birth."""

    name: str
    sex: str
    birth_year: int | None
    citizen_last4: str

    @staticmethod
    def resolve_from_on(member):
        return None if member.person.is_protected else member.from_on


class HomeDetail(HomeOut):
    """A home with its people and statuses on a day."""

    day: date
    members: list[MemberOut] = Field(alias="of_day")
    statuses: list[str] = Field(alias="status_words")


class HeadIn(Schema):
    """The head of a new home."""

    name: text(60, least=1)
    citizen_id: text(30) = ""
    id_absent_reason: IdAbsent | None = None
    birth_on: date | None = None
    sex: Sex | None = None
    ethnicity: text(20) = ""
    phone: text(30) = ""


class HomeIn(Schema):
    """A new home."""

    village_code: Annotated[str, StringConstraints(pattern=r"^[0-9]{12}$")]
    head: HeadIn
    number: text(24) = ""
    group_name: text(40) = ""
    address: text(200) = ""
    phone: text(30) = ""
    another: bool = False


def _shown(request, home, _answer):
    return _home(visible_households(request.user).select_related("village").get(pk=home.pk))


router = router_of(HOMES, HomeOut, _shown, tags=["households 家庭户"], root="households")


class Find(Cut):
    """Which homes."""

    q: text(60) = ""
    village: text(15) = ""


class Stale(Cut):
    """Which homes are to be cleared: of one village; only: "missing", "stale" or the name of a gap."""

    village: text(15, least=1)
    only: text(30) = ""


def homes_out(_request, homes):
    """Return homes as a list shows them."""
    heads = heads_of(homes)
    for home in homes:
        home.head, home.people = heads.get(home.pk, ("", 0))
    return homes


def _home(home):
    return homes_out(None, [home])[0]


@list_of(router, "households", HomeOut, page="registry:households", words=_("家庭户"), asked=Find, shown=homes_out, bare=True)
def households(request, asked):
    """Homes that `q` may mean, by village and number."""
    look_up(request.user, asked.q)
    rows = queries.found(request.user, asked.q).select_related("village")
    return (rows.filter(village_id=asked.village) if asked.village else rows).order_by("village_id", "number")


@list_of(router, "stale", HomeOut, page="registry:stale", words=_("待补全与核实"), asked=Stale, shown=homes_out)
def stale(request, asked):
    """Homes of a village that miss something or were not looked at for long, the longest first."""
    return queries.to_clear(request.user, asked.village, request.day, asked.only).select_related("village")


@router.get(
    "households/{household_id}", response={200: HomeDetail, **PROBLEMS}, url_name="api_household", auth=SignedIn(Duty.SEE_REGISTER), summary=both(_("一户")),
)
def household(request, household_id: UUID, on: date | None = None):
    """One home on a day."""
    home = get_object_or_404(visible_households(request.user).select_related("village"), pk=household_id)
    home.day = on or request.day
    home.of_day = queries.members_shown(home, home.day, request.day)
    home.status_words = [f"{scheme(row.scheme).zh} {row.words}" for row in live_statuses(home.statuses.all(), home.day)]
    return _home(home)


@router.post(
    "households/", response={201: HomeOut, **PROBLEMS}, url_name="api_register_household", auth=SignedIn(Duty.KEEP_REGISTER),
    summary=both(commands.register_household.act.words),
)  # fmt: skip
def register(request, home: HomeIn):
    """Register a home with its head; the same Idempotency-Key again gives the same home."""
    facts = {name: value for name, value in home.dict(exclude={"head"}).items() if value != ""}
    head = {name: value for name, value in home.head.dict().items() if value not in ("", None)}
    look_up_bearer(request.user, home.head.citizen_id)
    made = run(request, commands.register_household, head=head, **facts)
    return 201, _home(made)
