from datetime import date

from django.db import migrations
from django.db.models import Q
from django.utils import timezone

BATCH = 500
AT_SCHOOL = ("kindergarten", "primary", "junior", "senior", "in_school")


def mask(apps, schema):
    """Give needs that a child asked before 0.2.0 the child's initials, without the last four, as every later one has them.

    No line of a timeline and no figure goes by either column. `wanjia upgrade --back` brings the names back with its backup.
    """
    from wanjia.registry.names import initials_of, sounds_of

    needs = apps.get_model("casework", "Need").objects.using(schema.connection.alias)
    day = timezone.localdate()
    # A birthday on 29 February ends on 1 March: one day more as a child names nobody.
    grown = date(day.year - 18, day.month, min(day.day, 28) if day.month == 2 else day.day)
    child = Q(requester__birth_on__gt=grown) | Q(requester__birth_on=None, requester__schooling__in=AT_SCHOOL)
    concerned, last = needs.filter(child).select_related("requester"), None
    while rows := list((concerned.filter(pk__gt=last) if last else concerned).order_by("pk")[:BATCH]):
        last = rows[-1].pk
        changed = [row for row in rows if row.requester_name == row.requester.name or row.requester_last4]
        for row in changed:
            row.requester_name, row.requester_last4 = initials_of(row.requester.name), ""
            row.requester_initials = sounds_of(row.requester_name)[1]
        needs.bulk_update(changed, ["requester_name", "requester_last4", "requester_initials"])


mask.batched = True


class Migration(migrations.Migration):
    """A child that asked for itself stands on no need by its full name."""

    atomic = False
    dependencies = [("casework", "0014_seal_move_words"), ("registry", "0010_surname_readings")]
    operations = [migrations.RunPython(mask, migrations.RunPython.noop)]
