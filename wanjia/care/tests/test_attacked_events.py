"""An event attacked: somebody put down while the records were clear, and barred before the day."""

from datetime import date

import pytest
from django.db.models import Q

from wanjia.care.events import queries, rules
from wanjia.care.models import Event, Shift
from wanjia.verdict import Refused

from . import acts_events as acts
from .factories import checked
from .test_brought import sent, told, written

pytestmark = pytest.mark.django_db
SAID = "不能到场"


def page(world, client):
    client.force_login(acts.who(world)["by"], backend="django.contrib.auth.backends.ModelBackend")
    return client.get(f"/care/events/{Event.objects.get().pk}/").content.decode()


def barred(world):
    acts.on_duty(world)
    Event.objects.update(for_children=True)
    event, one = Event.objects.get(), Shift.objects.get().helper
    return event, lambda: checked(one, on=event.day, result="not_clear", at=acts.MONDAY)


def test_who_is_barred_after_being_put_down_is_seen_at_once(world, client):
    _event, bar = barred(world)
    assert SAID not in page(world, client)
    bar()
    assert SAID in page(world, client)


def test_without_looking_again_nobody_sees_it(world, client, monkeypatch):
    """Negative control: whoever was clear when put down stays clear."""
    event, bar = barred(world)
    bar()
    monkeypatch.setattr(queries, "clear_on", lambda day: Q())
    assert SAID not in page(world, client) and not queries.shifts_of(event).get().unfit


# An event said to be without minors, to which minors come.


def said_without(world):
    """It was planned without minors; a helper of whom nobody asked the records is down for it."""
    what = acts.planned(world, for_children=False)
    acts.attending.enlist_helper(**what, helper=acts.helper(world, name="没查的人"), what="带队", **acts.who(world))
    return what


def test_when_a_child_comes_the_unvetted_are_seen(world, client):
    what = said_without(world)
    assert SAID not in page(world, client)
    acts.attending.tick_attendance(**what, children=[world.register.child], **acts.who(world))
    assert Event.objects.get().for_children and SAID in page(world, client)


def test_homes_with_children_are_not_invited_to_whom_nobody_vetted(world):
    what = said_without(world)
    acts.attending.invite_village(**what, village=world.datong, **acts.who(world))
    with pytest.raises(Refused, match="背景审查"):
        acts.attending.enlist_helper(**what, helper=acts.helper(world, name="另一个没查的"), what="带队", **acts.who(world))


def test_without_it_an_event_without_minors_is_a_way_round_vetting(world, client, monkeypatch):
    """Negative control."""
    monkeypatch.setattr(acts.attending, "_minors_come", lambda event: None)
    what = said_without(world)
    acts.attending.tick_attendance(**what, children=[world.register.child], **acts.who(world))
    assert SAID not in page(world, client)


# Hours of one day.


def two_shifts(world, start, end):
    """A helper was at one event from nine to half past eleven, and would be at another."""
    acts.worked(world)
    first = Shift.objects.get()
    other = acts.planned(world)
    second = Shift.objects.create(event_id=other["event_id"], helper=first.helper, what="带队", noted_at=acts.MONDAY)
    return acts.attending.note_hours(shift_id=second.pk, from_at=start, to_at=end, what="带队", **acts.who(world))


def test_nobody_is_at_two_events_at_once(world):
    with pytest.raises(Refused, match="另一场活动"):
        two_shifts(world, "11:00", "12:00")


def test_a_day_has_twelve_hours_over_all_events(world):
    with pytest.raises(Refused, match="一天不超过"):
        two_shifts(world, "11:30", "23:00")


def test_one_after_the_other_is_put_down(world):
    """The control."""
    assert two_shifts(world, "11:30", "12:30").minutes == 60


# Hours of what was never held.


def hours(world, client):
    client.force_login(acts.who(world)["by"], backend="django.contrib.auth.backends.ModelBackend")
    said = client.get("/care/hours/").context
    return said["hours_whole"], said["helpers"], len(said["page"].object_list)


def test_hours_of_an_event_that_was_cancelled_are_nobodys(world, client):
    """Put down while it was planned, for its day had come; then it was cancelled."""
    acts.worked(world)
    acts.events.cancel_event(event_id=Event.objects.get().pk, because="下雨没有办", **acts.who(world))
    assert hours(world, client) == (0, 0, 0)


