"""Slips for accounts opened on the page: each with a password that opens it, printed by who may, under the second-person rules of a reset."""

import io
import re
import uuid

import pypdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from wanjia.kernel.models import Entry
from wanjia.office.starting import queries
from wanjia.orgs.models import User
from wanjia.orgs.roles import Role

from .test_doctor import office, opened  # noqa: F401, an opened office

# ruff: noqa: F811
PASSWORD = re.compile(r"(?:[a-z]+-){4}\d{4}")


@pytest.fixture
def admin(office, client):
    office.settings.WANJIA_REQUIRE_TOTP = False
    admin = User.objects.get(username="admin")
    User.objects.filter(pk=admin.pk).update(must_change_password=False, last_login=timezone.now())
    client.force_login(admin, backend="django.contrib.auth.backends.ModelBackend")
    return User.objects.get(pk=admin.pk)


@pytest.fixture
def two(admin):
    """An account without a post, and one who was put in the ledger office."""
    from wanjia.orgs.accounts import commands
    from wanjia.orgs.models import Organisation

    at, made = timezone.now(), []
    for name in ("yi", "er"):
        made.append(commands.create_user(username=name * 2, name=f"新人{name}", password="shan-shui-tian-yun-1234", by=admin, at=at))
    unit = Organisation.objects.filter(tier="county").first()
    commands.give_post(user_id=made[1].pk, organisation=unit, role=Role.LEDGER_OFFICE, from_on=at.date(), by=admin, at=at)
    return made


def words(answer):
    return "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(answer.content)).pages)


def test_each_slip_opens_its_account(client, admin, two):
    listed = client.get("/office/slips").content.decode()
    assert all(user.username in listed for user in two)
    answer = client.post("/office/slips", {"user": [user.pk for user in two]})
    assert (answer.status_code, answer["Content-Type"], "no-store" in answer["Cache-Control"]) == (200, "application/pdf", True)
    said = PASSWORD.findall(words(answer))
    assert len(said) == 2
    fresh = list(User.objects.filter(pk__in=[user.pk for user in two]))
    assert all(any(user.check_password(one) for one in said) for user in fresh)
    assert not any(user.check_password("shan-shui-tian-yun-1234") for user in fresh)
    assert Entry.objects.filter(act="orgs.first_password", by_id=admin.pk).count() == 2
    assert not any(one in str(list(Entry.objects.values_list("detail", "reason", "after"))) for one in said)


def test_the_journals_head_is_locked_after_the_last_account(client, admin, two):
    """As it was, each account of a paper locked it anew and the next account after it: two who print at once waited for each other."""
    with CaptureQueriesContext(connection) as asked:
        assert client.post("/office/slips", {"user": [user.pk for user in two]}).status_code == 200
    head = [n for n, query in enumerate(asked) if "kernel_head" in query["sql"]]
    accounts = [n for n, query in enumerate(asked) if query["sql"].startswith('UPDATE "orgs_user"')]
    assert len(accounts) >= 2 and max(accounts) < min(head)


def test_sent_twice_prints_no_password_that_was_not_set(client, admin, two):
    sent = {"user": [two[0].pk], "key": str(uuid.uuid4())}
    (first,) = PASSWORD.findall(words(client.post("/office/slips", sent)))
    assert client.post("/office/slips", sent).status_code == 409
    assert User.objects.get(pk=two[0].pk).check_password(first)


def test_who_has_signed_in_gets_none_and_nobody_else_prints(client, admin, two):
    User.objects.filter(pk=two[0].pk).update(last_login=timezone.now())
    before = User.objects.get(pk=two[0].pk).password
    answer = client.post("/office/slips", {"user": [two[0].pk]})
    assert "刚才已经登录过" in answer.content.decode()
    assert User.objects.get(pk=two[0].pk).password == before
    assert client.post("/office/slips", {"user": ["x"]}).status_code == 200
    assert list(queries.never_signed_in(admin).filter(pk__in=[user.pk for user in two])) == [two[1]]
    User.objects.update(must_change_password=False)
    client.force_login(User.objects.get(username="shenji"), backend="django.contrib.auth.backends.ModelBackend")
    assert client.post("/office/slips", {"user": [two[1].pk]}).status_code == 403


def test_a_protective_account_sleeps_as_after_a_reset(client, admin, office):
    """The auditor has not signed in: who prints the slip has the account in his hands."""
    auditor = User.objects.get(username="shenji")
    assert auditor.asleep_since is None
    client.post("/office/slips", {"user": [auditor.pk]})
    assert User.objects.get(pk=auditor.pk).asleep_since is not None
