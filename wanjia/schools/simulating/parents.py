"""Parents at the gate of the year: they offer themselves for some weeks, stand at most once a week, and go when they like.

What the book calls unlawful (an offer of somebody who is no parent, one that ends before it begins, one withdrawn twice) is tried and must be refused.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from wanjia.orgs.roles import Role

from ..models import Consent, GateDuty
from .gates import HOURS, WEEK, Gates

PARENTS = 3


@dataclass
class Offer:
    """From when to when a parent comes; said, heard: the days on which he said so, and that he does no longer; gone: from when on."""

    said: date
    since: date
    to: date
    gone: date | None = None
    heard: date | None = None

    def holds(self, day, known):
        """Whether it holds on a day, as it was known to the roster of another: on one day rosters are drawn first."""
        return self.said <= known and self.since <= day < (self.gone if self.heard is not None and self.heard < known else self.to)


class Parents:
    """Who comes of his own will. offers: {key of the guard: {key of the consent: Offer}}."""

    def __init__(self, schools):
        self.schools, self.dice, self.offers = schools, schools.dice_of("parents"), {}
        for n in range(PARENTS) if schools.part(Gates).guards else ():
            told = {"name": f"家长{n + 1}号", "party": "parent", "unit": schools.unit, "school": schools.school, "from_on": schools.today, "weekdays": WEEK}
            if made := schools.do("enter_guard", **told):
                self.offers[made.pk] = {}

    def live(self, day):
        """Somebody offers himself, or does no longer."""
        for guard, offers in self.offers.items():
            standing = next((pk for pk, one in offers.items() if one.gone is None and one.to > day), None)
            if standing is None and self.dice.random() < 0.08:
                self._offers(guard, day)
            elif standing is not None and self.dice.random() < 0.015 and self.schools.do("withdraw_consent", Role.HEADMASTER, consent_id=standing):
                offers[standing].gone, offers[standing].heard = max(day, offers[standing].since), day
                self.schools.tempt("withdraw_consent", Role.HEADMASTER, consent_id=standing)

    def _offers(self, guard, day):
        since = day + timedelta(days=self.dice.choice((0, 1, 7)))
        told = {"way": "paper", "from_on": since, "to_on": since + timedelta(days=self.dice.choice((30, 60, 90)))}
        other = next(iter(self.schools.part(Gates).guards))
        self.schools.tempt("consent_guard", guard_id=other, **told)
        self.schools.tempt("consent_guard", guard_id=guard, way="paper", from_on=since, to_on=since)
        if self.schools.do("consent_guard", self.dice.choice((Role.HEADMASTER, Role.SCHOOLS_OFFICER)), guard_id=guard, **told):
            made = Consent.objects.filter(guard=guard, from_on=since, to_on=told["to_on"], withdrawn_at=None).latest("recorded_at")
            self.offers[guard][made.pk] = Offer(day, since, told["to_on"])

    def night(self, day):
        """Nothing waits for the night."""

    def judge(self, day, *, whole):
        """On whole evenings: a seat for a parent at each bell of each day that is drawn, nobody in it but within his offer, nobody twice a week."""
        if not whole or not self.offers:
            return
        standing = GateDuty.objects.filter(plan__standing__isnull=False, school=self.schools.school.pk, party="parent")
        rows = {(on, going): guard for on, going, guard in standing.values_list("day", "going", "guard")}
        rosters = list(self.schools.part(Gates).rosters.values())
        self.schools.same("家长的岗和应有的对不上 / the seats of parents are not those that are due", dict.fromkeys(rows, True), {(on, going): True for one in rosters for on in one.days for going in HOURS})
        for roster in rosters:
            for (on, going), guard in rows.items():
                if guard and roster.since <= on < roster.end and not any(one.holds(on, roster.drawn) for one in self.offers.get(guard, {}).values()):
                    self.schools.violate("排了没有同意的家长 / a parent is drawn who did not offer himself", f"{on} {HOURS[going]}")
        for (_guard, week), n in Counter((guard, on.isocalendar()[:2]) for (on, _going), guard in rows.items() if guard).items():
            if n > 1:
                self.schools.violate("家长一周排了不止一次 / a parent is drawn more than once a week", f"{week}:{n}")
