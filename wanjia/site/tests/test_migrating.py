"""What an empty database is brought to with models rendered one by one is what Django's own rendering makes of it: on both databases."""

import contextlib

import pytest
from django.db import connection, connections, models
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

from wanjia.kernel.models import Entry
from wanjia.office import places

from .. import migrating

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True), pytest.mark.timeout(600)]

# Of PostgreSQL, what each statement makes: columns, constraints, indexes, triggers and their functions, sequences. Names of schemas are cut off.
MADE = (
    """SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity, pg_get_expr(d.adbin, d.adrelid), co.collname
       FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
       LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum LEFT JOIN pg_collation co ON co.oid = a.attcollation
       WHERE c.relkind IN ('r', 'p', 'v', 'm') AND c.relnamespace = %s::regnamespace""",
    "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), convalidated FROM pg_constraint WHERE connamespace = %s::regnamespace",
    "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid), indisvalid FROM pg_index JOIN pg_class c ON c.oid = indexrelid WHERE c.relnamespace = %s::regnamespace",
    "SELECT t.tgname, pg_get_triggerdef(t.oid) FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE NOT t.tgisinternal AND c.relnamespace = %s::regnamespace",
    "SELECT proname, prosrc FROM pg_proc WHERE pronamespace = %s::regnamespace",
)


def stands(alias, schema):
    """Return every table, column, index, constraint and trigger of the database, and how many rows migrations planted where."""
    with connections[alias].cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT type, name, tbl_name, sql FROM sqlite_master")
            made = set(cursor.fetchall())
        else:
            made = set()
            for question in MADE:
                cursor.execute(question, [schema])
                made |= {tuple(str(one).replace(f"{schema}.", "") for one in row) for row in cursor.fetchall()}
        cursor.execute("SELECT app, name FROM django_migrations")
        return made | set(cursor.fetchall())


def made(monkeypatch, alone, then=lambda alias: None):
    """Make a database beside the suite's with models rendered alone or not, and return what stands in it, and what after `then`."""
    with places.beside("default") as place, monkeypatch.context() as patch:
        if not alone:
            patch.setattr(migrating, "_one_by_one", contextlib.nullcontext)
        places.migrate(place.alias, None)
        places.lay_triggers(place.alias)
        found = stands(place.alias, places.ROOM)
        then(place.alias)
        return found, stands(place.alias, places.ROOM)


def one_index_less(alias):
    with connections[alias].cursor() as cursor:
        cursor.execute(f'DROP INDEX "{Entry._meta.indexes[0].name}"')


@pytest.mark.proof
def test_both_ways_make_the_same(monkeypatch, django_db_blocker):
    with django_db_blocker.unblock():
        (plainly, _same), (alone, spoilt) = made(monkeypatch, False), made(monkeypatch, True, one_index_less)
    assert len(plainly) > 1000
    assert plainly == alone
    assert len(plainly - spoilt) == 1 and spoilt < plainly, "the negative control: one index less is seen"


def _state():
    state = MigrationLoader(None, ignore_no_migrations=True).project_state()
    state.apps  # noqa: B018 rendered, as at the first step of a migration
    return state


def test_a_database_that_somebody_lived_in_is_migrated_as_django_does_it(monkeypatch):
    """With migrations behind it nothing is rendered alone."""
    asked = []
    monkeypatch.setattr(migrating, "_one_by_one", lambda: asked.append(1) or contextlib.nullcontext())
    monkeypatch.setattr(migrating, "_plain_forwards", lambda self, state, *given, **named: state)
    executor = MigrationExecutor(connection)
    executor._migrate_all_forwards(ProjectState(), [], [], fake=True, fake_initial=False)
    assert asked == []
    executor.loader.applied_migrations = {}
    executor._migrate_all_forwards(ProjectState(), [], [], fake=True, fake_initial=False)
    assert asked == [1]


def test_within_only_the_one_that_changes_is_rendered_and_a_function_gets_all_anew():
    """A new column of the posts: users and areas stay as they were rendered, and what is handed to a function is rendered whole."""
    state = _state()
    user = state.apps.get_model("orgs", "user")
    with migrating._one_by_one():
        state.add_field("orgs", "post", "later", models.ForeignKey("orgs.user", models.PROTECT, null=True, related_name="+"), False)
    assert state.apps.get_model("orgs", "user") is user and state.apps.get_model("orgs", "post")._meta.get_field("later").related_model is user
    assert state.is_delayed
    state.clear_delayed_apps_cache()
    assert state.apps.get_model("orgs", "user") is not user
    before = state.apps.get_model("orgs", "user")
    state.add_field("orgs", "post", "again", models.ForeignKey("orgs.user", models.PROTECT, null=True, related_name="+"), False)
    assert state.apps.get_model("orgs", "user") is not before, "elsewhere Django's own way holds"
