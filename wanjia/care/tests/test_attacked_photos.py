"""Pictures attacked: what their words tell everybody, what a broken camera's words do, where an upload lies. Each with its control."""

import pytest
from django.core.files.uploadhandler import load_handler
from PIL import Image

from wanjia.care.models import Photo
from wanjia.care.photos import commands, pictures, rules
from wanjia.verdict import ALLOWED, Refused

from . import acts_events as acts

pytestmark = pytest.mark.django_db
TELLING = ("王小雨领到新鞋", "王 小 雨领到新鞋", "大同村的孩子在台上", "细沙乡中心小学的节目", "三班的合唱", "打 13887000001 找他")


@pytest.mark.parametrize("subject", TELLING)
def test_a_pictures_words_name_no_child_school_village_or_number(world, subject):
    with pytest.raises(Refused, match="谁都看得到"):
        acts.taken(world, subject=subject)
    assert not Photo.objects.exists()


@pytest.mark.parametrize("subject", TELLING)
def test_what_was_written_before_is_not_shown(world, client, subject):
    what = acts.finished(world)
    Photo.objects.update(subject=subject)
    with pytest.raises(Refused, match="谁都看得到"):
        commands.publish_photo(**what, **acts.who(world))
    assert subject not in client.get("/album/").content.decode()


def test_without_looking_at_the_words_everybody_reads_the_name(world, client, monkeypatch):
    """Negative control: the face is covered, the name stands below it."""
    monkeypatch.setattr(rules, "tells_of_nobody", lambda *_what: ALLOWED)
    what = acts.taken(world, subject="王小雨领到新鞋")
    commands.cover_faces(**what, **acts.COVER, **acts.who(world))
    commands.publish_photo(**what, **acts.who(world))
    assert "王小雨" in client.get("/album/").content.decode()


def test_the_given_name_of_a_child_that_came_is_a_name(world):
    what = acts.ticked(world)
    with pytest.raises(Refused, match="谁都看得到"):
        commands.add_photo(**what, file=acts.file(), subject="小雨在唱歌", consent="given", **acts.who(world))


ORIENTATION, GPS = 0x0112, 0x8825


def broken(at):
    """A picture to be turned, the type of one of whose camera's words is wrong."""
    exif = Image.Exif()
    exif[ORIENTATION], exif[0x010F], exif[GPS] = 6, "X", {1: "N", 2: (28.0, 10.0, 5.0)}
    body = bytearray(acts.picture((60, 40), exif=exif))
    start = body.index(b"Exif")
    body[start + at] ^= 0x0F
    return bytes(body)


def test_a_cameras_broken_words_are_refused_or_dropped_and_break_nothing():
    """Whatever byte of them is wrong."""
    for at in range(6, 120):
        try:
            kept, *_size = pictures.taken_in(broken(at))
        except pictures.Unreadable:
            continue
        assert b"Exif" not in kept


def received(settings, size):
    """Where Django lays an upload of so many bytes: in memory, or as it is on the disk."""
    for handler in map(load_handler, settings.FILE_UPLOAD_HANDLERS, [None] * len(settings.FILE_UPLOAD_HANDLERS)):
        handler.handle_raw_input(None, {}, size, None)
        if getattr(handler, "activated", True):
            return type(handler).__name__
    return None


def test_an_uncovered_picture_never_lies_on_a_disk_in_the_clear(settings):
    assert received(settings, commands.LARGEST) == "MemoryFileUploadHandler"


def test_with_the_default_of_the_library_it_would(settings):
    """Negative control: 2.5 MB, where a phone's picture has four."""
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
    assert received(settings, 4 * 1024 * 1024) == "TemporaryFileUploadHandler"
