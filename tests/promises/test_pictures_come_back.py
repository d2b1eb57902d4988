"""A backup from before a picture was withdrawn, restored: nobody sees the picture, and somebody has to publish what is to be seen."""

import contextlib
from types import SimpleNamespace

import pytest
from django.db import connections

from tests.house.worlds import World
from wanjia.care.models import Photo
from wanjia.care.photos import commands as photos
from wanjia.care.tests import acts_events as acts
from wanjia.care.tests.test_photos import whole
from wanjia.kernel import brings
from wanjia.office import places
from wanjia.office.backing import commands, queries


@pytest.fixture
def backup(races, tmp_path, settings, quick_restore, django_db_blocker):
    """A backup in which a picture is shown, that was withdrawn since."""
    settings.WANJIA_VAR, settings.MEDIA_ROOT = str(tmp_path), str(tmp_path / "files")
    with django_db_blocker.unblock():
        world = World()
        what = whole(world)
        photos.say_consent(**what, consent="given", **acts.who(world))
        photos.publish_photo(**what, **acts.who(world, "care"))
        made = commands.make_backup(tmp_path / "backups")
        photos.withdraw_photo(**what, because="监护人不同意了", **acts.who(world))
        yield made


def test_a_withdrawn_picture_does_not_come_back_to_the_public(backup):
    with places.beside("default") as place:
        commands.load(backup, queries.verify(backup), place.alias)
        with places.standing_in(place.alias):
            assert Photo.objects.get().state == "photo_published", "the control: the backup is from before"
        commands.come_back(place.alias)
        with places.standing_in(place.alias):
            assert Photo.objects.get().state == "covered"
        connections[place.alias].close()
    assert Photo.objects.get().state == "photo_withdrawn", "the living office is not touched"


def test_every_restore_lets_the_apps_take_back_before_anybody_sees_the_copy(tmp_path, monkeypatch):
    done = []
    place = SimpleNamespace(alias="beside", ready=lambda: done.append("ready"), swap=lambda: done.append("swap"))
    monkeypatch.setattr(places, "beside", lambda _alias: contextlib.nullcontext(place))
    monkeypatch.setattr(queries, "verify", lambda _path: {})
    for room, name in (
        (queries, "allow_restore"), (commands, "load"), (commands.examining, "refuse_faults"), (commands.ordered, "with_those_of"), (commands.erasing, "replay"),
        (commands.retention, "replay"), (commands.erasing, "take_back"), (commands, "_put_files"), (commands, "come_back"),
    ):  # fmt: skip
        monkeypatch.setattr(room, name, lambda *_what, _name=name, **_more: done.append(_name))
    commands.restore(tmp_path / "one.zip")
    assert done.index("come_back") < done.index("swap") and "RESTORED" in brings.KINDS
