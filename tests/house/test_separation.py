"""Administration and content are separate (三员分立): at every address, an administrator and an auditor meet no content."""

import re

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from wanjia.casework.duties import Duty
from wanjia.casework.rules import visible_needs
from wanjia.casework.states import NeedState
from wanjia.casework.tests.factories import worker
from wanjia.casework.tests.walk import bring
from wanjia.orgs import scope
from wanjia.orgs.roles import Role
from wanjia.registry.households.rules import visible_households
from wanjia.registry.people.rules import visible_people

from .acts import World, report, visit
from .worlds import evidence

pytestmark = pytest.mark.django_db
# The journal says which need or home a line is about, by its number: that is what an auditor is for. It names nobody.
OF_THE_JOURNAL = {"journal", "api:journal"}


def addresses(resolver=None, space="", path=""):
    """Yield (name, path with its gaps) of every address, pages and API."""
    for item in (resolver or get_resolver()).url_patterns:
        here = path + str(item.pattern).lstrip("^").rstrip("$")
        if isinstance(item, URLResolver):
            yield from addresses(item, f"{space}{item.namespace}:" if item.namespace else space, here)
        elif isinstance(item, URLPattern):
            yield space + (item.name or ""), here


@pytest.fixture
def filled():
    """A world with one of everything; the words that no administrator may read; what fills the gaps of the addresses."""
    world = World()
    need = bring(world, NeedState.IN_PROGRESS)
    type(need).objects.filter(pk=need.pk).update(holder=world.office)  # held by the very unit where the administrator sits
    home, head = world.register.home, world.register.head
    words = {need.number, need.summary, need.requester_name, head.name, world.register.child.name, home.number, world.home.number}
    gaps = {
        "need_id": need.pk, "household_id": home.pk, "person_id": head.pk, "child_id": world.register.child.pk, "visit_id": visit(world).pk,
        "evidence_id": evidence(world), "report_id": report(world).pk, "user_id": world.handler.pk, "unit_id": world.civil.pk,
        "code": world.county.code, "number": need.number,
    }  # fmt: skip
    return world, words, gaps


def met(client, user, words, gaps, at=""):
    """Return ({(name, word)} of words met anywhere, how many addresses were opened). at: the pattern of names that a control is held to."""
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    found, opened = set(), 0
    for name, path in addresses():
        wanted = re.findall(r"<(?:\w+:)?(\w+)>", path)
        if not re.match(at, name) or not set(wanted) <= set(gaps) or name == "account_logout":
            continue
        address = "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda gap: str(gaps[gap[1]]), path)
        figure = [f"?figure=needs.open&area={gaps['code']}"] if name.startswith("reporting:") else []
        for query in ("", f"?q={gaps['number']}", *figure):
            answer = client.get(address + query)
            text = b"".join(answer).decode(errors="ignore") if answer.streaming else answer.content.decode(errors="ignore")
            asked = text.replace(f'value="{gaps["number"]}"', "").replace("没有找到", "")
            found |= {(name, word) for word in words if word in _said(asked, query)}
            opened += 1
    return found, opened


def _said(text, query):
    """Leave out what the page only repeats of the question."""
    return text.replace(query.removeprefix("?q="), "") if query.startswith("?q=") and len(query) > 5 else text


@pytest.mark.parametrize("role", sorted(scope.ADMINISTRATION))
def test_no_address_shows_content_to_administration(client, filled, role):
    world, words, gaps = filled
    user = worker(f"sanyuan-{role}", "某三员", world.office, role)
    found, opened = met(client, user, words, gaps)
    assert {(name, word) for name, word in found if name not in OF_THE_JOURNAL or (not word.isdigit() and word != gaps["number"])} == set()
    assert opened > 100


def test_the_walk_above_meets_content_where_a_post_opens_it(client, filled):
    """The negative control: with the posts of administration let in, the same walk meets the need and the home."""
    world, words, gaps = filled
    user = worker("taizhang", "某台账", world.office, Role.LEDGER_OFFICE)
    found, _opened = met(client, user, words, gaps, "casework:ledger|registry:household$")
    assert {gaps["number"]} < {word for _name, word in found}


