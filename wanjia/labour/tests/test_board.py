"""The board's tasks: who sees them, how they go from hand to hand, what a past day says, how what is overdue climbs, and what is never counted."""

from datetime import date, timedelta

import pytest
from django.apps import apps
from django.test import Client

from tests.house.worlds import World
from wanjia.kernel.models import Entry
from wanjia.orgs.models import Message, MessageChannel
from wanjia.orgs.roles import Role
from wanjia.orgs.workdays.hours import CLOCK
from wanjia.registry.tests.factories import worker
from wanjia.reporting.figures.population import populations
from wanjia.reporting.figures.queries import figures
from wanjia.verdict import Refused

from ..board import commands as board
from ..board import queries, rules, tasks
from ..models import BoardPart, BoardStep, BoardTask
from .acts_board import DAY, DUE, MONDAY, WHAT, anew, elsewhere, part, task, who

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


def seen(actor):
    return set(rules.visible_tasks(anew(actor)).values_list("pk", flat=True))


def after(days):
    return DAY + timedelta(days=days)


def told(day, today):
    """The figures of all tasks on a day (None: now, which is on `today`): {id: n}."""
    of = next(one for one in populations() if one.name == "board_tasks")
    return {row["id"].partition(".")[2]: row["n"] for row in figures(BoardTask.objects.all(), day, today)} if of else {}


def test_a_task_is_seen_by_the_office_and_by_the_units_that_it_names_alone(world):
    one = {task(world, units=[world.education])["board_task_id"]}
    assert seen(world.labour) == seen(world.handler) == seen(world.teacher) == one
    assert not any(seen(other) for other in (world.clerk, world.caller, world.ledger, world.leader, elsewhere(world))), "whom it does not name has nothing to see"


def test_it_is_no_need_and_no_need_is_counted_with_it(world):
    needs = apps.get_model("casework.Need").objects
    before = needs.count()
    task(world, "confirmed")
    assert needs.count() == before, "what offices do for each other is not what somebody asked for"
    assert not [one for one in populations() if one.rows is BoardTask and one.name != "board_tasks"]


def test_the_whole_life_stands_in_its_lines(world):
    what = task(world, "taken")
    board.ask_board_later(**what, until=after(21), reason="等设备到货", **who(world.handler, 1))
    board.decide_board_later(**what, agreed=True, reason="设备下周到", **who(world.labour, 1))
    board.report_board_task(**what, words="播了五个乡镇", evidence="/labour/pillars/?area=530625000000", **who(world.handler, 2))
    board.send_board_task_back(**what, reason="还差一个乡镇", **who(world.labour, 3))
    board.report_board_task(**what, words="六个乡镇都播了", **who(world.handler, 4))
    board.confirm_board_task(**what, **who(world.labour2, 5))
    one = BoardTask.objects.get()
    assert (one.state, one.due_on, one.first_due_on, one.reported_on) == ("board_confirmed", after(21), DUE, after(4))
    assert [step.act.partition(".")[2] for step in one.steps.all()] == ["set", "accept", "ask_later", "decide_later", "report", "send_back", "report", "confirm"]
    assert Entry.objects.filter(subject="labour.boardtask", subject_id=str(one.pk)).count() == 8
    assert not list(queries.faults(DAY))
    BoardTask.objects.update(due_on=after(30))
    assert list(queries.faults(DAY)) == [(str(one.pk), "due_on", after(30), after(21))], "a row that its lines do not bear out is found"


def test_a_contested_task_lies_with_the_office_and_may_go_to_another_unit(world):
    what = task(world, "contested")
    assert queries.waiting(anew(world.labour)).count() == 1 and not queries.waiting(anew(world.handler)).exists()
    board.settle_board_task(**what, lead=world.education, due_on=DUE, reason="改由教体局牵头", **who(world.labour))
    assert not seen(world.handler), "whom it no longer names has no page of it"
    board.contest_board_task(**what, reason="人手不够,请再定", **who(world.teacher))  # another lead may contest it too
    board.settle_board_task(**what, lead=world.education, due_on=DUE, reason="维持原来的", **who(world.labour))
    with pytest.raises(Refused, match="提过一次异议"):
        board.contest_board_task(**what, reason="还是不行", **who(world.teacher))
    board.accept_board_task(**what, **who(world.teacher))


