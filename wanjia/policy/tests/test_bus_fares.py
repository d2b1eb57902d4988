"""Settlement equals fares to the fen, whatever was ridden."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from wanjia.policy.bus_fares import owed, total

RIDES = some.lists(some.tuples(some.integers(0, 5_000), some.integers(0, 100)), max_size=20)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)  # a busy machine is no fault of the sums
@given(some.lists(RIDES, max_size=6))
def test_every_fen_has_an_owner(months):
    rows = [owed(one) for one in months]
    found = total(rows)
    assert found.full == sum(fare for one in months for fare, _share in one) == found.home + found.subsidy
    assert found.rides == sum(map(len, months)) and all(row.home >= 0 and row.subsidy >= 0 for row in rows)


@given(RIDES)
def test_half_fare_is_never_more_than_half(rides):
    half = owed((fare, 50) for fare, _share in rides)
    assert 0 <= half.full - 2 * half.home <= 1


def test_rounded_ride_by_ride_it_would_not_add_up():
    """Negative control: 3 rides at 2.33 yuan; half of each rounded is 1 fen away from half of the month."""
    rides = [(233, 50)] * 3
    by_ride = sum(fare * share // 100 for fare, share in rides)
    assert owed(rides).home == 349 != by_ride
