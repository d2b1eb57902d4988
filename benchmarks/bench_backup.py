"""RPO and RTO at 200,000 people, on each database: `wanjia backup --follow` while people are changed, then a restore.

A change made just after a backup began is safe when the next one is on the disk: the longest such time between two backups of the
follower is the RPO. Usage: python -m benchmarks.bench_backup [PEOPLE]
"""

import contextlib
import json
import lzma
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path

import psycopg

from tests import postgres
from wanjia.office.backing import queries, rules

HOUSE = Path(__file__).resolve().parents[1]
FIXTURES = HOUSE / "wanjia" / "office" / "tests" / "fixtures"
ROUNDS = 6


def grow(file, people):
    """Copy the demo's people into its homes until `people` are in: same width of rows, keys of their own."""
    raw = sqlite3.connect(file)
    ids = {"registry_person": ("id",), "registry_membership": ("id", "person_id")}
    have = raw.execute("SELECT COUNT(*) FROM registry_person").fetchone()[0]
    first = {table: raw.execute(f'SELECT COUNT(*) FROM "{table}"').fetchone()[0] for table in ids}
    for lap in range(1, people // have + 1):
        for table, changed in ids.items():
            names = [row[1] for row in raw.execute(f'PRAGMA table_info("{table}")')]
            picked = ", ".join(_shifted(name, lap) if name in changed else _unique(name) for name in names)
            raw.execute(f'INSERT OR IGNORE INTO "{table}" SELECT {picked} FROM (SELECT * FROM "{table}" ORDER BY rowid LIMIT {first[table]})')
    raw.commit()
    found = raw.execute("SELECT COUNT(*) FROM registry_person").fetchone()[0]
    raw.close()
    return found


def _shifted(name, lap):
    return f"CASE WHEN typeof({name}) = 'integer' THEN {name} + {lap * 10_000_000} ELSE '{lap:04x}' || substr({name}, 5) END"


def _unique(name):
    return "NULL" if name.endswith("_index") else f'"{name}"'


def office(var, people):
    """Make the office in the folder `var`; return its environment and how many people it has."""
    file = Path(var) / "wanjia.sqlite3"
    file.write_bytes(lzma.decompress((FIXTURES / "office-0.1.0.sqlite3.xz").read_bytes()))
    shutil.copy(FIXTURES / "office-0.1.0.keyring.json", Path(var) / "keyring.json")
    given = {name: value for name, value in os.environ.items() if not name.startswith(("WANJIA_", "DATABASE_URL"))}
    env = given | {"WANJIA_VAR": var, "DATABASE_URL": f"sqlite:///{file}", "PYTHONPATH": str(HOUSE)}
    found = grow(file, people)
    run(env, "upgrade")
    return env, found


def run(env, *words):
    """Run `wanjia …`; return its answer, the seconds by the wall and those of the processor."""
    started, before = time.monotonic(), os.times()
    done = subprocess.run([sys.executable, "-m", "wanjia.site.cli", *words, "--json"], env=env, cwd=HOUSE, capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stdout + done.stderr[-2000:])
    after = os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return json.loads(done.stdout.splitlines()[-1]), time.monotonic() - started, cpu


def change(url):
    """Change twenty people anywhere in the county: as many as a busy county changes in a round."""
    statement = "UPDATE registry_person SET name = name || '.' WHERE id IN (SELECT id FROM registry_person ORDER BY random() LIMIT 20)"
    if url.startswith("postgres"):
        with psycopg.connect(url) as raw:
            raw.execute(statement)
    else:
        with contextlib.closing(sqlite3.connect(url.removeprefix("sqlite:///"), timeout=60)) as raw, raw:
            raw.execute(statement)


def follow(env):
    """Let the follower make some backups while people are changed; return (RPO seconds, processor seconds a round, blocks, blocks taken)."""
    folder, before = Path(env["WANJIA_VAR"]) / f"follow-{env['DATABASE_URL'].partition(':')[0]}", os.times()
    running = subprocess.Popen([sys.executable, "-m", "wanjia.site.cli", "backup", "--follow", "--to", str(folder)], env=env, cwd=HOUSE, stderr=subprocess.DEVNULL)
    made = []
    while len(made) < ROUNDS:
        change(env["DATABASE_URL"])
        time.sleep(1)
        made = sorted(folder.glob("wanjia-*.backup"))
        if running.poll() is not None:
            sys.exit("the follower stopped")
    running.terminate()
    running.wait()
    after = os.times()
    said = [queries.read_manifest(path) for path in made]
    began, ended = [datetime.fromisoformat(one["made_at"]).timestamp() for one in said], [path.stat().st_mtime for path in made]
    marks = [{block["mark"] for blocks in one["blocks"].values() for block in blocks} for one in said]
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    # The first is whole: what came before it was safe in the backups of yesterday's follower.
    return max(end - start for start, end in zip(began[1:], ended[2:], strict=False)), cpu / ROUNDS, len(marks[-1]), len(marks[-1] & marks[-2])


def measure(name, env, people):
    """Print how long the office's backup and its restore take, and what that means; return whether the targets hold."""
    answer, _seconds, cpu = run(env, "backup")
    print(f"{name}: {people:,} people: one whole backup {answer['seconds']:.1f} s (processor {cpu:.1f} s), {answer['bytes'] / 1e6:.0f} MB")
    lost, cpu, many, same = follow(env)
    print(f"{name}: RPO {lost:.1f} s, target {rules.LOST} s, load {os.getloadavg()[0]:.1f}; {same} of {many} blocks taken as they were, {cpu:.1f} processor s a round", flush=True)
    _answer, seconds, cpu = run(env, "restore", run(env, "backup")[0]["file"], "--yes")
    print(f"{name}: RTO {seconds:.1f} s (processor {cpu:.1f} s): verify, build, prove equal, check, swap; target 900 s", flush=True)
    return lost <= rules.LOST and seconds <= 900


def main():
    """Print two lines for each database; exit code 1 when a target is missed."""
    people = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    with tempfile.TemporaryDirectory() as var, postgres.server(options="") as running:
        env, found = office(var, people)
        held = measure("SQLite", env, found)
        _answer, seconds, _cpu = run(env, "move", "--to", running.url)
        print(f"move to PostgreSQL {seconds:.1f} s", flush=True)
        held &= measure("PostgreSQL", env | {"DATABASE_URL": running.url}, found)
    sys.exit(0 if held else 1)


if __name__ == "__main__":
    main()
