"""Whom a rung may tell: the township's own unit, then the county's civil affairs, whose line aid is. Who has nobody is passed over."""

from functools import cached_property

from django.db.models import Q

from wanjia.orgs.handing.queries import staffed
from wanjia.orgs.models import Line, Tier

from ..aid.rules import SEES


class Above:
    """Who sees to aid over a village on a day: one question, however many are asked for."""

    def __init__(self, day):
        self.day = day

    @cached_property
    def _units(self):
        sees = Q(tier=Tier.TOWNSHIP, line="") | Q(tier=Tier.COUNTY, line=Line.CIVIL)
        return {unit.area_id: unit for unit in staffed(self.day, *SEES).filter(sees).order_by("-name")}

    def chain(self, village):
        """Return who answers for aid in a village, and then who stands above: [Organisation]."""
        over = (village[:9].ljust(12, "0"), village[:6].ljust(12, "0"))
        return [self._units[code] for code in over if code in self._units]
