"""What the school year brings: its places in the menu."""

from django.utils.translation import gettext_lazy as _

from wanjia.doors.kinds import Place

from ..duties import Duty

PLACES = [Place("schools:schools", "school", _("学校"), "schools", 10, (Duty.SEE_SCHOOLS,), acts=("/schools/bells/*", "/schools/gates/*")),
          Place("schools:calendar", "calendar", _("校历"), "schools", 20, (Duty.SEE_SCHOOLS,), often=())]  # fmt: skip
