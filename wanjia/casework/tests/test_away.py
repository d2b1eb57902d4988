"""Whoever works away follows by the slip and voices one for those at home; he learns nothing of the home by it."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from wanjia.kernel import triggers
from wanjia.registry.models import Household, Membership, Person
from wanjia.verdict import Refused

from ..away.commands import voice_from_away
from ..checking.queries import needs as check_needs
from ..models import Need, Slip
from ..screening.commands import admit_need
from ..screening.rules import opens_anew
from ..slip.commands import HOUSEHOLD, issue_slip
from ..slip.rules import is_trusted
from ..states import Channel, NeedState
from .factories import MONDAY, World, later
from .walk import bring

pytestmark = pytest.mark.django_db
SAID = {"category": "housing", "summary": "老家房顶漏雨,老人没人管"}


@pytest.fixture
def world():
    return World()


def seen(world, state="assigned"):
    return bring(world, state, household=world.home)


def voice(need, at=None, **facts):
    return voice_from_away(need_id=need.pk, **SAID | facts, by=HOUSEHOLD, at=at or later(1))


def test_it_becomes_an_ordinary_need_that_waits_to_be_judged(world):
    slip = voice(seen(world))
    one = slip.need
    assert (one.state, one.channel, one.household, one.summary) == (NeedState.REGISTERED, Channel.SLIP, world.home, SAID["summary"])
    assert one.holder == world.township
    assert one.due_on is not None
    assert one.requester_relation == "在外的家人凭小条说"
    assert slip.fresh, "it has a slip of its own, shown once"
    assert not is_trusted(slip, one), "whose word confirms nothing alone: its code is known to whoever held the first"
    assert not opens_anew(one), "nor does it open a promise anew"


def test_the_check_finds_it_whole(world):
    """Its slip has a line like any other: what the household itself was given must not look like a row put there by hand."""
    one = voice(seen(world)).need
    assert list(check_needs(later(2).date())) == []
    triggers.lift()
    Slip.objects.filter(need=one).update(issued_by=world.caller, by_call_back=True)
    assert list(check_needs(later(2).date())) != [], "a slip of the house that is made a caller's would speak for the household"


def test_one_at_a_time_and_a_few_in_a_month(world):
    first = seen(world)
    for n, category in enumerate(("housing", "water_power", "road")):
        one = voice(first, later(1 + n), category=category).need
        with pytest.raises(Refused, match="还没有判定"):
            voice(first, later(1 + n), category="medical")
        admit_need(need_id=one.pk, by=type(world.clerk).objects.get(pk=world.clerk.pk), at=later(1 + n))
    with pytest.raises(Refused, match="30 天里最多说 3 件"):
        voice(first, later(5), category="medical")
    voice(first, later(40), category="medical")


def test_the_same_kind_as_the_one_on_the_slip_is_asked_about(world):
    first = seen(world)
    with pytest.raises(Refused, match="就是这一类"):
        voice(first, category=first.category)
    voice(first, category=first.category, another=True)


def test_a_slip_without_a_home_voices_nothing(world):
    one = bring(world, "assigned", household=None)
    with pytest.raises(Refused, match="没有对上户"):
        voice(one)


def test_the_page_shows_the_new_code_once_and_nothing_of_the_home(world):
    first = seen(world)
    slip = issue_slip(need_id=first.pk, by=type(world.visitor).objects.get(pk=world.visitor.pk), at=MONDAY)
    code, client = slip.code, Client()
    assert reverse("casework:voice", args=[code]) in client.get(reverse("casework:slip_page", args=[code])).content.decode()
    form = client.get(reverse("casework:voice", args=[code]))
    assert form.status_code == 200
    answer = client.post(reverse("casework:voice", args=[code]), {**SAID, "key": "0190e0e0-0000-7000-8000-0000000000aa"})
    text, one = answer.content.decode(), Need.objects.get(channel=Channel.SLIP)
    assert one.number in text
    assert Slip.objects.get(need=one).code in text
    for page in (form.content.decode(), text):
        assert not re.search(f"{world.home.number}|{one.requester_name}|13887000001", page)
    assert client.get(reverse("casework:voice", args=["AAAAAA"])).status_code == 404


def test_the_desk_is_told_that_it_may_be_the_same(world):
    first = seen(world)
    one = voice(first, category=first.category, another=True).need
    client = Client()
    client.force_login(type(world.clerk).objects.get(pk=world.clerk.pk), "django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("casework:screen", args=[one.pk])).content.decode()
    assert first.number in page
    assert "在外的家人凭小条说的" in page


def moved_to(world, *homes):
    """The family of the slip lives elsewhere now."""
    for n, home in enumerate(homes):
        person = Person.objects.create(name=f"赵{n}", village=world.home.village, registered_at=MONDAY)
        Membership.objects.create(household=world.home, person=person, relation="家人", to_on=MONDAY.date())
        Membership.objects.create(household=home, person=person, relation="家人")


def other_home(world, n):
    return Household.objects.create(number=f"53062520220107{n}", village=world.datong, registered_at=MONDAY)


def test_a_slip_speaks_for_the_home_in_which_its_people_live_now(world):
    """After the family moved to another number it opened needs for an empty home."""
    new = other_home(world, 1)
    moved_to(world, new, new)
    assert voice(seen(world)).need.household == new


def test_of_a_family_that_is_nowhere_or_in_two_homes_the_village_records(world):
    moved_to(world, other_home(world, 1), other_home(world, 2))
    with pytest.raises(Refused, match="已经搬走了"):
        voice(seen(world))
