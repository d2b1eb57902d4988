"""Queries of one shape: what an act asks of the database each time in the same words is put into SQL once, and then only filled.

Nine tenths of what a short question costs is Django's mapper putting it together. `Shape` keeps what the mapper made of it; rows come
out as the mapper gives them, with their joined rows. It is for the questions that nearly every act or page asks; all others are
written as usual. A shape holds no value and no row: only SQL, by kind of database. What it asks of the mapper is promised by nobody:
`casework/tests/test_shapes.py` and `test_asked_by.py` hold it against the mapper's own answers, before another Django comes in.

    TAKEN = Shape(lambda pk: Need.objects.select_related("village").filter(pk=pk))
    TAKEN(need_id)                                # a list of needs
    Filled(Step)(row)                             # one new row
    Changed(Need, "pk", "version")({"state": "closed"}, need.pk, need.version)   # rows changed

`orgs.asked_by.AskedBy` is the same for questions whose words go by the posts of whoever asks.
"""

import inspect
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NoReturn
from uuid import UUID
from weakref import WeakSet

from django.core.exceptions import EmptyResultSet
from django.db import connections, models
from django.db.models.base import ModelState
from django.db.models.expressions import Expression
from django.db.models.fields.related_descriptors import ForeignKeyDeferredAttribute
from django.db.models.query import FlatValuesListIterable, ModelIterable, ValuesListIterable
from django.db.models.sql import InsertQuery
from django.db.transaction import TransactionManagementError

MANY = 8  # rows from which on one statement for all is quicker
KEPT = 64  # values of one question up to which what was made of it is kept: a list has fifty rows


class Slot(Expression):
    """A place in a question, which a value takes when it is asked. Nothing is worked out from it: who tries is told, not answered."""

    def __init__(self, n: int) -> None:
        super().__init__()
        self.n = n

    def __lt__(self, other: "Slot") -> bool:
        """Stand in some order: a rule sorts the places that it asks about. Which of two is the larger nobody is told."""
        return self.n < other.n

    def __gt__(self, other: Any) -> Any:
        return self._worked_out()

    def __str__(self) -> str:
        return self._worked_out()

    def _combine(self, *_others: Any) -> Any:
        return self._worked_out()

    def _worked_out(self) -> NoReturn:
        raise TypeError("what is worked out from a value of a shape has a slot of its own")

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        """Stand as one parameter that is filled later."""
        return "%s", [self]


def _spelt(value: Any, connection: Any) -> Any:
    """Spell a value of a condition as the database keeps it."""
    if isinstance(value, UUID):
        return value if connection.features.has_native_uuid_field else value.hex
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value


def _filled(params: Any, values: Any) -> list[Any]:
    return [values[one.n] if isinstance(one, Slot) else one for one in params]


NOBODYS = 0xFFFF << 112  # no key drawn at random, whose draw would move a year that goes by dice, and of no version that keys have
EVERY: WeakSet["Shape"] = WeakSet()  # a test that switches off what a question is made by has every one put anew


