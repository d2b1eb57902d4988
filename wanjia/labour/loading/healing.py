"""What a load that was killed left aside comes back by the clock: within minutes, whoever looks."""

from django_tasks import task

from . import aside
from .commands import Busy, alone, heal


def is_due(_at):
    """Tell whether something is aside: asked before a round is written down. While a load runs, the round finds it busy."""
    return bool(aside.lacking())


@task(priority=10)
def tick():
    """Bring back what no running load keeps aside."""
    try:
        with alone():
            heal()
    except Busy:
        return 0
    return 1
