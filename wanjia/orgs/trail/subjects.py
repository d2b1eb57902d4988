"""What a journal line may be about, by its open name: a need's or home's number, never a person. Higher apps say so.

An app registers in its AppConfig.ready:
    subjects.name("casework.evidence", "need__number")        how a row is named, and by what it is found
    subjects.seal("casework.protectionreport", visible_reports)   lines that exist only for who may see the row
"""

from collections import defaultdict

from django.apps import apps
from django.db.models import Q

_NAMED, _SEALED = {}, {}


def name(label, shown, *found):
    """Register how the rows of a model are named (path to an open number) and by which further numbers their lines are found."""
    _NAMED[label] = (shown, (shown, *found))


def seal(label, sees):
    """Register that the lines about a model are only for those who see its rows: sees(actor) → query set."""
    _SEALED[label] = sees


def unsealed(actor):
    """Return the Q of lines whose very existence the actor may know."""
    kept = Q()
    for label, sees in _SEALED.items():
        kept &= ~Q(subject=label) | Q(subject_id__in=[str(pk) for pk in sees(actor).values_list("pk", flat=True)])
    return kept


def found(text):
    """Return the Q of lines about rows that bear exactly this number."""
    lines = Q(pk__in=[])
    for label, (_shown, paths) in _NAMED.items():
        meant = Q()
        for path in paths:
            meant |= Q(**{path: text})
        keys = [str(pk) for pk in apps.get_model(label)._base_manager.filter(meant).values_list("pk", flat=True)]
        if keys:
            lines |= Q(subject=label, subject_id__in=keys)
    return lines


def names(page):
    """Return {(label, id): number} of the lines of a page: one query per kind of thing."""
    wanted, found = defaultdict(set), {}
    for entry in page:
        if entry.subject in _NAMED:
            wanted[entry.subject].add(entry.subject_id)
    for label, keys in wanted.items():
        rows = apps.get_model(label)._base_manager.filter(pk__in=keys).values_list("pk", _NAMED[label][0])
        found |= {(label, str(pk)): number for pk, number in rows}
    return found
