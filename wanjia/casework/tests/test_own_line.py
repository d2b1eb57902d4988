"""A county's unit without a line sees what it handles, handled or recorded, and nothing by its area; whoever looks over the county by duty sees all.

Any of 22 bureaus once listed what the county has (ADR 81). Here each kind of list, page, count and call asks the one rule (orgs/scope.py).
"""

import pytest
from django.urls import reverse

from wanjia.orgs.duties import Duty as OrgsDuty
from wanjia.orgs.handing.queries import visible as handovers
from wanjia.orgs.models import Handover, Tier, User
from wanjia.orgs.roles import Role
from wanjia.reporting.figures.rules import opens_rows, sees_whole

from ..assignment.commands import assign_need
from ..honesty import queries as honesty
from ..ledger import queries as ledger
from ..rules import SEES, covers, visible_needs
from ..states import NeedState as S
from .factories import later, unit, worker
from .walk import bring

pytestmark = pytest.mark.django_db


@pytest.fixture
def revival(world):
    """乡村振兴局: a bureau of the county that belongs to no line."""
    return unit("永善县乡村振兴局", Tier.COUNTY, world.county)


@pytest.fixture
def reviver(revival):
    return worker("xiangzhen", "尹振兴", revival, Role.BUREAU_WORKER)


def again(user):
    return User.objects.get(pk=user.pk)


def test_it_sees_nothing_that_is_not_its_own(world, reviver, as_user):
    need = bring(world, S.TRIAGED)
    client = as_user(reviver)
    assert not visible_needs(reviver).exists() and not covers(reviver, need, duty=SEES)
    assert need.number not in client.get(reverse("casework:ledger")).content.decode()
    for name in ("need", "drawer"):
        assert client.get(reverse(f"casework:{name}", args=[need.pk])).status_code == 404
    assert need.number not in client.get("/api/needs/").content.decode()
    assert not sees_whole(reviver, world.county) and opens_rows(reviver, world.county), "its figures are of its own share, and say so"


@pytest.mark.parametrize("role", [Role.LEDGER_OFFICE, Role.LEADER, Role.INSPECTOR, Role.CALLBACK_OFFICER])
def test_whoever_looks_over_the_county_sees_all(world, revival, role):
    bring(world, S.TRIAGED)
    assert visible_needs(worker("quan", "全看", revival, role)).count() == 1, "control: by the role, whatever the unit"


def test_a_township_without_a_line_sees_its_own_as_ever(world):
    bring(world, S.TRIAGED)
    assert visible_needs(world.clerk).count() == 1 and visible_needs(world.visitor).count() == 1


def test_what_it_is_given_it_sees_and_works_on_and_goes_on_seeing(world, reviver, revival, as_user):
    need = bring(world, S.TRIAGED)
    assign_need(need_id=need.pk, holder=revival, by=world.ledger, at=later(1))
    (seen,) = visible_needs(reviver)
    assert covers(reviver, seen, duty=SEES) and list(ledger.on_desk(reviver)) == [need]
    assert as_user(reviver).get(reverse("casework:need", args=[need.pk])).status_code == 200
    other = worker("zonghe", "另一家", unit("永善县供销社", Tier.COUNTY, world.county), Role.BUREAU_WORKER)
    assert not visible_needs(other).exists() and not covers(other, seen, duty=SEES), "a bureau without a line is no line with the others"


def test_what_was_left_behind_elsewhere_is_not_on_its_list(world, revival):
    head = worker("juzhang", "局长", revival, Role.BUREAU_HEAD)
    for where, who in ((world.civil, world.handler), (revival, worker("zou", "走了", revival, Role.BUREAU_WORKER))):
        Handover.objects.create(user=who, organisation=where, opened_at=later(1), due_on=later(4).date())
    assert [row.organisation for row in handovers(head)] == [revival]
    assert head.has_duty(OrgsDuty.HAND_OVER)


# Who looks again (ADR 109)


@pytest.fixture
def leader(world):
    return worker("lingdao", "何县长", unit("永善县人民政府", Tier.COUNTY, world.county), Role.LEADER)


def test_a_leaders_desk_says_how_many_are_to_be_looked_at_and_the_inspectors_has_the_rows(world, leader, as_user):
    need = bring(world, S.VERIFIED, involves_child=True)
    assert list(honesty.to_recheck(leader)) == [need] == list(honesty.to_recheck(again(world.inspector)))
    assert list(ledger.on_desk(again(world.inspector))) == [need]
    assert list(ledger.on_desk(leader)) == []
    desk = as_user(leader).get("/").content.decode()
    assert "/rechecks/" in desk and need.number not in desk, "one line with the number leads to the list"


def test_what_no_inspector_may_look_at_lies_on_the_leaders_desk(world, leader):
    need = bring(world, S.VERIFIED, involves_child=True)
    world.inspector.posts.update(to_on=later(1).date())
    assert list(ledger.on_desk(again(leader))) == [need], "nobody inspects"
    world.inspector.posts.update(to_on=None)
    worker("ducha", "", world.office, Role.CALLBACK_OFFICER)
    world.inspector.posts.create(organisation=world.office, role=Role.INSPECTOR, from_on=world.inspector.posts.first().from_on)
    assert list(ledger.on_desk(again(leader))) == [need], "the one who inspects sits with whoever called the household"
