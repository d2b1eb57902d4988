"""Appraisal: a list only by a counted poll, only by consent, only by two hands; stories by consent, tips for one person (C26, C27, C29)."""

import json
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from tests.house.worlds import World
from wanjia.kernel.models import Entry
from wanjia.policy import appraisal as policy
from wanjia.registry.models import Household
from wanjia.verdict import Conflict, Refused

from ..appraisal import queries as appraisal
from ..appraisal.commands import cancel_round, count_round, list_round, stand_home, withdraw_entry
from ..appraisal_states import EntryState, RoundState, StoryState, StrictState
from ..demo import appraisal as lived
from ..models import Poll, RoleStory, SealedBallot, Shortcoming, Tip
from ..poll_states import PollState
from ..polls.commands import draw_poll
from ..stories import queries as stories
from ..stories.commands import pass_tip, show_story, withdraw_story
from ..stories.rules import visible_tips
from . import appraisal_factories as made
from . import factories
from .appraisal_factories import DAY, HEARD, who
from .poll_factories import homes as poll_homes
from .poll_factories import quick_keys

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


def states(one):
    return dict(one.entries.values_list("called", "state"))


# the law, by its rows


def test_the_rows_of_the_law_hold_from_their_day():
    before, after = policy.in_force(date(2025, 12, 31)), policy.in_force(date(2026, 1, 1))
    assert "第二十七条" in before.source and "第三十一条" in after.source and "第九条" in after.source
    assert (after.turnout, after.repair_days, after.strict_days) == ((1, 2), 7, 15)
    assert policy.in_force(date(2000, 1, 1)) is policy.editions()[0]
    assert policy.criteria(date(2021, 10, 31)) == () and len(policy.criteria(date(2021, 11, 1))) == 3


@pytest.mark.parametrize(("cast", "homes", "enough"), [(5, 10, True), (4, 10, False), (6, 11, True), (5, 11, False), (0, 0, False)])
def test_a_list_needs_half_of_the_homes(cast, homes, enough):
    assert policy.in_force(DAY).enough(cast, homes) is enough


@pytest.mark.parametrize(("text", "on", "word"), [
    ("柴草堆占了半边路", "list", None), ("他家孩子乱丢", "list", "孩子"), ("屋里堆满垃圾", "list", "屋里"), ("照顾生病的婆婆", "story", "生病"), ("又 懒 又脏", "list", "懒"), ("欠债 不还", "list", "欠债"),
    ("去上访", "list", "上访"), ("低保户", "story", "低保"), ("离婚", "list", "离婚"), ("罚五十元", "list", "罚"), ("得票最少", "list", "得票"), ("屋里也干净", "story", None),
])  # fmt: skip
def test_what_no_list_and_no_story_says(text, on, word):
    found = policy.crossed(text, on)
    assert (found[0] if found else None) == word and (found is None or found[1])


def test_every_line_of_never_names_its_source_and_its_texts():
    assert all(line.source and line.words and set(line.on) <= {policy.LIST, policy.STORY} and line.on for line in policy.nevers())


# the red list


def test_the_poll_chooses_and_another_hand_publishes(world):
    one = made.counted(world)
    assert (one.state, one.cast, one.homes) == (RoundState.COUNTED, 12, 12)
    assert states(one) == {"二组1号户": "entry_chosen", "二组2号户": "entry_chosen", "二组3号户": "entry_passed", "二组4号户": "entry_passed"}
    assert appraisal.on_board(world.datong, DAY, 50) == [], "nothing before another hand"
    with pytest.raises(Refused, match="请另一个人核对"):
        list_round(appraisal_round_id=one.pk, **who(world.register.yang))
    list_round(appraisal_round_id=one.pk, **who(world.clerk))
    assert [line.said for line in appraisal.on_board(world.datong, DAY, 50)] == ["2026 年第 4 季度红榜:二组1号户", "2026 年第 4 季度红榜:二组2号户"]


