"""Whoever works on a need could write his own telephone for the household's and answer the callback himself: the caller is told who wrote the number."""

from datetime import date

import pytest

from wanjia.kernel.models import Entry
from wanjia.registry.households.commands import update_household
from wanjia.registry.models import Household, Person
from wanjia.reporting.papers.commands import print_document
from wanjia.reporting.papers.sheets import sheet_of

from ..assignment.commands import accept_need, assign_need
from ..handling.commands import report_done
from ..models import Need
from ..papers.kinds import PAPERS
from ..screening.commands import admit_need
from ..triage.commands import triage_need
from .factories import later
from .walk import DONE, bring

pytestmark = pytest.mark.django_db
WARNING = "他的单位也办这件诉求"


def done_by_village(world, **facts):
    """The village committee settles what its own worker recorded."""
    need = world.need(**facts)
    key = {"need_id": need.pk}
    admit_need(**key, by=world.clerk, at=later(hours=1))
    triage_need(**key, urgency="ordinary", difficulty="easy", by=world.clerk, at=later(hours=2))
    assign_need(**key, holder=world.committee, by=world.clerk, at=later(hours=3))
    accept_need(**key, by=world.visitor, at=later(days=1))
    report_done(**key, **DONE, by=world.visitor, at=later(days=4))
    return Need.objects.get(pk=need.pk)


def put_phone(world, by, phone):
    home = Household.objects.get(pk=world.home.pk)
    update_household(household_id=home.pk, version=home.version, phone=phone, by=by, at=later(days=4, hours=1))
    assert "phone" in Entry.objects.filter(act="household.update").last().detail["fields"]


def shown(as_user, world, need):
    return as_user(world.caller).post(f"/callbacks/sitting/{need.pk}/", {"phone": "1"}).content.decode()


def test_a_number_written_by_the_handling_unit_is_said_to_be(as_user, world):
    need = done_by_village(world)
    put_phone(world, world.visitor, "13900000001")
    page = shown(as_user, world, need)
    assert "13900000001" in page and WARNING in page and world.visitor.name in page


def test_a_number_of_the_record_written_by_the_handling_unit_too(as_user, world):
    assert WARNING in shown(as_user, world, done_by_village(world, requester_phone="13900000002"))


def test_a_number_that_somebody_else_wrote_is_no_news(as_user, world):
    need = done_by_village(world)
    put_phone(world, world.clerk, "13900000003")
    assert "13900000003" in (page := shown(as_user, world, need)) and WARNING not in page
    assert WARNING not in shown(as_user, world, bring(world, "done_reported", requester_phone="13900000004"))


def test_the_paper_that_hands_a_need_over_bears_the_homes_number_where_the_need_has_none(world):
    need = bring(world, "assigned", household=world.home)
    Household.objects.filter(pk=world.home.pk).update(phone=b"")
    assert "未留电话" in on_paper(world, need)
    put_phone(world, world.visitor, "13900000005")
    assert "13900000005" in on_paper(world, need)
    child = Person.objects.create(name="王小雨", village=world.datong, birth_on=date(2016, 5, 20), sex="女", registered_at=later(0))
    Need.objects.filter(pk=need.pk).update(requester=child)
    assert "0005" not in on_paper(world, need)


def on_paper(world, need):
    paper = print_document(subject_id=need.pk, kind="assignment", by=world.clerk, at=later(5))
    return str(sheet_of(PAPERS, paper, world.clerk, later(5)).rows)
