from functools import reduce
from operator import or_

from django.db import migrations
from django.db.models import Q

BATCH = 500


def fill_anew(apps, schema):
    """Give the initials of those who asked under 曾, 单, 解 … their own letter, batch by batch."""
    from wanjia.registry.names import SURNAMES, sounds_of

    needs = apps.get_model("casework", "Need").objects.using(schema.connection.alias)
    concerned = needs.filter(reduce(or_, (Q(requester_name__startswith=surname) for surname in SURNAMES)))
    last = None
    while rows := list((concerned.filter(pk__gt=last) if last else concerned).only("pk", "requester_name", "requester_initials").order_by("pk")[:BATCH]):
        last = rows[-1].pk
        changed = [row for row in rows if row.requester_initials != sounds_of(row.requester_name)[1]]
        for row in changed:
            row.requester_initials = sounds_of(row.requester_name)[1]
        needs.bulk_update(changed, ["requester_initials"])


fill_anew.batched = True


class Migration(migrations.Migration):
    """A need is found by its requester's initials under the surname's own reading."""

    atomic = False
    dependencies = [("casework", "0011_ledger_columns")]
    operations = [migrations.RunPython(fill_anew, migrations.RunPython.noop)]