class Shape:
    """One question. make: (a value each) → the query set that asks it; its conditions compare columns with values. Where one of them is None the
    mapper asks: `= NULL` is true of nothing, and what it would find is rows without a value.

    Of `lambda *keys: …filter(pk__in=keys)` one is kept for each number of values.
    """

    def __init__(self, make: Callable[..., models.QuerySet[Any]]) -> None:
        self.make, self.made = make, dict[tuple[str, int], Any]()
        EVERY.add(self)

    def __call__(self, *values: Any) -> list[Any]:
        """Ask it; return the rows, the tuples or the single values that its query set gives."""
        if None in values:
            return list(self.make(*values))
        connection: Any = connections["default"]
        made = self.made.get((connection.vendor, len(values))) or self._make(connection, values)
        if made.sql is None:
            return []
        if made.locks and not connection.in_atomic_block:  # the mapper looks when it makes the SQL, which is once here
            raise TransactionManagementError("a row is locked within a transaction")
        with connection.cursor() as cursor:
            cursor.execute(made.sql, _filled(made.params, [_spelt(one, connection) for one in values]))
            rows = cursor.fetchall()
        return made.read(rows, connection) if rows else []

    def first(self, *values: Any) -> Any:
        """Ask it; return the first, or None."""
        return next(iter(self(*values)), None)

    def _make(self, connection: Any, values: Sequence[Any]) -> "_Made":
        # A key stands in as a key that no row bears: the mapper takes no expression among the keys of `in`. Every other value has a slot.
        marks = [UUID(int=NOBODYS + n) if isinstance(one, UUID) else Slot(n) for n, one in enumerate(values)]
        made = _Made(self.make(*marks), connection)
        slots = {_spelt(mark, connection): Slot(n) for n, mark in enumerate(marks) if isinstance(mark, UUID)}
        made.params = [slots.get(one, one) if isinstance(one, str | UUID) else one for one in made.params]
        if len(values) <= KEPT:
            self.made[connection.vendor, len(values)] = made
        return made