def test_half_of_a_smaller_card_weighs_as_much_and_who_is_level_is_in():
    board = {
        "classes": [{"options": ["甲", "乙"]}, {"options": ["丙", "丁"]}],
        "tally": [{"votes": [5, 0], "cast": 10}, {"votes": [2, 1], "cast": 4}],
    }
    assert appraisal.chosen(board, {"甲", "乙", "丙", "丁"}, 1) == {"甲", "丙"}
    assert appraisal.chosen(board, {"乙", "丁"}, 5) == {"丁"}, "without a vote nobody is chosen"
    assert appraisal.chosen(board, set(), 5) == set()


def test_too_few_votes_and_there_is_no_list(world):
    one = made.standing(world)
    one = count_round(appraisal_round_id=one.pk, poll=made.poll(world, one, away=4), **who(world.register.yang))
    assert (one.state, one.cast, one.homes) == (RoundState.NO_LIST, 4, 12) and set(states(one).values()) == {"entry_passed"}
    with pytest.raises(Refused):
        list_round(appraisal_round_id=one.pk, **who(world.clerk))


def test_exactly_half_is_enough(world):
    one = made.standing(world)
    assert count_round(appraisal_round_id=one.pk, poll=made.poll(world, one, away=3), **who(world.register.yang)).state == RoundState.COUNTED


