"""The tick: sealed parts that nobody needs any more go."""

from django.utils import timezone
from django_tasks import task

from ..models import RollPart
from .commands import drop_old
from .rules import KEPT


def is_due(at):
    """Tell whether a round has anything to do."""
    return RollPart.objects.filter(roll__received_at__lt=at - KEPT).exists()


@task(priority=5)
def tick():
    """Do one round."""
    return drop_old(timezone.now())
