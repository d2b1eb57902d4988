"""Classes attacked: an alarm that midnight or the last day of a class silences, a child excused away in one tap, a leader who is barred or gone."""

from datetime import timedelta

import pytest

from wanjia.care.classes import commands, queries, rules
from wanjia.care.helpers.commands import leave_helper
from wanjia.care.models import CareClass, Collector, Helper, Presence, Session
from wanjia.kernel.tests.tried import MONDAY
from wanjia.verdict import Refused

from . import acts_classes as acts
from .factories import checked
from .test_classes import at, by

pytestmark = pytest.mark.django_db
DAY = MONDAY.date()
BACKEND = "django.contrib.auth.backends.ModelBackend"


def test_a_child_whom_nobody_fetched_is_an_alarm_after_midnight_too(world, client):
    acts.there(world)
    assert len(queries.alarms(by(world), at(18, 20))) == 1
    assert len(queries.alarms(by(world), at(18, 20) + timedelta(hours=8))) == 1, "two in the morning"
    client.force_login(by(world), backend=BACKEND)
    assert str(Session.objects.get().pk) in client.get("/care/classes/").content.decode(), "the roll is one tap away, whatever the day"


def test_the_last_day_of_a_class_silences_nobody(world):
    acts.there(world)
    CareClass.objects.update(until_on=DAY)
    assert queries.alarmed(by(world), DAY) == 1


def test_a_child_looked_for_is_not_excused_away_in_one_tap(world):
    what = acts.called(world)
    commands.mark_presence(**what, result="not_here", by=by(world), at=at(16, 46))
    with pytest.raises(Refused, match="谁给孩子请的假"):
        commands.mark_presence(**what, result="excused", by=by(world), at=at(16, 47))
    commands.mark_presence(**what, result="excused", words="妈妈打来电话说发烧", by=by(world), at=at(16, 50))
    assert Presence.objects.get().words == "妈妈打来电话说发烧"


@pytest.mark.parametrize("hour", [17, 18])
def test_a_child_who_was_there_is_not_excused_past_the_gate(world, hour):
    """Else a session is closed over a child whom somebody took along: excused, nobody on the list, no code."""
    what = acts.there(world)
    with pytest.raises(Refused, match="谁给孩子请的假"):
        commands.mark_presence(**what, result="excused", by=by(world), at=at(hour))
    with pytest.raises(Refused):
        commands.close_session(session_id=Session.objects.get().pk, by=by(world), at=at(hour, 30))


def test_without_the_question_the_session_closes_over_the_child(world, monkeypatch):
    """Negative control."""
    what = acts.there(world)
    monkeypatch.setattr(rules, "is_silenced", lambda *_asked: False)
    commands.mark_presence(**what, result="excused", by=by(world), at=at(18))
    commands.close_session(session_id=Session.objects.get().pk, by=by(world), at=at(18, 30))


def test_a_child_not_late_yet_is_excused_in_one_tap_and_a_late_one_is_not(world):
    what = acts.called(world)
    with pytest.raises(Refused):
        commands.mark_presence(**what, result="excused", by=by(world), at=at(16, 45))
    commands.mark_presence(**what, result="excused", by=by(world), at=at(16, 20))


def leads(world):
    """The helper with an account leads the class."""
    acts.opened(world)
    one = CareClass.objects.get().leader
    Helper.objects.filter(pk=one.pk).update(user=world.helper)
    return one


def seen(world, client):
    client.force_login(by(world, "helper"), backend=BACKEND)
    page = client.get(f"/care/sessions/{Session.objects.get().pk}/")
    return page.status_code == 200 and world.register.child.name in page.content.decode()


def test_a_leader_who_is_barred_reads_no_roll(world, client):
    one = leads(world)
    assert seen(world, client)
    checked(one, on=DAY, result="not_clear", at=MONDAY)
    assert not seen(world, client)


def test_without_asking_for_the_check_he_reads_it(world, client, monkeypatch):
    """Negative control."""
    from django.db.models import Q

    checked(leads(world), on=DAY, result="not_clear", at=MONDAY)
    monkeypatch.setattr(rules, "clear_on", lambda day: Q())
    assert seen(world, client)


def test_who_leads_a_class_that_goes_on_does_not_leave(world):
    one = leads(world)
    who = {"by": by(world, "care"), "at": MONDAY}
    with pytest.raises(Refused, match="先给课堂换负责人"):
        leave_helper(helper_id=one.pk, reason="调到外县", **who)
    CareClass.objects.update(until_on=DAY)
    leave_helper(helper_id=one.pk, reason="调到外县", **who)


# A code as a telephone types it.


def wide(code):
    """The code as it comes from a keyboard that stands at full width, in two groups."""
    typed = "".join(chr(ord(sign) + 0xFEE0) for sign in code.lower())
    return f"{typed[:3]}\u3000{typed[3:]}"


def test_the_uncle_is_no_stranger_for_a_keyboard_at_full_width(world):
    what, code = acts.there(world), Collector.objects.get().code
    commands.hand_child(**what, code=wide(code), by=by(world), at=at(18))
    assert (Presence.objects.get().state, Session.objects.get().wrong_codes) == ("fetched", 0)


def test_without_folding_he_goes_home_without_the_child(world, monkeypatch):
    """Negative control: and the desk has an alarm of a stranger."""
    what, code = acts.there(world), Collector.objects.get().code
    monkeypatch.setattr(commands, "fold", lambda text: text.strip().upper())
    with pytest.raises(Refused, match="不要把孩子交给他"):
        commands.hand_child(**what, code=wide(code), by=by(world), at=at(18))
