"""Encrypted columns and their keyed blind index.

Each value is bound to its table, column and row, so a ciphertext moved elsewhere does not open. Both are computed in
`pre_save`, so `bulk_create` has them too. Rows need a primary key made by the client (UUID) before they are saved.
"""

import logging
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from wanjia.verdict import Refused

from . import keys
from .columns import IndexColumn, SealedColumn
from .proof import prove

if TYPE_CHECKING:
    from django import forms
    from django.db.backends.base.base import BaseDatabaseWrapper

    # Django's fields bear the types of what they take and give for the checker alone: at work they are no generic classes.
    _AnyField = models.Field[Any, Any]
    _IndexField = models.CharField[str | None, str | None]
else:
    _AnyField, _IndexField = models.Field, models.CharField

T = TypeVar("T")
LOG = logging.getLogger("wanjia.keys")
UNOPENED = "(打不开,请联系管理员)"  # stands in the place of a value that does not open


class Sealed:
    """A ciphertext not opened yet. Printing it shows stars; only the owning row opens it."""

    __slots__ = ("body",)

    def __init__(self, body: bytes | memoryview) -> None:
        self.body = bytes(body)

    def __str__(self) -> str:
        return "******"

    __repr__ = __str__


def log_unopened(place: str) -> None:
    """Log that a value does not open, and where: table|column|row names nobody, and without it the keeper finds nothing."""
    LOG.error("sealed value does not open: %s", place, extra={"line": {"words": "sealed value does not open", "place": place}})


class _Opener:
    """Opens the field on first reading and remembers the text on the instance."""

    def __init__(self, field: "EncryptedText") -> None:
        self.field = field

    def __get__(self, row: Any, owner: type[models.Model] | None = None) -> Any:
        if row is None:
            return self
        name = self.field.attname
        if name not in row.__dict__:
            row.refresh_from_db(fields=[name])
        value = row.__dict__[name]
        if isinstance(value, Sealed):
            try:
                value = row.__dict__[name] = keys.open_sealed(value.body, self.field.place(row))
            except keys.Unopened:
                # The ciphertext stays on the row, so that saving the row cannot write the sentence over it.
                log_unopened(self.field.place(row))
                return UNOPENED
        return value

    def __set__(self, row: Any, value: Any) -> None:
        row.__dict__[self.field.attname] = value


def opened(row: Any, name: str, read: Callable[[str], T], instead: T) -> T:
    """Return read(text) of a sealed column that carries more than words (JSON, a file), or `instead` when it does not open.

    Every reader of such a column comes here: the sentence that stands for a value that does not open is no JSON.
    """
    text = getattr(row, name)
    return instead if text == UNOPENED else read(text)


def sealed(row: models.Model, name: str) -> Any:
    """Return what `update()` is told of an encrypted column: the row's text, sealed as `save()` seals it. Of an open text update() wants nothing."""
    column: Any = row._meta.get_field(name)
    return column.pre_save(row, add=False)


