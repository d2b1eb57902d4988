"""More time than the grid gives takes another unit's word (ADR 86): one that is alone makes no later need's promise later."""

import random
from datetime import timedelta
from functools import partial

import pytest
from django.urls import reverse
from django.utils import timezone

from wanjia.kernel.calendar import WorkingCalendar, today
from wanjia.kernel.models import CalendarDay, Entry
from wanjia.orgs.agreeing import rules as agreeing
from wanjia.orgs.models import Level, Tier
from wanjia.orgs.roles import Role
from wanjia.orgs.workdays.commands import clear_workday, keep_workday
from wanjia.policy.triage import Cell
from wanjia.verdict import Refused

from ..models import CellChange, GridCell, Need
from ..queries import cell_for
from ..triage import rules
from ..triage.commands import deadline, decide_grid_cell, set_grid_cell, triage_need
from .factories import MONDAY, area, later, unit, worker
from .walk import bring

DAY = today(MONDAY)
GRADES = {"urgency": "urgent", "difficulty": "easy"}  # three working days by the product's grid


@pytest.fixture
def county(world):
    world.leader = worker("xisha-lingdao", "高领导", world.township, Role.TOWNSHIP_LEADER)
    world.beside = worker("tongshi", "郑同室", world.office, Role.INSPECTOR)  # of the unit that asks
    return world


def put(world, days, unit="working", on=DAY, at=MONDAY, **more):
    cell = {**GRADES, "tiers": ["village"], "hint": "", **more}
    return set_grid_cell(county=world.county, days=days, unit=unit, from_on=on, by=world.ledger, at=at, **cell)


def decide(world, change, by, agree=True, at=MONDAY, words=""):
    return decide_grid_cell(change_id=change.pk, agree=agree, by=getattr(world, by), at=at, words=words)


def in_force(world, day=DAY):
    cell = cell_for(world.datong, *GRADES.values(), day)
    return cell.days, cell.unit


def graded(world, at):
    need = bring(world, "admitted", at=at)
    triage_need(need_id=need.pk, **GRADES, by=world.clerk, at=at + timedelta(hours=3))
    return Need.objects.get(pk=need.pk)


def test_a_longer_cell_waits_until_another_unit_agrees_and_both_are_named(county):
    promised = graded(county, MONDAY).due_on
    change = put(county, 30)
    assert isinstance(change, CellChange) and change.state == "waiting"
    assert not GridCell.objects.exists() and in_force(county) == (3, "working")
    assert graded(county, MONDAY).due_on == promised
    cell = decide(county, change, "leader")
    assert in_force(county) == (30, "working")
    assert (cell.set_by, cell.agreed_by) == (county.ledger, county.leader)
    assert graded(county, MONDAY).due_on > promised
    asked, agreed = Entry.objects.get(act="grid.propose"), Entry.objects.get(act="grid.agree")
    assert (asked.by_name, agreed.by_name, agreed.detail["asked_by"], agreed.detail["days"]) == ("吴台账", "高领导", "吴台账", 30)


@pytest.mark.parametrize("agree", [True, False])
def test_named_is_the_unit_of_the_post_by_which_the_word_was_given(county, agree):
    """As it was, the main unit: here a bureau of the county, by which nobody may agree to anything."""
    county.leader = worker("liang-gang", "两岗", county.civil, Role.BUREAU_WORKER)
    county.leader.posts.create(organisation=county.township, role=Role.TOWNSHIP_LEADER, from_on=DAY - timedelta(days=500))
    change = put(county, 30)
    decide(county, change, "leader", agree, words="不必延长")
    change.refresh_from_db()
    line = Entry.objects.get(act="grid.agree" if agree else "grid.decline")
    assert (change.by_org, change.decided_org, line.by_org) == (county.office.name, county.township.name, county.township.name)


@pytest.mark.parametrize(("days", "kind"), [(3, "working"), (1, "working"), (3, "calendar"), (1, "calendar")])
def test_what_is_no_longer_is_made_at_once(county, days, kind):
    assert isinstance(put(county, days, kind), GridCell)
    assert in_force(county) == (days, kind)
    assert isinstance(put(county, 3), GridCell)  # back to the product's own grid


def test_a_cell_that_was_agreed_to_is_shortened_alone_and_lengthened_again_by_two(county):
    decide(county, put(county, 20), "leader")
    assert isinstance(put(county, 20, tiers=["township"]), GridCell)  # as long: only who may hold it
    assert isinstance(put(county, 10), GridCell)
    assert isinstance(put(county, 20), CellChange)
    assert in_force(county) == (10, "working")


