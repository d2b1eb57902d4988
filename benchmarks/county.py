"""A county for benchmarks: the demo's places and accounts, homes of four in Yongshan's villages, needs in every state with their timelines."""

import random
import sys
from datetime import date, timedelta

SURNAMES, GIVEN = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗", "国华秀英明建桂兰志强玉珍文军春梅海燕小红"


def make_or_reuse(people, needs):
    """Fill the database that Django stands on, unless it has as many people already."""
    from django.core.management import call_command
    from django.db import connection

    from wanjia.kernel import triggers
    from wanjia.orgs.models import Area, Level
    from wanjia.registry.models import Person
    from wanjia.sealing import proof
    from wanjia.site.demo.world import build_world

    call_command("migrate", verbosity=0)
    if Person.objects.count() >= people:
        return
    print("· building the county and its rows", file=sys.stderr, flush=True)
    proof.first_set_up()
    build_world()
    triggers.lift()
    fill_needs(fill_homes(list(Area.objects.filter(level=Level.VILLAGE, code__startswith="530625")), people // 4), needs)
    triggers.lay()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def fill_homes(villages, count):
    """Insert homes of four people; return the homes."""
    from django.utils import timezone

    from wanjia.registry.models import Household, Membership, Person

    draw, now = random.Random(2), timezone.now()
    homes = [
        Household(number=f"{villages[n % len(villages)].code}{n:06d}", village=villages[n % len(villages)], registered_at=now,
                  group_name=f"{n % 9 + 1}组", verified_on=date(2026, 1 + n % 10, 1)) for n in range(count)
    ]  # fmt: skip
    Household.objects.bulk_create(homes, batch_size=2000)
    for start in range(0, count, 5000):
        folk, bonds = [], []
        for n, home in enumerate(homes[start : start + 5000], start):
            surname = draw.choice(SURNAMES)
            for place, relation in enumerate(("户主", "配偶", "儿子", "女儿")):
                person = somebody(4 * n + place, place, surname, draw, home, now)
                folk.append(person)
                bonds.append(Membership(household=home, person=person, relation=relation))
        Person.objects.bulk_create(folk, batch_size=2000)
        Membership.objects.bulk_create(bonds, batch_size=2000)
    return homes


def somebody(serial, place, surname, draw, home, now):
    """Return one member of a home (a Person not written yet), with a sound number of their own."""
    from wanjia.policy.identity import check_char
    from wanjia.registry.models import Person
    from wanjia.registry.names import sounds_of

    born = date(1960 + 25 * (place > 1), 1, 1) + timedelta(days=serial % 10_000)
    body = f"530625{born:%Y%m%d}{serial // 10_000 * 4 + place:03d}"
    number, name = body + check_char(body), surname + draw.choice(GIVEN) + draw.choice(GIVEN)
    sound, initials = sounds_of(name)
    return Person(name=name, pinyin=sound, initials=initials, birth_on=born, citizen_id=number, citizen_last4=number[-4:],
                  sex="MFMF"[place], village=home.village, registered_at=now)  # fmt: skip


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
            number=f"530625-{day:%Y%m}-{n:06d}"[:20], state=state, household=home, village_id=home.village_id, requester_name=f"{draw.choice(SURNAMES)}建平",
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
