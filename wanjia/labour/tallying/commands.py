"""Keep the sums of labourers: the one function that every act and every load calls, in its own transaction, with what it changed.

Rows are taken in the order of their keys, so that two who change the same villages wait for one another and never in a ring. Whoever
changes much calls this last, right before the journal: from here on others wait.
"""

from collections import Counter
from datetime import date

from django.db import connection, transaction
from django.db.models import F

from wanjia.kernel.calendar import today

from ..models import Departed, DepartedSum, Month, MonthSum, MonthWay, Since, Tally, Verified
from ..models.tallies import TALLIED
from . import departed, months

FEW = 12  # rows up to which each is changed by a statement of its own
COUNTY, TOWNSHIP, VILLAGE = 6, 9, 12  # digits of the stems, of a code
SINCE, VERIFIED = ("county_id", "place", "since_on"), ("township_id", "verified_on")


def changed(differences, since=None):
    """Add up what became of labourers (`tallying.keys.differences`): {key by ALIKE: ±n}. Raises IntegrityError where more leave than were there.

    since: the first day of which something is now known otherwise: when a spell began or ended, when somebody entered or left the roll;
    `date.min` for whoever moves into another township. Not said, it is the first day since when any of those added is where he is. What is
    kept of days from then on is forgotten, and counted anew by the clock.
    """
    tallies, begun, verified = Counter(), Counter(), Counter()
    for key, n in differences.items():
        village, place, since_on, verified_on = key[0], key[4], *key[len(TALLIED) :]
        township = village[:TOWNSHIP].ljust(VILLAGE, "0")
        tallies[key[: len(TALLIED)]] += n
        verified[township, verified_on] += n
        if since_on:
            begun[village[:COUNTY].ljust(VILLAGE, "0"), place, since_on] += n
    add_up(tallies, begun, verified, since=since or min(_begun(differences), default=None))


def add_up(tallies, begun, verified, *, since):
    """Add to the three sums by their own keys, as a load counts them: tallies by TALLIED, begun by SINCE, verified by VERIFIED. since: as of `changed`."""
    _forget({key[0][:TOWNSHIP] for key in verified}, since)
    for model, names, sums in ((Tally, TALLIED, tallies), (Since, SINCE, begun), (Verified, VERIFIED, verified)):
        _add(model, names, sorted((key, n) for key, n in sums.items() if n))


def forget(villages, since):
    """Take back what is kept of the townships of these villages (codes) for `since` and later: of whom no sum of today tells, yet a past day does. since: None for nothing."""
    _forget({village[:TOWNSHIP] for village in villages}, since)


def _begun(differences):
    """Return the days since when those who are added are where they are."""
    return {key[len(TALLIED)] for key, n in differences.items() if n > 0 and key[len(TALLIED)]}


def _forget(stems, since):
    """Take back what is kept of these townships for `since` and later. A load over the whole register is one question for all."""
    if since is None or not stems:
        return
    codes = {stem.ljust(VILLAGE, "0") for stem in stems}
    keys = list(
        Month.objects.filter(on__gte=since, township_id__in=codes).order_by("on", "township_id").values_list("pk", flat=True)
    )
    if keys:
        Month.objects.filter(pk__in=keys).delete()
    forget_departed(codes, since)


def forget_departed(codes, since):
    """Let the departures of these townships be asked of the rows again, for campaigns that reach `since` or later.

    The row is taken even where it is not fresh: whoever sums it up right now waits until this transaction ends, and counts what it wrote.
    """
    taken = (
        Departed.objects.select_for_update()
        .filter(ends__gt=since, township_id__in=codes)
        .order_by("starts", "ends", "township_id")
    )
    if keys := list(taken.values_list("pk", flat=True)):
        Departed.objects.filter(pk__in=keys).update(fresh=False)


@transaction.atomic
def keep_departed(township, starts, ends, *, at):
    """Sum up one township's departures within a campaign. The first round makes the row, and a later one counts: no act that began before the row was there may slip past it."""
    key = {"township": township, "starts": starts, "ends": ends}
    one = Departed.objects.select_for_update().filter(**key).first()
    if one is None:
        Departed.objects.bulk_create([Departed(**key, summed_at=at)], ignore_conflicts=True)
        return
    one.sums.all().delete()
    DepartedSum.objects.bulk_create(
        [DepartedSum(departed=one, **row) for row in departed.counted(township, starts, ends)], batch_size=1000
    )
    Departed.objects.filter(pk=one.pk).update(fresh=True, summed_at=at)


