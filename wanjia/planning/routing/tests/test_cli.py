"""The three commands: one JSON object, whole files, refusals that name their place, a kill that leaves the old plan."""

import argparse
import gzip
import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from wanjia.planning.routing import cli
from wanjia.planning.routing.charters.example import season

from .worlds import cvrp, solomon, valley


def command(*words: str) -> int:
    parser = argparse.ArgumentParser()
    cli.add_commands(parser.add_subparsers(required=True))
    args = parser.parse_args(words)
    return args.run(args)


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    found = {name: tmp_path / name for name in ("bus.json.gz", "x.vrp", "s.txt", "season.json")}
    found["bus.json.gz"].write_bytes(gzip.compress(json.dumps(valley(homes=20, buses=1)).encode()))
    found["x.vrp"].write_text(cvrp(), encoding="utf-8")
    found["s.txt"].write_text(solomon(), encoding="utf-8")
    found["season.json"].write_text(json.dumps(season(400, hubs=2, cities=4, days=8)), encoding="utf-8")
    return found


def test_buses_out_in_the_agreed_shape(files, capsys, tmp_path: Path) -> None:
    out = tmp_path / "plan.json"
    words = ("buses", str(files["bus.json.gz"]), "--json", "--iterations", "800", "--out", str(out), "--explain")
    assert command(*words) == 0
    printed = capsys.readouterr().out
    document = json.loads(printed)
    assert json.loads(out.read_text(encoding="utf-8")) == document
    assert [set(bus) for bus in document["buses"]] == [{"seats", "trips"}]
    trip = document["buses"][0]["trips"][0]
    assert set(trip) == {"leave_s", "stops"}
    assert set(trip["stops"][0]) == {"place", "arrive_s"}
    riders = [s["place"] for b in document["buses"] for t in b["trips"] for s in t["stops"] if s["place"].startswith("home")]
    assert sorted(riders + document["not_served"]) == sorted(f"home{n}" for n in range(20))
    assert document["not_served"]
    assert set(document["why"]) == set(document["not_served"])


@pytest.mark.parametrize("name", ["x.vrp", "s.txt"])
def test_vrp_out_in_the_agreed_shape(files, capsys, name: str) -> None:
    assert command("vrp", str(files[name]), "--json", "--iterations", "2000") == 0
    document = json.loads(capsys.readouterr().out)
    clients = sorted(client for route in document["routes"] for client in route)
    assert clients == list(range(1, len(clients) + 1))
    assert document["cost"] > 0


def test_charters_out_and_a_summary_for_people(files, capsys) -> None:
    assert command("charters", str(files["season.json"]), "--json") == 0
    document = json.loads(capsys.readouterr().out)
    assert sum(len(d["manifest"]) for d in document["departures"]) == 400
    assert command("charters", str(files["season.json"])) == 0
    spoken = capsys.readouterr().out
    assert "车次" in spoken
    assert "coaches" in spoken
    assert "estimated, not driven" in spoken


def test_a_worker_may_ask_why_he_takes_no_other_coach(files, capsys) -> None:
    assert command("charters", str(files["season.json"]), "--json", "--why", "w7") == 0
    document = json.loads(capsys.readouterr().out)
    assert "w7" in document["departures"][document["why"]["departure"]]["manifest"]
    assert all(other["zh"] and other["en"] for other in document["why"]["others"])
    assert command("charters", str(files["season.json"]), "--json", "--why", "nobody") == 2
    assert json.loads(capsys.readouterr().out)["error"]["place"] == "--why nobody"


@pytest.mark.parametrize("name", ["buses", "vrp", "charters"])
@pytest.mark.parametrize("content", [None, b"", b"{", b"\xff\xfe", b"[]", b'{"places": 3}', b"\x1f\x8bjunk"])
def test_bad_input_exits_2_and_names_its_place(tmp_path: Path, capsys, name: str, content: bytes | None) -> None:
    path = tmp_path / "bad"
    if content is not None:
        path.write_bytes(content)
    assert command(name, str(path), "--json") == 2
    error = json.loads(capsys.readouterr().out)["error"]
    assert set(error) == {"place", "zh", "en"}
    assert all(error.values())
    assert command(name, str(path)) == 2
    caught = capsys.readouterr()
    assert caught.out == ""
    assert error["zh"] in caught.err
    assert error["en"] in caught.err