def test_a_board_with_one_changed_vote_does_not_count(world):
    """The round takes nothing that the verifier refuses; the negative control: unchanged, it counts."""
    one = made.standing(world)
    poll = made.poll(world, one)
    board = json.loads(poll.board)
    board["tally"][0]["votes"][0] += 1
    poll.board = json.dumps(board, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    with pytest.raises(Refused, match="验不过"):
        type(poll).objects.filter(pk=poll.pk).update(board=poll.board)
        count_round(appraisal_round_id=one.pk, poll=poll, **who(world.register.yang))
    other = made.poll(world, one)
    assert count_round(appraisal_round_id=one.pk, poll=other, **who(world.register.yang)).state == RoundState.COUNTED


def test_who_takes_consent_back_is_gone_the_same_moment(world):
    entry = made.entry(world)
    withdraw_entry(red_entry_id=entry.pk, **who(world.visitor))
    assert [line.said for line in appraisal.on_board(world.datong, DAY, 50)] == ["2026 年第 4 季度红榜:二组2号户"]
    client = Client()
    client.force_login(world.leader, backend="django.contrib.auth.backends.ModelBackend")
    assert entry.called not in client.get(reverse("village:appraisal_round", args=[entry.round_id])).content.decode()


def test_who_took_it_back_before_the_count_is_passed_over(world):
    one = made.standing(world)
    poll = made.poll(world, one)
    withdraw_entry(red_entry_id=one.entries.get(called="二组1号户").pk, **who(world.visitor))
    one = count_round(appraisal_round_id=one.pk, poll=poll, **who(world.register.yang))
    assert states(one) == {"二组1号户": "entry_withdrawn", "二组2号户": "entry_chosen", "二组3号户": "entry_chosen", "二组4号户": "entry_passed"}


def test_no_home_takes_over_the_votes_of_one_that_took_its_consent_back(world):
    """The cards are printed: who stands now under the same words would be chosen by votes for another home."""
    one = made.standing(world)
    first = one.entries.order_by("called").first()
    votes = made.poll(world, one)
    withdraw_entry(red_entry_id=first.pk, **who(world.visitor))
    with pytest.raises(Conflict, match="这个称呼已经有了"):
        stand_home(appraisal_round_id=one.pk, home=made.home(world, 9), called=first.called, **HEARD, **who(world.visitor))
    stand_home(appraisal_round_id=one.pk, home=first.home, called=first.called, **HEARD, **who(world.visitor))
    count_round(appraisal_round_id=one.pk, poll=votes, **who(world.register.yang))
    assert one.entries.get(called=first.called, state=EntryState.CHOSEN).home_id == first.home_id


def test_a_list_comes_down_by_itself(world):
    one = made.listed(world)
    last = one.until_on
    assert (last - one.listed_on).days == 91 and len(appraisal.on_board(world.datong, last, 50)) == 2
    assert appraisal.on_board(world.datong, last + timedelta(days=1), 50) == []


def test_a_group_sees_its_own_list_and_the_villages(world):
    one = made.listed(world)
    assert len(appraisal.on_board(world.datong, DAY, 50, "三组")) == 2
    type(one).objects.filter(pk=one.pk).update(group_name="一组")
    assert appraisal.on_board(world.datong, DAY, 50, "三组") == [] and len(appraisal.on_board(world.datong, DAY, 50, "一组")) == 2
    assert len(appraisal.on_board(world.datong, DAY, 1)) == 1


def test_one_appraisal_a_quarter_unless_called_off(world):
    one = made.standing(world)
    cancel_round(appraisal_round_id=one.pk, reason="票没有发齐", **who(world.visitor))
    again = made.draw_round(village=world.datong, places=2, **made.NOV, **who(world.visitor))
    assert again.pk != one.pk and again.state == RoundState.STANDING


def test_whoever_may_not_keep_it_sees_no_home_that_was_not_listed(world):
    one = made.counted(world)
    client = Client()
    client.force_login(world.leader, backend="django.contrib.auth.backends.ModelBackend")
    body = client.get(reverse("village:appraisal_round", args=[one.pk])).content.decode()
    assert "二组3号户" not in body and "二组1号户" not in body




# stories and tips


def test_a_story_is_shown_by_another_hand_for_a_year_and_gone_when_the_home_says_so(world):
    one = made.story(world)
    assert stories.on_board(world.datong, DAY, 50) == []
    with pytest.raises(Refused, match="请另一个人核对"):
        show_story(role_story_id=one.pk, **who(world.register.yang))
    one = made.story(world, StoryState.SHOWN)
    assert [line.said for line in stories.on_board(world.datong, one.until_on, 50)] == ["二组老岩家:十年管护水池。每个月清一次水池,没有拿过一分钱。"]
    assert stories.on_board(world.datong, one.until_on + timedelta(days=1), 50) == [] and (one.until_on - one.shown_on).days == 364
    withdraw_story(role_story_id=one.pk, **who(world.visitor))
    assert stories.on_board(world.datong, DAY, 50) == []


def test_who_only_looks_at_the_village_opens_no_story_that_is_not_shown(world):
    """Not by its address either: written and not shown, taken back, over. Whoever keeps stories does."""
    one = made.story(world)
    where, mine = reverse("village:role_story", args=[one.pk]), Client()
    mine.force_login(world.leader, backend="django.contrib.auth.backends.ModelBackend")
    assert mine.get(where).status_code == 404
    made.story(world, StoryState.SHOWN)
    assert "没有拿过一分钱" in mine.get(where).content.decode()
    RoleStory.objects.update(shown_on=date(2020, 1, 1), until_on=date(2020, 12, 30))
    assert mine.get(where).status_code == 404
    RoleStory.objects.update(shown_on=DAY, until_on=date(2999, 1, 1))
    withdraw_story(role_story_id=one.pk, **who(world.visitor))
    assert mine.get(where).status_code == 404
    keeper = Client()
    keeper.force_login(world.visitor, backend="django.contrib.auth.backends.ModelBackend")
    assert keeper.get(where).status_code == 200


def test_whoever_wrote_a_tip_down_is_never_given_it(world):
    """Nor a second account of the same person, nor when it is handed on, nor when the one it was given to has left."""
    with pytest.raises(Refused, match="谁写下的"):
        made.give_tip(village=world.datong, to=world.register.yang, words="水沟边有人倒垃圾", **who(world.register.yang))
    one = made.tip(world)
    with pytest.raises(Refused, match="谁写下的"):
        pass_tip(tip_id=one.pk, to=world.register.yang, **who(world.visitor))
    name = world.clerk.name
    type(world.visitor).objects.filter(pk=world.clerk.pk).update(name=world.register.yang.name, phone="")
    with pytest.raises(Refused, match="谁写下的"):
        pass_tip(tip_id=one.pk, to=who(world.clerk)["by"], **who(world.visitor))
    type(world.visitor).objects.filter(pk=world.clerk.pk).update(name=name)
    type(world.visitor).objects.filter(pk=world.visitor.pk).update(is_active=False)
    assert visible_tips(who(world.clerk)["by"]).exists() and not visible_tips(who(world.register.yang)["by"]).exists()


def test_consent_by_word_says_who_heard_it(world):
    with pytest.raises(Refused, match="谁在场"):
        made.write_story(home=made.home(world, 1), called="老岩家", title="管水池", words="每个月清一次水池,很认真", **HEARD | {"heard": "在"}, **who(world.visitor))
    assert not RoleStory.objects.exists()


def test_a_tip_is_opened_by_one_person_and_lies_sealed(world):
    one = made.tip(world)
    for user, n in ((world.visitor, 1), (world.register.yang, 0), (world.clerk, 0), (world.leader, 0), (made.second(world), 0)):
        assert visible_tips(who(user)["by"]).count() == n, user
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT words, teller FROM village_tip")
        assert not any(word in str(cursor.fetchone()) for word in ("水沟", "卯大嫂"))
    lines = str(list(Entry.objects.filter(act__startswith="tip.").values_list("reason", "detail", "subject_id")))
    assert "卯大嫂" not in lines and "水沟" not in lines and str(one.pk) in lines


def test_a_tip_that_is_handed_on_is_the_others_alone_and_one_of_who_left_is_not_stuck(world):
    one = made.tip(world)
    Tip.objects.update(told_by=world.leader)
    pass_tip(tip_id=one.pk, to=made.second(world), **who(world.visitor))
    assert not visible_tips(who(world.visitor)["by"]).exists() and visible_tips(who(made.second(world))["by"]).exists()
    type(world.visitor).objects.filter(username="datong2").update(is_active=False)
    assert visible_tips(who(world.clerk)["by"]).exists() and not visible_tips(who(world.leader)["by"]).exists()
    assert Tip.objects.get().to_id == made.second(world).pk


def test_an_entry_stands_under_its_states(world):
    entry = made.entry(world)
    assert entry.state == EntryState.LISTED
    with pytest.raises(Refused):
        stand_home(appraisal_round_id=entry.round_id, home=made.home(world, 9), called="九号户", **HEARD, **who(world.visitor))


def test_the_demo_village_lives_a_quarter_through_the_acts(world):
    """Two hands, a poll on paper counted twice, a red list of which one home thinks better; told twice it does nothing."""
    factories.body(world, seats=10)
    factories.body(world, "supervision", seats=3)
    poll_homes(world, 48)
    said = []
    with quick_keys():
        told = lived.live(world.datong.code, said.append)
    assert told["cast"] * 2 >= told["homes"] >= 48 and told["listed"] >= 3 and told["told"] == 3 and said
    assert sorted(Shortcoming.objects.values_list("state", flat=True)) == ["short_repaired", "short_told", "short_told"]
    assert not lived.live(world.datong.code, said.append)


@pytest.mark.parametrize(("make", "facts"), [
    (made.listed, {"until_on": None}), (made.listed, {"listed_on": None}), (made.counted, {"cast": None}), (made.counted, {"homes": None}),
    (lambda w: made.strict(w, StrictState.UP), {"until_on": None}), (lambda w: made.strict(w, StrictState.UP), {"from_on": None}),
    (lambda w: made.story(w, StoryState.SHOWN), {"until_on": None}), (lambda w: made.story(w, StoryState.SHOWN), {"shown_on": None}),
], ids=["list without an end", "list without a start", "no votes", "no homes", "notice without an end", "notice without a start", "story without an end", "story without a start"])  # fmt: skip
def test_no_day_and_no_count_is_missing_by_the_database_itself(world, make, facts):
    """A CHECK that compares with nothing passes: it asks first whether anything is there."""
    one = make(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        type(one).objects.filter(pk=one.pk).update(**facts)


def test_an_appraisal_that_is_called_off_takes_its_poll_along(world):
    """One act: what was cast is gone uncounted, poll and appraisal both say why; another vote on other homes, or on a question, goes on."""
    one = made.standing(world, 4)
    lines = appraisal.said_to_poll(one)
    with quick_keys():
        poll_homes(world, 18)
        mine = draw_poll(area=world.datong, question="第四季度评哪几户?", roll_on=DAY, standing=lines, most=1, **who(world.visitor))
        more = [f"{home.number} {home.number}" for home in poll_homes(world, 18) if home.number not in lines][:4]
        other = draw_poll(area=world.datong, question="评哪几户卫生?", roll_on=DAY, standing="\n".join(more), most=1, **who(world.visitor))
        late = draw_poll(area=world.datong, question="上一季评哪几户?", roll_on=date(2026, 9, 30), standing=lines, most=1, **who(world.visitor))
        asked = draw_poll(area=world.datong, question="村口的路灯装不装?", roll_on=DAY, options="装\n不装", most=1, **who(world.visitor))
    Poll.objects.filter(pk=mine.pk).update(state=PollState.VOTING)
    SealedBallot.objects.create(poll=mine, cls=mine.classes.first(), kind="code", bearer="f" * 64, sealed="")
    cancel_round(appraisal_round_id=one.pk, reason="票没有发齐", **who(world.visitor))
    mine.refresh_from_db()
    assert (mine.state, mine.closing, mine.board) == (PollState.CANCELLED, "季度评比不办了:票没有发齐", "") and not SealedBallot.objects.exists()
    assert {each.state for each in Poll.objects.filter(pk__in=[other.pk, late.pk, asked.pk])} == {PollState.ISSUING}
    assert Entry.objects.filter(act="poll.cancel", subject_id=str(mine.pk)).count() == 1
    client = Client()
    client.force_login(world.visitor, backend="django.contrib.auth.backends.ModelBackend")
    assert "投过的票没有打开就销毁了,没有计票" in client.get(reverse("village:appraisal_round", args=[one.pk])).content.decode()


def test_a_groups_vote_goes_on_when_the_villages_appraisal_is_called_off(world):
    """The group's four homes agreed to stand in the village's appraisal too: the vote on just these is the group's, and what was cast in it stays."""
    for i in range(4):
        Household.objects.filter(pk=made.home(world, i).pk).update(group_name="二组")
    one, ours = made.standing(world, 6), made.standing(world, 4, group_name="二组")
    with quick_keys():
        poll_homes(world, 18)
        vote = draw_poll(area=world.datong, question="二组评哪几户?", roll_on=DAY, standing=appraisal.said_to_poll(ours), most=1, **who(world.visitor))
        all_of_it = draw_poll(area=world.datong, question="全村评哪几户?", roll_on=DAY, standing=appraisal.said_to_poll(one), most=1, **who(world.visitor))
    cancel_round(appraisal_round_id=one.pk, reason="票没有发齐", **who(world.visitor))
    assert (Poll.objects.get(pk=vote.pk).state, Poll.objects.get(pk=all_of_it.pk).state) == (PollState.ISSUING, PollState.CANCELLED)
    cancel_round(appraisal_round_id=ours.pk, reason="票没有发齐", **who(world.visitor))
    assert Poll.objects.get(pk=vote.pk).state == PollState.CANCELLED


def test_a_poll_that_was_counted_stays_published_when_its_appraisal_is_called_off(world):
    one = made.counted(world)
    cancel_round(appraisal_round_id=one.pk, reason="票没有发齐", **who(world.visitor))
    assert Poll.objects.get().state == PollState.CLOSED and Poll.objects.get().board
