"""What a city's labourers cost to bring in, beside a bare COPY and django-import-export of the same rows: `make bench-labour`, PEOPLE=301090 unless told otherwise.

The file is the invented city of `wanjia demo labour`, two in a hundred of its rows faulty. Each step runs in a process of its own, so that its memory is its own:
file        made and written: CSV and Parquet in one file each, a workbook of the first WORKBOOK rows
row judge   every cell and rule, one row after another, on a sample: what any faster way must agree with
copy        the same file into one table of bare texts without key or index, the disk waited for: COPY on PostgreSQL, executemany on SQLite. Nothing
            is judged, sealed, found again or journalled: the floor under every way of loading
import-export  django-import-export of a sample into people alone, row by row, in bulk: nothing is judged, no home or work is written. Only where it is installed
load        ours, first into an empty register: committed rows/s, and until indexes stand and rules are checked (ready to search). By phases: cut, judged,
            closed (the verdict of the file), written, ready
again       the same file once more, but for one row: nothing is to be written twice
new         118,000 new people (of a city of three million), laid over the full register: all indexes live, beside others at work
month       the month after: homes that changed, whole, and newcomers; those who stand are met. Beside it somebody works: how long an act takes quiet and meanwhile
× is the ratio to the copy of the same run. CPU s are ours and the server's: what a busy machine leaves as it is. B/row: of the database, its indexes with it.
"""

import argparse
import csv
import importlib
import importlib.util
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from .labour_clock import PHASES, Clock, show
from .labour_offices import File, Postgres

HOUSE = Path(__file__).resolve().parents[1]
PEOPLE, SAMPLE, PEER, FAULTY, WORKBOOK = 301_090, 20_000, 5_000, 0.02, 100_000
CITY, NEW, QUIET = 3_010_900, 118_000, 150
FORMATS = {"csv": "csv", "parquet": "parquet", "workbook": "xlsx"}
STEPS = ("copy", "peer", "load", "again", "new", "beside")


# Steps: each in a process of its own


def step_file(folder, people):
    """Write the city in three formats, the city again but for one row, new people, and the month after."""
    import polars as pl

    from wanjia.labour.city import files, making, margins, months, rows

    with Clock() as clock:
        made = making.make(people, folder, faulty=FAULTY, one_file=True)
        parquet = making.make(people, folder, format="parquet", faulty=FAULTY, one_file=True)
        table = pl.read_parquet(parquet.files[0][0], n_rows=min(people, WORKBOOK))
        files.write_xlsx(table, folder / "city.xlsx")
    found = {"file": clock.told(people) | {"bytes": made.files[0][0].stat().st_size}}
    city, month = folder / "city.csv", folder / "month.csv"
    made.files[0][0].rename(city)
    parquet.files[0][0].rename(folder / "city.parquet")
    making.make(people, folder, one_file=True, month=True).files[0][0].rename(month)
    some = margins.plan_of(max(round(people * NEW / CITY), margins.LEAST), 8)
    people = pl.concat([months._newcomers(some, at, 7, True) for at in range(len(some.counties))])
    people.select(rows.HEADER).with_columns(pl.col("户编号").str.replace("W", "X"), pl.col("身份证号").map_elements(_born_elsewhere, pl.String)).write_csv(folder / "new.csv")
    with city.open("rb") as file, (folder / "again.csv").open("wb") as again:
        again.writelines(_asked_again(line) if number == 1 else line for number, line in enumerate(file))
    return found


def _born_elsewhere(number):
    """Return a number as good as this one that begins with another prefecture's digits than any in the city or the month after."""
    from wanjia.labour.city.months import PREFIXES
    from wanjia.policy.identity import CHECK_CHARS, WEIGHTS

    body = f"45{PREFIXES.index(number[:6]) + 1:02}00" + number[6:17]
    return body + CHECK_CHARS[sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=False)) % 11]


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
    with _clock() as clock, transaction.atomic(), connection.cursor() as cursor:
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


def step_peer(folder, people):
    """A peer: rows into people alone. Its resource is what its manual shows; nothing is judged and no home or spell of work is written."""
    _django()
    import tablib
    from django.db import connection
    from django.utils import timezone
    from import_export import fields, resources

    from wanjia.registry.models import Person

    class People(resources.ModelResource):
        name, citizen_id, phone = (fields.Field(attribute=name, column_name=column) for name, column in (("name", "姓名"), ("citizen_id", "身份证号"), ("phone", "手机号")))

        class Meta:
            model, fields, import_id_fields, use_bulk, batch_size = Person, ("name", "citizen_id", "phone"), (), True, 1000
            force_init_instance, skip_diff = True, True

        def before_save_instance(self, instance, row, **_kwargs):
            instance.registered_at, instance.birth_on = timezone.now(), f"{row['身份证号'][6:10]}-{row['身份证号'][10:12]}-{row['身份证号'][12:14]}"

    with (folder / "new.csv").open(encoding="utf-8-sig", newline="") as file:
        lines = csv.reader(file)
        data = tablib.Dataset(headers=next(lines))
        for line, _n in zip(lines, range(PEER), strict=False):
            data.append(line)
    people = Person.objects.count()
    with _clock() as clock:
        People().import_data(data, raise_errors=True, use_transactions=True)
    made = Person.objects.count() - people
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM registry_person WHERE village_id IS NULL")
    return {"peer": clock.told(made)}


def step_load(folder, people):
    """Ours, into an empty register."""
    return _first("load", folder / "city.csv", people)


def step_parquet(folder, people):
    """The same rows from Parquet."""
    return _first("parquet", folder / "city.parquet", people)


