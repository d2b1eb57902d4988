"""What a drive came to: targets down to townships, the funnel from calls to who is still there, who fell out and why."""

from datetime import date, timedelta
from unittest import mock

import pytest
from django.urls import reverse

from wanjia.orgs.models import Area
from wanjia.verdict import Refused

from ..calls.commands import note_contact
from ..campaigns.commands import set_target
from ..campaigns.funnel import counted, lasting_counted, reasons, stage_of
from ..campaigns.queries import by_place, place_asked
from ..matching import commands
from ..models import Campaign, Proposal, Spell, Start, Target
from ..states import Evidence
from .factories import NOW, TODAY, later
from .matching_factories import drive, one, put_in_force, vacancy, wish, worked

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(monkeypatch):
    return drive(monkeypatch)


def test_targets_cascade_and_the_page_says_what_lacks(world):
    set_target(campaign_id=world.drive.pk, area=world.county, n=100, by=world.officer, at=NOW)
    set_target(campaign_id=world.drive.pk, area=world.xisha, n=60, by=world.officer, at=NOW)
    rows, whole, lack = by_place(world.drive, TODAY)
    assert lack == 40 and {area.name: target for area, target, _n, _share in rows}["细沙乡"] == 60
    with pytest.raises(Refused, match="不在行动的范围里"):
        set_target(campaign_id=world.drive.pk, area=world.datong, n=5, by=world.officer, at=NOW)


def test_a_citys_targets_are_read_down_to_its_townships(world, client):
    city = Area.objects.get_or_create(code="530600000000", defaults={"name": "昭通市", "short_name": "昭通", "level": "city"})[0]
    Area.objects.filter(pk=world.county.pk).update(parent=city)
    drive = Campaign.objects.create(name="全市行动", area=city, from_on=TODAY, until_on=TODAY + timedelta(100), opened_at=NOW, opened_by=world.officer)
    for area, n in ((city, 100), (world.county, 100), (world.xisha, 70)):
        Target.objects.create(campaign=drive, area=area, n=n, set_by=world.officer, set_at=NOW)
    assert by_place(drive, TODAY)[1:] == (100, 0), "the counties add up to the city"
    assert by_place(drive, TODAY, place_asked(drive, world.county.pk))[1:] == (100, 30), "the townships lack 30 of their county's"
    assert place_asked(drive, world.xisha.pk) == city == place_asked(drive, "530700000000"), "below a township nothing bears a target; another city is none of this drive"


def test_the_funnel_counts_the_rows_that_the_work_left(world):
    wish(world, world.he)
    wish(world, world.she)
    vacancy(world, places=2)
    note_contact(worker_id=world.he.pk, result="there", by=world.li, at=NOW)

    def reached(day=TODAY):
        found = counted(world.drive, day)
        assert [(n, lost) for _stage, n, lost in found] == [(stage.rows.count(), stage.lost.count()) for stage, _n, _lost in found], "as many as its rows"
        return [(stage.code, n, lost) for stage, n, lost in found]

    assert reached() == [("reached", 1, 1), ("wishing", 0, 1), ("told", 0, 0), ("started", 0, 0), ("kept", 0, 0)]
    plan = put_in_force(world, worked(world))
    commands.decline_proposal(proposal_id=one(world, plan, world.she).pk, why="孩子小", by=world.li, at=later(0, 2))
    row = one(world, plan)
    commands.accept_proposal(proposal_id=row.pk, by=world.li, at=later(0, 2))
    commands.start_proposal(proposal_id=row.pk, on=TODAY, evidence=Evidence.CONTRACT, by=world.li, at=later(0, 3))
    assert reached() == [("reached", 2, 0), ("wishing", 2, 0), ("told", 2, 0), ("started", 1, 1), ("kept", 0, 1)]
    assert reached(date(2027, 2, 4))[-1] == ("kept", 1, 0), "three months on"
    lost = stage_of(world.drive, TODAY, "started").lost
    assert reasons(world.drive, list(lost)) == {world.she.pk: "孩子小"}


