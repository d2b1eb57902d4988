"""How fast a big workbook comes in, beside the plain ways: `make bench-import`, or `python -m benchmarks.bench_import --quick`.

Ours is the web path with everything that it does: receive, seal, read in a child process, judge every cell, stage sealed, work
out what would be written, confirm, write in chunks with journal, encryption and blind indexes. Its peers do less:
openpyxl + ORM  read with openpyxl and save each row with the ORM, encrypted, nothing checked (on a sample)
polars          `read_excel` (calamine) into memory, nothing else: the floor of reading
The machine may be busy: CPU seconds (our process and its children) stand beside wall seconds, and rates are per CPU second.
"""

import argparse
import io
import json
import os
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[1]
HEADER = ["户编号", "户主姓名", "姓名", "身份证号", "与户主关系", "乡镇(街道)", "村(社区)", "村民小组", "民族", "手机号", "务工情况", "外出务工地",
          "年家庭收入(元)", "备注"]  # fmt: skip
ROWS, QUICK = 50_000, 5_000
SAMPLE = 500
SURNAMES, GIVEN = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗", "国华秀英明建桂兰志强玉珍文军春梅海燕小红"


def workbook(rows):
    """Return XLSX bytes of a household list, four people a home, every number sound and its own."""
    from wanjia.policy.identity import check_char
    from wanjia.sheets.writing import xlsx_bytes

    def line(place):
        home, member = divmod(place, 4)
        born = date.fromordinal(date(1945, 1, 1).toordinal() + place * 7 % 27_000)
        body = f"530625{born:%Y%m%d}{place // 27_000 * 100 + place * 7 // 27_000 % 100:03d}"
        name = SURNAMES[home % 20] + GIVEN[place % 20] + GIVEN[place // 20 % 20]
        away = place % 3 == 0
        return [
            f"B{home:08d}", "", name, body + check_char(body), ["户主", "配偶", "儿子", "女儿"][member], "细沙乡", "大同村", f"{home % 9 + 1}组",
            "汉族", f"138{place:08d}" if member == 0 else "", "外出务工" if away else "", "浙江省宁波市" if away else "",
            str(8000 + home % 900 * 10) if member == 0 else "", "",
        ]  # fmt: skip

    return xlsx_bytes(HEADER, (line(place) for place in range(rows)), sheet="家庭成员")


class Clock:
    """Wall and CPU seconds of a block, children included."""

    def __enter__(self):
        self.wall, self.cpu = time.perf_counter(), _cpu()
        return self

    def __exit__(self, *_):
        self.wall, self.cpu = time.perf_counter() - self.wall, _cpu() - self.cpu


def _cpu():
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def measure(rows):
    """In a process of its own with its own database: run ours and the ORM peer; return {step: [rows, wall, CPU]}."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "wanjia.site.settings"
    import django

    django.setup()
    from django.core.management import call_command
    from django.utils import timezone

    from wanjia.registry.applying import commands as applying
    from wanjia.registry.importing import commands
    from wanjia.registry.models import Person
    from wanjia.registry.tests.factories import World
    from wanjia.sealing import proof

    call_command("migrate", verbosity=0)
    proof.first_set_up()
    world, body, found = World(), workbook(rows), {}
    who, before = {"by": world.clerk, "at": timezone.now()}, Person.objects.count()

    def timed(step, act):
        with Clock() as clock:
            answer = act()
        found[step] = [rows, clock.wall, clock.cpu]
        return answer

    upload = timed("receive", lambda: commands.receive_upload(template="household", name="户.xlsx", body=body, **who))
    upload = timed("judge", lambda: commands.judge_upload(upload, **who))
    if upload.rows_ok != rows:
        sys.exit(f"judge took {upload.rows_ok} of {rows} rows: {upload.tally[:5]}")
    timed("forecast", lambda: commands.forecast_upload(upload, **who))
    timed("confirm", lambda: commands.confirm_upload(upload_id=upload.pk, **who))
    timed("apply", lambda: applying.apply_upload(upload, **who))
    if Person.objects.count() - before != rows:
        sys.exit("the people written are not the rows of the sheet")
    found["orm"] = _row_by_row(workbook(SAMPLE), world)
    return found


def _row_by_row(body, world):
    """openpyxl and `save()` for every row, as a first version would do it: sealed and indexed, but unchecked and unjournalled."""
    from django.utils import timezone
    from openpyxl import load_workbook

    from wanjia.registry.models import Household, Membership, Person

    with Clock() as clock:
        lines = load_workbook(io.BytesIO(body), read_only=True).active.iter_rows(values_only=True)
        header = next(lines)
        for line in lines:
            row, at = dict(zip(header, line, strict=True)), timezone.now()
            home, _made = Household.objects.get_or_create(
                number="O" + row["户编号"], defaults={"village": world.datong, "registered_at": at, "group_name": row["村民小组"]}
            )
            # No number kept: ours are in the register already and one number is one person.
            person = Person.objects.create(village=world.datong, name=row["姓名"], registered_at=at, phone=row["手机号"] or "", health=row["身份证号"])
            Membership.objects.create(household=home, person=person, relation=row["与户主关系"])
    return [SAMPLE, clock.wall, clock.cpu]


def polars_read(body):
    """polars with calamine, into memory; None where it is not installed."""
    try:
        import fastexcel  # noqa: F401
        import polars
    except ImportError:
        return None
    with Clock() as clock:
        rows = polars.read_excel(io.BytesIO(body)).height
    return [rows, clock.wall, clock.cpu]


def apart(rows, url):
    """Run `measure` in a process with the database `url`."""
    with tempfile.TemporaryDirectory() as var:
        env = {**os.environ, "WANJIA_VAR": var, "DATABASE_URL": url or f"sqlite:///{var}/bench.sqlite3", "PYTHONPATH": str(HOUSE)}
        env["WANJIA_KEYRING"] = f"{var}/keyring.json"
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.bench_import", "--measure", str(rows)], env=env, cwd=HOUSE, capture_output=True, text=True
        )
    if done.returncode:
        sys.exit(done.stderr[-3000:])
    return json.loads(done.stdout.splitlines()[-1])


def show(title, found):
    """Print one line a step, and the ratio of the whole path to row by row."""
    steps = ("receive", "judge", "forecast", "confirm", "apply")
    rows = found["judge"][0]
    whole = [rows, *(sum(found[step][place] for step in steps) for place in (1, 2))]
    print(f"\n{title}: {rows:,} rows\n{'':28}{'wall s':>9}{'CPU s':>9}{'rows/CPU s':>12}{'rows/s wall':>13}{'× row by row':>14}")
    base = found["orm"][0] / found["orm"][2]
    named = [(f"  {step}", found[step]) for step in steps] + [("whole web path", whole), (f"openpyxl + ORM ({SAMPLE})", found["orm"])]
    for name, (n, wall, cpu) in named + ([("polars/calamine, read only", found["polars"])] if found.get("polars") else []):
        rate = n / cpu if cpu else 0
        print(f"{name:28}{wall:9.2f}{cpu:9.2f}{rate:12,.0f}{n / wall if wall else 0:13,.0f}{rate / base:14.1f}")


def main():
    """Run both databases, one after the other."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help=f"{QUICK} rows instead of {ROWS}")
    parser.add_argument("--measure", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--only", choices=("sqlite", "postgresql"))
    args = parser.parse_args()
    if args.measure:
        print(json.dumps(measure(args.measure)))
        return
    rows = QUICK if args.quick else ROWS
    polars = polars_read(workbook(rows))
    print("polars/calamine is not installed: its line is left out" if polars is None else "", end="")
    if args.only != "postgresql":
        show("SQLite", apart(rows, "") | {"polars": polars})
    if args.only != "sqlite":
        from tests.postgres import server

        with server("-c synchronous_commit=on") as running:
            show("PostgreSQL", apart(rows, running.url) | {"polars": polars})


if __name__ == "__main__":
    main()
