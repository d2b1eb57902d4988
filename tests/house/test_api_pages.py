"""docs/api.md is run as it stands; the client says what the OpenAPI document says, and sends again under one key."""

import os
import re
import subprocess
import sys
import threading
import typing
from datetime import date
from pathlib import Path

import pytest

from wanjia.casework.models import Need
from wanjia.orgs.models import Tier, User
from wanjia.orgs.roles import Role
from wanjia.site.api import api

from . import worlds

HOUSE = Path(worlds.HOUSE)
sys.path.insert(0, str(HOUSE / "clients/python"))

import wanjia_client as client  # noqa: E402  # it is no part of the house: whoever uses it copies the file

PASSWORD = "cong-zheli-jinqu"
BLOCK = re.compile(r"^```(\w+)( follow)?\n(.*?)^```", re.M | re.S)
DONE = {"outcome": "solved", "outcome_text": "已办理低保", "answered_on": date.today().isoformat(), "answered_way": "face", "no_evidence_reason": "材料在民政系统内"}


@pytest.fixture
def house(races, live_server):
    """The small world on a live server, with the city's platform; everybody has a password."""
    from wanjia.casework.tests.factories import World, unit, worker

    world = World()
    worker("pingtai", "市平台", unit("永善县12345热线办", Tier.COUNTY, world.county), Role.CALLBACK_OFFICER)
    for user in User.objects.all():
        user.set_password(PASSWORD)
        user.save(update_fields=["password"])
    world.url = live_server.url
    return world


def signed_in(house, username, **ways):
    one = client.Wanjia(house.url, wait=0.01, **ways)
    one.sign_in(username, PASSWORD)
    return one


def bring_to_its_end(house, need_id):
    """The county's own people do their work, each at their own client."""
    clerk, handler, caller = (signed_in(house, name) for name in ("xisha", "minzheng", "huifang"))
    clerk.act(need_id, "admit")
    clerk.act(need_id, "triage", urgency="ordinary", difficulty="medium")
    clerk.act(need_id, "assign", holder=str(house.civil.pk))
    handler.act(need_id, "accept")
    handler.act(need_id, "note", words="已到户核实")
    handler.act(need_id, "report-done", **DONE)
    heard = caller.act(need_id, "call-back", way="phone", reached=True, word="solved", satisfaction="satisfied")
    assert heard.state == "verified"
    items = clerk.get(f"/needs/{need_id}/checklist")
    if not all(item["holds"] for item in items):  # drawn for the next tier's look
        signed_in(house, "ducha").act(need_id, "recheck", agrees=True, words="入户看过,属实")
    assert clerk.act(need_id, "close").state == "closed"


