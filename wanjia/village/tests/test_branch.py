"""The branch: a domain of its own, what counts only after two hands, votes by the rules, what is missing, who is in charge of a lane, pledges, clean-up days, what hangs on the board."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.house.quicker import just_before
from tests.house.worlds import World
from wanjia.kernel.tests.tried import MONDAY
from wanjia.orgs.carried import DUTIES
from wanjia.orgs.models import User
from wanjia.orgs.roles import Role
from wanjia.reporting.figures.population import populations
from wanjia.reporting.figures.queries import figures
from wanjia.verdict import Conflict, Refused

from ..branch import queries, rules
from ..branch.commands import (
    cancel_activity,
    change_member,
    check_activity,
    decide_in_branch,
    enter_member,
    leave_branch,
    mark_attendance,
)
from ..branch_duties import queries as duties
from ..branch_duties.commands import decide_duty, end_holding, hide_holder
from ..branch_states import ActivityState, CleanUpState, HoldingState, PledgeState
from ..cleanups import queries as cleanups
from ..cleanups.commands import check_cleanup
from ..demo.branch import live
from ..duties import Duty
from ..models import BranchActivity, DutyHolding, PartyMember, Pledge, RecruitStep
from ..pledges.commands import give_pledge_back, keep_pledge, tell_pledge
from . import branch_factories as made
from .branch_factories import by
from .factories import DAY, body, villager

pytestmark = pytest.mark.django_db
OURS = {Duty.SEE_BRANCH, Duty.KEEP_BRANCH, Duty.KEEP_RECRUITS}
BRANCH_ROLES = {Role.BRANCH_SECRETARY, Role.BRANCH_ORGANISER}
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def world():
    return World()


def opened(world, who, name, *args):
    """Open a page; return its answer."""
    client = Client()
    if who:
        client.force_login(User.objects.get(pk=getattr(world, who).pk), backend=BACKEND)
    return client.get(reverse(f"village:{name}", args=args))


def test_no_other_role_carries_a_duty_of_the_branch():
    assert {role for role, carried in DUTIES.items() if carried & OURS} == BRANCH_ROLES


@pytest.mark.parametrize("who", ["visitor", "clerk", "township_leader", "leader", "ledger", "admin", "auditor"])
def test_nobody_else_opens_the_branch(world, who):
    """The village's clerk, leaders, administration: no list, no row, no act of it."""
    made.decided(world)
    rows = {
        "branch": [], "party_members": [made.branch(world).pk], "branch_activity": [made.activity(world, ActivityState.HELD).pk], "branch_duties": [], "pledges": [], "recruiting": [],
        "candidate": [made.candidate(world, 1).pk], "member_new": [], "candidate_new": [], "candidate_step": [made.candidate(world, 1).pk],
    }  # fmt: skip
    assert {name: opened(world, who, name, *args).status_code for name, args in rows.items() if opened(world, who, name, *args).status_code not in (403, 404)} == {}
    assert {opened(world, "secretary", name, *args).status_code for name, args in rows.items()} == {200}, "the walk above meets pages that open"


def test_another_branch_is_another_domain(world):
    """The secretary of the next village sees nothing of this one."""
    from .acts_branch import afar

    world.far = afar(world)
    one = made.activity(world)
    assert opened(world, "far", "branch_activity", one.pk).status_code == 404
    assert one.topic not in opened(world, "far", "branch").content.decode()


def test_members_on_probation_have_no_vote_and_a_telephone_none_either(world):
    one = made.activity(world, ActivityState.HELD, came=0)
    assert (one.due, one.voters_due) == (9, 7)
    members = made.members(world)
    mark_attendance(branch_activity_id=one.pk, attended="on_paper", members=[members[0], members[7]], **by(world))
    mark_attendance(branch_activity_id=one.pk, attended="by_phone", members=[members[1]], **by(world))
    mark_attendance(branch_activity_id=one.pk, attended="on_leave", members=[members[2]], reason="在浙江务工", **by(world))
    one.refresh_from_db()
    assert (one.came, one.phoned, one.excused, one.voters_came) == (2, 1, 1, 1)


