"""The meetings of the branch: a fixed day, what it is called together for, who came, what was decided, seen by a second hand; a span in which nothing was held shows.

What the book calls unlawful (a theme day off its day without a word, held before its day or with too few of the committee, a vote below quorum or of more than came, marked after a vote, seen by who wrote it) is
tried and must be refused.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

from ..models import BranchActivity
from .branch import ORGANISER, SECRETARY, Branch

FIXED = 6  # the day of the month
CELL = "一组"
DUE = {"members_meeting": (0, 1, 2, 3, 4), "committee_meeting": (0, 1), "group_meeting": (3, 4), "theme_day": (0, 1, 2, 3, 4), "secretary_class": (0, 1, 2, 3, 4)}  # by their turn among the members
VOTES = 4  # the last of them is on probation
NEEDED = {"ordinary": lambda there: 2 * there > VOTES, "four_steps": lambda there: 3 * there >= 2 * VOTES}
WORDS = {"members_meeting": ("支部党员大会", 3), "committee_meeting": ("支部委员会会议", 1), "group_meeting": ("党小组会", 1), "theme_day": ("主题党日", 1)}


@dataclass
class Held:
    """What the branch comes together for. wrote: who wrote of it; came: how many came in person, with a vote among them; decided: (votes for, passed) each."""

    kind: str
    day: date
    fields: bool = False
    moved: bool = False
    state: str = "activity_called"
    came: int = 0
    phoned: int = 0
    excused: int = 0
    voting: int = 0
    wrote: object = None
    decided: list = field(default_factory=list)


class Gathering:
    """held: {key: Held}; planned: (year, month) of each kind that was called."""

    def __init__(self, village):
        self.village, self.dice, self.of, self.held, self.planned = village, village.dice_of("gathering"), village.part(Branch), {}, set()
        self.since, self.members = village.today, self.of.members
        if len(self.members) != len(DUE["members_meeting"]):
            self.body = None
            return
        self.body = self.members[0].body
        for n, one in enumerate(self.members[3:], 3):
            village.do("change_member", SECRETARY, party_member_id=one.pk, office="plain_member", full_on=one.full_on if n < VOTES else None, cell=CELL)
        village.tempt("change_member", SECRETARY, party_member_id=self.members[2].pk, office="secretary", full_on=self.members[2].full_on)
        if village.do("fix_day", SECRETARY, body=self.body, day_of_month=FIXED, from_on=village.today):
            village.tempt("fix_day", ORGANISER, body=self.body, day_of_month=FIXED + 1, from_on=village.today)

    def live(self, day):
        """Each kind is called in its span, or not at all; what is due is held, marked, voted on, seen."""
        if not self.body or not self.village.hand(SECRETARY) or not self.village.hand(ORGANISER):
            return
        for kind in DUE:
            every = 12 if kind == "secretary_class" else 1
            span = kind, day.year, (day.month - 1) // every
            if span not in self.planned and self.dice.random() < 0.4:
                self.planned.add(span)
                if day.month == 1 or self.dice.random() < 0.8:
                    self._calls(kind, day)
        for pk, one in self.held.items():
            if one.state == "activity_called" and one.day <= day:
                self._holds(pk, one)
            elif one.state == "activity_held" and self.dice.random() < 0.5:
                self._sees(pk, one)

    def _calls(self, kind, day):
        on = day + timedelta(days=self.dice.randint(1, 4))
        fields = self.dice.random() < 0.3
        moved = kind == "theme_day" and on.day != FIXED
        what = {"body": self.body, "kind": kind, "day": on, "setting": "in_fields" if fields else "indoors", "place": "活动室", "topic": "学习新修订的村民委员会组织法", "cell": CELL if kind == "group_meeting" else ""}
        if moved:
            self.village.tempt("call_activity", SECRETARY, **what)
        if kind == "group_meeting":
            self.village.tempt("call_activity", SECRETARY, **what | {"cell": "没有这个组"})
        what["moved"] = "收花椒" if moved else ""
        made = self.village.twice("call_activity", SECRETARY, **what)
        if not made:
            return
        one = self.held[made.pk] = Held(kind, on, fields, moved)
        self.village.tempt("call_activity", ORGANISER, **what)
        self.village.tempt("hold_activity", SECRETARY, branch_activity_id=made.pk, minutes="还没有到那一天")
        if self.dice.random() < 0.06 or (kind == "secretary_class" and day.month == 1):
            self._cancels(made.pk, one)

    def _cancels(self, pk, one):
        if self.village.do("cancel_activity", SECRETARY, branch_activity_id=pk, reason="那天全村抢收,改天再开"):
            one.state, one.came, one.phoned, one.excused, one.voting = "activity_cancelled", 0, 0, 0, 0

    def _holds(self, pk, one):
        by = one.wrote = self.village.hand(self.dice.choice((SECRETARY, ORGANISER)))
        if not self.village.twice("hold_activity", by, branch_activity_id=pk, minutes="学文件,议三件事。"):
            return
        one.state, other = "activity_held", self._other(by)
        self.village.tempt("check_activity", other, branch_activity_id=pk)  # nobody is marked
        self.village.tempt("mark_attendance", by, branch_activity_id=pk, attended="on_leave", members=[self.members[DUE[one.kind][0]]])
        turns = list(DUE[one.kind])
        self.dice.shuffle(turns)
        n = max(1, len(turns) - self.dice.choice((0, 0, 1, 1, 2)))
        here, rest = turns[:n], turns[n:]
        mark = {"branch_activity_id": pk}
        self.village.do("mark_attendance", by, **mark, attended="on_paper", members=[self.members[turn] for turn in here])
        one.came, one.voting = n, sum(turn < VOTES for turn in here)
        if rest:
            how = self.dice.choice(("by_phone", "on_leave"))
            self.village.do("mark_attendance", by, **mark, attended=how, members=[self.members[turn] for turn in rest], reason="在县城办事")
            one.phoned, one.excused = (len(rest), 0) if how == "by_phone" else (0, len(rest))
        self._decides(pk, one, by)

    def _decides(self, pk, one, by):
        matter, vote = self.dice.choice(list(NEEDED)), {"branch_activity_id": pk, "words": "同意修三组水池的方案"}
        for_ = min(one.voting, VOTES // 2) if self.dice.random() < 0.5 else self.dice.randint(0, one.voting)  # just one too few, where it is
        vote |= {"matter": matter, "votes_for": for_, "votes_against": one.voting - for_}
        self.village.tempt("decide_in_branch", by, **vote | {"votes_abstain": 1})
        if one.kind != "members_meeting" or not NEEDED[matter](one.voting):
            self.village.tempt("decide_in_branch", by, **vote)
        elif self.village.do("decide_in_branch", by, **vote):
            one.decided.append((for_, 2 * for_ > VOTES))
            self.village.tempt("mark_attendance", by, branch_activity_id=pk, attended="missed", members=[self.members[0]])

    def _other(self, hand):
        return next((one for role in (SECRETARY, ORGANISER) for one in self.village.hands(role) if one != hand), None)

    def _sees(self, pk, one):
        failed = one.kind == "committee_meeting" and 2 * one.came <= len(DUE[one.kind])
        self.village.tempt("check_activity", one.wrote, branch_activity_id=pk)
        if failed:
            self.village.tempt("check_activity", self._other(one.wrote), branch_activity_id=pk)
            self._cancels(pk, one)
            return
        self.village.tempt("cancel_activity", SECRETARY, branch_activity_id=pk, reason="开了又说没有开")
        if self.village.twice("check_activity", self._other(one.wrote), branch_activity_id=pk):
            one.state = "activity_checked"

    # The evening.

    def night(self, day):
        """Nothing waits for the night."""

    def judge(self, day, *, whole):
        """What was held, who came, what was decided are what the book says; on whole evenings what is missing and the figures too."""
        if not self.body:
            return
        rows, same = list(BranchActivity.objects.filter(body=self.body).prefetch_related("decisions")), self.village.same
        found = {one.pk: (one.state, one.came, one.phoned, one.voters_came) for one in rows}
        same("组织生活和应有的不一样 / what the branch held differs", found, {pk: (one.state, one.came, one.phoned, one.voting) for pk, one in self.held.items()})
        votes = {one.pk: [(vote.votes_for, vote.passed) for vote in one.decisions.all()] for one in rows}
        same("支部的决定和应有的不一样 / what the branch decided differs", votes, {pk: one.decided for pk, one in self.held.items()})
        if whole:
            self._missing(day)
            self._figures(day)

    def _missing(self, day):
        """A month or quarter that is over, in which too few of a kind were held, shows: it is told, nobody is ranked by it."""
        from ..branch.queries import missing

        found = {(one.words, one.span): one.cell for one in missing(self.body, day) if one.words in dict(WORDS.values())}
        should = {}
        for kind, (words, months) in WORDS.items():
            first = date(self.since.year, 1, 1)
            while (after := date(first.year + (first.month + months > 12), (first.month + months - 1) % 12 + 1, 1)) <= day:
                name = f"{first:%Y-%m}" if months == 1 else f"{first.year} Q{(first.month + 2) // 3}"
                if not any(one.kind == kind and first <= one.day < after and one.state in ("activity_held", "activity_checked") for one in self.held.values()):
                    should[words, name] = CELL if kind == "group_meeting" else ""
                first = after
        self.village.same("缺了哪几次报得不对 / what is missing is told wrongly", found, should)

    def _figures(self, day):
        from ..figures.branch import POPULATIONS

        seen = [one for one in self.held.values() if one.state == "activity_checked"]
        year = [one for one in seen if one.day.year == day.year]
        due = sum(len(DUE[one.kind]) for one in year)
        self.village.figures(POPULATIONS, {
            "branch_activities.held": len(seen), "branch_activities.this_year": len(year), "branch_activities.fields": (sum(one.fields for one in seen), len(seen)),
            "branch_activities.moved": (sum(one.moved for one in seen), len(seen)), "branch_roll.due": due,
            "branch_roll.came": (sum(one.came + one.phoned for one in year), due), "branch_roll.leave": (sum(one.excused for one in year), due),
        }, by=SECRETARY)  # fmt: skip
