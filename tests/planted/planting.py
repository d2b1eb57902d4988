"""How a fault is declared and planted: name → what is wrong, and the patches that bend the product for it."""

import sys
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from unittest.mock import patch

from wanjia.kernel import acts
from wanjia.kernel.calendar import Due
from wanjia.verdict import ALLOWED

FAULTS = {}


def fault(words):
    """Declare one fault: a function that gives the patches which plant it."""

    def keep(plants):
        FAULTS[plants.__name__] = (words, plants)
        return plants

    return keep


def app_of(name):
    """Return the app whose year alone finds a fault: the APP of the module that plants it; "" where the whole county must live."""
    return getattr(sys.modules[FAULTS[name][1].__module__], "APP", "")


@contextmanager
def planted(name):
    """Live within a fault."""
    with ExitStack() as patches:
        for one in FAULTS[name][1]():
            patches.enter_context(one)
        yield


def without(*names):
    """Put guards out of order: the rules of these names let everybody do everything. Where rooms have a rule of one name: "access.rules.can_decide"."""
    return instead(names, lambda _actor, _row, _at: ALLOWED)


def instead(names, rule):
    """Let another rule (actor, row, at) judge in place of the guards of these names."""
    asked = acts.Act.verdict

    def bent(act, actor, row, at):
        guard = f".{getattr(act.may, '__module__', '')}.{getattr(act.may, '__name__', '')}"
        return rule(actor, row, at) if any(guard.endswith(f".{name}") for name in names) else asked(act, actor, row, at)

    return patch.object(acts.Act, "verdict", bent)


def after(where, name, then):
    """Let `then(answer, *args, **what)` follow a function, and give its answer in place."""
    true = getattr(where, name)

    def bent(*args, **what):
        return then(true(*args, **what), *args, **what)

    return patch.object(where, name, bent)


def nothing(*_args, **_what):
    """Do nothing."""


class EveryDay:
    """A calendar on which people work every day."""

    load = classmethod(lambda kind: kind())

    def add(self, start, days):
        return Due(start + timedelta(days=days))