@pytest.mark.parametrize(("came", "votes", "passed"), [
    pytest.param(4, (4, 0, 0), True, id="four of seven are more than half"), pytest.param(5, (3, 1, 1), False, id="most of those there, not of those due"), pytest.param(3, None, None, id="three of seven: below quorum"),
])
def test_a_decision_takes_more_than_half_of_all_who_are_due(world, came, votes, passed):
    one = made.activity(world, ActivityState.HELD, came=came)
    what = {"branch_activity_id": one.pk, "matter": "ordinary", "words": "每月清扫一次"}
    if votes is None:
        with pytest.raises(Refused, match="人数不足"):
            decide_in_branch(**what, votes_for=3, votes_against=0, votes_abstain=0, **by(world))
        return
    decide_in_branch(**what, **dict(zip(("votes_for", "votes_against", "votes_abstain"), votes, strict=True)), **by(world))
    assert one.decisions.get().passed is passed


def test_what_the_village_decides_on_asks_for_two_thirds(world):
    """四议两公开: four of seven are enough for the branch's own matters, five for the village's."""
    one = made.activity(world, ActivityState.HELD, came=4)
    with pytest.raises(Refused, match="要到 5 人"):
        decide_in_branch(branch_activity_id=one.pk, matter="four_steps", words="修三组水沟", votes_for=4, votes_against=0, votes_abstain=0, **by(world))


def test_a_roll_is_what_it_was_on_its_day(world):
    """Who leaves the branch later stays on the roll; who changes what he is keeps the vote he had."""
    one = made.activity(world, ActivityState.HELD)
    PartyMember.objects.update(to_on=DAY)
    one.refresh_from_db()
    assert (one.due, one.roll.count()) == (9, 9)


def test_it_counts_and_is_posted_after_a_second_hand(world):
    """One clerk's word is neither counted nor on the board: the same meeting, checked, is both."""
    one, counts = made.activity(world, ActivityState.HELD), {}
    for turn in ("held", "checked"):
        if turn == "checked":
            check_activity(branch_activity_id=one.pk, **by(world, "organiser"))
        rows = {row["id"]: row["n"] for row in figures(BranchActivity.objects.all(), None, DAY)}
        counts[turn] = (rows["branch_activities.held"], len(queries.on_board(world.datong, DAY, 9, "")))
    assert counts == {"held": (0, 0), "checked": (1, 1)}
    posted = queries.on_board(world.datong, DAY, 9, "")[0]
    assert posted.said == "支部党员大会:讨论人居环境整治" and not any(str(member) in posted.said for member in made.members(world))


def test_whoever_marked_the_roll_does_not_check_it(world):
    """Held by the one, marked by the other: neither of them is the second hand."""
    one = made.activity(world, ActivityState.HELD)
    mark_attendance(branch_activity_id=one.pk, attended="on_paper", members=made.members(world)[:8], **by(world, "organiser"))
    for who in ("secretary", "organiser"):
        with pytest.raises(Refused, match="自己登记的自己不能核对"):
            check_activity(branch_activity_id=one.pk, **by(world, who))


def test_what_is_missing_is_a_row_until_it_was_held(world):
    made.members(world)
    ours = made.branch(world)
    before = {(one.kind, one.span, one.cell) for one in queries.missing(ours, DAY)}
    assert ("theme_day", "2026-10", "") in before and ("group_meeting", "2026-10", "一组") in before and ("members_meeting", "2026 Q3", "") in before
    assert not any(span in ("2026-11", "2026 Q4", "2026") for _kind, span, _cell in before), "what is not over is not missing"
    made.activity(world, ActivityState.HELD, kind="theme_day", day=date(2026, 10, 20))
    assert before - {(one.kind, one.span, one.cell) for one in queries.missing(ours, DAY)} == {("theme_day", "2026-10", "")}


def test_a_cancelled_one_is_missing_still(world):
    made.members(world)
    one = made.activity(world, kind="theme_day", day=date(2026, 10, 20))
    BranchActivity.objects.filter(pk=one.pk).update(state=ActivityState.CANCELLED, closing="下雨")
    assert ("theme_day", "2026-10") in {(row.kind, row.span) for row in queries.missing(made.branch(world), DAY)}


def test_a_theme_day_off_its_day_says_why(world):
    made.fixed(world)
    one = made.activity(world, kind="theme_day", day=DAY - timedelta(days=3), moved="收花椒,改到收完")
    assert one.moved and one.setting == "in_fields"


def lanes(world, words=""):
    """The public page, signed out."""
    return Client().get(reverse("village:lanes", args=[world.datong.pk]), {"q": words}).content.decode()


