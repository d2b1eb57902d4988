"""What events and their pictures bring to the pages of the house: gathered in brings.py."""

from collections import Counter

from django.db.models import Value
from django.utils.translation import gettext_lazy as _

from wanjia.doors.kinds import Beside, Place

from .. import retaining
from ..duties import Duty
from ..event_states import PhotoState
from ..events import rules, workbook
from ..events.queries import unsettled
from ..figures import events as figures
from ..models import Photo
from ..photos import rules as photo_rules
from ..photos.commands import hold_back

PLACES = [
    Place("care:events", "calendar", _("关爱活动"), "care", 50, rules.READS, acts=("/care/arrivals/*", "/care/shifts/*")),
    Place("care:photos", "eye", _("活动照片"), "care", 52, rules.READS, acts=("/care/photos/*",), often=photo_rules.WORKS),
]


def queue(actor, day):
    """Return {name of the place: n} of what waits: pictures without cover, events of which nobody said whether they were held; one question."""
    waits = {}
    if actor.has_duty(*photo_rules.WORKS):
        waits["care:photos"] = Photo.objects.filter(photo_rules.uncovered_for(actor), state=PhotoState.UNCOVERED)
    if actor.has_duty(Duty.HOLD_EVENTS):
        waits["care:events"] = unsettled(actor, day)
    if not waits:
        return {}
    first, *others = [rows.order_by().annotate(waits=Value(name)).values_list("waits", flat=True) for name, rows in waits.items()]
    found = Counter(first.union(*others, all=True) if others else first)
    return {name: found[name] for name in waits}


QUEUES = [queue]
TONES = [
    ("event_planned", "blue"), ("event_held", "green"), ("event_cancelled", "grey"), ("uncovered", "orange"), ("covered", "blue"), ("photo_published", "green"),
    ("photo_withdrawn", "grey"), ("photo_disposed", "grey"),
]  # fmt: skip
POPULATIONS = figures.POPULATIONS
IMPORTS = [workbook.IMPORT]
RETAINED = [retaining.PHOTOS]
RESTORED = [hold_back]


def of_event(request, event):
    """The pictures of an event, as the reader may see them: of one that waits for its cover the words alone."""
    rows = photo_rules.visible_photos(request.user).filter(event=event, state__in=photo_rules.KEPT).defer("raw", "body")
    return {"photos": list(rows[:12])}


BESIDE = [Beside("care_event", "care/photos/of_event.html", of_event)]
