"""Desk, ledger, need, household and dashboard at 200,000 people and 20,000 needs, beside bare Django pages on the same rows.

One table in one run: p50 and p95 in milliseconds, requests a second of one process, and the ratio to the bare page, measured in turns
(A B A B …) so that a busy machine slows both. Usage: python -m benchmarks.bench_web [--quick] [--rounds N] [--postgres]
"""

import argparse
import os
import random
import statistics
import sys
import tempfile
import time
from datetime import timedelta


def main():
    """Make the rows in a throw-away database, then measure."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--quick", action="store_true", help="a tenth of the rows")
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--postgres", action="store_true", help="on a throw-away PostgreSQL instead of SQLite")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as var:
        os.environ |= {"WANJIA_VAR": var, "DJANGO_SETTINGS_MODULE": "wanjia.site.settings"}
        if not args.postgres:
            os.environ.pop("DATABASE_URL", None)
            return measure(args)
        from tests.postgres import server

        with server() as running:
            os.environ["DATABASE_URL"] = running.url
            return measure(args)


def measure(args):
    """Print the table."""
    import django

    django.setup()
    people, needs = (20_000, 2_000) if args.quick else (200_000, 20_000)
    world, sample = rows(people, needs)
    print(f"\n{people:,} people, {needs:,} needs, {'PostgreSQL' if args.postgres else 'SQLite'}, {args.rounds} rounds, one process\n")
    print(f"{'page':<12}{'p50 ms':>9}{'p95 ms':>9}{'req/s':>8}   {'bare p50':>9}{'bare p95':>9}{'bare/s':>8}   {'rate, share of bare':>20}")
    for name, address, bare in pages(sample):
        ours, theirs = in_turns(world, address, bare, args.rounds)
        print(line(name, ours, theirs))


def pages(sample):
    """Yield (name, our address of a draw, bare address of a draw)."""
    draw = random.Random(1)
    yield "desk", lambda: "/", lambda: "/list"
    yield "ledger", lambda: "/needs/", lambda: "/list"
    yield "need", lambda: f"/needs/{draw.choice(sample['needs'])}/", lambda: f"/need/{draw.choice(sample['needs'])}"
    yield "household", lambda: f"/households/{draw.choice(sample['homes'])}/", lambda: f"/household/{draw.choice(sample['homes'])}"
    yield "dashboard", lambda: "/dashboard/", lambda: "/counts"


def in_turns(world, address, bare, rounds):
    """Return the seconds of each of our pages and of each bare one, taken in turns."""
    from django.test import Client
    from django.test.utils import override_settings

    user, naked = Client(), Client()
    user.force_login(world.user("xisha"))
    ours, theirs = [], []
    for turn in range(rounds + 3):
        seconds, answer = timed(user, address())
        assert answer.status_code == 200, (answer.status_code, answer.request["PATH_INFO"])
        with override_settings(ROOT_URLCONF="benchmarks.bare", MIDDLEWARE=[]):
            other, answer = timed(naked, bare())
            assert answer.status_code == 200, answer.status_code
        if turn >= 3:
            ours.append(seconds)
            theirs.append(other)
    return ours, theirs


def timed(client, address):
    """Open one address; return (seconds, answer)."""
    start = time.perf_counter()
    answer = client.get(address)
    return time.perf_counter() - start, answer


def line(name, ours, theirs):
    """Return one row of the table."""

    def figures(seconds):
        ordered = sorted(seconds)
        return 1000 * statistics.median(ordered), 1000 * ordered[int(0.95 * (len(ordered) - 1))], 1 / statistics.median(ordered)

    a, b = figures(ours), figures(theirs)
    return f"{name:<12}{a[0]:>9.1f}{a[1]:>9.1f}{a[2]:>8.0f}   {b[0]:>9.1f}{b[1]:>9.1f}{b[2]:>8.0f}   {a[2] / b[2]:>19.0%}"


def rows(people, needs):
    """Build the demo world and fill it: homes of four spread over Yongshan's villages, needs in every state with their timelines."""
    from django.core.management import call_command

    from wanjia.kernel import triggers
    from wanjia.orgs.models import Area, Level
    from wanjia.sealing import proof
    from wanjia.site.demo.world import build_world

    print("· building the demo world and its rows", file=sys.stderr, flush=True)
    call_command("migrate", verbosity=0)
    proof.first_set_up()
    world = build_world()
    villages = list(Area.objects.filter(level=Level.VILLAGE, code__startswith="530625"))
    triggers.lift()
    homes = fill_homes(villages, people // 4)
    made = fill_needs(homes, needs)
    triggers.lay()
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    near = [need.pk for need in made if need.village_id.startswith("530625202")]
    return world, {"needs": near, "homes": [home.pk for home in homes if home.village_id.startswith("530625202")]}


def fill_homes(villages, count):
    """Insert homes of four people."""
    from datetime import date

    from django.utils import timezone

    from wanjia.policy.identity import check_char
    from wanjia.registry.models import Household, Membership, Person

    draw, now, serial = random.Random(2), timezone.now(), 0
    homes = [
        Household(number=f"{villages[n % len(villages)].code}{n:06d}", village=villages[n % len(villages)], registered_at=now,
                  verified_on=date(2026, 1 + n % 10, 1)) for n in range(count)
    ]  # fmt: skip
    Household.objects.bulk_create(homes, batch_size=2000)
    for start in range(0, count, 5000):
        folk, bonds = [], []
        for home in homes[start : start + 5000]:
            for place, relation in enumerate(("户主", "配偶", "儿子", "女儿")):
                born = date(1960 + 25 * (place > 1), 1, 1) + timedelta(days=serial % 10_000)
                body, serial = f"530625{born:%Y%m%d}{serial // 10_000 * 4 + place:03d}", serial + 1
                person = Person(name=f"王{draw.choice('建国志明春芳秀兰')}{draw.choice('平安康宁')}", birth_on=born, citizen_id=body + check_char(body),
                                citizen_last4=(body + check_char(body))[-4:], village=home.village, registered_at=now)  # fmt: skip
                folk.append(person)
                bonds.append(Membership(household=home, person=person, relation=relation))
        Person.objects.bulk_create(folk, batch_size=2000)
        Membership.objects.bulk_create(bonds, batch_size=2000)
    return homes


def fill_needs(homes, count):
    """Insert needs in a mix of states, each with six lines of timeline and its holdings."""
    from django.utils import timezone

    from wanjia.casework.models import Holding, Need, Step
    from wanjia.casework.states import ENDED, Category, NeedState
    from wanjia.kernel.calendar import today
    from wanjia.orgs.models import Organisation

    draw, now = random.Random(3), timezone.now()
    units = {unit.area_id[:9]: unit for unit in Organisation.objects.filter(tier="township", line="")}
    states = [NeedState.CLOSED] * 12 + list(NeedState)
    made, steps, holdings = [], [], []
    for n in range(count):
        home, state, at = draw.choice(homes), draw.choice(states), now - timedelta(days=draw.randrange(900), hours=draw.randrange(24))
        unit, day = units[home.village_id[:9]], today(at)
        done = state in (NeedState.CLOSED, NeedState.DONE_REPORTED, NeedState.VERIFIED)
        need = Need(
            number=f"530625-{day:%Y%m}-{n:06d}"[:20], state=state, household=home, village_id=home.village_id, requester_name="王建平",
            requester_phone="13887000000", channel="visit", category=draw.choice(Category.values), summary="小组水管破损,断断续续停水",
            recorded_at=at, recorded_on=day, holder=unit, due_on=day + timedelta(days=14), reasonable="yes", urgency="ordinary",
            difficulty="medium", tier="township", outcome="solved" if done else "", confirmed="solved" if state == "closed" else "",
            decision_reason="与核实情况不符", ended_at=at if state in ENDED else None, done_at=at if done else None,
        )  # fmt: skip
        made.append(need)
        holdings.append(Holding(need=need, organisation=unit, from_at=at, to_at=at if state in ENDED else None))
        steps += [
            Step(need=need, n=k + 1, happened_at=at + timedelta(hours=k), recorded_at=at, act=act, state_after=state, by_name="王台账", holder=unit,
                 reasonable="yes", outcome=need.outcome, confirmed=need.confirmed, due_on=need.due_on)
            for k, act in enumerate(("record", "admit", "triage", "assign", "accept", "start"))
        ]  # fmt: skip
    Need.objects.bulk_create(made, batch_size=1000)
    Holding.objects.bulk_create(holdings, batch_size=2000)
    Step.objects.bulk_create(steps, batch_size=2000)
    return made


if __name__ == "__main__":
    sys.exit(main())