def test_anybody_asks_who_is_in_charge_of_a_lane(world):
    """By consent the name; else that somebody is; nothing else of the branch."""
    holder = made.holding(world, HoldingState.HELD)
    name = str(holder.member)
    assert name in lanes(world, "二组水沟") and "环境卫生" in lanes(world, "水沟") and name not in lanes(world, "村小路口")
    hide_holder(duty_holding_id=holder.pk, **by(world))
    assert name not in lanes(world, "水沟") and "已有人负责" in lanes(world, "水沟")
    assert holder.decided_words not in lanes(world) and "党支部" not in lanes(world)


@pytest.mark.parametrize("state", [HoldingState.CLAIMED, HoldingState.OVER])
def test_who_does_not_hold_it_is_not_named(world, state):
    holder = made.holding(world, state)
    assert str(holder.member) not in lanes(world) and "还没有人负责" in lanes(world)
    assert duties.on_board(world.datong, DAY, 9, "") == []


def test_a_term_that_is_over_names_nobody(world):
    holder = made.holding(world, HoldingState.HELD)
    assert str(holder.member) in duties.on_board(world.datong, DAY, 9, "")[0].said
    assert duties.on_board(world.datong, DAY + timedelta(days=366), 9, "") == []


def test_two_who_decide_on_one_duty_give_it_once(world):
    """The other hand is quicker, between the look and the write: the database keeps it to one."""
    first, second = made.holding(world), made.holding(world, n=4)
    quicker = {"state": HoldingState.HELD, "from_on": DAY, "until_on": DAY, "decided_words": "支委会"}
    what = {"decided_words": "支委会确定", "from_on": DAY, "until_on": DAY + timedelta(days=9)}
    with just_before("UPDATE", DutyHolding, lambda: DutyHolding.objects.filter(pk=first.pk).update(**quicker)) as came, pytest.raises(Conflict, match="已经有人在岗"):
        decide_duty(duty_holding_id=second.pk, **what, **by(world, "organiser"))
    assert came
    first.refresh_from_db()
    end_holding(duty_holding_id=made.holding(world, HoldingState.HELD).pk, reason="外出", **by(world))
    assert decide_duty(duty_holding_id=second.pk, **what, **by(world, "organiser")).state == HoldingState.HELD


def test_a_pledge_is_followed_like_a_need(world):
    """Told with a proof, seen by another, given back where something is missing; late, with the reason."""
    one = made.pledge(world, PledgeState.TOLD)
    give_pledge_back(pledge_id=one.pk, reason="还差两块盖板", **by(world, "organiser"))
    late = by(world, at=MONDAY + timedelta(days=40))
    with pytest.raises(Refused, match="为什么晚了"):
        tell_pledge(pledge_id=one.pk, proof="都补好了", **late)
    tell_pledge(pledge_id=one.pk, proof="都补好了", why_late="水泥没有到", **late)
    one = keep_pledge(pledge_id=one.pk, **by(world, "organiser", MONDAY + timedelta(days=41)))
    rows = {row["id"]: (row["n"], row["N"]) for row in figures(type(one).objects.all(), None, DAY + timedelta(days=45))}
    assert rows == {"pledges.due": (1, None), "pledges.kept": (1, 1), "pledges.late": (1, 1), "pledges.failed": (0, 1)}


def test_members_stand_in_no_order_of_pledges(world):
    """Pledges are listed by their days; the members of a branch, with nothing of pledges beside them."""
    made.pledge(world, PledgeState.KEPT)
    page = opened(world, "secretary", "pledges")
    assert [one.state for one in page.context["page"]] == [PledgeState.KEPT]
    members = opened(world, "secretary", "party_members", made.branch(world).pk).context["members"]
    assert [one.office for one in members] == ["plain_member"] and not hasattr(members[0], "kept")


def test_a_clean_up_day_is_counted_and_posted_after_a_second_hand(world):
    one = made.cleanup(world, CleanUpState.HELD)
    assert cleanups.on_board(world.datong, DAY, 9, "") == []
    with pytest.raises(Refused, match="自己登记扫完的"):
        check_cleanup(clean_up_id=one.pk, **by(world, "visitor"))
    check_cleanup(clean_up_id=one.pk, **by(world))
    assert [line.said for line in cleanups.on_board(world.datong, DAY, 9, "")] == ["清扫日:村道和水沟,10 人参加,2 段扫净 1 段"]
    assert world.register.head.name not in cleanups.on_board(world.datong, DAY, 9, "")[0].said


def test_the_clerk_keeps_clean_up_days_and_sees_no_branch(world):
    one = made.cleanup(world)
    assert opened(world, "visitor", "clean_up", one.pk).status_code == 200 and opened(world, "visitor", "branch").status_code in (403, 404)


