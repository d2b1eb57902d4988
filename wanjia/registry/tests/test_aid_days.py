"""A day of aid is a promise like any other: it climbs when nobody keeps it, moves later with the calendar, and is one number in menu and on the desk."""

from datetime import timedelta

import pytest
from django.urls import reverse

from wanjia.kernel.calendar import WorkingCalendar
from wanjia.kernel.models import Entry
from wanjia.orgs.models import Message, MessageChannel
from wanjia.orgs.roles import Role
from wanjia.orgs.workdays.hours import CLOCK
from wanjia.policy import ladder
from wanjia.verdict import Refused

from ..aid import checking, queries
from ..aid import commands as aid
from ..aid_days import counting, tasks
from ..aid_days.above import Above
from ..aid_days.commands import climb_aid, recount_aid
from ..models import AidCut, AidRefusal, UrgentAid
from .factories import NOW, TODAY, later, unit, worker
from .test_aid import decided, heard, page, proposed

REFUSED = {"asked": "想申请低保", "asked_on": TODAY, "condition": "人均收入要在标准以下", "fact": "人均 9800 元"}
GIVEN = {"given": "临时救助 800 元", "why": "灶房失火", "given_on": TODAY}


@pytest.fixture
def civil(world):
    """The county's civil affairs, with somebody who keeps aid."""
    made = unit("永善县民政局", "county", world.county, line="civil")
    worker("minzheng", "陈民政", made, Role.BUREAU_WORKER)
    return made


def refused(world):
    return aid.refuse_aid(household_id=world.home.pk, benefit="relief_check", **REFUSED, by=world.clerk, at=NOW)


def given(world):
    return aid.give_urgent_aid(household_id=world.home.pk, **GIVEN, by=world.clerk, at=NOW)


def morning(day):
    """Nine o'clock of a day."""
    return NOW + timedelta(days=(day - TODAY).days)


def worked(start, days):
    return WorkingCalendar.load().add(start, days).on


def climbed(row):
    """Walk the working days after today; return {day: the rung it came to on it}."""
    found, day = {}, TODAY
    for _n in range(24):
        day = worked(day, 1)
        climb_aid(by=CLOCK, at=morning(day))
        row.refresh_from_db()
        if row.level and row.level not in found.values():
            found[day] = row.level
    return found


