"""What care keeps of somebody who is erased: a row of every model that can hold a word of the person (office/tests/erased_world.py plants them)."""

from datetime import date, time, timedelta

from wanjia.care.models import (
    BackgroundCheck,
    Canteen,
    CareClass,
    Collector,
    Concern,
    Diner,
    Distribution,
    Enrolment,
    Event,
    EventChild,
    EventHome,
    Gift,
    Helper,
    LineContact,
    Meal,
    MissedCall,
    Pair,
    Presence,
    Rhythm,
    Serving,
    Session,
    Shift,
    TeamMember,
    Wish,
    WishClaim,
    WishMoney,
)
from wanjia.kernel import triggers
from wanjia.kernel.tests.tried import MONDAY

from .factories import START, helper, team

DAY = MONDAY.date()


def rows(world, person, mark):
    """Return {model: its row, or its fields}: the person helped, was paired, came to class, was fetched, ate and missed a meal, had a wish, stood on a roll of gifts."""
    one = helper(world, person=person, name=mark, to_on=DAY, end_reason=f"{mark}离任")
    return {Helper: one, BackgroundCheck: {"helper": one, "on": START, "until_on": DAY, "result": "clear", "authority": "某局", "recorded_at": MONDAY}, TeamMember: {"team": team(world), "helper": one, "from_on": START},
            Pair: {"child": person, "helper": one, "from_on": START}, **_lines(person, one), **_class(world, person, one), **_canteen(world, person),
            **_wish(world, person, mark), **_event(world, person, one, mark)}  # fmt: skip


def _lines(person, one):
    told = {"on": DAY, "recorded_at": MONDAY, "child": person}
    return {
        LineContact: {"helper": one, "line": "teacher", "way": "phone", "reached": False, **told}, Concern: {"domain": "study", "level": "watch", **told},
        Rhythm: {"child": person, "pace": "others", "from_on": START, "looked_on": START},
    }  # fmt: skip


def _class(world, person, leader):
    told = {"unit": world.office, "area": world.datong, "place": "某处", "from_on": START, "until_on": DAY + timedelta(days=9)}
    one = CareClass.objects.create(name="某课堂", kind="weekend", weekdays="6", starts=time(9), ends=time(11), seats=9, leader=leader, **told)
    session = Session.objects.create(care_class=one, day=DAY, opened_at=MONDAY)
    by_child = {"child": person}
    return {
        Enrolment: {"care_class": one, "state": "in_class", "on": DAY, "recorded_at": MONDAY, **by_child}, Presence: {"session": session, **by_child},
        Collector: {"relation": "亲属", "from_on": DAY, "listed_at": MONDAY, **by_child},
    }  # fmt: skip


def _canteen(world, person):
    place = Canteen.objects.create(name="某食堂", unit=world.office, area=world.datong, place="某处", meal="lunch", served_at=time(11), price=800, share=200, from_on=date(2026, 9, 1))
    diner = Diner(canteen=place, person=person, weekdays="1", from_on=DAY, recorded_at=MONDAY)
    diner.save()
    meal = Meal.objects.create(canteen=place, day=DAY, price=800, share=200, opened_at=MONDAY)
    serving = Serving.objects.create(meal=meal, diner=diner)
    return {Diner: diner, MissedCall: {"serving": serving, "at": MONDAY, "result": "well"}}


def _event(world, person, one, mark):
    """The person helped at an event and came to it, with its home."""
    event = Event.objects.create(name="某活动", area=world.datong, unit=world.office, day=DAY, venue="某处", state="event_held", recorded_at=MONDAY)
    told = {"event": event, "noted_at": MONDAY}
    return {
        Shift: {"helper": one, "what": f"{mark}带队", **told}, EventChild: {"child": person, "marked": "list", **told},
        EventHome: {"household": world.home, "came": True, "marked": "list", **told},
    }


def _wish(world, person, mark):
    one = Wish(
        code="ERASE", child=person, area=world.datong, kind="sport", band="band_7", thing=f"{mark}的鞋", cost=100, made_on=DAY, recorded_at=MONDAY, state="wish_rejected",
        reason=f"{mark}有了", school=mark, signed_by=mark, thanks=mark, words=mark,
    )  # fmt: skip
    triggers.lift(models=[Wish])
    one.save(force_insert=True)
    triggers.lay(models=[Wish])
    claim = WishClaim(wish=one, kind="a_person", name="热心人", phone="13887000077", code="ABCDEFGH", claimed_at=MONDAY, until_on=DAY + timedelta(days=8), ended_at=MONDAY, end="lapsed")
    claim.save(force_insert=True)
    given = Distribution.objects.create(school=world.office, name="某次发放", thing="鞋", sizing="shoes", opened_at=MONDAY)
    return {
        Wish: one, WishClaim: {"wish": one, "kind": "a_person", "code": "HGFEDCBA", "claimed_at": MONDAY, "until_on": DAY + timedelta(days=8)}, WishMoney: {"claim": claim, "kind": "money_spent", "amount": 1, "on": DAY, "words": mark, "recorded_at": MONDAY},
        Gift: {"distribution": given, "child": person},
    }  # fmt: skip
