"""Keep the sums of labourers: the one function that every act and every load calls, in its own transaction, with what it changed.

Rows are taken in the order of their keys, so that two who change the same villages wait for one another and never in a ring. Whoever
changes much calls this last, right before the journal: from here on others wait.
"""

from collections import Counter

from django.db import connection
from django.db.models import F

from ..models import Since, Tally, Verified
from ..models.tallies import TALLIED

FEW = 12  # rows up to which each is changed by a statement of its own
TOWNSHIP = 9  # digits of a township's stem
SINCE, VERIFIED = ("township_id", "place", "since_on"), ("township_id", "verified_on")


def changed(differences):
    """Add up what became of labourers (`tallying.keys.differences`): {key by ALIKE: ±n}. Raises IntegrityError where more leave than were there."""
    tallies, since, verified = Counter(), Counter(), Counter()
    for key, n in differences.items():
        village, place, since_on, verified_on = key[0], key[4], *key[len(TALLIED) :]
        township = village[:TOWNSHIP].ljust(len(village), "0")
        tallies[key[: len(TALLIED)]] += n
        verified[township, verified_on] += n
        if since_on:
            since[township, place, since_on] += n
    for model, names, sums in ((Tally, TALLIED, tallies), (Since, SINCE, since), (Verified, VERIFIED, verified)):
        _add(model, names, sorted((key, n) for key, n in sums.items() if n))


def _add(model, names, sums):
    """Add n to the row of each key, made where there is none."""
    if len(sums) <= FEW:
        missing = [key for key, n in sums if not _rows(model, names, key).update(n=F("n") + n)]
        # Those that were there are taken by now; one that is not there is made as others make it: whoever is first makes it.
        made = [(key, n) for key, n in sums if key in missing]
        _make(model, names, missing)
        for key, n in made:
            _rows(model, names, key).update(n=F("n") + n)
        return
    first = names[0]
    there = set(model.objects.filter(**{f"{first}__in": {key[0] for key, _n in sums}}).values_list(*names))
    _make(model, names, [key for key, _n in sums if key not in there])
    _add_many(model, names, sums)


def _rows(model, names, key):
    return model.objects.filter(**dict(zip(names, key, strict=True)))


def _make(model, names, keys):
    model.objects.bulk_create([model(**dict(zip(names, key, strict=True)), n=0) for key in keys], ignore_conflicts=True)


def _add_many(model, names, sums):
    """Change many rows by one statement written once, one after the other in their order."""
    fields = [model._meta.get_field(name.removesuffix("_id")) for name in names]
    columns = " AND ".join(f"{connection.ops.quote_name(field.column)} = %s" for field in fields)
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {table} SET n = n + %s WHERE {columns}",
            [(n, *(field.get_db_prep_value(value, connection) for field, value in zip(fields, key, strict=True))) for key, n in sums],
        )
