"""A quick cut of `make fuzz`: no 5xx, nothing outside scope, no child unlogged, whatever the API is asked by whom."""

import logging
import os

import pytest


from .world import Fire

COUNT, SEED = int(os.environ.get("WANJIA_FUZZ", 500)), int(os.environ.get("WANJIA_FUZZ_SEED", 1))
pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def quiet():
    """Every refusal is logged as it should be; here there are too many of them."""
    logging.disable(logging.ERROR)
    yield
    logging.disable(logging.NOTSET)


def test_whatever_the_api_is_asked_it_neither_breaks_nor_leaks(races):
    fire = Fire(SEED)
    faults = fire.send(COUNT)
    print(f"\n{COUNT} requests, seed {SEED}: {dict(sorted(fire.statuses.items()))}")
    assert faults == [], "\n\n".join(faults[:10])
    assert fire.statuses[200] > COUNT // 20, "hardly anything was answered: the requests ask nothing sensible"
