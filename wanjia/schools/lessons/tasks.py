"""The tick: what is missing of law in school is looked for once in a while during the day."""

from django.utils import timezone
from django_tasks import task

from wanjia.kernel.calendar import CHINA
from wanjia.orgs.workdays.hours import CLOCK

from ..models import School
from .commands import look_for_lessons

HOUR = 7  # of the day: what is missing is told in the morning


def is_due(at):
    """Tell whether a round has anything to look at: in one hour of the morning."""
    return at.astimezone(CHINA).hour == HOUR and School.objects.exists()


@task(priority=20)
def tick():
    """Do one round."""
    return look_for_lessons(by=CLOCK, at=timezone.now())
