"""The sums of labourers who are alike, changed by differences within the act that changes a labourer."""

from django.db import connection

from ..models import Tally
from ..models.tallies import ALIKE

COLUMNS = tuple(Tally._meta.get_field(name.removesuffix("_id")).column for name in ALIKE)


def changed(differences):
    """Add differences ({key in the order of ALIKE: ±n}) to the sums, in the transaction in hand; locked in the order of their keys."""
    table, there = Tally._meta.db_table, " AND ".join(f"{name} = %s" for name in COLUMNS)
    with connection.cursor() as cursor:
        for key, n in sorted((key, n) for key, n in differences.items() if n):
            cursor.execute(f"UPDATE {table} SET n = n + %s WHERE {there}", [n, *key])
            if not cursor.rowcount:
                names, marks = ", ".join((*COLUMNS, "n")), ", ".join(["%s"] * (len(COLUMNS) + 1))
                cursor.execute(
                    f"INSERT INTO {table} ({names}) VALUES ({marks}) ON CONFLICT ({', '.join(COLUMNS)}) DO UPDATE SET n = {table}.n + EXCLUDED.n",
                    [*key, n],
                )
