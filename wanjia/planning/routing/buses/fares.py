"""What a household pays and what the subsidy covers (半价乘车): settled monthly, in fen, so that every cent has an owner."""

from dataclasses import dataclass

from wanjia.planning.contract import BadInput

from .problem import Problem


@dataclass(frozen=True)
class Fare:
    """One household's month, in fen: full = household + subsidy."""

    household: str
    rides: int
    full_fen: int
    household_fen: int
    subsidy_fen: int


def monthly_fares(problem: Problem, boardings: dict[str, int], *, ride_fen: int, household_share: float = 0.5) -> list[Fare]:
    """Return each household's month. boardings: household name → children's boardings counted in the roll call.

    The household's part is rounded down to a whole fen, so half fare is never more than half.
    """
    if ride_fen < 0 or not 0.0 <= household_share <= 1.0:
        raise BadInput("ride_fen", "票价不能为负,自付比例应在 0 到 1 之间。", "fare ≥ 0 and a share between 0 and 1")
    known = [home.name for home in problem.households]
    strangers = sorted(set(boardings) - set(known))
    if strangers:
        raise BadInput(strangers[0], "点名册上有未登记的乘车户。", "the roll call names an unknown household")
    return [_fare(name, boardings.get(name, 0), ride_fen, household_share) for name in known]


def _fare(name: str, rides: int, ride_fen: int, share: float) -> Fare:
    if rides < 0:
        raise BadInput(name, "乘车次数不能为负。", "boardings are not negative")
    full = rides * ride_fen
    own = int(full * share)
    return Fare(name, rides, full, own, full - own)
