"""What is voiced at a home whose head is erased, or that has no head, still becomes a need, in nobody's false name."""

import pytest

from tests.house import acts
from wanjia.casework.models import Need
from wanjia.casework.tests.factories import MONDAY
from wanjia.kernel.erasure import WORD
from wanjia.orgs.checking.erasures import faults
from wanjia.registry.models import Membership, Person
from wanjia.registry.visits.commands import record_visit

pytestmark = pytest.mark.django_db


def visited(world):
    """Record a visit at whose door somebody voiced a difficulty and nobody was named."""
    record_visit(
        visit_id=acts.visit(world).pk, done_on=acts.DAY, method="home", visitor_ids=[world.visitor.pk, world.register.yang.pk],
        findings=[{"category": "housing", "words": "房顶漏雨"}], by=world.visitor, at=MONDAY,
    )  # fmt: skip


def test_of_a_home_whose_head_is_erased():
    """The need bore the word of an erasure that no order named: `wanjia check` called it a forgery for ever."""
    world = acts.World()
    Person.objects.filter(pk=world.register.head.pk).update(name=WORD)
    visited(world)
    assert Need.objects.get(source_file__startswith="visit:").requester_name != WORD
    assert not [fault for fault in faults(None) if fault[0].startswith("casework_need")]


def test_of_a_home_without_a_head():
    world = acts.World()
    Membership.objects.filter(household=world.register.home, relation="户主").update(relation="其他")
    visited(world)
    assert Need.objects.get(source_file__startswith="visit:").household == world.register.home
