"""Who is to have somebody alone, by hand too: shared with a reason alone; a roster and a version say why."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from tests.house.worlds import World
from wanjia.care.models import Entitled, Pair
from wanjia.care.pairing import commands, options, rules, workbook
from wanjia.kernel.tests.tried import MONDAY
from wanjia.orgs.workdays.hours import CLOCK
from wanjia.verdict import Refused

from . import acts_pairing as acts

pytestmark = pytest.mark.django_db
DAY = MONDAY.date()


@pytest.fixture
def world():
    return World()


def together(world, card):
    """A helper accompanies one child; another child waits for somebody. card: whether the waiting one is to have somebody alone, else the first is."""
    first, waits = (acts.another(world, card=not card), world.register.child)
    if card:
        acts.disabled(world, waits)
    one = acts.able(world)
    Pair.objects.create(child=first, helper=one, from_on=DAY - timedelta(days=30))
    commands.watch_entitled(area=world.county, by=CLOCK, at=MONDAY)
    row = Entitled.objects.filter(child=waits).first() or Entitled.objects.create(child=waits, since_on=DAY, due_on=DAY)
    return {"entitled_id": row.pk, "helper": one}


@pytest.mark.parametrize("card", [True, False])
def test_who_is_to_have_somebody_alone_shares_her_with_a_reason_alone(world, card):
    what = together(world, card)
    with pytest.raises(Refused, match="先一对一"):
        commands.pair_child(**what, **acts.who(world))
    pair = commands.pair_child(**what, reason="村里没有别的帮扶人", **acts.who(world))
    assert pair.reason == "村里没有别的帮扶人" and pair.helper.pairs.count() == 2


def test_where_nobody_is_to_have_somebody_alone_no_reason_is_asked(world):
    what = together(world, card=False)
    Pair.objects.get().child.statuses.all().delete()
    assert commands.pair_child(**what, **acts.who(world)).reason == ""


def test_without_the_question_two_share_whom_one_is_to_have_alone(world, monkeypatch):
    """Negative control."""
    what = together(world, card=True)
    monkeypatch.setattr(rules, "parts_alone", lambda *_what: False)
    assert commands.pair_child(**what, **acts.who(world)).helper.pairs.count() == 2


def test_a_hand_over_asks_for_the_reason_too(world):
    taker = acts.able(world, name="岑帮扶")
    pair = Pair.objects.get(pk=acts.paired(world)["pair_id"])
    Pair.objects.create(child=acts.another(world, card=False), helper=taker, from_on=DAY)
    given = {"pair_id": pair.pk, "helper": taker, "why": "left"}
    with pytest.raises(Refused, match="先一对一"):
        commands.hand_pair(**given, **acts.who(world))
    assert commands.hand_pair(**given, reason="别的帮扶人都调走了", **acts.who(world)).helper == taker


def test_whoever_takes_over_a_post_takes_nobody_s_company_away(world):
    """Of several helpers whoever has nobody else takes the child on; where each has others, a person decides and says why."""
    pair = Pair.objects.get(pk=acts.paired(world)["pair_id"])
    shared, unit = acts.able(world, name="安帮扶"), SimpleNamespace(person=None, unit=world.office)
    Pair.objects.create(child=acts.another(world, card=False), helper=shared, from_on=DAY)
    with pytest.raises(Refused, match="先一对一"):
        commands.take_pairs({pair.pk: unit}, None, why="moved", **acts.who(world))
    free = acts.able(world, name="岑帮扶")
    commands.take_pairs({pair.pk: unit}, None, why="moved", **acts.who(world))
    pair.refresh_from_db()
    assert pair.handed_to.helper == free


def test_who_would_be_shared_stands_behind_the_others_and_says_so(world, client):
    what = together(world, card=True)
    free = acts.able(world, name="岑帮扶", sex="男", speaks="")
    found = options.remedies(world.register.child, DAY)
    assert [(one.helper, one.fits, one.shared) for one in found] == [(free, True, False), (what["helper"], True, True)]
    client.force_login(acts.who(world)["by"], backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(f"/care/entitled/{what['entitled_id']}/pair/").content.decode()
    assert page.count("会和别的孩子合用") == 1 and 'name="reason"' in page
    told = client.post(f"/care/entitled/{what['entitled_id']}/pair/", {"helper": what["helper"].pk})
    assert "先一对一" in told.content.decode() and not Pair.objects.filter(child=world.register.child).exists()


def test_a_roster_says_why_two_share_whom_one_is_to_have_alone(world):
    what = together(world, card=True)
    row = {"姓名": world.register.child.name, "帮扶人": what["helper"].name, "单位": world.office.name}
    look = workbook.look(acts.who(world)["by"], DAY)

    def found(**more):
        return [code for code, _column, _detail in workbook.look(acts.who(world)["by"], DAY)(row | more, world.datong.code)]

    assert found() == found(为什么一起帮="无") == ["pair.alone"] and found(为什么一起帮="村里没有别的帮扶人") == []
    assert found(为什么一起帮=f"{world.register.child.name}离得近") == ["pair.named"]
    with pytest.raises(Refused, match="先一对一"):
        commands.begin_listed(world.register.child, what["helper"], None, **acts.who(world))
    assert commands.begin_listed(world.register.child, what["helper"], None, "村里没有别的帮扶人", **acts.who(world)).reason
    assert [code for code, *_more in look(row, world.datong.code)] == [], "it stands: the same again"


def test_a_roster_counts_its_own_rows_when_it_says_who_is_alone(world):
    acts.disabled(world)
    one, other = acts.able(world), acts.another(world, card=False)
    look = workbook.look(acts.who(world)["by"], DAY)
    rows = [{"姓名": child.name, "帮扶人": one.name, "单位": world.office.name} for child in (world.register.child, other)]
    assert [[code for code, *_more in look(row, world.datong.code)] for row in rows] == [[], ["pair.alone"]]
