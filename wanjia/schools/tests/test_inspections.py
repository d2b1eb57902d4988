"""Inspections: one look that serves all units, who sees and does what, the pages."""

import base64
import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from tests.house.worlds import World
from wanjia.kernel.tests.tried import MONDAY
from wanjia.orgs.models import User
from wanjia.policy import inspecting as policy
from wanjia.schools.inspecting import commands, queries
from wanjia.schools.inspection_states import HazardState
from wanjia.schools.models import Hazard, InspectionRound, RoundVenue
from wanjia.schools.rounds import commands as rounds
from wanjia.schools.rounds.rules import takes_part, visible_stops
from wanjia.verdict import Refused

from .inspection_factories import (
    DAY,
    fire,
    fireman,
    hazard,
    lead,
    leader,
    looked,
    officer,
    police,
    record,
    round_of,
    said,
    second,
    stop,
    venue,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


# One look serves all units


def test_one_look_asks_every_units_items_and_there_is_no_second(world):
    first = stop(world)
    lines = {item.line for item in policy.in_force(DAY).of("netbar")}
    assert {"culture", "police", "emergency", "health", "market"} <= lines
    bare = said("netbar")
    bare.pop("item_real_name")
    facts = {"day": DAY, "came": [lead(world)], "people": 2, "licensed": 2, "signed": "signed"}
    with pytest.raises(Refused, match="各单位的检查项都要答"):
        commands.record_inspection(round_venue_id=first.pk, **facts, **bare, by=leader(world), at=MONDAY)
    record(world, first, by=fireman(world))
    with pytest.raises(Refused, match="已经查过"):
        record(world, first, by=officer(world))


def test_a_place_of_which_nothing_was_looked_at_was_not_visited(world):
    first = stop(world)
    nothing = {item.code: "none" for item in policy.in_force(DAY).of("netbar")}
    with pytest.raises(Refused, match="一项也没有看"):
        record(world, first, **nothing)
    with pytest.raises(Refused, match="还有 1 处没有查"):
        rounds.finish_round(inspection_round_id=first.round_id, words="全部查完", by=leader(world), at=MONDAY)
    assert record(world, first, **nothing | {"exits": "ok"}), "one item that was looked at is a visit"


def test_what_is_wrong_becomes_a_hazard_of_the_unit_whose_matter_it_is(world):
    one = record(world, stop(world), minors="bad", real_name="bad", exits="bad", equipment="fixed")
    found = {each.code: each for each in one.hazards.all()}
    assert {code: each.owner.name for code, each in found.items()} == {
        "minors": lead(world).name, "real_name": police(world).name, "exits": fire(world).name, "equipment": fire(world).name,
    }  # fmt: skip
    days = policy.in_force(DAY).mend_days
    assert found["exits"].due_on == DAY + timedelta(days=days["major"]) and found["real_name"].due_on == DAY + timedelta(days=days["ordinary"])
    assert all(each.basis and each.measure and each.owner_id for each in found.values()) and found["equipment"].state == HazardState.FIXED and found["equipment"].closed_on == DAY
    assert len({each.serial for each in found.values()}) == 4


def test_no_unit_of_that_matter_there_the_lead_owns_it(world):
    one = record(world, stop(world), hygiene="bad")
    assert one.hazards.get().owner == lead(world)


# Who sees and does what


def test_a_unit_that_takes_part_sees_and_records_another_does_not(world):
    first = stop(world)
    with pytest.raises(Refused, match="牵头单位"):
        record(world, first, by=User.objects.get(pk=world.clerk.pk))
    assert takes_part(officer(world), first) and visible_stops(officer(world)).filter(pk=first.pk).exists()


def test_a_picture_is_bare_of_what_the_camera_wrote(world):
    one, out = hazard(world), io.BytesIO()
    exif = Image.Exif()
    exif[0x0110] = "Phone of Li"
    Image.new("RGB", (40, 30), "red").save(out, "JPEG", exif=exif)
    file = SimpleUploadedFile("p.jpg", out.getvalue())
    with pytest.raises(Refused, match="没有人再传"):
        commands.add_picture(hazard_id=one.pk, file=file, when="before_mending", by=leader(world), at=MONDAY)
    commands.add_picture(hazard_id=one.pk, file=file, when="before_mending", nobody=True, by=leader(world), at=MONDAY)
    body = base64.b64decode(one.photos.get().body)
    assert b"Phone of Li" in out.getvalue() and b"Phone of Li" not in body and Image.open(io.BytesIO(body)).size == (40, 30)


# Pages


def test_pages_and_papers_open(world, client):
    round_of(world)
    record(world, stop(world), exits="bad", equipment="bad")
    one = Hazard.objects.get(code="equipment")
    ordered = hazard(world, HazardState.RECHECK, serial=50)
    commands.recheck_hazard(hazard_id=ordered.pk, passed=True, day=DAY, licensed=2, words="已打开", by=second(world), at=MONDAY)
    venue(world, "另一网吧")
    waits = RoundVenue.objects.create(round=InspectionRound.objects.get(), venue=venue(world, "另一网吧"), team=None)
    client.force_login(leader(world), backend="django.contrib.auth.backends.ModelBackend")
    for name in ("venues", "rounds", "stops", "hazards"):
        assert client.get(reverse(f"schools:{name}")).status_code == 200
    for tab in queries.TABS:
        assert client.get(reverse("schools:hazards"), {"tab": tab}).status_code == 200
    for name, pk in (("venue", waits.venue_id), ("round", waits.round_id), ("inspection", one.inspection_id), ("hazard", one.pk), ("hazard", ordered.pk), ("stop_record", waits.pk), ("team_new", waits.round_id)):
        assert client.get(reverse(f"schools:{name}", args=[pk])).status_code == 200, name
    ordered.refresh_from_db()
    for address in (reverse("schools:order_paper", args=[ordered.inspection_id, ordered.order_id]), reverse("schools:recheck_paper", args=[ordered.pk])):
        paper = client.get(address)
        assert paper["Content-Type"] == "application/pdf" and paper.content.startswith(b"%PDF")
    assert looked(world)
