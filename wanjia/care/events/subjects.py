"""What the acts of events are about: an event, an invited home, one helper's part."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.orgs.subjects import locked

from ..models import Event, EventHome, Shift
from .rules import visible_events, visible_homes, visible_shifts

OVER = ("care:events", _("关爱活动"))
EVENTS = Subject(
    "event", "care.event", "care/events", seen=lambda actor, duty: visible_events(actor, duty=duty).select_related("area", "unit"), take=locked(Event, "area", "unit"),
    page="care:event", over=OVER, about=lambda event: event.name,
)  # fmt: skip
ARRIVALS = Subject(
    "arrival", "care.eventhome", "care/arrivals", seen=lambda actor, duty: visible_homes(actor, duty=duty).select_related("event__area", "household__village"),
    take=locked(EventHome, "event__area", "household__village"), page="care:event", of=lambda one: one.event, over=OVER, about=lambda one: one.event.name, drafts=False,
)  # fmt: skip
SHIFTS = Subject(
    "shift", "care.shift", "care/shifts", seen=lambda actor, duty: visible_shifts(actor, duty=duty).select_related("event__area", "helper__organisation"),
    take=locked(Shift, "event__area", "helper__organisation"), page="care:event", of=lambda one: one.event, over=OVER, about=lambda one: one.event.name,
    says=lambda one: one.helper.name, drafts=False,
)  # fmt: skip
