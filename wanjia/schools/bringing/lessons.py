"""What law in school brings: its place in the menu, what is told on the desk, a card on a school's page, the clock's round."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from wanjia.doors.kinds import Beside, Notice, Place

from ..duties import Duty
from ..lecturing.keeping import LESSON_PLANS
from ..lessons import queries, standing, tasks

PLACES = [
    Place("schools:law", "triage", _("法治进校园"), "schools", 12, (Duty.SEE_SCHOOLS,), short=_("普法"), hand=76, acts=("/schools/lecturers/*", "/schools/lessons/*", "/schools/vice-principals/*", "/schools/planned-lessons/*", "/schools/parent-classes/*")),
]  # fmt: skip
QUEUES = [queries.queue]
_MISSING = ngettext_lazy("法治进校园有 %(n)s 件要补", "法治进校园有 %(n)s 件要补", "n")
NOTICES = [Notice(queries.alarmed, _MISSING, "schools:law", where="desk", tone="warn", icon="alarm", rank=20)]
BESIDE = [Beside("school", "schools/lessons/beside.html", lambda request, school: standing.beside(school, request.day), rank=20)]
TICKS = [(tasks.tick, tasks.is_due)]
PLANNED = [LESSON_PLANS]
