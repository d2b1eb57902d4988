"""On PostgreSQL a county is laid out anew by copying its database (CREATE DATABASE … TEMPLATE)."""

import contextlib

import psycopg
from django.db import connection, connections


@contextlib.contextmanager
def copied(name):
    """Yield what makes the database `name` anew from how it stands now."""
    built = f"{name}_built"
    _anew(built, name)
    try:
        yield lambda: _anew(name, built)
    finally:
        connections.close_all()
        _run(f'DROP DATABASE "{built}" WITH (FORCE)')


def _anew(name, template):
    connections.close_all()
    _run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    _run(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')


def _run(sql):
    """Run one statement beside every database: in the server's own."""
    to = connection.settings_dict
    facts = {"host": to["HOST"], "port": to["PORT"] or None, "user": to["USER"], "password": to["PASSWORD"], "dbname": "postgres"}
    with psycopg.connect(**{name: value for name, value in facts.items() if value}, autocommit=True) as server:
        server.execute(sql)
