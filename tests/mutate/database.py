"""The guards that stand in the database: CHECKs and unique constraints of our models, triggers of the kernel."""

import re

from .guards import Guard
from .switch import State

CHECK, UNIQUE, TRIGGER = "check", "unique", "trigger"
VERBS = {
    "INSERT": ("state_start", "no_replace"), "COPY": ("state_start",), "REPLACE": ("no_replace",), "UPDATE": ("state_skip", "no_update", "no_emptying", "no_taking_over"),
    "DELETE": ("no_delete",), "TRUNCATE": ("no_truncate",),
}  # fmt: skip


def _models():
    from django.apps import apps

    return [model for model in apps.get_models() if model.__module__.startswith("wanjia.") and ".tests." not in model.__module__]


def constraints():
    """Yield (guard, model, constraint) of every constraint that our models declare."""
    from django.db.models import CheckConstraint

    for model in _models():
        for one in model._meta.constraints:
            kind = CHECK if isinstance(one, CheckConstraint) else UNIQUE
            path = model.__module__.replace(".", "/") + ".py"
            yield Guard(f"{path}::{model.__name__}::{kind} {one.name}", kind, path, one.name), model, one


def triggers(vendor):
    """Yield (guard, model, name) of every trigger that the kernel lays on this kind of database."""
    from wanjia.kernel import triggers as laid

    for model in _models():
        for statement in laid._create(vendor, model):
            if found := re.match(rf"CREATE TRIGGER {model._meta.db_table}_(\w+) ", statement):
                name = f"{model._meta.db_table}_{found[1]}"
                yield Guard(f"wanjia/kernel/triggers.py::{model.__name__}::trigger {name}", TRIGGER, "wanjia/kernel/triggers.py", name), model, found[1]


def declared(vendor="sqlite"):
    """Return every guard of the database, by key."""
    every = [guard for guard, *_rest in (*constraints(), *triggers(vendor))]
    return {guard.key: guard for guard in every}


def note_refusals():
    """Note, on every connection that is opened from now on, which guard of the database refuses a statement."""
    from django.db.backends.signals import connection_created

    connection_created.connect(_listen, weak=False)


def _listen(connection, **_signal):
    if _note not in connection.execute_wrappers:
        connection.execute_wrappers.append(_note)


def _note(execute, sql, params, many, context):
    try:
        return execute(sql, params, many, context)
    except Exception as refusal:
        State.told |= set(refusing(str(refusal), str(sql), context["connection"].vendor))
        raise


def refusing(message, sql, vendor):
    """Yield the keys of the guards that may have said this: by name, by the columns, or by the table and the verb for a trigger."""
    for guard, model, one in constraints():
        columns = ", ".join(f"{model._meta.db_table}.{model._meta.get_field(name).column}" for name in one.fields) if guard.kind == UNIQUE else "-"
        if re.search(rf"\b{one.name}\b", message) or message.endswith(f"failed: {columns}"):
            yield guard.key
    if "this state may not" in message or "only appended" in message:
        words = set(re.findall(r"\w+", sql))
        verbs = [name for verb, names in VERBS.items() if verb in words for name in names]
        for guard, model, name in triggers(vendor):
            # A statement may reach another table's trigger (CASCADE): the verb alone decides then.
            if name in verbs and (model._meta.db_table in words or verbs == ["no_truncate"]):
                yield guard.key


def switch_off(guard):
    """Take one guard out of the database that this process is connected to; it stays out when triggers are laid anew."""
    from django.db import connection

    if guard.kind == TRIGGER:
        model = next(model for one, model, _name in triggers(connection.vendor) if one == guard)
        _never_lay(guard.words)
        _lay_anew(model)
        return
    model, constraint = next((model, one) for found, model, one in constraints() if found == guard)
    declared_ones = model._meta.constraints
    model._meta.constraints = [one for one in declared_ones if one is not constraint]
    with connection.schema_editor() as editor:
        editor.remove_constraint(model, constraint)
    model._meta.constraints = declared_ones
    _lay_anew(model)


def _lay_anew(model):
    from wanjia.kernel import triggers as laid

    laid.lift(models=[model])
    laid.lay(models=[model])


def _never_lay(name):
    from wanjia.kernel import triggers as laid

    create = laid._create
    laid._create = lambda vendor, model: [one for one in create(vendor, model) if not one.startswith(f"CREATE TRIGGER {name} ")]