def number(rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
    """Return the question how many rows these are: one number, or none of none. `count()` asks at once, and so has no shape."""
    found: models.QuerySet[Any] = rows.order_by().values(one=models.Value(1)).annotate(n=models.Count("pk")).values_list("n", flat=True)
    return found


class _Made:
    """What the mapper made of one question for one kind of database."""

    def __init__(self, asked: models.QuerySet[Any], connection: Any) -> None:
        compiler: Any = asked.query.get_compiler(connection=connection)
        self.sql: Any = None
        self.params: Any = ()
        self.kind: Any = asked._iterable_class
        try:
            self.sql, self.params = compiler.as_sql()
        except EmptyResultSet:  # no row can be one
            return
        self.locks = asked.query.select_for_update and connection.features.has_select_for_update
        found = compiler.get_converters([column[0] for column in compiler.select[: compiler.col_count]])
        self.converters = [(place, *by) for place, by in found.items()]
        if issubclass(self.kind, ModelIterable):
            self.rows, self.derived = _Rows(compiler.klass_info, compiler.select), list(compiler.annotation_col_map.items())
        elif self.kind not in (ValuesListIterable, FlatValuesListIterable):
            raise TypeError("a shape gives rows, tuples or single values")

    def read(self, rows: Any, connection: Any) -> list[Any]:
        """Make of the database's rows what the query set gives."""
        rows = [list(row) for row in rows]
        for place, converters, column in self.converters:
            for row in rows:
                for convert in converters:
                    row[place] = convert(row[place], column, connection)
        if self.kind is FlatValuesListIterable:
            return [row[0] for row in rows]
        if self.kind is ValuesListIterable:
            return list(map(tuple, rows))
        return [self._row(row, connection.alias) for row in rows]

    def _row(self, row: list[Any], alias: str) -> Any:
        made = self.rows(row, alias)
        for name, place in self.derived:
            setattr(made, name, row[place])
        return made


class _Rows:
    """Makes rows of one model, each with the rows joined to it. A list has fifty rows of a need's thirty columns, each with its place: the mapper
    gives a row its columns by way of all seventy of its model.
    """

    def __init__(self, info: Any, select: Any) -> None:
        self.model, self.first, self.end = info["model"], info["select_fields"][0], info["select_fields"][-1] + 1
        self.names = [column[0].target.attname for column in select[self.first : self.end]]
        self.key = self.first + self.names.index(self.model._meta.pk.attname)
        set_by = {name: getattr(inspect.getattr_static(self.model, name), "__set__", None) for name in self.names}
        self.kept_apart = [name for name, by in set_by.items() if by and by.__func__ is not ForeignKeyDeferredAttribute.__set__]
        watched = (models.signals.pre_init, models.signals.post_init)
        self.plain = self.model.__init__ is models.Model.__init__ and not any(one.has_listeners(self.model) for one in watched)
        self.joined = [(_Rows(one, select), one["local_setter"], one["remote_setter"]) for one in info.get("related_klass_infos", ())]

    def __call__(self, row: list[Any], alias: str) -> Any:
        made = self._made(row[self.first : self.end], alias)
        for rows, keep, keep_back in self.joined:
            other = rows(row, alias) if row[rows.key] is not None else None
            keep(made, other)
            if other is not None:
                keep_back(other, made)
        return made

    def _made(self, values: list[Any], alias: str) -> Any:
        if not self.plain:
            return self.model.from_db(alias, self.names, values)
        made = self.model.__new__(self.model)
        made._state = ModelState()
        made._state.adding, made._state.db = False, alias
        made.__dict__.update(zip(self.names, values, strict=True))
        for name in self.kept_apart:
            setattr(made, name, made.__dict__.pop(name))
        return made


class Filled:
    """One new row of a table. Nothing but the row is written: no signal is sent."""

    def __init__(self, model: type[models.Model]) -> None:
        self.model, self.key, self.sql = model, model._meta.pk, dict[str, str]()
        self.given = isinstance(self.key, models.AutoField)  # its key is given by the database
        self.fields = [field for field in model._meta.concrete_fields if not (self.given and field is self.key)]

    def __call__(self, row: Any) -> None:
        """Write the row, which then has its key."""
        connection: Any = connections["default"]
        sql = self.sql.get(connection.vendor) or self._make(row, connection)
        with connection.cursor() as cursor:
            cursor.execute(sql, [field.get_db_prep_save(field.pre_save(row, True), connection=connection) for field in self.fields])
            if self.given:
                row.pk = cursor.fetchone()[0]
        row._state.adding, row._state.db = False, connection.alias

    def all(self, rows: Sequence[Any]) -> None:
        """Write some rows: a few one by one, many at once."""
        if len(rows) >= MANY:
            self.model._base_manager.bulk_create(rows, batch_size=2000)
            return
        for row in rows:
            self(row)

    def _make(self, row: Any, connection: Any) -> str:
        query: Any = InsertQuery(self.model)
        query.insert_values(self.fields, [row])
        compiler = query.get_compiler(connection=connection)
        compiler.returning_fields = [self.key] if self.given else None
        ((sql, _params),) = compiler.as_sql()
        self.sql[connection.vendor] = sql
        return str(sql)


class Changed:
    """The rows found by some columns are changed; return how many. One statement for each set of columns that is changed."""

    def __init__(self, model: Any, *by: str, **always: Any) -> None:
        self.model, self.by, self.always, self.made = model, by, always, dict[Any, Any]()

    def __call__(self, values: Mapping[str, Any], *found_by: Any) -> int:
        """Change the rows to `values` {column: value}, as the row has them."""
        if None in found_by:
            return int(self.model._base_manager.filter(**dict(zip(self.by, found_by, strict=True)), **self.always).update(**values))
        connection: Any = connections["default"]
        names = tuple(sorted(values))
        sql, params, fields = self.made.get((connection.vendor, names)) or self._make(names, connection)
        spelt = [field.get_db_prep_save(values[name], connection=connection) for name, field in zip(names, fields, strict=True)]
        with connection.cursor() as cursor:
            cursor.execute(sql, _filled(params, spelt + [_spelt(one, connection) for one in found_by]))
            return int(cursor.rowcount)

    def _make(self, names: tuple[str, ...], connection: Any) -> Any:
        found = self.model._base_manager.filter(**{name: Slot(len(names) + n) for n, name in enumerate(self.by)}, **self.always).order_by()
        query = found.query.chain(models.sql.UpdateQuery)
        query.add_update_values({name: Slot(n) for n, name in enumerate(names)})
        fields = [self.model._meta.get_field(name) for name in names]
        made = self.made[connection.vendor, names] = (*query.get_compiler(connection=connection).as_sql(), fields)
        return made
