"""What a journal line may be about, by its open name: a need's or home's number, never a person. Each app brings its own (SUBJECTS):

    Subject("app.visit", "household__number")               how a row is named, and by what it is found
    Subject("app.visit", sees=visible_visits)               lines that exist only for who may see the row
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

from django.apps import apps
from django.db.models import Q

from wanjia.kernel.brings import gather


@dataclass(frozen=True)
class Subject:
    """The rows of one model as lines are about them.

    shown: path to the open number that names a row, "" for rows without a name; found: further paths by whose numbers its lines are
    found, or number → Q where no path leads there; sees(actor) → the rows that an actor sees: the lines about all others do not exist for him.
    kind: (path to an open code that says what kind of matter it is, its words); opens: (actor, keys) → {key: (address, words)} of those
    that the actor may open, words being what may then be read of them; said: {act: how it reads around "%(matter)s"}.
    """

    label: str
    shown: str = ""
    found: tuple = ()
    sees: Callable | None = None
    kind: tuple = ()
    opens: Callable | None = None
    said: dict = field(default_factory=dict)

    def briefs(self, keys):
        """Return {key: kind of matter} of rows."""
        if not self.kind:
            return {}
        path, words = self.kind
        rows = apps.get_model(self.label)._base_manager.filter(pk__in=keys).values_list("pk", path)
        return {str(pk): words(code).label if code in words.values else "" for pk, code in rows}

    def opened(self, actor, keys):
        """Return {key: (address, words)} of the rows that the actor may open."""
        return self.opens(actor, keys) if self.opens else {}


def sentence(entry):
    """Return how the act of a line reads around its matter, or None."""
    return next((one.said[entry.act] for one in gather("SUBJECTS") if entry.act in one.said), None)


def named():
    """Return {label: Subject} of the rows that bear a name."""
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
    for label, one in named().items():
        meant = Q()
        for path in (one.shown, *one.found):
            meant |= path(text) if callable(path) else Q(**{path: text})
        keys = [str(pk) for pk in apps.get_model(label)._base_manager.filter(meant).values_list("pk", flat=True)]
        if keys:
            lines |= Q(subject=label, subject_id__in=keys)
    return lines


def names(page):
    """Return {(label, id): number} of the lines of a page: one query per kind of thing."""
    known, wanted, found = named(), defaultdict(set), {}
    for entry in page:
        if entry.subject in known:
            wanted[entry.subject].add(entry.subject_id)
    for label, keys in wanted.items():
        rows = apps.get_model(label)._base_manager.filter(pk__in=keys).values_list("pk", known[label].shown)
        found |= {(label, str(pk)): number for pk, number in rows}
    return found
