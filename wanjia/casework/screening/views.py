"""The queue of what is to be admitted."""

from django.utils.translation import gettext_lazy as _

from wanjia.doors.pages import queue_of
from wanjia.doors.reading import put

from .commands import admit_need
from .queries import waiting

put("screening/", queue_of(admit_need.act, waiting, _("受理判定"), _("没有待判定的诉求")), name="screening", label="casework")