def test_a_call_after_a_drive_is_over_is_not_counted_in_it(world):
    note_contact(worker_id=world.he.pk, result="there", by=world.li, at=NOW)
    reached = {}
    for until in (TODAY, TODAY + timedelta(days=1)):
        world.drive.until_on = until
        reached[until] = counted(world.drive, TODAY + timedelta(days=30))[0][1:]
    assert list(reached.values()) == [(0, 2), (1, 1)], "the day until which it runs is no day of its own; on the last it counts"


def test_of_those_who_started_so_many_months_ago_who_is_still_there(world, client):
    """Thirty days to a month; whoever left on the thirtieth had stayed a month, on the day before had not; who started by another way than the drive counts not."""
    for who in (world.he, world.she):
        wish(world, who)
    vacancy(world, places=2)
    plan = put_in_force(world, worked(world))
    for who in (world.he, world.she):
        row = one(world, plan, who)
        commands.accept_proposal(proposal_id=row.pk, by=world.li, at=later(0, 2))
        commands.start_proposal(proposal_id=row.pk, on=TODAY, evidence=Evidence.CONTRACT, by=world.li, at=later(0, 3))

    def stayed(days):
        found = lasting_counted(world.drive, TODAY + timedelta(days=days))
        assert [(n, lost) for _stage, n, _of, lost in found] == [(stage.rows.count(), stage.lost.count()) for stage, *_n in found], "as many as its rows"
        return [(stage.code, n, of, lost) for stage, n, of, lost in found]

    assert stayed(29) == [] and stayed(30) == [("after1", 2, 2, 0)]
    hers = Spell.objects.filter(worker=world.she)
    hers.update(to_on=TODAY + timedelta(days=29))
    assert stayed(30) == [("after1", 1, 2, 1)]
    hers.update(to_on=TODAY + timedelta(days=30))
    assert stayed(180) == [("after1", 2, 2, 0), ("after3", 1, 2, 1), ("after6", 1, 2, 1)], "she stayed a month, he is there"
    assert list(stage_of(world.drive, TODAY + timedelta(days=180), "after6").lost) == [world.she]
    Start.objects.filter(spell__worker=world.he).update(vacancy=vacancy(world, "别的岗位"))
    assert stayed(180)[0] == ("after1", 1, 1, 0), "the control: his start is not the drive's"
    with mock.patch("django.utils.timezone.now", return_value=later(100)):
        client.force_login(world.officer, backend="django.contrib.auth.backends.ModelBackend")
        drive = client.get(reverse("labour:campaign", args=[world.drive.pk])).content.decode()
        page = client.get(stages := reverse("labour:campaign_stages", args=[world.drive.pk])).content.decode()
        gone = client.get(reverse("labour:campaign_stage", args=[world.drive.pk, "after3"]), {"lost": 1}).content.decode()
    assert f'hx-get="{stages}"' in drive and 'id="stages"' in drive and 'id="stages"' in page, "the drive's page does not wait for it, and puts it in its place"
    assert "到岗满 3 个月还在岗" in page and "到岗满 6 个月" not in page and "没有做满就离开的人" in gone and world.she.person.shown_name in gone


def test_who_fell_out_is_a_page_with_the_reason(world, client):
    wish(world, world.he)
    vacancy(world)
    plan = put_in_force(world, worked(world))
    (row,) = Proposal.objects.filter(plan=plan, vacancy__isnull=False)
    commands.decline_proposal(proposal_id=row.pk, why="太远了", by=world.li, at=later(0, 2))
    client.force_login(world.officer, backend="django.contrib.auth.backends.ModelBackend")
    address = reverse("labour:campaign_stage", args=[world.drive.pk, "started"])
    assert "太远了" in client.get(address, {"lost": 1}).content.decode() and "太远了" not in client.get(address).content.decode()
    assert client.get(reverse("labour:campaign_stage", args=[world.drive.pk, "nothing"])).status_code == 404
