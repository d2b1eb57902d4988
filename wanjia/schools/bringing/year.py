"""What the school year brings: its places in the menu, a card on the desk."""

from django.utils.translation import gettext_lazy as _

from wanjia.doors.kinds import Beside, Place

from ..duties import Duty
from ..year import beside, workbook

PLACES = [Place("schools:schools", "school", _("学校"), "schools", 10, (Duty.SEE_SCHOOLS,), short=_("学校"), hand=72, acts=("/schools/bells/*", "/schools/gates/?*")),
          Place("schools:calendar", "calendar", _("校历"), "schools", 20, (Duty.SEE_SCHOOLS,), often=(), short=_("校历"), hand=74)]  # fmt: skip
BESIDE = [Beside("desk", "schools/beside/desk.html", beside.on_desk, rank=30)]
IMPORTS = [workbook.IMPORT]
