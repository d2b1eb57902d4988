"""People over HTTP, masked. A child's file and sealed facts have no address here: they open on a page that asks for a reason first."""

from django.utils.translation import gettext_lazy as _
from ninja import Router

from wanjia.doors.answers import Answer
from wanjia.doors.calls import Cut, list_of
from wanjia.doors.dialect import text

from ..lookups.commands import look_up
from ..memberships import home_numbers
from ..models import Person
from . import queries

router = Router(tags=["people 人员"])


class PersonOut(Answer, of=Person, columns="id name=shown_name sex=shown_sex_code birth_year=shown_year citizen_last4=shown_last4"):
    """A person on a list."""

    name: str
    sex: str
    birth_year: int | None
    citizen_last4: str
    village_code: str
    household_number: str

    @staticmethod
    def resolve_village_code(person):
        return person.village_id or ""


class Find(Cut):
    """Which people."""

    q: text(60) = ""


def people_out(_request, found):
    """Return people as a list shows them."""
    homes = home_numbers(found)
    for one in found:
        one.household_number = homes[one.pk].number if one.pk in homes else ""
    return found


@list_of(router, "people", PersonOut, page="registry:people", words=_("人员"), asked=Find, shown=people_out, bare=True)
def people(request, asked):
    """People that `q` may mean, by name; children by their initials."""
    look_up(request.user, asked.q)
    return queries.people_found(request.user, asked.q).order_by("pinyin", "born_shown", "pk")
