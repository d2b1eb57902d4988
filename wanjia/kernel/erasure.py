"""What an erasure of a person (依法删除, PIPL art. 47) does with every field that can hold words: declared beside each model.

word    the text becomes WORD; an empty one stays empty
empty   nothing is left: the field's own blank; a sealed value, an index, a picture or file kept in the row
keys    of a JSON field, the texts under these keys become WORD, the rest stays: figures and folds go by it
kept    it stays, for the reason given
about   {model: paths}: a row speaks of the person when one of these paths leads to a row that does; "" is the row itself
held    {sealed field: {lookup: value}}: no act leaves it empty in rows of which these hold; an empty one has an erasure to account for it
nobody  the reason why no row of the model speaks of anybody in the register

A model says so in a class attribute `erasure`; a house test fails on a text, JSON, binary or sealed field that is not declared.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from wanjia.policy.erased import WORD
from wanjia.sealing.fields import BlindIndex, EncryptedText


@dataclass(frozen=True)
class Erasure:
    """The declaration of one model."""

    about: dict[str, Sequence[str]] = field(default_factory=dict)
    word: tuple[str, ...] = ()
    empty: tuple[str, ...] = ()
    keys: dict[str, Sequence[str]] = field(default_factory=dict)
    kept: dict[str, str] = field(default_factory=dict)
    held: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    nobody: str = ""

    @property
    def gone(self) -> tuple[str, ...]:
        """The names of all fields that an erasure changes."""
        return (*self.word, *self.empty, *self.keys)


NOTHING = Erasure()
ACT, DISPOSE = "registry.erase_person", "office.dispose"  # each of two people: of one person, or of a list of rows whose time is over (ADR 113)
ORDERED = {"registry.person": ACT, "office.disposal": DISPOSE}  # subject of the journal's line, whose key their erasure lines bear: act


def holds_words(one: Any) -> bool:
    """Tell whether a field can hold words of or about somebody: not a key, not a choice."""
    if one.primary_key or one.is_relation or one.choices:
        return False
    kinds = (models.CharField, models.TextField, models.JSONField, models.BinaryField, models.FileField, EncryptedText, BlindIndex)
    return isinstance(one, kinds)


def of(model: Any) -> Erasure:
    """Return the model's declaration; an empty one when it makes none."""
    return getattr(model, "erasure", NOTHING)


def _taken(row: Any, said: Erasure) -> list[list[Any]]:
    """List what an erasure would change of a row: [name, text] of the texts and keys it has. Not what it lacks: a field or a key that is
    declared later changes nothing of older rows.
    """
    texts = [[name, getattr(row, name)] for name in said.word if getattr(row, name)]
    return texts + [[key, getattr(row, name)[key]] for name, named in said.keys.items() for key in named if key in getattr(row, name)]


def parted(row: Any, model: Any = None) -> tuple[dict[str, dict[str, Any]], str]:
    """Return ({JSON field: what stays of it}, SHA-256 of all that an erasure would take), so that history can be chained in two parts:
    what stays is borne out by its digest even when the rest is gone (ADR 90).
    """
    said = of(model or type(row))
    stays = {name: {key: value for key, value in getattr(row, name).items() if key not in named} for name, named in said.keys.items()}
    return stays, hashlib.sha256(json.dumps(_taken(row, said), default=str, ensure_ascii=False).encode()).hexdigest()


def is_emptied(row: Any, model: Any = None) -> bool:
    """Tell whether a row looks as an erasure leaves it: of what is declared nothing stands any more, and something was taken."""
    held = [value for _name, value in _taken(row, of(model or type(row)))]
    return all(one in ("", WORD) for one in held) and WORD in held


def undeclared(model: Any) -> list[str]:
    """List the fields of `model` that hold words and are not declared, or twice; and the names that no field bears."""
    said = of(model)
    if said.nobody and not (said.gone or said.kept or said.about):
        return []
    named = [*said.gone, *said.kept]
    fields = {one.name for one in model._meta.concrete_fields}
    wanted = {one.name for one in model._meta.concrete_fields if holds_words(one)}
    wrong = (wanted - set(named)) | (set(named) - fields) | {name for name in named if named.count(name) > 1}
    return sorted(wrong | ({"about"} if said.gone and not said.about else set()))