def test_a_cell_asked_for_long_ago_writes_over_none_that_was_set_since(county):
    change = put(county, 30)
    put(county, 9, difficulty="hard")  # another cell
    put(county, 2)
    with pytest.raises(Refused, match="这一格又改过"):
        decide(county, change, "leader", at=later(20))
    assert in_force(county, DAY + timedelta(days=25)) == (2, "working")
    decide(county, change, "leader", agree=False, words="又改过")
    decide(county, put(county, 30), "leader")
    assert in_force(county) == (30, "working")


def test_a_shorter_cell_to_come_is_not_put_off_alone(county):
    """As long as the cell in force today, yet longer than the one that was announced for next week."""
    decide(county, put(county, 20), "leader")
    assert isinstance(put(county, 5, on=DAY + timedelta(days=7)), GridCell)
    assert isinstance(put(county, 20, on=DAY + timedelta(days=2)), CellChange)
    assert [in_force(county, DAY + timedelta(days=n))[0] for n in (0, 6, 7, 30)] == [20, 20, 5, 5]


def test_one_cell_is_in_force_on_each_day(county):
    put(county, 2, on=DAY + timedelta(days=10))
    put(county, 3, on=DAY)
    put(county, 2, on=DAY + timedelta(days=10))
    put(county, 1, on=DAY + timedelta(days=5))
    for n in (0, 5, 8, 10, 20):
        assert GridCell.objects.on(DAY + timedelta(days=n)).count() == 1
    assert in_force(county, DAY + timedelta(days=8)) == (1, "working")


@pytest.mark.parametrize(("by", "said"), [("beside", "您在申请单位也有岗位"), ("ledger", "另一个单位"), ("clerk", "另一个单位")])
def test_nobody_of_the_same_unit_and_nobody_without_the_duty_agrees(county, by, said):
    change = put(county, 30)
    with pytest.raises(Refused, match=said):
        decide(county, change, by)
    assert in_force(county) == (3, "working")


def test_nobody_of_another_county_agrees(county):
    place = area("530621000000", "鲁甸县", Level.COUNTY)
    county.far = worker("ludian", "远方人", unit("鲁甸县台账办", Tier.COUNTY, place), Role.LEADER)
    change = put(county, 30)
    with pytest.raises(Refused, match="别的县"):
        decide(county, change, "far")


def test_nobody_of_another_county_opens_its_page(county, client):
    place = area("530621000000", "鲁甸县", Level.COUNTY)
    far = worker("ludian", "远方人", unit("鲁甸县台账办", Tier.COUNTY, place), Role.LEADER)
    page = reverse("casework:decide_grid_cell", args=[put(county, 30).pk])
    for user, status in ((far, 404), (county.leader, 200), (county.ledger, 200)):
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        assert client.get(page).status_code == status, user
    client.force_login(far, backend="django.contrib.auth.backends.ModelBackend")
    assert client.post(page, {"agree": "0", "words": "不必延长"}).status_code == 404


@pytest.mark.parametrize("unit", ["working", "calendar"])
def test_a_year_mistyped_is_refused(county, unit):
    with pytest.raises(Refused, match="请核对年份"):
        put(county, 30, unit, on=DAY.replace(year=9999))
    assert put(county, 1, on=DAY.replace(year=DAY.year + 1))


def test_agreed_to_late_it_counts_from_that_day_and_early_from_the_day_asked(county):
    change = put(county, 30)
    with pytest.raises(Refused, match="已经有一项改动在等"):
        put(county, 40)
    decide(county, change, "leader", at=later(days=4))
    assert in_force(county, DAY + timedelta(days=3)) == (3, "working")
    assert in_force(county, DAY + timedelta(days=4)) == (30, "working")
    decide(county, put(county, 40, on=DAY + timedelta(days=9), at=later(days=4)), "leader", at=later(days=5))
    assert [in_force(county, DAY + timedelta(days=n))[0] for n in (8, 9)] == [30, 40]


def test_declined_it_never_is_and_the_asker_takes_it_back(county):
    change = put(county, 30)
    with pytest.raises(Refused, match="理由"):
        decide(county, change, "leader", agree=False)
    decide(county, change, "leader", agree=False, words="三天够了")
    with pytest.raises(Refused, match="已经处理过"):
        decide(county, change, "leader")
    decide(county, put(county, 30), "ledger", agree=False, words="写错了")
    assert in_force(county) == (3, "working")
    assert [line.detail["asked_by"] for line in Entry.objects.filter(act="grid.decline")] == ["吴台账", "吴台账"]


@pytest.mark.parametrize(("new", "old", "longer"), [
    ((3, "calendar"), (3, "working"), False),  # three working days may be three days
    ((5, "calendar"), (3, "working"), True),  # they are five over a weekend only
    ((3, "working"), (5, "calendar"), True),  # a holiday lies between
    ((1, "working"), (30, "calendar"), False),
    ((30, "working"), (30, "calendar"), True),
    ((4, "working"), (3, "working"), True),
    ((3, "calendar"), (3, "calendar"), False),
])  # fmt: skip
def test_of_working_and_calendar_days_the_longer_is_what_could_end_later(world, new, old, longer):
    cells = [Cell(**GRADES, tiers=("village",), days=days, unit=kind) for days, kind in (new, old)]
    assert rules.could_end_later(*cells, DAY) is longer


