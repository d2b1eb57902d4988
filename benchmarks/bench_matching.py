"""From rows to stored, explained proposals: `make bench-matching`, PEOPLE=576400 LOTS=20000 unless told otherwise; the engine's share and the rest.

The whole run goes as the house lives it: `wanjia plan-job` in a process of its own, with its beats, its referee and its one transaction.
"""

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[1]
PEOPLE, LOTS = 576_400, 20_000
TRADES = ("build", "factory", "metal", "cook", "care", "drive", "electric", "farm", "shop", "guard", "other")
ABROAD = ("330200", "440300", "320500", "440600", "350200", "310000", "330100")
TODAY = date(2026, 11, 3)


def fill(people, lots):
    """Write the counties' labourers and the vacancies; returns the key of the asked plan. Making rows is not counted."""
    from django.db import transaction

    from wanjia.labour.demand_states import VacancyState
    from wanjia.labour.models import Campaign, Employer, Vacancy, Worker
    from wanjia.labour.roles import ROLES
    from wanjia.orgs.models import Level, Tier
    from wanjia.registry import bulk
    from wanjia.registry.models import Person
    from wanjia.registry.tests.factories import NOW, area, unit, worker
    from wanjia.solving.runs import commands

    city = area("530600000000", "昭通市", Level.CITY)
    counties = [area(f"5306{code:02d}000000", f"某县{code}", Level.COUNTY, city) for code in range(21, 32)]
    villages = [area(f"{county.pk[:6]}{n:03d}201", f"某村{n}", Level.VILLAGE, county).pk for county in counties for n in range(100, 140)]
    officer = worker("renshe", "钟就业", unit("市人力资源和社会保障局", Tier.COUNTY, city, line="labour"), ROLES[0].value)
    draw = random.Random(1)
    for start in range(0, people, 20_000):
        persons, rows = [], []
        for n in range(start, min(start + 20_000, people)):
            village = villages[n % len(villages)]
            person = bulk.fresh(Person, name="某人", birth_on=date(1968, 1, 1) + timedelta(days=n * 7919 % 14_000), village_id=village, registered_at=NOW)
            persons.append(person)
            rows.append(bulk.fresh(
                Worker, person_id=person.pk, village_id=village, entered_on=TODAY, verified_on=TODAY, trade=draw.choice(TRADES), wants_trade=draw.choice(("", *TRADES)),
                wants_place=draw.choice(("", "outside", "outside", "county", "province")), wants_pay=draw.choice((None, 3500, 4500)), lifted=n % 4 == 0,
                care=draw.choice(("", "", "", "", "county", "home")),
            ))  # fmt: skip
        with transaction.atomic():
            bulk.insert(Person, persons)
            bulk.insert(Worker, rows)
    firm = Employer.objects.create(name="晨光电子", code="91530625MA6K00001X", area=city, place="330200", place_name="宁波市", recorded_at=NOW)
    each, made = max(1, round(0.8 * people / lots)), []
    for n in range(lots):
        place = draw.choice(ABROAD) if n % 3 else draw.choice(counties).pk[:6]
        pay = draw.randrange(30, 90) * 100
        made.append(Vacancy(
            employer=firm, area=city, title=f"岗位{n}", trade=draw.choice(TRADES), headcount=each, left=each, pay_from=pay, pay_to=pay + 500, place=place, place_name=place,
            day_hours=80, week_days=5, words="看管流水线", from_on=TODAY, until_on=TODAY + timedelta(days=90), confirmed_on=TODAY, stale_on=TODAY + timedelta(days=90),
            home_by="17:30" if n % 3 == 0 else "", recorded_at=NOW,
        ))  # fmt: skip
    Vacancy.objects.bulk_create(made, batch_size=500)
    Vacancy.objects.update(state=VacancyState.LIVE)
    drive = Campaign.objects.create(name="百日行动", area=city, from_on=TODAY, until_on=TODAY + timedelta(days=100), opened_at=NOW, opened_by=officer)
    commands.start_process = lambda *_words: None
    with transaction.atomic():
        return commands.ask_plan("match", str(drive.pk), city, settings={"floor": 0}, by=officer, at=NOW)


