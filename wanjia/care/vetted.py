"""What keeps somebody from being near children (未成年人保护法 62), as the queries of records say it: asked by every room that lets somebody meet a child."""

from datetime import date

from django.db.models import Exists, OuterRef

from .models import BackgroundCheck
from .states import Cleared


def barring(helper, day=date.max):
    """Return the answers up to `day` that keep a helper (or OuterRef) from children: each, whenever it comes, until records that were asked no earlier say otherwise after it was known."""
    lifted = BackgroundCheck.objects.filter(helper=OuterRef("helper"), result=Cleared.CLEAR, on__gte=OuterRef("on"), on__lte=day, recorded_at__gt=OuterRef("recorded_at"))
    return BackgroundCheck.objects.filter(~Exists(lifted), helper=helper, result=Cleared.NOT_CLEAR, on__lte=day)
