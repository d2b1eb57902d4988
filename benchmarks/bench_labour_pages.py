"""How long do the pages of labour figures take at three million? `make bench-labour-pages`, or `… -m benchmarks.bench_labour_pages --people 300000`.

A city of 11 counties, 146 townships and some 1,300 villages; workers, spells and sums are written straight into the tables. Each page is
asked thirty times, warm, through Django's test client, beside two plain questions about the same rows: COUNT(*) over the labourers, and the
same figures grouped from them. Then one labourer goes away by an act, and the dashboard is asked again. SQLite in a folder of its own, or
DATABASE_URL's (an empty one): `python -m tests.postgres -- python -m benchmarks.bench_labour_pages`.
"""

import argparse
import json
import os
import random
import tempfile
import time
from datetime import UTC, date, datetime, timedelta

PEOPLE, TIMES = 3_010_900, 30
COUNTIES = ("530602", "530621", "530622", "530623", "530624", "530625", "530626", "530627", "530628", "530629", "530681")
TOWNSHIPS, VILLAGES = 146, 1_330
PLACES, SHARES = ("none", "county", "city", "province", "outside", "abroad"), (13.1, 29.6, 6.2, 7.5, 43.3, .3)
WAYS = ("330100", "440300", "320500", "350200", "310000", "520100", "510100", "110000")


def areas():
    """Make the areas; return the codes of the villages in order."""
    from wanjia.orgs.models import Area, Level

    rows = [Area(code="530600000000", name="昭通市", short_name="昭通", level=Level.CITY)]
    rows += [Area(code=f"{code}000000", name=f"县{code[4:]}", short_name=f"县{code[4:]}", level=Level.COUNTY, parent_id="530600000000") for code in COUNTIES]
    towns = [f"{COUNTIES[at % 11]}{100 + at // 11:03d}" for at in range(TOWNSHIPS)]
    rows += [Area(code=f"{code}000", name=f"乡{code[6:]}", short_name=f"乡{code[6:]}", level=Level.TOWNSHIP, parent_id=f"{code[:6]}000000") for code in towns]
    villages = [f"{towns[at % TOWNSHIPS]}{200 + at // TOWNSHIPS:03d}" for at in range(VILLAGES)]
    rows += [Area(code=code, name=f"村{code[9:]}", short_name=f"村{code[9:]}", level=Level.VILLAGE, parent_id=f"{code[:9]}000") for code in villages]
    Area.objects.bulk_create(rows)
    return sorted(villages)


