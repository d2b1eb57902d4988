"""Somebody is given a need, or a unit is, in the moment in which he leaves or it ends: either the giver or the leaver is told, and nothing lies adrift."""

import threading

import pytest
from django.db import connection

from wanjia.kernel.command import SystemActor
from wanjia.kernel.tests.crowds import beside
from wanjia.orgs.accounts import commands as leaving
from wanjia.orgs.accounts import subjects as accounts
from wanjia.orgs.accounts.commands import end_post
from wanjia.orgs.checking import handing as checking
from wanjia.orgs.duties import Duty
from wanjia.orgs.models import Organisation, Post, User
from wanjia.orgs.roles import Role
from wanjia.orgs.subjects import locked
from wanjia.orgs.units.commands import end_organisation
from wanjia.verdict import Refused, first_refusal

from .. import commands as spine
from ..assignment import rules as assignment
from ..assignment.commands import accept_need, assign_need, hand_to_person
from ..states import NeedState as S
from .factories import World, later, worker
from .walk import bring

pytestmark = pytest.mark.slow
INSTALLER = SystemActor("系统安装", duties=frozenset({Duty.MANAGE_AREAS, Duty.MANAGE_USERS}))
LEFT = later(days=4)
DAY = LEFT.date()
POSTGRES = connection.vendor == "postgresql"


def leave(person):
    end_post(post_id=person.posts.get().pk, on=DAY, by=INSTALLER, at=LEFT)


def while_it_is_given(monkeypatch, room, name, give, leave_, locked=True):
    """Begin to give, and in between, once its rule has said yes, let somebody leave; return the sentences.

    locked: whoever leaves must wait for us, so that we go on without him after a while.
    """
    patience = 1.5 if locked or not POSTGRES else 60  # seconds
    told, asked, gone = [], threading.Event(), threading.Event()
    rule = getattr(room, name)

    def slow(*args, **kwargs):
        verdict = rule(*args, **kwargs)
        asked.set()
        gone.wait(patience)
        return verdict

    def run(does, done):
        try:
            does()
        except Refused as refused:
            told.append(str(refused))
        finally:
            done.set()
            connection.close()

    monkeypatch.setattr(room, name, slow)
    giving = threading.Thread(target=run, args=(give, threading.Event()))
    giving.start()
    assert asked.wait(20)
    leaving = threading.Thread(target=run, args=(leave_, gone))
    leaving.start()
    giving.join()
    leaving.join()
    monkeypatch.setattr(room, name, rule)
    return told


@pytest.fixture
def world(races):
    return World()


@pytest.fixture
def colleague(world):
    return worker("minzheng2", "林民政", world.civil, Role.BUREAU_WORKER)


def to_whom_leaves(world, colleague, monkeypatch, **how):
    need = bring(world, S.IN_PROGRESS)
    give = {"need_id": need.pk, "handler": colleague, "by": User.objects.get(pk=world.handler.pk), "at": LEFT}
    return while_it_is_given(monkeypatch, assignment, "may_answer_for", lambda: hand_to_person(**give), lambda: leave(colleague), **how)


def test_a_need_given_to_somebody_in_the_moment_in_which_he_leaves(world, colleague, monkeypatch):
    (told,) = to_whom_leaves(world, colleague, monkeypatch)
    assert "在办诉求 1" in told
    assert list(checking.adrift(DAY)) == []


@pytest.mark.spoils
def test_without_the_lock_it_is_nobodys(world, colleague, monkeypatch):
    """Negative control: PostgreSQL lets both through; on SQLite one writer waits for the other anyway."""
    monkeypatch.setattr(assignment, "stays_as_it_is", lambda unit: None)
    told = to_whom_leaves(world, colleague, monkeypatch, locked=False)
    assert (told, len(list(checking.adrift(DAY)))) == (([], 1) if POSTGRES else (told, 0))


def signs_late(world, monkeypatch):
    """Somebody signs with a page that he read before he left."""
    need = bring(world, S.ASSIGNED)
    other = worker("minzheng2", "林民政", world.civil, Role.BUREAU_WORKER)
    stale = User.objects.get(pk=other.pk)
    assert stale.live_posts
    leave(other)
    accept_need(need_id=need.pk, by=stale, at=LEFT)


def test_whoever_left_signs_for_nothing_with_a_page_of_before(world, monkeypatch):
    with pytest.raises(Refused, match="办理权限"):
        signs_late(world, monkeypatch)


@pytest.mark.spoils
def test_asked_of_the_page_he_signs(world, monkeypatch):
    """Negative control, on both databases: the rule that looked at the person in hand."""
    monkeypatch.setattr(assignment, "may_answer_for", lambda person, need, day: first_refusal((person.live_posts, "")))
    signs_late(world, monkeypatch)
    assert len(list(checking.adrift(DAY))) == 1


def to_what_ends(world, monkeypatch, **how):
    need = bring(world, S.TRIAGED)
    give = {"need_id": need.pk, "holder": world.civil, "by": User.objects.get(pk=world.clerk.pk), "at": LEFT}
    end = {"unit_id": world.civil.pk, "on": DAY, "reason": "机构改革", "with_posts": True, "by": INSTALLER, "at": LEFT}
    told = while_it_is_given(monkeypatch, spine, "stays_as_it_is", lambda: assign_need(**give), lambda: end_organisation(**end), **how)
    return told, Organisation.objects.get(pk=world.civil.pk).to_on


def test_a_need_given_to_a_unit_in_the_moment_in_which_it_ends(world, monkeypatch):
    (told,), ended = to_what_ends(world, monkeypatch)
    assert "在办诉求 1" in told and ended is None
    assert list(checking.adrift(DAY)) == []


@pytest.mark.spoils
def test_without_the_lock_an_ended_unit_holds_it(world, monkeypatch):
    """Negative control."""
    monkeypatch.setattr(spine, "stays_as_it_is", lambda unit: None)
    told, ended = to_what_ends(world, monkeypatch, locked=False)
    assert (bool(told), ended is None, len(list(checking.adrift(DAY)))) == ((False, False, 1) if POSTGRES else (True, True, 0))


def the_last_two(world):
    """The two who can sign for a unit's inbox leave at the same moment."""
    bring(world, S.ASSIGNED)
    people = [world.handler, worker("minzheng2", "林民政", world.civil, Role.BUREAU_WORKER)]
    return [str(refused) for refused in beside(*(lambda person=person: leave(person) for person in people))]


def test_the_last_two_of_a_unit_do_not_both_leave_its_inbox(world):
    (told,) = the_last_two(world)
    assert "在办诉求 1" in told
    assert list(checking.adrift(DAY)) == []


@pytest.mark.spoils
def test_with_their_own_posts_locked_alone_both_leave_it(world, monkeypatch):
    """Negative control: each has been judged while the other was still there, and only then does either write that he goes.

    They wait for each other between the judgement and the first write. Right after the lock would be too early: whoever then commits before
    the other is judged is seen by him, and one of the two is refused after all.
    """
    gate, close = threading.Barrier(2), leaving.close_post

    def closed(*args, **kwargs):
        if POSTGRES:
            gate.wait(20)
        return close(*args, **kwargs)

    monkeypatch.setattr(leaving, "close_post", closed)
    monkeypatch.setattr(accounts, "Organisation", None)
    object.__setattr__(accounts.POSTS, "take", locked(Post, "user", "organisation__area"))
    try:
        told = the_last_two(world)
    finally:
        object.__setattr__(accounts.POSTS, "take", accounts._take_post)
    assert (len(told), len(list(checking.adrift(DAY)))) == ((0, 1) if POSTGRES else (1, 0))