def test_each_figure_is_asked_as_of_its_day(world):
    """The day before it was held: nothing; on its day: all of it."""
    made.activity(world, ActivityState.CHECKED)
    made.holding(world, HoldingState.HELD)
    made.cleanup(world, CleanUpState.CHECKED)
    names = ("branch_activities", "branch_roll", "branch_duties", "cleanups", "cleanup_sections")
    of = {one.name: one for one in populations() if one.name in names}
    now, before = ({name: {row["id"].split(".")[1]: row["n"] for row in figures(of[name].rows.objects.all(), day, DAY)} for name in names} for day in (DAY, DAY - timedelta(days=1)))
    assert now == {
        "branch_activities": {"held": 1, "this_year": 1, "fields": 1, "moved": 0}, "branch_roll": {"due": 9, "came": 7, "leave": 0}, "branch_duties": {"all": 1, "held": 1},
        "cleanups": {"held": 1, "this_year": 1}, "cleanup_sections": {"all": 2, "came": 2, "clean": 1},
    }  # fmt: skip
    assert {name: sum(found.values()) for name, found in before.items()} == dict.fromkeys(names, 0) | {"branch_duties": 1}


def test_the_sheet_to_sign_prints_who_is_due(world):
    answer = opened(world, "secretary", "branch_sheet", made.activity(world).pk)
    assert answer.status_code == 200 and b"%PDF" in b"".join(answer.streaming_content if answer.streaming else [answer.content])[:9]


def test_the_demo_lives_in_its_order(world):
    """Five months of a branch by its own acts: what each page of the demo shows, and no second life on top of the first."""
    for n in range(24):
        villager(world, n, born=date(1970 + n, 1, 1))
    body(world, "council", from_on=date(2026, 1, 5))
    told = live("530625000000", lambda _words: None)
    assert (told["duties"], told["pledges"], told["recruits"], told["cleanups"]) == (6, 6, 4, 5) and told["activities"] >= 10 and told["reviewed"] == 12
    assert live("530625000000", lambda _words: None) == {}
    assert set(Pledge.objects.values_list("state", flat=True)) == set(PledgeState.values)
    assert RecruitStep.objects.exclude(breach="agrees").filter(acked_at=None).count() == 0 and RecruitStep.objects.exclude(breach="agrees").exists()


@pytest.mark.parametrize("how", ["left", "died"])
def test_who_left_the_branch_or_died_stands_on_no_public_page(world, how):
    """The consent was to be found as the holder: whoever is none any more is not named, whether or not somebody wrote the duty's end down."""
    one = made.holding(world, HoldingState.HELD)
    name, before, after = one.member.person.name, DAY + timedelta(days=1), DAY + timedelta(days=2)
    if how == "left":
        leave_branch(party_member_id=one.member_id, to_on=after, **by(world, at=MONDAY + timedelta(days=2)))
    else:
        type(one.member.person).objects.filter(pk=one.member.person_id).update(died_on=after)
    found = {day: (duties.in_charge(world.datong.pk, "老街巷", day)[0][1:], str(duties.on_board(world.datong, day, 9, ""))) for day in (before, after)}
    assert found[before][0] == (name, True) and name in found[before][1]
    assert found[after][0] == ("", False) and name not in found[after][1]


@pytest.mark.parametrize(("days", "due"), [(0, made.MEMBERS - 1), (1, made.MEMBERS)])
def test_nobody_is_due_who_had_died(world, days, due):
    """A vote needs more than half of all who are due: the dead are not among them, from the day on which they died."""
    person = made.members(world)[3].person
    type(person).objects.filter(pk=person.pk).update(died_on=DAY + timedelta(days=days))
    assert made.activity(world, ActivityState.HELD, came=3).due == due


def test_of_two_who_become_secretary_at_once_one_does(world):
    """The other hand named another a moment before: the second is told, and nothing falls over."""
    one, other = made.member(world, 1), made.member(world, 2)
    quicker = PartyMember.objects.filter(pk=other.pk)
    with just_before("UPDATE", PartyMember, lambda: quicker.update(office="secretary")) as came, pytest.raises(Conflict, match="已经有书记"):
        change_member(party_member_id=one.pk, office="secretary", full_on=made.FULL, cell="一组", **by(world))
    assert came and PartyMember.objects.get(pk=one.pk).office == "committee_member"