@pytest.mark.parametrize("role", sorted(scope.ADMINISTRATION))
def test_the_guard_switched_off_lets_administration_read(client, filled, role, monkeypatch):
    """Negative control: the post was given a duty towards needs by mistake; with the guard on it opens none all the same."""
    world, words, gaps = filled
    monkeypatch.setitem(scope.DUTIES, role, {*scope.DUTIES[role], Duty.HANDLE_NEEDS})
    somebody = worker(f"sanyuan-{role}", "某三员", world.office, role)
    assert not visible_needs(somebody).exists()
    monkeypatch.setattr(scope, "ADMINISTRATION", set())
    found, _opened = met(client, type(somebody).objects.get(pk=somebody.pk), words, gaps, "casework:ledger$")
    assert ("casework:ledger", gaps["number"]) in found


@pytest.mark.parametrize("role", sorted(scope.ADMINISTRATION))
def test_what_the_own_hand_once_recorded_is_closed_too(filled, role):
    world, _words, _gaps = filled
    clerk = worker("chaguan", "某兼职", world.office, role)
    need = world.need()
    type(need).objects.filter(pk=need.pk).update(recorded_by=clerk, holder=world.office)
    assert not visible_needs(clerk).exists()
    assert not visible_households(clerk).exists()
    assert not visible_people(clerk).exists()


def test_an_auditor_who_also_works_keeps_the_content_of_that_work(filled):
    world, _words, _gaps = filled
    from wanjia.orgs.models import Post

    both = worker("liangzhi", "某两职", world.office, Role.AUDITOR)
    Post.objects.create(user=both, organisation=world.committee, role=Role.VILLAGE_WORKER, from_on=world.clerk.posts.get().from_on)
    assert visible_needs(type(both).objects.get(pk=both.pk)).exists()


WHY = "您的岗位只看数字,不看具体诉求"


@pytest.mark.parametrize("role", sorted(scope.ADMINISTRATION))
def test_an_empty_page_says_why_it_is_empty(client, filled, role):
    """Under a figure that is not nought nobody reads "nothing unsolved", nor "all done" on a desk that never holds anything."""
    world, _words, gaps = filled
    client.force_login(worker(f"sanyuan-{role}", "某三员", world.office, role), backend="django.contrib.auth.backends.ModelBackend")
    pages = ["/"] + (["/needs/", f"/dashboard/?area={gaps['code']}"] if role == Role.AUDITOR else [])
    for address in pages:
        said = client.get(address).content.decode()
        assert (address, WHY in said) == (address, True)
        assert not any(words in said for words in ("没有未解决的诉求", "今天没有待办", "没有符合条件的诉求"))


# Pages of these floors that are no content: what everybody must be able to report, the draws that anybody may count again, the slip's own
# pages, what is published to everybody.
NO_CONTENT = {
    "casework:report_child", "casework:child_reported", "casework:grid", "casework:draws", "casework:slip_enter", "casework:slip_page", "casework:voice",
    "casework:boards", "casework:board",
}


def of_content(gaps):
    """Yield (name, address) of every page of needs, homes, people and their papers."""
    for name, path in addresses():
        wanted = re.findall(r"<(?:\w+:)?(\w+)>", path)
        ours = name.partition(":")[0] in ("casework", "registry", "reporting") or name == "search"
        if ours and set(wanted) <= set(gaps) and name not in NO_CONTENT:
            yield name, "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda gap: str(gaps[gap[1]]), path)


def test_an_administrator_who_types_the_address_of_content_is_refused_with_a_sentence(client, filled):
    world, _words, gaps = filled
    client.force_login(worker("sanyuan", "某管理员", world.office, Role.ADMINISTRATOR), backend="django.contrib.auth.backends.ModelBackend")
    opened = {name: (client.get(address), client.post(address)) for name, address in of_content(gaps)}
    assert len(opened) > 60
    assert {name: (get.status_code, post.status_code) for name, (get, post) in opened.items()
            if not (get.status_code in (403, 405) and post.status_code in (403, 405))} == {}  # fmt: skip
    assert [name for name, (get, post) in opened.items() if not any("您的岗位" in one.content.decode() for one in (get, post))] == []
    assert 'role="search"' not in client.get("/").content.decode()


def test_who_works_with_content_is_told_of_none_when_there_is_none(client, filled):
    world, _words, gaps = filled
    client.force_login(world.stranger, backend="django.contrib.auth.backends.ModelBackend")
    said = client.get(f"/dashboard/?area={world.makou.code}").content.decode()
    assert WHY not in said
    assert "没有未解决的诉求" in said
