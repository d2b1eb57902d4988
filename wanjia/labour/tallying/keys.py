"""What a labourer is counted by."""

from collections import Counter
from operator import attrgetter

from ..models.tallies import ALIKE

_values = attrgetter(*ALIKE)


def alike(worker):
    """Return the key under which a labourer is counted, None where he is on no roll: what acts note before and after they change one."""
    return None if worker.left_on else _values(worker)


def differences(pairs):
    """Return the Counter that `changed` takes. pairs: [(key before or None, key after or None)] of labourers."""
    found = Counter()
    for before, after in pairs:
        if before is not None:
            found[before] -= 1
        if after is not None:
            found[after] += 1
    return found
