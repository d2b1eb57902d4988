"""An afternoon: who comes, who is looked for, who fetches; a stranger at the gate; whose names were read is written down."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from tests.house.worlds import World
from wanjia.care.classes import commands, queries, rules
from wanjia.care.models import CareClass, Collector, Enrolment, Presence, Session
from wanjia.kernel.calendar import CHINA, WorkingCalendar
from wanjia.kernel.models import Entry
from wanjia.kernel.tests.tried import MONDAY
from wanjia.verdict import ALLOWED, Refused

from . import acts_classes as acts

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


def at(hour, minute=0):
    return timezone.make_aware(datetime(2026, 11, 2, hour, minute), CHINA)


def by(world, name="clerk"):
    return acts.who(world, name)["by"]


def test_a_stranger_at_the_gate_goes_without_the_child(world):
    acts.there(world)
    presence = Presence.objects.get()
    for said in ("AAAAAA", "", "王建军"):
        with pytest.raises(Refused):
            commands.hand_child(presence_id=presence.pk, code=said, by=by(world), at=at(18))
    presence.refresh_from_db()
    assert presence.state == "present" and presence.fetched_by is None


def test_without_its_rule_the_stranger_has_the_child(world, monkeypatch):
    """Negative control: an adult of another child's list says his own code."""
    acts.there(world)
    other = Collector.objects.create(child=world.register.wife, name="路人", relation="不认识", code="ZZZZZZ", from_on=date(2026, 9, 1), listed_at=MONDAY)
    with pytest.raises(Refused):
        commands.hand_child(presence_id=Presence.objects.get().pk, adult=other, known_by="他自己说的", by=by(world), at=at(18))
    monkeypatch.setattr(rules, "may_fetch", lambda *_asked: ALLOWED)
    commands.hand_child(presence_id=Presence.objects.get().pk, adult=other, known_by="他自己说的", by=by(world), at=at(18))
    assert Presence.objects.get().fetched_by == other


def test_nobody_lets_an_adult_in_alone(world):
    """Who lists an adult cannot confirm him, and who is not confirmed fetches nobody."""
    acts.listed(world)
    one = Collector.objects.get()
    with pytest.raises(Refused, match="另一个人"):
        commands.confirm_collector(collector_id=one.pk, said="我自己问的监护人", by=by(world), at=MONDAY)
    commands.open_session(care_class_id=CareClass.objects.get().pk, by=by(world), at=MONDAY)
    presence = Presence.objects.get()
    commands.mark_presence(presence_id=presence.pk, result="present", by=by(world), at=at(16, 30))
    with pytest.raises(Refused, match="还没有向监护人核实"):
        commands.hand_child(presence_id=presence.pk, code=one.code, by=by(world), at=at(18))


def test_a_child_who_is_late_is_an_alarm(world):
    acts.called(world)
    assert queries.alarms(by(world), at(16, 44)) == []
    (late,) = queries.alarms(by(world), at(16, 45))
    commands.mark_presence(presence_id=late.pk, result="not_here", by=by(world), at=at(16, 46))
    assert len(queries.alarms(by(world), at(16, 50))) == 1, "looked for is still an alarm"
    commands.mark_presence(presence_id=late.pk, result="found", words="问了奶奶,在家发烧", by=by(world), at=at(16, 55))
    assert queries.alarms(by(world), at(17)) == []
    commands.close_session(session_id=Session.objects.get().pk, by=by(world), at=at(18))


def test_a_child_whom_nobody_fetches_is_an_alarm_and_keeps_the_session_open(world):
    acts.there(world)
    assert queries.alarms(by(world), at(18, 19)) == []
    assert len(queries.alarms(by(world), at(18, 20))) == 1
    with pytest.raises(Refused, match="不能下课"):
        commands.close_session(session_id=Session.objects.get().pk, by=by(world), at=at(18, 30))


def test_a_class_that_nobody_opens_is_an_alarm(world):
    acts.on_roll(world)
    assert queries.unopened(queries.held_today(by(world), MONDAY.date()), at(16, 44)) == []
    assert queries.unopened(queries.held_today(by(world), MONDAY.date()), at(16, 45)) == [CareClass.objects.get()]
    commands.open_session(care_class_id=CareClass.objects.get().pk, by=by(world), at=at(16, 50))
    assert queries.unopened(queries.held_today(by(world), MONDAY.date()), at(17)) == []


def test_an_afternoon_goes_by_the_calendar_of_school_days(world, monkeypatch):
    acts.a_class(world)
    one, calendar = CareClass.objects.get(), WorkingCalendar({date(2026, 10, 1): False, date(2026, 10, 10): True, date(2026, 11, 3): False})
    monkeypatch.setattr(WorkingCalendar, "load", lambda: calendar)

    def held(day):
        return rules.held_on(one, day, rules.bells_on([one], day)[one.pk])

    assert held(date(2026, 11, 2))
    assert not held(date(2026, 11, 3)), "a feast"
    assert held(date(2026, 10, 10)), "a Saturday that makes up for it"
    assert not held(date(2026, 11, 7))


