"""A question that is asked again and again: its SQL is written once, since the writing of it costs more than the reading."""

from django.db import connection


def asked_once(asks, name, rows):
    """Return the rows of a query of one need's primary key, made by `rows`, whose SQL is written once and asked again and again."""
    if name not in asks:
        asks[name] = rows().query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(*asks[name])
        return cursor.fetchall()


class Asked:
    """One row, read again and again: its SQL is written once, since the writing of it costs more than the reading."""

    def __init__(self, rows):
        self.model, self.compiler = rows.model, rows.query.get_compiler("default")
        self.sql = self.compiler.as_sql()
        self.converters = self.compiler.get_converters([column for column, _sql, _name in self.compiler.select])
        self.names = [field.attname for field in self.model._meta.concrete_fields]

    def row(self):
        """Return the row as it stands."""
        with connection.cursor() as cursor:
            cursor.execute(*self.sql)
            (values,) = self.compiler.apply_converters(cursor.fetchall(), self.converters)
        return self.model.from_db("default", self.names, values)
