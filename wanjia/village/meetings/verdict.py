"""Whether a meeting may decide (合法有效 or 人数不足), and whether a vote carries: whole numbers by the rule of its day, with the article."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from wanjia.policy import meetings as law
from wanjia.verdict import first_refusal

SHORT = _("人数不足:应到 %(due)s,要到 %(must)s,实到 %(there)s,还差 %(lacks)s,不能作出决定。")
NO_RULE = _("这一天没有这种会议的规则。")
WRONG_COUNT = _("这件事不能按这种方式计算到会人数,请按十八周岁以上村民重新召集。")


@dataclass(frozen=True)
class Standing:
    """How a meeting stands. must: how many must be there (None where the matter is not counted so); valid: it may decide."""

    rule: law.MeetingRule
    due: int
    there: int
    must: int | None

    @property
    def lacks(self):
        """How many more must come."""
        return max(0, (self.must or 0) - self.there)

    @property
    def valid(self):
        """Whether it may decide."""
        return self.must is not None and not self.lacks

    @property
    def agree(self):
        """How many must agree."""
        return self.rule.must_agree(self.due, self.there)

    @property
    def part(self):
        """How much of what must come is there, of 100: the bar of the page."""
        return min(100, 100 * self.there // self.must) if self.must else 0


def rule_of(meeting, matter=""):
    """Return the rule by which a meeting counts, on its day; of a matter with its own, that one. None where there was none."""
    return law.in_force(meeting.body.kind, meeting.day, matter)


def standing(meeting, matter=""):
    """Return how an opened meeting stands, or None where no rule is known or it was never opened."""
    rule = rule_of(meeting, matter)
    if rule is None or meeting.due is None:
        return None
    return Standing(rule, meeting.due, meeting.there, rule.must_come(meeting.counting, meeting.due) if meeting.counting in rule.quorum else None)


def may_decide(meeting, matter=""):
    """Decide whether enough came, by the numbers."""
    found = standing(meeting, matter)
    numbers = {"due": found.due, "must": found.must, "there": found.there, "lacks": found.lacks} if found and found.must is not None else {}
    return first_refusal((found, NO_RULE), (found and found.must is not None, WRONG_COUNT), (found and found.valid, SHORT % numbers if numbers else SHORT))


def carries(meeting, votes_for, matter=""):
    """Tell whether so many votes carry."""
    found = standing(meeting, matter)
    return found is not None and found.valid and votes_for >= found.agree
