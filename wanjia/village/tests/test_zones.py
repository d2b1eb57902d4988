"""Zones on the village's own sketch: drawn in a draft alone, readable afterwards, on the page, the paper and the board; nothing of the camera's stays."""

import base64
import io

import pytest
from django.urls import reverse
from PIL import Image

from tests.house.worlds import World
from wanjia.doors.asking import _named
from wanjia.kernel.acts import ACTS
from wanjia.kernel.models import Entry
from wanjia.verdict import Refused

from ..models import PlanSketch, PlanZone, VillagePlan
from ..plan_states import PlanState, ZoneColour, ZoneKind
from ..planning import queries
from ..planning.commands import adopt_plan, draw_plan, write_zone
from ..planning.mending.commands import drop_zone, mend_sketch, mend_zone, take_mend_over, take_zone_off
from ..planning.zoning import boarding, drawing
from ..planning.zoning.commands import draw_zone, put_sketch
from . import plan_factories as made
from .plan_factories import DAY, who

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


def camera():
    """What a telephone writes into a picture: where it was taken."""
    said = Image.Exif()
    said[0x8825] = {1: "N", 2: (27.0, 41.0, 12.0)}
    said[0x010F] = "Telephone"
    return said


def test_the_drawing_is_bare_and_no_larger_than_a_bad_signal_bears(world):
    one = made.sketch(world, file=made.picture(size=(3000, 1500), exif=camera().tobytes()), nobody=True)
    with Image.open(io.BytesIO(base64.b64decode(one.body))) as picture:
        assert (picture.size, (one.width, one.height), dict(picture.getexif())) == ((1200, 600), (1200, 600), {})
    put_sketch(village_plan_id=one.plan_id, **who(world.register.yang))
    one.refresh_from_db()
    assert (one.body, one.width) == ("", 0), "a squared sheet in its place"


def test_a_plan_in_force_keeps_its_sketch_and_the_next_version_has_its_own(world):
    old = made.sketch(world, PlanState.IN_FORCE)
    with pytest.raises(Refused, match="不能再改"):
        put_sketch(village_plan_id=old.plan_id, **who(world.register.yang))
    with pytest.raises(Refused, match="不能再改"):
        draw_zone(village_plan_id=old.plan_id, zone=old.plan.zones.get(), points="", **who(world.register.yang))
    new = made.sketch(world, PlanState.IN_FORCE, file=made.picture(), nobody=True)
    before = VillagePlan.objects.get(pk=old.plan_id)
    assert before.state == PlanState.ENDED and before.sketch.width == 0 and before.zones.get().points and new.width == 300


def test_whoever_drew_a_zone_does_not_put_the_plan_in_force(world):
    one = made.sketch(world)
    draw_zone(village_plan_id=one.plan_id, zone=one.plan.zones.get(), points="1,1 2,2 3,1", **who(world.visitor))
    with pytest.raises(Refused, match="谁拟的谁不能启用"):
        adopt_plan(village_plan_id=one.plan_id, **who(world.visitor))


@pytest.mark.parametrize("typed", ["100,100 500,100 300,400", "100,100、500,100;300,400", "100 100\n500 100\n300 400"])
def test_points_are_found_however_they_are_typed(world, typed):
    one = made.sketch(world)
    draw_zone(village_plan_id=one.plan_id, zone=one.plan.zones.get(), points=typed, **who(world.register.yang))
    assert one.plan.zones.get().points == [[100, 100], [500, 100], [300, 400]]


@pytest.mark.parametrize("typed", ["100,100 500", "1,1 2,2 3,-1", "１,a 2,2 3,3", "1,1 2,2 3,1001"])
def test_points_that_are_none_are_refused_with_words(world, typed):
    one = made.sketch(world)
    with pytest.raises(Refused, match="0 到 1000"):
        draw_zone(village_plan_id=one.plan_id, zone=one.plan.zones.get(), points=typed, **who(world.register.yang))