@pytest.mark.parametrize(("days", "may"), [(-1, False), (0, True)])
def test_who_comes_back_stands_on_no_roll_twice(world, days, may):
    """Entered anew for days on which he was entered before, one member had two rows on a roll of these days, and two votes."""
    members = made.members(world)
    leave_branch(party_member_id=members[3].pk, to_on=DAY - timedelta(days=5), **by(world))
    again = {"body": made.branch(world), "name": members[3].person.name, "office": "plain_member", "full_on": made.FULL, "from_on": DAY - timedelta(days=5) + timedelta(days=days), **by(world)}
    if may:
        enter_member(**again)
    else:
        with pytest.raises(Refused, match="那时还在册"):
            enter_member(**again)
    for day in (DAY - timedelta(days=6), DAY - timedelta(days=5), DAY):
        who = [one.person_id for one in queries.members_on(made.branch(world), day)]
        assert len(who) == len(set(who))


def test_a_clean_up_day_that_was_only_planned_leaves_the_board(world):
    """Nobody wrote down that it was held: from the next day on it is announced no longer."""
    made.cleanup(world)
    assert [len(cleanups.on_board(world.datong, DAY + timedelta(days=n), 9, "")) for n in (-1, 0, 1)] == [1, 1, 0]


@pytest.mark.parametrize(("came", "held"), [(1, False), (2, True)])
def test_a_committee_of_which_half_did_not_come_was_not_held(world, came, held):
    """支部工作条例: of three, two must come. One came: nobody checks it as held; it is called off with the reason, its roll stays, its month is missing, another may be called for the day."""
    one = made.activity(world, ActivityState.HELD, kind="committee_meeting", came=came, day=date(2026, 10, 20))
    assert (one.due, one.came) == (3, came)
    if held:
        with pytest.raises(Refused, match="已经登记开了"):
            cancel_activity(branch_activity_id=one.pk, reason="人数不足", **by(world))
        assert check_activity(branch_activity_id=one.pk, **by(world, "organiser")).state == ActivityState.CHECKED
        return
    with pytest.raises(Refused, match="要到 2 人,到会 1 人,人数不足"):
        check_activity(branch_activity_id=one.pk, **by(world, "organiser"))
    one = cancel_activity(branch_activity_id=one.pk, reason="到会不足半数,没有开成", **by(world))
    assert (one.state, one.due, one.came, one.roll.count()) == (ActivityState.CANCELLED, None, 0, 3)
    assert ("committee_meeting", "2026-10") in {(row.kind, row.span) for row in queries.missing(made.branch(world), DAY)}
    assert opened(world, "secretary", "branch_activity", one.pk).status_code == 200
    assert made.activity(world, kind="committee_meeting", day=date(2026, 10, 20)).state == ActivityState.CALLED


def test_without_the_rule_half_a_committee_would_count(world, monkeypatch):
    """The control; and no other kind asks for half: what the members decide has its own rule."""
    theme = made.activity(world, ActivityState.HELD, kind="theme_day", came=1)
    assert check_activity(branch_activity_id=theme.pk, **by(world, "organiser")).state == ActivityState.CHECKED
    one = made.activity(world, ActivityState.HELD, kind="committee_meeting", came=1)
    monkeypatch.setattr(rules, "must_come", lambda activity: 0)
    assert check_activity(branch_activity_id=one.pk, **by(world, "organiser")).state == ActivityState.CHECKED


def test_talks_are_asked_for_on_the_page_and_missing_nowhere(world):
    """谈心谈话: once a year by the rules; who spoke with whom is entered nowhere, so nobody is told that it is missing."""
    made.members(world)
    ours = made.branch(world)
    assert "每年谈心谈话一般不少于一次" in opened(world, "secretary", "party_members", ours.pk).content.decode()
    found = {one.kind for one in queries.missing(ours, date(2028, 6, 1))}
    assert {"life_meeting", "appraisal", "secretary_class"} <= found and "heart_talk" not in found


@pytest.mark.parametrize(("day", "spans"), [(date(2027, 12, 31), set()), (date(2028, 1, 1), {"2027"}), (date(2028, 12, 31), {"2027"}), (date(2029, 1, 1), {"2028"})])
def test_what_is_due_once_a_year_is_missing_all_the_next_year(world, day, spans):
    """It was said in January alone. A year in which the branch was founded is asked for nothing; months go back a year, as before."""
    made.members(world)
    found = queries.missing(made.branch(world), day)
    assert {one.span for one in found if one.kind == "life_meeting"} == spans
    assert len({one.span for one in found if one.kind == "theme_day"}) <= 12
