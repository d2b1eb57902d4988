"""A reading is asked and journalled each time it is sent: the key of an earlier one opens nothing again."""

import inspect
from uuid import UUID

import pytest
from django.core.exceptions import ObjectDoesNotExist

from wanjia.kernel.command import COMMANDS
from wanjia.kernel.models import Entry, EntryKind
from wanjia.orgs.models import Post
from wanjia.verdict import Refused

from .acts import ACTS, World, actor

pytestmark = pytest.mark.django_db
READINGS = sorted(name for name, act in COMMANDS.items() if "record_reading(" in inspect.getsource(inspect.unwrap(act)))


def readings():
    return Entry.objects.filter(kind=EntryKind.READING).count()


def begun(name):
    """Return (who, what) of a reading that was done once under a key."""
    world, act = World(), ACTS[name]
    what = act.make(world)
    who = {"by": actor(world, act.by), "at": act.at, "key": UUID(int=42)}
    COMMANDS[name](**who, **what)
    return who, what


def test_what_writes_a_reading_is_a_reading():
    assert READINGS
    assert [name for name, act in sorted(COMMANDS.items()) if act.reads] == READINGS


@pytest.mark.parametrize("name", [name for name in READINGS if name != "registry.open_visit"])  # that home's children have no notes
def test_a_reading_sent_again_is_written_again(name):
    who, what = begun(name)
    before = readings()
    COMMANDS[name](**who, **what)
    assert readings() > before  # a list of names is a line a child


@pytest.mark.parametrize("name", ["casework.open_words", "registry.open_child_file", "casework.open_report"])
def test_whoever_lost_the_post_meanwhile_opens_nothing_again(name):
    who, what = begun(name)
    Post.objects.filter(user=who["by"]).update(to_on=who["at"].date())
    with pytest.raises((Refused, ObjectDoesNotExist)):
        COMMANDS[name](**{**who, "by": type(who["by"]).objects.get(pk=who["by"].pk)}, **what)
