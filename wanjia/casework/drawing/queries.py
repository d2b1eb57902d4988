"""Past draws, recomputed."""

from dataclasses import dataclass
from datetime import datetime

from wanjia.kernel.calendar import CHINA
from wanjia.kernel.models import Entry

from ..models import RecheckSeed, Step
from .rules import commitment, is_over, lot, month_of

DECIDING = ("verify", "give_up_callback")


@dataclass(frozen=True)
class Draw:
    """One draw: the need's number, its lot, what the seed says, what was kept."""

    number: str
    lot: float
    expected: bool
    kept: bool


def months(at):
    """Return the seeds, newest month first, each with `shown`: the seed in hex once its month is over, else ''."""
    seeds = list(RecheckSeed.objects.all())
    for one in seeds:
        one.shown = one.seed if is_over(one.month, at) else ""
    return seeds


def draws(month):
    """Recompute the draws of one month from its seed; return [Draw] in the order of the lines."""
    seed = RecheckSeed.objects.get(month=month)
    secret, share, kept, found = seed.seed, float(seed.share), {}, []
    deciding = Step.objects.filter(act__in=DECIDING, recorded_at__gte=seed.begun_at).values("need")
    lines = Step.objects.filter(need__in=deciding).order_by("need", "n").select_related("need")
    for line in lines.only("act", "recorded_at", "changed", "need__number", "need__involves_child").iterator():
        before = kept.get(line.need_id)
        if "drawn" in line.changed:
            kept[line.need_id] = line.changed["drawn"]
        if line.act in DECIDING and line.recorded_at >= seed.begun_at and month_of(line.recorded_at) == month:
            fell = lot(secret, line.need.number)
            expected = bool(before) or line.need.involves_child or fell < share
            found.append(Draw(line.need.number, fell, expected, bool(kept.get(line.need_id))))
    return found


def lots(numbers, day):
    """Return ledger numbers in the order of their lots under the seed of the day's month; by themselves where no draw has begun it."""
    seed = RecheckSeed.objects.filter(month=f"{day:%Y%m}").first()
    secret = seed.seed if seed else ""
    return sorted(numbers, key=lambda number: (lot(secret, number), number))


def least_of(month, at):
    """Return {unit: ledger number} of the units whose needs of a month that is over were all missed by its draws: of each the lowest lot."""
    seed = RecheckSeed.objects.filter(month=month).first()
    if seed is None or not is_over(month, at):
        return {}
    lines = Step.objects.filter(act__in=DECIDING, recorded_at__gte=seed.begun_at, recorded_at__lt=_end_of(month), holder__isnull=False)
    units, hit = {}, set()
    for unit, number, drawn, child in lines.order_by().values_list("holder", "need__number", "need__drawn", "need__involves_child"):
        units.setdefault(unit, set()).add(number)
        if drawn or child:
            hit.add(unit)
    secret = seed.seed
    return {unit: min(numbers, key=lambda number: (lot(secret, number), number)) for unit, numbers in units.items() if unit not in hit}


def _end_of(month):
    year, n = int(month[:4]), int(month[4:])
    return datetime(year + n // 12, n % 12 + 1, 1, tzinfo=CHINA)


def _least_faults(month, seed):
    """Name each need put on the list as its unit's one of a month that was not the lowest lot among those of its unit."""
    lines = Step.objects.filter(act__in=DECIDING, recorded_at__gte=seed.begun_at, recorded_at__lt=_end_of(month))
    units = {}
    for unit, number in lines.order_by().values_list("holder", "need__number"):
        units.setdefault(unit, set()).add(number)
    secret = seed.seed
    for number in Step.objects.filter(act="recheck_called", changed__least=month).order_by("pk").values_list("need__number", flat=True):
        beside = [numbers for numbers in units.values() if number in numbers]
        if not any(number == min(numbers, key=lambda one: (lot(secret, one), one)) for numbers in beside):
            yield f"{number}: not the lowest lot of its unit"


def faults(month):
    """Name what does not fit of one month: the seed against its commitment and the journal, each draw against the seed."""
    seed = RecheckSeed.objects.get(month=month)
    said = Entry.objects.filter(subject="casework.recheckseed", act="recheck.seed", subject_id=str(seed.pk)).first()
    wrong = [] if commitment(seed.seed) == seed.commitment else [f"{month}: seed ≠ commitment"]
    if said is None or said.detail.get("commitment") != seed.commitment:
        wrong.append(f"{month}: commitment ≠ journal")
    wrong += _least_faults(month, seed)
    return wrong + [f"{one.number}: {one.kept} ≠ {one.expected}" for one in draws(month) if one.kept != one.expected]
