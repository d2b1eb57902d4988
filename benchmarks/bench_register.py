"""What a person of the register costs to seal, to write and to find: `make bench-register`, PEOPLE=60000 and FOUND=500000 unless told otherwise.

sealing  two sealed values and two keyed indexes a row: as it was before (the ring's file asked and its cipher built for each value), one by one, by columns
writing  person, home, membership, status, absence through `registry.bulk`, 10,000 people a transaction, the disk waited for; before: the schema of
         migration 0014, random keys, one value sealed at a time, INSERT for each row. With all indexes live, and (what a first load may do) without
         those that neither a key nor a rule needs, made again after
finding  as the list of people asks, for a county's ledger office: the count and the first page of fifty, by each kind of text; p50 and p95 in ms
The two sides of a ratio run side by side, each in a process and on a database of its own.
"""

import argparse
import contextlib
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

from .register_before import blind_before, encrypt_before, write_before

HOUSE = Path(__file__).resolve().parents[1]
PEOPLE, FOUND, CHUNK = 60_000, 500_000, 10_000
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜"
GIVEN = "国华秀英明建桂兰志强玉珍文军春梅海燕小红伟芳娜敏静丽磊洋艳勇杰涛超霞平刚辉鹏飞金凤云龙德福贵才荣光永康世昌庆祥正義忠信礼智仁学思远达成东西南北山川江河"
TABLES = ("person", "household", "membership", "datedstatus", "absence")


# Rows


def rows_of(first, count, villages, at, ordered):
    """Return {model: unsaved rows} of `count` people from serial `first` on, four in a home: a status for one in eight, an absence for one in three."""
    import uuid

    from wanjia.policy.identity import check_char
    from wanjia.registry import bulk, row_keys
    from wanjia.registry.models import Absence, DatedStatus, Household, Membership, Person
    from wanjia.registry.names import sounds_of

    draw, key = random.Random(first), row_keys.ordered_key if ordered else uuid.uuid4
    made = {model: [] for model in (Household, Person, Membership, DatedStatus, Absence)}
    weights = [1 / (n + 3) for n in range(len(SURNAMES))]
    for serial in range(first, first + count):
        village = villages[serial // 4 % len(villages)]
        if serial % 4 == 0:
            home = bulk.fresh(Household, id=key(), number=f"{village}{serial // 4:07d}", village_id=village, registered_at=at, group_name=f"{serial % 9 + 1}组")
            made[Household].append(home)
        born = date(1955, 1, 1) + timedelta(days=serial * 7919 % 18_000)
        body = f"{530_600 + serial // 18_000_000 % 30:06d}{born:%Y%m%d}{serial // 18_000 % 1000:03d}"
        number = body + check_char(body)
        name = draw.choices(SURNAMES, weights)[0] + draw.choice(GIVEN) + draw.choice(GIVEN)
        sound, initials = sounds_of(name)
        person = bulk.fresh(
            Person, id=key(), name=name, pinyin=sound, initials=initials, birth_on=born, citizen_id=number, citizen_last4=number[-4:],
            sex="男女"[serial % 2], phone=f"13{serial:09d}", village_id=village, registered_at=at,
        )  # fmt: skip
        made[Person].append(person)
        made[Membership].append(bulk.fresh(Membership, household_id=home.pk, person_id=person.pk, relation="户主" if serial % 4 == 0 else "子女"))
        if serial % 8 == 0:
            made[DatedStatus].append(
                bulk.fresh(DatedStatus, id=key(), person_id=person.pk, scheme="poverty", scheme_version="2026", code="out_of_poverty", recorded_at=at)
            )
        if serial % 3 == 0:
            made[Absence].append(bulk.fresh(Absence, id=key(), person_id=person.pk, place="浙江省宁波市", recorded_at=at))
    return made


def load(first, people, villages, *, before=False):
    """Write people; return {what: [rows, wall, CPU]} for each table and "all". Making the rows is not counted."""
    from django.db import transaction
    from django.utils import timezone

    from wanjia.registry import bulk

    spent = {}

    def timed(name, n, act):
        wall, cpu = time.perf_counter(), time.process_time()
        answer = act()
        for what in (name, "all"):
            held = spent.setdefault(what, [0, 0, 0])
            held[0] += n if what == name else 0
            held[1] += time.perf_counter() - wall
            held[2] += time.process_time() - cpu
        return answer

    for start in range(first, first + people, CHUNK):
        made = rows_of(start, min(CHUNK, first + people - start), villages, timezone.now(), ordered=not before)
        with transaction.atomic():
            for model, rows in made.items():
                write = write_before if before else bulk.insert
                timed(model._meta.model_name, len(rows), lambda write=write, model=model, rows=rows: write(model, rows))
            closing = time.perf_counter()
        spent["all"][1] += time.perf_counter() - closing  # the commit
    spent["all"][0] = people
    return spent


def idle_indexes():
    """Return [(name, the statement that makes it)] of the indexes over the five tables that no key and no rule needs."""
    from django.db import connection

    tables = [f"registry_{name}" for name in TABLES]
    marks = ", ".join(["%s"] * len(tables))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index WHERE NOT indisunique "
                f"AND indrelid::regclass::text IN ({marks})", tables,
            )  # fmt: skip
        else:
            cursor.execute(f"SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql NOT LIKE 'CREATE UNIQUE%%' AND tbl_name IN ({marks})", tables)
        return cursor.fetchall()


