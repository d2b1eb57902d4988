"""Every refusal of the API is a whole sentence of the house in the caller's language; in both where no fact stands in it."""

import re

import pytest

from wanjia.casework.states import NeedState as S
from wanjia.casework.tests.walk import bring

from .test_api import RECORD, TOKEN
from .test_api import as_user as as_user
from .test_api import world as world

CHINESE = re.compile(r"[\u4e00-\u9fff]")


def asked(caller, language, path, data, token=TOKEN, key=None):
    caller.client.cookies["django_language"] = language
    answer = caller.client.post(f"/api{path}", data, content_type="application/json",
                                headers={"X-CSRFToken": token, "Accept-Language": language, **({"Idempotency-Key": key} if key else {})})  # fmt: skip
    return answer.status_code, answer.json()


@pytest.mark.parametrize(("spoil", "status"), [("token", 403), ("body", 400), ("duty", 403), ("key", 422)])
def test_a_refusal_is_whole_in_both_languages(world, as_user, spoil, status):
    need, caller = bring(world, S.REGISTERED), as_user(world.visitor)
    path, key = f"/needs/{need.pk}/admit" if spoil == "duty" else "/needs", "no-key" if spoil == "key" else None
    data, token = ("{" if spoil == "body" else RECORD if spoil in ("token", "key") else {}), "" if spoil == "token" else TOKEN
    got, here = asked(caller, "zh-hans", path, data, token, key)
    there = asked(caller, "en", path, data, token, key)[1]
    assert got == status
    assert CHINESE.search(here["error"]), here
    assert there["error"] and not CHINESE.search(there["error"]), there
    assert ("UUID" in here["error"]) is (spoil == "key"), "another fault's sentence was said"
    assert here["said"] == there["said"] == {"zh": here["error"], "en": there["error"]}