def test_the_line_moves_by_the_hour_of_asking(world):
    acts.a_class(world, seats=1)
    children = [world.register.child, world.register.wife, world.register.head]
    for turn, child in enumerate(children):
        Enrolment.objects.create(
            care_class=CareClass.objects.get(), child=child, state="in_class" if turn == 0 else "waits_seat", on=MONDAY.date(), asked_by="家长",
            recorded_at=MONDAY + timedelta(minutes=turn),
        )  # fmt: skip
    commands.leave_class(enrolment_id=Enrolment.objects.get(child=children[0]).pk, reason="转学", by=by(world), at=MONDAY)
    assert [Enrolment.objects.get(child=child).state for child in children] == ["out_of_class", "in_class", "waits_seat"]


def test_whose_names_are_read_is_written_down(world, client):
    """Whoever opens the roll has a line for each child; anybody else has one at each sending."""
    acts.opened(world)
    session, child = Session.objects.get(), world.register.child
    about = Entry.objects.filter(subject="registry.person", subject_id=str(child.pk), act="child.named_in_care")
    assert about.count() == 1
    for name, more in (("clerk", 0), ("visitor", 1)):
        before = about.count()
        client.force_login(by(world, name), backend="django.contrib.auth.backends.ModelBackend")
        page = client.get(f"/care/sessions/{session.pk}/")
        assert child.name in page.content.decode() and "no-store" in page["Cache-Control"]
        assert about.count() == before + more
    assert Entry.objects.filter(act=commands.READ, subject_id=str(session.pk)).count() == 2


def test_the_roll_without_its_line_is_seen(world, client, monkeypatch):
    """Negative control of the test above."""
    acts.opened(world)
    monkeypatch.setattr(commands, "read_names", lambda *_children, **_how: None)
    client.force_login(by(world, "visitor"), backend="django.contrib.auth.backends.ModelBackend")
    client.get(f"/care/sessions/{Session.objects.get().pk}/")
    assert Entry.objects.filter(act="child.named_in_care").count() == 1


def test_lists_name_no_child(world, client):
    acts.there(world)
    client.force_login(by(world), backend="django.contrib.auth.backends.ModelBackend")
    for address in ("/care/classes/", f"/care/classes/{CareClass.objects.get().pk}/", f"/care/presences/{Presence.objects.get().pk}/mark/"):
        assert world.register.child.name not in client.get(address).content.decode(), address


def test_a_child_who_gets_a_place_while_the_roll_is_open_stands_on_it(world):
    acts.there(world)
    other = world.register.wife
    type(other).objects.filter(pk=other.pk).update(birth_on=date(2015, 5, 1), schooling="primary")
    care_class = CareClass.objects.get()
    commands.enrol_child(care_class_id=care_class.pk, name=other.name, asked_by="王建国", by=by(world), at=at(17))
    assert Presence.objects.filter(session=Session.objects.get(), child=other, state="expected").exists()


def test_who_moves_up_into_a_place_while_the_roll_is_open_stands_on_it(world):
    acts.there(world)
    care_class, other = CareClass.objects.get(), world.register.wife
    CareClass.objects.update(seats=1)
    type(other).objects.filter(pk=other.pk).update(birth_on=date(2015, 5, 1), schooling="primary")
    commands.enrol_child(care_class_id=care_class.pk, name=other.name, asked_by="王建国", by=by(world), at=at(17))
    assert not Presence.objects.filter(child=other).exists(), "who waits is on no roll"
    first = Enrolment.objects.exclude(child=other).get()
    commands.leave_class(enrolment_id=first.pk, reason="家里接得早", by=by(world), at=at(17, 5))
    assert Presence.objects.filter(child=other, state="expected").exists()


def test_a_wrong_code_at_the_gate_is_counted_and_an_alarm(world):
    acts.there(world)
    assert queries.strangers(by(world), at(18).date()) == 0
    with pytest.raises(Refused):
        commands.hand_child(presence_id=Presence.objects.get().pk, code="AAAAAA", by=by(world), at=at(18))
    assert Session.objects.get().wrong_codes == 1 and queries.strangers(by(world), at(18).date()) == 1
    assert Entry.objects.filter(act="session.stranger").count() == 1


def test_from_the_childs_own_page_nobody_writes_its_name_again(world, client):
    acts.a_class(world)
    client.force_login(by(world), backend="django.contrib.auth.backends.ModelBackend")
    address = f"/care/children/{world.register.child.pk}/class/"
    assert address in client.get(f"/care/children/{world.register.child.pk}/").content.decode()
    page = client.get(address).content.decode()
    assert 'name="asked_by"' in page and 'name="name"' not in page and world.register.child.name not in page
    assert client.post(address, {"care_class": str(CareClass.objects.get().pk), "asked_by": "王建国"}).status_code == 302
    assert Enrolment.objects.get().child == world.register.child
