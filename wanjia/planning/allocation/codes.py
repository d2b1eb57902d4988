"""Claimants and lots in codes, a column each: what the engine of markets works on."""

from dataclasses import dataclass

from wanjia.planning.arrays import Array


@dataclass(frozen=True)
class People:
    """Claimants in codes. Lists are flat with starts: region, skill int16; home int16 (-1 unknown); home_by int16 minutes
    (32767: no matter); within: only in the home county; age int16; pay_floor int32 steps; certificates int64 bits."""

    region_start: Array
    region: Array
    skill_start: Array
    skill: Array
    home: Array
    home_by: Array
    within: Array
    age: Array
    pay_floor: Array
    certificates: Array


@dataclass(frozen=True)
class Lots:
    """Lots in codes: region, skill int16 (skill 0: any); worth int32 steps (the part of the score that is the lot's own);
    pay int32 steps; certificate int64 bit or 0; ages int16; ends int16 minutes; unsafe bool; places int32."""

    region: Array
    skill: Array
    worth: Array
    pay: Array
    certificate: Array
    age_min: Array
    age_max: Array
    ends: Array
    unsafe: Array
    places: Array
