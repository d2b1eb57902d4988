"""Pictures of the public place that go with what is told to a home: bare, looked at by another hand, on no board, gone when it is over (rules.md §f.7)."""

import base64
import io
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from tests.house.worlds import World
from wanjia.kernel.models import Entry
from wanjia.kernel.tests.tried import MONDAY
from wanjia.orgs.workdays.hours import CLOCK
from wanjia.reporting.documents import drawing
from wanjia.verdict import NotFound, Refused

from ..appraisal_states import PictureState, ShortState, StrictState
from ..board.queries import board
from ..improving.commands import drop_shortcoming, end_lists, mark_repaired
from ..improving.photos.commands import add_short_picture, check_short_picture, destroy_short_picture
from ..models import ShortcomingPhoto
from . import appraisal_factories as made
from .appraisal_factories import who

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


@pytest.fixture
def on_monday(monkeypatch):
    at_day(monkeypatch, 0)


def at_day(monkeypatch, days):
    from django.utils import timezone

    monkeypatch.setattr(timezone, "now", lambda: MONDAY + timedelta(days=days))


def signed_in(user):
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def camera():
    """What a phone writes into a picture: where, when, by which device."""
    said = Image.Exif()
    said[0x010F], said[0x0110], said[0x0132] = "HUAWEI", "P40", "2026:11:02 09:00:00"
    said.get_ifd(0x8825).update({1: "N", 2: (26.0, 5.0, 12.0), 3: "E", 4: (103.0, 9.0, 30.0)})
    return {"exif": said, "comment": "王建国家门口"}


def raw(one):
    """What lies in the database."""
    found = ShortcomingPhoto.objects.values_list("body", flat=True).get(pk=one.pk)
    return found.body if found else b""


@pytest.fixture
def printed(monkeypatch):
    """What was printed, as text."""
    found, original = [], drawing.render_to_string
    monkeypatch.setattr(drawing, "render_to_string", lambda *asked: found.append(original(*asked)) or found[-1])
    return found


def test_position_device_and_words_are_stripped_and_it_lies_sealed(world):
    said = camera()
    sent = made.picture(**said).read()
    assert b"HUAWEI" in sent and "王建国".encode() in sent and Image.open(io.BytesIO(sent)).getexif().get_ifd(0x8825), "the control: a phone writes them"
    one = made.photo(world, **said)
    kept = base64.b64decode(one.body)
    with Image.open(io.BytesIO(kept)) as picture:
        assert not picture.getexif() and "comment" not in picture.info and picture.size == (80, 60)
    assert b"HUAWEI" not in kept and "王建国".encode() not in kept
    assert raw(one) and kept[:20] not in raw(one) and one.body[:20].encode() not in raw(one), "in the database it is sealed"


def test_a_large_picture_is_made_smaller(world):
    one = made.told(world)
    out = io.BytesIO()
    Image.new("RGB", (4000, 3000), "red").save(out, "PNG")
    add_short_picture(shortcoming_id=one.pk, file=made.picture(out.getvalue()), when="before_repair", outdoors=True, **who(world.visitor))
    assert Image.open(io.BytesIO(base64.b64decode(one.photos.get().body))).size == (1800, 1350)


def test_it_is_never_asked_for(world):
    one = made.told(world)
    assert mark_repaired(shortcoming_id=one.pk, **who(world.visitor)).state == ShortState.REPAIRED and not ShortcomingPhoto.objects.exists()


def test_who_does_not_see_the_entry_sees_no_picture(world, on_monday):
    one = made.photo(world, state=PictureState.SEEN)
    for name, key in (("shortcoming_photo", one.pk), ("short_photo_bytes", one.pk), ("shortcoming_sheet", one.shortcoming_id)):
        there = reverse(f"village:{name}", args=[key])
        for outsider in (world.leader, world.clerk, world.handler, world.register.stranger):
            assert signed_in(outsider).get(there).status_code in (403, 404), (name, outsider)
        assert Client().get(there).status_code == 302, name
        assert signed_in(world.visitor).get(there).status_code == 200, "the negative control"
    with pytest.raises((NotFound, Refused)):
        check_short_picture(shortcoming_photo_id=made.photo(world, 1).pk, outdoors=True, **who(world.clerk))


def test_no_cache_keeps_it(world, on_monday):
    answer = signed_in(world.visitor).get(reverse("village:short_photo_bytes", args=[made.photo(world).pk]))
    assert answer["Content-Type"] == "image/jpeg" and "no-store" in answer["Cache-Control"] and answer.content[:2] == b"\xff\xd8"


def test_it_stands_on_no_board(world, on_monday, printed):
    one, photo = made.strict(world, StrictState.UP), made.photo(world, state=PictureState.SEEN)
    assert photo.shortcoming_id == one.shortcoming_id
    for page in (Client().get(reverse("village:public_board", args=[world.datong.pk])), signed_in(world.clerk).get(reverse("village:strict_notice", args=[one.pk]))):
        assert page.status_code == 200 and str(photo.pk) not in page.content.decode() and "data:image/jpeg" not in page.content.decode()
    assert not any(str(photo.pk) in str(vars(line)) for _section, lines in board(world.datong, made.DAY) for line in lines), "nor in any line of any room"
    assert signed_in(world.clerk).get(reverse("village:strict_sheet", args=[one.pk])).status_code == 200
    assert signed_in(world.visitor).get(reverse("village:shortcoming_sheet", args=[one.shortcoming_id])).status_code == 200
    assert photo.body not in printed[0] and photo.body in printed[1], "on the home's own paper, not on the group's"


