"""More rest than the published calendar takes another unit's word (ADR 86): one that is alone makes no promise come later."""

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from wanjia.kernel.acts import ACTS, LINE_DUTIES
from wanjia.kernel.calendar import WorkingCalendar, seed_days
from wanjia.kernel.models import CalendarDay, Entry
from wanjia.orgs.agreeing import rules as agreeing
from wanjia.orgs.models import DayChange
from wanjia.orgs.roles import Role
from wanjia.orgs.workdays import commands, followers, queries, rules
from wanjia.verdict import Refused

from .factories import again, person

DAY, MAKE_UP = date(2026, 11, 4), date(2026, 10, 10)  # a Wednesday; a Saturday that the State Council has worked


@pytest.fixture
def county(world, db):
    CalendarDay.objects.bulk_create(seed_days())
    office, township = world["yongshan"].org, world["xisha"].org
    world["own"] = person("own-inspector", office, Role.INSPECTOR)
    world["leader"] = person("xisha-leader", township, Role.TOWNSHIP_LEADER)
    return world


def who(user):
    return {"by": user, "at": timezone.now()}


def off(world, day=DAY):
    return commands.keep_workday(day=day, works=False, name="停工", source="县里通知", **who(world["yongshan"]))


def test_a_day_off_waits_until_another_unit_agrees_and_both_are_named(county):
    change = off(county)
    assert change.state == "waiting"
    assert WorkingCalendar.load().works(DAY)
    commands.decide_workdays(change_id=change.pk, agree=True, **who(county["leader"]))
    assert not WorkingCalendar.load().works(DAY)
    change.refresh_from_db()
    assert county["yongshan"].name in change.told and county["leader"].name in change.told
    line = Entry.objects.get(act="orgs.agree_workdays")
    assert (line.before, line.after, line.by_name, line.detail["asked_by"]) == ("班", "休", county["leader"].name, county["yongshan"].name)


def test_named_are_the_units_of_the_posts_that_asked_and_agreed_not_the_main_ones(county):
    """As it was, a need's timeline named a unit that had agreed to nothing: the main one of whoever has two posts."""
    keeper = person("keeper", county["minzheng"].org, Role.BUREAU_WORKER)
    keeper.posts.create(organisation=county["yongshan"].org, role=Role.LEDGER_OFFICE, from_on=date(2022, 1, 1))
    leader = person("both", county["makou"].org, Role.TOWNSHIP_WORKER)
    leader.posts.create(organisation=county["xisha"].org, role=Role.TOWNSHIP_LEADER, from_on=date(2022, 1, 1))
    keeper, leader = again(keeper), again(leader)
    change = commands.keep_workday(day=DAY, works=False, name="停工", source="县里通知", **who(keeper))
    commands.decide_workdays(change_id=change.pk, agree=True, **who(leader))
    change.refresh_from_db()
    assert (change.by_org, change.decided_org) == (county["yongshan"].org.name, county["xisha"].org.name)
    lines = Entry.objects.filter(act__in=("orgs.propose_workdays", "orgs.agree_workdays")).order_by("seq")
    assert [line.by_org for line in lines] == [change.by_org, change.decided_org]


@pytest.mark.parametrize("spoken", [True, False], ids=["as it is", "negative control"])
def test_agreeing_is_done_by_a_post_that_agrees_not_by_one_that_may_take_back(county, spoken, monkeypatch):
    """Who keeps the table elsewhere opens the page by that post; the word is given by the township leader's."""
    if not spoken:
        monkeypatch.setitem(ACTS, "orgs.decide_workdays", decide := replace(ACTS["orgs.decide_workdays"], by_line={}))
        monkeypatch.setitem(LINE_DUTIES, "orgs.agree_workdays", decide.duty)
    both = person("both", county["minzheng"].org, Role.LEDGER_OFFICE)
    both.posts.create(organisation=county["xisha"].org, role=Role.TOWNSHIP_LEADER, from_on=date(2022, 1, 1))
    change = off(county)
    commands.decide_workdays(change_id=change.pk, agree=True, **who(again(both)))
    change.refresh_from_db()
    assert (change.decided_org == county["xisha"].org.name) == spoken
    assert (Entry.objects.get(act="orgs.agree_workdays").by_org == county["xisha"].org.name) == spoken


@pytest.mark.parametrize(("by", "said"), [("own", "您在申请单位也有岗位"), ("yongshan", "另一个单位"), ("xisha", "另一个单位")])
def test_nobody_of_the_same_unit_and_nobody_without_the_duty_agrees(county, by, said):
    change = off(county)
    with pytest.raises(Refused, match=said):
        commands.decide_workdays(change_id=change.pk, agree=True, **who(county[by]))
    assert WorkingCalendar.load().works(DAY)


