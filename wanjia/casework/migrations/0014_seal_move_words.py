from django.db import migrations

from wanjia.kernel import triggers

BATCH = 500


def seal(apps, schema):
    """Move what rechecks were told out of the clear column, batch by batch; the column stays, empty.

    The lines of timelines keep their words: the journal bears their digest. Step.told shows them to nobody.
    """
    from wanjia.casework.models import Recheck as Live

    using = schema.connection.alias
    rechecks, sayings = apps.get_model("casework", "Recheck").objects.using(using), apps.get_model("casework", "Saying").objects.using(using)
    clear = rechecks.exclude(words="").order_by("pk")
    if not clear.exists():
        return
    triggers.lift(using, models=[Live])
    while rows := list(clear[:BATCH]):
        sayings.bulk_create([
            sayings.model(need_id=row.need_id, at=row.at, act="recheck", words=row.words, by_id=row.by_id, by_org_id=row.by_org_id) for row in rows
        ])
        rechecks.filter(pk__in=[row.pk for row in rows]).update(words="")


def open_again(apps, schema):
    """Put the words back into their clear column."""
    from wanjia.casework.models import Recheck as Live
    from wanjia.casework.models import Saying as LiveSaying

    using = schema.connection.alias
    rechecks, sayings = apps.get_model("casework", "Recheck").objects.using(using), apps.get_model("casework", "Saying").objects.using(using)
    if not sayings.exists():
        return
    triggers.lift(using, models=[Live, LiveSaying])
    for said in sayings.filter(act="recheck").order_by("pk").iterator(chunk_size=BATCH):
        rechecks.filter(need_id=said.need_id, at=said.at).update(words=said.words)
    sayings.filter(act="recheck").delete()


seal.batched = open_again.batched = True


class Migration(migrations.Migration):
    """What rechecks were told is sealed like a callback's words."""

    dependencies = [("casework", "0013_seal_words")]
    operations = [migrations.RunPython(seal, open_again)]
