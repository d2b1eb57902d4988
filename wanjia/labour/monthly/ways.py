"""Where labourers went outside the province: by provinces, at the end of a day."""

from collections import Counter

from django.db.models import Sum

from wanjia.doors.words import in_english
from wanjia.policy.provinces import PROVINCES

from ..figures.past import as_of, way_on
from ..figures.population import WORKERS, within
from ..models import Month, MonthWay, Worker
from ..states import Place
from ..tallying.months import days_to_keep, ways_of


def latest_kept(area, today):
    """Return the latest of the days that are kept for a whole area, or None."""
    kept = set(Month.objects.filter(within(area.stem, "township_id"), on__in=days_to_keep(today)).order_by().values_list("on", flat=True).distinct())
    whole = (day for day in sorted(kept, reverse=True) if not (WORKERS.summed[-1].kept(area.stem, day) or ((), ["?"]))[1])
    return next(whole, None)


def ways(stem, day):
    """Return {first two digits of a province, "" where it is not known: n}, the most first."""
    kept = WORKERS.summed[-1].kept(stem, day) if len(stem) <= WORKERS.summed[-1].digits else None
    found = Counter()
    if kept is None:
        found.update(ways_of(within(stem, "village_id"), day))
    else:
        months = Month.objects.filter(within(stem, "township_id"), on=day)
        found.update(dict(MonthWay.objects.filter(month__in=months).order_by().values_list("province").annotate(Sum("n"))))
        for lacking in kept[1]:
            found.update(ways_of(within(lacking, "village_id"), day))
    return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))


def rows(stem, way, day):
    """Return the labourers who worked in one province at the end of a day."""
    return as_of(Worker.objects.filter(within(stem, "village_id")), day).annotate(f_way=way_on(day)).filter(f_place=Place.OUTSIDE, f_way=way)


def called(way):
    """Return what a province is called by its first two digits; "" where nobody wrote it down."""
    return PROVINCES.get(f"{way}0000", (way, way))[in_english()]
