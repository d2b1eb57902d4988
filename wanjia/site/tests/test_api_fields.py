"""What is wrong with a field is said in whole sentences of the house, whatever stands in it, in the caller's language alone."""

import json
import re
from uuid import UUID

from tests.house.shares import WHOLE

from ..api import SENTENCES, api
from .test_api import TOKEN
from .test_api import as_user as as_user
from .test_api import world as world

CHINESE = re.compile(r"[\u4e00-\u9fff]")
# Words of the program's own language, not of English: what a field is called, may be, or must be written like.
OWN = re.compile(r"“[^”]*”|只能是 [\w, ]+|2026-11-23T08:30|符合 \S+|UUID|JSON|true|false")
WRONG = (None, 1.5, "", "x", "长" * 5000, "坏\x00字", [None], {"x": 1})


def wrong_bodies():
    """Yield (address, a body) of each act that takes JSON: wrong in every field at once, or no object at all; in `make test` three of the ways in turn."""
    schema = api.get_openapi_schema()
    for turn, (path, ways) in enumerate(schema["paths"].items()):
        content = ways.get("post", {}).get("requestBody", {}).get("content", {}).get("application/json")
        if content and "$ref" in content["schema"]:
            asked = schema["components"]["schemas"][content["schema"]["$ref"].rsplit("/", 1)[1]]["properties"]
            address = re.sub(r"\{\w+\}", str(UUID(int=7)), path)
            bodies = [*(dict.fromkeys(asked, wrong) for wrong in WRONG), []]
            yield from ((address, body) for body in (bodies if WHOLE else bodies[turn % 3 :: 3]))


def said(world, as_user, language, only=""):
    """Return every sentence that the API has against what is wrong in a field of a body or in the number of a page."""
    caller, found = as_user(world.visitor), set()
    caller.client.cookies["django_language"] = language
    asked = [caller.client.get(f"/api/needs?page={number}") for number in ("x", "1.5", "0", "9" * 9, "9" * 5000)]
    for answer in [*asked, *(caller.client.post(address, json.dumps(body), content_type="application/json", headers={"X-CSRFToken": TOKEN})
                             for address, body in wrong_bodies() if address.endswith(only))]:  # fmt: skip
        found |= {one["sentence"] for one in answer.json().get("errors", ())}
    return found


def mixed(sentences):
    """Return the Chinese sentences that are none, or hold words of another language."""
    return {one for one in sentences if not CHINESE.search(one) or re.search(r"[A-Za-z]{2,}", OWN.sub("", one))}


def test_each_fault_of_each_field_is_one_sentence_of_the_house(world, as_user):
    here, there = (said(world, as_user, language) for language in ("zh-hans", "en"))
    assert len(here) == len(there) > 100
    assert mixed(here) == set()
    assert {one for one in there if CHINESE.search(one)} == set()


def test_a_kind_of_fault_without_its_own_sentence_is_told_in_ours_too(world, as_user, monkeypatch):
    for kind in ("string_type", "list_type"):
        monkeypatch.delitem(SENTENCES, kind)
    here = said(world, as_user, "zh-hans", only="/note")
    assert "“words”的写法不对,请对照 /api/openapi.json。" in here
    assert not any("Input" in one for one in here)


def test_what_the_frame_says_of_a_field_would_be_seen(world, as_user, monkeypatch):
    """Negative control: as it was, the frame's own English within a Chinese sentence."""
    monkeypatch.setitem(SENTENCES, "string_type", "“%(field)s”不对:Input should be a valid string")
    assert mixed(said(world, as_user, "zh-hans", only="/note"))
