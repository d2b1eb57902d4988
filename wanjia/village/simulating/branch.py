"""The party branch of the year: its members, who is in charge of which lane for how long, what was promised and whether another hand saw it kept.

What the book calls unlawful (one's own claim decided, two in charge of one lane, a promise confirmed by who told it done, a late one without a word) is tried and must be refused.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from wanjia.orgs.roles import Role

from ..models import DutyHolding, PartyMember, Pledge
from .year import KEEPER

SECRETARY, ORGANISER = Role.BRANCH_SECRETARY, Role.BRANCH_ORGANISER
LANES = ("一组到老桥", "二组水沟", "学校门口")
FULL = date(2020, 6, 1)


@dataclass
class Claim:
    """A claim of a duty: by whom it was written down; since, until: the term that the branch gave."""

    duty: object
    member: object
    by: object
    state: str = "duty_claimed"
    since: date | None = None
    until: date | None = None


@dataclass
class Promise:
    """A pledge."""

    due: date
    state: str = "pledge_open"
    by: object = None


class Branch:
    """duties: keys; claims: {key: Claim}; promises: {key: Promise}."""

    def __init__(self, village):
        self.village, self.dice, self.duties, self.claims, self.promises, self.members = village, village.dice_of("branch"), [], {}, {}, []
        village.hires("shuji", "鲁书记", SECRETARY)
        village.hires("zuzhi", "鲁组织", ORGANISER)
        day = village.today
        body = village.do("found_body", KEEPER, area=village.village, kind="branch", name=f"{village.village.short_name}党支部", from_on=day)
        for turn, home in enumerate(village.homes[3:8] if body else ()):
            office = ("secretary", "committee_member", "plain_member")[min(turn, 2)]
            told = {"body": body, "name": home.head, "office": office, "full_on": FULL, "from_on": day}
            made = village.twice("enter_member", SECRETARY, **told)
            if made:
                self.members.append(PartyMember.objects.get(pk=made.pk))
                village.tempt("enter_member", ORGANISER, **told)
        for name in LANES if body else ():
            made = village.do("open_duty", SECRETARY, body=body, name="环境卫生", does="看着这一段干净", area_words=name, from_on=day)
            if made:
                self.duties.append(made.pk)

    def live(self, day):
        """Somebody claims a lane, the branch decides, a term ends; something is promised, told done, looked at."""
        if not self.members or not self.village.hand(SECRETARY) or not self.village.hand(ORGANISER):
            return
        if self.duties and self.dice.random() < 0.06:
            self._claims(day)
        for pk, one in list(self.claims.items()):
            if one.state == "duty_claimed" and self.dice.random() < 0.2:
                self._decides(pk, one, day)
            elif one.state == "duty_held" and self.dice.random() < (0.02 if day <= one.until else 0.2) and self.village.do("end_holding", SECRETARY, duty_holding_id=pk, reason="外出务工"):
                one.state = "duty_over"
        if self.dice.random() < 0.05:
            self._promises(day)
        for pk, one in self.promises.items():
            if self.dice.random() < 0.08:
                self._follows(pk, one, day)

    def _claims(self, day):
        duty, member, by = self.dice.choice(self.duties), self.dice.choice(self.members), self.village.hand(self.dice.choice((SECRETARY, ORGANISER)))
        what = {"branch_duty_id": duty, "member": member, "named": self.dice.random() < 0.5, "claimed_on": day}
        if any((one.duty, one.member) == (duty, member.pk) and one.state in ("duty_claimed", "duty_held") for one in self.claims.values()):
            self.village.tempt("claim_duty", by, **what)
        elif self.village.twice("claim_duty", by, **what):
            new = DutyHolding.objects.filter(duty=duty, member=member).exclude(pk__in=self.claims).get().pk
            self.claims[new] = Claim(duty, member.pk, by)

    def _other(self, hand):
        return next((one for role in (SECRETARY, ORGANISER) for one in self.village.hands(role) if one != hand), None)

    def _decides(self, pk, one, day):
        until = day + timedelta(days=self.dice.choice((20, 90)))
        what = {"duty_holding_id": pk, "decided_words": "支部委员会会议定的", "from_on": day, "until_on": until}
        self.village.tempt("decide_duty", one.by, **what)
        other = self._other(one.by)
        if any(held.duty == one.duty and held.state == "duty_held" for held in self.claims.values()):
            self.village.tempt("decide_duty", other, **what)
            if self.dice.random() < 0.5 and self.village.do("refuse_duty", other, duty_holding_id=pk, reason="已经有人在岗"):
                one.state = "duty_refused"
        elif self.village.do("decide_duty", other, **what):
            one.state, one.since, one.until = "duty_held", day, until

    def _promises(self, day):
        due = day + timedelta(days=self.dice.randint(3, 40))
        made = self.village.twice("make_pledge", SECRETARY, member=self.dice.choice(self.members), words="把水池边的栏杆修好", pledged_on=day, due_on=due)
        if made:
            self.promises[made.pk] = Promise(due)

    def _follows(self, pk, one, day):
        if one.state == "pledge_open":
            if day > one.due:
                self.village.tempt("tell_pledge", SECRETARY, pledge_id=pk, proof="栏杆装好了")
                if self.dice.random() < 0.3:
                    if self.village.do("fail_pledge", ORGANISER, pledge_id=pk, reason="材料没有买到"):
                        one.state = "pledge_failed"
                    return
            by = self.village.hand(self.dice.choice((SECRETARY, ORGANISER)))
            if self.village.do("tell_pledge", by, pledge_id=pk, proof="栏杆装好了", why_late="等材料" if day > one.due else ""):
                one.state, one.by = "pledge_told", by
        elif one.state == "pledge_told":
            self.village.tempt("keep_pledge", one.by, pledge_id=pk)
            if self.dice.random() < 0.3:
                if self.village.do("give_pledge_back", self._other(one.by), pledge_id=pk, reason="还差一段"):
                    one.state = "pledge_open"
            elif self.village.do("keep_pledge", self._other(one.by), pledge_id=pk):
                one.state = "pledge_kept"
        else:
            self.village.tempt("fail_pledge", SECRETARY, pledge_id=pk, reason="材料没有买到")

    # The evening.

    def night(self, day):
        """Nothing waits for the night."""

    def judge(self, day, *, whole):
        """Claims, who is in charge today, and pledges are what the book says."""
        from ..branch_duties.rules import posted

        ours, same = self.village.village.pk, self.village.same
        rows = dict(DutyHolding.objects.filter(duty__body__area=ours).values_list("pk", "state"))
        same("党员岗位和应有的不一样 / duties of members differ", rows, {pk: one.state for pk, one in self.claims.items()})
        there = dict.fromkeys(posted(day).filter(duty__body__area=ours).values_list("pk", flat=True), True)
        should = {pk: True for pk, one in self.claims.items() if one.state == "duty_held" and one.since <= day <= one.until}
        same("谁在岗公开得不对 / who is in charge is told wrongly", there, should)
        rows = dict(Pledge.objects.filter(member__body__area=ours).values_list("pk", "state"))
        same("承诺和应有的不一样 / pledges differ", rows, {pk: one.state for pk, one in self.promises.items()})
