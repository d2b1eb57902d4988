"""A small world of a village that meets: a council of ten, representatives, homes with adults; a meeting and an item in any state."""

from datetime import date, timedelta

from wanjia.kernel.tests.tried import MONDAY
from wanjia.orgs.models import User
from wanjia.registry.models import Household, Membership, Person
from wanjia.village.agenda import commands as agenda
from wanjia.village.models import AgendaItem, BodySeat, Filing, GoverningBody, Meeting, MeetingSeat, Objection, PublicNotice
from wanjia.village.states import Counting, ItemState, MeetingState

DAY = MONDAY.date()
DUE = DAY + timedelta(days=50)
FOUNDED, TOLD = date(2026, 1, 5), DAY - timedelta(days=4)
NAMES = ["卯发林", "岩秀英", "包正才", "吉有福", "铁大山", "柏翠花", "桂长明", "甘小玉", "蒲天顺", "苟三妹", "冷志强", "麻四清"]


def who(world, name="visitor"):
    """Somebody afresh, so that posts are read anew."""
    return User.objects.get(pk=getattr(world, name).pk)


def second(world):
    """The village's other account."""
    return User.objects.get(username="datong2")


def home(world, n, *, village=None, group=""):
    """A home of the village."""
    village = village or world.datong
    return Household.objects.get_or_create(number=f"{village.pk}{900 + n}", defaults={"village": village, "group_name": group, "registered_at": MONDAY})[0]


def villager(world, n, *, born=date(1980, 1, 1), group="", village=None, **facts):
    """An adult in a home of his own, by number."""
    where = home(world, n, village=village, group=group)
    found = Membership.objects.filter(household=where, to_on=None).select_related("person").first()
    if found:
        return found.person
    name = facts.pop("name", NAMES[n] if n < len(NAMES) else f"甲{n}")
    person = Person.objects.create(name=name, birth_on=born, sex="女" if n % 2 else "男", village=where.village, registered_at=MONDAY, **facts)
    Membership.objects.create(person=person, household=where, relation="户主", from_on=date(2020, 1, 1))
    return person


def seat(world, one, n, office="member"):
    """Somebody sits in it."""
    given = {"office": office, "from_on": FOUNDED, "seated_at": MONDAY}
    return BodySeat.objects.get_or_create(body=one, person=villager(world, n), to_on=None, defaults=given)[0]


def body(world, kind="council", seats=0, **facts):
    """A body of the village, with so many seats, the first its head."""
    given = {"name": f"大同村{kind}", "from_on": FOUNDED, "group_name": ""} | facts
    one = GoverningBody.objects.get_or_create(area=given.pop("area", world.datong), kind=kind, group_name=given.pop("group_name"), to_on=None, defaults=given)[0]
    for n in range(seats):
        seat(world, one, n, "head" if n == 0 else "member")
    return one


def meeting(world, state=MeetingState.CALLED, *, of=None, came=7, day=DAY, **facts):
    """A meeting of a council of ten; opened, so many came; closed, its minutes wait for a second hand."""
    of = of or body(world, seats=10)
    given = {"place": "村委会二楼", "told_on": min(TOLD, day), "counting": Counting.SEATS, "called_at": MONDAY} | facts
    one = Meeting.objects.create(body=of, day=day, **given)
    if state in (MeetingState.CALLED, MeetingState.CANCELLED):
        Meeting.objects.filter(pk=one.pk).update(state=state)
    else:
        opened(one, came)
        if state != MeetingState.OPENED:
            Meeting.objects.filter(pk=one.pk).update(state=state, closed_at=MONDAY, closed_by=world.visitor)
    one.refresh_from_db()
    return one


def opened(one, came):
    """It opens, its roll is taken: the first so many came."""
    seats = list(one.body.seats.on(one.day).order_by("pk"))
    due = len(seats) or 1 if one.counting == Counting.SEATS else 100
    came = min(came, due)
    Meeting.objects.filter(pk=one.pk).update(state=MeetingState.OPENED, due=due, present=came, opened_at=MONDAY, recorder=User.objects.get(username="datong"), sheets=0 if seats else 1)
    if one.counting == Counting.SEATS:
        MeetingSeat.objects.bulk_create([MeetingSeat(meeting=one, seat=each, came="present" if n < came else "away") for n, each in enumerate(seats)])


