"""An event attacked: somebody put down while the records were clear, and barred before the day."""

import pytest
from django.db.models import Q

from wanjia.care.events import queries
from wanjia.care.models import Event, Shift

from . import acts_events as acts
from .factories import checked

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
