"""The tick: what is uncovered is looked for every few minutes of the day."""

from django.utils import timezone
from django_tasks import task

from wanjia.kernel.calendar import CHINA
from wanjia.orgs.delivery.tasks import send_at_once
from wanjia.orgs.workdays.hours import CLOCK

from ..models import School
from .commands import look_round

OPENS, CLOSES = 5, 20  # hours of the day between which the clock looks


def is_due(at):
    """Tell whether a round has anything to look at."""
    return OPENS <= at.astimezone(CHINA).hour < CLOSES and School.objects.exists()


@task(priority=20)
def tick():
    """Do one round; what opens within the hour leaves the house at once, whatever the hour. Returns how many alarms are new."""
    at = timezone.now()
    found = look_round(by=CLOCK, at=at)
    send_at_once(at)
    return found
