"""Whom a rung tells: the township's own unit; from the 督办 on the county's civil affairs, whose line aid is. Who has nobody is passed over."""

from functools import cached_property

from wanjia.orgs.carried import roles_with
from wanjia.orgs.handing.queries import standing_posts
from wanjia.orgs.models import Line, Organisation, Tier

from ..aid.rules import SEES

SUPERVISED = 3  # from this rung on the tier above is told


class Above:
    """Who sees to aid over a village on a day: two questions, however many are asked for."""

    def __init__(self, day):
        self.day = day

    @cached_property
    def _units(self):
        staffed = standing_posts(self.day).filter(role__in=roles_with(*SEES)).values("organisation")
        rows = Organisation.objects.on(self.day).filter(pk__in=staffed)
        near = {unit.area_id: unit for unit in rows.filter(tier=Tier.TOWNSHIP, line="").order_by("-name")}
        return near, {unit.area_id: unit for unit in rows.filter(tier=Tier.COUNTY, line=Line.CIVIL).order_by("-name")}

    def of(self, village, level):
        """Return the unit that a rung tells, or None where nobody stands there."""
        near, far = self._units
        own, above = near.get(village[:9].ljust(12, "0")), far.get(village[:6].ljust(12, "0"))
        return (above or own) if level >= SUPERVISED else (own or above)
