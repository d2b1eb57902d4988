"""Publish the counts of a day: by the clock, each population's once, in the order of days, since what was hidden before stays so."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.calendar import today
from wanjia.kernel.command import command
from wanjia.orgs.workdays.hours import CLOCK
from wanjia.policy import publishing
from wanjia.policy.hiding import Before, tell
from wanjia.verdict import first_refusal

from ..figures.population import populations
from ..models import PublishedCounts
from . import counting


def can_publish(by):
    """Decide who publishes: the clock, so that nobody picks the day."""
    return first_refusal((by is CLOCK, _("公布的数由系统按月统计,不由人动手。")))


@command("reporting.publish_counts")
def publish_counts(*, population, day, by, at):
    """Count a population as of the end of a day and keep what may be told of it; returns the PublishedCounts, None where it was published already."""
    can_publish(by).or_raise()
    edition, of = publishing.in_force(day), next(one for one in populations(day) if one.name == population)
    table = edition.table(population)
    if PublishedCounts.objects.filter(population=population, day__gte=day).exists():
        return None
    last = PublishedCounts.objects.filter(population=population).order_by("-day").first()
    roots, below, above = counting.tree(day)
    who, n = counting.counted(of, table, day, today(at), above, below)
    before = {cut: Before({place: tuple(counts) for place, counts in kept.items()}) for cut, kept in (last.hidden if last else {}).items()}
    found = tell(table.cuts, who, below, roots, edition.smallest, before)
    told = {part: {place: n[part].get(place, 0) for place in sorted(found[cut.parts[0]][0])} for cut in table.cuts for part in cut.parts}
    hidden = {cut: kept.hidden for cut, (_told, kept) in found.items()}
    counts = PublishedCounts.objects.create(population=population, day=day, told=told, hidden=hidden, smallest=edition.smallest, recorded_at=at)
    journal.record(act="counts.publish", subject=counts, by=by, at=at, population=population, day=day)
    return counts


def publish_all(at):
    """Publish what is due of every population, for the day's sweep: of years that are over their last day alone, of this year the end of each month."""
    days = [day for day in publishing.days_until(today(at)) if day.year == today(at).year or day.month == 12]
    known = set(PublishedCounts.objects.values_list("population", "day"))
    alive = {of.name for of in populations() if of.whom and of.rows.objects.exists()}  # of what nobody keeps here there is nothing to tell
    for day in days:
        for of in populations(day):
            if of.name in alive and publishing.in_force(day).table(of.name) and (of.name, day) not in known:
                with transaction.atomic():
                    publish_counts(population=of.name, day=day, by=CLOCK, at=at)
