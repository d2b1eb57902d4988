"""The sums of labourers against the labourers themselves, village by village; what is kept of past days against the spells of those days."""

from django.db.models import Count, Sum

from ..models import Departed, Month, Since, Tally, Verified, Worker
from ..models.tallies import PLACES, TALLIED
from . import departed, months

OF_DAYS = 20  # townships' days looked at, the oldest summed first: each is counted anew


def faults(_day):
    """Yield (what and where, column, is, should) of every sum that is not the number of its labourers."""
    for model, names in ((Tally, TALLIED), (Since, ("place", "since_on")), (Verified, ("verified_on",))):
        yield from _against(model, names)
    yield from _kept()
    yield from _departed()


def counted():
    """Return how many labourers there are to check."""
    return Worker.objects.count()


def _against(model, names):
    where, digits = {Tally: ("village_id", 12), Since: ("county_id", 6), Verified: ("township_id", 9)}[model]
    columns = [name for name in names if name != "village_id"]
    should = {}
    rows = Worker.objects.filter(left_on=None, **({"since_on__isnull": False} if model is Since else {}))
    for village, *key, n in (
        rows.order_by().values_list("village_id", *columns).annotate(f_n=Count("pk")).iterator(chunk_size=5000)
    ):
        place = village[:digits].ljust(12, "0")
        should[place, *key] = should.get((place, *key), 0) + n
    told = {(place, *key): n for place, *key, n in model.objects.filter(n__gt=0).values_list(where, *columns, "n")}
    for key in sorted(should.keys() | told.keys(), key=str):
        if should.get(key, 0) != told.get(key, 0):
            yield f"{model._meta.model_name} {' '.join(map(str, key))}", "n", told.get(key, 0), should.get(key, 0)


def _kept():
    for month in Month.objects.select_related("township").order_by("summed_at", "pk")[:OF_DAYS]:
        is_ = {
            tuple(row[name] for name in months.ASKED): row["f_n"]
            for row in month.sums.order_by().values(*months.ASKED).annotate(f_n=Sum("n"))
        }
        should = {tuple(row[name] for name in months.ASKED): row["n"] for row in months.counted(month.township, month.on)}
        for key in sorted(is_.keys() | should.keys()):
            if is_.get(key, 0) != should.get(key, 0):
                yield f"month {month.township_id} {month.on} {' '.join(map(str, key))}", "n", is_.get(key, 0), should.get(key, 0)
        for place in PLACES:
            n = sum(n for key, n in should.items() if key[4] == place)
            if getattr(month, place) != n:
                yield f"month {month.township_id} {month.on}", place, getattr(month, place), n


def _departed():
    names = ("on", "how", "carried", "n", *departed.PEOPLE.values())
    for one in Departed.objects.filter(fresh=True).select_related("township").order_by("summed_at", "pk")[:OF_DAYS]:
        is_ = {row[:3]: row[3:] for row in one.sums.values_list(*names)}
        should = {
            row[:3]: row[3:]
            for row in (tuple(row[name] for name in names) for row in departed.counted(one.township, one.starts, one.ends))
        }
        for key in sorted(is_.keys() | should.keys(), key=str):
            if is_.get(key) != should.get(key):
                yield f"departed {one.township_id} {one.starts} {' '.join(map(str, key))}", "n", is_.get(key), should.get(key)
