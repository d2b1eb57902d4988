"""The house stands without an app that others stand beside: it boots, migrates, and serves what remains; nothing of the app is loaded.

The remaining apps' own tests run whole under `make without`.
"""

import json
import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.slow

WITHOUT = "casework"


def stood(folder, without, *words):
    """Return what `tests.house.without` found in a house without these apps."""
    environment = {**os.environ, "WANJIA_WITHOUT": without, "WANJIA_VAR": str(folder), "DATABASE_URL": f"sqlite:///{folder}/house.sqlite3", "WANJIA_LOG": "ERROR"}
    environment.pop("WANJIA_KEYRING", None)
    done = subprocess.run([sys.executable, "-m", "tests.house.without", *words], env=environment, capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """The house without them."""
    return stood(tmp_path_factory.mktemp("without"), WITHOUT)


def test_every_page_that_remains_is_served(house):
    assert {name: answers for name, answers in house["pages"].items() if max(answers) >= 500} == {}
    served = {name for name, answers in house["pages"].items() if 200 in answers}
    assert served >= {"desk", "search", "journal", "registry:households", "registry:visits", "registry:import", "orgs:users", "orgs:calendar", "office:watching", "reporting:documents", "reporting:exports"}
    assert set(house["pages"]["desk"]) == {200}, "everybody has a desk"


def test_nothing_of_them_is_loaded_or_linked(house):
    assert house["loaded"] == []
    assert not [name for name in house["names"] if name.startswith("casework:") or name in ("reporting:dashboard", "reporting:export_homes")]
    assert "/visits/" in house["desk"] and "/needs/" not in house["desk"]
    assert house["imports"] == ["bus_riders", "class_roll", "diners", "events", "gate_guards", "helpers", "household", "pairs", "schools", "subsidy", "venues", "wishes"]


def test_with_them_the_desk_leads_to_the_ledger(tmp_path):
    """The negative control: the same look at the whole house."""
    house = stood(tmp_path, "", "desks")
    assert "/needs/" in house["desk"] and "casework:ledger" in house["names"] and "needs" in house["imports"]
