"""The tick: what is to be kept of past days is counted, some townships a round, so that nobody's page waits for it."""

from django.utils import timezone
from django_tasks import task

from wanjia.kernel.calendar import today

from . import departed, months
from .commands import keep_departures, keep_months

A_ROUND = 8  # townships' days; one takes half a second at 20,000 labourers, some seconds for the first time at three million


def is_due(at):
    """Tell whether a day is not kept yet: asked before the round is written down."""
    return bool(months.lacking(today(at), 1) or departed.lacking(today(at), 1))


@task(priority=0)
def tick():
    """Do one round."""
    at = timezone.now()
    return keep_departures(at=at, most=A_ROUND) + keep_months(at=at, most=A_ROUND)
