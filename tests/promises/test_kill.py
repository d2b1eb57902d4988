"""Promises 2 and 10: kill -9 at any point loses nothing acknowledged and leaves nothing half-written."""

import itertools
import json
import random
import subprocess
import time

import pytest

from tests.whole import assert_whole_apart

from .apart import HOUSE, WRITER, plain, run

pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.timeout(900)]  # many processes, each with its own start
ROWS = 700


def _start(env, *act):
    return subprocess.Popen([*WRITER, *act], env=plain(env), cwd=HOUSE, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)


def _kill_while_writing(env, seed, *words):
    """Start a writer, kill it a random moment after its first act, return what it said was done.

    The first act reads tables, tariffs and words that the later ones find read, and takes as long as all of those: a moment
    counted from the start would nearly always fall into it.
    """
    writer = _start(env, "record", str(seed), *words)
    assert writer.stdout.readline() == "ready\n"
    first = writer.stdout.readline().strip()
    time.sleep(random.Random(seed).uniform(0.05, 0.6))
    if "server" in env and seed % 2:
        env["server"].kill()
        env["server"].start_again()
    writer.kill()
    said = writer.communicate()[0].split("\n")
    assert_whole_apart(env)
    return [first, *(number for number in said[:-1] if number)]


def test_kill_loses_nothing_acknowledged(apart):
    acknowledged = []
    for seed in itertools.count():  # on a slow machine a writer does not come far before it is killed; it always comes one act far
        acknowledged += _kill_while_writing(apart, seed)
        if seed >= 3 and len(acknowledged) > 10:
            break
    stands = json.loads(run(apart, "check"))
    assert set(acknowledged) <= set(stands["needs"])
    assert stands["holdings"] == stands["steps"] == stands["lines"] == len(stands["needs"]), "a need stands half-written"


def test_an_answer_before_the_commit_is_lost(apart):
    """Negative control: a writer that answers before it commits loses what it acknowledged, killed between the two (it waits there)."""
    writer = _start(apart, "record", "0", "eager")
    assert writer.stdout.readline() == "ready\n"
    first = writer.stdout.readline().strip()
    writer.stdin.write("commit\n")
    writer.stdin.flush()
    second = writer.stdout.readline().strip()  # answered, and not committed: nobody has told it to
    writer.kill()
    writer.communicate()
    stands = json.loads(run(apart, "check"))["needs"]
    assert first in stands
    assert second
    assert second not in stands


def _workbook(path):
    """Write a list of homes of three, one person a row, without citizen numbers of anybody."""
    from wanjia.policy.identity import check_char

    rows = ["户编号,姓名,身份证号,与户主关系,村(社区)"]
    for number in range(ROWS):
        body = f"530625{1950 + number % 50}{1 + number % 12:02d}{1 + number % 28:02d}{number % 1000:03d}"
        relation = "户主" if number % 3 == 0 else "子女"
        rows.append(f"T{number // 3:05d},王{'一二三四五六七八九十'[number % 10]}平,{body}{check_char(body)},{relation},大同村")
    path.write_text("\n".join(rows), encoding="utf-8")


def test_a_killed_import_goes_on_where_it_stopped(apart, tmp_path):
    _workbook(tmp_path / "homes.csv")
    seen, finished = set(), False
    for seed in range(6):
        writer = _start(apart, "import", str(tmp_path / "homes.csv"))
        for word in writer.stdout:
            seen.add(word.strip())
            finished = word == "finished\n"
            if (word == "chunk\n" and seed < 4) or (word == "confirmed\n" and seed == 0):
                break  # killed after one short chunk, again and again; then left to finish
        writer.kill()
        writer.communicate()
        stands = json.loads(run(apart, "check"))
        assert_whole_apart(apart)
        assert stands["people"] + stands["waiting"] == ROWS or stands["uploads"] == ["received"], "a row is lost or there twice"
        if finished:
            break
    assert "chunk" in seen
    assert (stands["people"], stands["waiting"], stands["uploads"]) == (ROWS, 0, ["applied"])
    run(apart, "import", str(tmp_path / "homes.csv"))
    again = json.loads(run(apart, "check"))
    assert (again["people"], again["households"]) == (stands["people"], stands["households"])
