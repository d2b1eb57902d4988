"""Past draws, recomputed."""

from dataclasses import dataclass

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


def faults(month):
    """Name what does not fit of one month: the seed against its commitment and the journal, each draw against the seed."""
    seed = RecheckSeed.objects.get(month=month)
    said = Entry.objects.filter(subject="casework.recheckseed", act="recheck.seed", subject_id=str(seed.pk)).first()
    wrong = [] if commitment(seed.seed) == seed.commitment else [f"{month}: seed ≠ commitment"]
    if said is None or said.detail.get("commitment") != seed.commitment:
        wrong.append(f"{month}: commitment ≠ journal")
    return wrong + [f"{one.number}: {one.kept} ≠ {one.expected}" for one in draws(month) if one.kept != one.expected]
