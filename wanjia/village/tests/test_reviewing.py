"""The yearly review of members: a meeting that was held, numbers of paper ballots, two hands and never one's own, a sealed grade whose every opening is a line; no list by grade, no figure."""

from datetime import timedelta

import pytest
from django.db import connection

from tests.house.worlds import World
from wanjia.kernel.models import Entry, EntryKind
from wanjia.orgs.models import User
from wanjia.orgs.roles import Role
from wanjia.policy import branch as policy
from wanjia.registry.tests.factories import worker
from wanjia.reporting.figures.population import populations
from wanjia.sealing.fields import UNOPENED
from wanjia.verdict import Refused

from ..branch import queries as branch
from ..branch_states import ActivityState
from ..models import BranchActivity, BranchReview, GradeSetAside, ReviewedMember
from ..review_states import Grade, ReviewedState
from ..reviewing import queries, rules
from ..reviewing.commands import (
    count_member,
    decide_grade,
    fix_ballots,
    look_at_counts,
    open_review,
    propose_grade,
    read_reviewed,
    set_grade_aside,
    tell_member,
)
from . import branch_factories as made
from .branch_factories import by, opened
from .factories import DAY, NAMES

pytestmark = pytest.mark.django_db
S = ReviewedState


@pytest.fixture
def world():
    return World()


def readings():
    return Entry.objects.filter(act="reviewed_member.read", kind=EntryKind.READING)


def named(world, who, n):
    """An account bears a member's name."""
    User.objects.filter(pk=getattr(world, who).pk).update(name=NAMES[n])
    getattr(world, who).refresh_from_db()


@pytest.mark.parametrize("state", [ActivityState.CALLED, ActivityState.HELD])
def test_only_a_meeting_that_was_held_and_looked_at_is_counted(world, state):
    held = made.activity(world, state, kind="appraisal")
    with pytest.raises(Refused, match="开过、已经核对"):
        open_review(activity=held, ballots_out=5, ballots_back=5, **by(world))
    assert not BranchReview.objects.exists()


@pytest.mark.parametrize(("year", "taken"), [(0, True), (1, False)], ids=["the same year", "negative control: the year before"])
def test_a_branch_has_one_review_a_year(world, year, taken):
    """Two would be two grades, and twice the places of the best."""
    first = made.review(world).activity
    BranchActivity.objects.filter(pk=first.pk).update(kind="life_meeting")  # so that another is called
    second = made.activity(world, ActivityState.CHECKED, kind="appraisal", topic="再评议一次")
    BranchActivity.objects.filter(pk=first.pk).update(kind="appraisal", day=first.day.replace(year=first.day.year - year) - timedelta(days=1))
    if not taken:
        assert open_review(activity=second, ballots_out=5, ballots_back=5, **by(world))
        return
    with pytest.raises(Refused, match="这一年还没有录过票"):
        open_review(activity=second, ballots_out=5, ballots_back=5, **by(world))
    assert BranchReview.objects.count() == 1


def test_the_roll_of_the_meeting_is_who_is_reviewed(world):
    """In the order of the printed ballot: whoever counts reads both side by side."""
    one = made.review(world)
    rows = list(one.rows.all())
    assert [(row.serial, row.member) for row in rows] == list(enumerate(branch.due_at(one.activity), 1)) and rows[0].member == made.member(world)
    assert {row.member for row in rows if not row.votes} == {made.member(world, 7), made.member(world, 8)}


def test_each_opening_is_written_down_before_it_is_sent(world):
    one = made.reviewed(world, S.PROPOSED, grade="basically", words="很少参加组织生活")
    before = readings().count()
    for n in (1, 2):
        page = opened(world, "reviewed_member", one.pk)
        assert "基本合格" in page.content.decode() and "很少参加" in page.content.decode() and readings().count() == before + n
    line = readings().first()
    assert line.subject_id == str(one.pk) and NAMES[3] not in str(line.__dict__) and "no-store" in page["Cache-Control"]


