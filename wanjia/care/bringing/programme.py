"""What the page of a programme brings: its place in the menu, and what of all these rooms stands at a school."""

from django.utils.translation import gettext_lazy as _

from wanjia.doors.kinds import Beside, Place

from ..programme.beside import of_school
from ..programme.queries import LOOKS

PLACES = [Place("care:programme", "chart", _("党旗护苗"), "care", 5, LOOKS, by_area=True)]
BESIDE = [Beside("school", "care/beside/school.html", of_school, rank=30)]
