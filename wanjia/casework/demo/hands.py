"""Who acts in the demo county on a day: the accounts of each unit, by what their posts allow."""

import random
from collections import Counter, defaultdict
from datetime import datetime, time, timedelta

from wanjia.kernel.calendar import CHINA
from wanjia.orgs.carried import DUTIES
from wanjia.orgs.models import Post, Tier
from wanjia.orgs.roles import Role

from ..duties import Duty
from ..models import Need
from ..queries import triage_desk
from ..rules import stands_above
from ..states import BEFORE_DONE


def at(day, hour, dice):
    """Return a moment of a day within the hour."""
    return datetime.combine(day, time(hour), tzinfo=CHINA) + timedelta(minutes=dice.randrange(50), seconds=dice.randrange(60))


class Hands:
    """The people of a county, each one instance that remembers its posts, and what their units hold on a day."""

    def __init__(self, county):
        posts = Post.objects.filter(to_on=None, user__is_active=True, organisation__area__code__startswith=county)
        self.county, self.of, self.desks, self.people = county, defaultdict(list), {}, {}
        for post in posts.select_related("user", "organisation__area").order_by("user__username"):
            post.user = self.people.setdefault(post.user_id, post.user)
            self.of[post.organisation_id].append((post, DUTIES[post.role]))

    def count(self, day):
        """Count what each unit holds this morning, and does not wait for somebody else with."""
        self.day = day
        held = Need.objects.filter(state__in=BEFORE_DONE, village__code__startswith=self.county, asked_for="", contested_at=None).values_list("holder", flat=True)
        self.held = Counter(held)

    def who(self, duty, unit=None):
        """Return somebody of a unit, or of any, whose post carries the duty; or None."""
        units = [unit] if unit else sorted(self.of, key=str)
        return next((post.user for one in units for post, duties in self.of.get(one, ()) if duty in duties), None)

    def desk(self, village):
        """The clerk of the village's township."""
        township = village.code[:9]
        if township not in self.desks:
            unit = triage_desk(village, self.day)
            self.desks[township] = self.who(Duty.SCREEN_NEEDS, unit.pk) if unit else None
        return self.desks[township]

    def village(self, village):
        """The village's own worker."""
        return next((post.user for posts in self.of.values() for post, _d in posts if post.organisation.area_id == village), None)

    def worker(self, unit):
        """Who signs and handles for a unit."""
        return self.who(Duty.HANDLE_NEEDS, unit.pk) if unit else None

    def signs(self, unit):
        """Tell whether somebody of the unit can sign."""
        return self.who(Duty.ACCEPT_NEEDS, unit.pk) is not None

    def load(self, unit):
        """How much a unit has in hand: the next goes to whoever has least, by name where it is the same."""
        return self.held[unit.pk], unit.name

    def pace(self, village):
        """The chance that a township's desk goes on with a need this day: most do it at once."""
        return 0.5 if random.Random(village.code[:9]).random() < 0.15 else 0.85

    def in_role(self, *roles):
        """The posts of these roles, by account."""
        found = {post.pk: post for posts in self.of.values() for post, _duties in posts if post.role in roles}
        return sorted(found.values(), key=lambda post: post.user.username)

    def idle(self):
        """The units that handle needs and have none to work on, by name."""
        units = {posts[0][0].organisation for posts in self.of.values() if any(Duty.HANDLE_NEEDS in duties for _post, duties in posts)}
        return sorted((unit for unit in units if unit.tier != Tier.VILLAGE and not self.held[unit.pk]), key=lambda unit: (unit.name, unit.area_id))

    def school(self, village):
        """Who reports for the school of the village's township, or None."""
        posts = [post for of in self.of.values() for post, _d in of if post.role == Role.SCHOOL_WORKER]
        return next((post.user for post in posts if post.organisation.area_id[:9] == village.code[:9]), None)

    def leader(self, need):
        """The township's leader, who strikes off what the clerk did himself."""
        near = [posts for posts in self.of.values() if posts[0][0].organisation.area_id[:9] == need.village_id[:9]]
        return next((post.user for posts in near for post, _d in posts if post.role == Role.TOWNSHIP_LEADER), None)

    @property
    def caller(self):
        """The callback officer."""
        return self.who(Duty.CALL_BACK)

    def above(self, need):
        """Somebody above who may look again: the inspector, for the township strikes off itself."""
        found = [post for post in self.in_role(Role.INSPECTOR, Role.LEADER) if stands_above(post.organisation, need.holder)]
        return next((post.user for post in sorted(found, key=lambda post: post.role != Role.INSPECTOR)), None)