def test_the_home_is_given_it_only_when_another_hand_has_looked(world, on_monday, printed):
    one = made.photo(world)
    there = reverse("village:shortcoming_sheet", args=[one.shortcoming_id])
    with pytest.raises(Refused, match="不能自己看过"):
        check_short_picture(shortcoming_photo_id=one.pk, outdoors=True, **who(world.register.yang))
    bare = signed_in(world.visitor).get(there).content
    check_short_picture(shortcoming_photo_id=one.pk, outdoors=True, **who(world.visitor))
    pictured = signed_in(world.visitor).get(there).content
    assert one.body not in printed[0] and one.body in printed[1]
    assert bare[:4] == pictured[:4] == b"%PDF" and b"/DCTDecode" in pictured and b"/DCTDecode" not in bare, "and the paper draws it"


def gone(one):
    one = ShortcomingPhoto.objects.get(pk=one.pk)
    return one.state == PictureState.GONE and one.body == "" and raw(one) == b"" and one.gone_on is not None


def put_right(world, one):
    mark_repaired(shortcoming_id=one.shortcoming_id, **who(world.visitor))


def dropped(world, one):
    drop_shortcoming(shortcoming_id=one.shortcoming_id, reason="登记错了户", **who(world.visitor))


def over(world, one):
    assert end_lists(by=CLOCK, at=MONDAY + timedelta(days=41)) == 1


def by_hand(world, one):
    destroy_short_picture(shortcoming_photo_id=one.pk, reason="拍到了人", **who(world.visitor))


@pytest.mark.parametrize("end", [put_right, dropped, over, by_hand])
@pytest.mark.parametrize("state", [PictureState.WAITS, PictureState.SEEN])
def test_it_is_gone_when_it_is_over(world, on_monday, end, state):
    one = made.photo(world, state=state)
    there = reverse("village:short_photo_bytes", args=[one.pk])
    assert not gone(one) and signed_in(world.visitor).get(there).status_code == 200, "the negative control"
    end(world, one)
    assert gone(one) and signed_in(world.visitor).get(there).status_code == 404
    assert Entry.objects.filter(act="shortcoming_photo.destroy", subject_id=str(one.pk)).count() == 1


def test_after_its_last_day_nobody_is_shown_it_though_the_sweep_is_late(world, monkeypatch):
    one = made.photo(world)
    there = reverse("village:short_photo_bytes", args=[one.pk])
    at_day(monkeypatch, 40)
    assert signed_in(world.visitor).get(there).status_code == 200
    at_day(monkeypatch, 41)
    assert signed_in(world.visitor).get(there).status_code == 404
    assert signed_in(world.visitor).get(reverse("village:shortcoming_sheet", args=[one.shortcoming_id])).status_code == 404


def test_a_notice_on_the_paper_board_keeps_no_picture_alive(world):
    """What hangs may outlast the sixty days; the picture does not."""
    one = made.photo(world)
    notice = made.strict(world)
    one.shortcoming.refresh_from_db()
    type(one.shortcoming).objects.filter(pk=one.shortcoming_id).update(until_on=made.DAY + timedelta(days=2))
    made.strict(world, StrictState.UP)
    assert end_lists(by=CLOCK, at=MONDAY + timedelta(days=2)) == 0 and not gone(one)
    assert end_lists(by=CLOCK, at=MONDAY + timedelta(days=3)) == 0 and gone(one)
    notice.refresh_from_db()
    assert notice.state == StrictState.UP and notice.shortcoming.photos.get().state == PictureState.GONE


def test_another_can_be_added_where_one_was_destroyed(world):
    one = made.told(world)
    for _n in range(4):
        add_short_picture(shortcoming_id=one.pk, file=made.picture(), when="before_repair", outdoors=True, **who(world.visitor))
    with pytest.raises(Refused, match="最多 4 张"):
        add_short_picture(shortcoming_id=one.pk, file=made.picture(), when="after_repair", outdoors=True, **who(world.visitor))
    destroy_short_picture(shortcoming_photo_id=one.photos.first().pk, reason="拍糊了", **who(world.visitor))
    add_short_picture(shortcoming_id=one.pk, file=made.picture(), when="after_repair", outdoors=True, **who(world.visitor))


def test_a_picture_is_looked_at_on_its_page(world, on_monday):
    one = made.photo(world)
    page = signed_in(world.visitor).get(reverse("village:shortcoming_photo", args=[one.pk])).content.decode()
    assert reverse("village:picture_check", args=[one.pk]) in page and reverse("village:short_photo_bytes", args=[one.pk]) in page
    assert reverse("village:shortcoming_photo", args=[one.pk]) in signed_in(world.visitor).get(reverse("village:shortcoming", args=[one.shortcoming_id])).content.decode()
