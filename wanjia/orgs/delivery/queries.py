"""Which units wait to be told, and by which channels."""

from ..models import Message, MessageChannel, Sending

TRIES = 3


def live(unit):
    """Return the channels of a unit (or of its id) that are in use."""
    return MessageChannel.objects.filter(organisation=unit, to_at=None).select_related("set_by")


def waiting():
    """Return the ids of the units that wait to be told."""
    return list(Message.objects.filter(state=Sending.WAITING, tries__lt=TRIES).order_by().values_list("organisation", flat=True).distinct())
