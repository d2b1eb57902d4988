"""What the triggers hold of rows: a machine starts and goes where its table says, what is kept for good is not deleted, what is only appended is not changed."""

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from wanjia.kernel import erasure, triggers
from wanjia.kernel.machine import machine_of
from wanjia.kernel.tests.test_triggers import kept_for_good, planted, spoilt_rows  # noqa: F401
from wanjia.sealing.fields import EncryptedText

pytestmark = pytest.mark.django_db


def machines():
    return [model for model in apps.get_models() if machine_of(model) and ".tests." not in model.__module__]


def plant(model):
    """Rows past every trigger, which is then laid again."""
    triggers.lift(models=[model])
    planted(model)
    triggers.lay(models=[model])


@pytest.mark.parametrize("model", machines(), ids=lambda model: model.__name__)
def test_no_machine_starts_or_goes_where_its_table_does_not(spoilt_rows, model):  # noqa: F811
    with pytest.raises(DatabaseError, match="may not be first"), transaction.atomic():
        planted(model)
    plant(model)
    with pytest.raises(DatabaseError, match="may not follow"), transaction.atomic():
        _run(f"UPDATE {model._meta.db_table} SET state = 'nowhere'")


@pytest.mark.parametrize("model", kept_for_good(), ids=lambda model: model.__name__)
def test_no_row_that_is_kept_is_deleted(spoilt_rows, model):  # noqa: F811
    plant(model)
    with pytest.raises(DatabaseError, match="only appended"), transaction.atomic():
        _run(f"DELETE FROM {model._meta.db_table}")


@pytest.mark.parametrize("model", [one for one in kept_for_good() if getattr(one, "append_only", False)], ids=lambda model: model.__name__)
def test_no_row_that_is_only_appended_is_changed(spoilt_rows, model):  # noqa: F811
    """Its clear columns stand; its sealed ones may be sealed anew and never emptied."""
    plant(model)
    table, key = model._meta.db_table, model._meta.pk.column
    clear = [one.column for one in model._meta.concrete_fields if not isinstance(one, EncryptedText) and one.column != key]
    sealed = [one.column for one in model._meta.concrete_fields if isinstance(one, EncryptedText)]
    for column in [name for name in clear if not name.endswith("_index")]:
        with pytest.raises(DatabaseError, match="only appended"), transaction.atomic():
            _run(f'UPDATE {table} SET "{column}" = "{column}"')
    assert bool(sealed) == bool(erasure.emptied(model, "sqlite"))
    for column in sealed:
        _run(f'UPDATE {table} SET "{column}" = "{column}"')
        with pytest.raises(DatabaseError, match="only appended"), transaction.atomic():
            _run(f"""UPDATE {table} SET "{column}" = ''""")


def _run(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
