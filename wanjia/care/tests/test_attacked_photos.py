"""Pictures attacked: what their words tell everybody, what a broken camera's words do, where an upload lies. Each with its control."""

import base64
import io
from datetime import date, timedelta

import pytest
from django.core.files.uploadhandler import load_handler
from django.db import IntegrityError, transaction
from PIL import Image

from wanjia.care.models import Photo
from wanjia.care.photos import commands, rules
from wanjia.doors import pictures as door
from wanjia.kernel.tests.tried import MONDAY
from wanjia.verdict import ALLOWED, Refused

from . import acts_events as acts
from .test_photos import FACE, red

pytestmark = pytest.mark.django_db
DAY = MONDAY.date()
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
        commands.publish_photo(**what, **acts.who(world, "care"))
    assert subject not in client.get("/album/").content.decode()


def test_without_looking_at_the_words_everybody_reads_the_name(world, client, monkeypatch):
    """Negative control: the face is covered, the name stands below it."""
    monkeypatch.setattr(rules, "tells_of_nobody", lambda *_what: ALLOWED)
    what = acts.taken(world, subject="王小雨领到新鞋")
    commands.cover_faces(**what, **acts.COVER, **acts.who(world))
    commands.publish_photo(**what, **acts.who(world, "care"))
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
            kept, *_size = door.taken_in(broken(at))
        except door.Unreadable:
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
    assert received(settings, door.LARGEST) == "MemoryFileUploadHandler"


def test_with_the_default_of_the_library_it_would(settings):
    """Negative control: 2.5 MB, where a phone's picture has four."""
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
    assert received(settings, 4 * 1024 * 1024) == "TemporaryFileUploadHandler"


# One hand alone.


def test_one_hand_does_not_take_cover_consent_and_publish(world, client):
    what = acts.finished(world, consent="given")
    with pytest.raises(Refused, match="由另一个人"):
        commands.publish_photo(**what, **acts.who(world))
    assert client.get(f"/album/{what['photo_id']}/").status_code == 404
    commands.publish_photo(**what, **acts.who(world, "care"))
    assert client.get(f"/album/{what['photo_id']}/").status_code == 200


@pytest.mark.parametrize("step", [lambda what, who: commands.cover_faces(**what, boxes="200,200,50,50", sure=True, **who), lambda what, who: commands.say_consent(**what, consent="nobody", **who)])
def test_the_second_who_covers_more_or_notes_the_consent_is_no_second_any_more(world, step):
    what = acts.finished(world)
    step(what, acts.who(world, "care"))
    with pytest.raises(Refused, match="由另一个人"):
        commands.publish_photo(**what, **acts.who(world, "care"))


def test_without_the_question_the_table_says_no(world, monkeypatch):
    """Negative control: the act lets one hand do it all; the database still does not."""
    what = acts.finished(world)
    monkeypatch.setattr(rules, "is_another", lambda *_what: True)
    with pytest.raises(IntegrityError, match="photo_published_by_another"), transaction.atomic():
        commands.publish_photo(**what, **acts.who(world))


# What lies under what is transparent.


def masked():
    """A PNG whose corner, a face, was made transparent by a phone's drawing programme: the colours are still there."""
    with Image.open(io.BytesIO(acts.picture())) as picture:
        seen = picture.convert("RGBA")
    seen.paste((*FACE, 0), (0, 0, 100, 75))
    out = io.BytesIO()
    seen.save(out, "PNG")
    return out.getvalue()


def test_what_was_made_transparent_is_not_kept(world):
    body = masked()
    with Image.open(io.BytesIO(body)) as picture:
        assert picture.convert("RGB").getpixel((50, 30)) == FACE, "the control: the bytes hold the face"
    photo = commands.add_photo(**acts.shot(world) | {"file": acts.file(body)}, **acts.who(world))
    assert red(base64.b64decode(photo.raw)) == 0


def test_dropping_the_alpha_alone_shows_the_face(monkeypatch):
    """Negative control."""
    monkeypatch.setattr(door, "_flat", lambda picture: picture.convert("RGB"))
    assert red(door.taken_in(masked())[0]) > 5000


# After the last day, before the sweep.


def seen(world, client):
    """Whether the staff's list, the event's page, the picture's page and the picture itself show it."""
    photo = Photo.objects.get()
    client.force_login(world.clerk)
    lists = [str(photo.pk) in client.get(page).content.decode() for page in ("/care/photos/", f"/care/events/{photo.event_id}/")]
    return lists + [client.get(f"/care/photos/{photo.pk}/{part}").status_code == 200 for part in ("", "picture/")]


def test_from_its_last_day_on_nobody_sees_it_whether_or_not_it_was_swept(world, client):
    acts.finished(world)
    assert seen(world, client) == [True] * 4, "the control: a day before its end everybody near does"
    Photo.objects.update(taken_on=date(2026, 1, 1), until_on=date(2026, 4, 1))
    assert Photo.objects.get().state == "covered" and seen(world, client) == [False] * 4


def test_by_its_state_alone_it_would_be_seen(world, client, monkeypatch):
    """Negative control."""
    acts.finished(world)
    Photo.objects.update(taken_on=date(2026, 1, 1), until_on=date(2026, 4, 1))
    monkeypatch.setattr(rules, "today", lambda at: date(2026, 3, 1))
    assert seen(world, client) == [True] * 4


@pytest.mark.parametrize(("days", "why"), [(-1, "不能早于活动"), (1, "不能晚于今天"), (400, "不能晚于今天")])
def test_no_free_day_lengthens_what_is_kept(world, days, why):
    """Taken between the event and the adding, or not at all."""
    with pytest.raises(Refused, match=why):
        commands.add_photo(**acts.shot(world) | {"taken_on": DAY + timedelta(days=days)}, **acts.who(world))
    assert not Photo.objects.exists()


def test_on_its_day_it_is_kept_for_its_ninety_days(world):
    """The control."""
    photo = commands.add_photo(**acts.shot(world) | {"taken_on": DAY}, **acts.who(world))
    assert photo.until_on == DAY + timedelta(days=90)
