"""Units are kept, renamed and ended."""

import pytest

from wanjia.orgs.accounts import commands as accounts
from wanjia.orgs.duties import Duty
from wanjia.orgs.models import Line, Organisation, OrganisationAlias, Post, Tier
from wanjia.orgs.roles import Role
from wanjia.orgs.scope import reaches
from wanjia.orgs.units import commands, rules
from wanjia.verdict import ALLOWED, Refused

from .factories import START, act, again, area, person


def test_a_renamed_unit_keeps_its_old_name_as_an_alias(world):
    bureau = Organisation.objects.get(name="永善县民政局")
    commands.keep_organisation(
        name="永善县民政和退役军人事务局", area=bureau.area, tier=bureau.tier, line=bureau.line, unit_id=bureau.pk, **act()
    )

    assert OrganisationAlias.objects.filter(organisation=bureau, name="永善县民政局").exists()


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        pytest.param({"name": "局"}, "2 到 80 个字", id="too short"),
        pytest.param({"phone": "138x"}, "只写数字和横线", id="no number"),
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
            phone=spoil.get("phone", ""),
            **who,
        )

    assert Organisation.objects.count() == before


def test_a_unit_with_people_in_it_is_not_ended(world):
    seat = Organisation.objects.get(name="码口镇人民政府")
    day = act()["at"].date()
    with pytest.raises(Refused, match="还有人在岗"):
        commands.end_organisation(unit_id=seat.pk, on=day, reason="合并", **act())

    accounts.end_post(post_id=seat.posts.get().pk, on=day, **act())
    assert commands.end_organisation(unit_id=seat.pk, on=day, reason="合并", **act()).to_on == day


@pytest.mark.parametrize("moved", [{"area": "永善县", "tier": Tier.COUNTY}, {"line": Line.NONE}], ids=["to the county", "out of its line"])
def test_a_unit_with_people_in_it_is_not_moved_by_an_administrator(world, moved):
    """Its posts reach where it stands: moved, they would reach further, and no second person was asked."""
    station = Organisation.objects.get(name="细沙乡民政办")
    officer = person("weibao", station, Role.PROTECTION_OFFICER)
    asked = {"area": station.area, "tier": station.tier, "line": station.line} | moved
    asked["area"] = area(asked["area"]) if isinstance(asked["area"], str) else asked["area"]
    who = act() | {"by": world["admin"]}
    with pytest.raises(Refused, match="还有人在岗"):
        commands.keep_organisation(name=station.name, unit_id=station.pk, **asked, **who)
    assert reaches(again(officer), duty=Duty.PROTECT_CHILDREN)[0].first == "530625202"
    commands.keep_organisation(name="细沙乡民政和未保站", unit_id=station.pk, area=station.area, tier=station.tier, line=station.line, **who)
    Post.objects.filter(organisation=station).update(to_on=START)
    commands.keep_organisation(name=station.name, unit_id=station.pk, **asked, **who)


def test_without_the_fence_the_officer_reaches_the_county(world, monkeypatch):
    """Negative control."""
    monkeypatch.setattr(rules, "can_move", lambda *_asked: ALLOWED)
    station = Organisation.objects.get(name="细沙乡民政办")
    officer = person("weibao", station, Role.PROTECTION_OFFICER)
    commands.keep_organisation(name=station.name, unit_id=station.pk, area=area("永善县"), tier=Tier.COUNTY, line=station.line, **act() | {"by": world["admin"]})
    assert reaches(again(officer), duty=Duty.PROTECT_CHILDREN)[0].first == "530625"
