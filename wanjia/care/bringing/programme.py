"""What the page of a programme brings: its place in the menu."""

from django.utils.translation import gettext_lazy as _

from wanjia.doors.kinds import Place

from ..programme.queries import LOOKS

PLACES = [Place("care:programme", "chart", _("党旗护苗"), "care", 5, LOOKS, by_area=True)]
