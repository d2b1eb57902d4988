"""How far a round is, by village: nothing is kept for it while it runs, it looks at what was verified since its first day."""

from dataclasses import dataclass

from django.db.models import Count, Q, Sum

from wanjia.orgs.models import Area
from wanjia.orgs.scope import in_reach

from ..duties import Duty
from ..models import Contact, Round, Tally, Worker
from ..states import UNREACHED
from .rules import WITHIN, above


@dataclass(frozen=True)
class Progress:
    """One village: who is done, who was not reached, of how many."""

    code: str
    name: str
    done: int
    unreached: int
    whole: int

    @property
    def left(self):
        """How many were neither verified nor sought."""
        return max(self.whole - self.done - self.unreached, 0)


def areas_for(_row, actor, _day):
    """Return the areas over which the actor may open a round: counties, their townships, their villages."""
    return Area.objects.filter(in_reach(actor, area="code", duty=Duty.RUN_ROUNDS), level__in=WITHIN, to_on=None).select_related("parent").order_by("code")


def running(code, day):
    """Return the rounds that run over a village on a day: one at most."""
    return Round.objects.filter(closed_on=None, area_id__in=above(code), from_on__lte=day, to_on__gte=day)


def within(one):
    """Return the Q of labourers that a round asks: on the roll, in its area."""
    first, end = one.area.span()
    return Q(left_on=None, village_id__gte=first, village_id__lt=end)


def counted(one):
    """Count a round that runs: {village code: [done, not reached, on the roll]}. Three questions, each grouped by village."""
    first, end = one.area.span()
    whole = Tally.objects.filter(village_id__gte=first, village_id__lt=end).order_by().values_list("village_id").annotate(n=Sum("n"))
    done = Worker.objects.filter(within(one), verified_on__gte=one.from_on).order_by().values_list("village_id").annotate(n=Count("pk"))
    sought = Contact.objects.filter(
        on__gte=one.from_on, result__in=UNREACHED, worker__left_on=None, worker__village_id__gte=first, worker__village_id__lt=end,
        worker__verified_on__lt=one.from_on,
    )  # fmt: skip
    sought = sought.order_by().values_list("worker__village_id").annotate(n=Count("worker", distinct=True))
    done, sought = dict(done), dict(sought)
    return {code: [done.get(code, 0), sought.get(code, 0), n] for code, n in whole if n}


def progress(one, counts=None):
    """Return [Progress] of a round in the order of villages: counted while it runs, as it was kept once it is over."""
    counts = counts if counts is not None else counted(one) if one.closed_on is None else one.result
    names = dict(Area.objects.filter(code__in=counts).values_list("code", "name"))
    return [Progress(code, names.get(code, code), *counts[code]) for code in sorted(counts)]


def summed(rows):
    """Return the sum of several villages as one Progress."""
    return Progress("", "", sum(one.done for one in rows), sum(one.unreached for one in rows), sum(one.whole for one in rows))
