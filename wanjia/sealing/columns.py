"""Which columns hold something sealed, found by asking the models: what a rotation, a check and the proof of the ring go through."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import connection, models

if TYPE_CHECKING:
    AnyField = models.Field[Any, Any]


class SealedColumn:
    """A field whose values are ciphertexts, each bound to its place."""

    name: str
    attname: str

    def place(self, row: Any) -> str:
        """Return what the ciphertext is bound to: table, column, row."""
        raise NotImplementedError


class IndexColumn:
    """A field that holds the keyed index of a sealed one."""

    name: str


def rotated_models() -> list[type[models.Model]]:
    """List the models that hold anything sealed."""
    kinds = (SealedColumn, IndexColumn)
    return [model for model in apps.get_models() if any(isinstance(field, kinds) for field in model._meta.concrete_fields)]


def samples() -> Iterator[tuple[models.Model, SealedColumn]]:
    """Yield (row, field) of one sealed value of each column that exists: an older schema lacks tables and columns."""
    for model, columns in _standing():
        for field in [field for field in columns if isinstance(field, SealedColumn)]:
            length: models.Func = models.Func(models.F(field.name), function="LENGTH", output_field=models.IntegerField())
            # Only the key and the column: an older schema may lack the others. Unordered: the first found will do.
            found = model._base_manager.annotate(_length=length).filter(_length__gt=0).order_by().only("pk", field.name)[:1]
            for row in found:
                yield row, field


def sealed_under(name: str) -> bool:
    """Tell whether any column still holds a value sealed by the key `name`, or indexed by it."""
    head = f"{name}:".encode()
    for model, columns in _standing():
        for field in columns:
            if isinstance(field, SealedColumn):
                start: models.Func = models.Func(
                    models.F(field.name), models.Value(1), models.Value(len(head)), function="SUBSTR", output_field=models.BinaryField()
                )
                if model._base_manager.annotate(_head=start).filter(_head=head).exists():
                    return True
            if isinstance(field, IndexColumn) and model._base_manager.filter(**{f"{field.name}__startswith": name + ":"}).exists():
                return True
    return False


def _standing() -> Iterator[tuple[type[models.Model], "list[AnyField]"]]:
    """Yield each model that holds anything sealed and has a row, with those of its fields that the database has.

    The columns are those of a question that finds nothing: Django's own description of a table parses on SQLite the words that made it.
    """
    with connection.cursor() as cursor:
        existing = set(connection.introspection.table_names(cursor))
        for model in rotated_models():
            if model._meta.db_table in existing and model._base_manager.exists():
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(model._meta.db_table)} LIMIT 0")
                there = {column[0] for column in cursor.description or ()}
                yield model, [field for field in model._meta.concrete_fields if field.column in there]
