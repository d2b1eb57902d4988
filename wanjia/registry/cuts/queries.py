"""Which open proposals lie elsewhere than whoever has the aid."""

from django.db.models import F, Q

from ..models import AidCut
from ..states import OPEN_CUTS


def astray():
    """Return the open proposals that lie in another village than the home or the person whose aid it is."""
    elsewhere = Q(status__household__isnull=False) & ~Q(village=F("status__household__village"))
    elsewhere |= Q(status__person__village__isnull=False) & ~Q(village=F("status__person__village"))
    return AidCut.objects.filter(elsewhere, state__in=OPEN_CUTS)
