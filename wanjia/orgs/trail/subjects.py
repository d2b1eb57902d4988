"""What a journal line may be about, by its open name: a need's or home's number, never a person. Each app brings its own (SUBJECTS):

    Subject("app.visit", "household__number")               how a row is named, and by what it is found
    Subject("app.visit", sees=visible_visits)               lines that exist only for who may see the row
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from django.apps import apps
from django.db.models import Q

from wanjia.kernel.brings import gather


@dataclass(frozen=True)
class Subject:
    """The rows of one model as lines are about them.

    shown: path to the open number that names a row, "" for rows without a name; found: further paths by whose numbers its lines are
    found, or number → Q where no path leads there; sees(actor) → the rows that an actor sees: the lines about all others do not exist for him.
    """

    label: str
    shown: str = ""
    found: tuple = ()
    sees: Callable | None = None


def _named():
    return {one.label: one for one in gather("SUBJECTS") if one.shown}


def unsealed(actor):
    """Return the Q of lines whose very existence the actor may know."""
    kept = Q()
    for one in gather("SUBJECTS"):
        if one.sees:
            kept &= ~Q(subject=one.label) | Q(subject_id__in=[str(pk) for pk in one.sees(actor).values_list("pk", flat=True)])
    return kept


def found(text):
    """Return the Q of lines about rows that bear exactly this number."""
    lines = Q(pk__in=[])
    for label, one in _named().items():
        meant = Q()
        for path in (one.shown, *one.found):
            meant |= path(text) if callable(path) else Q(**{path: text})
        keys = [str(pk) for pk in apps.get_model(label)._base_manager.filter(meant).values_list("pk", flat=True)]
        if keys:
            lines |= Q(subject=label, subject_id__in=keys)
    return lines


def names(page):
    """Return {(label, id): number} of the lines of a page: one query per kind of thing."""
    named, wanted, found = _named(), defaultdict(set), {}
    for entry in page:
        if entry.subject in named:
            wanted[entry.subject].add(entry.subject_id)
    for label, keys in wanted.items():
        rows = apps.get_model(label)._base_manager.filter(pk__in=keys).values_list("pk", named[label].shown)
        found |= {(label, str(pk)): number for pk, number in rows}
    return found
