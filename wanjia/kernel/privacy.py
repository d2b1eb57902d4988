"""Every field of every model is sorted: who may be shown it, without asking again.

open       may stand on a public notice
internal   staff in whose scope the row lies
sensitive  asked for with a reason and logged (ID number, phone, bank account, address, health)
child      a child's file: asked for with a reason, logged before the page is sent
A model says so in a class attribute `privacy = {"open": (names…), …}`; a house test fails on an unsorted field.
"""

from typing import Any

LEVELS = ("open", "internal", "sensitive", "child")


def level(model: Any, field_name: str) -> str:
    """Return the level of one field. Raises KeyError for an unsorted field."""
    for name, fields in model.privacy.items():
        if field_name in fields:
            return str(name)
    raise KeyError(f"{model._meta.label}.{field_name} is not sorted for privacy")


def unsorted(model: Any) -> list[str]:
    """List the concrete fields of `model` that no level names, and the names that no field bears."""
    fields = {field.name for field in model._meta.concrete_fields}
    named = [name for names in getattr(model, "privacy", {}).values() for name in names]
    twice = {name for name in named if named.count(name) > 1}
    return sorted((fields ^ set(named)) | twice)


def mask_name(name: str) -> str:
    """Show a person's name on a list that leaves the office: the surname and the last character (李*明)."""
    if len(name) <= 1:
        return name
    return name[0] + "*" + (name[-1] if len(name) > 2 else "")


def mask_phone(phone: str) -> str:
    """Show a phone number by its last four digits."""
    return "*******" + phone[-4:] if len(phone) >= 7 else "****"


def mask_citizen_id(number: str) -> str:
    """Show an ID number by its last four characters alone: area and birth year would leave 34 candidates."""
    return "**************" + number[-4:] if number else ""