def test_the_page_about_the_api_is_run_as_it_stands(house, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("WANJIA", house.url)
    monkeypatch.setenv("WANJIA_PASSWORD", PASSWORD)
    page, names = (HOUSE / "docs/api.md").read_text(encoding="utf-8"), {"every": 0.2}
    for language, follows, code in BLOCK.findall(page):
        if follows:
            work = threading.Thread(target=bring_to_its_end, args=(house, names["need"].id))
            work.start()
        if language == "python":
            exec(compile(code, "docs/api.md", "exec"), names)
        elif language == "sh":
            plain_http(code, tmp_path)
        if follows:
            work.join()
    said = capsys.readouterr().out
    assert "registered 王*叔" in said and "13812345678" not in said
    assert "solved 已办理低保 solved satisfied" in said
    assert (tmp_path / "problem.json").read_text(encoding="utf-8") == page.partition("```json\n")[2].partition("\n```")[0]
    assert Need.objects.count() == 2


def plain_http(code, where):
    subprocess.run(["bash", "-euc", code], cwd=where, env=os.environ, check=True, timeout=60)
    need, found = ((where / name).read_text(encoding="utf-8") for name in ("need.json", "list.json"))
    assert '"state": "registered"' in need and '"count": 1' in found


class Broken:
    """A line that breaks after the house has done what was asked, `breaks` times."""

    def __init__(self, opener, breaks):
        self.opener, self.left, self.keys = opener, breaks, []

    def open(self, request, timeout):
        answer = self.opener.open(request, timeout=timeout)
        self.keys.append(request.get_header("Idempotency-key"))
        if self.left:
            self.left -= 1
            raise ConnectionResetError("the line broke")
        return answer


FACTS = {"village": "530625202201", "category": "aid", "channel": "hotline", "summary": "想申请低保", "requester_name": "王大叔"}


def test_after_a_broken_line_the_same_key_goes_again_and_it_is_done_once(house):
    platform = signed_in(house, "pingtai")
    platform.opener = Broken(platform.opener, 2)
    assert platform.record(**FACTS).state == "registered"
    assert len(platform.opener.keys) == 3 and len(set(platform.opener.keys)) == 1
    assert Need.objects.count() == 1
    platform.opener.left = 9
    with pytest.raises(client.Unreachable) as broken:
        platform.record(**FACTS, another=True)
    platform.opener.left = 0
    platform.record(**FACTS, another=True, key=broken.value.key)
    assert Need.objects.count() == 2
    platform.record(**FACTS, another=True)  # negative control: a key of its own is another need
    assert Need.objects.count() == 3


def test_a_wrong_password_and_no_session_are_said(house):
    nobody = client.Wanjia(house.url, wait=0.01)
    with pytest.raises(client.NotSignedIn) as error:
        nobody.needs()
    assert error.value.said["en"]
    with pytest.raises(client.NotSignedIn):
        nobody.sign_in("pingtai", "not-the-password")


def told(schemas, name):
    """Return {field: (type of JSON or name of a schema, whether it may be null)} of one schema."""
    found = {}
    for field, said in schemas[name]["properties"].items():
        kinds = [one for one in said.get("anyOf", [said]) if one.get("type") != "null"]
        kind = kinds[0].get("$ref", "").rsplit("/", 1)[-1] or kinds[0]["type"]
        found[field] = ("string" if schemas.get(kind, {}).get("enum") else kind, len(kinds) < len(said.get("anyOf", [said])))
    return found


def typed(kind):
    """Return the same of a type of the client."""
    plain = {str: "string", int: "integer", bool: "boolean"}
    found = {}
    for field, hint in typing.get_type_hints(kind).items():
        parts = [one for one in typing.get_args(hint) if one is not type(None)] or [hint]
        one = "array" if typing.get_origin(hint) is list else plain.get(parts[0], parts[0].__name__ if isinstance(parts[0], type) else "")
        found[field] = (one, type(None) in typing.get_args(hint))
    return found


TYPES = {client.Need: "NeedOut", client.NeedWithSteps: "NeedPage", client.Step: "StepOut", client.Place: "Place", client.Unit: "Unit"}


def strays(kind, schemas, name):
    """Return the fields of a type that the document does not tell, or tells otherwise."""
    said = told(schemas, name)
    return {field: one for field, one in typed(kind).items() if said.get(field) != one}


def test_the_clients_types_are_those_of_the_openapi_document():
    document = api.get_openapi_schema()
    schemas = document["components"]["schemas"]
    assert {kind.__name__: strays(kind, schemas, name) for kind, name in TYPES.items() if strays(kind, schemas, name)} == {}
    assert {"post", "get"} <= set(document["paths"]["/api/needs"])
    assert strays(client.Step, schemas, "NeedOut")  # negative control
    assert set(client.KINDS) <= set(document["paths"]["/api/needs"]["post"]["responses"])
    from wanjia.casework.states import ENDED

    assert set(ENDED) == client.ENDED


def test_the_client_stays_one_small_file():
    assert len((HOUSE / "clients/python/wanjia_client.py").read_text(encoding="utf-8").splitlines()) < 250
