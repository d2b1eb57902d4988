"""Does an import keep others waiting? `make bench-live`, or `python -m benchmarks.bench_live --rows 3000`.

One process acts as an office does (records a need, adds a note, opens a need's page), first while nothing else happens, then
while `wanjia import-job`, in its own process, judges and writes a workbook, as the pages start it. A machine is not the same from
one minute to the next: so while an import lasts, the job is stopped (SIGSTOP) after every few turns (in a long one after every tenth few), at a moment when it
holds no lock, and as many turns are taken without it. Printed for each act and each part of the import: p50, p95 and the longest wait beside
the job, the p95 of the turns without it, and two ratios of the p95: to those turns, and to the quiet before. The aim is at most 2:
when an act takes more than twice as long (p95) beside the job as without it, the command names it and ends with 1.
"""

import argparse
import contextlib
import io
import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from .bench_import import workbook

HOUSE = Path(__file__).resolve().parents[1]
ROWS, QUIET = 100_000, 150
AIM = 2
TURNS = 5  # beside the job, then without it
OFTEN, SELDOM = 40, 10  # so many times after every few turns, then after every tenth few: stopping half the time doubles a long import
THINK = 0.02  # seconds between two acts
HEADER = ["登记时间", "诉求人", "村(社区)", "诉求类别", "诉求内容", "是否合理"]
GIVEN = "国华秀英明建桂兰志强玉珍文军春梅海燕小红"


