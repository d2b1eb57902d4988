"""Pictures: nobody else gets a pixel that is to be covered; nothing of the camera's words stays; consent, withdrawal and expiry hold. Each with its control."""

import base64
import io

import pytest
from PIL import Image

from wanjia.doors import pictures as door
from wanjia.kernel.brings import gather
from wanjia.kernel.models import Entry
from wanjia.verdict import Refused

from ..models import Photo
from ..photos import commands, faces, pictures
from . import acts_events as acts
from .acts_events import DAY, MONDAY, timedelta

pytestmark = pytest.mark.django_db
MAKE, GPS = 0x010F, 0x8825
FACE = (160, 48, 16)  # the colour of the corner that stands for a face
READERS = ("clerk", "care", "visitor", "officer", "leader", "head", "teacher", "handler", "stranger", "helper", "auditor", "admin")


def told():
    """A picture with the camera's words: its make, where it stood."""
    exif = Image.Exif()
    exif[MAKE] = "HUAWEI"
    exif[GPS] = {1: "N", 2: (28.0, 10.0, 5.0), 3: "E", 4: (103.0, 40.0, 1.0)}
    return acts.picture(exif=exif, comment=b"Kunming") + b"second picture"


def red(body):
    """How many pixels of an answer are the face's."""
    with Image.open(io.BytesIO(body)) as picture:
        pixels = picture.convert("RGB").get_flattened_data() if hasattr(picture, "get_flattened_data") else picture.convert("RGB").getdata()
    return sum(1 for one in pixels if all(abs(a - b) < 30 for a, b in zip(one, FACE, strict=True)))


def whole(world, **more):
    """A picture whose face (the corner of 100 × 75) is covered whole."""
    what = acts.taken(world, **more)
    commands.cover_faces(**what, boxes="0,0,110,85", sure=True, **acts.who(world))
    return what


def at_the_village(world):
    """The village's worker took a picture of an event of the village."""
    return acts.taken(world, by="visitor", event_id=acts.held(world, area=world.datong)["event_id"])


def answers(client, world, photo, readers=READERS):
    """Yield (reader, address, status, body) of every address of a picture for every reader, and for nobody."""
    pages = [f"/care/photos/{photo}/{part}" for part in ("", "picture/", "bare/", "boxes/", "cover/")] + [f"/album/{photo}/", "/album/", "/care/photos/"]
    for reader in (*readers, ""):
        client.logout()
        if reader:
            client.force_login(getattr(world, reader))
        for page in pages:
            for answer in (client.get(page), client.post(page) if page.endswith("bare/") else None):
                if answer is not None:
                    yield reader, page, answer.status_code, answer.content if answer.get("Content-Type") == "image/jpeg" else b""


def test_nobody_but_its_taker_and_those_who_cover_gets_an_uncovered_pixel(world, client):
    photo = at_the_village(world)["photo_id"]
    seen = {(reader, page) for reader, page, _status, body in answers(client, world, photo) if body and red(body)}
    assert seen == {(reader, f"/care/photos/{photo}/bare/") for reader in ("visitor", "clerk", "care")}


def test_once_covered_nobody_at_all_gets_one(world, client):
    """The control is the test above: the same addresses do give the face before it is covered."""
    photo = whole(world)["photo_id"]
    commands.publish_photo(photo_id=photo, **acts.who(world, "care"))
    got = [(reader, page, red(body)) for reader, page, _status, body in answers(client, world, photo) if body]
    assert got and not any(pixels for _reader, _page, pixels in got)
    assert Photo.objects.get().raw == "" and red(base64.b64decode(Photo.objects.get().body)) == 0


def test_a_box_that_misses_leaves_the_face(world):
    """The negative control of the comparison of pixels."""
    what = acts.taken(world)
    commands.cover_faces(**what, boxes="200,200,50,50", sure=True, **acts.who(world))
    assert red(base64.b64decode(Photo.objects.get().body)) > 5000


def test_what_the_camera_wrote_is_gone(world):
    body = told()
    assert b"HUAWEI" in body and b"second picture" in body
    photo = commands.add_photo(**acts.shot(world) | {"file": acts.file(body)}, **acts.who(world))
    kept = base64.b64decode(photo.raw)
    assert not any(word in kept for word in (b"HUAWEI", b"Kunming", b"second picture", b"Exif"))
    with Image.open(io.BytesIO(kept)) as picture:
        assert not picture.getexif() and picture.size == (photo.width, photo.height)


def test_a_picture_lies_sealed(world):
    from django.db import connection

    acts.taken(world)
    with connection.cursor() as cursor:
        cursor.execute("SELECT raw FROM care_photo")
        [lies] = cursor.fetchone()
    assert b"JFIF" not in bytes(lies) and base64.b64encode(b"\xff\xd8\xff")[:4] not in bytes(lies)


def test_each_look_at_what_is_uncovered_is_a_line(world, client):
    photo = at_the_village(world)["photo_id"]
    lines = Entry.objects.filter(act="photo.look", subject_id=str(photo))
    client.force_login(world.clerk)
    for n in (1, 2):
        assert client.post(f"/care/photos/{photo}/bare/").status_code == 200 and lines.count() == n
    client.force_login(world.leader)
    assert client.post(f"/care/photos/{photo}/bare/").status_code in (403, 404) and lines.count() == 2


def test_names_of_files_tell_nothing(world, client):
    photo = whole(world)["photo_id"]
    client.force_login(world.clerk)
    answer = client.get(f"/care/photos/{photo}/picture/")
    assert answer["Content-Disposition"] == f'inline; filename="{photo}.jpg"' and "no-store" in answer["Cache-Control"]


