"""The public board: what was put up stands there and nothing else; it is found by every name of the village, and printed as it reads."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.house.worlds import World
from wanjia.orgs.models import AreaAlias

from ..board import queries
from ..bodies.queries import groups_of, in_turn
from ..models import AgendaItem, GoverningBody
from ..states import ItemState, MeetingState
from . import factories as made
from . import poll_factories as polls

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db, monday):
    """The house's small world; its village worker keeps meetings."""
    return World()


def read(world, **asked):
    """Return what a stranger without account reads."""
    return Client().get(reverse("village:public_board", args=[world.datong.pk]), asked)


def section(world, name, group="", day=made.DAY):
    """Return the lines of one section of the board."""
    found = {one.id: [line.said for line in lines] for one, lines in queries.board(world.datong, day, group)}
    return found.get(name, [])


def test_what_is_up_may_be_objected_to_and_afterwards_it_was_decided(world):
    notice = made.posted(world)
    assert len(section(world, "objecting")) == 1
    assert section(world, "decided") == []
    after = notice.until_on + timedelta(days=1)
    assert section(world, "objecting", day=after) == []
    said = section(world, "decided", day=after)
    assert len(said) == 1
    assert "同意 6、不同意 0、弃权 0" in said[0]
    assert "前落实" in said[0]


def test_a_removal_is_put_up_and_decided_without_the_name_that_its_title_bears(world):
    """What villagers ask for by a list goes to the assembly under their own words: the notice of the meeting, what is up and what was decided say the matter."""
    notice = made.posted(world)
    AgendaItem.objects.filter(pk=notice.item_id).update(title="罢免村委会主任卯发林", matter="removal")
    coming = made.meeting(world, day=made.DAY + timedelta(days=20), of=notice.item.body)
    item = made.item(world, of=coming.body, title="罢免村委会委员卯发林", matter="removal")
    AgendaItem.objects.filter(pk=item.pk).update(state=ItemState.ON_AGENDA, meeting=coming)
    after = notice.until_on + timedelta(days=1)
    for said in (section(world, "objecting"), section(world, "meetings"), section(world, "decided", day=after)):
        assert "罢免村民委员会成员" in "".join(map(str, said)) and "卯发林" not in "".join(map(str, said)), said
    page = Client().get(reverse("village:public_objecting", args=[world.datong.pk, notice.pk])).content.decode()
    assert "罢免村民委员会成员" in page and "卯发林" not in page


def test_what_was_to_be_carried_out_says_whether_it_was(world):
    notice = made.posted(world)
    late = notice.item.due_on + timedelta(days=1)
    assert "已经过期" in section(world, "decided", day=late)[0]
    AgendaItem.objects.filter(pk=notice.item_id).update(done_on=late, done_words="池子搬好了")
    assert "已落实:池子搬好了" in section(world, "decided", day=late)[0]


def test_what_was_taken_down_or_never_put_up_stands_nowhere(world):
    made.decided(world)
    made.posted(world, withdrawn_on=made.DAY, withdrawn_because="异议采纳")
    for day in (made.DAY, made.DAY + timedelta(days=40)):
        assert section(world, "objecting", day=day) == section(world, "decided", day=day) == []


def test_an_objection_is_counted_and_neither_its_words_nor_a_name_is_shown(world):
    made.objection(world, name="路过客")
    page = read(world).content.decode()
    assert "1 条异议" in page
    assert "味道大" not in page
    assert "路过客" not in page


def test_a_group_reads_its_own_and_what_is_the_whole_villages(world):
    for n, group in enumerate(("", "一组", "二组")):
        body = made.body(world, "group" if group else "council", 3, group_name=group, name=f"会{n}")
        held = made.meeting(world, MeetingState.OPENED, of=body, came=3)
        one = made.item(world, ItemState.PASSED, at=held, title=f"事{n}")
        made.posted(world, made.filing(world, one).item)
    made.home(world, 21, group="一组")
    assert sorted(said[:2] for said in section(world, "objecting")) == ["事0", "事1", "事2"]
    assert sorted(said[:2] for said in section(world, "objecting", "一组")) == ["事0", "事1"]
    assert read(world, group="一组").status_code == 200
    assert read(world, group="没有的组").status_code == 404


def test_points_stand_as_a_sum_a_group_and_no_home(world):
    from .point_factories import claim

    one = claim(world, "claim_posted")
    said = section(world, "points") + section(world, "objecting")
    assert any("积分公示 1 件" in line for line in said)
    assert not any(one.home.number in line or one.words in line for line in said)
    assert not any("积分公示" in line for line in section(world, "objecting", day=one.until_on + timedelta(days=1)))


def test_the_months_without_a_meeting_are_told(world):
    body = made.body(world, seats=10)
    made.meeting(world, MeetingState.CLOSED, of=body)
    assert "开成 1 个月" in section(world, "meetings")[0]
    coming = made.meeting(world, of=body, day=made.DAY + timedelta(days=3))
    one = made.item(world, of=body, title="修水渠")
    AgendaItem.objects.filter(pk=one.pk).update(state=ItemState.ON_AGENDA, meeting=coming)
    assert "议题:修水渠" in section(world, "meetings")[0]


def test_who_holds_an_office_stands_by_name_and_a_group_by_none(world):
    made.body(world, "committee", 2, name="大同村委会")
    made.body(world, "group", 2, group_name="一组", name="一组小组会议")
    said = section(world, "bodies")
    assert any(made.NAMES[0] in line for line in said if line.startswith("大同村委会"))
    assert not any(name in line for name in made.NAMES for line in said if line.startswith("一组"))


def test_a_village_is_found_by_every_name_that_people_use(world):
    made.body(world, "branch", name="花田党支部", aliases="花园党支部、老支部")
    AreaAlias.objects.create(area=world.datong, name="大桶")
    for asked in ("大同", "花田", "花园", "大桶"):
        assert world.datong.name in Client().get("/g/", {"q": asked}).content.decode(), asked
    assert "没有找到" in Client().get("/g/", {"q": "天上"}).content.decode()


def test_a_village_without_a_body_has_no_board(world):
    assert read(world).status_code == 404
    body = made.body(world)
    assert read(world).status_code == 200
    GoverningBody.objects.filter(pk=body.pk).update(to_on=made.DAY)
    assert read(world).status_code == 404


def test_the_sheet_is_the_villages_own(world, client):
    made.posted(world)
    address = reverse("village:board_paper", args=[world.datong.pk])
    client.force_login(world.visitor, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(address)["Content-Type"] == "application/pdf"
    client.force_login(world.stranger, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(address).status_code in (403, 404)


def test_groups_stand_in_the_order_in_which_they_are_counted(world):
    names = ["一组", "2组", "三组", "第四村民小组", "十组", "十二组", "二十组", "二十三组", "王家湾"]
    assert sorted(sorted(names), key=in_turn) == names != sorted(names)
    for n, name in enumerate(("十组", "二组", "一组", "一组")):
        made.villager(world, n, group=name)
    assert groups_of(world.datong.pk) == ["一组", "二组", "十组"]


def test_a_vote_stands_there_while_it_is_counted_too(world):
    made.body(world)
    voting, _codes, _phones = polls.ended(world)
    assert section(world, "votes") == [f"正在计票:{voting.question}"]
    assert "正在计票" in Client().get(f"/v/{voting.pk}/").content.decode()
