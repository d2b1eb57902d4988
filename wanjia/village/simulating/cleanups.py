"""Clean-up days: planned, sections given to homes and to volunteers, counted, held, looked at by a second hand; or called off.

What the book calls unlawful (two on one day, a section given twice or to nobody, counted before its day, held with a section uncounted, looked at by who counted or held it) is tried and must be refused.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

from ..models import CleanUp
from .branch import ORGANISER, SECRETARY
from .year import KEEPER

LANES = ("村口到老桥", "水池周围", "学校门口到场坝")


@dataclass
class Day:
    """A clean-up day. sections: {key: (how many came, whether it is clean)}, None before they were counted."""

    day: date
    state: str = "cleanup_planned"
    sections: dict = field(default_factory=dict)


class CleanUps:
    """days: {key: Day}."""

    def __init__(self, village):
        self.village, self.dice, self.days = village, village.dice_of("cleanups"), {}

    def live(self, day):
        """A day is planned, some are called off, each is held and looked at."""
        if all(self.village.hand(role) for role in (SECRETARY, ORGANISER)):
            if self.dice.random() < (0.5 if not self.days else 0.06):
                self._plans(day)
            for pk, one in self.days.items():
                if one.state == "cleanup_planned" and one.day <= day:
                    self._sweeps(pk, one)
                elif one.state == "cleanup_held" and self.dice.random() < 0.5:
                    self._looks(pk, one)

    def _plans(self, day):
        on = day + timedelta(days=self.dice.randint(1, 5))
        what = {"village": self.village.village, "day": on, "words": "村道、水沟、垃圾池周围"}
        if any(one.day == on and one.state != "cleanup_cancelled" for one in self.days.values()):
            self.village.tempt("plan_cleanup", **what)
            return
        made = self.village.twice("plan_cleanup", **what)
        if not made:
            return
        one = self.days[made.pk] = Day(on)
        self.village.tempt("hold_cleanup", clean_up_id=made.pk)
        self.village.tempt("give_section", clean_up_id=made.pk, words=LANES[0], to="by_home")
        homes = iter(self.dice.sample(self.village.homes, 2))
        for words, to in zip(LANES, ("by_home", "by_home", "by_volunteers"), strict=True):
            give = {"clean_up_id": made.pk, "words": words, "to": to, "home": next(homes).row if to == "by_home" else None}
            if self.village.do("give_section", **give):
                self.village.tempt("give_section", **give)
        one.sections = dict.fromkeys(CleanUp.objects.get(pk=made.pk).sections.values_list("pk", flat=True))
        self.village.tempt("count_section", clean_up_id=made.pk, section=self._section(made.pk, one), turnout=3, cleaned=True)
        if self.dice.random() < (1 if len(self.days) == 2 else 0.15) and self.village.do("cancel_cleanup", clean_up_id=made.pk, reason="下雨,改天再扫"):
            one.state = "cleanup_cancelled"
            self.village.tempt("cancel_cleanup", clean_up_id=made.pk, reason="下雨,改天再扫")

    def _section(self, pk, one, key=None):
        return CleanUp.objects.get(pk=pk).sections.get(pk=key or next(iter(one.sections)))

    def _sweeps(self, pk, one):
        """The village's clerk counts, the secretary writes down that it was held."""
        for key in one.sections:
            self.village.tempt("hold_cleanup", SECRETARY, clean_up_id=pk)
            counted = self.dice.randint(0, 6), self.dice.random() < 0.8
            if self.village.do("count_section", clean_up_id=pk, section=self._section(pk, one, key), turnout=counted[0], cleaned=counted[1], left_words="" if counted[1] else "沟里还有草"):
                one.sections[key] = counted
        if self.village.do("hold_cleanup", SECRETARY, clean_up_id=pk):
            one.state = "cleanup_held"

    def _looks(self, pk, one):
        self.village.tempt("check_cleanup", KEEPER, clean_up_id=pk)
        self.village.tempt("check_cleanup", SECRETARY, clean_up_id=pk)
        self.village.tempt("cancel_cleanup", clean_up_id=pk, reason="下雨,改天再扫")
        if self.village.do("check_cleanup", ORGANISER, clean_up_id=pk):
            one.state = "cleanup_checked"

    # The evening.

    def night(self, day):
        """Nothing waits for the night."""

    def judge(self, day, *, whole):
        """Days and the counts of their sections are what the book says; on whole evenings the figures too."""
        from ..figures.branch import POPULATIONS
        from ..models import CleanUpSection

        ours, same = self.village.village, self.village.same
        same("清扫日和应有的不一样 / clean-up days differ", dict(CleanUp.objects.filter(village=ours).values_list("pk", "state")), {pk: one.state for pk, one in self.days.items()})
        rows = {pk: (None if n is None else (n, clean)) for pk, n, clean in CleanUpSection.objects.filter(clean_up__village=ours).values_list("pk", "turnout", "cleaned")}
        sections = {key: counted for one in self.days.values() for key, counted in one.sections.items()}
        same("清扫路段和应有的不一样 / sections differ", rows, sections)
        if whole:
            seen = [one for one in self.days.values() if one.state == "cleanup_checked"]
            year = [one for one in seen if one.day.year == day.year]
            counted = [section for one in year for section in one.sections.values()]
            self.village.figures(POPULATIONS, {
                "cleanups.held": len(seen), "cleanups.this_year": len(year), "cleanup_sections.all": len(counted),
                "cleanup_sections.came": (sum(n > 0 for n, _clean in counted), len(counted)), "cleanup_sections.clean": (sum(clean for _n, clean in counted), len(counted)),
            })  # fmt: skip
