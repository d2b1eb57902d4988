"""What the end of a poll takes away, however it ends."""

from ..models import SealedBallot


def forget(poll):
    """Take away every sealed ballot, what still signs, and what still opens."""
    SealedBallot.objects.filter(poll=poll).delete()
    for cls in poll.classes.all():
        cls.private = ""
        cls.save(update_fields=["private"])
