"""What the database cannot do is a sentence that says what was saved; reading goes on; programs get problems in JSON."""

import contextlib
import io
import json
import re
from datetime import date
from uuid import UUID

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from tests.house.acts import World, visit
from tests.house.shares import mine
from tests.house.test_separation import addresses
from wanjia.casework.handling import commands as handling
from wanjia.casework.models import Need, Step
from wanjia.casework.states import NeedState
from wanjia.casework.tests.walk import bring
from wanjia.kernel import command, journal
from wanjia.kernel.models import Entry
from wanjia.orgs.models import Post, User
from wanjia.orgs.roles import Role
from wanjia.registry.lookups.commands import look_up_number
from wanjia.registry.models import Household
from wanjia.registry.tests.factories import number
from wanjia.site import errors, faults, middleware
from wanjia.site.api import api


@pytest.fixture
def world(db):
    return World()


@pytest.fixture
def handler(client, world):
    client.force_login(world.handler, backend="django.contrib.auth.backends.ModelBackend")
    client.raise_request_exception = False
    return client


class Locked(OperationalError):
    """A time-out of a lock, as psycopg says it."""

    def __init__(self):
        super().__init__("canceling statement due to lock timeout")
        self.__cause__ = type("Cause", (Exception,), {"sqlstate": "55P03"})()


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        pytest.param(IntegrityError("duplicate key"), 409, "刚刚被别人处理过", id="raced"),
        pytest.param(OperationalError("database is locked"), 503, "过几秒再点一次", id="busy"),
        pytest.param(Locked(), 503, "过几秒再点一次", id="lock time-out"),
        pytest.param(OperationalError("database or disk is full"), 507, "磁盘满了", id="full"),
        pytest.param(OperationalError("server closed the connection"), 503, "暂时连不上", id="gone"),
    ],
)
def test_a_fault_of_the_database_is_a_sentence_on_pages_and_in_the_api(handler, world, monkeypatch, error, status, said):
    need = bring(world, NeedState.ACCEPTED)

    def fails(**_what):
        raise error

    fails.reads = False  # asked where the addresses are made, which may be within this test
    monkeypatch.setitem(vars(handling.add_note.act), "command", fails)  # the page and the API call what the act declares
    page = handler.post(reverse("casework:note", args=[need.pk]), {"words": "已到户核实"})
    assert (page.status_code, said in page.content.decode()) == (status, True)
    answer = handler.post(f"/api/needs/{need.pk}/note", {"words": "已到户核实"}, content_type="application/json")
    assert (answer.status_code, said in answer.json()["error"]) == (status, True)
    assert ("Retry-After" in answer.headers) == (status == 503)


def test_another_error_is_no_fault_of_the_database():
    assert faults.fault_of(ValueError()) is None


