"""What a city's labourers cost to bring in, beside a bare COPY of the same rows: `make bench-labour`, PEOPLE=301090 unless told otherwise.

The file is the invented city of `wanjia demo labour`, two in a hundred of its rows faulty. Each step runs in a process of its own, so that its memory is its own:
file        made and written, CSV in one file
row judge   every cell and rule, one row after another, on a sample: what any faster way must agree with
copy        the same file into one table of bare texts without key or index, the disk waited for: COPY on PostgreSQL, executemany on SQLite. Nothing
            is judged, sealed, found again or journalled: the floor under every way of loading
load        ours, first into an empty register: committed rows/s, and until indexes stand and rules are checked (ready to search)
again       the same file once more, but for one row: nothing is to be written twice
month       the month after, laid over the full register
× is the ratio to the copy of the same run; /CPU s is rows per CPU second of ours (PostgreSQL's server apart), which a busy machine leaves as it is. django-import-export is a peer only where it is installed; it is not in our lock.
"""

import argparse
import contextlib
import csv
import importlib
import importlib.util
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[1]
PEOPLE, SAMPLE, FAULTY = 301_090, 20_000, 0.02
STEPS = ("copy", "load", "again", "month")
WORDS = {
    "file": "file made, CSV", "month file": "month's file made", "row judge": "row judge (sample)", "copy": "bare copy, one flat table", "load": "load: committed",
    "load ready": "load: ready to search", "again": "same file but for one row", "month": "month's increment",
}  # fmt: skip


class Clock:
    """Wall seconds, CPU seconds and the most memory (MB) of a block, children included."""

    def __enter__(self):
        self.wall, self.cpu = time.perf_counter(), _cpu()
        return self

    def __exit__(self, *_):
        self.wall, self.cpu = time.perf_counter() - self.wall, _cpu() - self.cpu

    def told(self, rows):
        """Return what a step answers."""
        most = sum(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) // 1024
        return {"rows": rows, "wall": self.wall, "cpu": self.cpu, "mb": most}


def _cpu():
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


# Steps: each in a process of its own


def step_file(folder, people):
    """Write the city, the city again but for one row, and the month after."""
    from wanjia.labour.city import making

    with Clock() as clock:
        made = making.make(people, folder, faulty=FAULTY, one_file=True)
    found = {"file": clock.told(people) | {"bytes": made.files[0][0].stat().st_size}}
    city, month = folder / "city.csv", folder / "month.csv"
    made.files[0][0].rename(city)
    with Clock() as clock:
        after = making.make(people, folder, one_file=True, month=True)
    found["month file"] = clock.told(after.files[0][1])
    after.files[0][0].rename(month)
    with city.open("rb") as file, (folder / "again.csv").open("wb") as again:
        again.writelines(_asked_again(line) if number == 1 else line for number, line in enumerate(file))
    return found


def _asked_again(line):
    """Return a row whose last check was on another day."""
    *cells, checked, mark = line.split(b",")
    return b",".join([*cells, b"2024-02-08" if checked == b"2024-02-09" else b"2024-02-09", mark])


def step_judge(folder, _people):
    """Judge the head of the file row by row."""
    from wanjia.labour.workbook import LABOURERS
    from wanjia.registry.workbooks.world import Village, World
    from wanjia.sheets.judge import judge
    from wanjia.sheets.reading import read_file

    with (folder / "city.csv").open("rb") as file:
        data = b"".join(line for _n, line in zip(range(SAMPLE + 1), file))
    from wanjia.labour.city.margins import plan_of
    from wanjia.labour.city.people import villages_of

    villages = [Village(code, name, township) for county in plan_of(3_010).counties for code, name, township in villages_of(county)]
    sheet = read_file(data, "city.csv", LABOURERS)
    with Clock() as clock:
        judge(sheet, LABOURERS, World(today=date(2026, 11, 27), villages=tuple(villages)), keep=False, counted=True)
    return {"row judge": clock.told(sheet.row_count)}


def step_copy(folder, people):
    """The file into one table of texts."""
    _django()
    from django.db import connection, transaction

    with (folder / "city.csv").open(encoding="utf-8-sig", newline="") as file:
        header = next(csv.reader(file))
    columns = ", ".join(f"c{n} text" for n in range(len(header)))
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE bench_flat ({columns})")
    with Clock() as clock, transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with (folder / "city.csv").open("rb") as file, cursor.copy("COPY bench_flat FROM STDIN (FORMAT csv, HEADER)") as copy:
                while data := file.read(1 << 20):
                    copy.write(data)
        else:
            with (folder / "city.csv").open(encoding="utf-8-sig", newline="") as file:
                lines = csv.reader(file)
                next(lines)
                connection.connection.executemany(f"INSERT INTO bench_flat VALUES ({', '.join('?' * len(header))})", lines)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM bench_flat")
        assert cursor.fetchone()[0] == people
        cursor.execute("DROP TABLE bench_flat")
    return {"copy": clock.told(people)}


