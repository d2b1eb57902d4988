"""Which units wait to be told, and by which channels."""

from django.db.models import Q

from wanjia.kernel.brings import gather

from ..models import Message, MessageChannel, Sending

# After each try in vain the next comes so many minutes later: a weekend without a network is outlived.
PAUSES = (3, 10, 30, 120, 360, 720, 1440, 1440, 1440)
TRIES = len(PAUSES)
TEST = "test"


def live(unit):
    """Return the channels of a unit (or of its id) that are in use."""
    return MessageChannel.objects.filter(organisation=unit, to_at=None).select_related("set_by")


def ready(at):
    """Return the messages that may be sent now."""
    return Message.objects.filter(Q(next_at=None) | Q(next_at__lte=at), state=Sending.WAITING, tries__lt=TRIES)


def urgent():
    """Return what leaves the house at any hour: what an administrator tries, and what would come too late."""
    return {TEST, *(one.key for one in gather("MESSAGES") if one.at_once)}


def stuck(at):
    """Return the messages whose sender died: they are “sending” for longer than a sender takes."""
    return Message.objects.filter(Q(next_at=None) | Q(next_at__lte=at), state=Sending.SENDING)


def waiting(at):
    """Return the ids of the units that wait to be told now, by a sender that has yet to come or has died."""
    return list((ready(at) | stuck(at)).order_by().values_list("organisation", flat=True).distinct())


def waiting_at_once(at):
    """Return the ids of the units that wait to be told what leaves at any hour."""
    return list(ready(at).filter(about__in=urgent()).order_by().values_list("organisation", flat=True).distinct())
