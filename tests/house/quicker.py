"""Another hand that writes just before an act's own statement: where no call is made between its look and its word, that is the only place for it."""

from contextlib import contextmanager

from django.db import connection, transaction

from wanjia.kernel.command import COMMANDS

from .acts import ACTS, actor


@contextmanager
def just_before(verb, model, does):
    """Let `does` happen once, just before the first such statement on a table; gives the list that says whether it came to that."""
    came = []

    def wait(execute, sql, params, many, context):
        if not came and sql.startswith(f'{verb} "{model._meta.db_table}"'):
            came.append(sql)
            does()
        return execute(sql, params, many, context)

    with connection.execute_wrapper(wait):
        yield came


def done(world, act, what):
    """Do an act as it is rightly done, with these words."""
    tried = ACTS[act]
    with transaction.atomic():
        return COMMANDS[act](**what, by=actor(world, tried.by), at=tried.at)
