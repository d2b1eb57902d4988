"""Every fault of tests/planted can still be planted: what it bends is there. Whether a year finds it, `make prove-planted` says."""

import pytest

from tests.planted.faults import FAULTS, planted


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_finds_what_it_bends(name):
    with planted(name):
        pass
