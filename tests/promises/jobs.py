"""A house in which planning is killed: the real jobs, each ended by SIGKILL while it reads, solves, judges or keeps; then everything is looked at.

A job is `wanjia plan-job` in a process of its own, forked from this one, which never ran an engine. Rows go in by tens, as large plans do by thousands.

Usage: python -m tests.promises.jobs KIND,KIND KILLS SEED → what was seen, a line of JSON for each kind
"""

import hashlib
import json
import os
import random
import sys
from dataclasses import replace
from datetime import timedelta

from .aiming import ACTIVATES, JUDGES, KEEPS, LOOSE, READS, SOLVES, Aim, aims, forked

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wanjia.site.settings")
TENS, FEW = 10, 10
SOME = 4  # statements after which a job that keeps without a transaction may have written some rows


def work(plan, loose=False):
    """Return what works a plan as its process does. loose: the fault we test for, rows kept outside of the one transaction."""

    def does(said):
        from django.db import transaction

        from wanjia.registry import bulk
        from wanjia.site.cli import main
        from wanjia.solving import kinds
        from wanjia.solving.runs import process

        whole = transaction.atomic(bulk.insert) if loose else bulk.insert
        bulk.insert = lambda model, rows, batch=0: [whole(model, rows[at : at + TENS]) for at in range(0, len(rows), TENS)]
        kind = kinds.planned()[plan.kind]
        steps = {"build": said.during(READS, kind.build), "solve": said.during(SOLVES, kind.solve), "judge": said.during(JUDGES, kind.judge, KEEPS)}
        kinds.gather = lambda _word: [replace(kind, **steps)]
        if loose:
            process.keep = said.during(LOOSE, lambda plan, problem, answer, at=None: kind.store(plan, problem, answer))
        main(["plan-job", str(plan.pk)])

    return does


def digest(rows):
    """Return one word for rows, in whatever order."""
    return hashlib.sha256("\n".join(sorted(map(repr, rows))).encode()).hexdigest()[:16]


class House:
    """One kind of plan in its small world: a first version stands, a second was worked undisturbed."""

    def __init__(self, name):
        from .planned import KINDS, County

        self.kind, self.world = KINDS[name], County()
        self.kind.plant(self.world)
        first = self.rerun()
        self.activate(first)
        self.stands = self.rows(first)
        second = self.asked()
        _died, self.base = forked(work(second))
        self.first, self.whole, self.spare = first, self.rows(second), second
        if not self.whole[0]:
            second.refresh_from_db()
            raise SystemExit(f"{name}: {second.state} {second.fault}")

    def asked(self):
        """Ask for the next version, by its act; its process is ours to start."""
        from wanjia.solving.runs import commands

        commands.start_process = lambda *_words: None
        return self.kind.ask(self.world)

    def rerun(self):
        """Have the next version worked, undisturbed."""
        plan = self.asked()
        forked(work(plan))
        plan.refresh_from_db()
        return plan

    def activate(self, plan):
        """Put a version in force."""
        from wanjia.solving.standing.commands import activate_plan

        activate_plan(plan_id=plan.pk, **self.world.who(self.kind.activates))

    def rows(self, plan):
        """Return (how many rows a version has, their digest)."""
        found = [(model.__name__, *row) for model, path, columns in self.kind.rows for row in model.objects.filter(**{path: plan.pk}).values_list(*columns)]
        return len(found), digest(found)

    def everything(self):
        """Return the digest of all that putting a version in force may write."""
        from wanjia.solving.models import Standing

        models = {Standing, *(model for model, _path, _columns in self.kind.rows), *self.kind.moves}
        return digest((model.__name__, *row) for model in models for row in model.objects.values_list())

    def standing(self):
        """Return the version in force."""
        from wanjia.solving.standing.queries import standing_of

        return standing_of(self.first.kind, self.first.about).plan

    def kill(self, aim, loose=False):
        """Kill the work on the next version at the aim, and look: what stands, what is half, what the clock makes of it."""
        from django.utils import timezone

        from wanjia.solving.runs.commands import give_up_silent
        from wanjia.solving.runs.progress import SILENT

        plan = self.asked()
        died, _said = forked(work(plan, loose), aim)
        plan.refresh_from_db()
        seen = {"phase": aim.phase, "died": died, "state": plan.state, "n": self.rows(plan)[0], "same": self.rows(plan) == self.whole}
        seen |= {"stands": self.standing() == self.first and self.rows(self.first) == self.stands}
        give_up_silent(at=timezone.now() + SILENT + timedelta(seconds=1))
        plan.refresh_from_db()
        return seen | {"after": plan.state, "running": type(plan).objects.filter(state__in=("asked", "running")).count(), "left": self.rows(plan)[0]}

    def again(self):
        """Work the next version undisturbed: is it what it would have been without the kill?"""
        plan = self.rerun()
        return plan.state == "ready" and self.rows(plan) == self.whole

    def found(self):
        """Return what `wanjia check` finds, and the journal's."""
        from wanjia.kernel import journal
        from wanjia.orgs.checking.queries import differences

        fault = journal.verify()[1]
        return [one.plain() for one in differences(None)] + [str(fault)] * (fault is not None)

    def kill_activating(self, dice):
        """Kill somebody who puts the ready version in force: either all of it is done, or nothing."""
        from django.db import transaction

        def activating(said):
            said.during(ACTIVATES, self.activate)(self.spare)

        def undone(said):
            with transaction.atomic():
                activating(said)
                os._exit(0)

        before, was = self.everything(), self.standing()
        _died, base = forked(undone)
        died, _said = forked(activating, next(aims(dice, base[1:], 1)))
        done = self.standing() == self.spare
        seen = {"died": died, "done": done, "same": done or (self.everything() == before and self.standing() == was)}
        self.spare = self.rerun() if done else self.spare
        return seen


def of_kind(name, kills, seed):
    """Kill one kind of plan so many times; return what was seen. Few kills: another run, and the whole look, after the last alone."""
    house, dice = House(name), random.Random(f"{name} {seed}")
    seen = []
    for n, aim in enumerate(aims(dice, house.base, kills)):
        seen.append(house.kill(aim))
        if kills > FEW or n == kills - 1:
            seen[-1] |= {"again": house.again(), "found": house.found()}
    half = next(look for nth in range(SOME, len(house.base)) if (look := house.kill(Aim(LOOSE, nth, True, 0), loose=True))["n"])
    activated = [house.kill_activating(dice) for _n in range(kills)]
    return {"kind": name, "whole": house.whole[0], "seen": seen, "activated": activated, "half": half, "found": house.found()}


def main(names, kills, seed):
    """Kill these kinds of plans, all in one house; print what was seen of each."""
    import django
    import polars  # noqa: F401, read once for all jobs, as Django is

    django.setup()
    for name in names.split(","):
        print(json.dumps(of_kind(name, int(kills), seed)), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