def test_the_lead_reports_beside_an_open_part_only_with_a_reason(world):
    what = part(world)
    one = {"board_task_id": BoardTask.objects.get().pk}
    board.accept_board_task(**one, **who(world.teacher))
    with pytest.raises(Refused, match="还有配合单位"):
        board.report_board_task(**one, words="都办完了", **who(world.teacher))
    board.report_board_task(**one, words="都办了的", despite="民政局的名单下周才出", **who(world.teacher))
    board.finish_board_part(**what, words="名单出了", **who(world.handler, 1))
    board.confirm_board_task(**one, **who(world.labour, 2))
    assert BoardPart.objects.get().state == "board_part_done"


def test_what_nobody_waits_for_ends_with_the_task(world):
    part(world)
    board.withdraw_board_task(board_task_id=BoardTask.objects.get().pk, reason="和另一项合并", **who(world.labour))
    assert BoardPart.objects.get().state == "board_part_over" and not queries.waiting(anew(world.handler)).exists()


def test_whoever_reported_does_not_confirm(world):
    both = worker("lianggang", "两岗人", world.civil, Role.LABOUR_OFFICER)
    what = task(world, "taken")
    board.report_board_task(**what, words="六个乡镇都播了", **who(both))
    for act, more in ((board.confirm_board_task, {}), (board.send_board_task_back, {"reason": "还差一些"})):
        with pytest.raises(Refused, match="报办结的人不能自己"):
            act(**what, **more, **who(both))
    board.confirm_board_task(**what, **who(world.labour))


def test_evidence_leads_to_a_page_of_labour_and_nowhere_else(world):
    for address in ("https://example.org/labour/", "//example.org/labour/", "/casework/", "javascript:alert(1)", "/labour/nothing-here/"):
        assert not rules.is_own_figure(address), address
    assert rules.is_own_figure("") and rules.is_own_figure("/labour/monthly/?area=530625000000")


def test_figures_of_a_past_day_are_what_they_were(world):
    what = task(world, "taken")  # due in a fortnight
    late = board.set_board_task(**WHAT | {"what": "返乡招聘会场地", "due_on": after(3), "area": world.county, "lead": world.civil}, **who(world.labour))
    board.report_board_task(**what, words="六个乡镇都播了", **who(world.handler, 10))
    assert told(after(3), after(3)) == {"tasks": 2, "open": 2, "due": 0, "on_time": 0, "late": 0}, "the day itself is not over"
    assert told(after(4), after(20)) == {"tasks": 2, "open": 2, "due": 1, "on_time": 0, "late": 1}
    then = told(after(15), after(15))
    assert then == {"tasks": 2, "open": 2, "due": 2, "on_time": 1, "late": 1}
    board.send_board_task_back(**what, reason="播出单不全", **who(world.labour, 16))
    board.withdraw_board_task(board_task_id=late.pk, reason="场地另定", **who(world.labour, 17))
    assert told(after(15), after(20)) == then, "no later act changes what a past day says"
    assert told(None, after(20)) == {"tasks": 1, "open": 1, "due": 1, "on_time": 0, "late": 1}


def test_a_later_day_counts_from_when_it_was_agreed_to(world):
    what = task(world, "asked")
    board.decide_board_later(**what, agreed=True, reason="设备下周到", **who(world.labour, 13))
    assert told(after(12), after(30))["due"] == 0 and told(after(16), after(30))["due"] == 0 and told(after(22), after(30))["due"] == 1
    assert BoardTask.objects.get().later_on is None


