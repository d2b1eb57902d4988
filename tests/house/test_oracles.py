"""No question answers by how it is answered: whoever has no right to a child's number cannot confirm one by any list, and no search by number is unwritten."""

import re
from datetime import date

import pytest
from django.urls import reverse

from wanjia.casework.models import Need
from wanjia.casework.states import NeedState
from wanjia.casework.tests.factories import unit, worker
from wanjia.casework.tests.walk import bring
from wanjia.kernel.models import Entry
from wanjia.orgs.models import Line, Tier
from wanjia.orgs.roles import Role
from wanjia.registry import finding
from wanjia.registry.lookups import rules
from wanjia.registry.tests.factories import number

from .acts import World
from .test_separation import addresses

pytestmark = pytest.mark.django_db
BORN = date(2016, 5, 20)
FRESH = ("account", "mfa", "office:", "health", "api-1.0.0:openapi", "schools:tables_paper")  # what they say (a paper: when it was made) is new each time, whatever is asked


@pytest.fixture
def world():
    return World()


@pytest.fixture
def outsider(world):
    """A clerk of a station without a duty with families, who keeps the register of the township but opens no child's file."""
    return worker("shuiwu", "某水务", unit("细沙乡水务站", Tier.TOWNSHIP, world.xisha, Line.WATER), Role.STATION_WORKER)


def lists():
    """Yield (name, address) of every address that takes no row: those that can be asked ?q=."""
    for name, path in addresses():
        if "<" not in path and not name.startswith(FRESH):
            yield name, "/" + path


def plain(answer, asked):
    """Return what an answer says, without the question that it repeats and what is new on every page."""
    body = b"".join(answer) if answer.streaming else answer.content
    text = re.sub(r'name="(key|csrfmiddlewaretoken)" value="[^"]*"|nonce="?[^" ]*"?|hx-headers=\S+', "", body.decode(errors="ignore"))
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|[A-Za-z0-9]{64}|\d\d:\d\d", "", text.replace(asked, "?"))


def told_apart(client, user, right, wrong):
    """Return the addresses that answer otherwise to the right number than to the wrong one, and how many were asked."""
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    found, asked = set(), 0
    for name, address in lists():
        answers = [client.get(address, {"q": text, "sort": "born"}) for text in (right, wrong)]
        asked += 1
        if answers[0].status_code != answers[1].status_code or plain(answers[0], right) != plain(answers[1], wrong):
            found.add(name)
    return found, asked


@pytest.fixture
def many(monkeypatch):
    monkeypatch.setattr(rules, "A_DAY", 10_000)


@pytest.mark.parametrize("part", ["whole", "last four"])
@pytest.mark.parametrize("who", ["outsider", "ledger"])
def test_no_list_confirms_a_childs_number(client, world, outsider, many, who, part):
    bring(world, NeedState.DONE_REPORTED, requester=world.register.child, requester_name=world.register.child.name,
          requester_last4=world.register.child.citizen_last4)  # fmt: skip
    right, wrong = world.register.child.citizen_id, number(BORN, 28)
    if part == "last four":
        right, wrong = right[-4:], wrong[-4:]
    user = outsider if who == "outsider" else getattr(world, who)
    found, asked = told_apart(client, user, right, wrong)
    assert found == set()
    assert asked > 20


def test_the_comparison_sees_who_may(client, world, many):
    """Negative control: a post that opens files finds the child by its number, and the comparison sees it."""
    found, _asked = told_apart(client, world.clerk, world.register.child.citizen_id, number(BORN, 28))
    assert "registry:people" in found


def test_without_the_fence_the_last_four_tell(client, world, many, monkeypatch):
    """Negative control."""
    from django.db.models import Q

    monkeypatch.setattr(finding, "grown_up", lambda: Q(pk__isnull=False))
    found, _asked = told_apart(client, world.ledger, world.register.child.citizen_id[-4:], number(BORN, 28)[-4:])
    assert "registry:people" in found


def test_every_search_by_a_whole_number_that_tells_something_is_written(client, world, many):
    right, wrong = world.register.child.citizen_id, number(BORN, 28)
    client.force_login(world.clerk, backend="django.contrib.auth.backends.ModelBackend")
    unwritten, telling = [], 0
    for name, address in lists():
        before = Entry.objects.filter(act="person.look_up").count()
        answers = [client.get(address, {"q": text}) for text in (right, wrong)]
        if plain(answers[0], right) != plain(answers[1], wrong):
            telling += 1
            if Entry.objects.filter(act="person.look_up").count() < before + 2:
                unwritten.append(name)
    assert unwritten == []
    assert telling >= 3


def test_searches_of_the_ledger_count_to_the_days_limit(client, world, monkeypatch):
    monkeypatch.setattr(rules, "A_DAY", 2)
    client.force_login(world.clerk, backend="django.contrib.auth.backends.ModelBackend")
    seen = [client.get(address, {"q": number(BORN, 28)}).status_code for address in ("/needs/", "/api/needs", "/record/")]
    assert seen == [200, 200, 403]


def test_a_matters_number_is_no_look_up_and_a_citizens_in_the_same_groups_is(client, world):
    client.force_login(world.clerk, backend="django.contrib.auth.backends.ModelBackend")
    born = number(BORN, 28)
    for text, lines in (("530625-202611-0056", 0), (f"{born[:6]}-{born[6:12]}-{born[12:]}", 1), ("5306252026110056", 2)):
        assert client.get("/needs/", {"q": text}).status_code == 200
        assert Entry.objects.filter(act="person.look_up").count() == lines, text


def test_a_clerk_who_enters_a_registered_number_is_written(client, world):
    client.force_login(world.visitor, backend="django.contrib.auth.backends.ModelBackend")
    other = world.register.register("李大成", date(1980, 1, 2), 31)
    facts = {"relation": "女儿", "name": "某人", "citizen_id": world.register.child.citizen_id}
    assert "已登记在" in client.post(reverse("registry:member_new", args=[other.pk]), facts).content.decode()
    assert Entry.objects.filter(act="person.look_up", by_id=world.visitor.pk).count() == 1
    client.post(reverse("registry:member_new", args=[other.pk]), facts | {"citizen_id": number(BORN, 28)})
    assert Entry.objects.filter(act="person.look_up").count() == 1, "a new number is no look-up"


def test_no_order_gives_a_childs_birth_away(client, world):
    """Neighbours of known birth on both sides would give the month; children stand by name among themselves."""
    for sequence, born in enumerate((date(2014, 1, 1), date(2016, 5, 21), date(2016, 5, 19)), 60):
        world.register.join(f"王小{'甲乙丙'[sequence - 60]}", "女儿", born, sequence)
    client.force_login(world.clerk, backend="django.contrib.auth.backends.ModelBackend")
    shown = [row.shown_name for row in client.get("/people/", {"sort": "born"}).context["page"] if row.is_protected]
    assert shown == ["W.X.B.", "W.X.J.", "W.X.Y.", "W.X.Y."], "by name: the eldest, W.X.B., W.X.J. and W.X.Y. were born in another order"
    rows = [row.birth_on for row in client.get("/people/", {"sort": "born"}).context["page"] if row.is_protected]
    assert rows != sorted(rows)


def test_a_child_that_asks_for_itself_stands_by_initials(world):
    child = world.register.child
    need = world.need(requester=child, requester_name=child.name, requester_last4=child.citizen_last4)
    need = Need.objects.get(pk=need.pk)
    assert (need.requester_name, need.requester_last4, need.involves_child, need.child) == ("W.X.Y.", "", True, child)