def ledger(rows):
    """Return a ledger workbook of needs that wait for their unit."""
    from wanjia.sheets.writing import xlsx_bytes

    def line(n):
        return ["2026-10-12", "王" + GIVEN[n % 20] + GIVEN[n // 20 % 20], "大同村", "社会救助", f"第{n}件:房屋漏雨,想修一修", "合理"]

    return xlsx_bytes(HEADER, map(line, range(rows)), sheet="台账")


class Office:
    """People at their daily work, and a stop-watch."""

    def __init__(self, world):
        from django.test import Client

        from wanjia.casework.states import NeedState
        from wanjia.casework.tests.walk import bring

        # Two needs: the page that is opened does not grow with the notes.
        self.world, self.need, self.noted = world, bring(world, NeedState.ACCEPTED), bring(world, NeedState.ACCEPTED)
        self.client = Client()
        self.client.force_login(world.handler, backend="django.contrib.auth.backends.ModelBackend")
        self.acts = {"record a need": self.record, "add a note": self.note, "open a need": self.page}

    def record(self):
        from django.utils import timezone

        self.world.need(at=timezone.now())

    def note(self):
        from django.utils import timezone

        from wanjia.casework.handling.commands import add_note

        add_note(need_id=self.noted.pk, words="已到户核实", by=self.world.handler, at=timezone.now())

    def page(self):
        answer = self.client.get(f"/needs/{self.need.pk}/")
        assert answer.status_code == 200, answer.status_code

    def once(self, waits):
        """Do each act once and note how long it took."""
        for name, act in self.acts.items():
            begun = time.perf_counter()
            act()
            waits.setdefault(name, []).append(time.perf_counter() - begun)
            time.sleep(THINK)


def job(upload, world):
    """Start the work on an upload as the pages do."""
    words = [sys.executable, "-m", "wanjia.site.cli", "import-job", str(upload.pk), "--by-id", str(world.clerk.pk)]
    return subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True)


def during(process, office):
    """Work until the process ends, by turns beside it and without it; return [{act: waits}, seconds it ran, {act: waits without it}]."""
    beside, without, ran, few = {}, {}, 0.0, 0
    while process.poll() is None:
        few += 1
        begun = time.perf_counter()
        for _turn in range(TURNS):
            office.once(beside)
        ran += time.perf_counter() - begun
        if few > OFTEN and few % SELDOM:
            continue
        with stopped(process) as asleep:
            for _turn in range(TURNS if asleep else 0):
                office.once(without)
    if process.returncode:
        sys.exit(process.stderr.read().decode()[-3000:])
    return [beside, ran, without]


@contextlib.contextmanager
def stopped(process):
    """Stop a job with its children at a moment when it holds no lock; yields whether it was still there to be stopped."""
    asleep = False
    while process.poll() is None and not asleep:
        os.killpg(process.pid, signal.SIGSTOP)
        if not (asleep := not holds_a_lock()):
            os.killpg(process.pid, signal.SIGCONT)
            time.sleep(0.003)
    yield asleep
    if asleep:
        os.killpg(process.pid, signal.SIGCONT)


def holds_a_lock():
    """Tell whether anybody but us is within a transaction."""
    from django.db import OperationalError, connection

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'")
            return cursor.fetchone()[0] > 0
        patience = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
        cursor.execute("PRAGMA busy_timeout = 0")
        try:
            cursor.execute("BEGIN IMMEDIATE")
            cursor.execute("ROLLBACK")
            return False
        except OperationalError:
            return True
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {patience}")


def measure(kind, rows):
    """In a process of its own with its own database: return {part: [{act: waits}, seconds, {act: waits without the job}]}."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "wanjia.site.settings"
    import django

    django.setup()
    from django.core.management import call_command
    from django.utils import timezone

    from wanjia.casework.models import Need
    from wanjia.casework.tests.factories import World
    from wanjia.registry.importing import commands
    from wanjia.registry.models import Person, Upload
    from wanjia.sealing import proof

    call_command("migrate", verbosity=0)
    proof.first_set_up()
    office = Office(World())
    who, body = {"by": office.world.clerk, "at": timezone.now()}, (workbook if kind == "household" else ledger)(rows)
    warm = {}
    for _turn in range(10):
        office.once(warm)
    quiet, begun = {}, time.perf_counter()
    for _turn in range(QUIET):
        office.once(quiet)
    found = {"quiet": [quiet, time.perf_counter() - begun, quiet]}
    upload = commands.receive_upload(template=kind, name="表.xlsx", body=body, **who)
    found["judging"] = during(job(upload, office.world), office)
    upload = Upload.objects.get(pk=upload.pk)
    if upload.rows_ok != rows:
        sys.exit(f"judge took {upload.rows_ok} of {rows} rows: {upload.tally[:5]}")
    commands.confirm_upload(upload_id=upload.pk, **who)
    found["writing"] = during(job(upload, office.world), office)
    upload = Upload.objects.get(pk=upload.pk)
    here = Person.objects.count() if kind == "household" else Need.objects.exclude(source_file="").count()
    if upload.state != "applied" or here < rows:
        sys.exit(f"the import stands at {upload.state}, {here} of {rows} rows are there")
    return found


def apart(kind, rows, url):
    """Run `measure` in a process with the database `url`."""
    with tempfile.TemporaryDirectory() as var:
        env = {**os.environ, "WANJIA_VAR": var, "DATABASE_URL": url or f"sqlite:///{var}/bench.sqlite3", "PYTHONPATH": str(HOUSE)}
        env["WANJIA_KEYRING"] = f"{var}/keyring.json"
        words = [sys.executable, "-m", "benchmarks.bench_live", "--measure", "--kind", kind, "--rows", str(rows)]
        done = subprocess.run(words, env=env, cwd=HOUSE, capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stderr[-3000:])
    return json.loads(done.stdout.splitlines()[-1])


def show(title, found):
    """Print a line for each act and part; return what took more than AIM times as long beside the job as without it."""
    out, over = io.StringIO(), []
    heads = "".join(f"{words:>9}" for words in ("n", "p50 ms", "p95 ms", "longest", "without", "×", "× before"))
    print(f"\n{title}\n{'':26}{heads}", file=out)
    before = {act: p95(waits) for act, waits in found["quiet"][0].items()}
    for part, (acts, seconds, without) in found.items():
        for act, waits in acts.items():
            apart = p95(without.get(act) or found["quiet"][0][act])
            over += [f"{title} {part}: {act} × {p95(waits) / apart:.2f}"] if p95(waits) / apart > AIM else []
            times = "".join(f"{1000 * one:9.1f}" for one in (statistics.median(waits), p95(waits), max(waits), apart))
            print(f"{part:10}{act:16}{len(waits):9}{times}{p95(waits) / apart:9.2f}{p95(waits) / before[act]:9.2f}", file=out)
        print(f"{part:10}{seconds:.0f} s", file=out)
    print(out.getvalue(), end="", flush=True)
    return over


def p95(waits):
    """Return the 95th percentile."""
    return statistics.quantiles(waits, n=20, method="inclusive")[-1] if len(waits) > 1 else waits[0]


def main():
    """Run both databases, one after the other."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--kind", choices=("household", "needs"), default="household")
    parser.add_argument("--only", choices=("sqlite", "postgresql"))
    parser.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.measure:
        print(json.dumps(measure(args.kind, args.rows)))
        return
    words, over = f"{args.rows:,} rows ({args.kind})", []
    if args.only != "postgresql":
        over += show(f"SQLite: {words}", apart(args.kind, args.rows, ""))
    if args.only != "sqlite":
        from tests.postgres import server

        with server("-c synchronous_commit=on") as running:
            over += show(f"PostgreSQL: {words}", apart(args.kind, args.rows, running.url))
    if over:
        sys.exit("\n".join([f"more than {AIM} times as long:", *over]))


if __name__ == "__main__":
    main()
