"""The pages of guards, rosters, the day and papers open for whom they are, show what is there, and hang nothing on a wall that is not for it."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.urls import reverse

from tests.house.worlds import World
from wanjia.doors import moment
from wanjia.kernel.tests.tried import MONDAY
from wanjia.orgs.models import User
from wanjia.orgs.roles import Role
from wanjia.orgs.workdays.hours import CLOCK
from wanjia.registry.tests.factories import worker
from wanjia.reporting.figures.queries import figures
from wanjia.schools.handouts.calendars import icalendar
from wanjia.schools.handouts.walls import wall_names
from wanjia.schools.models import GateAlarm, GateDuty, Guard
from wanjia.schools.rostering import commands, queries
from wanjia.schools.rostering.rules import starts_at

from .acts_leading import waits
from .acts_roster import absence, asked
from .factories import school
from .gate_factories import DAY, duty, roster

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def world():
    return World()


def opened(client, world, name, who, *args, **asks):
    client.force_login(User.objects.get(pk=getattr(world, who).pk), backend=BACKEND)
    answer = client.get(reverse(f"schools:{name}", args=args), asks)
    assert answer.status_code == 200, (name, who, answer.status_code)
    return answer.content.decode()


def test_pages_open_for_whom_they_are(client, world):
    plan = roster(world)
    one = duty(world)
    asked(world)
    gone = absence(world)["guard_absence_id"]
    waits(world)
    GateDuty.objects.filter(pk=duty(world, day=DAY + timedelta(days=1)).pk).update(guard=None)
    commands.look_round(by=CLOCK, at=MONDAY)
    assert GateAlarm.objects.exists()
    for who in ("headmaster", "gates"):
        for name, args in (
            ("roster", ()), ("gates", ()), ("alarms", ()), ("guards", ()), ("guard", (one.guard_id,)), ("gate_duty", (one.pk,)), ("guard_absence", (gone,)), ("gate_table", (school(world).pk,)),
            ("duty_cards", (school(world).pk,)), ("month_card", (one.guard_id,)), ("guard_calendar", (one.guard_id,)), ("leader_days", ()), ("duty_give", (one.pk,)), ("duty_swap", (one.pk,)),
            ("absence_mend", (gone,)), ("guard_away", (one.guard_id,)),
        ):  # fmt: skip
            opened(client, world, name, who, *args)
    assert queries.alarms(User.objects.get(pk=world.headmaster.pk), DAY), "the pages above are of the clock's own day; these alarms are of the world's"
    opened(client, world, "roster_plan", "gates", plan.pk)
    opened(client, world, "roster_draw", "gates")
    opened(client, world, "guards", "gates", shown="ending")


def test_the_wall_bears_surname_and_role_alone(client, world):
    roster(world)
    page = opened(client, world, "gate_table", "headmaster", school(world).pk, week=DAY.isoformat())
    assert "魏老师" in page and "邹师傅" not in page and "老师傅" in page
    assert "老邹" not in page and "老喻" not in page


def test_namesakes_are_numbered(world):
    roster(world)
    pair = [Guard(name="李一", party="teacher"), Guard(name="李二", party="teacher")]
    assert sorted(wall_names(pair).values()) == ["李老师①", "李老师②"]


def test_a_calendar_is_read_by_telephones(world):
    one = duty(world)
    text = icalendar([one], MONDAY)
    assert text.startswith("BEGIN:VCALENDAR\r\n") and "DTSTART:20261103T231000Z" in text and text.endswith("END:VCALENDAR\r\n")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))


def test_the_figures_count_seats_held_and_told(world):
    one = duty(world)
    GateDuty.objects.filter(pk=one.pk).update(guard=None)
    commands.look_round(by=CLOCK, at=MONDAY + timedelta(days=1))
    rows = GateDuty.objects.exclude(party="parent")
    found = {row["id"]: row["n"] for row in figures(rows, one.day, one.day)}
    assert (found["gates.due"], found["gates.held"], found["gates.open"], found["gates.told"]) == (18, 17, 1, 1)
    GateAlarm.objects.filter(place=one.place).update(day=one.day + timedelta(days=1))
    assert {row["id"]: row["n"] for row in figures(rows, one.day, one.day)}["gates.told"] == 0, "the negative control"


def test_stability_counts_who_stood_there_before(world):
    one = duty(world)
    last = one.day + timedelta(days=14)
    rows = GateDuty.objects.exclude(party="parent")
    found = {row["id"]: row for row in figures(rows, last, last)}
    held = list(rows.filter(guard__isnull=False, day__lte=last).order_by("day").values_list("guard", "place", "going", "day"))
    firsts = {seat[:3]: seat[3] for seat in reversed(held)}
    assert found["gates.known"]["n"] == sum(day > firsts[guard, place, going] for guard, place, going, day in held) > 0
    assert found["gates.known"]["N"] == found["gates.held"]["n"] == len(held)
    GateDuty.objects.update(going=False)
    GateDuty.objects.filter(pk=one.pk).update(place=one.plan_id)
    assert {row["id"]: row for row in figures(rows, last, last)}["gates.known"]["n"] != found["gates.known"]["n"], "the negative control: at another post nobody is known"


def test_somebody_else_sees_no_gate(client, world):
    one = duty(world)
    client.force_login(User.objects.get(pk=world.handler.pk), backend=BACKEND)
    assert client.get(reverse("schools:gates")).status_code in (302, 403) and client.get(reverse("schools:gate_duty", args=[one.pk])).status_code in (302, 403, 404)


def at_the_gate(monkeypatch, one, *, hours):
    """The pages are read so many hours after the beginning of a duty."""
    monkeypatch.setattr(moment, "timezone", SimpleNamespace(now=lambda: starts_at(one) + timedelta(hours=hours)))


def test_who_may_send_somebody_gets_there_in_one_tap_and_others_are_told_whom_to_tell(client, world, monkeypatch):
    one = duty(world)
    at_the_gate(monkeypatch, one, hours=-1)
    GateDuty.objects.filter(pk=one.pk).update(guard=None)
    there = reverse("schools:duty_give", args=[one.pk])
    assert there in opened(client, world, "gates", "headmaster")
    world.aide = worker("hujiaoshi", "胡老师", school(world).unit, Role.SCHOOL_WORKER)
    page = opened(client, world, "gates", "aide")
    assert there not in page and "请马上告诉校长派人替。" in page


def test_nobody_is_to_be_sent_to_a_duty_that_is_over(client, world, monkeypatch):
    one = duty(world)
    GateDuty.objects.filter(pk=one.pk).update(guard=None)
    commands.look_round(by=CLOCK, at=starts_at(one) - timedelta(minutes=30))
    there, week = reverse("schools:duty_give", args=[one.pk]), {"week": one.day.isoformat(), "school": school(world).pk}
    at_the_gate(monkeypatch, one, hours=-0.5)
    assert all(there in opened(client, world, name, "headmaster") for name in ("gates", "alarms")), "the negative control: before, each page leads there"
    assert "补人" in opened(client, world, "roster", "headmaster", **week) and "能派谁" in opened(client, world, "gate_duty", "headmaster", one.pk)
    at_the_gate(monkeypatch, one, hours=12)
    for name, asks in (("gates", {}), ("alarms", {}), ("roster", week)):
        page = opened(client, world, name, "headmaster", **asks)
        assert there not in page and "补人" not in page, name
    page = opened(client, world, "gate_duty", "headmaster", one.pk)
    assert there not in page and "能派谁" not in page


def test_a_duty_says_by_name_why_who_else_and_sends_with_one_tap(client, world, monkeypatch):
    one = duty(world)
    at_the_gate(monkeypatch, one, hours=-1)
    page = opened(client, world, "gate_duty", "headmaster", one.pk)
    other = Guard.objects.filter(party=one.party).exclude(pk=one.guard_id).order_by("pk").first()
    assert f"为什么排的是{one.guard.name}" in page and f'name="guard" value="{other.pk}"' in page and f"派{other.name}" in page and "派他" not in page
    assert "锁定,重新测算不换人" in page and "放开,重新测算可以换人" not in page
    GateDuty.objects.filter(pk=one.pk).update(held=True)
    page_of_held = opened(client, world, "gate_duty", "headmaster", one.pk)
    assert "放开,重新测算可以换人" in page_of_held and "由人改派或者锁定的" in page_of_held
    assert "换成别人都要加分" in page and "由人改派或者锁定的" not in page
    assert client.post(reverse("schools:duty_give", args=[one.pk]), {"guard": other.pk, "next": reverse("schools:gates")})["Location"] == reverse("schools:gates")
    assert GateDuty.objects.get(pk=one.pk).guard_id == other.pk


def test_a_guard_shows_the_duties_that_come(client, world, monkeypatch):
    one = duty(world)
    at_the_gate(monkeypatch, one, hours=-1)
    there = reverse("schools:gate_duty", args=[one.pk])
    assert there in opened(client, world, "guard", "headmaster", one.guard_id)
    at_the_gate(monkeypatch, one, hours=24)
    assert there not in opened(client, world, "guard", "headmaster", one.guard_id)


def test_a_school_is_changed_where_it_stands_and_by_whom_it_is_kept(client, world):
    one = duty(world).school
    ends = [reverse("schools:bell_end", args=[one.bells.first().pk]), reverse("schools:gate_end", args=[one.gates.first().pk])]
    news = [reverse(f"schools:{name}", args=[one.pk]) for name in ("bell_new", "gate_new", "own_day_new")]
    page = opened(client, world, "school", "headmaster", one.pk)
    assert all(page.count(f'"{there}"') == 1 for there in (*ends, *news)), "each once, beside what it changes"
    page = opened(client, world, "school", "gates", one.pk)
    assert not any(there in page for there in (*ends, *news)), "who marks the gate keeps no bells"


def test_from_a_duty_to_its_guard(client, world):
    duty(world)
    one = GateDuty.objects.filter(party="police", guard__isnull=False, plan__standing__isnull=False).first()
    there = reverse("schools:guard", args=[one.guard_id])
    assert there in opened(client, world, "gate_duty", "headmaster", one.pk)
    Guard.objects.filter(pk=one.guard_id).update(school=None)
    page = opened(client, world, "gate_duty", "headmaster", one.pk)
    assert there not in page and one.guard.name in page, "who is based at a unit beyond one's reach is a name alone"


def test_whoever_mends_comes_back_to_what_is_still_open(client, world, monkeypatch):
    one = duty(world)
    gone = absence(world)["guard_absence_id"]
    GateDuty.objects.filter(pk=one.pk).update(guard=None)
    commands.look_round(by=CLOCK, at=starts_at(one) - timedelta(minutes=30))
    at_the_gate(monkeypatch, one, hours=-0.5)
    for name in ("gates", "alarms"):
        assert f"?next={reverse(f'schools:{name}')}" in opened(client, world, name, "headmaster"), name
    there = reverse("schools:alarms")
    page = opened(client, world, "duty_give", "headmaster", one.pk, next=there)
    assert page.count(f'name="next" value="{there}"') > 1, "the form and each name lead back"
    assert f'name="next" value="{reverse("schools:guard_absence", args=[gone])}"' in opened(client, world, "guard_absence", "headmaster", gone)


def test_the_desk_hurries_nobody_for_what_is_over(world, monkeypatch):
    one = duty(world)
    GateDuty.objects.filter(pk=one.pk).update(guard=None)
    commands.look_round(by=CLOCK, at=starts_at(one) - timedelta(minutes=30))
    head = User.objects.get(pk=world.headmaster.pk)

    def said(hours):
        monkeypatch.setattr(queries, "timezone", SimpleNamespace(now=lambda: starts_at(one) + timedelta(hours=hours)))
        return queries.alarmed(head, one.day), queries.queue(head, one.day)["schools:alarms"]

    assert said(-0.5) == said(0.1) == (1, 1) and said(12) == (0, 0)
    assert len(queries.alarms(head, one.day)) == 1, "it stands on its page all day"