def test_a_corridor_is_drawn_by_two_points_and_what_becomes_an_area_is_drawn_anew(world):
    one = made.sketch(world)
    at = {"village_plan_id": one.plan_id, **who(world.register.yang)}
    asked = {"name": "大道", "bounds": "村口到三组晒坝", "use": "花木观光"}
    write_zone(kind=ZoneKind.CORRIDOR, **asked, **at)
    zone = PlanZone.objects.get(plan=one.plan, name="大道")
    assert zone.colour == ZoneColour.ORANGE, "the first colour is taken"
    draw_zone(zone=zone, points="0,0 1000,1000", **at)
    write_zone(kind=ZoneKind.CORRIDOR, **asked | {"use": "骑行"}, **at)
    zone.refresh_from_db()
    assert (zone.points, zone.colour) == ([[0, 0], [1000, 1000]], ZoneColour.ORANGE), "what is rewritten stays drawn"
    assert [(each.n, each.name) for each in queries.zoned(one.plan, DAY)] == [(1, "大道"), (2, "苗木区")]
    assert queries.how_many(queries.zoned(one.plan, DAY)) == {"corridors": 1, "areas": 1}
    write_zone(kind=ZoneKind.AREA, **asked, **at)
    zone.refresh_from_db()
    assert zone.points == []


def test_points_lie_on_the_drawing_whatever_its_shape(world):
    """Thousandths across and down: of a drawing half as high as it is wide, half as far down."""
    one = made.sketch(world, PlanState.IN_FORCE, file=made.picture(size=(600, 300)), nobody=True)
    found = drawing.drawn(one.plan, queries.zoned(one.plan, DAY), "/picture")
    assert (found["high"], found["shapes"][0]["points"], found["under"]) == (500, "100,50 500,50 300,200", "/picture")


def test_a_plan_without_a_sketch_draws_nothing(world):
    assert drawing.drawn(made.plan(world, PlanState.DRAFT), []) is None


def test_a_new_version_begins_with_the_last_ones_sketch_and_zones_as_its_own(world):
    old = made.sketch(world, PlanState.IN_FORCE, file=made.picture(), nobody=True)
    new = draw_plan(village=world.datong, name="大同村新规划", item=made.decision(world, used=False), **who(world.register.yang))
    kept = ("name", "bounds", "use", "kind", "colour", "points")
    assert list(new.zones.values(*kept)) == list(old.plan.zones.values(*kept)) and new.zones.get().points
    assert (new.sketch.body, new.sketch.width) == (old.body, old.width) and not new.works.exists()
    draw_zone(village_plan_id=new.pk, zone=new.zones.get(), points="1,1 2,2 3,1", **who(world.register.yang))
    put_sketch(village_plan_id=new.pk, **who(world.register.yang))
    old.refresh_from_db()
    assert old.plan.zones.get().points == [[100, 100], [500, 100], [300, 400]] and old.body, "what is copied is not shared"
    drop_zone(village_plan_id=new.pk, zone=new.zones.get(), **who(world.register.yang))
    assert not queries.zoned(new, DAY) and queries.zoned(old.plan, DAY)
    write_zone(village_plan_id=new.pk, name="苗木区", bounds="一组后山缓坡", use="苗木基地", **who(world.register.yang))
    assert [zone.name for zone in queries.zoned(new, DAY)] == ["苗木区"], "it may be written anew"


def test_what_was_dropped_or_is_of_another_village_is_no_last_version(world):
    made.sketch(world)
    VillagePlan.objects.update(state=PlanState.DROPPED, reason="写错了")
    new = draw_plan(village=world.datong, name="大同村新规划", item=made.decision(world), **who(world.register.yang))
    assert not new.zones.exists() and not PlanSketch.objects.filter(plan=new).exists()


@pytest.mark.parametrize("name", ["draw_zone", "write_work"])
def test_a_call_that_comes_again_finds_its_zone_though_it_was_taken_off_meanwhile(world, name):
    """Its answer is remembered by its key; a new one with this zone is refused in words."""
    one = made.sketch(world).plan
    zone = one.zones.get()
    drop_zone(village_plan_id=one.pk, zone=zone, **who(world.register.yang))
    asked = next(asked for asked in ACTS[f"village.{name}"].asked if asked.name == "zone")
    assert _named(asked, zone.pk, one, world.register.yang, DAY) == zone
    with pytest.raises(Refused, match="没有这个方面、分区"):
        draw_zone(village_plan_id=one.pk, zone=zone, points="", **who(world.register.yang))


def test_a_wrong_zone_of_a_plan_in_force_is_put_right_by_another_hand_and_the_journal_keeps_it(world):
    one = made.sketch(world, PlanState.IN_FORCE)
    zone = one.plan.zones.get()
    asked = {"village_plan_id": one.plan_id, "zone": zone, "reason": "照会议的图是苗圃区"}
    with pytest.raises(Refused, match="请另一个人核对"):
        mend_zone(name="苗圃区", **asked, **who(world.register.yang))
    mend_zone(name="苗圃区", points="1,1 2,2 3,1", **asked, **who(world.clerk))
    zone.refresh_from_db()
    line = Entry.objects.get(act="village_plan.mend")
    assert (zone.name, zone.use, zone.points) == ("苗圃区", "苗木基地", [[1, 1], [2, 2], [3, 1]])
    assert "苗木区" in line.reason and line.detail["points"] == [[100, 100], [500, 100], [300, 400]]
    take_zone_off(**asked, **who(world.clerk))
    assert not queries.zoned(one.plan, DAY) and PlanZone.objects.get().name == "" and one.plan.works.get().zone is None and "苗圃区" in Entry.objects.filter(act="village_plan.mend").latest("seq").reason
    assert "苗木基地扩到 300 亩" in "".join(work.words for work in one.plan.works.all())