def test_hours_of_one_that_was_held_stand(world, client):
    """The control."""
    acts.worked(world)
    acts.events.hold_event(event_id=Event.objects.get().pk, **acts.who(world))
    assert hours(world, client) == (2, 1, 1)


def test_by_the_day_alone_they_would_be_counted(world, client, monkeypatch):
    """Negative control."""
    acts.worked(world)
    monkeypatch.setattr(queries, "in_year", lambda year, path="": Q(**{f"{path}day__year": year}))
    acts.events.cancel_event(event_id=Event.objects.get().pk, because="下雨没有办", **acts.who(world))
    assert hours(world, client) == (2, 1, 1)


# A year that no calendar bears.


@pytest.mark.parametrize("year", ["0000", "0001", "0017", "1899", "2200", "9999"])
@pytest.mark.parametrize("page", ["care/events/", "care/events/homes/", "care/events/children/", "care/hours/"])
def test_a_year_that_is_none_is_this_one(world, client, page, year):
    acts.ticked(world)
    client.force_login(acts.who(world)["by"], backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(f"/{page}?year={year}").context["year"] == acts.DAY.year


@pytest.mark.parametrize("day", [date(1, 1, 1), date(1899, 12, 31)])
def test_no_event_is_entered_of_a_year_in_which_nobody_can_be_asked_for(world, day):
    with pytest.raises(Refused, match="核对年份"):
        acts.events.record_event(**acts.facts(world, day=day), **acts.who(world))


# A sheet of events with one row that stops the others.


HEAD = "活动名称,活动日期,乡镇,村,活动地点,主办单位,户数,学生数\n"
ROW = "新春同乐,2026-10-01,细沙乡,大同村,操场,,12,40\n"


@pytest.mark.usefixtures("monday")
@pytest.mark.parametrize(("row", "code"), [
    (ROW.replace(",12,", ",3.5,"), "event.count"), (ROW.replace(",12,", ",100000,"), "event.count"), (ROW.replace("2026-10", "1026-10"), "event.year"),
    (ROW.replace("2026-10", "2027-10"), "date.future"), (ROW.replace(",40", ",41"), "event.twice"), (ROW.replace("操场", "礼堂"), "event.twice"),
])  # fmt: skip
def test_a_row_that_cannot_be_is_told_and_the_others_are_written(world, row, code):
    upload = sent(world, "events", HEAD, ROW, row.replace("新春同乐", "新春同乐" if code == "event.twice" else "另一场"), ROW.replace("2026-10-01", "2026-10-02"), by="care")
    assert told(upload) == [code]
    assert written(world, upload, "care")["rows_new"] == 2 and Event.objects.count() == 2


@pytest.mark.usefixtures("monday")
def test_what_was_entered_meanwhile_with_other_facts_stops_no_other_row(world):
    upload = sent(world, "events", HEAD, ROW, ROW.replace("2026-10-01", "2026-10-02"), by="care")
    acts.events.record_event(name="新春同乐", area=world.datong, day=date(2026, 10, 1), venue="礼堂", **acts.who(world))
    assert written(world, upload, "care") == {"rows_new": 1, "rows_same": 0, "rows_changed": 1}
    again = sent(world, "events", HEAD, ROW, ROW.replace("2026-10-01", "2026-10-02"), by="care")
    assert told(again) == ["event.twice"] and again.forecast["counts"]["rows_same"] == 1


# A programme that names who sings.


@pytest.mark.parametrize("said", [{"performers": "王小雨、四年级"}, {"performers": "王 小 雨"}, {"title": "独唱(王小雨)"}])
def test_a_programme_names_no_child(world, client, said, monkeypatch):
    what = acts.planned(world) | {"title": "独唱", "kind": "song"} | said
    with pytest.raises(Refused, match="不写孩子姓名"):
        acts.events.add_programme_item(**what, **acts.who(world))
    monkeypatch.setattr(rules, "names_a_child", lambda *_what: False)
    acts.events.add_programme_item(**what, **acts.who(world))
    assert next(iter(said.values())) in page(world, client), "negative control: every post that reads events reads it, and no line is written"


@pytest.mark.parametrize("performers", ["四年级二班", "金沙艺术团", "王老师", "全体"])
def test_a_class_a_troupe_a_grown_up_may_sing(world, performers):
    """The control."""
    acts.events.add_programme_item(**acts.planned(world), title="我和我的祖国", kind="song", performers=performers, **acts.who(world))
