"""The contracts on imports can fail: each meets one import too many, in every app."""

import tomllib
from copy import deepcopy
from pathlib import Path

import grimp
import pytest
from importlinter.configuration import configure
from importlinter.contracts.acyclic_siblings import AcyclicSiblingsContract
from importlinter.contracts.forbidden import ForbiddenContract
from importlinter.contracts.protected import ProtectedContract

from .private import PrivateContract

HOUSE = Path(__file__).resolve().parents[2]
KINDS = {"acyclic_siblings": AcyclicSiblingsContract, "private": PrivateContract, "protected": ProtectedContract, "forbidden": ForbiddenContract}
SAID = tomllib.loads((HOUSE / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]

# In each app two rooms of which the second asks the first already, and what turns it round.
BACK = {
    "orgs": ("wanjia.orgs.agreeing.rules", "wanjia.orgs.workdays.queries"),
    "office": ("wanjia.office.erasing.queries", "wanjia.office.backing.queries"),
    "registry": ("wanjia.registry.lookups.rules", "wanjia.registry.households.queries"),
    "casework": ("wanjia.casework.revealing.rules", "wanjia.casework.ledger.queries"),
    "reporting": ("wanjia.reporting.models", "wanjia.reporting.documents.drawing"),
}


@pytest.fixture(scope="module")
def imports():
    configure()
    return grimp.build_graph("wanjia", include_external_packages=True, cache_dir=None)


def kept(kind, graph, starts):
    """Ask the contracts of one kind whose name starts so."""
    asked = [one for one in SAID["contracts"] if one["type"] == kind and one["name"].startswith(starts)]
    assert len(asked) == 1
    options = {name: value for name, value in asked[0].items() if name not in ("name", "type")}
    session = {"root_packages": ["wanjia"], "include_external_packages": True}
    return KINDS[kind](asked[0]["name"], session, options).check(deepcopy(graph), verbose=False).kept


def with_import(graph, by, module):
    more = deepcopy(graph)
    assert {by, module} <= more.modules, "the rooms have other names now"
    more.add_import(importer=by, imported=module, line_number=1, line_contents="from .. import")
    return more


@pytest.mark.parametrize("app", BACK)
def test_a_circle_is_met_in_every_app(imports, app):
    assert kept("acyclic_siblings", imports, "Rooms")
    below, above = BACK[app]
    assert not kept("acyclic_siblings", with_import(with_import(imports, above, below), below, above), "Rooms")


@pytest.mark.parametrize(("by", "module"), [
    pytest.param("wanjia.casework.papers.views", "wanjia.reporting.figures.asking", id="asking.py is for others"),
    pytest.param("wanjia.orgs.areas.commands", "wanjia.orgs.areas.forms", id="its own room"),
    pytest.param("wanjia.orgs.tests.test_areas", "wanjia.orgs.areas.forms", id="its tests"),
])  # fmt: skip
def test_whoever_may_know_a_form_may(imports, by, module):
    assert kept("private", with_import(imports, by, module), "Forms")


@pytest.mark.parametrize("module", ["orgs.areas", "orgs.accounts", "office.starting", "registry.people", "casework.slip", "casework.protection"])
@pytest.mark.parametrize("by", ["wanjia.orgs.workdays.views", "wanjia.site.frame", "wanjia.casework.ledger.queries", "wanjia.reporting.tests.test_populations"])
def test_a_form_of_another_room_is_met(imports, by, module):
    assert not kept("private", with_import(imports, by, f"wanjia.{module}.forms"), "Forms")


@pytest.mark.parametrize("module", ["orgs.areas", "office.health", "registry.households", "casework.ledger", "site"])
def test_a_view_asked_by_anything_but_an_address_is_met(imports, module):
    assert kept("protected", imports, "Views")
    assert not kept("protected", with_import(imports, "wanjia.office.brings", f"wanjia.{module}.views"), "Views")


@pytest.mark.parametrize(("models", "mechanism"), [
    ("wanjia.orgs.models.users", "wanjia.orgs.trail.queries"), ("wanjia.casework.models.needs", "wanjia.casework.rules"),
    ("wanjia.registry.models.homes", "wanjia.registry.households.commands"), ("wanjia.office.models", "wanjia.office.starting.queries"),
])  # fmt: skip
def test_a_model_that_calls_a_mechanism_is_met(imports, models, mechanism):
    assert kept("forbidden", imports, "Models")
    assert not kept("forbidden", with_import(imports, models, mechanism), "Models")