@pytest.mark.parametrize("make", [lambda w, s: proposed(w, s), lambda w, s: refused(w), lambda w, s: given(w)], ids=["hearing", "refusal", "urgent"])
def test_a_day_that_nobody_keeps_climbs_as_any_promise_does(world, status, civil, make):
    row = make(world, status)
    assert climbed(row) == {
        worked(TODAY, 80 * WorkingCalendar.load().between(TODAY, row.due_on) // 100 + 1): 1, worked(row.due_on, 1): 2, worked(row.due_on, 3): 3, worked(row.due_on, 5): 4,
    }  # fmt: skip
    assert [line.detail["level"] for line in Entry.objects.filter(act="aid.climbed", subject_id=str(row.pk)).order_by("seq")] == [1, 2, 3, 4]
    assert row.told == civil and list(checking.faults(TODAY)) == []


def test_what_was_done_climbs_no_more_and_the_next_step_begins_anew(world, status, civil):
    cut = proposed(world, status)
    climb_aid(by=CLOCK, at=morning(worked(cut.due_on, 1)))
    cut.refresh_from_db()
    assert (cut.level, cut.rung) == (2, "催办")
    heard(world, cut)
    cut.refresh_from_db()
    assert (cut.level, cut.told, cut.step_on) == (0, None, later(1).date())
    assert list(checking.faults(TODAY)) == []
    one = given(world)
    aid.make_up_papers(urgent_id=one.pk, on=TODAY, papers="审批表 3 号", by=world.clerk, at=NOW)
    climb_aid(by=CLOCK, at=morning(worked(one.due_on, 9)))
    one.refresh_from_db()
    assert one.level == 0


def test_a_machine_that_was_off_raises_nothing_by_catching_up_and_tells_once(world, status, civil):
    cut = proposed(world, status)
    far = worked(cut.due_on, 30)
    assert climb_aid(by=CLOCK, at=morning(far)) == 1
    cut.refresh_from_db()
    assert cut.level == 3, "supervised first"
    assert climb_aid(by=CLOCK, at=morning(far)) == 0, "asked again it does nothing twice"
    assert climb_aid(by=CLOCK, at=morning(worked(far, 1))) == 0
    assert climb_aid(by=CLOCK, at=morning(worked(far, 2))) == 1
    cut.refresh_from_db()
    assert cut.level == 4


def test_each_rung_tells_whoever_sees_to_it_once(world, status, civil):
    for one in (world.clerk.org, civil):
        MessageChannel.objects.create(organisation=one, route="wecom", address="x", from_at=NOW, set_by=world.clerk)
    climbed(proposed(world, status))
    assert list(Message.objects.order_by("at").values_list("organisation__name", "about")) == [(world.clerk.org.name, "aid")] * 2 + [(civil.name, "aid")] * 2
    assert Above(TODAY).chain(world.datong.code) == [world.clerk.org, civil]


def test_outside_the_hours_nobody_is_told(world, status):
    cut = proposed(world, status)
    day = worked(cut.due_on, 1)
    assert tasks.is_due(morning(day)) and not tasks.is_due(morning(day).replace(hour=18)), "by the clock of China"
    sunday = day + timedelta(days=6 - day.weekday())
    assert not tasks.is_due(morning(sunday))


@pytest.mark.parametrize("act", [lambda by: climb_aid(by=by, at=NOW), lambda by: recount_aid(source="通知", by=by, at=NOW)], ids=["climb", "recount"])
def test_nobody_climbs_for_the_clock(world, act):
    with pytest.raises(Refused, match="由系统按规则盯着"):
        act(world.leader)


# The calendar


class Rest(WorkingCalendar):
    """A calendar with some more days of rest."""

    def __init__(self, *days):
        super().__init__({**WorkingCalendar.load().exceptions, **dict.fromkeys(days, False)})


def test_a_day_of_rest_moves_what_waits_later_and_never_what_has_passed(world, status, monkeypatch):
    rows = [proposed(world, status), refused(world), given(world)]
    was = [row.due_on for row in rows]
    rest = Rest(TODAY + timedelta(days=1))
    assert [new for _row, new in counting.all_moved(rest, TODAY)] == [rest.add(TODAY, counting.days_of(row)).on for row in rows]
    assert sorted(line[2:] for line in tasks.preview(rest, TODAY)) == sorted((one, rest.add(TODAY, n).on) for one, n in zip(was, map(counting.days_of, rows), strict=True))
    assert not any(word in str(tasks.preview(rest, TODAY)) for word in ("王", world.home.number)), "no home and no name"
    assert list(counting.all_moved(rest, max(was) + timedelta(days=1))) == [], "a broken promise is not mended by a calendar"
    monkeypatch.setattr("wanjia.registry.aid_days.commands.WorkingCalendar.load", lambda: rest)
    assert recount_aid(source="县政府放假通知", by=CLOCK, at=NOW) == 3
    assert recount_aid(source="县政府放假通知", by=CLOCK, at=NOW) == 0
    for row, before in zip(rows, was, strict=True):
        row.refresh_from_db()
        assert row.due_on > before
    line = Entry.objects.filter(act="aid.recount").first()
    assert (line.reason, line.detail["was"] < line.detail["due_on"]) == ("县政府放假通知", True)
    assert list(checking.faults(TODAY)) == []


def test_an_earlier_day_is_never_promised(world, status):
    row = proposed(world, status)
    AidCut.objects.filter(pk=row.pk).update(due_on=row.due_on + timedelta(days=9))
    assert list(counting.all_moved(WorkingCalendar.load(), TODAY)) == []


@pytest.mark.parametrize("change", [{"level": 4}, {"level": 1}])
def test_a_rung_that_no_line_wrote_is_found(world, status, change):
    one, two, three = proposed(world, status), refused(world), given(world)
    for row in (one, two, three):
        type(row).objects.filter(pk=row.pk).update(**change)
    assert [found[1] for found in checking.faults(TODAY)] == ["level"] * 3


def test_the_ladder_of_aid_is_dated_with_its_source():
    edition = ladder.in_force(TODAY)
    assert [rung.level for rung in edition.of("aid")] == [1, 2, 3, 4] and all(edition.source)


# One number in menu and on the desk


def test_the_desk_shows_every_row_that_the_menu_counts(world, status):
    proposed(world, status)
    refused(world)
    given(world)
    desk = page_of_desk(world.clerk)
    assert queries.waiting(world.clerk) == 3
    assert sum(desk.count(reverse(f"registry:{name}", args=[row.pk])) > 0 for name, row in (
        ("aid_cut", AidCut.objects.get()), ("aid_refusal", AidRefusal.objects.get()), ("aid_papers", UrgentAid.objects.get()),
    )) == 3  # fmt: skip


def page_of_desk(user):
    from django.test import Client

    client = Client()
    client.force_login(type(user).objects.get(pk=user.pk), "django.contrib.auth.backends.ModelBackend")
    return client.get("/").content.decode()


def test_the_list_says_how_far_it_has_climbed(world, status, civil):
    cut = heard(world, proposed(world, status))
    decided(world, cut)
    cut.refresh_from_db()
    climb_aid(by=CLOCK, at=morning(worked(cut.due_on, 1)))
    assert "催办" in page(world.clerk, "aid").content.decode()


# What is noted about a child lies on no device (ADR 97)


@pytest.mark.parametrize("name", ["aid_refuse", "aid_urgent"])
def test_a_refusal_and_urgent_aid_leave_no_draft_on_the_device(world, name):
    html = page(world.clerk, name, world.home.pk).content.decode()
    assert 'name="key"' in html and 'data-draft="none"' in html
    assert 'data-draft="none"' not in page(world.clerk, "household_edit", world.home.pk).content.decode(), "control: what is no child's is kept"
