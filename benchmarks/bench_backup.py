"""RPO and RTO at 200,000 people: how long a backup takes (at most two of them and the pause are lost), and a restore.

Usage: python -m benchmarks.bench_backup [PEOPLE]
"""

import json
import lzma
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[1]
FIXTURES = HOUSE / "wanjia" / "office" / "tests" / "fixtures"
PAUSE = 30


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


def main():
    """Print one line a step."""
    people = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    with tempfile.TemporaryDirectory() as var:
        file = Path(var) / "wanjia.sqlite3"
        file.write_bytes(lzma.decompress((FIXTURES / "office-0.1.0.sqlite3.xz").read_bytes()))
        shutil.copy(FIXTURES / "office-0.1.0.keyring.json", Path(var) / "keyring.json")
        env = {**os.environ, "WANJIA_VAR": var, "DATABASE_URL": f"sqlite:///{file}", "PYTHONPATH": str(HOUSE)}
        env["WANJIA_KEYRING"] = f"{var}/keyring.json"

        def run(*words):
            started = time.monotonic()
            done = subprocess.run([sys.executable, "-m", "wanjia.site.cli", *words, "--json"], env=env, cwd=HOUSE, capture_output=True, text=True)
            if done.returncode:
                sys.exit(done.stdout + done.stderr[-2000:])
            return json.loads(done.stdout.splitlines()[-1]), time.monotonic() - started

        found = grow(file, people)
        run("upgrade")
        answer, seconds = run("backup")
        print(f"{found:,} people, {file.stat().st_size / 1e6:.0f} MB: backup {seconds:.1f} s, {answer['bytes'] / 1e6:.0f} MB")
        print(f"RPO {PAUSE + 2 * seconds:.1f} s (one backup, a pause of {PAUSE} s, and the next just before its end); target 60 s")
        _answer, seconds = run("restore", answer["file"], "--yes")
        print(f"RTO {seconds:.1f} s (verify, build, prove equal, swap); target 900 s")


if __name__ == "__main__":
    main()
