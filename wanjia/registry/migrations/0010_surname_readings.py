from functools import reduce
from operator import or_

from django.db import migrations
from django.db.models import Q

BATCH = 500


def fill_anew(apps, schema):
    """Give 曾, 单, 解 … their own reading in the rows that are there: batch by batch, in the order of the key."""
    from wanjia.registry.names import SURNAMES, sounds_of

    people = apps.get_model("registry", "Person").objects.using(schema.connection.alias)
    concerned = people.filter(reduce(or_, (Q(name__startswith=surname) for surname in SURNAMES)))
    last = None
    while rows := list((concerned.filter(pk__gt=last) if last else concerned).only("pk", "name", "pinyin", "initials").order_by("pk")[:BATCH]):
        last = rows[-1].pk
        changed = [row for row in rows if (row.pinyin, row.initials) != sounds_of(row.name)]
        for row in changed:
            row.pinyin, row.initials = sounds_of(row.name)
        people.bulk_update(changed, ["pinyin", "initials"])


fill_anew.batched = True


class Migration(migrations.Migration):
    """Surnames are found under their own reading; only rows whose name begins with such a surname are touched."""

    atomic = False
    dependencies = [("registry", "0009_at_home_when_said")]
    operations = [migrations.RunPython(fill_anew, migrations.RunPython.noop)]
