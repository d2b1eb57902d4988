"""Who is told of a rung: whoever has the need, then the desks above, one after the other. A tier where nobody sits is passed over, never waited for."""

from django.db.models import Q

from wanjia.casework.duties import Duty
from wanjia.orgs.carried import roles_with
from wanjia.orgs.models import Post, Tier
from wanjia.orgs.roles import Role

from ..rules import TIERS
from ..states import OF_PARTS, Climbs


class Above:
    """The desks and leaders of the counties on a day: read once for a whole round."""

    def __init__(self, day):
        posts = Post.objects.on(day).filter(Q(role__in=roles_with(Duty.ASSIGN_NEEDS)) | Q(role=Role.LEADER), user__is_active=True)
        self.townships, self.counties, self.leaders = {}, {}, {}
        for post in posts.select_related("organisation").order_by("organisation__area_id", "organisation_id"):
            unit = post.organisation
            if post.role == Role.LEADER:
                self.leaders.setdefault(unit.area_id[:6], unit)
            elif unit.tier == Tier.TOWNSHIP and not unit.line:
                self.townships.setdefault(unit.area_id[:9], unit)
            elif unit.tier == Tier.COUNTY and post.role == Role.LEDGER_OFFICE:
                self.counties.setdefault(unit.area_id[:6], unit)

    def desks(self, need):
        """Return the staffed desks over the need's village, the nearest first."""
        code = need.village_id
        return [unit for unit in (self.townships.get(code[:9]), self.counties.get(code[:6])) if unit]

    def over(self, need, tier):
        """Return the nearest staffed desk of a tier above this one, or None."""
        return next((unit for unit in self.desks(need) if TIERS.index(unit.tier) > TIERS.index(tier)), None)

    def chain(self, need, clock, asked_unit=None):
        """Return whom a clock's rungs go to: first who answers for it, then whoever stands above, each once."""
        county, leaders = self.counties.get(need.village_id[:6]), self.leaders.get(need.village_id[:6])
        first = self._answers(need, clock, asked_unit)
        near = self.over(need, first.tier) if first else None
        lead = need.holder if clock.clock in OF_PARTS else None
        return list(dict.fromkeys(unit for unit in (first, lead, near, county, leaders) if unit)) or [need.holder]

    def _answers(self, need, clock, asked_unit):
        desks = self.desks(need)
        if clock.clock == Climbs.SESSION or clock.clock in OF_PARTS:
            return asked_unit or need.holder
        if clock.clock == Climbs.ASKED:
            return self.over(need, need.holder.tier) or self.counties.get(need.village_id[:6]) or need.holder
        if clock.clock == Climbs.STEP and need.step_clock == "callback":
            return self.counties.get(need.village_id[:6]) or need.holder
        if clock.clock == Climbs.STEP and need.step_clock == "close":
            return next((unit for unit in desks if need.tier == Tier.COUNTY and unit.tier == Tier.COUNTY), None) or next(iter(desks), need.holder)
        return need.holder