def measure(people, lots):
    """In a process with a database of its own; prints what `show` shows."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "wanjia.site.settings"
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from wanjia.sealing import proof

    call_command("migrate", verbosity=0)
    proof.first_set_up()
    plan = fill(people, lots)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    connection.close()
    begun = time.perf_counter()
    spent = subprocess.run([sys.executable, "-m", "benchmarks.bench_matching", "--work", str(plan.pk)], cwd=HOUSE, capture_output=True, text=True)
    if spent.returncode:
        sys.exit(spent.stderr[-3000:])
    print(json.dumps(json.loads(spent.stdout.splitlines()[-1]) | {"wall": time.perf_counter() - begun}))


def work(pk):
    """Work the plan as its process does, with a clock at each step."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "wanjia.site.settings"
    import django

    django.setup()
    from dataclasses import replace

    from wanjia.solving import kinds
    from wanjia.solving.models import Plan
    from wanjia.solving.runs import process

    steps, kind = {}, kinds.planned()["match"]

    def timed(name):
        does = getattr(kind, name)

        def run(*args):
            wall, cpu = time.perf_counter(), time.process_time()
            answer = does(*args)
            steps[name] = (time.perf_counter() - wall, time.process_time() - cpu)
            return answer

        return run

    watched = replace(kind, **{name: timed(name) for name in ("build", "solve", "judge", "store")})
    kinds.gather = lambda _kind: [watched]
    process.limit(kind.memory_mb)
    plan = process.run(Plan.objects.get(pk=pk))
    if plan.state != "ready":
        sys.exit(plan.fault)
    print(json.dumps({"steps": steps, "words": plan.words, "gap": plan.gap, "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))


def one(args, url=""):
    """Measure on a database with the address `url`."""
    with tempfile.TemporaryDirectory() as var:
        env = {**os.environ, "WANJIA_VAR": var, "DATABASE_URL": url or f"sqlite:///{var}/bench.sqlite3", "PYTHONPATH": str(HOUSE), "WANJIA_KEYRING": f"{var}/ring.json"}
        asked = [sys.executable, "-m", "benchmarks.bench_matching", "--measure", "--people", str(args.people), "--lots", str(args.lots)]
        done = subprocess.run(asked, env=env, cwd=HOUSE, capture_output=True, text=True)
        return sys.exit(done.stderr[-3000:]) if done.returncode else json.loads(done.stdout.splitlines()[-1])


def show(title, found):
    """Print the steps and the engine's share."""
    steps = found["steps"]
    print(f"\n{title}: {found['words']['compared']:,} people, {found['words']['vacancies']:,} vacancies, {found['words']['placed']:,} placed, gap {found['gap']:.4%}")
    print(f"{'':14}{'wall s':>9}{'CPU s':>9}{'share':>8}")
    for name, words in (("build", "rows → market"), ("solve", "engine"), ("judge", "referee"), ("store", "proposals")):
        wall, cpu = steps[name]
        print(f"  {words:14}{wall:7.1f}{cpu:9.1f}{wall / found['wall']:8.0%}")
    print(f"  {'whole process':14}{found['wall']:7.1f}{'':9}{'':8}   {found['mb']:,.0f} MB")


def main():
    """Both databases, one after the other."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=PEOPLE)
    parser.add_argument("--lots", type=int, default=LOTS)
    parser.add_argument("--only", choices=("sqlite", "postgresql"))
    parser.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--work", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.work:
        work(args.work)
    elif args.measure:
        measure(args.people, args.lots)
    else:
        from tests.postgres import server

        if args.only != "postgresql":
            show("SQLite", one(args))
        if args.only != "sqlite":
            with server("-c fsync=on -c synchronous_commit=on") as running:
                show("PostgreSQL", one(args, running.url))


if __name__ == "__main__":
    main()
