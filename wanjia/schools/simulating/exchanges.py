"""Exchanges of the year: two guards of one party take each other's bell of one day; the school says yes or no to what the police asked.

What the book calls unlawful (one that not both agreed to, one that is answered by who asked, a no without a reason, one whose morning is another's already) is tried and must be refused.
"""

from datetime import timedelta

from wanjia.orgs.roles import Role

from ..models import DutySwap, GateDuty
from .gates import Gates


class Exchanges:
    """What was asked. asked: {key: state}."""

    def __init__(self, schools):
        self.schools, self.dice, self.asked = schools, schools.dice_of("exchanges"), {}

    def live(self, day):
        """Let two guards of one day and party exchange their bells, now and then."""
        if self.dice.random() > 0.15:
            return
        gates = self.schools.part(Gates)
        on = day + timedelta(days=self.dice.randrange(1, 8))
        duties = GateDuty.objects.filter(plan__standing__isnull=False, school=self.schools.school.pk, day=on, party=self.dice.choice(("police", "guard", "teacher")), guard__isnull=False)
        two = {one.going: one for one in duties.select_related("guard", "school__unit", "post", "plan")}
        if gates.guards and len(two) == 2 and two[False].guard_id != two[True].guard_id:
            self._exchange(two[False], two[True])

    def _exchange(self, one, other):
        """Ask and answer; with a yes the two stand in each other's place and nobody else is moved."""
        do, tempt, before = self.schools.do, self.schools.tempt, self._rows(one)
        what = {"gate_duty_id": one.pk, "other": other, "reason": "家里有事,两人说好的"}
        tempt("ask_swap", Role.GATE_OFFICER, **what, both=False)
        made = do("ask_swap", Role.GATE_OFFICER, **what, both=True)
        if not made:
            return
        tempt("ask_swap", Role.GATE_OFFICER, **what, both=True)  # it waits already
        tempt("decide_swap", Role.GATE_OFFICER, duty_swap_id=made.pk, agree=True)
        tempt("decide_swap", Role.HEADMASTER, duty_swap_id=made.pk, agree=False)
        agreed = self.dice.random() < 0.7
        if do("decide_swap", Role.HEADMASTER, duty_swap_id=made.pk, agree=agreed, answer="当天人手不够" if not agreed else ""):
            self.asked[made.pk] = "swap_agreed" if agreed else "swap_declined"
        should = before | ({one.pk: other.guard_id, other.pk: one.guard_id} if agreed else {})
        self.schools.same("换岗以后站岗的人和应有的不一样 / after an exchange somebody else stands there", self._rows(one), should)

    def _rows(self, one):
        return dict(GateDuty.objects.filter(plan=one.plan_id).values_list("pk", "guard"))

    def night(self, day):
        """Nothing waits for the night."""

    def judge(self, day, *, whole):
        """Hold what was asked and answered against the book."""
        if whole:
            self.schools.same("换岗和应有的不一样 / an exchange differs", dict(DutySwap.objects.values_list("pk", "state")), self.asked)
