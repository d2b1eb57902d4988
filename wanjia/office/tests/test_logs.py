"""The log names nobody: a walk with planted names, numbers, words and codes leaves none of them in any line."""

import io
import json
import logging

import pytest

from wanjia.casework.tests.factories import World
from wanjia.doors.guard import address_of
from wanjia.office.health import slow
from wanjia.office.health.logs import Lines, pseudonym
from wanjia.office.serving.forwarded import OnlyFromProxies

PLANTED = ("王翠花", "530625198503020013", "13887654321", "K7QX2M", "停水三天")


@pytest.fixture
def heard():
    """Every line of every logger, as the log would have it."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(Lines())
    root, request = logging.getLogger(), logging.getLogger("wanjia.request")
    levels = root.level, request.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    request.setLevel(logging.INFO)
    yield lambda: [json.loads(line) for line in out.getvalue().splitlines()]
    root.removeHandler(handler)
    root.setLevel(levels[0])
    request.setLevel(levels[1])


def test_a_walk_with_planted_words_leaves_none_in_the_log(db, client, heard):
    world = World()
    client.raise_request_exception = False
    for word in PLANTED:
        client.get("/search", {"q": word})
        client.get(f"/no-such-page/{word}")
        client.get(f"/slip/{word}")
        client.post("/accounts/login/", {"login": word, "password": word})
    client.force_login(world.clerk, backend="django.contrib.auth.backends.ModelBackend")
    for word in PLANTED:
        client.get("/search", {"q": word})
        client.get("/people/", {"q": word})
        client.post("/needs/record", {"summary": word, "requester_name": word})
    lines = heard()
    text = json.dumps(lines, ensure_ascii=False)
    assert [word for word in (*PLANTED, world.clerk.name, world.clerk.username) if word in text] == []
    asked = [line for line in lines if line["logger"] == "wanjia.request"]
    assert len(asked) == 7 * len(PLANTED)
    assert {"time", "level", "request", "path", "status", "ms", "user"} <= set(asked[0])
    assert pseudonym(world.clerk) in {line["user"] for line in asked}
    assert "search" in {line["path"] for line in asked}


def test_an_error_is_told_by_kind_and_place_alone(heard):
    try:
        raise ValueError("Key (name)=(王翠花) already exists")
    except ValueError:
        logging.getLogger("django.db.backends").exception("failed for %s", "王翠花")
        logging.getLogger("somebody.else").error("made up: 王翠花")
    lines = [line for line in heard() if line["level"] == "ERROR"]
    assert [line.get("error") for line in lines] == ["ValueError", None]
    assert "test_logs.py" in lines[0]["at"][0]
    assert "王翠花" not in json.dumps(lines, ensure_ascii=False)


def test_a_plain_formatter_would_tell(heard):
    """Negative control: the same record in Django's usual words holds the name."""
    record = logging.LogRecord("x", logging.ERROR, __file__, 1, "failed for %s", ("王翠花",), None)
    assert "王翠花" in logging.Formatter("%(message)s").format(record)
    assert "王翠花" not in Lines().format(record)


def test_slow_pages_are_remembered_by_pattern_and_never_grow(settings, tmp_path):
    settings.WANJIA_VAR = str(tmp_path)
    for turn in range(8000):
        slow.remember("people/<uuid:person_id>/", 2000 + turn)
    assert sum(file.stat().st_size for file in tmp_path.iterdir()) < 3 * slow.HALF_BYTES
    assert slow.pages()[0]["worst_ms"] == 9999


@pytest.mark.parametrize(("remote", "forwarded", "address"), [
    ("127.0.0.1", "10.1.1.7", "10.1.1.7"),
    ("127.0.0.1", "6.6.6.6, 10.1.1.7", "10.1.1.7"),
    ("10.9.9.9", "10.1.1.7", "10.9.9.9"),
    ("127.0.0.1", "", "127.0.0.1"),
])  # fmt: skip
def test_the_true_address_behind_a_proxy_and_no_other(settings, rf, remote, forwarded, address):
    settings.WANJIA_PROXIES = ["127.0.0.1"]
    assert address_of(rf.get("/", REMOTE_ADDR=remote, HTTP_X_FORWARDED_FOR=forwarded)) == address


def test_forwarded_headers_of_strangers_are_thrown_away(settings):
    settings.WANJIA_PROXIES = ["127.0.0.1"]
    seen = {}
    told = OnlyFromProxies(lambda environ, start: seen.update(environ))
    told({"REMOTE_ADDR": "10.9.9.9", "HTTP_X_FORWARDED_PROTO": "https", "HTTP_HOST": "a"}, None)
    assert "HTTP_X_FORWARDED_PROTO" not in seen
    told({"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_PROTO": "https"}, None)
    assert seen["HTTP_X_FORWARDED_PROTO"] == "https"