def test_a_late_bus_of_an_earlier_plan_is_explained_without_a_search(files, capsys, tmp_path: Path, monkeypatch) -> None:
    out = tmp_path / "plan.json"
    assert command("buses", str(files["bus.json.gz"]), "--json", "--iterations", "800", "--out", str(out)) == 0
    planned = json.loads(capsys.readouterr().out)
    monkeypatch.setattr("wanjia.planning.routing.buses.solve.solve", lambda *a, **k: pytest.fail("searched"))
    words = ("buses", str(files["bus.json.gz"]), "--plan", str(out))
    assert command(*words, "--json", "--late", "1,1,1,7200") == 0
    again = json.loads(capsys.readouterr().out)
    assert again | {"late": None, "summary": None} == planned | {"late": None, "summary": None}
    assert again["late"]["late_s"][0][0] == 7200
    assert again["late"]["breaches"]
    assert command(*words, "--json", "--late", "9,1,1,60") == 2
    assert json.loads(capsys.readouterr().out)["error"]["place"] == "--late 9,1,1"
    planned["buses"][0]["trips"][0]["stops"][1]["arrive_s"] -= 1
    out.write_text(json.dumps(planned), encoding="utf-8")
    assert command(*words, "--json") == 2
    assert json.loads(capsys.readouterr().out)["error"]["place"] == "buses[0].trips[0]"


def test_an_unknown_school_names_its_household(tmp_path: Path, capsys) -> None:
    path = tmp_path / "bus.json"
    document = valley(homes=20, buses=1)
    document["households"][7]["school"] = "nowhere"
    path.write_text(json.dumps(document), encoding="utf-8")
    assert command("buses", str(path), "--json") == 2
    assert json.loads(capsys.readouterr().out)["error"]["place"] == "households[7].school"


@pytest.mark.parametrize("out", ["/no/such/folder/plan.json", "."])
def test_an_unwritable_place_is_refused_before_the_search(files, capsys, monkeypatch, out: str) -> None:
    monkeypatch.setattr("wanjia.planning.routing.buses.solve.solve", lambda *a, **k: pytest.fail("searched first"))
    assert command("buses", str(files["bus.json.gz"]), "--json", "--out", out) == 2
    assert json.loads(capsys.readouterr().out)["error"]["place"] == out


@pytest.mark.parametrize("limit", ["--seconds", "--iterations"])
def test_a_limit_is_positive(files, capsys, limit: str) -> None:
    with pytest.raises(SystemExit) as stopped:
        command("vrp", str(files["x.vrp"]), limit, "0")
    assert stopped.value.code == 2
    assert "positive" in capsys.readouterr().err


def test_an_unwritable_place_is_refused(files, capsys) -> None:
    words = ("charters", str(files["season.json"]), "--json", "--out", "/no/such/folder/plan.json")
    assert command(*words) == 2
    assert "folder" in json.loads(capsys.readouterr().out)["error"]["place"]


START = """
import argparse, sys
from wanjia.planning.routing import cli
parser = argparse.ArgumentParser()
cli.add_commands(parser.add_subparsers(required=True))
args = parser.parse_args(sys.argv[1:])
sys.exit(args.run(args))
"""


def until_it_listens(pid: int, patience: float = 120.0) -> None:
    """Wait until a child takes SIGTERM into its own hands, as the solver does when it begins."""
    end = time.monotonic() + patience
    caught = 0
    while not caught & 1 << signal.SIGTERM - 1 and time.monotonic() < end:
        time.sleep(0.05)
        caught = int(re.search(r"SigCgt:\s*(\w+)", Path(f"/proc/{pid}/status").read_text())[1], 16)  # type: ignore[index]


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_a_kill_leaves_the_old_plan_and_a_stop_gives_the_best_so_far(files, tmp_path: Path, number: int) -> None:
    out = tmp_path / "plans" / "plan.json"
    out.parent.mkdir()
    out.write_text("the old plan", encoding="utf-8")
    words = [sys.executable, "-c", START, "vrp", str(files["x.vrp"]), "--json", "--seconds", "500", "--out", str(out)]
    child = subprocess.Popen(words, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)})
    until_it_listens(child.pid)
    time.sleep(0.5)
    child.send_signal(number)
    printed, _ = child.communicate(timeout=120)
    assert [path.name for path in out.parent.iterdir()] == ["plan.json"]
    if number == signal.SIGKILL:
        assert printed == b""
        assert out.read_text(encoding="utf-8") == "the old plan"
    else:
        assert child.returncode == 130
        assert json.loads(out.read_text(encoding="utf-8")) == json.loads(printed)
