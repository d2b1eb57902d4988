"""From the asking to the version that stands: what an engine gives is judged, kept whole or not at all, and put in force by a person."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.planner.plans import TOY
from wanjia.kernel.models import Entry
from wanjia.orgs.models import AreaAlias
from wanjia.registry.tests.factories import NOW, World, later
from wanjia.solving import kinds
from wanjia.solving.models import Plan, Standing
from wanjia.solving.runs import commands, process, tasks
from wanjia.solving.runs.progress import SILENT
from wanjia.solving.standing.commands import activate_plan, drop_plan, stop_plan
from wanjia.solving.standing.queries import standing_of, versions_of
from wanjia.verdict import Conflict, NotFound, Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(monkeypatch):
    monkeypatch.setattr(kinds, "gather", lambda _kind: [TOY])
    monkeypatch.setattr(commands, "start_process", lambda *_words: None)
    return World()


def ask(world, n=3, about="a", **settings):
    return commands.ask_plan("aliases", about, world.datong, settings={"n": n} | settings, by=world.clerk, at=NOW)


def ready(world, n=3, about="a", **settings):
    return process.run(ask(world, n, about, **settings), at=NOW)


def names():
    return sorted(AreaAlias.objects.values_list("name", flat=True))


def test_a_plan_is_asked_worked_judged_and_kept(world):
    plan = ready(world)
    assert (plan.state, plan.words, plan.gap, plan.share) == ("ready", {"names": 3}, 0.0, 100)
    assert names() == ["1-别名0", "1-别名1", "1-别名2"]
    assert list(Entry.objects.filter(subject_id=str(plan.pk)).order_by("seq").values_list("act", flat=True)) == ["plan.ask", "plan.take", "plan.keep"]
    assert standing_of("aliases", "a") is None, "nobody put it in force"


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        pytest.param({"twice": True}, "一个别名出现了两次", id="the referee"),
        pytest.param({"n": -1}, "不能少于 0 个。", id="bad input"),
        pytest.param({"fault": 1, "kind": "memory"}, "内存不够", id="memory"),
        pytest.param({"fault": 1, "kind": "slip"}, "计算时出了错", id="a slip"),
    ],
)
def test_what_goes_wrong_is_said_and_writes_no_proposal(world, settings, sentence):
    activate_plan(plan_id=ready(world, 1).pk, by=world.leader, at=later(0, 1))
    plan = ready(world, **settings)
    assert (plan.state, names()) == ("failed", ["1-别名0"])
    assert sentence in plan.fault
    assert standing_of("aliases", "a").plan.number == 1, "what stood stands"


def test_without_the_referee_the_broken_plan_is_kept(world, monkeypatch):
    """The negative control."""
    monkeypatch.setattr(kinds, "gather", lambda _kind: [kinds.Planned(**vars(TOY) | {"judge": lambda _problem, _answer: []})])
    monkeypatch.setattr("tests.planner.plans.AreaAlias.objects.create", lambda **_facts: None)
    assert ready(world, twice=True).state == "ready"


def test_one_run_at_a_time_and_another_after_it(world):
    first = ask(world)
    with pytest.raises(Refused, match="已有一版正在计算"):
        ask(world)
    assert ask(world, about="b").number == 1, "of another thing"
    process.run(first, at=NOW)
    assert ready(world).number == 2
    assert [one.number for one in versions_of("aliases", "a")] == [2, 1]


def test_a_run_that_was_taken_for_dead_writes_nothing(world):
    plan = ask(world)
    held = commands.take_up(Plan.objects.get(pk=plan.pk), at=NOW)
    assert commands.give_up_silent(at=NOW + SILENT) == 0
    assert tasks.is_due(NOW + SILENT + timedelta(seconds=1))
    assert commands.give_up_silent(at=NOW + SILENT + timedelta(seconds=1)) == 1
    with pytest.raises(commands.Superseded):
        commands.beat(held, 0.5, "", at=later(1))
    with pytest.raises(commands.Superseded):
        commands.keep(held, {}, kinds.Answer(["迟来的"], {}), at=later(1))
    assert (Plan.objects.get().state, names()) == ("failed", [])
    assert ready(world).state == "ready", "it can be asked for again"


def test_two_processes_of_one_plan_are_one(world):
    plan = ask(world)
    commands.take_up(Plan.objects.get(pk=plan.pk), at=NOW)
    again = process.run(Plan.objects.get(pk=plan.pk), at=NOW)
    assert (again.state, names()) == ("running", [])


def test_whoever_stops_it_gets_the_best_so_far(world):
    plan = ask(world, 5)
    stop_plan(plan_id=plan.pk, by=world.clerk, at=NOW)
    plan = process.run(Plan.objects.get(pk=plan.pk), at=NOW)
    assert (plan.state, plan.stopped, plan.words, plan.gap) == ("ready", True, {"names": 0}, 0.5)
    with pytest.raises(Refused, match="已经不在计算"):
        stop_plan(plan_id=plan.pk, by=world.clerk, at=later(1))


def test_one_version_stands_and_the_one_before_can_come_back(world):
    one, two = ready(world), ready(world)
    for n, plan in enumerate((one, two, one)):
        activate_plan(plan_id=plan.pk, by=world.leader, at=later(n + 1))
        assert (standing_of("aliases", "a").plan, Standing.objects.count()) == (plan, 1)
    with pytest.raises(Refused, match="正在使用"):
        activate_plan(plan_id=one.pk, by=world.leader, at=later(5))
    with pytest.raises(Refused, match="正在使用的一版不能作废"):
        drop_plan(plan_id=one.pk, by=world.clerk, at=later(5))
    drop_plan(plan_id=two.pk, by=world.clerk, at=later(5))
    assert (two.pk, names()) == (Plan.objects.get(state="dropped").pk, ["1-别名0", "1-别名1", "1-别名2"])
    with pytest.raises(Refused, match="只有已算好的"):
        activate_plan(plan_id=two.pk, by=world.leader, at=later(6))


def test_a_plan_that_is_dropped_while_it_runs_leaves_no_trace(world):
    plan = commands.take_up(ask(world), at=NOW)
    drop_plan(plan_id=plan.pk, by=world.clerk, at=NOW)
    with pytest.raises(commands.Superseded):
        commands.keep(plan, {}, kinds.Answer(["迟来的"], {}), at=later(1))
    assert names() == []


def test_what_the_swap_refuses_changes_nothing(world, monkeypatch):
    plan = ready(world)

    def swap(*_what, **_who):
        raise Refused("名额变了")

    monkeypatch.setattr(kinds, "gather", lambda _kind: [kinds.Planned(**vars(TOY) | {"swap": swap})])
    with pytest.raises(Refused, match="名额变了"):
        activate_plan(plan_id=plan.pk, by=world.leader, at=later(1))
    assert not Standing.objects.exists()


def test_somebody_elsewhere_and_somebody_without_the_duty_reach_no_plan(world):
    plan = ready(world)
    for who in (world.stranger, world.teacher):
        with pytest.raises((Refused, NotFound)):
            activate_plan(plan_id=plan.pk, by=who, at=later(1))
        with pytest.raises((Refused, NotFound)):
            drop_plan(plan_id=plan.pk, by=who, at=later(1))
    with pytest.raises(Refused):  # the asker does not put it in force
        activate_plan(plan_id=plan.pk, by=world.clerk, at=later(1))


def test_a_quicker_hand_is_told(world, monkeypatch):
    one, two = ready(world), ready(world)
    activate_plan(plan_id=one.pk, by=world.leader, at=later(1))
    real = Standing.objects.select_related

    def read_then_overtaken(*names):
        seen = list(real(*names).filter(kind="aliases", about="a"))
        Standing.objects.update(version=99)

        class Seen:
            filter = staticmethod(lambda **_what: type("First", (), {"first": staticmethod(lambda: seen[0])}))

        return Seen

    monkeypatch.setattr(Standing.objects, "select_related", read_then_overtaken)
    with pytest.raises(Conflict):
        activate_plan(plan_id=two.pk, by=world.leader, at=later(2))


def test_its_pages_say_how_far_it_is(world, client, monkeypatch):
    from wanjia.orgs import carried
    from wanjia.orgs.roles import Role
    from wanjia.solving.duties import Duty

    monkeypatch.setitem(carried.DUTIES, Role.TOWNSHIP_WORKER, carried.DUTIES[Role.TOWNSHIP_WORKER] | {Duty.WORK_PLANS})
    client.force_login(world.clerk, backend="django.contrib.auth.backends.ModelBackend")
    plan = ask(world)
    Plan.objects.filter(pk=plan.pk).update(beat_at=plan.asked_at.now(plan.asked_at.tzinfo))
    page = client.get(reverse("solving:plan", args=[plan.pk])).content.decode()
    assert "马上开始计算" in page and "停下来,用现有结果" in page
    assert "马上开始计算" in client.get(reverse("solving:progress", args=[plan.pk])).content.decode()
    process.run(Plan.objects.get(pk=plan.pk))
    assert client.get(reverse("solving:progress", args=[plan.pk])).headers["HX-Refresh"] == "true"
    page = client.get(reverse("solving:plan", args=[plan.pk])).content.decode()
    assert "算出来的结果" in page and "作废这一版" in page and "启用这一版" not in page
    assert "第 1 版" in client.get(reverse("solving:plans")).content.decode()
    client.force_login(world.teacher, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(reverse("solving:plan", args=[plan.pk])).status_code in (403, 404)