def test_a_name_left_on_the_drawing_goes_and_no_browser_keeps_it(world, client):
    one = made.sketch(world, PlanState.IN_FORCE, file=made.picture(), nobody=True)
    asked = {"village_plan_id": one.plan_id, "reason": "图上留了人名"}
    before = client.get(reverse("village:public_plan", args=[world.datong.pk])).content.decode()
    with pytest.raises(Refused, match="先遮住"):
        mend_sketch(file=made.picture(), nobody=False, **asked, **who(world.clerk))
    mend_sketch(**asked, **who(world.clerk))
    one.refresh_from_db()
    after = client.get(reverse("village:public_plan", args=[world.datong.pk])).content.decode()
    assert (one.body, one.plan.state) == ("", PlanState.IN_FORCE) and "/plan/picture/?v=" in before and "/plan/picture/" not in after
    was = drawing.address(VillagePlan.objects.get(pk=one.plan_id))
    mend_sketch(file=made.picture(), nobody=True, **asked, **who(world.clerk))
    assert drawing.address(VillagePlan.objects.get(pk=one.plan_id)) != was


def test_a_name_that_went_from_the_drawing_does_not_come_back_with_the_next_version(world):
    """A draft had begun with a copy of it. What the draft was given since stays."""
    old = made.sketch(world, PlanState.IN_FORCE, file=made.picture(), nobody=True)
    new = draw_plan(village=world.datong, name="大同村新规划", item=made.decision(world, used=False), **who(world.register.yang))
    asked = {"village_plan_id": old.plan_id, "reason": "图上留了人名", "nobody": True, **who(world.clerk)}
    mend_sketch(file=made.picture(size=(80, 40)), **asked)
    old.refresh_from_db()
    copy = PlanSketch.objects.get(plan=new)
    assert (copy.body, copy.width) == (old.body, 80)
    put_sketch(village_plan_id=new.pk, file=made.picture(size=(60, 60)), nobody=True, **who(world.register.yang))
    mend_sketch(**asked)
    assert PlanSketch.objects.get(plan=new).width == 60


def test_a_draft_follows_what_is_put_right_in_force_until_a_hand_changed_it(world, client):
    """What was mended in force was missing in the next version. What the draft changed stays, and its page says what it lacks."""
    old = made.sketch(world, PlanState.IN_FORCE)
    zone, hand = old.plan.zones.get(), who(world.register.yang)
    new = draw_plan(village=world.datong, name="大同村新规划", item=made.decision(world, used=False), **hand)
    copy, asked = new.zones.get(), {"village_plan_id": old.plan_id, "zone": zone, "reason": "照会议的图改", **who(world.clerk)}
    mend_zone(bounds="一组后山缓坡到水池", points="1,1 2,2 3,1", **asked)
    copy.refresh_from_db()
    assert (copy.bounds, copy.points, copy.mended) == ("一组后山缓坡到水池", [[1, 1], [2, 2], [3, 1]], {}), "it follows"
    write_zone(village_plan_id=new.pk, name="苗木区", bounds=copy.bounds, use="苗木和花圃", **hand)
    mend_zone(bounds="一组后山缓坡到公路", **asked)
    copy.refresh_from_db()
    assert (copy.bounds, copy.mended) == ("一组后山缓坡到水池", {"bounds": "一组后山缓坡到公路"}), "it stays as the hand left it"
    client.force_login(world.register.yang)
    page = reverse("village:village_plan", args=[new.pk])
    assert "现行规划更正了从哪里到哪里(一组后山缓坡到公路)" in client.get(page).content.decode()
    take_mend_over(village_plan_id=new.pk, zone=copy, **hand)
    copy.refresh_from_db()
    assert (copy.bounds, copy.use, copy.waits) == ("一组后山缓坡到公路", "苗木和花圃", {}) and "现行规划更正了" not in client.get(page).content.decode()
    take_zone_off(**asked)
    assert "现行规划拿掉了" in client.get(page).content.decode()
    take_mend_over(village_plan_id=new.pk, zone=copy, **hand)
    assert not queries.zones(new, None, None) and PlanZone.objects.get(pk=copy.pk).mended == {}
    with pytest.raises(Refused, match="没有这一版还没接过来的"):
        take_mend_over(village_plan_id=new.pk, zone=copy, **hand)


