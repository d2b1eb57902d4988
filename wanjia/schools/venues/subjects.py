"""What the acts of places are about."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.orgs.subjects import locked, looked

from ..models import Venue
from . import rules

OVER = ("schools:venues", _("周边场所"))
_OF = ("area", "near__unit", "campus__unit")
VENUES = Subject(
    "venue", "schools.venue", "schools/venues", seen=lambda actor, duty: rules.visible_venues(actor, duty=duty).select_related(*_OF), take=locked(Venue, *_OF), look=looked(Venue, *_OF),
    page="schools:venue", over=OVER, about=str,
)  # fmt: skip