def step_load(folder, people):
    """Ours, into an empty register."""
    told, clock = _load(folder / "city.csv")
    ready = clock.told(people)
    return {"load ready": ready, "load": ready | {"wall": ready["wall"] - told["seconds"]["ready"]}}


def step_again(folder, people):
    """The same file but for one row."""
    return {"again": _load(folder / "again.csv")[1].told(people)}


def step_month(folder, _people):
    """The month after."""
    with (folder / "month.csv").open("rb") as file:
        rows = sum(1 for _line in file) - 1
    return {"month": _load(folder / "month.csv")[1].told(rows)}


def _load(path):
    """Load one file by the app's own command. Returns (what it tells, the Clock); its seconds "ready" are what indexes and rules took after the last row."""
    _django()
    from wanjia.orgs.models import User

    loading, user = importlib.import_module("wanjia.labour.loading.commands"), User.objects.get(username="renshe-tongji")
    with Clock() as clock:
        told = loading.load_file(path, by=user, as_of=date(2024, 3, 10))
    return told, clock


def step_office(_folder, _people):
    """The database: tables, the city's areas, who loads."""
    _django()
    from django.core.management import call_command
    from django.utils import timezone

    from wanjia.kernel.command import SystemActor
    from wanjia.orgs.areas import commands as areas
    from wanjia.orgs.duties import Duty
    from wanjia.orgs.models import Area, Tier
    from wanjia.orgs.roles import Role
    from wanjia.registry.tests.factories import unit, worker
    from wanjia.sealing import proof

    call_command("migrate", verbosity=0)
    proof.first_set_up()
    lists, by = Path(areas.__file__).parent, SystemActor("系统安装", duties=frozenset({Duty.MANAGE_AREAS}))
    for name in ("zhaotong_counties.csv", "zhaotong_villages.csv"):
        areas.load_areas(text=(lists / name).read_text(encoding="utf-8"), edition="bench", by=by, at=timezone.now())
    city = Area.objects.get(pk="530600000000")
    worker("renshe-tongji", "人社统计", unit("市人社局", Tier.COUNTY, city), Role.LABOUR_ANALYST)
    return {}


def _django():
    os.environ["DJANGO_SETTINGS_MODULE"] = "wanjia.site.settings"
    import django

    django.setup()


# The run


def asked(step, folder, people, url=""):
    """Run a step in a process; return what it measured, {} and a word where it fails."""
    env = {
        **os.environ, "WANJIA_VAR": str(folder), "DATABASE_URL": url or f"sqlite:///{folder}/bench.sqlite3", "PYTHONPATH": str(HOUSE),
        "WANJIA_KEYRING": f"{folder}/ring.json",
    }  # fmt: skip
    words = [sys.executable, "-m", "benchmarks.bench_labour", "--step", step, "--people", str(people), "--folder", str(folder)]
    done = subprocess.run(words, env=env, cwd=HOUSE, capture_output=True, text=True)
    if done.returncode:
        print(f"  {step}: {done.stderr.strip().splitlines()[-1][:200]}", file=sys.stderr)
        return {}
    return json.loads(done.stdout.splitlines()[-1])


def loader_there():
    """Tell whether the app has its loader."""
    with contextlib.suppress(ModuleNotFoundError):
        return importlib.util.find_spec("wanjia.labour.loading.commands") is not None
    return False


def measured(people, folder, url=""):
    """Return {step: what it measured} of one database."""
    found = {}
    for step in ("office", *STEPS) if loader_there() else ("copy",):
        found |= asked(step, folder, people, url)
    return found


def show(title, found):
    """Print one table."""
    floor = found.get("copy")
    print(f"\n{title}\n{'':28}{'rows':>11}{'wall s':>9}{'rows/s':>11}{'× copy':>8}{'CPU s':>9}{'/CPU s':>11}{'MB':>7}")
    for name, words in WORDS.items():
        if one := found.get(name):
            rate = one["rows"] / one["wall"]
            ratio = f"{rate * floor['wall'] / floor['rows']:.2f}" if floor and "file" not in name else ""
            print(f"{words:28}{one['rows']:>11,}{one['wall']:>9.1f}{rate:>11,.0f}{ratio:>8}{one['cpu']:>9.1f}{one['rows'] / max(one['cpu'], 0.01):>11,.0f}{one['mb']:>7,}")
    if not loader_there():
        print("load, again, month: skipped, the loader is not there")


def main():
    """Both databases, one after the other, from the same files."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=PEOPLE)
    parser.add_argument("--only", choices=("sqlite", "postgresql"))
    parser.add_argument("--step", help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.step:
        print(json.dumps(globals()[f"step_{args.step}"](args.folder, args.people)))
        return
    if importlib.util.find_spec("import_export") is None:
        print("django-import-export: skipped, it is not installed and not in our lock")
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        made = asked("file", folder, args.people) | asked("judge", folder, args.people)
        if args.only != "sqlite":
            from tests.postgres import server

            with server("-c synchronous_commit=on -c max_wal_size=8GB") as one:
                show("PostgreSQL", made | measured(args.people, folder, one.url))
        if args.only != "postgresql":
            show("SQLite", made | measured(args.people, folder))


if __name__ == "__main__":
    main()
