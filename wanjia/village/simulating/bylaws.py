"""A rule of the village, and its second version: drawn up, heard of homes, checked by the township, voted on by the representatives, filed and put up, in force; stopped and back.

What the book calls unlawful (sent unheard, with a fine in it, checked or brought in force by who drew it up, in force before it was put up) is tried and must be refused.
"""

from datetime import timedelta

from ..models import BylawSpell, BylawVersion
from .book import PASSED, Item
from .councils import Councils
from .notices import Notices
from .year import KEEPER, TOWNSHIP

BEGINS = (1, 7)  # months in which a version is drawn up
KIND = "points_rules"  # the rules of points cite it
CLAUSES = ("参加清扫、照料邻居的,按积分办法记分,先公示后记。", "做不到的由小组安排志愿者帮一把。")


class Bylaws:
    """state of the version in hand, spells: [[key of a version, from, to]] as the text stood in force."""

    def __init__(self, village):
        self.village, self.dice, self.of, self.versions, self.spells, self.begun = village, village.dice_of("bylaws"), village.part(Councils), {}, [], set()
        self.pk = self.item = self.by = self.reworded = None
        self.hung, self.filed = village.part(Notices).posted, village.part(Notices).filed

    def live(self, day):
        """Each step when it may be; what was not passed is given up."""
        if self.pk is None and day.month in BEGINS and day.month not in self.begun:
            self.begun.add(day.month)
            self._draws(day)
        elif self.pk and self.dice.random() < 0.3:
            getattr(self, f"_{self.versions[self.pk]}")(day)
        elif self.pk is None and self.spells and self.dice.random() < 0.05:
            self._stops(day)

    def _draws(self, day):
        by, do, tempt = self.village.hand(KEEPER), self.village.do, self.village.tempt
        made = self.village.twice("draw_bylaw", by, village=self.village.village, kind=KIND, name="积分管理")
        if not made:
            return
        self.pk, self.by, self.versions[made.pk] = made.pk, by, "bylaw_draft"
        for n, words in enumerate(CLAUSES, 1):
            do("write_bylaw_clause", by, bylaw_version_id=made.pk, number=n, words=words)
        tempt("submit_bylaw", by, bylaw_version_id=made.pk)
        do("hear_homes", by, bylaw_version_id=made.pk, until=day, homes=9, words="多数赞成。")
        do("write_bylaw_clause", by, bylaw_version_id=made.pk, number=3, words="乱倒的罚款五十元。")
        tempt("submit_bylaw", by, bylaw_version_id=made.pk)
        do("write_bylaw_clause", by, bylaw_version_id=made.pk, number=3, words="")

    def _is(self, state):
        self.versions[self.pk] = state

    def _bylaw_draft(self, _day):
        if self.village.do("submit_bylaw", bylaw_version_id=self.pk):
            self._is("bylaw_submitted")
            self.village.tempt("write_bylaw_clause", bylaw_version_id=self.pk, number=1, words="换一句话。")

    def _bylaw_submitted(self, _day):
        self.village.tempt("check_bylaw", self.by, bylaw_version_id=self.pk, given={"lawful": True}, words="可以表决。")
        back = self.dice.random() < 0.3
        if self.village.do("check_bylaw", TOWNSHIP, bylaw_version_id=self.pk, given={"lawful": not back}, words="第二条写清楚谁来管。" if back else "没有不合法的内容。"):
            self._is("bylaw_draft" if back else "bylaw_checked")

    def _bylaw_checked(self, day):
        self.village.tempt("put_bylaw", bylaw_version_id=self.pk, body=self.of.bodies["council"])
        last = self._last() if self.item else None
        if last and last.state in PASSED and last is not self.reworded:  # what was written after a vote was sent back, and voted on once more
            self.village.tempt("adopt_bylaw", TOWNSHIP, bylaw_version_id=self.pk)
            self._rewords(last)
        elif last and last.state == "item_rejected":
            self._drops()
        elif last:  # its text is what the meeting made of it, and was checked anew
            self.village.tempt("reword_bylaw", bylaw_version_id=self.pk)
            self._adopts(last, day)
        elif self.village.do("put_bylaw", bylaw_version_id=self.pk, body=self.of.bodies["representatives"]):
            self._is("bylaw_put")
            self.item = BylawVersion.objects.get(pk=self.pk).item_id
            self.of.items[self.item] = Item("representatives")
            self.of.quarter = None  # it is worth a meeting

    def _last(self):
        """The item that the vote has come to, with what was put off or sent back."""
        return self.of.last(self.item)

    def _stands(self, last):
        """Whether the text in hand is what was voted on last: it passed, or what the meeting changed was written after it."""
        return last is self.reworded or (last.state == "item_passed" and self.versions[self.pk] == "bylaw_put")

    def _adopts(self, last, day):
        filing, notice = self.filed.get(last.filing), self.hung.get(last.notice)
        public = filing is not None and filing.word != "corrected" and notice is not None and notice.gone is None
        if not public or not self._stands(last):
            if self.dice.random() < 0.3:
                self.village.tempt("adopt_bylaw", TOWNSHIP, bylaw_version_id=self.pk)
            return
        self.village.tempt("adopt_bylaw", self.by, bylaw_version_id=self.pk)
        if self.village.do("adopt_bylaw", TOWNSHIP, bylaw_version_id=self.pk):
            self._begins(day)

    def _bylaw_put(self, day):
        last = self._last()
        if last.state == "item_rejected":
            self.village.tempt("adopt_bylaw", TOWNSHIP, bylaw_version_id=self.pk)
            self._drops()
        elif last.state == "item_amended":
            self.village.tempt("drop_bylaw", bylaw_version_id=self.pk, reason="没有通过")
            self.village.tempt("adopt_bylaw", TOWNSHIP, bylaw_version_id=self.pk)
            self._rewords(last)
        else:
            self._adopts(last, day)

    def _drops(self):
        if self.village.do("drop_bylaw", bylaw_version_id=self.pk, reason="没有通过"):
            self._is("bylaw_dropped")
            self.pk = self.item = self.reworded = None

    def _rewords(self, last):
        if self.village.do("reword_bylaw", bylaw_version_id=self.pk):
            self.reworded = last
            self._is("bylaw_draft")

    def _begins(self, day):
        for pk, state in self.versions.items():
            if state in ("bylaw_in_force", "bylaw_suspended"):
                self.versions[pk] = "bylaw_ended"
        for one in self.spells:
            one[2] = one[2] or day
        self._is("bylaw_in_force")
        self.spells.append([self.pk, day, None])
        self.pk = self.item = self.reworded = None

    def _stops(self, day):
        """The township stops a rule, and lets it come back."""
        pk = self.spells[-1][0]
        if self.versions[pk] == "bylaw_in_force":
            self.village.tempt("suspend_bylaw", KEEPER, bylaw_version_id=pk, words="第三条违反行政处罚法")
            if self.village.do("suspend_bylaw", TOWNSHIP, bylaw_version_id=pk, words="第二条写得不清楚,先停"):
                self.versions[pk], self.spells[-1][2] = "bylaw_suspended", day
        elif self.versions[pk] == "bylaw_suspended" and day > self.spells[-1][2] and self.village.do("resume_bylaw", TOWNSHIP, bylaw_version_id=pk, reason="查明没有问题"):
            self.versions[pk] = "bylaw_in_force"
            self.spells.append([pk, day, None])

    def stood(self, on):
        """Return the version that stood on a day, None where none did."""
        return next((pk for pk, first, end in self.spells if first <= on and (end is None or on < end)), None)

    # The evening.

    def night(self, day):
        """Nothing waits for the night."""

    def judge(self, day, *, whole):
        """Versions, and which stood in force from when until when, are what the book says; on whole evenings the text of any day."""
        from ..bylaws.queries import in_force

        ours, same = self.village.village.pk, self.village.same
        rows = dict(BylawVersion.objects.filter(bylaw__village=ours).values_list("pk", "state"))
        same("制度的版本和应有的不一样 / versions of a rule differ", rows, self.versions)
        rows = sorted(BylawSpell.objects.filter(bylaw__village=ours).values_list("of", "from_on", "to_on"), key=lambda one: (one[1], one[2] is None, one[2] or one[1]))
        if [list(one) for one in rows] != self.spells:
            self.village.violate("制度施行的日子和应有的不一样 / when a rule stood differs", f"{rows},应当是 {self.spells}")
        for back in (0, 10, 45) if whole else (0,):
            on = day - timedelta(days=back)
            should = self.stood(on)
            found = in_force(ours, KIND, on)
            if (found and found.pk) != should:
                self.village.violate("这一天施行的制度不对 / the text of a day is not the one that stood", f"{on}:{found and found.pk},应当是 {should}")