def after(model: Any, name: str, vendor: str, row: str = "") -> str:
    """Return the SQL of what the field's column holds after an erasure. row: "OLD." within a trigger."""
    one, said = model._meta.get_field(name), of(model)
    column = f'{row}"{one.column}"'
    if name in said.word and not isinstance(one, EncryptedText):
        return f"CASE WHEN {column} = '' THEN '' ELSE '{WORD}' END"
    if name in said.keys:
        return _JSON[vendor](column, said.keys[name])
    if one.null:
        return "NULL"
    if isinstance(one, EncryptedText | models.BinaryField):
        return "x''" if vendor == "sqlite" else "''::bytea"
    if isinstance(one, models.JSONField):
        return "'{}'" if vendor == "sqlite" else "'{}'::jsonb"
    return "''"


def _json_sqlite(column: str, keys: Sequence[str]) -> str:
    said = ", ".join(f"'$.{key}', CASE json_extract({column}, '$.{key}') WHEN '' THEN '' ELSE '{WORD}' END" for key in keys)
    return f"json_replace({column}, {said})"


def _json_postgres(column: str, keys: Sequence[str]) -> str:
    for_all = column
    for key in keys:
        new = f"""CASE WHEN {column} ->> '{key}' = '' THEN '""'::jsonb ELSE '"{WORD}"'::jsonb END"""
        for_all = f"jsonb_set({for_all}, '{{{key}}}', {new}, false)"
    return for_all


_JSON = {"sqlite": _json_sqlite, "postgresql": _json_postgres}


def stands(model: Any, names: Iterable[str], vendor: str) -> str:
    """Return the SQL that tells whether a row still holds something that an erasure would change."""
    return " OR ".join(_other(f'"{model._meta.get_field(name).column}"', after(model, name, vendor), vendor) for name in names)


def _other(one: str, other: str, vendor: str) -> str:
    return f"{one} IS NOT {other}" if vendor == "sqlite" else f"{one} IS DISTINCT FROM {other}"


def door(model: Any, vendor: str) -> str:
    """Return the SQL, for a trigger, of the one change that history allows: an erasure that has its line, carried out exactly.

    Every declared column gets what is declared, every other stays as it is.
    """
    said = of(model)
    gone = {model._meta.get_field(name).column: after(model, name, vendor, "OLD.") for name in said.gone}
    columns = [one.column for one in model._meta.concrete_fields]
    same = [f'NOT (NEW."{column}" {_IS_NOT[vendor]} {gone.get(column, f"""OLD."{column}" """)})' for column in columns]
    key = _KEY[vendor].format(f'OLD."{model._meta.pk.column}"')
    line = f"""EXISTS (SELECT 1 FROM kernel_erasureline WHERE "table" = '{model._meta.db_table}' AND "row" = {key})"""
    return f"{line} AND {' AND '.join(same)}"


_IS_NOT = {"sqlite": "IS NOT", "postgresql": "IS DISTINCT FROM"}
_KEY = {"sqlite": "CAST({} AS TEXT)", "postgresql": "replace({}::text, '-', '')"}


def emptied(model: Any, vendor: str) -> str:
    """Return the SQL, for a trigger, that tells whether a sealed column that held something is made empty."""
    sealed = [one.column for one in model._meta.concrete_fields if isinstance(one, EncryptedText)]
    return " OR ".join(f'(length(OLD."{column}") > 0 AND length(NEW."{column}") = 0)' for column in sealed)


def key_of(pk: object) -> str:
    """Spell a row's key as an erasure line does, alike on both databases."""
    return str(pk).replace("-", "")


def digest(lines: Iterable[Any]) -> str:
    """Return the SHA-256 over erasure lines, in whatever order: what the journal's line of the act carries."""
    said = sorted(f"{line.person} {line.table} {line.row} {line.stood} {line.stands}" for line in lines)
    return hashlib.sha256("\n".join(said).encode()).hexdigest()