class EncryptedText(SealedColumn, _AnyField):
    """A text kept encrypted. Empty text stays empty."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)

    def get_internal_type(self) -> str:
        return "BinaryField"

    def formfield(self, **kwargs: Any) -> "forms.Field | None":
        from django import forms

        return super().formfield(**{"form_class": forms.CharField, **kwargs})

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        setattr(cls, self.attname, _Opener(self))

    def place(self, row: Any) -> str:
        """Return what the ciphertext is bound to: table, column, row."""
        return f"{self.model._meta.db_table}|{self.column}|{row.pk}"

    def from_db_value(self, value: bytes | memoryview | None, expression: Any, connection: "BaseDatabaseWrapper") -> Sealed | str:
        return Sealed(value) if value else ""

    def pre_save(self, row: Any, add: bool) -> Sealed | str:
        value = row.__dict__.get(self.attname, "")
        if isinstance(value, Sealed):
            return value
        if value and UNOPENED in value:
            raise Refused(_("有一项加密内容打不开,不能照样保存:那会盖掉原来的内容。请把这一项留给管理员处理。"))
        if not value:
            return ""
        prove()
        return Sealed(keys.encrypt(value, self.place(row)))

    def seal_all(self, rows: Sequence[Any], pks: Sequence[str] | None = None) -> list[bytes]:
        """Return what the column of unsaved rows holds, sealed as `pre_save` seals one; the rows keep their texts. b"" where empty.

        pks: the rows' keys as text, where the caller has them.
        """
        name, head = self.attname, f"{self.model._meta.db_table}|{self.column}|"
        bodies, texts, places, whose = [b""] * len(rows), [], [], []
        for at, row in enumerate(rows):
            value = row.__dict__.get(name, "")
            if isinstance(value, Sealed):
                bodies[at] = value.body
            elif value:
                if UNOPENED in value:
                    self.pre_save(row, True)  # refuses with its sentence
                texts.append(value)
                places.append(f"{head}{pks[at] if pks else row.pk}")
                whose.append(at)
        if texts:
            prove()
            for at, body in zip(whose, keys.encrypt_all(texts, places), strict=True):
                bodies[at] = body
        return bodies

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if isinstance(value, Sealed) or value in ("", b"", None):
            return connection.Database.Binary(value.body if isinstance(value, Sealed) else b"")
        raise TypeError(f"{self.name} is encrypted per row: change it through save() or bulk_create(), not update() or filter()")

    def value_to_string(self, row: Any) -> str:
        return "******"


class BlindIndex(IndexColumn, _IndexField):
    """The keyed index of an encrypted column, to find equal values without opening any.

    of: the encrypted field's name; canonical: a function text → canonical text ('' gives no index). db_index=False where the model's Meta
    has an index that serves better: nobody asks what a keyed index begins with, for which PostgreSQL would be given a second one.
    """

    def __init__(self, *args: Any, of: str = "", canonical: Callable[[str], str] | None = None, **kwargs: Any) -> None:
        self.of, self.canonical, self.indexed = of, canonical, kwargs.get("db_index", True)
        kwargs = {"db_index": True, **kwargs, "max_length": 80, "null": True, "blank": True, "editable": False}
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        for fixed in ("max_length", "null", "blank", "editable", "db_index"):
            kwargs.pop(fixed, None)
        return name, path, args, {**kwargs, "of": self.of, **({} if self.indexed else {"db_index": False})}

    def db_parameters(self, connection: "BaseDatabaseWrapper") -> Any:
        """Return the column's type and collation: PostgreSQL compares keyed indexes byte by byte, as SQLite does."""
        return super().db_parameters(connection) | ({"collation": "C"} if connection.vendor == "postgresql" else {})

    def domain(self) -> str:
        """Return the name that keeps equal values of different columns apart."""
        return f"{self.model._meta.db_table}.{self.of}"

    def pre_save(self, row: Any, add: bool) -> str | None:
        source = row.__dict__.get(self.of, "")
        if isinstance(source, Sealed):
            standing: str | None = row.__dict__.get(self.attname)
            return standing
        canonical = self.canonical(source) if source and self.canonical else source
        if canonical:
            prove()
        value = keys.blind(self.domain(), canonical) if canonical else None
        setattr(row, self.attname, value)
        return value

    def index_all(self, rows: Sequence[Any]) -> list[str | None]:
        """Return and set the indexes of unsaved rows, as `pre_save` does of one."""
        found: list[str | None] = [None] * len(rows)
        texts, whose = [], []
        for at, row in enumerate(rows):
            source = row.__dict__.get(self.of, "")
            if isinstance(source, Sealed):
                found[at] = row.__dict__.get(self.attname)
                continue
            if canonical := self.canonical(source) if source and self.canonical else source:
                texts.append(canonical)
                whose.append(at)
        if texts:
            prove()
            for at, value in zip(whose, keys.blind_all(self.domain(), texts), strict=True):
                found[at] = value
        for row, index in zip(rows, found, strict=True):
            row.__dict__[self.attname] = index
        return found

    def look_for(self, text: str) -> list[str]:
        """Return the list of index values under which `text` may be stored: for `filter(<index>__in=…)`."""
        canonical = self.canonical(text) if text and self.canonical else text
        return keys.blinds(self.domain(), canonical) if canonical else []


class Batch(NamedTuple):
    """What one call of `rotate` did: the last key, how many rows, and the places (table|column|row) that did not open."""

    last: object
    rows: int
    faults: tuple[str, ...] = ()


def rotate(model: type[models.Model], *, batch: int = 500, after: Any = None) -> Batch | None:
    """Seal one batch of `model` rows anew that an older key sealed; return the Batch done, None when finished.

    after: the last key of the batch before. Resumable: what is done no longer matches, so a killed rotation starts again from
    the beginning and skips it. Each batch locks its rows, so that it cannot undo a change made meanwhile.
    """
    sealed = [field for field in model._meta.concrete_fields if isinstance(field, EncryptedText)]
    indexes = [field for field in model._meta.concrete_fields if isinstance(field, BlindIndex)]
    with transaction.atomic():
        rows = _stale(model, sealed, indexes).order_by("pk")
        if after is not None:
            rows = rows.filter(pk__gt=after)
        found, faults = list(rows.select_for_update()[:batch]), []
        for row in found:
            if bad := _unopened(row, sealed):
                faults += bad  # left as it is: the other rows go on
                continue
            fresh = {field.name: field.pre_save(row, add=False) for field in (*sealed, *indexes)}
            model._base_manager.filter(pk=row.pk).update(**fresh)
    return Batch(found[-1].pk, len(found) - len({place.split("|")[2] for place in faults}), tuple(faults)) if found else None


def _unopened(row: Any, sealed: list[EncryptedText]) -> list[str]:
    """Open every sealed value of the row, so that pre_save seals and indexes it anew; return the places that do not open."""
    bad = []
    for field in sealed:
        value = row.__dict__.get(field.attname)
        if isinstance(value, Sealed):
            try:
                row.__dict__[field.attname] = keys.open_sealed(value.body, field.place(row))
            except keys.Unopened:
                bad.append(field.place(row))
    return bad


def _stale(model: type[models.Model], sealed: list[EncryptedText], indexes: list[BlindIndex]) -> models.QuerySet[Any]:
    """The rows of which a column was sealed or indexed by a key that is not the current one."""
    ring, old, heads = keys.ring(), models.Q(pk__in=[]), dict[str, models.Func]()
    head = f"{ring['current']}:".encode()
    for field in sealed:
        heads[f"_head_{field.name}"] = models.Func(
            models.F(field.name), models.Value(1), models.Value(len(head)), function="SUBSTR", output_field=models.BinaryField()
        )
        old |= ~models.Q(**{f"_head_{field.name}": head}) & ~models.Q(**{f"_head_{field.name}": b""})
    for index in indexes:
        old |= models.Q(**{f"{index.name}__isnull": False}) & ~models.Q(**{f"{index.name}__startswith": ring["index"] + ":"})
    found: models.QuerySet[Any] = model._base_manager.annotate(**heads).filter(old)
    return found