@pytest.mark.parametrize("name", ["reviews", "branch_review", "reviewed_count", "reviewed_propose", "party_members", "branch_activity", "branch"])
def test_no_list_and_no_form_says_a_grade_or_a_count(world, name):
    one = made.reviewed(world, S.PROPOSED, grade="basically", words="很少参加组织生活")
    row = {"reviews": [], "branch": [], "branch_review": [one.review_id], "party_members": [made.branch(world).pk], "branch_activity": [one.review.activity_id]}.get(name, [one.pk])
    if name == "reviewed_count":
        row = [made.reviewed(world, S.DUE, n=4).pk]
    before = readings().count()
    text = opened(world, name, *row).content.decode()
    assert "很少参加" not in text and "4 票" not in text and readings().count() == before
    assert "basically" not in text or name == "reviewed_propose"  # there it is a choice, and none is chosen
    assert "checked" not in text.split("基本合格")[0][-120:]


def test_no_line_of_the_journal_and_no_column_says_a_grade(world):
    one = made.reviewed(world, S.TOLD, grade="unqualified", words="半年没有参加组织生活", township="乡镇党委同意限期改正", mend_by=DAY + timedelta(days=90))
    lines = str([(line.act, line.reason, line.detail) for line in Entry.objects.filter(subject__in=("village.reviewedmember", "village.branchreview"))])
    assert "unqualified" not in lines and "半年" not in lines and "乡镇党委" not in lines
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM village_reviewedmember WHERE told_on IS NOT NULL")
        kept = str(cursor.fetchall())
    assert "unqualified" not in kept and "半年" not in kept and "1,4,0,0" not in kept and "2027" not in kept
    assert (queries.grade_words(one), [n for _words, n in queries.tally(one)], queries.mend_day(one)) == ("不合格", [1, 4, 0, 0], DAY + timedelta(days=90))


def test_nobody_counts_or_looks_at_himself_and_a_third_hand_ends_it(world):
    """The secretary and the organiser are members: each leaves his own row to another, and what both may not is left."""
    named(world, "secretary", 0)
    named(world, "organiser", 1)
    rows = {n: made.review(world).rows.get(member=made.member(world, n)) for n in (0, 1, 2)}
    count = {"own_word": "at_meeting", "qualified": 5}
    with pytest.raises(Refused, match="自己的评议"):
        count_member(reviewed_member_id=rows[0].pk, **count, **by(world))
    count_member(reviewed_member_id=rows[0].pk, **count, **by(world, "organiser"))
    for n in (1, 2):
        count_member(reviewed_member_id=rows[n].pk, **count, **by(world))
    read_reviewed(reviewed_member_id=rows[2].pk, **by(world, "organiser"))
    look_at_counts(branch_review_id=rows[0].review_id, **by(world, "organiser"))
    assert {n: ReviewedMember.objects.get(pk=row.pk).state for n, row in rows.items()} == {0: S.COUNTED, 1: S.COUNTED, 2: S.LOOKED}
    assert queries.waiting(User.objects.get(pk=world.organiser.pk)).count() == 0


def test_a_count_is_looked_at_by_who_has_opened_it_as_it_stands(world):
    """Counted anew after the second hand had opened it, other numbers would have gone through unseen."""
    one = made.reviewed(world, S.COUNTED)
    look = {"branch_review_id": one.review_id, **by(world, "organiser")}
    with pytest.raises(Refused, match="还有 1 人的票数您没有打开看过"):
        look_at_counts(**look)
    read_reviewed(reviewed_member_id=one.pk, **by(world))  # by the first hand: it helps nobody else
    read_reviewed(reviewed_member_id=one.pk, **by(world, "organiser"))
    count_member(reviewed_member_id=one.pk, own_word="at_meeting", failed=5, **by(world))
    with pytest.raises(Refused, match="没有打开看过"):
        look_at_counts(**look)
    assert "还没有打开" in opened(world, "branch_review", one.review_id, who="organiser").content.decode()
    read_reviewed(reviewed_member_id=one.pk, **by(world, "organiser"))
    assert "还没有打开" not in opened(world, "branch_review", one.review_id, who="organiser").content.decode()
    look_at_counts(**look)
    assert ReviewedMember.objects.get(pk=one.pk).state == S.LOOKED


def test_a_grade_is_looked_at_by_who_has_opened_it(world):
    one = made.reviewed(world, S.PROPOSED)
    with pytest.raises(Refused, match="先打开"):
        decide_grade(reviewed_member_id=one.pk, **by(world, "organiser"))
    opened(world, "reviewed_member", one.pk)  # by the first hand: it helps nobody else
    with pytest.raises(Refused, match="先打开"):
        decide_grade(reviewed_member_id=one.pk, **by(world, "organiser"))


