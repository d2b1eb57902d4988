"""Encrypted columns and their keyed blind index.

Each value is bound to its table, column and row, so a ciphertext moved elsewhere does not open. Both are computed in
`pre_save`, so `bulk_create` has them too. Rows need a primary key made by the client (UUID) before they are saved.
"""

from django.db import models

from . import keys


class Sealed:
    """A ciphertext not opened yet. Printing it shows stars; only the owning row opens it."""

    __slots__ = ("body",)

    def __init__(self, body):
        self.body = bytes(body)

    def __str__(self):
        return "******"

    __repr__ = __str__


class _Opener:
    """Opens the field on first reading and remembers the text on the instance."""

    def __init__(self, field):
        self.field = field

    def __get__(self, row, owner=None):
        if row is None:
            return self
        name = self.field.attname
        if name not in row.__dict__:
            row.refresh_from_db(fields=[name])
        value = row.__dict__[name]
        if isinstance(value, Sealed):
            value = row.__dict__[name] = keys.decrypt(value.body, self.field.place(row))
        return value

    def __set__(self, row, value):
        row.__dict__[self.field.attname] = value


class EncryptedText(models.Field):
    """A text kept encrypted. Empty text stays empty."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)

    def get_internal_type(self):
        return "BinaryField"

    def formfield(self, **kwargs):
        from django import forms

        return super().formfield(**{"form_class": forms.CharField, **kwargs})

    def contribute_to_class(self, cls, name, **kwargs):
        super().contribute_to_class(cls, name, **kwargs)
        setattr(cls, self.attname, _Opener(self))

    def place(self, row):
        """Return what the ciphertext is bound to: table, column, row."""
        return f"{self.model._meta.db_table}|{self.column}|{row.pk}"

    def from_db_value(self, value, expression, connection):
        return Sealed(value) if value else ""

    def pre_save(self, row, add):
        value = row.__dict__.get(self.attname, "")
        if isinstance(value, Sealed):
            return value
        return Sealed(keys.encrypt(value, self.place(row))) if value else ""

    def get_db_prep_value(self, value, connection, prepared=False):
        if isinstance(value, Sealed) or value in ("", b"", None):
            return connection.Database.Binary(value.body if isinstance(value, Sealed) else b"")
        raise TypeError(f"{self.name} is encrypted per row: change it through save() or bulk_create(), not update() or filter()")

    def value_to_string(self, row):
        return "******"


class BlindIndex(models.CharField):
    """The keyed index of an encrypted column, to find equal values without opening any.

    of: the encrypted field's name; canonical: dotted path of a function text → canonical text ('' gives no index).
    """

    def __init__(self, *args, of="", canonical=None, **kwargs):
        self.of, self.canonical = of, canonical
        kwargs.update(max_length=80, null=True, blank=True, editable=False, db_index=True)
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        for fixed in ("max_length", "null", "blank", "editable", "db_index"):
            kwargs.pop(fixed, None)
        return name, path, args, {**kwargs, "of": self.of}

    def domain(self):
        """Return the name that keeps equal values of different columns apart."""
        return f"{self.model._meta.db_table}.{self.of}"

    def pre_save(self, row, add):
        source = row.__dict__.get(self.of, "")
        if isinstance(source, Sealed):
            return row.__dict__.get(self.attname)
        canonical = self.canonical(source) if source and self.canonical else source
        value = keys.blind(self.domain(), canonical) if canonical else None
        setattr(row, self.attname, value)
        return value

    def look_for(self, text):
        """Return the list of index values under which `text` may be stored: for `filter(<index>__in=…)`."""
        canonical = self.canonical(text) if text and self.canonical else text
        return keys.blinds(self.domain(), canonical) if canonical else []


def rotate(model, batch=500):
    """Re-encrypt one batch of `model` rows that an older key sealed; return how many rows were done (0: finished).

    Resumable: what is done no longer matches, so a killed rotation goes on where it stopped.
    """
    sealed = [field for field in model._meta.concrete_fields if isinstance(field, EncryptedText)]
    indexes = [field for field in model._meta.concrete_fields if isinstance(field, BlindIndex)]
    old = models.Q(pk__in=[])
    for field in sealed:
        other = models.Q(**{f"{field.name}": b""})
        old |= ~other & ~_starts_with(field, keys.ring()["current"])
    for field in indexes:
        old |= models.Q(**{f"{field.name}__isnull": False}) & ~models.Q(
            **{f"{field.name}__startswith": keys.ring()["index"] + ":"}
        )
    rows = list(model._base_manager.filter(old).order_by("pk")[:batch])
    for row in rows:
        for field in sealed:
            getattr(row, field.attname)
        row.save(update_fields=[field.name for field in (*sealed, *indexes)])
    return len(rows)


def _starts_with(field, key_name):
    head = f"{key_name}:".encode()
    return models.Q(pk__in=field.model._base_manager.annotate(
        head=models.Func(models.F(field.name), models.Value(1), models.Value(len(head)), function="SUBSTR",
                         output_field=models.BinaryField()),
    ).filter(head=head).values("pk"))  # fmt: skip
