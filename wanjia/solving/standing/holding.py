"""What is said under a version while another is put in force: either it is read by the swap, or it is refused."""

from django.db import connection


def hold_standing(plan_id):
    """Let no other version be put in force until the running transaction ends, if this one stands; whoever holds a row of it asks afterwards whether it still does.

    PostgreSQL waits for whoever is putting another in force. On SQLite writers are alone by nature.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM solving_standing WHERE plan_id = %s FOR SHARE", [plan_id])
