"""The tick: runs whose process is no more are given up, so that another can be asked for."""

from django.utils import timezone
from django_tasks import task

from ..models import Plan
from .commands import give_up_silent
from .progress import SILENT


def is_due(at):
    """Tell whether a round has anything to do."""
    return Plan.objects.filter(state__in=("asked", "running"), beat_at__lt=at - SILENT).exists()


@task(priority=5)
def tick():
    """Do one round."""
    return give_up_silent(at=timezone.now())
