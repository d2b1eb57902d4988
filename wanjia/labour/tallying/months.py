"""What is kept of a day: which days are, and how a township's sums of one are counted."""

from datetime import date, timedelta

from django.db.models import Case, Count, F, Q, When

from wanjia.orgs.models import Area, Level
from wanjia.policy.statuses import months_after

from ..figures.past import facts, on_the_roll, place_on, way_on, where_on
from ..figures.population import within
from ..models import Month, Worker
from ..states import Place

KEPT = 13  # months' ends: the last one, and those up to the same month a year before
ASKED = ("lifted", "watched", "relocated", "was", "place", "how", "carried")


def end_of_month(day, back=0):
    """Return the last day of the month of `day`, or of one so many months before."""
    return months_after(date(day.year, day.month, 1), 1 - back) - timedelta(days=1)


def month_before(day):
    """Return the last day of the month before that of `day`."""
    return end_of_month(day, 1)


def days_to_keep(today):
    """Return the days of which sums are kept: yesterday, and the ends of the last months, the latest first."""
    yesterday = today - timedelta(days=1)
    return list(dict.fromkeys([yesterday, *(end_of_month(today, back) for back in range(1, KEPT + 1))]))


def lacking(today, most):
    """List up to `most` (township, day) that are to be kept and are not; none where there were no labourers yet."""
    first = Worker.objects.order_by("entered_on").values_list("entered_on", flat=True).first()
    if first is None:
        return []
    townships, found = Area.objects.filter(level=Level.TOWNSHIP).in_bulk(), []
    for day in days_to_keep(today):
        if day < first:
            break
        there = set(Month.objects.filter(on=day).values_list("township_id", flat=True))
        found += [(townships[code], day) for code in sorted(townships.keys() - there)]
        if len(found) >= most:
            break
    return found[:most]


def counted(township, day):
    """Return [{each of ASKED, n}] of one township's labourers at the end of a day, and where they were at the end of the month before."""
    before = month_before(day)
    rows = Worker.objects.filter(within(township.stem, "village_id")).filter(on_the_roll(day) | on_the_roll(before))
    gone = ~on_the_roll(day)
    rows = rows.annotate(f_was=where_on(before), **facts(day)).annotate(
        k_place=Case(When(gone, then=None), default=F("f_place")), k_how=Case(When(gone, then=None), default=F("f_how")),
        k_carried=Case(When(gone, then=None), default=F("f_carried")),
    )  # fmt: skip
    alike = rows.order_by().values("f_lifted", "f_watched", "f_relocated", "f_was", "k_place", "k_how", "k_carried").annotate(f_n=Count("pk"))
    return [_named(row) for row in alike]


def _named(row):
    kept = {name: row[f"f_{name}"] for name in ("lifted", "watched", "relocated", "was")}
    return kept | {"place": row["k_place"] or "", "how": row["k_how"] or "", "carried": bool(row["k_carried"]), "n": row["f_n"]}


def ways(township, day):
    """Return {first two digits of a province: how many of one township's labourers worked there}, outside the own province; "" where it is not known."""
    return ways_of(within(township.stem, "village_id"), day)


def ways_of(where, day):
    """Return {province: how many} of the labourers that `where` keeps."""
    rows = Worker.objects.filter(where & on_the_roll(day)).annotate(f_place=place_on(day), f_way=way_on(day)).filter(f_place=Place.OUTSIDE)
    return dict(rows.order_by().values_list("f_way").annotate(f_n=Count("pk")))


def out_of_date(today):
    """Return the days that were kept as yesterday and are no month's end."""
    wanted = days_to_keep(today)
    return Month.objects.filter(Q(on__lt=wanted[0]) & ~Q(on__in=wanted))
