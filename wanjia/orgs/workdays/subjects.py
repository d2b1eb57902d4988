"""What the acts on the working-day table are about."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject

from ..models import DayChange
from ..subjects import locked

CALENDAR = ("orgs:calendar", _("工作日历"))
DAYS = Subject("day", "kernel.calendarday", "calendar", seen=None, take=None, page="", over=CALENDAR, slash=False)
CHANGES = Subject(
    "change", "orgs.daychange", "calendar/changes", seen=lambda _actor, *, duty: DayChange.objects.all(), take=locked(DayChange), page="",
    over=CALENDAR, slash=False,
)  # fmt: skip
