"""A process that is going to be killed while it counts deadlines anew, and the sweep that comes after it.

Usage: python -m tests.promises.retimer count | sweep | blind
"""

import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wanjia.site.settings")
NEEDS = 12


def count():
    """Record needs, have a day off agreed to by two, and say each need that was counted anew, for the parent to kill us."""
    from django.utils import timezone

    from tests.promises.writer import say
    from wanjia.casework.tests.factories import World, agreed
    from wanjia.kernel.calendar import WorkingCalendar, today
    from wanjia.orgs.workdays.commands import keep_workday
    from wanjia.registry.importing.pace import Pace

    world, at, rest = World(), timezone.now(), Pace.rest
    for _n in range(NEEDS):
        world.need(at=at)
    off = WorkingCalendar.load().add(today(at), 1).on
    change = keep_workday(day=off, works=False, name="停工", source="县里通知", by=world.ledger, at=at)

    def tell(pace):
        say("one")
        rest(pace)
        sys.stdin.readline()

    Pace.rest = tell
    agreed(change, world, at)


def sweep(blind=False):
    """Do the day's sweep (blind: as it was before it knew of recounts); say how many were counted and how many still wait."""
    from django.utils import timezone

    from tests.promises.writer import say
    from wanjia.casework.models import Step
    from wanjia.casework.retiming import jobs, queries
    from wanjia.kernel.brings import gather
    from wanjia.kernel.calendar import WorkingCalendar, today
    from wanjia.office.pruning import commands
    from wanjia.orgs.workdays.queries import latest_change

    if blind:
        gather("TIMERS").remove(jobs.go_on)
    commands.sweep(timezone.now())
    waiting = len(list(queries.all_moved(WorkingCalendar.load(), today(timezone.now()))))
    change = latest_change()
    say(f"{Step.objects.filter(act='retime').count()} {waiting} {change.done} {change.beat_at is None}")


def main():
    """Run one act."""
    import django

    django.setup()
    {"count": count, "sweep": sweep, "blind": lambda: sweep(blind=True)}[sys.argv[1]]()


if __name__ == "__main__":
    main()
