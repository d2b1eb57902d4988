"""What a coordinating desk reads in the morning (每日提要): level by level, what came due and what waits for whom. Counts, units and places; never a person."""

from collections import Counter
from datetime import timedelta

from django.db.models import Max

from wanjia.kernel.calendar import day_start
from wanjia.orgs.models import Organisation, Tier

from ..models import Digest, Need, Rung
from ..states import BEFORE_DONE, OPEN
from ..states import NeedState as S

# What is counted of the open needs of a desk: the word, and of which rows (state, due, step due, asked, day).
COUNTS = {
    "due": lambda state, due, step, _asked, day: (state in BEFORE_DONE and due == day) or step == day,
    "late": lambda state, due, _step, _asked, day: state in BEFORE_DONE and due < day,
    "step_late": lambda _state, _due, step, _asked, day: step is not None and step < day,
    "unowned": lambda state, *_rest: state in (S.REGISTERED, S.ADMITTED, S.TRIAGED),
    "unaccepted": lambda state, *_rest: state in (S.ASSIGNED, S.REOPENED),
    "returned": lambda state, *_rest: state == S.RETURNED,
    "asked": lambda _state, _due, _step, asked, _day: bool(asked),
    "open": lambda *_rest: True,
}
BELOW = 60  # units listed


def contents(above, day):
    """Return {unit: content} for every staffed desk: its own reach, and below it unit by unit, in the order of places."""
    desks = above.townships | above.counties
    made = {unit: {"counts": Counter(), "rungs": Counter(), "below": {}} for unit in desks.values()}
    townships = _townships(desks)
    rows = Need.objects.filter(state__in=OPEN).order_by()
    asked = ("village_id", "state", "due_on", "step_due_on", "asked_for", "holder_id", "holder__tier", "holder__name")
    for village, state, due, step, waits, holder, tier, name in rows.values_list(*asked).iterator(chunk_size=5000):
        said = [word for word, holds in COUNTS.items() if holds(state, due, step, waits, day)]
        for code in (village[:9], village[:6]):
            if (unit := desks.get(code)) is None:
                continue
            made[unit]["counts"].update(said)
            # A county's desk reads townships, and bureaus beside them; a township's reads who holds.
            far = code == village[:6] and tier != Tier.COUNTY and village[:9] in townships
            key, words = (townships[village[:9]].pk, townships[village[:9]].name) if far else (holder, name)
            below = made[unit]["below"].setdefault(key, {"name": words, "late": 0, "waiting": 0, "order": village[:9] if far else "~" + words})
            below["late"] += "late" in said or "step_late" in said
            below["waiting"] += 1
    _rungs(made, desks, day)
    return {unit: _frozen(one) for unit, one in made.items() if one["counts"]}


def _townships(desks):
    return {code: unit for code, unit in desks.items() if len(code) == 9}


def _rungs(made, desks, day):
    """Count the rungs climbed since the digest before."""
    last = Digest.objects.filter(day__lt=day).aggregate(last=Max("at"))["last"] or day_start(day - timedelta(days=1))
    climbed = Rung.objects.filter(passed=False, at__gt=last).order_by().values_list("need__village_id", "level")
    for village, level in climbed:
        for code in (village[:9], village[:6]):
            if unit := desks.get(code):
                made[unit]["rungs"][str(level)] += 1


def _frozen(one):
    below = sorted(one["below"].items(), key=lambda pair: (pair[1]["order"], str(pair[0])))
    listed = [{"unit": str(key), "name": row["name"], "late": row["late"], "waiting": row["waiting"]} for key, row in below if row["waiting"]]
    return {"counts": {word: one["counts"][word] for word in COUNTS}, "rungs": dict(one["rungs"]), "below": listed[:BELOW], "more": max(len(listed) - BELOW, 0)}


def of_units(units):
    """Return the digests of these units, the newest first."""
    return Digest.objects.filter(organisation__in=units).select_related("organisation")


def below(digest):
    """Return the rows of a digest unit by unit, each with `asks`: the question by which the ledger shows what lies there now."""
    units = {str(pk): unit for pk, unit in Organisation.objects.in_bulk([row["unit"] for row in digest.content["below"]]).items()}
    return [row | {"asks": _asks(digest.organisation, units.get(row["unit"]))} for row in digest.content["below"]]


def _asks(desk, unit):
    if unit is None:
        return ""
    whole = desk.tier == Tier.COUNTY and unit.tier == Tier.TOWNSHIP and not unit.line  # a county reads a township with all that lies in it
    return f"area={unit.area_id}" if whole else f"holder={unit.pk}"
