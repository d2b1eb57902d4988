"""A quick cut of `make fuzz`: no 5xx, nothing outside scope, no child unlogged, whatever the API is asked by whom."""

import logging
import os

import pytest

from wanjia.casework import api as needs_api
from wanjia.casework.models import Need
from wanjia.registry.models import Person

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


def sending(count=120):
    """Send a few requests that only read."""
    fire = Fire(SEED)
    fire.maker.acts = [act for act in fire.maker.acts if act[1] == "get"]
    return fire.send(count)


def test_a_planted_fault_is_found(races, monkeypatch):
    """Negative control."""

    def breaks(_actor):
        raise RuntimeError("planted")

    monkeypatch.setattr(needs_api, "visible_needs", breaks)
    assert any(fault.startswith("500") and "planted" in fault for fault in sending())


def test_a_planted_leak_is_found(races, monkeypatch):
    """Negative control: the ledger of one is the ledger of all."""
    monkeypatch.setattr(needs_api, "visible_needs", lambda _actor: Need.objects.all())
    assert any(fault.startswith("outside scope") for fault in sending())


def test_a_child_shown_unlogged_is_found(races, monkeypatch):
    """Negative control: a child is masked like anybody, that is, not at all."""
    monkeypatch.setattr(Person, "is_protected", False)
    assert any(fault.startswith("child unlogged") for fault in sending(300))
