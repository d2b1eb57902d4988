"""From a season's list of departures to stored manifests: `make bench-departures`, PEOPLE=162700 unless told otherwise; a PostgreSQL of its own.

People, labourers and departures are rows made in bulk in the shape of `charters.example.season` (11 counties of 14 townships, 30 places of work, 28 days, windows
of six days on average; one in fifty travels with another). Then one version is worked by the code of the pages, in this process: rows read, engine, families,
referee, rows written, put in force; each timed.
"""

import argparse
import os
import sys
import tempfile
import time
import uuid
from datetime import timedelta

DAYS, BATCH, TOWNS = 28, 20_000, 14


def main():
    """Make the rows, work a version, print the shares."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=162_700)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wanjia.site.settings")
    os.environ["WANJIA_VAR"] = tempfile.mkdtemp(prefix="wanjia-bench-")
    from tests.postgres import server

    with server() as there:
        os.environ["DATABASE_URL"] = there.url
        import django

        django.setup()
        _with_rows(args)


def _with_rows(args):
    from django.core.management import call_command
    from django.db import connection

    from wanjia.sealing import proof

    call_command("migrate", verbosity=0)
    proof.first_set_up()
    begin = time.perf_counter()
    campaign, user, at = make_rows(args.people, args.seed)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as the database does by itself, some minutes after so many rows
    print(f"rows made: {args.people:,} on the list in {time.perf_counter() - begin:.1f} s (not counted)", flush=True)
    work(campaign, user, at)


def make_rows(people, seed):
    """Write areas, people, labourers, a drive and its list; return (drive, user, moment)."""
    from django.db import transaction
    from django.utils import timezone

    from wanjia.kernel.calendar import today
    from wanjia.labour.models import Campaign, Departure, Worker
    from wanjia.orgs.models import Area, Level, User
    from wanjia.planning.routing.charters.example import season
    from wanjia.policy.departures import cities, hubs
    from wanjia.registry import bulk
    from wanjia.registry.models import Person
    from wanjia.registry.row_keys import ordered_key

    at = timezone.now()
    day = today(at)
    city = Area.objects.create(code="530600000000", name="某市", short_name="某市", level=Level.CITY)
    towns = {}
    for n, code in enumerate(hubs()):
        county = Area.objects.create(code=f"{code}000000", name=f"县{n + 1}", short_name=f"县{n + 1}", level=Level.COUNTY, parent=city)
        for k in range(TOWNS):
            town = Area.objects.create(code=f"{code}{100 + k}000", name=f"乡{k}", short_name=f"乡{k}", level=Level.TOWNSHIP, parent=county)
            village = Area.objects.create(code=f"{code}{100 + k}201", name=f"村{k}", short_name=f"村{k}", level=Level.VILLAGE, parent=town)
            towns[f"乡{n + len(hubs()) * k + 1}"] = village.pk
    away = [code for code in cities() if code[:4] != "5306"][15:45]
    places = {f"市{n + 1}": code for n, code in enumerate(away)}
    user = User.objects.create(username="bench", name="某")
    campaign = Campaign.objects.create(name="某行动", area=city, from_on=day, until_on=day + timedelta(DAYS + 10), opened_at=at, opened_by=user)
    columns = season(people, seed=seed, days=DAYS)["workers"]
    for start in range(0, people, BATCH):
        some = range(start, min(start + BATCH, people))
        made = {Person: [], Worker: [], Departure: []}
        for n in some:
            village = towns[columns["township"][n]]
            person = bulk.fresh(Person, id=ordered_key(), name=f"某{n}", birth_on=day - timedelta(9000 + n % 9000), village_id=village, registered_at=at)
            made[Person].append(person)
            made[Worker].append(bulk.fresh(Worker, person_id=person.pk, village_id=village, entered_on=day, verified_on=day))
            early, late = columns["earliest_day"][n], columns["latest_day"][n]
            one = bulk.fresh(
                Departure, campaign_id=campaign.pk, worker_id=person.pk, place=places[columns["destination"][n]], employer_name="某厂", listed_at=at,
                earliest_on=day + timedelta(1 + early), latest_on=day + timedelta(1 + late),
            )  # fmt: skip
            before = made[Departure][-1] if made[Departure] else None
            if n % 50 == 1 and before and before.place == one.place and made[Worker][-2].village_id[:6] == village[:6] and before.latest_on >= one.earliest_on and one.latest_on >= before.earliest_on:
                before.family = one.family = uuid.uuid4()
            made[Departure].append(one)
        with transaction.atomic():
            for model, rows in made.items():
                bulk.insert(model, rows, batch=BATCH)
    return campaign, user, at


def work(campaign, user, at):
    """Work one version by the code of the pages; print what each step took."""
    from django.db import transaction

    from wanjia.labour.departures import commands, plans
    from wanjia.labour.models import Seat, Stop, Trip
    from wanjia.planning.contract import Control
    from wanjia.planning.routing.charters.solve import solve as engine
    from wanjia.solving.models import Plan

    plan = Plan.objects.create(kind=plans.KIND, about=str(campaign.pk), area=campaign.area, number=1, settings={"seats": 50, "train_seats": 0}, asked_at=at, asked_by=user)
    spent = {}

    def timed(name, does):
        wall, cpu = time.perf_counter(), time.process_time()
        answer = does()
        spent[name] = (time.perf_counter() - wall, time.process_time() - cpu)
        return answer

    posed = timed("rows read", lambda: plans.build(plan))
    timed("(the engine alone, once more)", lambda: engine(posed.problem))
    answer = timed("engine, families", lambda: plans.solve(posed, Control(seconds=60.0)))
    broken = timed("referee", lambda: plans.judge(posed, answer))
    with transaction.atomic():
        timed("rows written", lambda: commands.store(plan, posed, answer))
    timed("put in force", lambda: commands.swap(plan, None, by=user, at=at))
    print(f"{'step':32} {'wall s':>8} {'CPU s':>8}")
    for name, (wall, cpu) in spent.items():
        print(f"{name:32} {wall:8.1f} {cpu:8.1f}")
    whole = [pair for name, pair in spent.items() if not name.startswith("(")]
    print(f"{'list to stored manifests':32} {sum(wall for wall, _ in whole):8.1f} {sum(cpu for _, cpu in whole):8.1f}")
    print(f"breaches: {len(broken)}; " + "; ".join(f"{word} {n}" for word, n in answer.words.items()))
    print(f"rows: {Trip.objects.count():,} trips, {Stop.objects.count():,} stops, {Seat.objects.count():,} seats")


if __name__ == "__main__":
    sys.exit(main())
