"""People over HTTP, masked. `router` is mounted by the site at /api/ (JSON, session sign-in).

GET people?q=&limit=&offset=   people found: name (a minor's masked), birth year, last four, village, home
GET people/?q=&page=           the same as a bare list of fifty, as it was
A child's file and sealed facts have no address here: they open on a page that asks for a reason first.
"""

from django.utils.translation import gettext_lazy as _
from ninja import Router, Schema

from wanjia.doors.calls import Cut, list_of
from wanjia.doors.dialect import PROBLEMS, Page, SignedIn, text
from wanjia.doors.words import both
from wanjia.registry.duties import Duty

from ..lookups.commands import look_up
from ..memberships import home_numbers
from . import queries

router = Router(tags=["people 人员"])
PER_PAGE = 50


class PersonOut(Schema):
    """A person on a list."""

    id: str
    name: str
    sex: str
    birth_year: int | None
    citizen_last4: str
    village_code: str
    household_number: str


class Find(Cut):
    """Which people."""

    q: text(60) = ""


@router.get(
    "people/", response={200: list[PersonOut], **PROBLEMS}, url_name="api_people", auth=SignedIn(Duty.SEE_REGISTER), deprecated=True,
    summary=both(_("人员")),
)  # fmt: skip
def people_page(request, q: text(60) = "", page: Page = 1):
    """Find people, fifty a page."""
    start = PER_PAGE * (page - 1)
    look_up(request.user, q)
    return people_out(request, list(queries.people_found(request.user, q)[start : start + PER_PAGE]))


def people_out(_request, found):
    """Return people as a list shows them."""
    homes = home_numbers(found)
    return [
        PersonOut(
            id=str(one.pk), name=one.shown_name, sex="" if one.is_protected else one.sex,
            birth_year=one.birth_on.year if one.birth_on and not one.is_protected else None,
            citizen_last4=one.shown_last4, village_code=one.village_id or "",
            household_number=homes[one.pk].number if one.pk in homes else "",
        )
        for one in found
    ]  # fmt: skip


@list_of(router, "people", PersonOut, page="registry:people", words=_("人员"), duty=Duty.SEE_REGISTER, asked=Find, shown=people_out)
def people(request, asked):
    """People that `q` may mean, by name; children by their initials."""
    look_up(request.user, asked.q)
    return queries.people_found(request.user, asked.q).order_by("pinyin", "born_shown", "pk")