@pytest.mark.parametrize(("n", "grade", "words", "refused"), [
    pytest.param(3, "basically", "", "写明意见", id="less than sufficient without a reason"), pytest.param(8, "qualified", "", "预备党员", id="on probation"),
    pytest.param(8, "no_grade", "预备党员", "", id="on probation: none"), pytest.param(3, "no_grade", "常年在外,没有参加", "", id="none, with a reason"), pytest.param(3, "excellent", "", "", id="excellent"),
])
def test_which_grade_may_be_proposed(world, n, grade, words, refused):
    one = made.reviewed(world, S.LOOKED, n)
    said = rules.proposable(one, grade, words)
    assert (refused in str(said.reason)) if refused else bool(said)


def test_at_most_a_third_of_the_full_members_are_excellent(world):
    """Seven full members: two; who is proposed anew counts once."""
    for n in (3, 4):
        one = made.reviewed(world, S.PROPOSED, n, grade="excellent")
    again = {"reviewed_member_id": one.pk, "proposed_in": one.review.activity, "grade": "excellent"}
    propose_grade(**again, words="再议一次", **by(world))
    third = made.reviewed(world, S.LOOKED, 5)
    with pytest.raises(Refused, match="优秀最多 2 名"):
        propose_grade(**again | {"reviewed_member_id": third.pk}, **by(world))


@pytest.mark.parametrize(("members", "most"), [(2, 0), (3, 1), (7, 2), (9, 3)])
def test_the_cap_is_in_whole_heads(members, most):
    assert policy.review(DAY).most_excellent(members) == most and policy.reviews()[0].confirm


@pytest.mark.parametrize(("days", "goes"), [(0, False), (1, True), (365, True), (366, False)])
def test_a_term_to_mend_takes_the_township_and_at_most_a_year(world, days, goes):
    one = made.reviewed(world, S.PROPOSED, grade="unqualified", words="半年没有参加组织生活")
    assert not rules.mending(one, "", DAY + timedelta(days=30), DAY)
    assert bool(rules.mending(one, "乡镇党委同意", DAY + timedelta(days=days), DAY)) is goes


def test_told_each_alone_after_another_hand(world):
    one = made.reviewed(world, S.DECIDED)
    told = tell_member(reviewed_member_id=one.pk, told_on=DAY, **by(world))
    assert (told.state, told.told_on) == (S.TOLD, DAY) and queries.listed(BranchReview.objects.all()).get().told == 1


def third(world):
    """A third keeper, of the township."""
    return worker("xiang-zuwei", "米组委", world.township, Role.BRANCH_ORGANISER)


def test_a_wrong_grade_is_set_aside_by_a_third_and_told_anew(world):
    """What was told wrongly stays in history as it stood; the row takes another, by two hands, and waits to be told."""
    one, hand = made.reviewed(world, S.TOLD, grade="unqualified", words="半年没有参加组织生活", township="乡镇党委同意", mend_by=DAY + timedelta(days=90)), third(world)
    aside = {"reviewed_member_id": one.pk, "reason": "登记成了另一个人的等次"}
    for who in ("secretary", "organiser"):
        opened(world, "reviewed_member", one.pk, who=who)
        with pytest.raises(Refused, match="第三个人"):
            set_grade_aside(**aside, **by(world, who))
    with pytest.raises(Refused, match="先打开这一份评议"):
        set_grade_aside(**aside, **by(world) | {"by": hand})
    read_reviewed(reviewed_member_id=one.pk, **by(world) | {"by": hand})
    one = set_grade_aside(**aside, **by(world) | {"by": hand})
    assert (one.state, one.grade, one.words, one.township, one.mend_by, one.told_on) == (S.LOOKED, "", "", "", "", None) and queries.tally(one)
    stood = GradeSetAside.objects.get()
    assert (queries.grade_words(stood), stood.words, stood.told_on, stood.set_aside_by_id) == ("不合格", "半年没有参加组织生活", DAY, hand.pk)
    text = opened(world, "reviewed_member", one.pk).content.decode()
    assert "作废的等次" in text and "登记成了另一个人的等次" in text and "要重新反馈" in text
    assert "登记成了" not in str([line.__dict__ for line in Entry.objects.filter(subject_id=str(one.pk))])
    assert made.reviewed(world, S.TOLD).told_on == DAY
    assert "要重新反馈" not in opened(world, "reviewed_member", one.pk).content.decode()


