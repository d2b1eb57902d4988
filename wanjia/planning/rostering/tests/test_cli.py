"""The command line: one JSON object, whole files, refusals that name the place."""

import argparse
import gc
import gzip
import json
import os
import signal
import subprocess
import sys

import pytest

from wanjia.planning.rostering import solve as engine
from wanjia.planning.rostering.check import breaches
from wanjia.planning.rostering.cli import add_commands
from wanjia.planning.rostering.example import county
from wanjia.planning.rostering.reading import problem_from_json, roster_from_json
from wanjia.policy import glyphs


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "county.json.gz"
    path.write_bytes(gzip.compress(json.dumps(county(2, schools=6, guards=40, days=5)).encode()))
    return path


def run(*words):
    parser = argparse.ArgumentParser()
    add_commands(parser.add_subparsers())
    args = parser.parse_args(["roster", *map(str, words)])
    return args.run(args)


def test_roster_prints_one_object_and_writes_the_same(file, tmp_path, capfd):
    out = tmp_path / "roster.json.gz"
    assert run(file, "--json", "--out", out) == 0
    printed = json.loads(capfd.readouterr().out)
    assert printed == json.loads(gzip.decompress(out.read_bytes()))
    assert {"assignments", "objective", "bound", "cpu_s"} <= printed.keys()
    problem = problem_from_json(county(2, schools=6, guards=40, days=5))
    assert breaches(problem, roster_from_json(problem, printed)) == []
    assert [path.name for path in sorted(tmp_path.iterdir())] == ["county.json.gz", "roster.json.gz"]


def test_check_explain_and_repair_speak_of_the_roster(file, tmp_path, capfd):
    out = tmp_path / "roster.json"
    assert run(file, "--out", out) == 0
    first = json.loads(out.read_text())["assignments"]
    seat, day, who = next(row for row in first if row[2])
    assert run(file, "--roster", out, "--check", "--json") == 0
    capfd.readouterr()
    assert run(file, "--roster", out, "--explain", seat, day, "--json") == 0
    told = json.loads(capfd.readouterr().out)
    assert told["guard"] == who
    assert len(told["substitutes"]) <= 3
    ill = tmp_path / "ill.json"
    ill.write_text(json.dumps([[who, day, slot] for slot in ("07:30", "12:00", "17:40")]))
    assert run(file, "--roster", out, "--absences", ill, "--json") == 0
    mended = json.loads(capfd.readouterr().out)
    assert mended["lost"] >= 1
    assert [seat, day, who] not in mended["assignments"]
    out.write_text(json.dumps({"assignments": [[*row[:2], who] for row in first]}))
    assert run(file, "--roster", out, "--check") == 1


def test_the_weights_are_said_in_words(file, capfd):
    assert run(file, "--json") == 0
    said = json.loads(capfd.readouterr().out)["weights_in_words"]
    assert len(said["zh"]) == len(said["en"]) == 5
    assert run(file, "--stability", "6") == 0
    text = capfd.readouterr().out
    assert "规则从不违反" in text
    assert "Each different person whom a seat sees in a week weighs 6 points, as much as 6 km." in text


@pytest.mark.parametrize(("option", "told"), [("--gate", True), ("--cards", True), ("--calendars", False)])
def test_a_character_that_no_font_bears_is_told_with_what_goes_on_paper(option, told, tmp_path, capfd, monkeypatch):
    rare, data = "\U00024cf5", county(2, schools=2, guards=12, days=2)
    for guard in data["guards"]:
        guard["name"] = f"{rare}小明"  # the wall shows the surname alone
    path = tmp_path / "rare.json"
    path.write_text(json.dumps(data))
    bears = frozenset(range(0x20, 0x20000))
    monkeypatch.setattr(glyphs, "borne", lambda: bears)
    assert run(path, option, tmp_path / "out", "--json") == 0
    assert json.loads(capfd.readouterr().out).get("unprintable", []) == [f"{rare}(U+24CF5)"] * told
    monkeypatch.setattr(glyphs, "borne", lambda: bears | {ord(rare)})  # the control: with a font for it nothing is said
    assert run(path, option, tmp_path / "again", "--json") == 0
    assert "unprintable" not in json.loads(capfd.readouterr().out)


@pytest.mark.parametrize("option", ["--out", "--gate", "--cards", "--calendars"])
def test_what_cannot_be_written_is_refused_before_the_work(option, file, tmp_path, capfd, monkeypatch):
    monkeypatch.setattr(engine, "solve", lambda *a, **k: pytest.fail("solved first"))
    place = tmp_path / "none" / "here" if option == "--out" else file
    assert run(file, option, place) == 2
    seen = capfd.readouterr()
    assert seen.out == ""
    assert f"{place}：写不了" in seen.err
    assert f"{place}: cannot write" in seen.err
    assert run(file, option, place, "--json") == 2
    assert json.loads(capfd.readouterr().out)["error"]["place"] == str(place)