def run_sql(*statements):
    """Execute statements."""
    from django.db import connection

    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def sizes(people):
    """Return {table: (bytes a person of rows, of indexes)}."""
    from django.db import connection

    found = {}
    with connection.cursor() as cursor:
        for name in TABLES:
            table = f"registry_{name}"
            if connection.vendor == "postgresql":
                cursor.execute("SELECT pg_table_size(%s), pg_indexes_size(%s)", [table, table])
                heap, indexes = cursor.fetchone()
            else:
                cursor.execute("SELECT sum(pgsize) FILTER (WHERE name = %s), sum(pgsize) FILTER (WHERE name IN (SELECT name FROM sqlite_master WHERE tbl_name = %s AND type = 'index')) FROM dbstat", [table, table])
                heap, indexes = cursor.fetchone()
            found[name] = [round((heap or 0) / people), round((indexes or 0) / people)]
    return found


# Measuring


def sealing(rows):
    """Return {way: rows per CPU second} of two sealed values and two indexes a row, the ways by turns."""
    import uuid

    from wanjia.sealing import keys

    ids, phones = [f"5306251990{n:08d}" for n in range(rows)], [f"138{n:08d}" for n in range(rows)]
    pks = [uuid.UUID(int=n << 64 | n) for n in range(rows)]
    domains = ("registry_person.citizen_id", "registry_person.phone")

    def one_by_one(encrypt, blind):
        for pk, number, phone in zip(pks, ids, phones, strict=True):
            encrypt(number, f"registry_person|citizen_id|{pk}")
            encrypt(phone, f"registry_person|phone|{pk}")
            blind(domains[0], number)
            blind(domains[1], phone)

    def by_columns():
        texts = list(map(str, pks))
        keys.encrypt_all(ids, [f"registry_person|citizen_id|{pk}" for pk in texts])
        keys.encrypt_all(phones, [f"registry_person|phone|{pk}" for pk in texts])
        keys.blind_all(domains[0], ids)
        keys.blind_all(domains[1], phones)

    ways = {"before": lambda: one_by_one(encrypt_before, blind_before), "one by one": lambda: one_by_one(keys.encrypt, keys.blind), "by columns": by_columns}
    best = dict.fromkeys(ways, 0.0)
    for _turn in range(5):
        for name, way in ways.items():
            cpu = time.process_time()
            way()
            best[name] = max(best[name], rows / (time.process_time() - cpu))
    return best


def texts_of(kind, draw):
    """Return what somebody may type to find people in this way."""
    from wanjia.policy.identity import check_char
    from wanjia.registry.names import sounds_of

    name = draw.choices(SURNAMES, [1 / (n + 3) for n in range(len(SURNAMES))])[0] + draw.choice(GIVEN) + draw.choice(GIVEN)
    serial = draw.randrange(50_000)
    born = date(1955, 1, 1) + timedelta(days=serial * 7919 % 18_000)
    body = f"530600{born:%Y%m%d}{serial // 18_000 % 1000:03d}"
    sound, initials = sounds_of(name)
    return {
        "name": name, "surname and one": name[:2], "surname": name[0], "given name": name[1:], "pinyin": sound, "initials": initials,
        "last four": (body + check_char(body))[-4:], "number": body + check_char(body), "phone": f"13{serial:09d}",
    }[kind]  # fmt: skip


KINDS = ("name", "surname and one", "surname", "given name", "pinyin", "initials", "last four", "number", "phone")