@contextlib.contextmanager
def full_disk():
    """No room: SQLite may take no further page; PostgreSQL answers every INSERT into journal and timelines with its own 53100."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA page_count")
            cursor.execute(f"PRAGMA max_page_count = {cursor.fetchone()[0]}")
        else:
            cursor.execute("""CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$""")
            for model in (Entry, Step):
                cursor.execute(f"CREATE TRIGGER no_room BEFORE INSERT ON {model._meta.db_table} FOR EACH ROW EXECUTE FUNCTION no_room()")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute("PRAGMA max_page_count = 1073741823")
            else:
                cursor.execute("DROP FUNCTION no_room CASCADE")


def until_full(act):
    """Do something until there is no room: the pages that SQLite has may still take a few lines. Returns (answers before, the answer)."""
    before = []
    for _turn in range(80):
        answer = act()
        if answer.status_code == 507:
            return before, answer
        before.append(answer.status_code)
    raise AssertionError("the disk never was full")


def test_a_full_disk_stops_writing_and_not_reading(handler, world):
    need = bring(world, NeedState.ACCEPTED)
    n, note = need.steps.count(), {"words": "已到户核实" + "长" * 400}
    with full_disk():
        before, full = until_full(lambda: handler.post(reverse("casework:note", args=[need.pk]), note))
        api = handler.post(f"/api/needs/{need.pk}/note", note, content_type="application/json")
        pages = ["/", reverse("casework:need", args=[need.pk]), reverse("casework:ledger"), f"/api/needs/{need.pk}"]
        read = [handler.get(page).status_code for page in pages]
    assert "磁盘满了" in full.content.decode()
    assert (api.status_code, "磁盘满了" in api.json()["error"]) == (507, True)
    assert read == [200] * len(pages)
    assert Need.objects.get().steps.count() == n + len(before), "what was said not to be saved was saved"


def test_on_a_full_disk_no_childs_file_opens_unlogged(client, world):
    child, reading = world.register.child, Entry.objects.filter(act="child.open_file")
    client.raise_request_exception = False
    client.force_login(world.register.li, backend="django.contrib.auth.backends.ModelBackend")
    with full_disk():
        open_file = lambda: client.post(reverse("registry:child_file", args=[child.pk]), {"reason": "开学前走访" + "长" * 100})  # noqa: E731
        before, full = until_full(open_file)
        logged = reading.count()
    assert (full.status_code, child.name in full.content.decode()) == (507, False)
    assert logged == len(before), "a file was shown without its line"
    assert child.name in open_file().content.decode(), "with room again it opens"


def no_write_goes_through(execute, sql, params, many, context):
    """Answer every statement that writes as a full disk does, at once: on a walk no page may still find a free one."""
    if re.match(r"\s*(INSERT|UPDATE|DELETE|REPLACE)\b", sql, re.IGNORECASE):
        raise OperationalError("database or disk is full")
    return execute(sql, params, many, context)


# A search by a whole number is journalled before it shows anything: there a full disk is a sentence, and nothing is shown.
FULL = ("磁盘满了", json.dumps("磁盘满了")[1:-1])
SEARCHED = {"registry:people", "api:people_page"}
# A code that opens nothing is counted before it is answered, or codes could be guessed for as long as the disk is full;
# a new second factor's secret is kept in the session until its first code comes.
WRITTEN_FIRST = {f"{name}?q=number" for name in SEARCHED} | {"casework:slip_page", "casework:voice", "labour:work_slip_page", "labour:work_slip_voice", "care:donor_slip", "schools:bus_slip_page",
                                                               "mfa_activate_totp"}


@pytest.fixture
def overseer(client, world):
    """Somebody who holds every post of the county and of the township, so that every page opens."""
    for role in Role:
        for unit in (world.township, world.office):
            Post.objects.create(user=world.clerk, organisation=unit, role=role, from_on=date(2020, 1, 1))
    client.force_login(User.objects.get(pk=world.clerk.pk), backend="django.contrib.auth.backends.ModelBackend")
    client.raise_request_exception = False
    return client


def test_every_page_is_read_on_a_full_disk(overseer, world):
    """All of them, and what must be journalled first is refused with a sentence instead of shown unlogged."""
    need, child = bring(world, NeedState.VERIFIED), world.register.child
    gaps = {"need_id": need.pk, "household_id": world.register.home.pk, "person_id": world.register.head.pk, "child_id": child.pk,
            "visit_id": visit(world).pk, "unit_id": world.township.pk, "user_id": world.handler.pk, "code": world.county.code}  # fmt: skip
    opened, stopped, broken = 0, set(), []
    with connection.execute_wrapper(no_write_goes_through):
        for name, path in addresses():
            wanted = re.findall(r"<(?:\w+:)?(\w+)>", path)
            if not set(wanted) <= set(gaps) or name == "account_logout":
                continue
            address = "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda gap: str(gaps[gap[1]]), path)
            for asked, query in {"": "", "?q=number": f"?q={child.citizen_id}"}.items() if name in SEARCHED else (("", ""),):
                answer = overseer.get(address + query)
                said = b"".join(answer) if answer.streaming else answer.content
                opened += 1
                if answer.status_code == 507 and any(words in said.decode() for words in FULL):
                    stopped.add(name + asked)
                elif answer.status_code >= 500 or answer.status_code == 400:
                    broken.append((name, answer.status_code))
                assert asked == "" or child.shown_name not in said.decode(), "found by its number, unlogged"
    assert broken == []
    assert stopped == WRITTEN_FIRST
    assert opened > 100


def test_without_the_refusal_the_walk_finds_a_page_that_breaks(overseer, world, monkeypatch):
    """Negative control: a fault without its sentence is a 500 on the page that must write first."""
    for place in ("wanjia.site.errors.fault_of", "wanjia.site.middleware.fault_of"):
        monkeypatch.setattr(place, lambda _error: None)
    with connection.execute_wrapper(no_write_goes_through):
        assert overseer.get(reverse("registry:people"), {"q": world.register.child.citizen_id}).status_code == 500


def test_without_the_words_for_a_full_disk_it_is_a_fault_of_ours(handler, world, monkeypatch):
    """Negative control."""
    need = bring(world, NeedState.ACCEPTED)
    for place in ("wanjia.site.errors.fault_of", "wanjia.site.middleware.fault_of"):
        monkeypatch.setattr(place, lambda _error: None)
    with full_disk():
        answers = [handler.post(reverse("casework:note", args=[need.pk]), {"words": "长" * 400}).status_code for _turn in range(80)]
    assert 500 in answers


@pytest.mark.parametrize("error", [RuntimeError("broken"), OperationalError("database is locked")], ids=["ours", "the database's"])
@pytest.mark.parametrize(
    ("saves", "said"),
    [pytest.param(False, "没有保存", id="before it was kept"), pytest.param(True, "已经保存,只是页面没能显示", id="after it was kept")],
)
def test_the_last_page_says_what_was_saved(handler, world, monkeypatch, saves, said, error):
    need, real = bring(world, NeedState.ACCEPTED), handling.add_note

    def breaks(**what):
        if saves:
            real(**what)
        raise error

    monkeypatch.setitem(vars(handling.add_note.act), "command", breaks)
    answer = handler.post(reverse("casework:note", args=[need.pk]), {"words": "已到户核实"})
    assert (answer.status_code, said in answer.content.decode()) == (500 if saves or isinstance(error, RuntimeError) else 503, True)


def test_what_is_read_or_done_within_a_failing_act_is_not_called_saved(world):
    command.begin_counting()
    at = timezone.now()
    look_up_number(token="0123456789abcdef", by=world.clerk, at=at)
    with contextlib.suppress(RuntimeError), transaction.atomic(), journal.held_back():
        handling.add_note(need_id=bring(world, NeedState.ACCEPTED).pk, words="已到户核实", by=world.handler, at=at)
        raise RuntimeError("broken")
    assert command.acts_done() == 0


def test_a_page_that_breaks_while_read_changed_nothing(rf):
    request = rf.get("/")
    assert "没有改动任何内容" in errors.broken(request).content.decode()


@pytest.mark.parametrize("length", ["9" * 20, "1" + "0" * 30])
@pytest.mark.parametrize("address", ["/api/needs/{}/evidence", "/needs/{}/notes/"])
def test_a_length_that_no_body_has_is_a_sentence(handler, world, length, address):
    body = b'--x\r\nContent-Disposition: form-data; name="words"\r\n\r\nabc\r\n--x--\r\n'
    kind = "multipart/form-data; boundary=x"
    answer = handler.generic("POST", address.format(world.need().pk), body, kind, CONTENT_LENGTH=length, **{"wsgi.input": io.BytesIO(body)})
    assert answer.status_code == 413
    assert "不可能的长度" in (answer.json()["error"] if "api" in address else answer.content.decode())


def test_without_the_refusal_such_a_length_breaks(handler, world, monkeypatch):
    """Negative control."""
    monkeypatch.setattr(middleware, "DIGITS", 99)
    with pytest.raises(AssertionError):
        test_a_length_that_no_body_has_is_a_sentence(handler, world, "9" * 20, "/api/needs/{}/evidence")


def test_an_unknown_address_of_the_api_is_a_problem_in_json(client):
    answer = client.get("/api/nowhere")
    zh, en = "没有找到。可能不存在,或者不在您的辖区。", "Not found. It may not exist, or lie outside your area."
    assert (answer.status_code, answer.json()) == (404, {"error": zh, "said": {"zh": zh, "en": en}})


def test_what_breaks_in_the_api_is_a_problem_in_both_languages(handler, world, monkeypatch):
    need = bring(world, NeedState.ACCEPTED)

    def breaks(**_what):
        raise RuntimeError("broken")

    monkeypatch.setitem(vars(handling.add_note.act), "command", breaks)
    answer = handler.post(f"/api/needs/{need.pk}/note", {"words": "已到户核实"}, content_type="application/json")
    said = answer.json()["said"]
    assert (answer.status_code, answer.headers["Content-Type"]) == (500, "application/json")
    assert "没有保存" in said["zh"]
    assert "saved" in said["en"]
    assert "RuntimeError" not in answer.content.decode()


def every_act():
    """Return the address of every act of the API, as its own description lists them."""
    paths = api.get_openapi_schema()["paths"]
    return [re.sub(r"\{\w+\}", str(UUID(int=7)), path) for path, ways in paths.items() if "post" in ways]


HOME = {"village_code": "530625202201", "head": {"name": "赵新户", "citizen_id": number(date(1980, 1, 2), 71)}}


@pytest.mark.parametrize(("turn", "key"), list(enumerate(["nonsense", "1", "0190e0e0-0000-7000-8000-00000000000"])))
def test_a_key_that_is_none_is_refused_by_every_act_of_the_api(overseer, world, turn, key):
    before = Household.objects.count(), Entry.objects.count()
    assert len(every_act()) > 25
    for address in (one for at, one in enumerate(every_act()) if mine(at, turn)):
        answer = overseer.post(address, HOME, content_type="application/json", headers={"Idempotency-Key": key})
        assert (address, answer.status_code, answer.json()["error"]) == (address, 422, "Idempotency-Key 应当是一个 UUID。")
    assert (Household.objects.count(), Entry.objects.count()) == before
    # Negative control: under a key that is one, the same body is written.
    overseer.force_login(world.visitor, backend="django.contrib.auth.backends.ModelBackend")
    answer = overseer.post("/api/households/", HOME, content_type="application/json", headers={"Idempotency-Key": str(UUID(int=9))})
    assert answer.status_code == 201, answer.content.decode()
    assert Household.objects.count() == before[0] + 1
