"""Generated from the list of commands, so that none can lack them: a refusal that changes nothing, and a safe repeat."""

from contextlib import suppress
from datetime import date
from uuid import UUID

import pytest
from django.apps import apps
from django.core.exceptions import ObjectDoesNotExist
from django.db import connection, transaction
from django.http import Http404

from wanjia.kernel import journal
from wanjia.kernel.acts import ACTS as DECLARED
from wanjia.kernel.command import COMMANDS
from wanjia.kernel.models import Entry, EntryKind, Head
from wanjia.verdict import Conflict, NotFound, Refused

from .acts import ACTS, DAY, World, actor

pytestmark = pytest.mark.django_db
NAMES = sorted(COMMANDS)
TABLES = [model._meta.db_table for model in apps.get_models() if model.__module__.startswith("wanjia.")]
COUNTED = "SELECT " + ", ".join(f'(SELECT count(*) FROM "{table}")' for table in TABLES)  # one question: it is asked four times an act
KEY = UUID(int=42)


@pytest.fixture
def world():
    return World()


def rows():
    """Count every row of ours, and the journal's head: what an act that does nothing leaves alone."""
    with connection.cursor() as cursor:
        cursor.execute(COUNTED)
        counted = cursor.fetchone()
    return dict(zip(TABLES, counted)) | {"journal": Head.objects.values_list("digest", flat=True).first()}


def test_every_command_has_an_entry():
    assert sorted(set(COMMANDS) - set(ACTS)) == []
    assert sorted(set(ACTS) - set(COMMANDS)) == []


def readings():
    """Count the journal's lines of what was read."""
    return Entry.objects.filter(kind=EntryKind.READING).count()


@pytest.mark.parametrize("name", NAMES)
def test_the_same_key_acts_once_and_another_body_is_refused(world, name):
    act = ACTS[name]
    who, what = {"by": actor(world, act.by), "at": act.at, "key": KEY}, act.make(world)
    who["by"] = actor(world, act.by)
    before = readings()
    first = COMMANDS[name](**who, **what)
    after, once = rows(), readings() - before
    again = COMMANDS[name](**who, **what)
    if COMMANDS[name].reads:
        assert readings() - before == 2 * once, "what is read again is journalled again"
    else:
        assert rows() == after
    after = rows()
    assert getattr(again, "pk", again) == getattr(first, "pk", first) or isinstance(first, list | tuple | dict)
    with pytest.raises(Conflict):
        COMMANDS[name](**{**who, "by": actor(world, "officer" if act.by != "officer" else "clerk")}, **what)
    assert rows() == after
    assert journal.verify()[1] is None


@pytest.mark.parametrize("name", [name for name in NAMES if ACTS.get(name) and ACTS[name].other])
def test_another_body_under_the_same_key_is_a_conflict(world, name):
    act = ACTS[name]
    what = act.make(world)
    who = {"by": actor(world, act.by), "at": act.at, "key": KEY}
    COMMANDS[name](**who, **what)
    after = rows()
    with pytest.raises((Conflict, TypeError)) as met:
        COMMANDS[name](**who, **what | act.other)
    assert met.type is Conflict, f"{name}: the entry's `other` is no keyword of the command"
    assert rows() == after


SAID = {str: "13887000003", int: 1, bool: True, date: DAY}  # a telephone's digits are words too


def left_out(name):
    """Return {keyword: a value} for each simple answer that the act may do without; what doors refuse (no choice among those offered, too long) is theirs to try."""
    asked = next((declared.asked for declared in DECLARED.values() if getattr(declared.command, "command", "") == name), ())
    free = [each for each in asked if each.optional and each.called and each.kind in SAID and each.asked.among is None and not (each.kind is str and 0 < each.asked.most < len(SAID[str]))]
    return {each.name: SAID[each.kind] for each in free}


@pytest.mark.parametrize(("name", "keyword", "said"), [(name, keyword, said) for name in NAMES if name in ACTS for keyword, said in left_out(name).items()])
def test_an_answer_that_may_be_left_out_is_kept_or_refused_in_words(world, name, keyword, said):
    """The rows of the table leave most of them out, and what no row answers nobody tries."""
    act = ACTS[name]
    what = act.make(world) | {keyword: said}
    with suppress(Refused, NotFound, Conflict):
        COMMANDS[name](by=actor(world, act.by), at=act.at, **what)


@pytest.mark.parametrize("name", [name for name in NAMES if ACTS.get(name) and not ACTS[name].anyone])
def test_somebody_without_a_post_is_refused_and_nothing_changes(world, name):
    act = ACTS[name]
    what, before = act.make(world), None
    before = rows()
    with pytest.raises((Refused, ObjectDoesNotExist, Http404)), transaction.atomic():
        COMMANDS[name](by=actor(world, "nobody"), at=act.at, key=KEY, **what)
    assert rows() == before


@pytest.mark.parametrize("name", [name for name in NAMES if ACTS.get(name) and ACTS[name].wrong])
def test_an_act_that_needs_no_post_has_its_own_refusal(world, name):
    act = ACTS[name]
    what = act.make(world) | act.wrong
    before = rows()
    with pytest.raises(Refused), transaction.atomic():
        COMMANDS[name](by=actor(world, act.by), at=act.at, **what)
    assert rows() == before
