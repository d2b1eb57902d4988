"""From rows to a stored month roster of guard posts: `make bench-roster`, SCHOOLS=60 GUARDS=400 MONTH=2026-11; and a repair, an alarm round.

The run goes as the house lives it (`wanjia plan-job`'s own steps, in this process): year, plans, posts, guards and their calendars read from rows, engine, referee, duties written.
"""

import argparse
import os
import random
import sys
import tempfile
import time
from datetime import date, timedelta

FIRST, END = date(2026, 11, 1), date(2026, 12, 1)


def fill(n_schools, n_guards):
    """Write a county with a term, schools with bells, gates and signed plans, guards of four parties; returns (county, officer)."""
    from django.utils import timezone

    from wanjia.orgs.models import Level, Line, Organisation, User
    from wanjia.registry.tests.factories import area
    from wanjia.schools.models import Bell, Consent, Gate, Guard, GuardAbsence, PlanVersion, Post, Qualification, School, Term
    from wanjia.schools.plan_states import PlanState

    at, dice = timezone.now(), random.Random(1)
    county = area("530625000000", "永善县", Level.COUNTY, area("530600000000", "昭通市", Level.CITY))
    officer = User.objects.create_user(username="huxue", name="彭护学")
    police = Organisation.objects.create(name="县公安局交警大队", tier="county", area=county)
    Term.objects.create(area=county, name="2026年秋季学期", from_on=date(2026, 9, 1), to_on=date(2027, 1, 16))
    towns = [area(f"530625{200 + n}000", f"某乡{n}", Level.TOWNSHIP, county) for n in range(max(1, n_schools // 4))]
    villages = [area(f"{town.pk[:9]}201", f"某村{n}", Level.VILLAGE, town) for n, town in enumerate(towns)]
    stations = [Organisation.objects.create(name=f"派出所{n}", tier="township", area=town) for n, town in enumerate(towns)]
    schools, guards = [], []

    def guard(name, party, unit, school=None, **more):
        guards.append(Guard(name=name, party=party, unit=unit, school=school, from_on=date(2026, 9, 1), **more))

    for n in range(n_schools):
        village = villages[n % len(villages)]
        unit = Organisation.objects.create(name=f"第{n}小学", tier="township", line=Line.EDUCATION, area=village.parent)
        lat, lon = 28 + (n % len(villages)) * 0.05 + dice.random() * 0.02, 103 + (n % 7) * 0.05 + dice.random() * 0.02
        school = School.objects.create(unit=unit, area=village, address="某街", grades="1 2 3 4 5 6", from_on=date(2026, 9, 1), lat=lat, lon=lon)
        schools.append(school)
        Bell.objects.create(school=school, grades="1 2 3 4 5 6", weekdays="12345", arrives=f"07:{30 + 5 * (n % 3)}", leaves=f"17:{40 + 5 * (n % 3)}", from_on=date(2026, 9, 1))
        gates = [Gate.objects.create(school=school, name=name, kind="gate", from_on=date(2026, 9, 1)) for name in ("东门", "斑马线", "西门")[: 3 if n % 2 else 2]]
        plan = PlanVersion.objects.create(
            school=school, number=1, from_on=date(2026, 9, 1), review_on=date(2027, 9, 1), drafted_at=at, drafted_for=unit, handed_at=at,
        )  # fmt: skip
        for state in (PlanState.HANDED, PlanState.STANDS):
            PlanVersion.objects.filter(pk=plan.pk).update(state=state)
        for nth, gate in enumerate(gates):
            for going in (False, True):
                Post.objects.create(plan=plan, gate=gate, going=going, name=gate.name, before=20, after=20, task="疏导", police=int(nth == 1), guards=int(nth == 0), teachers=1 + int(nth == 0),
                                    parents=int(nth == 0))  # fmt: skip
    left = n_guards
    for n, school in enumerate(schools):
        for party, many in (("teacher", 7 if n % 2 else 6), ("guard", 2), ("parent", 4)):
            for k in range(many):
                guard(f"{party}{n}-{k}", party, school.unit, school)
                left -= 1
        guard(f"所警{n}", "police", stations[n % len(stations)], school)
        guard(f"所警乙{n}", "police", stations[n % len(stations)], school)
        left -= 2
    for n in range(max(left, n_schools // 3)):
        guard(f"交警{n}", "police", police, schools[n % len(schools)])
    Guard.objects.bulk_create(guards)
    Qualification.objects.bulk_create([Qualification(guard=one, kind="licence", from_on=date(2026, 1, 1), until_on=date(2027, 1, 1), recorded_at=at) for one in guards if one.party == "guard"])
    Consent.objects.bulk_create([Consent(guard=one, way="paper", from_on=date(2026, 9, 1), to_on=date(2027, 1, 16), recorded_at=at) for one in guards if one.party == "parent"])
    away = [dice.choice(guards) for _each in range(n_guards // 10)]
    moments = [at.replace(year=2026, month=11, day=dice.randrange(2, 28), hour=0) for _one in away]
    GuardAbsence.objects.bulk_create([GuardAbsence(guard=one, from_at=when, until_at=when + timedelta(days=2), why="ill", way="phone", recorded_at=at) for one, when in zip(away, moments, strict=True)])
    return county, officer


def month(n_schools, n_guards):
    """Work a version from rows and print the shares."""
    from django.db import transaction
    from django.utils import timezone

    from wanjia.planning.contract import Control
    from wanjia.schools.models import GateDuty, Guard
    from wanjia.schools.rostering import commands, drawing, standing
    from wanjia.solving.models import Plan, Standing

    county, officer = fill(n_schools, n_guards)
    settings = {"first": FIRST.isoformat(), "end": END.isoformat(), "since": FIRST.isoformat()}
    plan = Plan.objects.create(
        kind=drawing.KIND, about=drawing.about(county, FIRST, END), area=county, number=1, asked_at=timezone.now(), beat_at=timezone.now(), asked_by=officer, settings=settings,
    )  # fmt: skip
    steps, whole = [], time.perf_counter()

    def timed(words, does):
        wall, cpu = time.perf_counter(), time.process_time()
        found = does()
        steps.append((words, time.perf_counter() - wall, time.process_time() - cpu))
        return found

    posed = timed("rows → question", lambda: drawing.build(plan))
    answer = timed("engine", lambda: drawing.solve(posed, Control(60, lambda: False, lambda share, words: None)))
    faults = timed("referee", lambda: drawing.judge(posed, answer))
    with transaction.atomic():
        timed("duties written", lambda: commands.store(plan, posed, answer))
    print(f"\n{answer.words}, gap {answer.gap:.4%}, breaches {len(faults)}; schools {n_schools}, guards {Guard.objects.count()}, duties {GateDuty.objects.count():,}")
    for words, wall, cpu in steps:
        print(f"  {words:18}{wall:8.2f} s{cpu:8.2f} CPU s")
    print(f"  {'rows to roster':18}{time.perf_counter() - whole:8.2f} s   (making the rows is not counted: {whole - START:.1f} s)")
    Standing.objects.create(kind=plan.kind, about=plan.about, plan=plan, since=timezone.now(), by=officer)
    steps.clear()
    cover = timed("cover of a month", lambda: standing.Cover(drawing.schools_of(county, FIRST, END), FIRST, END))
    timed("cover of two days", lambda: standing.Cover(drawing.schools_of(county, FIRST, END), date(2026, 11, 4), date(2026, 11, 6)))
    for words, wall, cpu in steps:
        print(f"  {words:18}{wall:8.2f} s{cpu:8.2f} CPU s")
    print(f"  seats {len(cover.seats):,}, uncovered {len(cover.gaps)}")


START = time.perf_counter()


def main():
    """Make the rows and work them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--schools", type=int, default=60)
    parser.add_argument("--guards", type=int, default=400)
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
        month(args.schools, args.guards)


if __name__ == "__main__":
    sys.exit(main())
