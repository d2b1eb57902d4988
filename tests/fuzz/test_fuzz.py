"""A quick cut of `make fuzz`: no 5xx, nothing outside scope, no child unlogged, whatever API and pages are asked by whom."""

import logging
import os
from collections import Counter
from dataclasses import replace

import pytest

from tests.house import test_pages
from wanjia.casework import api as needs_api
from wanjia.casework.ledger import queries as ledger
from wanjia.casework.models import Need
from wanjia.kernel.models import Entry
from wanjia.orgs.models import Post
from wanjia.orgs.roles import Role
from wanjia.orgs.trail import rules as trail
from wanjia.registry.households import queries as homes
from wanjia.registry.importing import views as importing
from wanjia.registry.models import Household, Person, ShownOnLists, Upload, Visit
from wanjia.registry.people import queries as people
from wanjia.registry.visits import queries as visits
from wanjia.solving.runs import commands as runs

from . import right
from .pages import Pages
from .planting import nothing
from .roles import ROLES
from .world import EVERY, Fire

# Each round begins in a world of its own: the rows of a long run would only make it slow.
ROUND, SEED = 4000, int(os.environ.get("WANJIA_FUZZ_SEED", 1))
WHOLE = int(os.environ.get("WANJIA_FUZZ", 0))
PAGES = int(os.environ.get("WANJIA_FUZZ_PAGES", WHOLE // 10))
SHARE = 10
TOTAL = {"API": Counter(), "pages": Counter()}
pytestmark = [pytest.mark.slow, pytest.mark.timeout(1200)]


def rounds(count, quick):
    """Return (seed, how many requests) of each round."""
    if not count:
        return [(SEED, quick)]
    return [(SEED + n, min(ROUND, count - n * ROUND)) for n in range(-(-count // ROUND))]


@pytest.fixture(autouse=True)
def quiet(monkeypatch):
    """Every refusal is logged as it should be; here there are too many of them. No plan is worked in a process beside: it would ask another database."""
    monkeypatch.setattr(runs, "start_process", lambda *_words: None)
    logging.disable(logging.ERROR)
    yield
    logging.disable(logging.NOTSET)


def tell(what, fire, count, seed):
    """Print what was sent; refuse what was found."""
    total = TOTAL[what]
    total.update({"requests": count, "children's files read": fire.shown} | fire.statuses)
    pairs, missed = fire.pairs(), fire.missed()
    print(f"\n{what}: {count} requests, seed {seed}, {len(pairs) - len(missed)} of {len(pairs)} acts × roles; so far {dict(sorted(total.items(), key=str))}", flush=True)
    assert fire.faults == [], "\n\n".join(fire.faults[:10])


def test_every_role_there_is_sends(races):
    fire = Fire(SEED)
    people = [getattr(fire.world, role).pk for role in ROLES if role]
    assert set(Post.objects.filter(user__in=people).values_list("role", flat=True)) == set(Role.values)


@pytest.mark.parametrize(("seed", "count"), rounds(WHOLE, 0))
def test_whatever_the_api_is_asked_it_neither_breaks_nor_leaks(races, seed, count):
    """In `make test` each act is sent by a tenth of the roles, another tenth by each seed; `make fuzz` sends every act by every role."""
    fire = Fire(seed, share=1 if count else SHARE)
    whole = len(fire.pairs()) * EVERY // (EVERY - 1) + EVERY
    count = count or whole
    fire.send(count)
    tell("API", fire, count, seed)
    assert count < whole or fire.missed() == []
    # Of all that is sent most is refused, by whom it comes from; more so the more roles there are. What lies deeper is reached by those who may.
    assert count < 400 or fire.may[True] > fire.may.total() // 3, f"{fire.may[True]} of {fire.may.total()} of those who may were answered: what lies deeper is not reached"
    assert count < whole or fire.tricks
    assert fire.shown == 0, "the API has no door to a child's file"


def test_the_shares_are_the_whole(races):
    """Each seed sends another share, in which every role and every act has its part; together they are the whole."""
    fire = Fire(SEED)
    whole, shares = fire.pairs(), []
    for fire.share, fire.turn in ((SHARE, turn) for turn in range(SHARE)):
        shares.append(fire.pairs())
        assert {role for role, _act in shares[-1]} == set(ROLES) and {act for _role, act in shares[-1]} == set(fire.maker.acts)
    assert sorted(str(pair) for share in shares for pair in share) == sorted(map(str, whole))


def test_each_call_done_rightly_is_answered_and_leaks_nothing(races):
    """In `make test` a share of the acts: that each is done once is asked of every act by tests/house/test_doors_open.py."""
    fire = Fire(SEED, planted=nothing)
    assert len(fire.maker.right.names) > 150
    fire.maker.right.names = fire.maker.right.names[:: 1 if WHOLE else SHARE]
    assert fire.send_rightly() == {}
    assert fire.faults == []


def test_a_call_that_is_refused_to_whom_does_it_rightly_is_found(races, monkeypatch):
    """Negative control: sent by somebody else."""
    fire, name = Fire(SEED, planted=nothing), "casework.add_note"
    fire.maker.right.names = [name]
    monkeypatch.setitem(right.ACTS, name, replace(right.ACTS[name], by="caller"))
    assert fire.send_rightly()[name].startswith("403")


@pytest.mark.parametrize(("seed", "count"), rounds(PAGES, 150))
def test_whatever_pages_are_asked_they_neither_break_nor_leak(races, seed, count):
    fire = Fire(seed, Pages)
    fire.send(count)
    tell("pages", fire, count, seed)
    assert count < 100 or fire.shown > 0, "no child's file was opened: that none is unlogged says nothing"


def reader(make):
    """Return a fire in which no door is opened first, nobody preferred who may, and no form sent."""
    fire = Fire(SEED, make)
    follow = fire.maker.follow
    fire.maker.doors, fire.maker.likely, fire.maker.follow = tuple, lambda: None, lambda *answered: follow(*answered) and ()
    return fire


def reading(count, make=None, only=()):
    """Send a few requests that only read, by each role in turn."""
    fire = reader(make)
    fire.maker.acts = [act for act in fire.maker.acts if act[0] == "GET" and (not only or act[1] in only)]
    return fire.send(count)


def test_a_planted_fault_is_found(races, monkeypatch):
    """Negative control."""

    def breaks(_actor, **_duty):
        raise RuntimeError("planted")

    monkeypatch.setattr(needs_api, "visible_needs", breaks)
    assert any(fault.startswith("500") and "planted" in fault for fault in reading(240))


def test_a_planted_leak_is_found(races, monkeypatch):
    """Negative control: the ledger of one is the ledger of all."""
    monkeypatch.setattr(needs_api, "visible_needs", lambda _actor, **_duty: Need.objects.all())
    assert any(fault.startswith("outside scope") for fault in reading(120, only={"/api/needs/{need_id}"}))


def test_a_leak_of_a_page_is_found(races, monkeypatch):
    """Negative control: the same on a page."""
    monkeypatch.setattr(ledger, "visible_needs", lambda _actor, **_duty: Need.objects.all())
    assert any(fault.startswith("outside scope") for fault in reading(60, Pages, {"casework:ledger"}))


def test_a_leak_of_other_rows_is_found(races, monkeypatch):
    """Negative control: the journal, people, homes, visits and files of one place are those of every place."""
    fire, seen = reader(Pages), []
    opened = {"journal": (trail, "visible_entries", Entry), "registry:people": (people, "all_visible_people", Person),
              "registry:households": (homes, "visible_households", Household), "registry:visits": (visits, "visible_visits", Visit),
              "registry:import": (importing, "visible_uploads", Upload)}  # fmt: skip
    for page, (room, asks, rows) in opened.items():
        with monkeypatch.context() as spoilt:
            spoilt.setattr(room, asks, lambda _actor, rows=rows, **_duty: rows.objects.all())
            fire.maker.acts, fire.faults = [("GET", page)], []
            found = (fault.startswith("outside scope") for _turn in range(40) for fault in fire.send(len(ROLES)))
            seen += [page] if any(found) else []
    assert seen == list(opened)


def test_a_child_shown_unlogged_is_found(races, monkeypatch):
    """Negative control: a child is masked like anybody, that is, not at all."""
    monkeypatch.setattr(ShownOnLists, "is_protected", False)
    assert any(fault.startswith("child unlogged") for fault in reading(300))


def empty(maker):
    """Return the gaps of addresses in which nothing may stand: whoever opens such an address is told that it is not there, and sees nothing of it."""
    return sorted({gap for _name, wanted in test_pages.names() for gap in wanted if not maker.values(gap)})


def test_every_page_is_under_fire(races):
    fire = Fire(SEED, Pages)
    assert {name for _method, name in fire.maker.acts} == {name for name, _wanted in test_pages.names()}
    assert empty(fire.maker) == []