def test_a_place_of_the_best_that_was_set_aside_is_free(world):
    for n in (3, 4):
        one = made.reviewed(world, S.DECIDED, n, grade="excellent")
    assert not rules.proposable(made.reviewed(world, S.LOOKED, 5), "excellent", "")
    hand = third(world)
    read_reviewed(reviewed_member_id=one.pk, **by(world) | {"by": hand})
    set_grade_aside(reviewed_member_id=one.pk, reason="会议记录上是合格", **by(world) | {"by": hand})
    assert rules.proposable(made.reviewed(world, S.LOOKED, 5), "excellent", "")


def test_who_fixes_the_sheets_has_opened_what_was_counted(world):
    """As who looks at them must: also whoever counted; what nobody counted yet asks for no opening."""
    one = made.reviewed(world, S.DUE)
    fix = {"branch_review_id": one.review_id, "ballots_out": 7, "ballots_back": 6, **by(world)}
    assert fix_ballots(**fix).ballots_back == 6
    one = made.reviewed(world, S.COUNTED)
    with pytest.raises(Refused, match=f"第 {one.serial} 号的票数录入以后您没有打开看过"):
        fix_ballots(**fix | {"ballots_back": 7})
    read_reviewed(reviewed_member_id=one.pk, **by(world))
    assert fix_ballots(**fix | {"ballots_back": 7}).ballots_back == 7


def test_the_branch_sees_by_year_whether_it_was_held(world):
    """This year's is held; the next year the row says so too, and an empty year is missing."""
    held, ours = made.activity(world, ActivityState.CHECKED, kind="appraisal"), made.branch(world)
    assert branch.reviewed_years(ours, DAY)[0] == (DAY.year, held)
    later = DAY.replace(year=DAY.year + 2)
    assert dict(branch.reviewed_years(ours, later)) == {later.year: None, later.year - 1: None, DAY.year: held}
    assert "appraisal" in {one.kind for one in branch.missing(ours, later)}
    assert "appraisal" not in {one.kind for one in branch.missing(ours, DAY.replace(year=DAY.year + 1))}
    assert "应到 9,到会 7" in opened(world, "party_members", ours.pk).content.decode()


def test_figures_and_the_board_say_nothing_of_it(world):
    made.reviewed(world, S.TOLD)
    assert not {one.rows for one in populations()} & {BranchReview, ReviewedMember}
    assert NAMES[3] not in str([line.said for line in branch.on_board(world.datong, DAY, 9, "")])


@pytest.mark.parametrize("who", ["visitor", "clerk", "township_leader", "leader", "admin", "auditor"])
def test_nobody_else_opens_it(world, who):
    one = made.reviewed(world, S.PROPOSED)
    before = readings().count()
    for name, args in {"reviews": [], "branch_review": [one.review_id], "reviewed_member": [one.pk], "review_ballot": [one.review.activity_id]}.items():
        assert opened(world, name, *args, who=who).status_code in (403, 404)
    assert readings().count() == before


@pytest.mark.parametrize("paper", ["review_ballot", "review_form"])
def test_ballot_and_form_print_before_the_meeting(world, paper):
    answer = opened(world, paper, made.activity(world, kind="appraisal").pk)
    assert answer.status_code == 200 and b"%PDF" in b"".join(answer.streaming_content if answer.streaming else [answer.content])[:9]
    assert opened(world, paper, made.activity(world, kind="theme_day").pk).status_code == 404


def test_the_list_of_bodies_counts_no_members_of_a_branch(world):
    """Its members are the branch's to keep: nought people looked broken."""
    made.members(world)
    text = opened(world, "bodies", who="visitor").content.decode()
    assert "党员名册由党支部保管" in text
    assert "党员名册由党支部保管" in opened(world, "body", made.branch(world).pk, who="visitor").content.decode()


def test_the_grades_that_are_ticked_are_those_of_the_ballot():
    assert [grade for grade in Grade if grade != Grade.NONE] == list(queries.TALLIED)


def test_what_does_not_open_breaks_no_page(world):
    """The keys are lost: the page stands, and takes it for no grade of anybody."""
    one = made.reviewed(world, S.DECIDED, grade="unqualified", words="半年没有参加组织生活", township="乡镇党委同意", mend_by=DAY + timedelta(days=90))
    one = ReviewedMember.objects.get(pk=one.pk)
    for name in ("tally", "grade", "mend_by"):
        setattr(one, name, UNOPENED)
    assert (queries.tally(one), queries.grade_words(one), queries.mend_day(one)) == ([], UNOPENED, None)