def test_a_picture_is_shown_by_consent_alone_and_withdrawn_at_once(world, client):
    what = whole(world, consent="not_asked")
    with pytest.raises(Refused):
        commands.publish_photo(**what, **acts.who(world, "care"))
    commands.say_consent(**what, consent="given", **acts.who(world))
    commands.publish_photo(**what, **acts.who(world, "care"))
    assert client.get(f"/album/{what['photo_id']}/").status_code == 200  # the control: everybody saw it
    commands.withdraw_photo(**what, because="家长不同意", **acts.who(world))
    assert client.get(f"/album/{what['photo_id']}/").status_code == 404 and Photo.objects.get().body == ""
    assert str(what["photo_id"]) not in client.get("/album/").content.decode()


def test_at_its_last_day_the_clock_destroys_it(world):
    acts.taken(world)
    whole(world, event_id=acts.held(world, name="另一场")["event_id"])
    by_the_clock = next(one for one in gather("TIMERS") if one.__name__ == "by_the_clock")  # office: a hold stops it (office/tests/test_retention_clock.py)
    by_the_clock(MONDAY + timedelta(days=89))
    assert Photo.objects.filter(state="photo_disposed").count() == 0  # the control: a day before nothing goes
    by_the_clock(MONDAY + timedelta(days=90))
    assert {(one.state, one.raw, one.body) for one in Photo.objects.all()} == {("photo_disposed", "", "")}
    assert Photo.objects.first().until_on == DAY + timedelta(days=90)


def test_whom_a_clock_does_not_reach_sees_none_either(world, client):
    """Should the sweep not have run, a picture whose time is over is shown to nobody outside."""
    what = acts.shown(world)
    Photo.objects.update(taken_on=DAY - timedelta(days=400), until_on=DAY - timedelta(days=310))
    assert client.get(f"/album/{what['photo_id']}/").status_code == 404


def test_more_may_be_covered_never_less(world):
    what = acts.taken(world)
    commands.cover_faces(**what, boxes="0,0,60,85", sure=True, **acts.who(world))
    left = red(base64.b64decode(Photo.objects.get().body))
    commands.cover_faces(**what, boxes="50,0,60,85", sure=True, **acts.who(world))
    assert left > 0 and red(base64.b64decode(Photo.objects.get().body)) == 0 and Photo.objects.get().covers == 2


@pytest.mark.parametrize(("text", "box"), [("-5,-5,20,20", (0, 0, 15, 15)), ("390,290,50,50", (390, 290, 10, 10)), ("1.4,2.6,10,10", (1, 3, 10, 10))])
def test_boxes_are_cut_to_the_picture(text, box):
    assert pictures.boxes_of(text, 400, 300) == [box]


@pytest.mark.parametrize("text", ["a", "1,2,3", "500,500,20,20", "10,10,0,0", "nan,1,1,1", "1,2,3,4,5", "inf,1,9,9"])
def test_what_is_no_box_is_refused(text):
    with pytest.raises((ValueError, OverflowError)):
        pictures.boxes_of(text, 400, 300)


def test_a_bomb_is_no_picture():
    with pytest.raises(door.Unreadable):
        door.taken_in(acts.picture((12_000, 6_000)))


@pytest.mark.parametrize(("spoilt", "why"), [({"file": b"no picture"}, "这不是一张完整的 JPG 或 PNG 照片。"), ({"taken_on": str(DAY - timedelta(days=1))}, "拍摄日期不能早于活动那天。"), ({"consent": ""}, "这个字段是必填项。")])
def test_what_was_typed_beside_a_refused_picture_stands_there_still(world, client, spoilt, why):
    """A browser fills the picture in no second time; nothing else is to be typed again."""
    client.force_login(world.clerk)
    typed = {"subject": "孩子们在台上唱歌", "consent": "nobody", "place": "村小操场东边", "taken_on": str(DAY)} | spoilt
    shown = client.post(f"/care/events/{acts.held(world)['event_id']}/photos/new/", typed | {"file": acts.file(spoilt.get("file"))}).content.decode()
    assert why in shown and not Photo.objects.exists()
    assert all(f'name="{name}" value="{typed[name]}"' in shown for name in ("subject", "place", "taken_on"))
    assert ('value="nobody" selected' in shown) == bool(typed["consent"])


def test_without_the_library_a_hand_draws_all_boxes(monkeypatch):
    monkeypatch.setattr(faces, "find_spec", lambda name: None)
    assert faces.proposed(acts.picture()) == [] and not faces.can_propose()


def test_boxes_that_cover_each_other_are_one():
    from ..photos.pictures import Box

    assert faces._apart([Box(0, 0, 100, 100), Box(10, 10, 80, 80), Box(200, 0, 50, 50)]) == [Box(0, 0, 100, 100), Box(200, 0, 50, 50)]
    assert faces._with_margin(Box(0, 0, 100, 100), 400, 300) == Box(0, 0, 112, 112)




def test_the_library_proposes_a_box_over_a_face():
    """A portrait that another library brings for its own examples; without either there is nothing to look at."""
    pytest.importorskip("cv2")
    shown = pytest.importorskip("matplotlib.cbook")
    with shown.get_sample_data("grace_hopper.jpg") as file:
        body, width, height = door.taken_in(file.read())
    boxes = faces.proposed(body)
    assert any(box.left < 270 < box.left + box.width and box.top < 200 < box.top + box.height for box in boxes), (boxes, width, height)
    assert faces.proposed(door.taken_in(acts.picture())[0]) == []  # the control: where nobody is seen, nothing is proposed
