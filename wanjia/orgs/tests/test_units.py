"""Units by the names that papers bear."""

import pytest

from wanjia.kernel.verdict import Refused
from wanjia.orgs.accounts import commands as accounts
from wanjia.orgs.models import Line, Organisation, OrganisationAlias, Tier
from wanjia.orgs.units import commands
from wanjia.orgs.units.queries import OrganisationNames

from .factories import act, area, unit


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("永善县民政局", "永善县民政局"), ("县民政局", "永善县民政局"), ("民政局", "永善县民政局"), ("细沙乡人民政府", "细沙乡人民政府"),
        ("细沙乡政府", "细沙乡人民政府"), ("大同村委会", "大同村民委员会"), ("大同村", "大同村民委员会"), (" 县 民政局", "永善县民政局"),
    ],
)  # fmt: skip
def test_a_unit_is_found_by_what_papers_call_it(world, written, name):
    assert OrganisationNames.load().find(written, area=area("细沙乡")).area.name == name


def test_the_same_bureau_of_two_counties_is_told_apart_by_the_place(world):
    unit("水富市民政局", "水富市", Tier.COUNTY, Line.CIVIL, aliases=["县民政局", "民政局"])

    names = OrganisationNames.load()
    assert names.find("县民政局", area=area("大同村")).area.name == "永善县民政局"
    assert names.find("民政局", area=area("花坛村")).area.name == "水富市民政局"
    assert len(names.find("县民政局").candidates) == 2


def test_an_unknown_unit_finds_nothing(world):
    assert not OrganisationNames.load().find("县天文台").candidates


def test_a_renamed_unit_keeps_its_old_name_as_an_alias(world):
    bureau = Organisation.objects.get(name="永善县民政局")
    commands.keep_organisation(
        name="永善县民政和退役军人事务局", area=bureau.area, tier=bureau.tier, line=bureau.line, organisation=bureau, **act()
    )

    assert OrganisationAlias.objects.filter(organisation=bureau, name="永善县民政局").exists()
    assert OrganisationNames.load().find("永善县民政局").area == bureau


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        pytest.param({"name": "局"}, "2 到 80 个字", id="too short"),
        pytest.param({"name": "永善县民政局"}, "已经有一个", id="twice"),
        pytest.param({"tier": Tier.VILLAGE}, "对不上", id="wrong tier"),
        pytest.param({"by": "xisha"}, "不能维护单位", id="no duty"),
        pytest.param({"by": "admin", "place": "水富市"}, "不在您的辖区", id="outside"),
    ],
)
def test_keep_organisation_refuses_and_changes_nothing(world, spoil, why):
    before = Organisation.objects.count()
    who = {**act(), "by": world[spoil["by"]]} if "by" in spoil else act()
    with pytest.raises(Refused, match=why):
        commands.keep_organisation(
            name=spoil.get("name", "永善县水务局"),
            area=area(spoil.get("place", "永善县")),
            tier=spoil.get("tier", Tier.COUNTY),
            **who,
        )

    assert Organisation.objects.count() == before


def test_a_unit_with_people_in_it_is_not_ended(world):
    seat = Organisation.objects.get(name="码口镇人民政府")
    day = act()["at"].date()
    with pytest.raises(Refused, match="还有人在岗"):
        commands.end_organisation(organisation=seat, on=day, reason="合并", **act())

    accounts.end_post(post=seat.posts.get(), on=day, **act())
    assert commands.end_organisation(organisation=seat, on=day, reason="合并", **act()).to_on == day
    assert not OrganisationNames.load(day=day).find("码口镇人民政府")