def signed(one):
    """A second hand signed its minutes."""
    Meeting.objects.filter(pk=one.pk).update(signed_at=MONDAY, signed_by=User.objects.get(username="datong2"))
    one.refresh_from_db()
    return one


def item(world, state=ItemState.PROPOSED, *, at=None, of=None, **facts):
    """Something put to the council, moved as far as its state."""
    of = of or (at.body if at else body(world, seats=10))
    given = {
        "source": "villager", "kind": "surroundings", "title": "三组垃圾池搬迁", "words": "垃圾池离水井太近,要搬到路边。", "proposed_on": DAY - timedelta(days=5), "proposed_at": MONDAY,
    } | facts  # fmt: skip
    one = AgendaItem(body=of, **given)
    one.save(force_insert=True)
    if state == ItemState.PROPOSED:
        return one
    rows = AgendaItem.objects.filter(pk=one.pk)
    at = at or meeting(world, MeetingState.OPENED, of=of)
    rows.update(state=ItemState.ON_AGENDA, meeting=at)
    if state in (ItemState.PASSED, ItemState.AMENDED):
        votes = {"votes_for": min(6, at.present), "votes_against": 0, "votes_abstain": 0}
        rows.update(state=state, conclusion="年底前搬到路口", answers="村委会副主任", due_on=DAY + timedelta(days=50), decided_on=at.day, decided_at=MONDAY, **votes)
    elif state == ItemState.REJECTED:
        rows.update(state=state, votes_for=1, votes_against=3, votes_abstain=2, decided_on=at.day, decided_at=MONDAY)
    elif state != ItemState.ON_AGENDA:
        rows.update(state=state, decided_on=at.day, decided_at=MONDAY)
    return AgendaItem.objects.select_related("body__area", "meeting__body").get(pk=one.pk)


def decided(world, **facts):
    """A decision of a meeting that is closed, its minutes signed."""
    held = meeting(world, MeetingState.OPENED)
    one = item(world, ItemState.PASSED, at=held, **facts)
    Meeting.objects.filter(pk=held.pk).update(state=MeetingState.CLOSED, closed_at=MONDAY, closed_by=world.visitor)
    signed(held)
    return AgendaItem.objects.select_related("body__area", "meeting__body").get(pk=one.pk)


def filing(world, one=None, **facts):
    """A decision was filed."""
    one = one or decided(world)
    serial = Filing.objects.count() + 1
    return Filing.objects.create(**{"item": one, "area": world.datong, "year": 2026, "serial": serial, "filed_on": DAY, "heard": "同意", "filed_at": MONDAY} | facts)


def posted(world, one=None, **facts):
    """A decision is up for fifteen days."""
    one = one or filing(world).item
    given = {"item": one, "area": world.datong, "where": "村务公开栏", "words": "年底前搬到路口", "from_on": DAY, "until_on": DAY + timedelta(days=14), "posted_at": MONDAY}
    return PublicNotice.objects.create(**given | facts)


def objection(world, notice=None, **facts):
    """Somebody objects to it."""
    one = Objection(**{"notice": notice or posted(world), "words": "搬到路口味道大", "way": "spoken", "told_on": DAY, "told_at": MONDAY} | facts)
    one.save(force_insert=True)
    return one


def at(days, hour=0):
    """A moment so many days on."""
    return MONDAY + timedelta(days=days, hours=hour)


def by(world):
    """The village worker, by and at."""
    return {"by": who(world), "at": MONDAY}


def passes(one, world, votes=6, **facts):
    """It is decided by so many votes."""
    given = {"ruling": "pass", "votes_for": votes, "conclusion": "年底前搬到路口", "answers": "村委会副主任", "due_on": DUE} | facts
    return agenda.rule_on_item(agenda_item_id=one.pk, **given, **by(world))
