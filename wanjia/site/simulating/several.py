"""Several years one after the other, each in a county just built: it is built once and laid out anew for each."""

import contextlib
import gc
import shutil
from pathlib import Path

from django.db import connection

from . import town as towns
from . import year


def years(folder, *, seeds, days, needs, first_only=False, say=lambda _sentence: None):
    """Yield the answer of each year."""
    say("县、单位、岗位、家庭户 / county, units, posts, homes")
    workers = max(40, min(400, needs // 50))
    with year.by_dice(0, year.Clock(year.opening())):
        town = towns.build(needs=needs, workers=workers, at=year.opening())
    gc.freeze()  # what stands now stands to the end: looked through after each act it costs more than it frees
    gc.set_threshold(50_000, 20, 20)
    with laid_out(folder) as anew:
        for seed in seeds:
            anew()
            yield year.run(town, seed=seed, days=days, needs=needs, first_only=first_only, say=say)


@contextlib.contextmanager
def laid_out(folder):
    """Yield what brings the database back to the county as it was built."""
    name = connection.settings_dict["NAME"]
    connection.close()
    if connection.vendor == "sqlite":
        built = Path(folder) / "built.sqlite3"
        _copy(name, built)
        yield lambda: (connection.close(), _copy(built, name))
    else:
        from .copying import copied

        with copied(name) as anew:
            yield anew


def _copy(one, other):
    for end in ("-wal", "-shm"):
        Path(f"{other}{end}").unlink(missing_ok=True)
    shutil.copyfile(one, other)
