"""What a year of an area comes to: figures of the village's rooms in the order in which they are read out, each with the rows behind it. Nothing is counted here."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wanjia.indicators.definitions import definition
from wanjia.kernel.acts import ACTS
from wanjia.reporting.figures import queries as counting
from wanjia.reporting.figures.population import populations
from wanjia.reporting.published.queries import told_rows

FIRST = 2020  # the first year that may be asked for
# The figures of a year's account (C1–C30), by what a village is asked about.
LINES = (
    (_("党支部"), ("branch_activities.this_year", "branch_roll.came", "pledges.kept", "cleanups.this_year", "cleanup_sections.came")),
    (_("议事"), ("village_meetings.council_months", "village_meetings.failed", "village_roll.came", "village_proposals.answered", "village_decisions.passed", "village_decisions.timely", "village_decisions.done",
                 "village_filings.days", "village_filings.answered", "objections.answered", "objections.upheld", "step_matters.result")),
    (_("评比和积分"), ("village_polls.cast", "village_appraisals.held", "village_appraisals.enough", "point_claims.earned", "redemptions.spent")),
    (_("环境和习俗"), ("fee_charges.settled", "stretches.held", "feasts.filed")),
    (_("矛盾调解"), ("mediations.accepted", "mediations.agreed", "mediations.kept")),
    (_("集体的钱"), ("collective_vouchers.income_money", "collective_vouchers.cost_money", "dividends.money")),
    (_("规划和手艺"), ("plan_works.done", "plot_yields.told", "craftsmen.listed", "mentor_pairs.running", "ventures.listed")),
)  # fmt: skip


@dataclass(frozen=True)
class Year:
    """One year of an area as the actor is told it. day: the last of the year, or today while it is not over."""

    actor: object
    area: object
    number: int
    today: date

    @property
    def day(self):
        """The day as of which it is counted."""
        return min(date(self.number, 12, 31), self.today)

    @property
    def past(self):
        """The day that is asked of figures: None for now."""
        return self.day if self.day < self.today else None

    def sections(self, *, to_all=False):
        """Return [(heading, [figure rows])]. to_all: as everybody may read them, whatever the actor may."""
        names = {definition(id_).population for _words, ids in LINES for id_ in ids}
        told = {row["id"]: row for of in populations() if of.name in names for row in self._told(of, None if to_all else self.actor)}
        return [(words, [told[id_] for id_ in ids if id_ in told]) for words, ids in LINES]

    def _told(self, of, reader):
        rows = counting.figures(counting.in_area(of, self.area.stem), self.past, self.today)
        return told_rows(rows, of, reader, self.area, self.day, self.today)

    def rows(self, figure):
        """Return the rows behind one figure that the actor may open."""
        of = next(one for one in populations() if one.name == definition(figure).population)
        first, end = self.area.span()
        mine = of.visible(self.actor).filter(**{f"{of.place}__gte": first, f"{of.place}__lt": end})
        return counting.rows_of(figure, mine, self.past, self.today).order_by("pk")


def figures_told():
    """Return the ids of all lines."""
    return [id_ for _words, ids in LINES for id_ in ids]


def called(rows):
    """Return [(words, address or None)] of rows: as their subject calls them, with its page."""
    subjects = {one.subject.label: one.subject for one in ACTS.values() if one.subject.page}
    found = []
    for row in rows:
        subject = subjects.get(row._meta.label_lower)
        found.append((subject.about(row), reverse(subject.page, args=[row.pk])) if subject else (str(row), None))
    return found
