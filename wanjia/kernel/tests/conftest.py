"""Fixtures of the kernel's tests."""

import pytest
from django.db import connection

from wanjia.kernel import triggers
from wanjia.sealing import keys

from . import factories


@pytest.fixture
def tables(db):
    """The tables of the small world with their triggers; gone after the test."""
    factories.make_tables()
    triggers.lay(models=[factories.Parcel, factories.Note])
    return factories


@pytest.fixture
def ring(tmp_path, settings):
    """A key ring of this test's own."""
    settings.WANJIA_KEYRING = str(tmp_path / "ring.json")
    keys.make()
    return keys


@pytest.fixture
def sql(db):
    """Run one statement past every guard of the code, in a savepoint, so that a refusal does not spoil the transaction."""
    from django.db import transaction

    def run(statement, *params):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, params)

    return run
