"""What bodies bring: their place in the menu, what the search box finds."""

from django.utils.translation import gettext_lazy as _

from wanjia.doors.kinds import Finder, Place

from ..bodies.queries import matching
from ..duties import Duty

PLACES = [Place("village:bodies", "users", _("自治组织"), "village", 10, (Duty.SEE_VILLAGE,), acts=("/village/seats/*",), often=(Duty.KEEP_MEETINGS,), short=_("自治组织"), hand=82)]
FINDERS = [Finder("village/found.html", matching, rank=40)]