def test_weekends_worked_for_a_while_buy_no_working_days(county):
    """A table with more work makes working days look short; the work is taken back, and the longer cell would stay."""
    decide(county, put(county, 14, "calendar"), "leader")
    for n in range(800):
        day = DAY + timedelta(days=n)
        CalendarDay.objects.update_or_create(day=day, defaults={"works": True, "name": "上班", "source": "县里"})
    assert deadline(Cell(**GRADES, tiers=(), days=14, unit="working"), DAY).on == DAY + timedelta(days=14)
    assert isinstance(put(county, 14, "working"), CellChange)


def dues(day=DAY):
    """Where every start and grade of a few would be promised: (start, due)."""
    table = WorkingCalendar.load()
    village = GridCell._meta.get_field("county").related_model.objects.get(code="530625202201")
    starts = [day + timedelta(days=n) for n in range(60)]
    return [deadline(cell_for(village, *GRADES.values(), start), start, table).on for start in starts]


def alone(world, dice):
    """Try a few changes in one unit's own hands, of grid and calendar; nobody of another unit agrees."""
    who = {"by": world.ledger, "at": MONDAY}

    def cell(*days):
        return put(world, dice.choice(days), dice.choice(("working", "calendar")), on=DAY + timedelta(days=dice.randrange(30)))

    for _n in range(8):
        weekend = DAY + timedelta(days=dice.choice((5, 6, 12, 13, 19, 20)))
        acts = [
            lambda: cell(1, 2, 3, 4, 5, 8, 30),
            lambda: cell(2, 3, 5),
            partial(keep_workday, day=weekend, works=True, name="", source="县里", **who),
            partial(clear_workday, day=weekend, reason="撤回", **who),
        ]  # fmt: skip
        try:
            dice.choice(acts)()
            for change in CellChange.objects.filter(state="waiting"):
                decide_grid_cell(change_id=change.pk, agree=True, by=dice.choice((world.beside, world.ledger)), at=MONDAY)
        except Refused:
            CellChange.objects.filter(state="waiting").delete()


@pytest.mark.parametrize("seed", range(8))
def test_no_changes_of_one_unit_make_any_promise_later(county, seed):
    dice = random.Random(seed)
    if seed % 2:  # begun from a grid that two units made longer
        decide(county, put(county, 20, "calendar"), "leader")
    before = dues()
    alone(county, dice)
    assert all(now <= then for now, then in zip(dues(), before, strict=True))


@pytest.mark.parametrize(("where", "guard"), [(rules, "gives_more"), (agreeing, "shares_unit")])
def test_without_the_guard_one_unit_lengthens_a_later_needs_promise(county, monkeypatch, where, guard):
    """Negative control."""
    monkeypatch.setattr(where, guard, lambda *what: False)
    before, later_now = dues(), []
    promised = graded(county, MONDAY).due_on
    made = put(county, 30)
    if isinstance(made, CellChange):
        decide(county, made, "beside")
    assert graded(county, MONDAY).due_on > promised
    for seed in range(4):
        alone(county, random.Random(seed))
        later_now.append(any(now > then for now, then in zip(dues(), before, strict=True)))
    assert any(later_now)


def test_the_page_asks_the_second_unit(county, client):
    def as_(user):
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    where, day = reverse("casework:grid"), today(timezone.now())
    sent = {**GRADES, "tiers": ["village"], "days": 30, "unit": "working", "from_on": day.isoformat()}
    page = as_(county.ledger).post(where, sent, follow=True).content.decode()
    assert "等另一个单位同意" in page and county.leader.name in page and "收回这次改动" in page and "同意改研判表" not in page
    change = CellChange.objects.get()
    decide_at = reverse("casework:decide_grid_cell", args=[change.pk])
    assert as_(county.ledger).post(decide_at, {"agree": "0"}).status_code == 200
    leader = as_(county.leader)
    assert "有 1 项研判表改动等您同意" in leader.get("/").content.decode()
    page = leader.get(where).content.decode()
    assert "同意改研判表" in page and "从这天起执行" not in page
    assert "30 个工作日" in page and "村(社区)" in page
    assert as_(county.clerk).get(where).status_code == 403
    assert as_(county.leader).post(decide_at, {"agree": "1"}).status_code == 302
    assert in_force(county, day) == (30, "working")
    page = as_(county.ledger).get(where).content.decode()
    assert "高领导同意" in page and "收回这次改动" not in page
    assert "已经处理过" in as_(county.leader).post(decide_at, {"agree": "1"}).content.decode()