def test_a_first_interrupt_ends_with_the_best_roster_so_far(file, tmp_path, capfd, monkeypatch):
    real, before = engine.solve_part, signal.getsignal(signal.SIGINT)

    def interrupted(*words, **more):
        os.kill(os.getpid(), signal.SIGINT)
        monkeypatch.setattr(engine, "solve_part", real)
        return real(*words, **more)

    monkeypatch.setattr(engine, "solve_part", interrupted)
    out = tmp_path / "roster.json"
    assert run(file, "--json", "--out", out) == 130
    printed = json.loads(capfd.readouterr().out)
    assert printed == json.loads(out.read_text())
    assert not printed["finished"]
    problem = problem_from_json(county(2, schools=6, guards=40, days=5))
    assert breaches(problem, roster_from_json(problem, printed)) == []
    assert signal.getsignal(signal.SIGINT) is before


def test_the_collector_rests_during_the_work_and_only_then(file, tmp_path, monkeypatch):
    real, seen = engine.solve, []
    monkeypatch.setattr(engine, "solve", lambda *a, **k: seen.append(gc.isenabled()) or real(*a, **k))
    assert run(file) == 0
    assert run(tmp_path / "none.json") == 2
    assert (seen, gc.isenabled()) == ([False], True)
    gc.disable()
    try:
        assert run(file) == 0
        assert not gc.isenabled()
    finally:
        gc.enable()


def _spoilt(change):
    data = county(2, schools=3, guards=20, days=3)
    change(data)
    return json.dumps(data)


BAD = {
    "not json": ("{", "file"),
    "not an object": ("[]", "top level"),
    "no days": (_spoilt(lambda d: d.update(days=[])), "days"),
    "a wrong day": (_spoilt(lambda d: d["days"].__setitem__(1, "2026-13-01")), "days[1]"),
    "days out of order": (_spoilt(lambda d: d["days"].reverse()), "days[1]"),
    "a seat twice": (_spoilt(lambda d: d["seats"].append(d["seats"][0])), "seats["),
    "an unknown post": (_spoilt(lambda d: d["seats"][2].update(post="P99")), "seats[2], field post"),
    "an unknown guard": (_spoilt(lambda d: d["seats"][0]["allowed"].append("G99")), "seats[0], field allowed, G99"),
    "a negative cap": (_spoilt(lambda d: d["guards"][3].update(cap_per_week=-1)), "guards[3], field cap_per_week"),
    "half a duty": (_spoilt(lambda d: d["guards"][3].update(target=1.5)), "guards[3], field target"),
    "an endless distance": (_spoilt(lambda d: d["guards"][0]["km"].update(S0=float("inf"))), "guards[0], field km, S0"),
    "a negative weight": (_spoilt(lambda d: d["weights"].update(open_seat=-5)), "weights, field open_seat"),
    "an unknown weight": (_spoilt(lambda d: d["weights"].update(opne_seat=5)), "weights, field opne_seat"),
    "a torn absence": (_spoilt(lambda d: d["absent"].append(["G0"])), "absent["),
    "a lock on a stranger": (_spoilt(lambda d: d.update(locks=[[d["seats"][0]["id"], d["days"][0], "G0"]])), "locks[0]"),
    "text for a list": (_spoilt(lambda d: d.update(guards="all")), "guards"),
}


@pytest.mark.parametrize("what", BAD)
def test_bad_input_names_its_place_and_writes_nothing(what, tmp_path, capfd):
    content, place = BAD[what]
    path, out = tmp_path / "bad.json", tmp_path / "out.json"
    path.write_text(content)
    assert run(path, "--json", "--out", out) == 2
    error = json.loads(capfd.readouterr().out)["error"]
    assert error["place"].startswith(place)
    assert error["zh"]
    assert error["en"]
    assert not out.exists()


def test_without_json_the_refusal_is_a_sentence_in_both_languages(tmp_path, capfd):
    assert run(tmp_path / "none.json") == 2
    seen = capfd.readouterr()
    assert seen.out == ""
    assert "读不到" in seen.err
    assert "cannot be read" in seen.err


def test_a_killed_solver_leaves_the_last_good_roster(file, tmp_path):
    out = tmp_path / "roster.json"
    out.write_text("the last good roster")
    words = (
        "import argparse, os; from wanjia.planning.rostering import cli, solve as engine; p = argparse.ArgumentParser();"
        "cli.add_commands(p.add_subparsers()); engine.solve_plain = lambda *a: os.kill(os.getpid(), 9);"
        f"a = p.parse_args(['roster', {str(file)!r}, '--out', {str(out)!r}]); a.run(a)"
    )
    assert subprocess.run([sys.executable, "-c", words], check=False).returncode == -9
    assert out.read_text() == "the last good roster"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["county.json.gz", "roster.json"]
