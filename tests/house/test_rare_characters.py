"""Rare characters of names (GB 18030-2022 level 3): kept, found by character, sound and initials, masked, printed or room left for the pen."""

from datetime import date

import pytest

from wanjia.casework.tests.factories import World
from wanjia.kernel.privacy import mask_name
from wanjia.policy.glyphs import unprintable
from wanjia.policy.oldcodes import modern
from wanjia.registry.models import Person
from wanjia.registry.names import initials_of, sounds_of
from wanjia.registry.tests import factories as registry
from wanjia.reporting.documents.drawing import _with_room

NAMES = {"王𫍽": ("wangxuan", "wx"), "李㛃": ("lijie", "lj"), "赵小䶮": ("zhaoxiaoyan", "zxy")}
OLD = "赵小\ue863"  # 䶮 as keyboards before GB 18030-2005 wrote it: private use


@pytest.mark.parametrize("name", NAMES)
def test_a_rare_name_sounds_is_masked_and_shown_by_initials(name):
    assert sounds_of(name) == NAMES[name]
    assert "*" in mask_name(name) and name[0] in mask_name(name)
    assert initials_of(name).count(".") == len(name)


@pytest.fixture
def keeper(db, client):
    world = registry.World()
    client.force_login(type(world.clerk).objects.get(pk=world.clerk.pk), backend="django.contrib.auth.backends.ModelBackend")
    return world, client


@pytest.mark.parametrize("name", NAMES)
def test_a_rare_name_is_found_by_character_by_sound_and_by_initials(keeper, name):
    world, client = keeper
    home = world.register(name, date(1980, 1, 2), 31)
    for asked in (name, name[:2], *NAMES[name]):
        page = client.get("/search", {"q": asked}, follow=True)
        assert name in page.content.decode(), asked
    assert name in client.get(f"/households/{home.pk}/").content.decode()


def test_what_an_old_keyboard_wrote_is_the_same_name(keeper):
    world, client = keeper
    world.register(OLD, date(1980, 1, 2), 31)
    assert Person.objects.filter(name="赵小䶮").count() == 1
    for asked in (OLD, "赵小䶮"):
        assert "赵小䶮" in client.get("/search", {"q": asked}, follow=True).content.decode()


@pytest.mark.parametrize("name", [*NAMES, OLD])
def test_a_need_is_found_by_its_askers_rare_name(client, db, name):
    world = World()
    need = world.need(requester_name=name)
    client.force_login(world.clerk, backend="django.contrib.auth.backends.ModelBackend")
    for asked in (name, modern(name)):
        assert need.number in client.get("/needs/", {"q": asked}).content.decode()


def test_on_paper_stands_the_character_or_room_for_the_pen_and_why():
    """Fonts of the extensions bear these; where none does, an empty box would tell nobody anything."""
    lacking = set(unprintable("".join(NAMES)))
    page = _with_room(f"<html><body><p>{'、'.join(NAMES)}</p></body></html>")
    for char in "".join(NAMES):
        assert (char in page) == (char not in lacking)
    assert ("请用笔补写" in page) == bool(lacking)
