"""Each CHECK and each unique constraint of events and pictures, met by name."""

from datetime import timedelta

from django.db.models import F

from wanjia.care.models import Event, EventChild, EventHome, EventHost, EventItem, Photo, Shift

from . import acts_events as acts

NOON = "12:00"


def _changed(make, model, **values):
    """A situation whose rows are changed past the acts."""

    def change(world):
        make(world)
        model.objects.update(**values)

    return change


def _the(make, model):
    """The one row of a situation, to be written a second time."""

    def found(world):
        make(world)
        return model.objects.first()

    return found


def _team_hosts(world):
    acts.events.add_host(**acts.planned(world), team=acts.team(world), **acts.who(world))


def _name_hosts(world):
    acts.events.add_host(**acts.planned(world), name="关工委", **acts.who(world))


def _row(make, **which):
    def found(world):
        make(world)
        return EventHost.objects.get(**which)

    return found


CHECKS = {
    "event_cancelled_with_reason": _changed(acts.planned, Event, cancelled_because="下大雪"),
    "host_is_one_thing": _changed(acts.planned, EventHost, name="也写了名"),
    "home_came_somehow": _changed(acts.invited, EventHome, came=True),
    "shift_ends_after_it_begins": _changed(acts.on_duty, Shift, from_at=NOON, to_at=NOON),
    "photo_shown_by_consent": _changed(acts.shown, Photo, consent="refused"),
    "photo_published_by_another": _changed(acts.shown, Photo, published_by=F("covered_by")),
    "photo_kept_for_a_time": _changed(acts.taken, Photo, until_on=acts.DAY - timedelta(days=9)),
}
ONCE = {
    "event_once_a_day": _the(acts.planned, Event),
    "one_lead_an_event": lambda w: EventHost(event_id=acts.planned(w)["event_id"], name="另一家", role="lead"),
    "unit_hosts_once": lambda w: _row(acts.hosted, organisation=w.civil)(w),
    "team_hosts_once": _row(_team_hosts, team__isnull=False),
    "name_hosts_once": _row(_name_hosts, name="关工委"),
    "one_item_a_turn": _the(acts.item, EventItem),
    "a_home_once_an_event": _the(acts.invited, EventHome),
    "a_child_once_an_event": _the(acts.ticked, EventChild),
    "a_helper_once_an_event": _the(acts.on_duty, Shift),
}