def finding(actor, rounds=30):
    """Return {kind: [p50, p95 of the count and the first page, p95 of the page alone]} in ms."""
    from wanjia.registry.people.queries import listed, people_found

    found = {}
    for kind in KINDS:
        draw, spent = random.Random(kind), []
        for turn in range(rounds + 3):
            text, begun = texts_of(kind, draw), time.perf_counter()
            rows = people_found(actor, text)
            list(listed(rows.order_by("pinyin", "born_shown", "pk"))[:50])
            page = time.perf_counter()
            rows.count()
            if turn >= 3:
                spent.append((1000 * (time.perf_counter() - begun), 1000 * (page - begun)))
        whole, pages = (sorted(one[which] for one in spent) for which in (0, 1))
        at = int(0.95 * len(spent))
        found[kind] = [whole[len(spent) // 2], whole[at], pages[at]]
    return found


def measure(side, people, wanted):
    """In a process of its own with its own database; returns what `show` prints."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "wanjia.site.settings"
    import django

    django.setup()
    from django.core.management import call_command

    from wanjia.orgs.models import Level, Tier
    from wanjia.orgs.roles import Role
    from wanjia.registry.tests.factories import World, area, unit, worker
    from wanjia.sealing import proof

    before = side == "before"
    if before:
        for app, name in (("kernel", None), ("orgs", None), ("registry", "0014")):
            call_command("migrate", app, *filter(None, [name]), verbosity=0)
    else:
        call_command("migrate", verbosity=0)
    proof.first_set_up()
    if before:
        from wanjia.orgs.models import Area

        county = area("530625000000", "永善县", Level.COUNTY)
        township = area("530625202000", "细沙乡", Level.TOWNSHIP, county)
        assert Area.objects.exists()
    else:
        world = World()
        county, township = world.county, world.xisha
    villages = [area(f"530625{n // 10 + 110:03d}{n % 10 + 301}", f"某村{n}", Level.VILLAGE, township).pk for n in range(140)]
    found = {"live": load(0, people, villages, before=before), "sizes": None}
    found["sizes"] = sizes(people)
    found["indexes"] = len(idle_indexes())
    idle = idle_indexes()
    run_sql(*(f"DROP INDEX {name}" for name, _sql in idle))
    found["dropped"] = load(people, people, villages, before=before)
    if not before:
        if wanted > 2 * people:
            load(2 * people, wanted - 2 * people, villages)
        begun = time.perf_counter()
        run_sql(*(sql for _name, sql in idle), "ANALYZE")
        found["making"] = [wanted, time.perf_counter() - begun]
        found["found"] = finding(worker("yongshan", "县台账", unit("永善县委社会工作部", Tier.COUNTY, county, line=""), Role.LEDGER_OFFICE))
        found["township"] = finding(world.clerk, 10)
    found["sealing"] = sealing(20_000) if not before else {}
    return found


@contextlib.contextmanager
def begun(side, args, url=""):
    """Begin `measure` in a process with the database `url`; yields the process."""
    with tempfile.TemporaryDirectory() as var:
        env = {**os.environ, "WANJIA_VAR": var, "DATABASE_URL": url or f"sqlite:///{var}/bench.sqlite3", "PYTHONPATH": str(HOUSE), "WANJIA_KEYRING": f"{var}/ring.json"}
        asked = ["--measure", side, "--people", str(args.people), "--found", str(args.found)]
        yield subprocess.Popen(
            [sys.executable, "-m", "benchmarks.bench_register", *asked], env=env, cwd=HOUSE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )


def answer_of(process):
    """Wait for a process; return what it measured."""
    said, fault = process.communicate()
    return sys.exit(fault[-3000:]) if process.returncode else json.loads(said.splitlines()[-1])


def both(args, urls=("", "")):
    """Measure before and after side by side: the machine is not the same from one minute to the next."""
    with begun("before", args, urls[0]) as before, begun("after", args, urls[1]) as after:
        return answer_of(before), answer_of(after)


def show(title, before, after):
    """Print the ratios and what they are made of."""
    print(f"\n{title}\n{'':26}{'before':>12}{'after':>12}{'×':>7}")
    for way in ("live", "dropped"):
        for name, unit_of in (("all", "people"), *((table, "rows") for table in TABLES)):
            (n, *old), (m, *new) = before[way][name], after[way][name]
            for words, at in (("wall", 0), ("CPU", 1)) if name == "all" else (("wall", 0),):
                rates = n / max(old[at], 1e-9), m / max(new[at], 1e-9)
                print(f"{way:8}{name:12}{unit_of}/s {words:4}{rates[0]:10,.0f}{rates[1]:12,.0f}{rates[1] / rates[0]:7.1f}")
    rows, taken = after["making"]
    print(f"indexes made again and analyzed over {rows:,} people: {taken:.1f} s")
    print(f"\nbytes a person, rows + indexes ({before['indexes']} and {after['indexes']} indexes besides keys and rules)")
    for table in TABLES:
        (heap, index), (lean, fewer) = before["sizes"][table], after["sizes"][table]
        print(f"  {table:24}{f'{heap} + {index}':>14}{f'{lean} + {fewer}':>14}{(heap + index) / (lean + fewer):7.1f}")
    sealed = after["sealing"]
    print("\ntwo seals and two indexes, rows per CPU second: " + " · ".join(f"{name} {rate:,.0f}" for name, rate in sealed.items()) + f" · {sealed['by columns'] / sealed['before']:.1f} ×")
    print(f"\nfinding, ms{'':19}{'p50':>7}{'p95':>8}{'p95 page alone':>16}{'township p95':>14}")
    for kind in KINDS:
        half, most, page = after["found"][kind]
        print(f"  {kind:28}{half:7.1f}{most:8.1f}{page:16.1f}{after['township'][kind][1]:14.1f}")


def main():
    """Both databases, one after the other."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=PEOPLE)
    parser.add_argument("--found", type=int, default=FOUND)
    parser.add_argument("--only", choices=("sqlite", "postgresql"))
    parser.add_argument("--measure", choices=("before", "after"), help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.measure:
        print(json.dumps(measure(args.measure, args.people, args.found)))
        return
    if args.only != "postgresql":
        show("SQLite", *both(args))
    if args.only != "sqlite":
        from tests.postgres import server

        how = "-c synchronous_commit=on -c max_wal_size=4GB"
        with server(how) as one, server(how) as other:
            show("PostgreSQL", *both(args, (one.url, other.url)))


if __name__ == "__main__":
    main()
