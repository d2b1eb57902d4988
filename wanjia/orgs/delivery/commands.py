"""Note what a unit is to be told, claim it before it is sent, say how that went. Nothing here is an act: each is part of one, or of the worker's round."""

import uuid

from django.db.models import F

from ..models import Message, MessageChannel, Sending
from .queries import TRIES

TEST = "test"


def tell(units, about, *, number, path, key, at):
    """Note, within an act, that these units are to be told outside the house; whoever has no channel is told on the screen alone. Once a key."""
    tell_all([(unit, about, number, path, key) for unit in units], at=at)


def tell_all(told, *, at):
    """Note the same of several: [(unit, about, number, path, key)]."""
    hear = set(MessageChannel.objects.filter(organisation__in={unit.pk for unit, *_rest in told}, to_at=None).order_by().values_list("organisation", flat=True))
    rows = [
        Message(organisation=unit, about=about, number=number, path=path, key=key, at=at)
        for unit, about, number, path, key in told if unit.pk in hear
    ]  # fmt: skip
    Message.objects.bulk_create(rows, ignore_conflicts=True)


def claim(unit_id, *, alone=None):
    """Take what waits for a unit, before anything is sent: what is claimed is sent by nobody else. alone: of this about. Returns [Message]."""
    rows = Message.objects.filter(organisation=unit_id, state=Sending.WAITING, tries__lt=TRIES)
    run = uuid.uuid4().hex
    (rows.filter(about=alone) if alone else rows).update(state=Sending.SENDING, run=run, tries=F("tries") + 1)
    return list(Message.objects.filter(run=run, state=Sending.SENDING))


def settle(messages, *, arrived, at):
    """Say how it went: what did not arrive waits for the next round, three times in all."""
    keys = [message.pk for message in messages]
    claimed = Message.objects.filter(pk__in=keys, state=Sending.SENDING)
    if arrived:
        claimed.update(state=Sending.SENT, sent_at=at)
        return
    claimed.filter(tries__gte=TRIES).update(state=Sending.FAILED)
    claimed.filter(tries__lt=TRIES).update(state=Sending.WAITING)
