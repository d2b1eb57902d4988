"""What a call answers with: columns of a row, each of the type that its model says.

    class TaskOut(Answer, of=SubTask, columns="id need=need.number unit=unit.name state words due_on late"):
        \"\"\"One sub-task of a helping unit.\"\"\"

        late: bool = Field(description="done after its day")

A column is a field, or name=path over relations; the class says itself what no model knows: the type of what is worked out, or more than a type.
What its model sorts as sensitive or a child's is in no list of columns by a slip of the pen: the class says that one itself, too.
"""

from datetime import date, datetime
from typing import Any, get_args
from uuid import UUID

from django.db import models
from ninja import Schema
from ninja.schema import ResolverMetaclass
from pydantic import Field

APART = {"sensitive", "child"}
TYPES: tuple[tuple[Any, Any], ...] = (
    (models.UUIDField, UUID), (models.DateTimeField, datetime), (models.DateField, date), (models.BooleanField, bool), (models.IntegerField, int),
    (models.CharField, str), (models.TextField, str),
)  # fmt: skip


class Columns(ResolverMetaclass):
    """Reads `of` and `columns` into annotations, in their order; what the class says of one goes before."""

    def __new__(mcs, name: str, bases: Any, space: dict[str, Any], of: Any = None, columns: str = "", **kwargs: Any) -> Any:
        """Make the class."""
        own, found = space.get("__annotations__", {}), dict[str, Any]()
        for one in columns.split():
            column, _equals, path = one.partition("=")
            found[column] = own.get(column) or type_of(of, path or column)
            if path:
                space[column] = _named(space.get(column), path, found[column])
        space["__annotations__"] = found | {column: kind for column, kind in own.items() if column not in found}
        return super().__new__(mcs, name, bases, space, **kwargs)


class Answer(Schema, metaclass=Columns):
    """What a call answers with."""


def type_of(model: Any, path: str) -> Any:
    """Return the type of a column, or of one over relations; None is of it where a field on the way may stay empty. Raises KeyError for what says no type, and
    for what its model sorts apart."""
    *way, last = path.split(".")
    empty = False
    for name in way:
        relation = model._meta.get_field(name)
        empty, model = empty or relation.null, relation.related_model
    field = model._meta.get_field(last)
    if any(field.name in names for kind, names in getattr(model, "privacy", {}).items() if kind in APART):
        raise KeyError(f"{model.__name__}.{last} is not for everybody who sees the row: the answer says it itself, and somebody reads that")
    empty = empty or field.null
    while field.is_relation:
        field = field.target_field
    kind = next((kind for of, kind in TYPES if isinstance(field, of)), None)
    if kind is None:
        raise KeyError(f"{model.__name__}.{last} says no type: the answer says it")
    return kind | None if empty else kind


def _named(said: Any, path: str, kind: Any) -> Any:
    """Return the pydantic field that reads a path, with what the class said of it besides; None where a row on the way may be missing, and is."""
    default = None if "." in path and type(None) in get_args(kind) else ...
    return Field(default, alias=path, description=said and said.description)
