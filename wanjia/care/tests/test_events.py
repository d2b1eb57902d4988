"""Events: three figures from rows, many hosts counted once, distinct counts for any attendance, helpers' hours; each with its negative control."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wanjia.kernel.models import Entry
from wanjia.kernel.tests.tried import MONDAY
from wanjia.policy import events as policy
from wanjia.registry.models import Household, Membership, Person
from wanjia.reporting.figures.queries import figures, rows_of
from wanjia.verdict import Refused

from ..attending import commands as attending
from ..events import commands as events
from ..events import queries
from ..figures.events import POPULATIONS
from ..models import Event, EventChild, EventHome, Shift
from . import acts_events as acts

pytestmark = pytest.mark.django_db
DAY = acts.DAY


def counted(day=None):
    """Return {id: n} of the three figures, from all rows."""
    return {one["id"]: one["n"] for of in POPULATIONS for one in figures(of.rows.objects.all(), day, DAY)}


def children(world, n):
    """n more children, two a home."""
    made = []
    for k in range(n):
        if k % 2 == 0:
            home = Household.objects.create(number=f"5306252022019{k:03d}", village=world.datong, registered_at=MONDAY)
        child = Person.objects.create(name=f"孩子{k}", village=world.datong, birth_on=date(2014, 5, 1 + k), schooling="primary", registered_at=MONDAY)
        Membership.objects.create(household=home, person=child, relation="子", from_on=date(2020, 1, 1))
        made.append(child)
    return made


def test_the_three_figures_come_from_rows_and_none_from_another(world):
    some = children(world, 6)
    for name, came in (("元旦晚会", some[:4]), ("中秋晚会", some[2:])):
        attending.tick_attendance(**acts.held(world, name=name), children=came, **acts.who(world))
    acts.planned(world, name="还没办")
    assert counted() == {"events.held": 2, "events.households": 3, "events.students": 6}
    assert rows_of("events.students", EventChild.objects.all(), None, DAY).count() == 6
    assert queries.three(Event.objects.all(), 2026) == {"events": 2, "homes": 3, "children": 6, "hand_homes": 0, "hand_children": 0}


def test_a_hand_count_is_never_added_to_those_who_are_named(world):
    what = acts.held(world)
    attending.tick_attendance(**what, children=children(world, 2), **acts.who(world))
    attending.count_attendance(**what, more_homes=100, more_children=200, **acts.who(world))
    assert counted() == {"events.held": 1, "events.households": 1, "events.students": 2}
    assert queries.three(Event.objects.all(), 2026) == {"events": 1, "homes": 1, "children": 2, "hand_homes": 100, "hand_children": 200}


def test_a_hand_count_that_stands_is_corrected_with_its_reason_and_what_stood_stays_written(world):
    what = acts.held(world)
    attending.count_attendance(**what, more_homes=12, more_children=30, **acts.who(world))
    with pytest.raises(Refused, match="为什么改"):
        attending.count_attendance(**what, more_homes=120, more_children=300, **acts.who(world))
    assert Event.objects.get().more_homes == 12
    attending.count_attendance(**what, more_homes=21, more_children=30, reason="户数写反了", **acts.who(world))
    first, last = Entry.objects.filter(act="event.count").order_by("pk")
    assert first.detail["was"] == {"more_homes": 0, "more_children": 0}, "the control: the first count corrects nothing"
    assert last.detail["was"] == {"more_homes": 12, "more_children": 30} and last.reason == "户数写反了"


def test_many_hosts_are_one_event(world):
    what = acts.held(world)
    for name in ("关工委", "老干部支部", "金沙艺术团"):
        events.add_host(**what, name=name, **acts.who(world))
    assert counted()["events.held"] == 1 and Event.objects.get().hosts.count() == 4
    # The negative control: counted over its hosts, the event would be four.
    assert Event.objects.filter(hosts__isnull=False).count() == 4
    assert [one.n_hosts for one in queries.listed(Event.objects.all())] == [4]


def test_a_past_day_counts_its_own_year(world):
    who = acts.who(world)
    events.record_event(**acts.told(world, day=date(2023, 12, 20)), **who)
    events.record_event(**acts.told(world, day=date(2024, 1, 2)), **who)
    assert [counted(date(2023, 12, day))["events.held"] for day in (19, 20, 31)] == [0, 1, 1]
    assert counted(date(2024, 1, 2))["events.held"] == 1 and counted()["events.held"] == 0


ATTENDING = st.lists(st.tuples(st.sampled_from([date(2025, 12, 30), date(2026, 1, 3), date(2026, 1, 3), date(2026, 9, 28)]), st.sets(st.integers(0, 5))), min_size=1, max_size=4)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ATTENDING)
def test_distinct_counts_are_right_for_any_attendance(world, drawn):
    for model in (EventChild, EventHome):
        model.objects.all().delete()
    Membership.objects.filter(person__name__startswith="孩子").delete()
    Person.objects.filter(name__startswith="孩子").delete()
    Household.objects.filter(number__startswith="5306252022019").delete()
    some, seen = children(world, 6), {2025: set(), 2026: set()}
    for day, came in drawn:
        event = Event.objects.create(area=world.datong, unit=world.township, name=f"活动{Event.objects.count()}", day=day, venue="操场", state="event_held", recorded_at=MONDAY)
        if came:
            attending.tick_attendance(event_id=event.pk, children=[some[k] for k in came], **acts.who(world))
        seen[day.year] |= came
    for year, day in ((2025, date(2025, 12, 31)), (2026, None)):
        got = counted(day)
        assert got["events.students"] == len(seen[year])
        assert got["events.households"] == len({k // 2 for k in seen[year]})
        three = queries.three(Event.objects.all(), year)
        assert (three["children"], three["homes"]) == (len(seen[year]), len({k // 2 for k in seen[year]}))


def test_counting_rows_would_count_somebody_twice(world):
    """The negative control of the property: rows alone are attendances, not children."""
    some = children(world, 2)
    for name in ("一", "二"):
        attending.tick_attendance(**acts.held(world, name=f"第{name}场"), children=some, **acts.who(world))
    assert EventChild.objects.count() == 4 and counted()["events.students"] == 2


def test_a_child_registered_twice_and_put_together_is_one(world):
    one, twin = children(world, 2)
    attending.tick_attendance(**acts.held(world), children=[one, twin], **acts.who(world))
    assert counted()["events.students"] == 2
    Person.objects.filter(pk=twin.pk).update(merged_into=one)
    assert counted()["events.students"] == 1


def test_the_same_is_noted_once_by_list_and_by_code(world):
    arrival = acts.invited(world)
    attending.note_arrival(**arrival, children=[world.register.child], **acts.who(world))
    attending.note_arrival(**arrival, children=[world.register.child], **acts.who(world))
    attending.tick_attendance(event_id=Event.objects.get().pk, children=[world.register.child], **acts.who(world))
    assert list(EventChild.objects.values_list("marked", flat=True)) == ["code"]
    assert EventHome.objects.get(pk=arrival["arrival_id"]).came


def test_a_team_goes_without_those_who_may_not_be_near_children(world):
    what = acts.planned(world)
    event = attending.enlist_team(**what, team=acts.in_a_team(world), what="演出", **acts.who(world))
    assert [one.helper.name for one in Shift.objects.all()] == ["岳帮扶"] and "1" in event.said


def test_of_an_event_without_minors_nobodys_records_are_asked(world):
    """The negative control: with minors the same helper is refused."""
    from .factories import helper

    unseen = helper(world, name="没查的人")
    attending.enlist_helper(**acts.planned(world, name="重阳节", for_children=False), helper=unseen, what="演出", **acts.who(world))
    with pytest.raises(Refused):
        attending.enlist_helper(**acts.planned(world, name="六一", for_children=True), helper=unseen, what="演出", **acts.who(world))


def test_whoever_is_not_insured_is_named_so(world):
    acts.worked(world)
    shift = Shift.objects.select_related("helper").get()
    assert shift.minutes == 150 and not shift.insured
    shift.helper.insured_until = DAY
    shift.helper.save()
    attending.note_hours(shift_id=shift.pk, from_at="09:00", to_at="10:00", what="带队", **acts.who(world))
    shift.refresh_from_db()
    assert shift.insured and shift.minutes == 60


def test_items_close_up(world):
    what = acts.item(world)
    events.move_item(**what, turn=1, **acts.who(world))
    assert list(Event.objects.get().items.values_list("turn", "title")) == [(1, "我和我的祖国"), (2, "鼓舞少年")]
    events.drop_item(**what, **acts.who(world))
    assert list(Event.objects.get().items.values_list("turn", "title")) == [(1, "鼓舞少年")]


def test_hosts_of_an_old_list_are_found_in_the_register_or_kept_by_name(world):
    event = events.record_event(**acts.told(world), **acts.who(world))
    assert [(str(one), one.role) for one in event.hosts.order_by("role", "name")] == [("永善县民政局", "co_host"), ("金沙艺术团", "co_host"), ("细沙乡人民政府", "lead")]


def test_an_event_near_a_festival_belongs_to_it():
    edition = policy.in_force(DAY)
    assert edition.belongs("new_year", date(2025, 12, 20)) and edition.belongs("mid_autumn", date(2026, 9, 28)) and not edition.belongs("children", DAY)
    assert edition.belongs("spring", date(2050, 8, 8)) and not edition.belongs("other", DAY)  # a year that no list knows is judged by nobody


# What pages show.


def signed_in(client, world, name="clerk"):
    """The reader's browser."""
    client.force_login(getattr(world, name))
    return client


