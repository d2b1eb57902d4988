"""A CHECK that comes to NULL lets its row pass: each is asked, by the database itself, with every column that may be empty left empty, and must say yes or no."""

from itertools import chain

import pytest
from django.apps import apps
from django.db import connection, models
from django.db.models import F, Q
from django.db.models.constants import LOOKUP_SEP
from django.db.models.sql.query import Query

TRIED = {"DateField": ("2026-01-01", "2026-01-02"), "DateTimeField": ("2026-01-01", "2026-01-02"), "BooleanField": (0, 1), "CharField": ("", "x"), "TextField": ("", "x")}
NUMBERS = (-1, 0, 1, 2)  # of every other column: keys too
MOST = 300_000  # rows of one question

CHECKS = [(model, one) for model in apps.get_models() if model.__module__.startswith("wanjia.") for one in model._meta.constraints if isinstance(one, models.CheckConstraint) and isinstance(one.condition, Q)]


def leaves(condition):
    """Yield (column's name, what it is compared with) of a condition, whichever way it is joined."""
    for one in condition.children:
        if isinstance(one, Q):
            yield from leaves(one)
        else:
            name, _sep, lookup = one[0].partition(LOOKUP_SEP)
            yield name, None if lookup == "isnull" else one[1]


def compared(value):
    """Yield the columns that a condition's right side names, sums of them too."""
    if isinstance(value, F):
        yield value.name
    elif hasattr(value, "get_source_expressions"):
        for one in value.get_source_expressions():
            yield from compared(one)


def values_of(model, condition):
    """Return {field: what is tried in it}: nothing where it may be empty, what the condition names, and some beside."""
    found = {}
    for name, value in leaves(condition):
        for field, said in [(model._meta.get_field(name), value), *((model._meta.get_field(one), None) for one in compared(value))]:
            given = said if isinstance(said, (list, tuple, set)) else [said]
            named = [field.get_db_prep_value(one, connection) for one in given if one is not None and not hasattr(one, "resolve_expression")]
            tried = found.setdefault(field, dict.fromkeys([*([None] if field.null else []), *TRIED.get(field.get_internal_type(), NUMBERS)]))
            tried.update(dict.fromkeys(named))
    return found


def unsaid(model, condition):
    """Return a row on which a condition says neither yes nor no, None where there is none."""
    tried = values_of(model, condition)
    assert len(list(chain(*tried.values()))) < 60
    sql, params = Query(model, alias_cols=False).build_where(condition).as_sql(Query(model).get_compiler(connection=connection), connection)
    tables = ", ".join(f"(SELECT column1 AS {connection.ops.quote_name(field.column)} FROM (VALUES {', '.join(['(%s)'] * len(given))}))" for field, given in tried.items())
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {tables} WHERE ({sql}) IS NULL LIMIT 1", [*chain(*tried.values()), *params])
        row = cursor.fetchone()
    return row and dict(zip([field.name for field in tried], row, strict=True))


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="one database is enough: they judge alike")
def test_no_check_lets_a_row_pass_by_saying_nothing():
    assert len(CHECKS) > 100
    assert {f"{model._meta.label} {one.name}": row for model, one in CHECKS if (row := unsaid(model, one.condition))} == {}


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="one database is enough: they judge alike")
def test_one_that_says_nothing_is_found():
    """The control: a day is compared, and nobody says that it is there."""
    from wanjia.village.models import MeetingCall as Call

    assert unsaid(Call, Q(state="call_open", due_on=None) | (~Q(state="call_open") & Q(due_on__gte=F("asked_on"))))["due_on"] is None
    assert unsaid(Call, Q(state="call_open", due_on=None) | (~Q(state="call_open") & Q(due_on__isnull=False, due_on__gte=F("asked_on")))) is None
