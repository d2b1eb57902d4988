"""What events and their pictures bring to the pages of the house: gathered in brings.py."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from wanjia.doors.kinds import Beside, Notice, Place

from ..duties import Duty
from ..event_states import PhotoState
from ..events import rules, workbook
from ..events.queries import unsettled
from ..figures import events as figures
from ..models import Photo
from ..photos import rules as photo_rules
from ..photos.commands import dispose_photos

PLACES = [
    Place("care:events", "calendar", _("关爱活动"), "care", 50, rules.READS, acts=("/care/arrivals/*", "/care/shifts/*")),
    Place("care:photos", "eye", _("活动照片"), "care", 52, rules.READS, acts=("/care/photos/*",), often=photo_rules.WORKS),
]


def _uncovered(actor, _day):
    """How many pictures wait for the actor to cover their faces."""
    return Photo.objects.filter(photo_rules.uncovered_for(actor), state=PhotoState.UNCOVERED).count() if actor.has_duty(*photo_rules.WORKS) else 0


def queue(actor, day):
    """Return {name of the place: n} of what waits: pictures without cover, events of which nobody said whether they were held."""
    found = {}
    if actor.has_duty(*photo_rules.WORKS):
        found["care:photos"] = _uncovered(actor, day)
    if actor.has_duty(Duty.HOLD_EVENTS):
        found["care:events"] = unsettled(actor, day).count()
    return found


QUEUES = [queue]
_WAITS = ngettext_lazy("有 %(n)s 张活动照片还没有遮脸", "有 %(n)s 张活动照片还没有遮脸", "n")
NOTICES = [Notice(_uncovered, _WAITS, "care:photos", where="desk", icon="eye", rank=58)]
TONES = [
    ("event_planned", "blue"), ("event_held", "green"), ("event_cancelled", "grey"), ("uncovered", "orange"), ("covered", "blue"), ("photo_published", "green"),
    ("photo_withdrawn", "grey"), ("photo_disposed", "grey"),
]  # fmt: skip
POPULATIONS = figures.POPULATIONS
IMPORTS = [workbook.IMPORT]
TIMERS = [dispose_photos]


def of_event(request, event):
    """The pictures of an event, as the reader may see them: of one that waits for its cover the words alone."""
    rows = photo_rules.visible_photos(request.user).filter(event=event, state__in=photo_rules.KEPT).defer("raw", "body")
    return {"photos": list(rows[:12])}


BESIDE = [Beside("care_event", "care/photos/of_event.html", of_event)]
