"""Note what a unit is to be told, claim it before it is sent, say how that went. Nothing here is an act: each is part of one, or of the worker's round."""

import uuid
from datetime import timedelta

from django.db.models import F

from ..models import Message, MessageChannel, Sending
from .queries import PAUSES, TRIES, ready, stuck

LONGEST = timedelta(minutes=15)  # no sender takes so long


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


def claim(unit_id, *, at, alone=None):
    """Take what waits for a unit, before anything is sent: what is claimed is sent by nobody else. alone: of these abouts. Returns [Message]."""
    take_up(unit_id, at=at)
    rows, run = ready(at).filter(organisation=unit_id), uuid.uuid4().hex
    (rows.filter(about__in=alone) if alone else rows).update(state=Sending.SENDING, run=run, tries=F("tries") + 1, next_at=at + LONGEST, begun_at=None)
    return list(Message.objects.filter(run=run, state=Sending.SENDING))


def begin(messages, *, at):
    """Say that these leave the house now: whoever dies from here on leaves it unknown whether they arrived."""
    Message.objects.filter(pk__in=[message.pk for message in messages], state=Sending.SENDING).update(begun_at=at)


def settle(messages, *, arrived, at):
    """Say how it went: what did not arrive waits, longer each time, until it has been tried often enough."""
    claimed = Message.objects.filter(pk__in=[message.pk for message in messages], state=Sending.SENDING)
    if arrived:
        claimed.update(state=Sending.SENT, sent_at=at)
        return
    claimed.filter(tries__gte=TRIES).update(state=Sending.FAILED)
    for tries, minutes in enumerate(PAUSES, 1):
        claimed.filter(tries=tries).update(state=Sending.WAITING, next_at=at + timedelta(minutes=minutes), begun_at=None)


def take_up(unit_id, *, at):
    """Take up what a sender left who died: what had not begun to leave waits again, while it has a try left; the rest is called not arrived, and sent
    by nobody again.
    """
    rows = stuck(at).filter(organisation=unit_id)
    rows.filter(begun_at=None, next_at__isnull=False, tries__lt=TRIES).update(state=Sending.WAITING, next_at=None)
    rows.update(state=Sending.FAILED)
