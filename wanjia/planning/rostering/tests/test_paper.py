"""What hangs on the wall names nobody in full; what goes into a calendar can be read by one."""

import re
from datetime import UTC, datetime

import pytest

from wanjia.planning.contract import BadInput
from wanjia.planning.rostering.example import county
from wanjia.planning.rostering.paper import duties_of, gate_table, icalendar, month_card, on_the_wall, pdf
from wanjia.planning.rostering.problem import Guard
from wanjia.planning.rostering.reading import problem_from_json
from wanjia.planning.rostering.solve import solve

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
    assert "空缺" in text


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


def test_a_page_becomes_a_pdf(printed):
    problem, plan = printed
    assert pdf(gate_table(problem, plan, "S0", problem.days[0])).startswith(b"%PDF")


def test_unknown_school_and_guard_are_refused(printed):
    with pytest.raises(BadInput, match="school S99"):
        gate_table(*printed, "S99", printed[0].days[0])
    with pytest.raises(BadInput, match="guard G999"):
        month_card(*printed, "G999")
