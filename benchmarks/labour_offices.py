"""The databases of a benchmark: made like an empty office as often as it is wanted."""

import contextlib
from pathlib import Path


class Postgres:
    """A server of its own; each first load gets a database like the empty office."""

    def __init__(self, running):
        self.url = running.url
        self.server = int((Path(running.cluster) / "postmaster.pid").read_text().split()[0])
        self.admin = running.url.rsplit("/", 1)[0] + "/template1"

    def keep(self):
        """Keep the office as it is."""
        self._do("CREATE DATABASE office TEMPLATE postgres")

    def anew(self):
        """An empty office once more."""
        self._do("DROP DATABASE postgres WITH (FORCE)")
        self._do("CREATE DATABASE postgres TEMPLATE office")

    def _do(self, sql):
        import psycopg

        with psycopg.connect(self.admin, autocommit=True) as connection:
            connection.execute(sql)


class File:
    """SQLite in a file."""

    url, server = "", 0

    def __init__(self, folder):
        self.path, self.empty = folder / "bench.sqlite3", folder / "office.sqlite3"

    def keep(self):
        """Keep the office as it is."""
        import sqlite3

        with contextlib.closing(sqlite3.connect(self.path)) as connection:
            connection.execute("VACUUM INTO ?", [str(self.empty)])

    def anew(self):
        """An empty office once more."""
        for end in ("", "-wal", "-shm"):
            self.path.with_name(self.path.name + end).unlink(missing_ok=True)
        self.path.write_bytes(self.empty.read_bytes())