def readings(world):
    """How many readings of the child's name are journalled."""
    return Entry.objects.filter(act="child.named_in_care", subject_id=str(world.register.child.pk)).count()


def test_the_roll_names_children_after_a_line_for_each(world, client):
    what = acts.held(world)
    page = f"/care/events/{what['event_id']}/roll/"
    empty = signed_in(client, world).get(page)
    assert world.register.child.name not in empty.content.decode() and readings(world) == 0
    shown = client.get(page, {"village": world.datong.pk})
    assert world.register.child.name in shown.content.decode() and readings(world) == 1 and "no-store" in shown["Cache-Control"]


@pytest.mark.parametrize("page", ["/care/events/", "/care/events/children/", "/care/events/homes/", "/care/hours/", "/care/events/{pk}/", "/care/events/{pk}/paper/", "/care/events/{pk}/invitations/"])
def test_no_other_page_names_a_child_or_a_home(world, client, page):
    """The roll is the negative control: it does name the child."""
    acts.invited(world)
    attending.tick_attendance(event_id=Event.objects.get().pk, children=[world.register.child], **acts.who(world))
    events.hold_event(event_id=Event.objects.get().pk, **acts.who(world))
    answer = signed_in(client, world).get(page.format(pk=Event.objects.get().pk))
    text = answer.content.decode()
    assert answer.status_code == 200 and world.register.child.name not in text and world.register.home.number not in text


