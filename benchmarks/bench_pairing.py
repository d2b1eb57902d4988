"""From rows to stored proposals of pairs: `make bench-pairing`, CHILDREN=1500 HELPERS=500; and the engine at a city's size: WHOLE=1.

The county's run goes as the house lives it (`wanjia plan-job`'s own steps, in this process): children and what their groups rest on read from rows, groups
derived, pairs that may be, engine, referee, proposals written. The city's size (187,000 children, 60,000 helpers) is a question made of numbers, without rows.
"""

import argparse
import os
import random
import sys
import tempfile
import time
from datetime import date, timedelta

from .shares import Shares

TODAY = date(2026, 11, 3)


def fill(children, helpers):
    """Write villages, children who hold a card of disability or whose parent is away, helpers of sponsoring units who are clear; returns the county."""
    from django.db import transaction
    from django.utils import timezone

    from wanjia.care.models import BackgroundCheck, Helper
    from wanjia.orgs.models import Level, Organisation, Sponsorship
    from wanjia.registry import bulk
    from wanjia.registry.models import Absence, DatedStatus, Household, Membership, Person
    from wanjia.registry.tests.factories import area

    at, dice = timezone.now(), random.Random(1)
    city = area("530600000000", "昭通市", Level.CITY)
    county = area("530625000000", "永善县", Level.COUNTY, city)
    towns = [area(f"530625{200 + n}000", f"某乡{n}", Level.TOWNSHIP, county) for n in range(16)]
    villages = [area(f"{town.pk[:9]}{201 + n}", f"某村{n}", Level.VILLAGE, town) for town in towns for n in range(9)]
    units = [Organisation.objects.create(name=f"某单位{n}", tier="county", line="civil", area=county) for n in range(60)]
    for n, village in enumerate(villages):
        for unit in (units[n % 60], units[(n * 7 + 3) % 60]):
            Sponsorship.objects.create(organisation=unit, area=village, from_on=date(2026, 1, 1))
    for start in range(0, children, 5000):
        people, homes, members, statuses, away = [], [], [], [], []
        for n in range(start, min(start + 5000, children)):
            village = villages[n % len(villages)]
            home = bulk.fresh(Household, number=f"H{n:07d}", village_id=village.pk, registered_at=at)
            child = bulk.fresh(Person, name="某童", sex=dice.choice("男女"), birth_on=TODAY - timedelta(days=dice.randrange(1500, 5000)), village_id=village.pk, hukou_kind="rural",
                               ethnicity=dice.choice(["汉族", "汉族", "彝族", "苗族"]), schooling="primary", registered_at=at)  # fmt: skip
            father = bulk.fresh(Person, name="某父", sex="男", birth_on=date(1988, 1, 1), village_id=village.pk, registered_at=at)
            mother = bulk.fresh(Person, name="某母", sex="女", birth_on=date(1989, 1, 1), village_id=village.pk, registered_at=at)
            people += [child, father, mother]
            homes.append(home)
            members += [bulk.fresh(Membership, person_id=one.pk, household_id=home.pk, relation=what) for one, what in ((father, "户主"), (mother, "配偶"), (child, "子"))]
            if n % 15 == 0:
                statuses.append(bulk.fresh(DatedStatus, person_id=child.pk, scheme="disability", scheme_version="2011", code="limb", grade="2", from_on=date(2026, 1, 1), recorded_at=at))
            away += [bulk.fresh(Absence, person_id=one.pk, place="广东", for_work=True, from_on=date(2026, 2, 1), recorded_at=at) for one in (father, mother)]
        with transaction.atomic():
            for model, rows in ((Person, people), (Household, homes), (Membership, members), (DatedStatus, statuses), (Absence, away)):
                bulk.insert(model, rows)
    for n in range(helpers):
        one = Helper.objects.create(name=f"帮扶人{n}", kind="cadre", organisation=units[n % 60], sex=dice.choice("男女"), speaks=dice.choice(["mandarin", "mandarin yi", "mandarin miao"]),
                                    capacity=4, from_on=date(2026, 1, 1))  # fmt: skip
        BackgroundCheck.objects.create(helper=one, on=date(2026, 9, 1), until_on=date(2027, 9, 1), result="clear", authority="某公安局", recorded_at=at)
    return county