def test_whoever_left_the_unit_since_does_not_agree(county):
    change = off(county)
    county["own"].posts.update(to_on=timezone.localdate() + timedelta(days=1))
    moved = person("moved", county["xisha"].org, Role.TOWNSHIP_LEADER)
    moved.posts.create(organisation=county["yongshan"].org, role=Role.INSPECTOR, from_on=date(2021, 1, 1), to_on=timezone.localdate())
    with pytest.raises(Refused, match="申请单位也有岗位"):
        commands.decide_workdays(change_id=change.pk, agree=True, **who(moved))


def test_declined_it_never_is_and_the_asker_may_take_it_back(county):
    change = off(county)
    with pytest.raises(Refused, match="理由"):
        commands.decide_workdays(change_id=change.pk, agree=False, **who(county["leader"]))
    commands.decide_workdays(change_id=change.pk, agree=False, words="没有这个通知", **who(county["leader"]))
    with pytest.raises(Refused, match="已经处理过"):
        commands.decide_workdays(change_id=change.pk, agree=True, **who(county["leader"]))
    second = off(county)
    commands.decide_workdays(change_id=second.pk, agree=False, words="写错了", **who(county["yongshan"]))
    assert WorkingCalendar.load().works(DAY)


@pytest.mark.parametrize("other", [False, True])
def test_an_old_change_writes_over_nothing_newer(county, other):
    """As it was, a change agreed to a month later took away what had been settled meanwhile."""
    change = off(county)
    day = DAY + timedelta(days=other)
    commands.keep_workday(day=day, works=True, name="照常上班", source="县里更正", **who(county["yongshan"]))
    if other:
        assert commands.decide_workdays(change_id=change.pk, agree=True, **who(county["leader"])).state == "made"
        return
    with pytest.raises(Refused, match=r"2026-11-04.*重新申请"):
        commands.decide_workdays(change_id=change.pk, agree=True, **who(county["leader"]))
    assert CalendarDay.objects.get(day=DAY).source == "县里更正"
    commands.decide_workdays(change_id=change.pk, agree=False, words="又改过", **who(county["leader"]))
    again_asked = off(county)
    commands.decide_workdays(change_id=again_asked.pk, agree=True, **who(county["leader"]))
    assert not WorkingCalendar.load().works(DAY)


def test_the_same_change_is_asked_for_once(county):
    off(county)
    with pytest.raises(Refused, match="已经在等"):
        off(county)


def test_what_makes_nothing_later_is_made_at_once(county):
    keeper = who(county["yongshan"])
    assert commands.keep_workday(day=date(2026, 11, 7), works=True, name="", source="县里通知", **keeper).state == "made"
    assert commands.clear_workday(day=date(2026, 11, 7), reason="撤回", **keeper).state == "made"  # as the published calendar has it
    assert commands.clear_workday(day=date(2026, 10, 1), reason="通知更正", **keeper).state == "made"
    assert commands.load_published(**keeper).state == "made"
    assert not WorkingCalendar.load().works(date(2026, 10, 1))
    assert commands.clear_workday(day=MAKE_UP, reason="不补班了", **keeper).state == "waiting"
    assert commands.load_workdays(text="2027-02-08,休,春节\n2027-02-14,班", source="国办通知", **keeper).state == "waiting"


def test_extra_work_laid_over_a_change_does_not_hide_what_it_moves(county, signed_in, monkeypatch):
    """Two Saturdays worked, by the asker alone, and two days of rest moved nothing on the page; agreed, the Saturdays were taken back alone."""
    keeper, told = who(county["yongshan"]), []
    monkeypatch.setattr(followers, "preview", lambda table, day: told.append(table.add(date(2026, 11, 2), 10).on) or [])
    extra = [date(2026, 11, 7), date(2026, 11, 8)]
    for day in extra:
        commands.keep_workday(day=day, works=True, name="", source="县里通知", **keeper)
    change = commands.load_workdays(text="2026-11-04,休,停工\n2026-11-05,休,停工", source="县里通知", **keeper)
    signed_in("xisha-leader").get(reverse("orgs:workday_change", args=[change.pk]))
    commands.decide_workdays(change_id=change.pk, agree=True, **who(county["leader"]))
    for day in extra:
        assert commands.clear_workday(day=day, reason="更正", **keeper).state == "made"
    assert told == [WorkingCalendar.load().add(date(2026, 11, 2), 10).on]


