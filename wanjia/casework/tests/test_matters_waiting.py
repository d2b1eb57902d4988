"""Where something waits to be put together the list opens, and the desk that judges a need sees what it may repeat."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from wanjia.kernel.calendar import today

from ..matters import queries
from ..screening.pages import compared
from .factories import later
from .test_matters import SAID, fresh, hamlet, home

pytestmark = pytest.mark.django_db


def far(world, n):
    """n homes of a village of another township ask for one road."""
    return [
        world.need(
            village=world.xinmin, household=home(world, 300 + at, village=world.xinmin), category="road", summary=SAID[at % len(SAID)],
            requester_name=f"邻乡{at}", by=world.stranger, at=later(days=at),
        ) for at in range(n)
    ]  # fmt: skip


def test_the_county_opens_the_township_where_something_waits_and_says_how_much_in_each(world, as_user):
    hamlet(world, 2)
    client = as_user(world.ledger)
    shown = client.get(reverse("casework:matters")).context
    assert (shown["area"], [(place.name, n) for place, n in shown["places"]]) == (world.xisha, [("码口镇", 0), ("细沙乡", 1)])
    page = client.get(reverse("casework:matters")).content.decode()
    assert "码口镇 · 0" in page and "细沙乡 · 1" in page
    assert client.get(reverse("casework:matters"), {"area": world.makou.code}).context["area"] == world.makou, "and what is asked for is shown"


def test_townships_are_counted_as_each_is_by_itself_with_as_many_questions(world):
    hamlet(world, 3)
    far(world, 2)
    actor, day = fresh(world.ledger), today(later(days=5))
    places = list(queries.townships(actor))
    with CaptureQueriesContext(connection) as all_:
        found = queries.by_township(actor, places, day)
    with CaptureQueriesContext(connection) as one:
        each = {place.code: queries.proposals(actor, place, day) for place in places[:1]}
    assert len(all_) <= len(one) + 1
    each |= {place.code: queries.proposals(actor, place, day) for place in places[1:]}
    assert {code: [one.numbers for one in rows] for code, rows in found.items()} == {code: [one.numbers for one in rows] for code, rows in each.items()}
    assert sorted(map(len, found.values())) == [1, 1]


def test_what_waits_to_be_judged_says_what_it_may_repeat_why_and_leads_there(world, as_user):
    first, last = hamlet(world, 2)
    page = as_user(world.clerk).get(reverse("casework:screen", args=[last.pk])).content.decode()
    assert "可能是同一件" in page and first.number in page and "同一个村民小组" in page
    assert reverse("casework:drawer", args=[first.pk]) in page, "beside it by one tap"
    assert f"{reverse('casework:need', args=[last.pk])}#likely" in page
    assert 'id="likely"' in as_user(world.clerk).get(reverse("casework:need", args=[last.pk])).content.decode()


def test_the_reasons_are_those_between_the_two(world):
    needs = hamlet(world, 3)
    (proposal,) = queries.likely(fresh(world.clerk), needs[2], today(later(days=3)))
    found = {row["number"]: row["reasons"] for row in compared(proposal, needs[2])}
    own = next(one for one in proposal.needs if one.row["pk"] == needs[2].pk)
    assert set(found) == {needs[0].number, needs[1].number}
    assert found[own.like or proposal.first] == own.reasons != []
    assert compared(proposal, needs[0])[0]["reasons"] != [], "of the first, the reasons stand with the others"


