"""The monthly notice: printed on the first working day of a month, once; printed again it is the same, whatever was entered since."""

from datetime import timedelta

from wanjia.orgs.models import Area
from wanjia.orgs.roles import Role
from wanjia.reporting.models import PublishedNotice

SAID = ("received", "declined", "withdrawn", "reasonable", "settled", "confirmed", "callback_due", "open", "running", "overdue", "extended")


class Notices:
    """What was published, as it was when it got its number."""

    def __init__(self, county):
        self.county, self.known = county, {}  # {month: (number, digest)}
        self.area = Area.objects.get(pk=county.year.code.ljust(12, "0"))

    def publish(self, day):
        """Publish the month that has just ended, if nobody has; print again what was published before."""
        month = f"{day.replace(day=1) - timedelta(days=1):%Y%m}"
        if month in self.known or month < f"{self.county.year.first:%Y%m}":
            return
        for one in (month, month, *sorted(self.known)[-2:]):
            self.print(one)

    def print(self, month):
        county = self.county
        paper = county.do("print_monthly", county.one(Role.LEDGER_OFFICE), app="reporting", area=self.area, month=month)
        if paper is None:
            return
        kept = PublishedNotice.objects.get(paper=paper)
        before = self.known.setdefault(month, (paper.number, kept.digest))
        if (paper.number, kept.digest) != before or PublishedNotice.objects.count() != len(self.known):
            said = f"{month}:{before} → {(paper.number, kept.digest)}"
            county.violate("一期通报出了两回或变了样 / a notice published twice, or another under its number", None, said)
        late = f"{county.brought_on:%Y%m}" > month  # what an old ledger brought in since belongs to its own days
        said, should = kept.content["n"], {} if late else county.month_ends.get(month, {})
        wrong = [f"{name}:通报 {said[name]},应当是 {should[f'needs.{name}']}" for name in SAID if should and said[name] != should[f"needs.{name}"]]
        if wrong:
            county.violate("通报的数字不对 / the notice's figures are wrong", None, ";".join(wrong))
