"""What hangs on the wall names nobody in full; what goes into a calendar can be read by one."""

import dataclasses
import re
from datetime import UTC, datetime

import pytest

from wanjia.planning.contract import BadInput
from wanjia.planning.rostering.example import county
from wanjia.planning.rostering.ical import duties_of, icalendar
from wanjia.planning.rostering.paper import gate_table, month_card, pdf
from wanjia.planning.rostering.problem import Guard
from wanjia.planning.rostering.reading import problem_from_json
from wanjia.planning.rostering.solve import solve
from wanjia.planning.rostering.wall import on_the_wall

MADE = datetime(2026, 8, 30, 8, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def printed():
    problem = problem_from_json(county(3, schools=6, guards=60, days=10))
    return problem, solve(problem).plan


@pytest.mark.parametrize(
    ("name", "kind", "shown"),
    [
        ("李安宁", "teacher", "李老师"),
        ("欧阳青", "police", "欧阳警官"),
        ("王和", "security", "王师傅"),
        ("赵平", "parent", "赵家长"),
        ("", "police", "警官"),
    ],
)
def test_the_wall_shows_surname_and_role(name, kind, shown):
    assert on_the_wall(Guard("g", kind, 0, {}, name=name)) == shown


def test_the_gate_table_holds_the_week_and_nobodys_full_name(printed):
    problem, plan = printed
    page = gate_table(problem, plan, "S0", problem.days[0])
    assert page.count('scope="col"') == 3 + 4  # 1 September 2026 is a Tuesday
    names = {guard.name for guard in problem.guards} | {guard.id for guard in problem.guards}
    text = re.sub(r"<style>.*?</style>|<[^>]+>", " ", page)
    assert not [name for name in names if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text)]
    assert "老师" in text
    assert "空缺" not in text
    assert "07:10–07:50" in text


def test_an_open_seat_is_said_and_the_note_says_so_too(printed):
    problem, plan = printed
    seat = next(seat for seat in problem.seats if seat.post == "P0")
    page = gate_table(problem, plan | {(seat.id, problem.days[1]): None}, "S0", problem.days[0])
    assert page.count('<span class="open">空缺</span>') == 1
    assert "空缺岗位正在协调" in page


def test_namesakes_are_numbered_on_the_wall_and_told_on_their_cards():
    raw = county(3, schools=6, guards=60, days=5)
    raw["guards"] = [guard | {"name": "李安"} for guard in raw["guards"]]
    problem = problem_from_json(raw)
    plan = solve(problem).plan
    at_school = {seat.id for seat in problem.seats if seat.post == "P0"}
    teachers = sorted(
        {who for (seat, _), who in plan.items() if seat in at_school and problem.guard_named()[who].kind == "teacher"}
    )
    assert len(teachers) > 1
    page = gate_table(problem, plan, "S0", problem.days[0])
    assert "李老师②" in page
    assert not re.search("李老师(?![①-⑳])", page)
    assert "S0 李老师②" in "".join(month_card(problem, plan, who) for who in {who for who in plan.values() if who})


def test_a_working_weekend_is_marked_and_a_card_can_hold_one_month():
    raw = county(3, schools=3, guards=30, days=3) | {"days": ["2026-09-30", "2026-10-08", "2026-10-10"], "absent": []}
    problem = problem_from_json(raw)
    plan = solve(problem).plan
    assert "周六(调休)" in gate_table(problem, plan, "S0", "2026-10-10")
    guard = next(who for (_, day), who in plan.items() if day == "2026-09-30" and who)
    assert "10月" not in month_card(problem, plan, guard, month="2026-09")
    assert "9月30日" in month_card(problem, plan, guard, month="2026-09")


def test_the_month_card_is_the_guards_own(printed):
    problem, plan = printed
    guard = max(problem.guards, key=lambda guard: len(duties_of(problem, plan, guard.id)))
    page = month_card(problem, plan, guard.id)
    assert guard.name in page
    assert f"共 {len(duties_of(problem, plan, guard.id))} 岗" in page


def test_names_cannot_write_html():
    raw = county(3, schools=6, guards=60, days=5)
    raw["guards"] = [guard | {"name": "<b>&"} for guard in raw["guards"]]
    problem = problem_from_json(raw)
    plan = solve(problem).plan
    assert "<b>" not in gate_table(problem, plan, "S0", problem.days[0]) + month_card(problem, plan, "G10")


def test_the_calendar_has_every_duty_at_its_time(printed):
    problem, plan = printed
    guard = next(who for who in plan.values() if who)
    duties = duties_of(problem, plan, guard)
    text = icalendar(problem, plan, guard, made_at=MADE)
    assert text.endswith("END:VCALENDAR\r\n")
    assert text.count("BEGIN:VEVENT") == len(duties)
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    seat, day = duties[0]
    start = {
        "07:30": f"{_before(day)}T231000Z",
        "12:00": f"{day.replace('-', '')}T034000Z",
        "17:40": f"{day.replace('-', '')}T092000Z",
    }
    assert f"DTSTART:{start[seat.slot]}" in text
    assert text == icalendar(problem, plan, guard, made_at=MADE)


def _before(day):
    from datetime import date, timedelta

    return (date.fromisoformat(day) - timedelta(days=1)).strftime("%Y%m%d")


def test_the_calendar_keeps_to_rfc_5545(printed):
    problem, plan = printed
    plan, guard = dict(plan), next(who for who in plan.values() if who)
    long = dataclasses.replace(problem.posts[0], place="第一,二号门;\n" * 9)
    text = icalendar(problem.changed(posts=(long, *problem.posts[1:])), plan, guard, made_at=MADE)
    assert not re.search(r"(?<!\r)\n|\r(?!\n)", text)
    lines = re.sub(r"\r\n[ \t]", "", text).split("\r\n")[:-1]
    assert lines[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"]
    assert all(re.fullmatch(r"[A-Z-]+:.+", line) for line in lines)
    events = "\n".join(lines).split("BEGIN:VEVENT\n")[1:]
    for event in events:
        for name in ("UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY"):
            assert len(re.findall(rf"^{name}:", event, re.M)) == 1
        start, end = (
            datetime.strptime(re.search(rf"{name}:(\w+)", event)[1], "%Y%m%dT%H%M%S%z") for name in ("DTSTART", "DTEND")
        )
        assert (end - start).seconds == 40 * 60
    uids = re.findall(r"^UID:(.+)$", "\n".join(lines), re.M)
    assert len(set(uids)) == len(uids) == len(events)


def test_a_slot_that_is_no_time_of_day_goes_on_paper_but_not_into_a_calendar():
    raw = county(3, schools=2, guards=20, days=3)
    raw["seats"] = [seat | {"slot": "早上" if seat["slot"] == "07:30" else "傍晚"} for seat in raw["seats"]]
    problem = problem_from_json(raw | {"absent": []})
    plan = solve(problem).plan
    guard = next(who for who in plan.values() if who)
    assert "早上" in gate_table(problem, plan, "S0", problem.days[0])
    with pytest.raises(BadInput, match="slot"):
        icalendar(problem, plan, guard, made_at=MADE)


def test_a_page_becomes_a_pdf(printed):
    problem, plan = printed
    assert pdf(gate_table(problem, plan, "S0", problem.days[0])).startswith(b"%PDF")


def test_unknown_school_and_guard_are_refused(printed):
    with pytest.raises(BadInput, match="school S99"):
        gate_table(*printed, "S99", printed[0].days[0])
    with pytest.raises(BadInput, match="guard G999"):
        month_card(*printed, "G999")
