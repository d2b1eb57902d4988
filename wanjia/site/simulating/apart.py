"""Apart from every office: a fresh database in a folder that is thrown away, a clock that is set, and chance that comes from a seed."""

import contextlib
import os
import random
import shutil
import tempfile
from datetime import datetime, time, timedelta
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

MEMORY = Path("/dev/shm")  # a disk in memory, where there is one: nothing of a simulation must outlive it
OWN = ("WANJIA_KEYRING", "WANJIA_ANCHORS", "WANJIA_SECRET_KEY", "WANJIA_REQUIRE_TOTP")


@contextlib.contextmanager
def thrown_away():
    """Give the settings, before anybody reads them, a folder and a database of this simulation's own; both are gone afterwards.

    With a DATABASE_URL of PostgreSQL the database is made on that server under a new name; the one that the URL names is only asked to make it.
    """
    folder = Path(tempfile.mkdtemp(prefix="wanjia-simulate-", dir=MEMORY if MEMORY.is_dir() else None))
    before, url = dict(os.environ), os.environ.pop("DATABASE_URL", "")
    for name in OWN:
        os.environ.pop(name, None)
    os.environ["WANJIA_VAR"] = str(folder)
    try:
        with _database(url) if url.startswith("postgres") else contextlib.nullcontext():
            yield folder
    finally:
        os.environ.clear()
        os.environ.update(before)
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def _database(url):
    import psycopg

    name, parts = f"wanjia_simulate_{os.getpid()}", urlsplit(url)
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
    os.environ["DATABASE_URL"] = urlunsplit(parts._replace(path=f"/{name}"))
    try:
        yield
    finally:
        from django.db import connections

        connections.close_all()
        with psycopg.connect(url, autocommit=True) as server:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


class Clock:
    """Virtual time: it stands until it is set, and moves on with every act, so that nothing happens twice at one moment."""

    def __init__(self, moment, *, pace=20):
        self.moment, self.pace = moment, pace

    def now(self):
        """What everybody reads instead of the time."""
        return self.moment

    def tick(self):
        """Move on by the time that an act takes in this county; a day has room for all of them."""
        self.moment += timedelta(seconds=self.pace)
        return self.moment

    def set(self, moment):
        """Go to a moment; never back."""
        self.moment = max(self.moment, moment)

    def morning(self, day, zone, hour=8):
        """Go to the beginning of a day's work."""
        self.set(datetime.combine(day, time(hour), tzinfo=zone))


@contextlib.contextmanager
def by_dice(seed, clock):
    """Let time come from a clock and all chance, that of keys and codes too, from a seed. Only ever in a database that is thrown away."""
    from django.utils import timezone

    dice = random.Random(f"wanjia {seed}")
    draws = {os: ("urandom", os.urandom), random: ("_urandom", random._urandom)}
    now = timezone.now
    try:
        for module, (name, _true) in draws.items():
            setattr(module, name, dice.randbytes)
        timezone.now = clock.now
        yield dice
    finally:
        timezone.now = now
        for module, (name, true) in draws.items():
            setattr(module, name, true)
