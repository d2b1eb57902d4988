"""How long does the page of a drive over the whole city take, and that of the hundred days? `make bench-campaign`, PEOPLE=3010900 unless told otherwise.

The invented city is loaded into a PostgreSQL of its own (or DATABASE_URL's, loaded by `wanjia demo labour --load`, that may be written to), and a drive laid over its hundred
days: targets by county and township, a version in force that proposed work to everybody who left organised, calls, starts. Each page is asked warm through Django's
test client, beside one plain count of the same departures: what any program pays that asks the rows. The clock's sums are left out, then made by its own rounds.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time

HOUSE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
TIMES = 7
PROPOSED = """INSERT INTO labour_proposal (id, plan_id, worker_id, vacancy_id, worth, held, state, why_not, review, version)
    SELECT gen_random_uuid(), %(plan)s, worker_id, %(vacancy)s, 5000, false, CASE WHEN n %% 100 < 78 THEN 'started' WHEN n %% 100 < 86 THEN 'accepted' WHEN n %% 100 < 95 THEN 'told' ELSE 'proposed' END, '', '', 0
    FROM (SELECT worker_id, row_number() OVER () AS n FROM (SELECT DISTINCT worker_id FROM labour_spell WHERE how = 'organised' AND from_on >= %(first)s AND from_on < %(end)s) AS who) AS numbered"""
STARTED = """INSERT INTO labour_start (spell_id, vacancy_id, noted_at) SELECT DISTINCT ON (s.worker_id) s.id, %(vacancy)s, now() FROM labour_spell s JOIN labour_proposal p ON p.worker_id = s.worker_id
    WHERE p.plan_id = %(plan)s AND p.state = 'started' AND s.how = 'organised' AND s.from_on >= %(first)s AND s.from_on < %(end)s ORDER BY s.worker_id, s.from_on"""
CALLED = """INSERT INTO labour_contact (id, worker_id, "on", result, recorded_at) SELECT gen_random_uuid(), person_id, %(first)s, 'there', %(first)s::date + interval '9 hours'
    FROM labour_worker WHERE left_on IS NULL AND abs(hashtext(person_id::text)) %% 3 = 0"""
PLAIN = "SELECT count(*) FROM labour_spell WHERE how = 'organised' AND from_on >= %(first)s AND from_on < %(end)s"


def drive():
    """Lay the drive over the city; return it."""
    from django.db import connection, transaction
    from django.db.models import Sum
    from django.utils import timezone

    from wanjia.labour.models import Campaign, Employer, Tally, Target, Vacancy
    from wanjia.orgs.models import Area, Level
    from wanjia.policy.labour import hundred_days
    from wanjia.solving.models import Plan, Standing

    from .bench_loaded_pages import officer

    days, by, at = hundred_days()[-1], officer(), timezone.now()
    city = Area.objects.get(level=Level.CITY)
    with transaction.atomic():
        one = Campaign.objects.create(name="百日行动", area=city, from_on=days.starts, until_on=days.ends, opened_at=at, opened_by=by)
        for place in Area.objects.filter(level__in=(Level.CITY, Level.COUNTY, Level.TOWNSHIP)):
            low, high = place.span()
            n = Tally.objects.filter(village__gte=low, village__lt=high, how="organised").aggregate(n=Sum("n"))["n"] or 0
            Target.objects.create(campaign=one, area=place, n=n, set_by=by, set_at=at)
        firm = Employer.objects.first() or Employer.objects.create(name="某电子厂", code="91530625MA6K00001X", area=city, place="330200", recorded_at=at)
        offer = {"title": "装配工", "trade": "factory", "headcount": 9, "left": 9, "pay_from": 5000, "pay_to": 5500, "place": "330200", "day_hours": 80, "week_days": 5, "words": "某"}
        work = Vacancy.objects.create(employer=firm, area=city, from_on=days.starts, until_on=days.ends, confirmed_on=days.starts, stale_on=days.ends, recorded_at=at, **offer)
        plan = Plan.objects.create(kind="match", about=str(one.pk), area=city, number=1, asked_at=at, asked_by=by)
        for state in ("running", "ready"):
            Plan.objects.filter(pk=plan.pk).update(state=state)
        Standing.objects.create(kind=plan.kind, about=plan.about, plan=plan, since=at, by=by)
        told = {"plan": plan.pk, "vacancy": work.pk, "first": days.starts, "end": days.ends}
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")  # the triggers' word on each of a million lines is not what is measured
            for asked in (PROPOSED, STARTED, CALLED):
                cursor.execute(asked, told)
            cursor.execute("ANALYZE")
    return one


def timed(does, times=TIMES):
    """Return (median, worst) in milliseconds, warm."""
    does()
    found = []
    for _n in range(times):
        begun = time.perf_counter()
        does()
        found.append((time.perf_counter() - begun) * 1000)
    return sorted(found)[len(found) // 2], max(found)


def measure():
    """Ask the pages; print them beside the plain count."""
    from django.db import connection
    from django.test import Client
    from django.utils import timezone

    from wanjia.labour.models import Campaign, Departed
    from wanjia.labour.tallying.commands import keep_departures

    from .bench_loaded_pages import officer

    one = Campaign.objects.filter(name="百日行动").first() or drive()
    client = Client(headers={"host": "localhost"})
    client.force_login(officer())

    def page(address):
        answer = client.get(address)
        assert answer.status_code == 200, (address, answer.status_code)
        return answer

    def plain():
        with connection.cursor() as cursor:
            cursor.execute(PLAIN, {"first": one.from_on, "end": one.until_on})
            return cursor.fetchone()[0]

    drive_of = f"/labour/campaigns/{one.pk}/"
    pages = {
        "drive, whole city": drive_of, "drive, a county": f"{drive_of}?place=530625000000", "the drive's five stages": f"{drive_of}stages/",
        "who fell out before a stage": f"{drive_of}stages/told/?lost=1", "who stays": f"{drive_of}stages/kept/", "hundred days, whole city": "/labour/hundred-days/", "hundred days, a county": "/labour/hundred-days/?area=530625000000",
    }  # fmt: skip

    def said(when):
        whole = timed(plain)[0]
        print(f"{when}; {plain():,} departures counted plainly in {whole:.0f} ms; load {os.getloadavg()[0]:.1f}", flush=True)
        for what, address in pages.items():
            middle, worst = timed(lambda address=address: page(address), TIMES)
            print(f"  {what:28}{middle:9.0f} ms{worst:9.0f} ms at worst{middle / whole:8.2f} × the plain count", flush=True)

    Departed.objects.all().delete()
    said("no sums kept")
    begun, rounds = time.perf_counter(), 0
    while keep_departures(at=timezone.now(), most=50):
        rounds += 1
    print(f"the clock summed {Departed.objects.count()} townships' days in {rounds} rounds, {time.perf_counter() - begun:.0f} s")
    said("all sums kept")


def main():
    """Measure on DATABASE_URL's city, or make one first."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=3_010_900)
    args = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wanjia.site.settings")
    if os.environ.get("DATABASE_URL"):
        return _measured()
    from tests.postgres import server

    with tempfile.TemporaryDirectory() as var, server() as running:
        os.environ |= {"DATABASE_URL": running.url, "WANJIA_VAR": var}
        subprocess.run([sys.executable, "-m", "wanjia.site.cli", "demo", "labour", "--people", str(args.people), "--load"], cwd=HOUSE, check=True)
        return _measured()


def _measured():
    import django

    django.setup()
    measure()


if __name__ == "__main__":
    sys.exit(main())
