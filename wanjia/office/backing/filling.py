"""Fill the empty database beside the living one with the rows of a backup, and prove that it holds exactly them."""

from django.core.management.color import no_style
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from wanjia.verdict import Refused

from . import reading, rules


def fill(connection, sources, *, say):
    """Empty each table (a migration may have put rows there), then fill it. sources: (model, function → lines)."""
    # Foreign keys are checked at the end of the transaction (PostgreSQL) or not at all (SQLite: the checksum proves more).
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for model, _lines in reversed(sources):
            cursor.execute(f'DELETE FROM "{model._meta.db_table}"')
        for model, lines in sources:
            _FILL[connection.vendor](cursor, model, lines())
            say(model._meta.db_table)
        for statement in connection.ops.sequence_reset_sql(no_style(), [model for model, _lines in sources]):
            cursor.execute(statement)


def _fill_sqlite(cursor, model, lines):
    names, readers = [column for column, _field in rules.columns(model)], rules.readers(model, "sqlite")
    statement = f'INSERT INTO "{model._meta.db_table}" ({_quoted(names)}) VALUES ({", ".join(["?"] * len(names))})'
    cursor.connection.executemany(statement, (rules.unspell(line, readers) for line in lines))


def _fill_postgres(cursor, model, lines):
    names, readers = [column for column, _field in rules.columns(model)], rules.readers(model, "postgresql")
    with cursor.copy(f'COPY "{model._meta.db_table}" ({_quoted(names)}) FROM STDIN') as copy:
        for line in lines:
            copy.write_row(rules.unspell(line, readers))


_FILL = {"sqlite": _fill_sqlite, "postgresql": _fill_postgres}


def prove_equal(alias, models, said):
    """Raise Refused unless every table holds exactly the rows of which the manifest speaks."""
    with reading.snapshot(alias) as view:
        for model in models:
            found = rules.Checksum()
            for line in view.stream(model):
                found.add(line)
            if found.said() != said[model._meta.db_table]:
                raise Refused(_("写入后的表 %(table)s 与备份不相等,没有换上去。原来的数据没有改动。") % {"table": model._meta.db_table})


def _quoted(names):
    return ", ".join(f'"{name}"' for name in names)
