"""How long does the day's look for rechecks take? `make bench-look`, or `python -m benchmarks.bench_look --needs 20000`.

A county-year of needs, struck off one after the other over twelve months, each with its callback, every third with a paper, a home for every
two, and planted among them some of each pattern. Printed: the first look, the same again, the list and the findings of whoever rechecks, what
homes said again. SQLite in a folder of its own, or DATABASE_URL's (an empty one).
"""

import argparse
import json
import os
import tempfile
import uuid
from datetime import UTC, datetime, timedelta

from benchmarks.bench_tick import timed

NEEDS = 20_000
NOW = datetime(2026, 11, 10, 1, 0, tzinfo=UTC)


def county(n):
    """Make n needs that were struck off, the last of them yesterday; return the world."""
    from wanjia.casework.models import Callback, Evidence, Need, Step
    from wanjia.casework.tests.factories import World
    from wanjia.casework.tests.walk import bring
    from wanjia.kernel import triggers
    from wanjia.registry.models import Household

    world = World()
    model = bring(world, "closed")
    homes = [Household(number=f"530625202201{i:06d}", village=world.datong, phone=f"139{i // 4 if i < 40 else i:08d}", registered_at=NOW) for i in range(n // 2)]
    Household.objects.bulk_create(homes, batch_size=500)
    left = ("requester_phone", "story", "ledger_cells")
    kept = {field.attname: getattr(model, field.attname) for field in Need._meta.concrete_fields if field.attname not in left}
    needs, calls, papers = [], [], []
    for i in range(n):
        done = NOW - timedelta(minutes=26 * (i + 60))
        text = "已经办好了" if i < 200 else f"第 {i} 件办好了"
        need = Need(**kept | {
            "id": uuid.uuid4(), "number": f"530625-202601-{i:06d}", "household_id": homes[i // 2].pk, "done_at": done, "accepted_at": done - timedelta(days=2),
            "verified_at": done + timedelta(hours=5), "closed_at": done + timedelta(days=1), "recorded_at": done - timedelta(days=4),
            "recorded_on": (done - timedelta(days=4)).date(), "outcome_text": text, "drawn": False, "recheck_for": "", "recheck_due_on": None,
        })  # fmt: skip
        needs.append(need)
        calls.append(Callback(need=need, at=done + timedelta(hours=5), way="phone", reached=True, word="solved", by=world.caller, by_org=world.office))
        if i % 3 == 0:
            papers.append(Evidence(need=need, digest=f"{i if i > 30 else 7:064d}", words="照片", added_at=done))
    triggers.lift(models=[Need])  # rows are copied where they stand; only the look is measured
    Need.objects.bulk_create(needs, batch_size=500)
    triggers.lay(models=[Need])
    Callback.objects.bulk_create(calls, batch_size=500)
    Evidence.objects.bulk_create(papers, batch_size=500)
    line = model.steps.get(act="verify")
    facts = {field.attname: getattr(line, field.attname) for field in Step._meta.concrete_fields if field.attname not in ("id", "need_id", "changed")}
    Step.objects.bulk_create((Step(**facts | {"need_id": one.pk, "recorded_at": one.verified_at}) for one in needs), batch_size=500)
    return world


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
    """Make the county and look."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from wanjia.casework.honesty import queries
    from wanjia.casework.honesty.jobs import look
    from wanjia.orgs.models import User

    inspector = User.objects.get(pk=county(args.needs).inspector.pk)
    asked = {
        "the first look": lambda: look(at=NOW), "the same again": lambda: look(at=NOW), "the list": lambda: len(queries.to_recheck(inspector)[:50]),
        "findings": lambda: len(queries.findings(inspector)), "said again": lambda: len(queries.said_again(inspector, NOW)[:20]),
    }  # fmt: skip
    rows = []
    for name, does in asked.items():
        with CaptureQueriesContext(connection) as sent:
            answer, seconds, worked = timed(does)
        rows.append({"what": name, "answer": answer, "seconds": round(seconds, 2), "processor": round(worked, 2), "queries": len(sent)})
    if args.json:
        print(json.dumps({"needs": args.needs, "rows": rows}))
        return
    print(f"{args.needs} needs")
    for row in rows:
        print(f"  {row['what']:<16}{row['answer']!s:<32}{row['seconds']:>8.2f} s, {row['processor']:.2f} s of a processor, {row['queries']} queries")


if __name__ == "__main__":
    main()
