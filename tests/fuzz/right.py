"""Requests that are right: each call as the row of its act says that it is done (tests/acts.py of its app), by whom it is done."""

import uuid

from django.db import transaction

from tests.house.acts import ACTS
from tests.house.test_doors_open import BY_FORM, calls, spelt
from wanjia.kernel.acts import ACTS as DECLARED

from .asked import Request
from .roles import ROLES


class Right:
    """Deals the calls in turn, in no order; what the act needs is made in the world when its turn comes."""

    def __init__(self, world, dice):
        self.world, self.dice, self.waiting = world, dice, []
        self.names = [name for name in DECLARED if name in ACTS and DECLARED[name].call is not None and name not in BY_FORM and ACTS[name].by in ROLES]

    def next(self):
        """Return (role, Request), or None where what this act needs cannot be made a second time."""
        if not self.waiting:
            self.waiting = self.dice.sample(self.names, len(self.names))
        name = self.waiting.pop()
        try:
            with transaction.atomic():
                return self.deal(name)
        except Exception:  # whatever it is: rows are made for a world of their own, and this one has lived
            return None

    def deal(self, name):
        """Make what an act needs; return (role, Request)."""
        act, tried = DECLARED[name], ACTS[name]
        what = tried.make(self.world)
        template = calls()[act.command.__name__]
        path = template if act.new else template.replace(f"{{{act.subject.keyword}}}", str(what.pop(act.subject.keyword)))
        names = {one.name: one.asked.spelt or one.name for one in act.asked}
        body = {names.get(one, one): spelt(value) for one, value in what.items()}
        key = str(uuid.UUID(int=self.dice.getrandbits(128), version=4))
        return tried.by, Request("POST", path, template, body=body, headers={"Idempotency-Key": key}, at=tried.at)


def doers(template):
    """Return the roles that do the act of this call rightly."""
    functions = [function for function, path in calls().items() if path == template]
    return [tried.by for name, tried in ACTS.items() if name.rpartition(".")[2] in functions and tried.by in ROLES]
