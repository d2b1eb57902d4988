"""What the clock's look at canteens and classes brings: its round, its lines in the journal, the colours of what it notes."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.brings import Line

from ..unopened import tasks

TIMERS = [tasks.watch]
TICKS = [(tasks.tick, tasks.is_due)]
TONES = [("meal_silent", "red"), ("meal_told", "orange"), ("roll_uncalled", "red"), ("roll_explained", "orange")]
LINES = [Line("meal.silent", _("食堂到点没有开饭记录")), Line("session.silent", _("课堂到点没有点名记录"))]