def test_what_the_asker_may_do_alone_afterwards_is_shown_to_whoever_agrees(county):
    """Whatever was laid over before and whatever one unit does after: no start and length ends later than the page said."""
    for seed in range(4):
        dice = random.Random(seed)
        alone(county, dice)
        change = off(county, date(2026, 12, 1) + timedelta(days=dice.choice([0, 1, 2, 6, 7, 8])))
        with_it = rules.at_the_latest(queries.table_with(change.rows, change.without))
        if change.state == "waiting":
            commands.decide_workdays(change_id=change.pk, agree=True, **who(county["leader"]))
        alone(county, dice)
        ends = [(with_it.add(start, n).on, WorkingCalendar.load().add(start, n).on) for start in STARTS for n in (1, 3, 10, 30)]
        assert all(now <= shown for shown, now in ends)


def test_a_year_after_the_next_is_a_slip_of_the_pen(county):
    """The first of October of 9999 took the word 暂定 from every date of the next eight thousand years."""
    for act in (lambda day: off(county, day), lambda day: commands.load_workdays(text=f"{day},班", source="国办", **who(county["yongshan"]))):
        with pytest.raises(Refused, match="请核对年份"):
            act(date(9999, 10, 1))
    assert WorkingCalendar.load().through.year == 2026


STARTS = [date(2026, 9, 1) + timedelta(days=start) for start in range(0, 200, 3)]


def dues():
    table = WorkingCalendar.load()
    return [table.add(start, n).on for start in STARTS for n in (1, 3, 10, 30)]


def alone(world, dice):
    """Try a few changes in one unit's own hands; nobody else agrees."""
    for _n in range(6):
        day = date(2026, 9, 1) + timedelta(days=dice.randrange(200))
        acts = [
            lambda day=day: off(world, day),
            lambda day=day: commands.keep_workday(day=day, works=True, name="", source="县里", **who(world["yongshan"])),
            lambda: commands.clear_workday(day=dice.choice(CalendarDay.objects.values_list("day", flat=True)), reason="更正", **who(world["yongshan"])),
            lambda: commands.load_published(**who(world["yongshan"])),
        ]  # fmt: skip
        try:
            change = dice.choice(acts)()
            if change and change.state == "waiting":
                commands.decide_workdays(change_id=change.pk, agree=True, **who(world["own"]))
        except Refused:
            continue


@pytest.mark.parametrize("seed", range(6))
def test_no_changes_of_one_unit_make_any_promise_later(county, seed):
    """Promises already made and still to be made: against every start and length, whatever the office does with its own inspector."""
    before = dues()
    alone(county, random.Random(seed))
    assert all(now <= then for now, then in zip(dues(), before, strict=True))


@pytest.mark.parametrize(("rules", "guard"), [(rules, "needs_second"), (agreeing, "shares_unit")])
def test_without_the_guard_one_unit_makes_promises_later(county, monkeypatch, rules, guard):
    """Negative control."""
    before, later = dues(), []
    monkeypatch.setattr(rules, guard, lambda *what: False)
    for seed in range(6):
        alone(county, random.Random(seed))
        later.append(any(now > then for now, then in zip(dues(), before, strict=True)))
    assert any(later)


def test_the_page_asks_the_second_unit_and_shows_both_what_moves(county, signed_in, monkeypatch):
    moved = [("530625-2026-000001", "想申请低保", DAY, DAY + timedelta(days=1))]
    follower = followers.Follower(preview=lambda _calendar, _day: moved, changed=lambda _change, *, at: None)
    monkeypatch.setattr(followers, "gather", lambda _kind: [follower])
    keeper = signed_in("yongshan")
    sent = {"day": "2026-11-04", "works": "0", "name": "停工", "source": "县里通知"}
    page = keeper.post(reverse("orgs:keep_workday"), sent).content.decode()
    assert "等另一个单位的一个人同意" in page and county["leader"].name in page
    assert page.index("提交,等另一个单位同意") < page.index("原期限") < page.index("530625-2026-000001")
    keeper.post(reverse("orgs:keep_workday"), sent | {"confirmed": "1"})
    change = DayChange.objects.get()
    where = reverse("orgs:workday_change", args=[change.pk])
    assert "收回这次改动" in keeper.get(where).content.decode()
    leader = signed_in("xisha-leader")
    assert "有 1 项日历改动等您同意" in leader.get("/").content.decode()
    assert where in leader.get(reverse("orgs:calendar")).content.decode()
    assert "同意改日历" in leader.get(where).content.decode()
    assert signed_in("xisha").get(where).status_code == 403
    assert leader.post(reverse("orgs:decide_workdays", args=[change.pk]), {"agree": "1"}).status_code == 302
    assert not WorkingCalendar.load().works(DAY)
    assert leader.post(reverse("orgs:decide_workdays", args=[change.pk]), {"agree": "1"}).status_code == 403
