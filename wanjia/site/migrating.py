"""A database that begins empty is migrated in a seventh of the time: of the models' states only the one that changes is rendered anew.

Django renders, at each step of each migration, every model that hangs together with the one that changes: in this house all two
hundred, seven hundred times over, and that was 40 of the 45 seconds an installation, a restore or a test database took. The steps ask
the rendered models for one table and what it names. A function of a migration (RunPython) is given models rendered whole and anew, as
Django itself does after a change it calls delayed; here every model that is new, every column that is new, every index, constraint and
option is one. Only from an empty database: what an office has lived in is brought forward exactly as Django does it. That both make
the same tables, columns, indexes and guards is tested on both databases (tests/test_migrating.py).
"""

import gc
from contextlib import contextmanager
from contextvars import ContextVar

from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ProjectState

_alone = ContextVar("models are rendered one by one", default=False)
_plain_find = ProjectState._find_reload_model
_plain_add_model = ProjectState.add_model
_plain_add_field = ProjectState.add_field
_plain_forwards = MigrationExecutor._migrate_all_forwards


def install():
    """Let every migration of this process that begins with an empty database go so."""
    ProjectState._find_reload_model = _find_reload_model
    ProjectState.add_model = _add_model
    ProjectState.add_field = _add_field
    MigrationExecutor._migrate_all_forwards = _migrate_all_forwards


@contextmanager
def _one_by_one():
    """Within, models are rendered one by one, and what they leave behind is looked through seldom."""
    token, often = _alone.set(True), gc.get_threshold()
    gc.set_threshold(max(often[0], 50_000), 20, 20)
    try:
        yield
    finally:
        _alone.reset(token)
        gc.set_threshold(*often)


def _migrate_all_forwards(self, state, plan, full_plan, *given, **named):
    if self.loader.applied_migrations:
        return _plain_forwards(self, state, plan, full_plan, *given, **named)
    with _one_by_one():
        return _plain_forwards(self, state, plan, full_plan, *given, **named)


def _find_reload_model(self, app_label, model_name, delay=False):
    if not (delay and _alone.get()):
        return _plain_find(self, app_label, model_name, delay)
    self.is_delayed = True
    return {(app_label, model_name)}


def _add_model(self, model_state):
    with _delayed(self):
        _plain_add_model(self, model_state)


def _add_field(self, *given, **named):
    with _delayed(self):
        _plain_add_field(self, *given, **named)


@contextmanager
def _delayed(state):
    """Within, what this state reloads is one that Django calls delayed: what is new is named by nothing that was rendered before."""
    if not _alone.get():
        yield
        return
    reload_model = state.reload_model
    state.reload_model = lambda app_label, model_name, delay=False: reload_model(app_label, model_name, delay=True)
    try:
        yield
    finally:
        del state.reload_model
