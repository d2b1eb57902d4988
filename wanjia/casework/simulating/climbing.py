"""The ladder climbs by itself on the morning of a working day. What it did is read from its lines and held against what it may do."""

from datetime import datetime, time
from types import SimpleNamespace
from unittest.mock import patch

from wanjia.kernel.calendar import CHINA
from wanjia.reporting.models import Paper

from ..ladder import tasks
from ..ladder.queries import due
from ..ladder.rules import CLOCK
from ..models import Step
from ..states import PaperKind
from ..subjects import NEEDS
from .county import At, Hand

NINE = time(9)
AWAKE = SimpleNamespace(sleep=lambda _seconds: None)  # nobody else waits for a turn here
TIERS = ("village", "township", "county")
RAISES = ("raise", "raise_desk")
PAPERS = {
    "urged": PaperKind.REMINDER, "supervised": PaperKind.SUPERVISION, "raised": PaperKind.RAISE, "raise": PaperKind.RAISE, "raise_desk": PaperKind.RAISE,
}  # fmt: skip
PART = "协办"  # how a line of a part's clock begins: it has no paper of the need
LATE = 5  # working days after a limit before anything is raised, at the earliest


def climb(county):
    """One round of the clock; afterwards nothing is due any more, and each need it told of has one line and one paper."""
    county.year.clock.set(datetime.combine(county.day, NINE, tzinfo=CHINA))
    at, hand, seen = county.now(), Hand(None, CLOCK.name), set()
    with patch.object(tasks, "time", AWAKE):
        tasks.climb_all(at.moment)
    for line in Step.objects.filter(by=None, by_name=CLOCK.name, recorded_at__gte=at.moment).order_by("need__number", "n"):
        one = county.book.of.get(line.need_id)
        if one is None or one.spoilt or line.act == "help_ended":  # goes with the line that raises it
            continue
        if one.pk in seen:
            county.violate("一轮里提醒了两次 / told twice in one round", one, f"{line.act}:{line.words}")
        seen.add(one.pk)
        _one(county, one, line, At(line.recorded_at, at.day), hand)
    left = [one.number for pk in due(at.moment) if (one := county.book.of.get(pk)) and not one.spoilt]
    if left:
        county.violate("到了时候没有提醒 / fell due and was not told of", None, "、".join(left[:5]))
    _papers(county, seen)


def _one(county, one, line, at, hand):
    if line.act in RAISES:
        late = max([county.book.days.within(day, at.day) for day in (one.due_on, one.step_due_on) if day])
        lower, higher = (county.units.get(pk) for pk in (one.holder, line.holder_id))
        if late < LATE or not higher or TIERS.index(higher.tier) <= TIERS.index(lower.tier):
            county.violate("提级提早了,或没有提上去 / raised early, or to no tier above", one, f"晚了 {late} 个工作日,交给 {county.named(line.holder_id)}")
            return
        county.book.raised(one, at, hand, act=line.act, holder=line.holder_id, tier=max(one.raised or lower.tier, lower.tier, key=TIERS.index))
    else:
        county.book.line(one, line.act, at, hand, line.words)


def _papers(county, seen):
    """Each line that makes a paper has made one."""
    made, papers = {}, Paper.objects.filter(subject=NEEDS.label, subject_id__in=map(str, seen), kind__in=set(PAPERS.values()))
    for need, kind in papers.values_list("subject_id", "kind"):
        made.setdefault(str(need), []).append(kind)
    for pk in seen:
        one = county.book.of[pk]
        should = sorted(PAPERS[line.act] for line in one.lines if line.act in PAPERS and PART not in line.says)
        if sorted(made.get(str(pk), [])) != should:
            county.violate("文书少了或重了 / papers lost or doubled", one, f"有 {sorted(made.get(str(pk), []))},应当有 {should}")