def county(children, helpers):
    """Work a version from rows and print the shares."""
    from django.db import transaction
    from django.utils import timezone

    from wanjia.care.models import PairProposal
    from wanjia.care.pairing import commands, plans
    from wanjia.orgs.models import User
    from wanjia.planning.contract import Control
    from wanjia.solving.models import Plan

    place = fill(children, helpers)
    officer = User.objects.create_user(username="guanai", name="苏关爱")
    plan = Plan.objects.create(kind="pairs", about=place.pk, area=place, number=1, asked_at=timezone.now(), beat_at=timezone.now(), asked_by=officer)
    run = Shares()
    posed = run.of("rows → question", lambda: plans.build(plan))
    answer = run.of("engine", lambda: plans.solve(posed, Control(60, lambda: False, lambda share, words: None)))
    faults = run.of("referee", lambda: plans.judge(posed, answer))
    with transaction.atomic():
        run.of("proposals", lambda: commands.store(plan, posed, answer))
    print(f"\n{answer.words}, gap {answer.gap:.4%}, breaches {len(faults)}, pairs that may be {len(posed.child):,}, proposals {PairProposal.objects.count():,}")
    run.say()
    run.say_whole("rows to proposals", START)
    again(plan, posed, answer)


def again(plan, posed, answer, leave=20):
    """Let the version stand as pairs, let helpers leave, plan anew: who is parted though the helper stays, and how many children are placed when nobody may be."""
    from django.db import transaction

    from wanjia.care.models import Helper, Pair
    from wanjia.care.pairing import plans
    from wanjia.planning.contract import Control
    from wanjia.registry import bulk

    placed = [(posed.children[row], posed.helpers[own].pk) for row, own in enumerate(answer.plan) if own >= 0]
    gone = sorted({helper for _child, helper in placed})[:leave]
    with transaction.atomic():
        bulk.insert(Pair, [bulk.fresh(Pair, child_id=child, helper_id=helper, from_on=TODAY) for child, helper in placed if helper not in gone])
    Helper.objects.filter(pk__in=gone).update(to_on=TODAY, end_reason="left")
    begun = time.perf_counter()
    quiet = Control(60, lambda: False, lambda share, words: None)
    anew = plans.build(plan)
    found = plans.solve(anew, quiet).words
    wall = time.perf_counter() - begun
    anew.held = anew.standing >= 0
    bound = plans.solve(anew, quiet).words["placed"]
    print(f"  {leave} helpers left, {len(placed) - int(anew.held.sum())} pairs with them: planned anew in {wall:.2f} s, {found['kept']} of {int(anew.held.sum())} pairs that stand are kept, "
          f"{found['parted']} parted, {found['placed']} placed ({bound} with nobody parted)")  # fmt: skip


def city(children=187_000, helpers=60_000):
    """Work a question of a city's size, made of numbers; the certificate is the engine's own."""
    import numpy as np

    from wanjia.care.pairing import plans
    from wanjia.planning.contract import Control

    class Row:
        def __init__(self, pk):
            self.pk = pk

    dice = np.random.default_rng(1)
    villages = 1_320
    village = np.sort(dice.integers(0, villages, children))
    per = helpers // villages
    child = np.repeat(np.arange(children), per)
    helper = (village[:, None] * per + np.arange(per)[None, :]).ravel()
    points = 100 + dice.choice([0, 5, 10, 15, 20, 35], len(child))
    alone = np.arange(children) % 40 == 0
    posed = plans.Posed(list(range(children)), [Row(n) for n in range(helpers)], np.full(helpers, 4), alone, np.full(children, -1), np.zeros(children, bool),
                        child, helper, points, np.zeros(len(child), np.int64), 30)  # fmt: skip
    wall, cpu = time.perf_counter(), time.process_time()
    answer = plans.solve(posed, Control(300, lambda: False, lambda share, words: None))
    print(f"\n{children:,} children × {helpers:,} helpers, {len(child):,} pairs that may be: {time.perf_counter() - wall:.1f} s, {time.process_time() - cpu:.1f} CPU s")
    print(f"  {answer.words}, gap {answer.gap:.4%} (bound of the engine's prices)")


START = time.perf_counter()


def main():
    """Make the rows and work them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--children", type=int, default=1500)
    parser.add_argument("--helpers", type=int, default=500)
    parser.add_argument("--whole", action="store_true")
    args = parser.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = "wanjia.site.settings"
    with tempfile.TemporaryDirectory() as var:
        os.environ |= {"WANJIA_VAR": var, "DATABASE_URL": f"sqlite:///{var}/bench.sqlite3", "WANJIA_KEYRING": f"{var}/ring.json"}
        import django

        django.setup()
        from django.core.management import call_command

        from wanjia.sealing import proof

        call_command("migrate", verbosity=0)
        proof.first_set_up()
        global START
        START = time.perf_counter()
        city() if args.whole else county(args.children, args.helpers)


if __name__ == "__main__":
    sys.exit(main())
