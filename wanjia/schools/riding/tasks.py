"""The tick: bells that no line serves are looked for every few minutes of the day."""

from django.utils import timezone
from django_tasks import task

from wanjia.kernel.calendar import CHINA
from wanjia.orgs.workdays.hours import CLOCK

from ..models import Rider
from .commands import look_for_lines

OPENS, CLOSES = 5, 20  # hours of the day between which the clock looks


def is_due(at):
    """Tell whether a round has anything to look at."""
    return OPENS <= at.astimezone(CHINA).hour < CLOSES and Rider.objects.exists()


@task(priority=20)
def tick():
    """Do one round."""
    return look_for_lines(by=CLOCK, at=timezone.now())
