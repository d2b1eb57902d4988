"""How long does the tick of the ladder take? `make bench-tick`, or `python -m benchmarks.bench_tick --needs 20000`.

A county with so many open needs: in hand, not signed for, not handed out, sent back, waiting to be called. Printed: the first tick after
a machine was off (everything that is late climbs at once), a tick in which nothing is due, the tick of the next working morning; and how
often faster the quiet tick's question is than looking at every open need. SQLite in a folder of its own, or DATABASE_URL's (an empty one).
"""

import argparse
import json
import os
import tempfile
import time
import uuid
from datetime import UTC, date, datetime, timedelta

NEEDS = 20_000
TUESDAY = datetime(2026, 11, 10, 1, 0, tzinfo=UTC)
# Of a hundred open needs: most are in hand; about as many wait for a signature or a hand-over as come in a day.
STATES = ("accepted",) * 20 + ("in_progress",) * 62 + ("assigned",) * 5 + ("triaged",) * 3 + ("done_reported",) * 9 + ("returned",)
STEPS = {"assigned": "accept", "triaged": "assign", "done_reported": "callback", "returned": "reassign"}


def county(n):
    """Make n open needs: nine in ten with their day ahead, spread over ten working days; one in ten late."""
    from wanjia.casework.models import Holding, Need
    from wanjia.casework.tests.factories import World
    from wanjia.casework.tests.walk import bring
    from wanjia.kernel import triggers
    from wanjia.kernel.calendar import WorkingCalendar

    world, calendar = World(), WorkingCalendar.load()
    model = bring(world, "accepted")
    kept = {field.attname: getattr(model, field.attname) for field in Need._meta.concrete_fields if field.attname not in ("requester_phone", "story", "ledger_cells")}
    needs, first = [], date(2026, 10, 27)
    for i in range(n):
        state, start = STATES[i % len(STATES)], calendar.add(first, i * 7 % 10).on if i % 10 else first - timedelta(days=i * 3 % 9 + 4)
        desk = world.township if state in ("triaged", "returned") else world.civil
        due = calendar.add(start, 10).on
        step = STEPS.get(state, "")
        since = date(2026, 11, 10) if i % 2 else date(2026, 11, 9)
        needs.append(Need(**kept | {
            "id": uuid.uuid4(), "number": f"530625-202610-{i:06d}", "state": state, "holder_id": desk.pk, "graded_on": start, "recorded_on": start, "due_on": due,
            "first_due_on": due, "step_clock": step, "step_from_on": since if step else None, "step_due_on": calendar.add(since, 3 if step == "callback" else 1).on if step else None,
            "done_at": TUESDAY - timedelta(days=1) if state == "done_reported" else None,
        }))  # fmt: skip
    triggers.lift(models=[Need])  # rows are copied where they stand; only what ticks is measured
    Need.objects.bulk_create(needs, batch_size=500)
    triggers.lay(models=[Need])
    Holding.objects.bulk_create([Holding(need=one, organisation_id=one.holder_id, from_at=TUESDAY) for one in needs], batch_size=500)


def timed(does):
    """Return (what it answered, seconds by the clock on the wall, seconds of a processor): on a busy machine the two differ."""
    begun, worked = time.perf_counter(), time.process_time()
    answer = does()
    return answer, time.perf_counter() - begun, time.process_time() - worked


def look_at_all(at):
    """Count every clock of every open need, asking nothing of SQL but the rows: what the tick would cost without its question."""
    from wanjia.casework.ladder import queries, rungs
    from wanjia.casework.models import Need
    from wanjia.casework.states import OPEN
    from wanjia.kernel.calendar import WorkingCalendar, today
    from wanjia.policy.ladder import in_force

    day, calendar, found = today(at), WorkingCalendar.load(), 0
    needs = list(Need.objects.filter(state__in=OPEN).defer("story", "requester_phone", "ledger_cells"))
    for part in (needs[at_:at_ + 500] for at_ in range(0, len(needs), 500)):
        facts, taken = queries.facts_of(part), queries.taken_of(part)
        found += sum(bool(rungs.reached(need, day, facts.get(need.pk, rungs.Facts()), taken.get(need.pk, {}), in_force(day), calendar)) for need in part)
    return found


def main():
    """Measure, and print a table or JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--needs", type=int, default=NEEDS)
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
    """Make the county and tick."""
    from wanjia.casework.ladder.tasks import climb_all

    county(args.needs)
    rows = []
    for name, at in (("after a machine was off", TUESDAY), ("nothing is due", TUESDAY + timedelta(minutes=5)), ("the next morning", TUESDAY + timedelta(days=1))):
        climbed, seconds, worked = timed(lambda at=at: climb_all(at))
        rows.append({"tick": name, "climbed": climbed, "seconds": round(seconds, 2), "processor": round(worked, 2)})
    _all, _wall, naive = timed(lambda: look_at_all(TUESDAY + timedelta(days=1, minutes=5)))
    _some, _wall, asked = timed(lambda: climb_all(TUESDAY + timedelta(days=1, minutes=5)))
    answer = {"needs": args.needs, "ticks": rows, "quiet_seconds": round(asked, 2), "every_need_seconds": round(naive, 2), "ratio": round(naive / asked, 1)}
    if args.json:
        print(json.dumps(answer))
        return
    print(f"{args.needs} open needs")
    for row in rows:
        print(f"  {row['tick']:<26}{row['climbed']:>7} climbed{row['seconds']:>9.2f} s, {row['processor']:.2f} s of a processor")
    print(f"  looking at every open need {naive:.2f} s, the tick's question {asked:.2f} s: {answer['ratio']} times faster")


if __name__ == "__main__":
    main()
