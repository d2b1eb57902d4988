"""Text that is compared byte by byte, in whatever order the database's own language sorts."""

from django.db import models


class BytewiseText(models.CharField):
    """A short text under the collation "C" of PostgreSQL (SQLite compares so anyway): one plain index then answers what it begins with, what it equals
    and in which order it comes. Under a Chinese or any other language's order "begins with" would read every row.
    """

    def db_parameters(self, connection):
        """Return the column's type and collation: SQLite knows none called "C"."""
        return super().db_parameters(connection) | ({"collation": "C"} if connection.vendor == "postgresql" else {})


class Given(models.Func):
    """What stands behind the first sign of a name: 小明 of 王小明. Its 2 is no parameter, or SQLite's planner would not know its index again."""

    template = "SUBSTR(%(expressions)s, 2)"
    output_field = models.CharField()