def keep_departures(*, at, most):
    """Sum up the departures that are to be kept and are not, up to so many townships; return how many were looked at."""
    found = departed.lacking(today(at), most)
    for township, starts, ends in found:
        keep_departed(township, starts, ends, at=at)
    return len(found)


@transaction.atomic
def keep_month(township, day, *, at):
    """Keep how one township's labourers stood at the end of a day (月末汇总), in place of what was kept of it."""
    counted = months.counted(township, day)
    Month.objects.filter(on=day, township=township).delete()
    stood = Counter()
    for row in counted:
        stood[row["place"]] += row["n"]
    del stood[""]
    month = Month.objects.create(township=township, on=day, summed_at=at, **stood)
    MonthSum.objects.bulk_create(MonthSum(month=month, **row) for row in counted)
    MonthWay.objects.bulk_create(
        MonthWay(month=month, province=province, n=n) for province, n in months.ways(township, day).items()
    )


def keep_months(*, at, most):
    """Keep what is to be kept and is not, up to so many townships' days; return how many. What was kept as yesterday goes."""
    months.out_of_date(today(at)).delete()
    lacking = months.lacking(today(at), most)
    for township, day in lacking:
        keep_month(township, day, at=at)
    return len(lacking)


def _add(model, names, sums):
    """Add n to the row of each key, made where there is none."""
    if len(sums) <= FEW:
        missing = [key for key, n in sums if not _rows(model, names, key).update(n=F("n") + n)]
        # Those that were there are taken by now; one that is not there is made as others make it: whoever is first makes it.
        made = [(key, n) for key, n in sums if key in missing]
        _make(model, names, missing)
        for key, n in made:
            _rows(model, names, key).update(n=F("n") + n)
        return
    _add_many(model, names, sums)


def _rows(model, names, key):
    return model.objects.filter(**dict(zip(names, key, strict=True)))


def _make(model, names, keys):
    model.objects.bulk_create([model(**dict(zip(names, key, strict=True)), n=0) for key in keys], ignore_conflicts=True)


def _add_many(model, names, sums):
    """Add to many rows in their order, by few statements. Where somebody leaves, the rows are made first and added to after: tried as a new row, a sum would be less than nought."""
    fields = [*(model._meta.get_field(name.removesuffix("_id")) for name in names), model._meta.get_field("n")]
    quoted, table = [connection.ops.quote_name(field.column) for field in fields], connection.ops.quote_name(model._meta.db_table)
    leaves, keys = any(n < 0 for _key, n in sums), ", ".join(quoted[:-1])
    ends = f"ON CONFLICT ({keys}) DO " + ("NOTHING" if leaves else f"UPDATE SET n = {table}.n + excluded.n")
    made = [(*key, 0) for key, _n in sums] if leaves else [(*key, n) for key, n in sums]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            lists = ", ".join(f"%s::{field.db_type(connection)}[]" for field in fields)
            given = f"unnest({lists}) WITH ORDINALITY AS given({', '.join(quoted)}, turn)"
            cursor.execute(
                f"INSERT INTO {table} ({', '.join(quoted)}) SELECT {', '.join(quoted)} FROM {given} ORDER BY turn {ends}",
                _columns(made),
            )
            if leaves:
                same = " AND ".join(f"{table}.{name} = given.{name}" for name in quoted[:-1])
                taken = f"SELECT {table}.id, given.n FROM {table} JOIN {given} ON {same} ORDER BY turn FOR UPDATE OF {table}"
                cursor.execute(
                    f"WITH taken AS ({taken}) UPDATE {table} SET n = {table}.n + taken.n FROM taken WHERE {table}.id = taken.id",
                    _columns([(*key, n) for key, n in sums]),
                )
            return
        cursor.executemany(
            f"INSERT INTO {table} ({', '.join(quoted)}) VALUES ({', '.join(['%s'] * len(fields))}) {ends}", map(_spelt, made)
        )
        if leaves:
            told = " AND ".join(f"{name} = %s" for name in quoted[:-1])
            cursor.executemany(f"UPDATE {table} SET n = n + %s WHERE {told}", (_spelt((n, *key)) for key, n in sums))


def _columns(rows):
    return [list(column) for column in zip(*rows, strict=True)]


def _spelt(row):
    """Return a row as SQLite keeps it."""
    return [str(value) if isinstance(value, date) else value for value in row]