def step_workbook(folder, people):
    """Some of them from a workbook."""
    return _first("workbook", folder / "city.xlsx", min(people, WORKBOOK))


def _first(name, path, rows):
    before = _bytes()
    _told, clock, phases = _load(path)
    after = phases["ready"]
    ready = clock.told(rows) | {"bytes a row": (_bytes() - before) / rows, "phases": phases}
    return {f"{name} ready": ready, name: ready | {what: ready[what] - after[what] for what in ("wall", "cpu", "server")} | {"phases": {}}}


def step_again(folder, people):
    """The same file but for one row."""
    return _later("again", folder / "again.csv", people)


def step_new(folder, _people):
    """New people."""
    return _later("new", folder / "new.csv")


def step_month(folder, _people):
    """The month after."""
    return _later("month", folder / "month.csv")


def step_beside(folder, people):
    """A village worker notes a skill, over and over: quiet, then while the month after is loaded."""
    _django()
    from django.utils import timezone

    from wanjia.labour.models import Worker
    from wanjia.labour.workers.commands import set_facts
    from wanjia.orgs.models import Tier, User
    from wanjia.orgs.roles import Role
    from wanjia.registry.tests.factories import unit, worker

    some = Worker.objects.filter(left_on=None).select_related("village").first()
    by = worker("cun-gongzuo", "村干部", unit("村委会", Tier.VILLAGE, some.village), Role.VILLAGE_WORKER)
    found, times = {}, []

    def act(turn):
        begun = time.perf_counter()
        set_facts(worker_id=some.pk, trade=("factory", "sewing")[turn % 2], by=User.objects.get(pk=by.pk), at=timezone.now())
        times.append(time.perf_counter() - begun)
        time.sleep(0.02)

    for turn in range(QUIET):
        act(turn)
    quiet, times = times[QUIET // 5 :], []
    words = [sys.executable, "-m", "benchmarks.bench_labour", "--step", "month", "--people", str(people), "--folder", str(folder)]
    loads = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
    while loads.poll() is None:
        act(len(times))
    found = json.loads(loads.stdout.read().splitlines()[-1])
    of = {name: statistics.quantiles(one, n=20)[18] * 1000 for name, one in (("quiet", quiet), ("beside", times))}
    return found | {"beside": of | {"longest": max(times) * 1000, "acts": len(times)}}


def _later(name, path, rows=None):
    if rows is None:
        with path.open("rb") as file:
            rows = sum(1 for _line in file) - 1
    before = _bytes()
    _told, clock, phases = _load(path)
    return {name: clock.told(rows) | {"bytes a row": (_bytes() - before) / rows, "phases": phases}}


def _load(path):
    """Load one file by the app's own command. Returns (what it tells, the Clock, {phase: what it took})."""
    _django()
    from wanjia.orgs.models import User

    loading, user = importlib.import_module("wanjia.labour.loading.commands"), User.objects.get(username="renshe-tongji")
    phases, timed = {name: dict.fromkeys(("wall", "cpu", "server"), 0.0) for name in PHASES}, loading._Run._timed

    def measured(run, name, act):
        with _clock() as clock:
            try:
                return timed(run, name, act)
            finally:
                clock.__exit__()
                phases[name] = {"wall": clock.wall, "cpu": clock.ours, "server": clock.theirs}

    loading._Run._timed = measured
    with _clock() as clock:
        told = loading.load_file(path, by=user, as_of=date(2024, 3, 10))
    return told, clock, phases


def _clock():
    return Clock(int(os.environ.get("BENCH_SERVER", 0)))


def _bytes():
    """Return how large the database is."""
    _django()
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())" if connection.vendor == "postgresql" else "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
        return cursor.fetchone()[0]


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


def asked(step, folder, people, url="", server=0):
    """Run a step in a process; return what it measured, {} and a word where it fails."""
    env = {
        **os.environ, "WANJIA_VAR": str(folder), "DATABASE_URL": url or f"sqlite:///{folder}/bench.sqlite3", "PYTHONPATH": os.pathsep.join(filter(None, (str(HOUSE), os.environ.get("PYTHONPATH", "")))),
        "WANJIA_KEYRING": f"{folder}/ring.json", "BENCH_SERVER": str(server),
    }  # fmt: skip
    words = [sys.executable, "-m", "benchmarks.bench_labour", "--step", step, "--people", str(people), "--folder", str(folder)]
    done = subprocess.run(words, env=env, cwd=HOUSE, capture_output=True, text=True)
    if done.returncode:
        print(f"  {step}: {done.stderr.strip().splitlines()[-1][:200]}", file=sys.stderr)
        return {}
    return json.loads(done.stdout.splitlines()[-1])


def peer_there():
    """Tell whether the peer is installed."""
    return importlib.util.find_spec("import_export") is not None


def measured(people, folder, base):
    """Return {step: what it measured} of one database. base: a Base."""
    found = asked("office", folder, people, base.url, base.server)
    base.keep()
    for step in STEPS:
        if step != "peer" or peer_there():
            found |= asked(step, folder, people, base.url, base.server)
    for step in ("parquet", "workbook"):
        base.anew()
        found |= asked(step, folder, people, base.url, base.server)
    return found


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
    if not peer_there():
        print("django-import-export: skipped, it is not installed and not in our lock")
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        made = asked("file", folder, args.people) | asked("judge", folder, args.people)
        if args.only != "sqlite":
            from tests.postgres import server

            with server("-c synchronous_commit=on -c max_wal_size=8GB") as one:
                show("PostgreSQL", made | measured(args.people, folder, Postgres(one)))
        if args.only != "postgresql":
            show("SQLite", made | measured(args.people, folder, File(folder)))


if __name__ == "__main__":
    main()