def lives(people, villages, today):
    """Yield (worker, [spell]) as tuples of columns: one in twenty-five went, came back or moved this month."""
    dice, entered = random.Random(7), date(2024, 1, 1)
    days = [today - timedelta(days=back) for back in range(800)]
    ends = [today.replace(day=1) + timedelta(days=at) for at in range(max(today.day - 1, 1))]
    for at in range(people):
        key, village = f"{at:032x}", villages[at * len(villages) // people]
        place = dice.choices(PLACES, SHARES)[0]
        how, carried = "", False
        if place != "none":
            how = "organised" if dice.random() < .22 else dice.choice(("self", "kin"))
            carried = how == "organised" and dice.random() < .28
        since = dice.choice(ends if dice.random() < .03 else days) if place != "none" else None
        flags = dice.random() < .3, dice.random() < .05, dice.random() < .1
        spells = []
        if since:
            spells.append((key, since, None, place, dice.choice(WAYS) if place == "outside" else "", how, carried))
        if dice.random() < .02:
            back = dice.choice(ends)
            if since is None or back <= since:
                spells.append((key, back - timedelta(days=90), back, "outside", dice.choice(WAYS), "self", False))
        yield (key, village, entered, *flags, place, since, how, carried, dice.choice(days[:400])), spells


WORKER = ("person_id", "village_id", "entered_on", "lifted", "watched", "relocated", "place", "since_on", "how", "carried", "verified_on")
REST = {"left_because": "", "trade": "", "certificate": "", "wants_place": "", "wants_trade": "", "care": "", "version": 0}
SPELL = ("id", "worker_id", "from_on", "to_on", "place", "area", "how", "carried", "evidence", "employer_name", "trade", "source", "ended_because", "recorded_at")


def write(table, columns, rows):
    """Write rows by COPY, or by one statement written once."""
    from django.db import connection

    names = ", ".join(columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            cursor.execute("BEGIN")
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({', '.join(['%s'] * len(columns))})", ([str(one) if isinstance(one, date) else one for one in row] for row in rows))
            cursor.execute("COMMIT")


def fill(people, today):
    """Write the workers, their spells, a person for the first of them, and the sums as SQL adds them up."""
    from django.db import connection

    from wanjia.registry.models import Person

    villages, spells = areas(), []
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica" if connection.vendor == "postgresql" else "PRAGMA foreign_keys = OFF")

    def workers():
        for worker, of in lives(people, villages, today):
            spells.extend(of)
            yield (*worker, *REST.values())

    write("labour_worker", (*WORKER, *REST), workers())
    now = datetime(2026, 1, 1, tzinfo=UTC).isoformat()
    write("labour_spell", SPELL, ((f"{at:032x}", *spell, "contract" if spell[5] == "organised" else "declared", "", "", "", "", now) for at, spell in enumerate(spells)))
    Person.objects.bulk_create([Person(id=f"{at:032x}", name=f"劳力{at}", village_id=villages[0], registered_at=now, birth_on=date(1990, 1, 1)) for at in range(min(people, 3000))])
    town = "substr(village_id, 1, 9) || '000'"
    alike = "village_id, lifted, watched, relocated, place, how, carried"
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO labour_tally ({alike}, n) SELECT {alike}, COUNT(*) FROM labour_worker GROUP BY {alike}")
        cursor.execute(f"INSERT INTO labour_since (township_id, place, since_on, n) SELECT {town}, place, since_on, COUNT(*) FROM labour_worker WHERE since_on IS NOT NULL GROUP BY 1, 2, 3")
        cursor.execute(f"INSERT INTO labour_verified (township_id, verified_on, n) SELECT {town}, verified_on, COUNT(*) FROM labour_worker GROUP BY 1, 2")
        cursor.execute("ANALYZE")
    return villages


def keep(today):
    """Time the clock's own function over some townships' days, then write what it would keep of all straight from the tally, one in twenty of those
    away having come since the month before; return seconds a township's day."""
    from django.db import connection
    from django.utils import timezone

    from wanjia.labour.models import Month
    from wanjia.labour.tallying import months
    from wanjia.labour.tallying.commands import keep_months

    begun = time.perf_counter()
    kept = keep_months(at=timezone.now(), most=4)
    seconds = (time.perf_counter() - begun) / kept
    Month.objects.all().delete()
    flags, day_of = "t.lifted, t.watched, t.relocated", "substr(t.village_id, 1, 9) || '000' = m.township_id"
    places = ", ".join(f"SUM(CASE WHEN place = '{place}' THEN n ELSE 0 END)" for place in PLACES)
    with connection.cursor() as cursor:
        for day in months.days_to_keep(today):
            day = day.isoformat()
            cursor.execute(f"""INSERT INTO labour_month (township_id, "on", summed_at, {", ".join(PLACES)})
                SELECT substr(village_id, 1, 9) || '000', {"%s::date" if connection.vendor == "postgresql" else "%s"}, CURRENT_TIMESTAMP, {places} FROM labour_tally GROUP BY 1""", [day])  # fmt: skip
            cursor.execute("DROP TABLE IF EXISTS towns")
            cursor.execute(f"""CREATE TEMPORARY TABLE towns AS SELECT m.id, {flags}, t.place, t.how, t.carried, SUM(t.n) AS n
                FROM labour_tally t JOIN labour_month m ON {day_of} AND m."on" = %s GROUP BY m.id, {flags}, t.place, t.how, t.carried""", [day])  # fmt: skip
            for was, n in (("place", "n - CASE WHEN place = 'none' THEN 0 ELSE n / 20 END"), ("'none'", "n / 20")):
                cursor.execute(f"""INSERT INTO labour_monthsum (month_id, lifted, watched, relocated, was, place, how, carried, n)
                    SELECT id, lifted, watched, relocated, {was}, place, how, carried, {n} FROM towns WHERE {n} > 0 AND (place <> 'none' OR {was} = place)""")  # fmt: skip
            for at, way in enumerate(WAYS):
                cursor.execute(f"INSERT INTO labour_monthway (month_id, province, n) SELECT id, '{way[:2]}', outside / {at + 3} FROM labour_month WHERE \"on\" = %s AND {at} < 6", [day])
        cursor.execute("ANALYZE")
    return seconds


def timed(does, times=TIMES):
    """Return (median, 95th of a hundred) in milliseconds, warm."""
    does()
    found = []
    for _n in range(times):
        begun = time.perf_counter()
        does()
        found.append((time.perf_counter() - begun) * 1000)
    found.sort()
    return round(found[len(found) // 2], 1), round(found[int(len(found) * .95) - 1], 1)


def main():
    """Measure, and print a table or JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=PEOPLE)
    parser.add_argument("--times", type=int, default=TIMES)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as var:
        os.environ["WANJIA_VAR"], os.environ["DJANGO_SETTINGS_MODULE"] = var, "wanjia.site.settings"
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        from wanjia.sealing import proof

        proof.first_set_up()
        measure(args)


def measure(args):
    """Fill the city and ask its pages."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import setup_test_environment
    from django.utils import timezone

    from wanjia.kernel.calendar import today as day_of
    from wanjia.labour.models import MonthSum, Since, Spell, Tally, Verified, Worker
    from wanjia.labour.tallying.commands import changed
    from wanjia.labour.tallying.keys import alike, differences
    from wanjia.orgs.models import Area, Tier
    from wanjia.orgs.roles import Role
    from wanjia.registry.tests.factories import unit, worker

    today = day_of(timezone.now())
    begun = time.perf_counter()
    fill(args.people, today)
    filled = time.perf_counter() - begun
    kept = keep(today)
    city = Area.objects.get(pk="530600000000")
    client = Client(headers={"host": "localhost"})
    client.force_login(worker("tongji", "统计员", unit("昭通市人社局", Tier.COUNTY, city), Role.LABOUR_ANALYST))

    def get(address):
        answer = client.get(address)
        assert answer.status_code == 200 and "还在汇总" not in answer.content.decode(), (address, answer.status_code)
        return answer

    def plain(sql):
        def ask():
            with connection.cursor() as cursor:
                cursor.execute(sql)
                cursor.fetchall()

        return ask

    last, town = (today.replace(day=1) - timedelta(days=1)), "530625100000"
    pages = {
        "dashboard, city": "/labour/", "dashboard, county": "/labour/?area=530625000000", "dashboard, township": f"/labour/?area={town}",
        "dashboard, city, last month's end": f"/labour/?as_of={last}", "monthly, city, last month": f"/labour/monthly/?month={last:%Y-%m}", "monthly, city, this month": "/labour/monthly/",
        "monthly, county, last month": f"/labour/monthly/?area=530625000000&month={last:%Y-%m}", "monthly, township, last month": f"/labour/monthly/?area={town}&month={last:%Y-%m}",
        "rows, city, in transfer": "/labour/rows/?figure=labour.transferred", "rows, city, not verified": "/labour/rows/?figure=labour.stale",
        "rows, city, went last month": f"/labour/rows/?figure=labour.transferred&part=went&as_of={last}",
    }  # fmt: skip
    beside = {
        "COUNT(*) over labourers": "SELECT COUNT(*) FROM labour_worker WHERE left_on IS NULL",
        "the dashboard's figures from labourers": "SELECT substr(village_id, 1, 6), lifted, watched, relocated, place, how, carried, COUNT(*) FROM labour_worker WHERE left_on IS NULL GROUP BY 1, 2, 3, 4, 5, 6, 7",
    }
    rows = [{"what": name, "ms": timed(lambda sql=sql: plain(sql)(), max(args.times // 6, 3))} for name, sql in beside.items()]
    rows += [{"what": name, "ms": timed(lambda address=address: get(address), args.times if "went" not in name else 3)} for name, address in pages.items()]
    setup_test_environment()  # now alone: it notes every template
    before = get("/labour/").context["first"][0]["n"]
    one = Worker.objects.filter(place="none").first()
    was = alike(one)
    one.place, one.since_on, one.how = "outside", today, "kin"
    begun = time.perf_counter()
    Worker.objects.filter(pk=one.pk).update(place="outside", since_on=today, how="kin")
    changed(differences([(was, alike(one))]))
    act = (time.perf_counter() - begun) * 1000
    at_once = get("/labour/").context["first"][0]["n"] == before + 1
    sums = {model.__name__: model.objects.count() for model in (Tally, Since, Verified, MonthSum, Spell)}
    answer = {"people": args.people, "database": connection.vendor, "filled_s": round(filled), "kept_ms": round(kept * 1000), "rows": sums, "pages": rows, "act_ms": round(act, 1), "right_at_once": at_once}
    if args.json:
        print(json.dumps(answer))
        return
    print(f"{args.people} labourers, {connection.vendor}: filled in {filled:.0f} s; one township's day is kept in {kept * 1000:.0f} ms; rows {sums}")
    whole = rows[0]["ms"][0]
    for row in rows:
        median, high = row["ms"]
        print(f"  {row['what']:<42}{median:>9.1f} ms{high:>9.1f} ms p95{median / whole:>8.2f} × COUNT(*)")
    print(f"  an act changes the sums in {act:.1f} ms; the dashboard is right at once: {at_once}")


if __name__ == "__main__":
    main()
