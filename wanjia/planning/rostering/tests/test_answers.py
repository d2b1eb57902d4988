"""Every question about a roster and everything handed out can be had on the command line."""

import gzip
import json

import pytest

from wanjia.planning.rostering.check import breaches, iso_week, score
from wanjia.planning.rostering.example import county
from wanjia.planning.rostering.explain import Standing
from wanjia.planning.rostering.handouts import calendars, file_stems, gate_tables, month_cards
from wanjia.planning.rostering.ical import icalendar
from wanjia.planning.rostering.paper import gate_table, month_card
from wanjia.planning.rostering.reading import problem_from_json
from wanjia.planning.rostering.solve import solve
from wanjia.planning.rostering.swap import substitutes
from wanjia.planning.rostering.tests.test_cli import run
from wanjia.planning.rostering.tests.test_paper import MADE


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Return a small county over the end of a month, its roster with two more seats left open, and both as files."""
    folder = tmp_path_factory.mktemp("county")
    raw = county(2, schools=6, guards=40, days=5, start="2026-09-28")
    problem = problem_from_json(raw)
    plan = solve(problem).plan
    plan |= dict.fromkeys(list(plan)[3:25:20])
    (folder / "county.json.gz").write_bytes(gzip.compress(json.dumps(raw).encode()))
    rows = [[*cell, who] for cell, who in plan.items()]
    (folder / "roster.json").write_text(json.dumps({"assignments": rows}))
    return problem, plan, (folder / "county.json.gz", "--roster", folder / "roster.json")


def asked(capfd, *words):
    assert run(*words, "--json") == 0
    return json.loads(capfd.readouterr().out)


def test_explain_answers_to_why_too(made, capfd):
    problem, plan, files = made
    (seat, day), who = next((cell, who) for cell, who in plan.items() if who)
    told = asked(capfd, *files, "--why", seat, day)
    assert told["guard"] == who
    assert {one["guard"] for one in told["candidates"]} == set(problem.seat_named()[seat].allowed)
    assert all((one["rule"] is None) != (one["price"] is None) for one in told["candidates"])
    assert told == asked(capfd, *files, "--explain", seat, day)


def test_substitutes_are_named_with_their_price(made, capfd):
    problem, plan, files = made
    found = {cell: substitutes(Standing(problem, plan), *cell) for cell in plan}
    some, none = next(cell for cell in found if found[cell]), next((cell for cell in found if not found[cell]), None)
    told = asked(capfd, *files, "--substitutes", *some)
    assert [one["guard"] for one in told["substitutes"]] == [one.guard for one in found[some]]
    assert run(*files, "--substitutes", *some) == 0
    assert f"{found[some][0].name}({found[some][0].guard}):{found[some][0].price:+d} 分 /" in capfd.readouterr().out
    assert none is not None
    assert run(*files, "--substitutes", *none) == 0
    assert "没有人可以替岗" in capfd.readouterr().out


def test_a_swap_is_allowed_with_its_price_or_refused_with_the_rule(made, capfd):
    problem, plan, files = made
    cells = [cell for cell in plan if plan[cell]]
    verdicts = set()
    for one, other in zip(cells[::9], cells[7::9], strict=False):
        told = asked(capfd, *files, "--swap", *one, *other)
        after = plan | {one: plan[other], other: plan[one]}
        assert told["after"] == [[*one, plan[other]], [*other, plan[one]]]
        assert told["allowed"] == (set(breaches(problem, after)) <= set(breaches(problem, plan)))
        if told["allowed"]:
            assert told["price"] == score(problem, after).total - score(problem, plan).total
        assert run(*files, "--swap", *one, *other) == 0
        text = capfd.readouterr().out
        assert ("可以对换" in text and f"{told['price']:+d} points" in text) if told["allowed"] else "Not allowed" in text
        verdicts.add(told["allowed"])
    assert verdicts == {True, False}


def test_shortfalls_are_said_for_an_old_roster_and_for_a_new_one(made, capfd):
    _, plan, files = made
    told = asked(capfd, *files, "--shortfalls")
    assert {(one["seat"], one["day"]) for one in told["shortfalls"]} == {cell for cell in plan if plan[cell] is None}
    assert run(*files, "--shortfalls") == 0
    text = capfd.readouterr().out
    assert all(one["zh"] in text and one["en"] in text for one in told["shortfalls"])
    assert f"{len(told['shortfalls'])} stay open" in text
    new = asked(capfd, files[0], "--shortfalls")
    assert len(new["shortfalls"]) == sum(row[2] is None for row in new["assignments"])


@pytest.mark.parametrize("question", ["--explain", "--why", "--substitutes", "--swap"])
def test_an_unknown_seat_or_day_is_refused_by_name(question, made, capfd):
    problem, _, files = made
    known = (problem.seats[0].id, problem.days[0]) if question == "--swap" else ()
    for seat, day, place in (("Q999", problem.days[1], "seat Q999"), (problem.seats[0].id, "2020-01-01", "day 2020-01-01")):
        assert run(*files, question, *known, seat, day) == 2
        seen = capfd.readouterr()
        assert seen.out == ""
        assert f"{place}：" in seen.err and f"{place}: " in seen.err


def test_questions_need_a_roster_and_come_one_at_a_time(made, capfd):
    problem, _, files = made
    cell = (problem.seats[0].id, problem.days[0])
    for words, place in (
        ((files[0], "--substitutes", *cell), "--roster"),
        ((*files, "--check", "--substitutes", *cell), "--check --substitutes"),
        (files, "--roster"),
    ):
        assert run(*words, "--json") == 2
        assert json.loads(capfd.readouterr().out)["error"]["place"] == place


def test_everything_is_handed_out_into_folders(made, tmp_path, capfd):
    problem, plan, files = made
    folders = {name: tmp_path / name for name in ("gate", "cards", "calendars")}
    options = [word for name, path in folders.items() for word in (f"--{name}", path)]
    told = asked(capfd, *files, *options)
    held = {name: {path.name: path.read_bytes() for path in folder.iterdir()} for name, folder in folders.items()}
    assert told["written"] == {name: len(held[name]) for name in folders}
    serving = {who for who in plan.values() if who}
    weeks, months = {iso_week(day) for day in problem.days}, {day[:7] for day in problem.days}
    assert held["gate"].keys() == {f"S{i}-{week}.html" for i in range(6) for week in weeks}
    assert held["calendars"].keys() == {f"{who}.ics" for who in serving}
    assert held["cards"].keys() == {f"{who}-{day[:7]}.html" for (_, day), who in plan.items() if who}
    assert len(weeks) == 1 and len(months) == 2
    assert asked(capfd, *files, *options) == told
    assert held == {name: {path.name: path.read_bytes() for path in folder.iterdir()} for name, folder in folders.items()}


def test_a_roster_just_made_or_mended_is_handed_out_too(made, tmp_path, capfd):
    problem, plan, files = made
    told = asked(capfd, files[0], "--gate", tmp_path / "new", "--out", tmp_path / "roster.json")
    assert told.pop("written") == {"gate": 6}
    assert told == json.loads((tmp_path / "roster.json").read_text())
    (seat, day), who = next((cell, who) for cell, who in plan.items() if who)
    ill = tmp_path / "ill.json"
    ill.write_text(json.dumps([[who, day, problem.seat_named()[seat].slot]]))
    mended = asked(capfd, *files, "--absences", ill, "--calendars", tmp_path / "phones")
    serving = {row[2] for row in mended["assignments"] if row[2]}
    assert {path.stem for path in (tmp_path / "phones").iterdir()} == serving


def test_a_handout_of_a_few_schools_is_the_handout_of_all(made):
    problem, plan, _ = made
    day = problem.days[0]
    assert all(text == gate_table(problem, plan, name.split("-")[0], day) for name, text in gate_tables(problem, plan))
    for name, text in month_cards(problem, plan):
        guard, month = name.removesuffix(".html").split("-", 1)
        assert text == month_card(problem, plan, guard, month=month)
    for name, text in calendars(problem, plan, made_at=MADE):
        assert text == icalendar(problem, plan, name.removesuffix(".ics"), made_at=MADE)


def test_a_slot_without_hours_is_refused_before_calendars_are_made(made, tmp_path, capfd):
    raw = county(2, schools=2, guards=12, days=2) | {"absent": []}
    raw["seats"] = [seat | {"slot": "早上"} for seat in raw["seats"]]
    (tmp_path / "c.json").write_text(json.dumps(raw))
    assert run(tmp_path / "c.json", "--calendars", tmp_path / "c", "--out", tmp_path / "r.json", "--json") == 2
    assert json.loads(capfd.readouterr().out)["error"]["place"] == "slot 早上"
    assert [path.name for path in tmp_path.iterdir()] == ["c.json"]


def test_file_names_stay_in_their_folder_and_apart():
    stems = file_stems(["../x", "a/b", "a_b", "A_B", "县一小", ".", "", "长" * 300])
    assert len({stem.casefold() for stem in stems.values()}) == len(stems)
    assert all("/" not in stem and "." not in stem and len(stem.encode()) < 200 for stem in stems.values())
    assert stems["县一小"] == "县一小"


def test_a_full_roster_has_nothing_open(tmp_path, capfd):
    raw = county(3, schools=2, guards=40, days=2)
    (tmp_path / "c.json").write_text(json.dumps(raw))
    assert run(tmp_path / "c.json", "--shortfalls") == 0
    assert "没有空缺" in capfd.readouterr().out
