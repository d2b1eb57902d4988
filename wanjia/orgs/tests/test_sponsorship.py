"""Who sponsors a village today; where nobody does, and where two do."""

from datetime import date

import pytest

from wanjia.orgs.models import Organisation, Sponsorship
from wanjia.orgs.sponsorship import commands, queries
from wanjia.verdict import Refused

from .factories import act, area

DAY = date(2024, 1, 10)


@pytest.fixture
def bureau(world):
    return Organisation.objects.get(name="永善县民政局")


@pytest.fixture
def office(world):
    return Organisation.objects.get(name="永善县台账办")


def bind(unit, place, from_on=date(2022, 1, 1), to_on=None, **who):
    return commands.sponsor_area(organisation=unit, area=area(place), from_on=from_on, to_on=to_on, **{**act(), **who})


def names(code, day=DAY):
    return [bond.organisation.name for bond in queries.sponsors_of(code, day)]


def test_a_village_is_sponsored_through_its_township(bureau):
    bind(bureau, "细沙乡")

    assert names("530625202202") == ["永善县民政局"]
    assert names("530625108201") == []


def test_the_nearest_bond_speaks(bureau, office):
    bind(bureau, "细沙乡")
    bind(office, "大同村")

    assert names("530625202202") == ["永善县台账办"]
    assert names("530625202203") == ["永善县民政局"]


def test_a_group_is_sponsored_through_its_village(bureau):
    bind(bureau, "大同村")

    assert names("530625202202001") == ["永善县民政局"]


def test_a_bond_holds_from_its_first_day_until_the_day_before_its_end(bureau):
    bind(bureau, "细沙乡", date(2022, 1, 1), date(2024, 1, 10))

    assert names("530625202202", date(2021, 12, 31)) == []
    assert names("530625202202", date(2022, 1, 1)) == ["永善县民政局"]
    assert names("530625202202", date(2024, 1, 9)) == ["永善县民政局"]
    assert names("530625202202", date(2024, 1, 10)) == []


def test_gaps_and_overlaps_are_listed(bureau, office, django_assert_num_queries):
    bind(bureau, "细沙乡")
    bind(bureau, "大同村")
    bind(office, "大同村")

    county = area("永善县")
    with django_assert_num_queries(2):
        found = queries.coverage(county, DAY)

    assert [one.short_name for one in found.gaps] == ["云荞村", "顺河村", "码口社区", "新民村", "马楠村"]
    assert [(village.short_name, len(bonds)) for village, bonds in found.overlaps] == [("大同村", 2)]
    assert len(found.by_village) == 8


def test_without_the_bond_the_village_is_a_gap(bureau):
    assert "大同村" in [one.short_name for one in queries.coverage(area("细沙乡"), DAY).gaps]


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        pytest.param({"from_on": DAY, "to_on": DAY}, "止期要晚于起期", id="no day"),
        pytest.param({"place": "花坛村"}, "不能挂联", id="another county"),
        pytest.param({"place": "溪洛渡镇"}, "已经撤销", id="ended"),
        pytest.param({"by": "xisha"}, "不能维护挂联", id="no duty"),
        pytest.param({"place": "花坛村", "by": "admin"}, "不在您的辖区", id="outside"),
    ],
)
def test_sponsor_area_refuses_and_changes_nothing(world, bureau, spoil, why):
    who = {"by": world[spoil["by"]]} if "by" in spoil else {}
    with pytest.raises(Refused, match=why):
        bind(bureau, spoil.get("place", "细沙乡"), spoil.get("from_on", DAY), spoil.get("to_on"), **who)

    assert not Sponsorship.objects.exists()


def test_the_same_bond_twice_at_once_is_refused_and_later_again_is_not(bureau):
    bind(bureau, "细沙乡", date(2022, 1, 1), date(2023, 1, 1))

    with pytest.raises(Refused, match="已经挂联"):
        bind(bureau, "细沙乡", date(2022, 6, 1))
    assert bind(bureau, "细沙乡", date(2023, 1, 1))


def test_a_bond_is_ended_once(bureau):
    bond = bind(bureau, "细沙乡")
    commands.end_sponsorship(bond_id=bond.pk, on=DAY, **act())

    assert names("530625202202", DAY) == []
    with pytest.raises(Refused, match="已经结束"):
        commands.end_sponsorship(bond_id=bond.pk, on=DAY, **act())