def test_invitations_bear_a_code_of_their_own_and_who_stands_far_opens_none(world, client):
    arrival = acts.invited(world)["arrival_id"]
    assert signed_in(client, world).get(f"/care/arrivals/{arrival}/come/").status_code == 200
    assert signed_in(client, world, "stranger").get(f"/care/arrivals/{arrival}/come/").status_code == 404


def test_what_waits_is_said_once_its_day_is_over(world):
    acts.planned(world)
    assert queries.unsettled(acts.who(world)["by"], DAY).count() == 0
    assert queries.unsettled(acts.who(world)["by"], DAY + timedelta(days=1)).count() == 1


# Today's spreadsheet.

TABLE = "活动主题,举办日期,村(社区),地点,主办单位,户数,学生人数\n庆元旦、迎新春,2023-01-01,大同村,大同小学,细沙乡人民政府、关工委,{homes},40\n六一,2023-06-01,大同村,大同小学,,12,30\n"


def brought_in(world, **numbers):
    """Bring the office's list in as a user would; return its counts."""
    from wanjia.registry.applying import commands as applying
    from wanjia.registry.importing import commands as importing

    who = acts.who(world)
    upload = importing.judge_upload(importing.receive_upload(template="events", name="活动台账.csv", body=TABLE.format(**numbers).encode(), **who), **who)
    importing.confirm_upload(upload_id=upload.pk, **who)
    return applying.apply_upload(upload, **who)


def test_an_office_s_list_of_events_comes_in_once(world):
    brought_in(world, homes=25)
    brought_in(world, homes=25)
    assert list(Event.objects.order_by("day").values_list("name", "festival", "more_homes", "more_children", "state")) == [
        ("庆元旦、迎新春", "new_year", 25, 40, "event_held"), ("六一", "children", 12, 30, "event_held")]
    assert [str(one) for one in Event.objects.get(festival="new_year").hosts.order_by("-role")] == ["细沙乡人民政府", "关工委"]
    assert queries.three(Event.objects.all(), 2023) == {"events": 2, "homes": 0, "children": 0, "hand_homes": 37, "hand_children": 70}
