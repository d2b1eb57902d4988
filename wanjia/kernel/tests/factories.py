"""A small world of the kernel's own: a parcel that is packed, sent and kept, and a note that is only appended.

Both live in a registry of their own, so that no migration and no other test ever sees them.
"""

import uuid

from django.apps.registry import Apps
from django.db import connection, models
from django.utils import timezone

from wanjia.kernel.command import SystemActor
from wanjia.kernel.machine import Machine, Move
from wanjia.sealing.fields import BlindIndex, EncryptedText

APPS = Apps()
CLERK = SystemActor("苏晓梅", org_name="细沙乡人民政府")


class ParcelState(models.TextChoices):
    """Where a parcel stands."""

    PACKED = "packed", "已打包"
    SENT = "sent", "已寄出"
    KEPT = "kept", "已收下"


PARCEL = Machine(
    "parcel",
    initial=[ParcelState.PACKED],
    moves=[
        Move("send", (ParcelState.PACKED,), ParcelState.SENT, "寄出"),
        Move("keep", (ParcelState.SENT,), ParcelState.KEPT, "收下"),
        Move("open", (ParcelState.SENT, ParcelState.KEPT), ParcelState.PACKED, "重新打包"),
    ],
)


class Parcel(models.Model):
    """A thing with states and a secret."""

    machine = PARCEL

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    name = models.CharField(max_length=20, default="棉衣")
    state = models.CharField(max_length=10, choices=ParcelState, default=ParcelState.PACKED)
    version = models.IntegerField(default=0)
    sent_on = models.DateField(null=True)
    phone = EncryptedText()
    phone_index = BlindIndex(of="phone", canonical=lambda text: text.replace(" ", ""))

    class Meta:
        apps = APPS
        app_label = "kernel_tests"

    def __str__(self):
        return self.name


class Note(models.Model):
    """A line of history with a sealed text."""

    append_only = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    group = models.CharField(max_length=20)  # a word that SQL keeps for itself
    body = EncryptedText()

    class Meta:
        apps = APPS
        app_label = "kernel_tests"

    def __str__(self):
        return self.group


def make_tables():
    """Create the tables inside the running transaction."""
    editor = connection.schema_editor()
    with connection.cursor() as cursor:
        for model in (Parcel, Note):
            sql, params = editor.table_sql(model)
            cursor.execute(sql, params)


def now():
    """Return this moment."""
    return timezone.now()