def test_a_zone_taken_off_in_force_goes_from_the_draft_that_left_it_alone(world):
    old = made.sketch(world, PlanState.IN_FORCE)
    new = draw_plan(village=world.datong, name="大同村新规划", item=made.decision(world, used=False), **who(world.register.yang))
    take_zone_off(village_plan_id=old.plan_id, zone=old.plan.zones.get(), reason="会议的图上没有", **who(world.clerk))
    assert not queries.zones(new, None, None) and Entry.objects.get(act="village_plan.mend").detail["drafts"] == [str(new.pk)]


def test_a_drawing_of_the_drafts_own_says_that_another_lies_in_force(world):
    old = made.sketch(world, PlanState.IN_FORCE)
    new = draw_plan(village=world.datong, name="大同村新规划", item=made.decision(world, used=False), **who(world.register.yang))
    put_sketch(village_plan_id=new.pk, file=made.picture(size=(60, 60)), nobody=True, **who(world.register.yang))
    mend_sketch(village_plan_id=old.plan_id, file=made.picture(size=(80, 40)), reason="换成会议的图", nobody=True, **who(world.clerk))
    assert queries.behind(new) == [queries.OTHER_SKETCH]
    take_mend_over(village_plan_id=new.pk, **who(world.register.yang))
    assert PlanSketch.objects.get(plan=new).width == 80 and queries.behind(new) == []


def test_everybody_reads_the_plan_by_zone_without_a_name(world, client):
    made.sketch(world, PlanState.IN_FORCE, file=made.picture(), nobody=True)
    said = client.get(reverse("village:public_plan", args=[world.datong.pk])).content.decode()
    assert "苗木基地扩到 300 亩" in said and "苗木区" in said and "<polygon" in said and world.register.yang.name not in said
    picture = client.get(reverse("village:public_sketch", args=[world.datong.pk]))
    assert picture["Content-Type"] == "image/jpeg" and "public" in picture["Cache-Control"]
    assert client.get(reverse("village:public_plan", args=[world.register.huangjin.pk])).status_code == 404


def test_the_board_shows_the_sketch_and_what_lies_in_each_zone(world, client):
    made.sketch(world, PlanState.IN_FORCE)
    said = [str(one.said) for one in queries.on_board(world.datong, DAY, 5)]
    assert "1号区“苗木区”(苗木基地):1 项,验收 0 项" in said[1] and "过期没完" in said[1]
    assert "<polygon" in boarding.on_board(world.datong, DAY, False) and boarding.on_board(world.datong, made.HELD, False) == ""


def test_another_version_has_its_drawing_under_another_address(world, client):
    """A browser keeps the public drawing for an hour: under the zones of the next version the old one would lie."""
    one = made.sketch(world, PlanState.IN_FORCE, file=made.picture(), nobody=True)
    page = client.get(reverse("village:public_plan", args=[world.datong.pk])).content.decode()
    VillagePlan.objects.filter(pk=one.plan_id).update(serial=one.plan.serial + 1)
    after = client.get(reverse("village:public_plan", args=[world.datong.pk])).content.decode()
    version = VillagePlan.objects.get(pk=one.plan_id).version
    old, new = (f'/plan/picture/?v={n}.{version}"' for n in (one.plan.serial, one.plan.serial + 1))
    assert old in page and new in after and old not in after


def test_a_draft_s_picture_is_not_the_public_s(world, client):
    made.sketch(world, file=made.picture(), nobody=True)
    assert client.get(reverse("village:public_sketch", args=[world.datong.pk])).status_code == 404


def test_the_printed_plan_carries_the_drawing_itself(world, client):
    """Nothing is fetched: a paper whose drawing lies behind an address would be printed without it."""
    bare, one = {}, made.sketch(world, PlanState.IN_FORCE, file=made.picture(size=(900, 700)), nobody=True)
    client.force_login(world.clerk)
    for width in (900, 0):
        PlanSketch.objects.filter(pk=one.pk).update(**({} if width else {"body": "", "width": 0, "height": 0}))
        answer = client.get(reverse("village:plan_sheet", args=[one.plan_id]))
        bare[width] = answer.content.count(b"/Image")
    assert answer.status_code == 200 and bare[900] > bare[0]
