"""What plans bring: their place in the menu, what waits, tones of their states, the figure."""

from django.utils.translation import gettext_lazy as _

from wanjia.doors.kinds import Beside, Place

from ..duties import Duty
from ..figures.plans import SCHOOLS
from ..plans import queries

PLACES = [
    Place("schools:plans", "map", _("护学方案"), "schools", 15, (Duty.SEE_SCHOOLS,), acts=("/schools/plans/*", "/schools/posts/*", "/schools/risks/*", "/schools/contacts/*", "/schools/marks/*")),
]  # fmt: skip
QUEUES = [queries.queue]
TONES = [("plan_draft", "orange"), ("plan_handed_in", "blue"), ("plan_stands", "green"), ("plan_replaced", "grey")]
POPULATIONS = [SCHOOLS]
BESIDE = [Beside("school", "schools/plans/beside.html", lambda request, school: queries.beside(school, request.day))]
