"""People over HTTP, masked. `router` is mounted by the site at /api/ (JSON, session sign-in).

GET people/?q=&page=   people found: name (a minor's masked), birth year, last four, village, home
A child's file and sealed facts have no address here: they open on a page that asks for a reason first.
"""


from ninja import Router, Schema

from wanjia.kernel.api import Page, SignedIn, text
from wanjia.orgs.duties import Duty

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


@router.get("people/", response=list[PersonOut], url_name="api_people", auth=SignedIn(Duty.SEE_REGISTER))
def people(request, q: text(60) = "", page: Page = 1):
    """Find people, fifty a page."""
    start = PER_PAGE * (max(page, 1) - 1)
    look_up(request.user, q)
    found = list(queries.people_found(request.user, q)[start : start + PER_PAGE])
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
