"""The acts around a run of an engine that is going to be killed; the app of the tests (tests.planner) is installed.

Usage: python -m tests.promises.planner begin | look PLAN | swept PLAN | half PLAN
"""

import os
import sys
from datetime import timedelta

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wanjia.site.settings")
ABOUT = "names"


def _asked(n=60):
    from django.db import transaction
    from django.utils import timezone

    from wanjia.orgs.models import Area, User
    from wanjia.solving.runs import commands

    commands.start_process = lambda *_words: None
    clerk = User.objects.filter(posts__role="township_worker").first()
    village = Area.objects.filter(level="village").first()
    with transaction.atomic():
        return commands.ask_plan("aliases", ABOUT, village, settings={"n": n, "slow": 0.02}, by=clerk, at=timezone.now())


def begin():
    """Put a first version in force, and ask for the next; its process the parent starts."""
    from django.utils import timezone

    from wanjia.solving.models import Standing
    from wanjia.solving.runs import process

    plan = process.run(_asked(1))
    Standing.objects.create(kind=plan.kind, about=plan.about, plan=plan, since=timezone.now(), by=plan.asked_by)
    print(_asked().pk)


def look(plan):
    """Say its state, how many of its rows there are, which version stands."""
    from wanjia.orgs.models import AreaAlias
    from wanjia.solving.models import Plan
    from wanjia.solving.standing.queries import standing_of

    one = Plan.objects.get(pk=plan)
    print(one.state, AreaAlias.objects.filter(name__startswith=f"{one.number}-").count(), standing_of("aliases", ABOUT).plan.number)


def swept(plan):
    """Look, let the clock find the silent, look again, ask for the next: one process, for each start costs more than all of it."""
    from django.utils import timezone

    from wanjia.solving.runs.commands import give_up_silent
    from wanjia.solving.runs.progress import SILENT

    look(plan)
    give_up_silent(at=timezone.now() + SILENT + timedelta(seconds=1))
    look(plan)
    print(_asked().pk)


def half(plan):
    """Write half of a version outside of any transaction, as a run without `keep` would, and look."""
    from django.utils import timezone

    from tests.planner.plans import store
    from wanjia.solving.kinds import Answer
    from wanjia.solving.models import Plan
    from wanjia.solving.runs.commands import take_up

    one = take_up(Plan.objects.get(pk=plan), at=timezone.now())
    store(one, {}, Answer([f"别名{n}" for n in range(30)], {}))
    look(plan)


def main():
    """Run one act."""
    import django

    django.setup()
    {"begin": begin, "look": look, "swept": swept, "half": half}[sys.argv[1]](*sys.argv[2:])


if __name__ == "__main__":
    main()