def test_what_is_overdue_climbs_once_a_stage_and_tells_whoever_set_it(world):
    what = task(world, "taken")
    office = BoardTask.objects.get().office
    MessageChannel.objects.create(organisation=office, route="email", address="mailto://x", set_by=world.labour, from_at=MONDAY)
    at = [MONDAY + timedelta(days=n) for n in (14, 15, 16, 21, 30)]  # its last day; 1, 2, 5 and 10 working days later at least
    levels = []
    for moment in at:
        assert tasks.is_due(moment) == bool(queries.to_tell(moment.date()))
        board.climb_board_tasks(by=CLOCK, at=moment)
        assert board.climb_board_tasks(by=CLOCK, at=moment) == 0, "once a stage"
        levels.append(BoardTask.objects.get().level)
    assert levels == [0, 2, 2, 3, 4]
    assert Message.objects.filter(organisation=office, about="board_late").count() == 3
    assert BoardStep.objects.filter(act="board_task.climb").count() == 3 and not list(queries.faults(DAY))
    assert queries.overdue(anew(world.labour), at[-1].date()) == queries.waiting(anew(world.handler)).count() == 1
    board.report_board_task(**what, words="六个乡镇都播了", by=anew(world.handler), at=at[-1])
    assert board.climb_board_tasks(by=CLOCK, at=at[-1] + timedelta(days=20)) == 0, "what was reported climbs no more"


def test_the_desk_of_the_office_leads_to_what_is_overdue(world, monkeypatch):
    task(world, "taken")
    monkeypatch.setattr("django.utils.timezone.now", lambda: MONDAY + timedelta(days=16))
    client = Client()
    client.force_login(anew(world.labour))
    assert 'href="/labour/board-tasks/?list=late"' in client.get("/").content.decode()
    assert [one.what for one in client.get("/labour/board-tasks/?list=late").context["page"]] == [WHAT["what"]]
    assert client.get("/labour/board-tasks/").context["which"] == "open", "with the lead it lies, not with the office"


def test_who_reports_beside_an_open_part_is_asked_why_as_of_need(world):
    task(world, "taken", units=[world.education])
    client = Client()
    client.force_login(anew(world.handler))
    asked = client.get(f"/labour/board-tasks/{BoardTask.objects.get().pk}/report/").context["form"].fields["despite"]
    assert asked.asked is True


def test_nothing_climbs_at_night_or_on_a_day_of_rest(world):
    task(world)
    assert not tasks.is_due(MONDAY.replace(hour=14) + timedelta(days=15)) and not tasks.is_due(MONDAY + timedelta(days=19))
    assert tasks.is_due(MONDAY + timedelta(days=15))


def test_pages_open_and_lists_go_by_the_day(world):
    task(world, units=[world.education])
    board.set_board_task(**WHAT | {"what": "先到期的一项", "due_on": date(2026, 11, 5), "area": world.county, "lead": world.civil}, **who(world.labour))
    client = Client()
    client.force_login(anew(world.handler))
    page = client.get("/labour/board-tasks/?list=open")
    assert [one.what for one in page.context["page"]] == ["先到期的一项", WHAT["what"]]
    assert client.get("/labour/board-tasks/").context["which"] == "mine"
    assert client.get("/labour/board-tasks/?list=open&pillar=branded").context["page"].paginator.count == 0
    one = BoardTask.objects.get(what=WHAT["what"])
    shown = client.get(f"/labour/board-tasks/{one.pk}/").content.decode()
    assert "接受任务" in shown and "永善县教育体育局" in shown
    assert "先到期的一项" in client.get("/labour/board-tasks/sheet/?month=2026-11").content.decode()
    assert client.get("/labour/board-tasks/sheet/?month=2026-13").status_code == 404
    assert "请您的单位配合" not in client.get("/labour/board-tasks/?list=mine").content.decode(), "it leads, and is asked for no part"
    client.force_login(anew(world.teacher))
    assert f"请您的单位配合,{DUE} 以前" in client.get("/labour/board-tasks/").content.decode(), "what waits for it is its part, not the task"
    client.force_login(anew(world.clerk))
    assert client.get(f"/labour/board-tasks/{one.pk}/").status_code == 404


def test_no_figure_and_no_list_goes_by_unit():
    of = next(one for one in populations() if one.name == "board_tasks")
    assert set(of.facts) == {"state", "due_on", "on_time", "pillar"}, "of units nothing is counted: nobody is ranked"
    assert queries.LISTS == ("mine", "open", "late", "due", "on_time", "done")
