"""A plan's life: begun as a copy, what bars it, three units' signatures, its day; what waits for whom; its map, its paper."""

import re
from datetime import date, timedelta

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from tests.house.worlds import World
from wanjia.kernel.models import Entry
from wanjia.kernel.tests.tried import MONDAY
from wanjia.orgs.models import User
from wanjia.policy import schools as policy
from wanjia.reporting.figures.queries import figures
from wanjia.schools.models import PlanVersion, School
from wanjia.schools.plan_states import PlanState, SignsFor
from wanjia.schools.plans import checks, commands, queries, rules
from wanjia.schools.plans.drawing import drawn
from wanjia.schools.plans.posts import seats
from wanjia.verdict import Refused

from .acts_plans import another_head
from .factories import bell, gate, school, term
from .plan_factories import mark, plan, post, whole

pytestmark = pytest.mark.django_db
DAY = MONDAY.date()
SIGNERS = ("headmaster", "gates", "schools")


@pytest.fixture
def world():
    world = World()
    term(world)
    bell(world)
    gate(world)
    return world


def who(world, name="headmaster", days=0):
    return {"by": User.objects.get(pk=getattr(world, name).pk), "at": MONDAY + timedelta(days=days)}


def sign(world, one, *names, days=0):
    for name in names or SIGNERS:
        commands.sign_plan(school_plan_id=one.pk, **who(world, name, days))
    one.refresh_from_db()
    return one


def test_the_first_draft_has_posts_that_the_rules_let_pass(world):
    one = commands.draft_plan(school_id=school(world).pk, from_on=DAY, **who(world))
    assert {post.going for post in one.posts.all()} == {False, True} and checks.bar(one) == checks.NO_WORDS
    PlanVersion.objects.filter(pk=one.pk).update(traffic="单行", weather="雨棚", incident="报警")
    commands.hand_in_plan(school_plan_id=one.pk, **who(world))


def test_two_signatures_are_not_three_and_the_third_lets_it_stand_from_the_day_after(world):
    one = whole(world, PlanState.HANDED, from_on=DAY - timedelta(days=3))
    assert sign(world, one, *SIGNERS[:2]).state == PlanState.HANDED
    assert list(seats([school(world)], DAY, DAY + timedelta(days=9))) == []
    sign(world, one, SIGNERS[2])
    assert (one.state, one.from_on) == (PlanState.STANDS, DAY + timedelta(days=1)), "signed late: nothing of today changes"
    assert min(seat.day for seat in seats([school(world)], DAY - timedelta(days=9), DAY + timedelta(days=9))) == one.from_on
    assert {row.signs_for for row in one.signatures.all()} == set(SignsFor) and len({row.unit_id for row in one.signatures.all()}) == 3


def test_signed_in_time_it_holds_from_its_own_day_and_ends_the_one_before(world):
    old = plan(world)
    post(world, old)
    before = list(seats([school(world)], DAY, DAY + timedelta(days=5)))
    new = sign(world, whole(world, PlanState.HANDED, 2, from_on=DAY + timedelta(days=5)))
    old.refresh_from_db()
    assert (old.state, old.to_on, new.from_on) == (PlanState.REPLACED, new.from_on, DAY + timedelta(days=5))
    assert list(seats([school(world)], DAY, DAY + timedelta(days=5))) == before and before
    assert {seat.post.plan.number for seat in seats([school(world)], new.from_on, new.from_on + timedelta(days=5))} == {2}


def test_one_that_never_began_ends_where_it_began(world):
    first = sign(world, whole(world, PlanState.HANDED, from_on=DAY + timedelta(days=30)))
    sign(world, whole(world, PlanState.HANDED, 2, from_on=DAY + timedelta(days=5)))
    first.refresh_from_db()
    assert first.to_on == first.from_on and not first.holds(first.from_on)


def test_a_review_that_would_come_before_the_late_first_day_is_set_anew(world):
    one = sign(world, whole(world, PlanState.HANDED, from_on=date(2025, 9, 1), review_on=date(2026, 8, 31)))
    assert one.review_on > one.from_on


def test_sent_back_all_sign_anew(world):
    one = whole(world, PlanState.HANDED)
    sign(world, one, *SIGNERS[:2])
    commands.send_back_plan(school_plan_id=one.pk, reason="东门外要两名民警", **who(world, "schools"))
    one.refresh_from_db()
    assert one.state == PlanState.DRAFT and not rules.live_signatures(one).exists() and one.signatures.count() == 2
    commands.hand_in_plan(school_plan_id=one.pk, **who(world))
    assert sign(world, one, *SIGNERS[:2]).state == PlanState.HANDED, "what was signed before counts no more"
    assert sign(world, one, SIGNERS[2]).state == PlanState.STANDS
    assert Entry.objects.filter(act="plan.send_back", subject_id=str(one.pk)).get().reason == "东门外要两名民警"


def test_whoever_holds_two_posts_is_asked_for_whom_and_signs_once(world):
    from wanjia.orgs.models import Post
    from wanjia.orgs.roles import Role

    Post.objects.create(user=world.gates, organisation=world.education, role=Role.SCHOOLS_OFFICER, from_on=date(2026, 1, 1))
    one = whole(world, PlanState.HANDED)
    commands.sign_plan(school_plan_id=one.pk, signs_for=SignsFor.EDUCATION, **who(world, "gates"))
    with pytest.raises(Refused, match="同一个人不能替两方签"):
        commands.sign_plan(school_plan_id=one.pk, **who(world, "gates"))


def test_a_copy_keeps_posts_themselves_and_signs_at_them(world):
    old = whole(world, PlanState.HANDED)
    mark(world, old, kind="mark_post", post=old.posts.first())
    shut = gate(world, name="后门", kind="crossing", road=False, to_on=DAY + timedelta(days=1))
    post(world, old, name="后门岗", gate=shut)
    sign(world, old)
    new = commands.draft_plan(school_id=school(world).pk, from_on=DAY + timedelta(days=9), **who(world, days=1))
    assert {one.same_as for one in new.posts.all()} == {one.same_as for one in old.posts.exclude(gate=shut)}, "a gate that is shut by then is not guarded"
    assert new.marks.get().post.plan == new and new.traffic == old.traffic and new.risks.count() == new.contacts.count() == 1
    assert queries.compared(old, new)["texts"] == [] and [(str(became), one.name) for one, became, _changed in queries.compared(old, new)["posts"]] == [("去掉", "后门岗")]


def test_two_versions_side_by_side_tell_each_change(world):
    old = whole(world, PlanState.STANDS)
    new = commands.draft_plan(school_id=school(world).pk, from_on=DAY + timedelta(days=9), **who(world))
    one = new.posts.first()
    commands.change_post(guard_post_id=one.pk, gate=one.gate, name=one.name, task=one.task, before=30, after=20, police=2, guards=1, teachers=1, **who(world))
    commands.put_mark(school_plan_id=new.pk, kind="mark_blind", x=1, y=2, **who(world))
    said = queries.compared(old, new)
    assert [[(str(words), before, after) for words, before, after in changed] for _one, _became, changed in said["posts"]] == [
        [("人员", "民警1、保安1、教师1", "民警2、保安1、教师1"), ("窗口", "−20 / +20", "−30 / +20")],
    ]  # fmt: skip
    assert said["redrawn"] and said["risks"] == ([], [])


@pytest.mark.parametrize(("pupils", "boards", "n"), [
    (0, False, 1), (99, False, 1), (100, False, 2), (1000, False, 2), (1001, False, 3), (1500, False, 3), (1501, False, 4), (299, True, 2), (300, True, 3), (599, True, 3), (600, True, 4),
])  # fmt: skip
def test_guards_by_pupils(pupils, boards, n):
    assert policy.in_force(DAY).guards(pupils, boards) == n


def test_too_few_guards_are_advice_and_bar_nothing(world):
    one = whole(world, pupils={"1": 800})
    assert any("建议配 2 名保安" in str(each.words) for each in checks.findings(one)) and checks.bar(one) is None


def test_what_waits_for_whom(world):
    def waits(name):
        return queries.queue(User.objects.get(pk=getattr(world, name).pk), DAY).get("schools:plans")

    assert waits("headmaster") == 1 and waits("gates") == 0 and waits("caller") is None, "the school has no plan"
    one = whole(world, PlanState.HANDED)
    assert (waits("headmaster"), waits("gates"), waits("schools")) == (1, 1, 1)
    sign(world, one, "gates")
    assert (waits("headmaster"), waits("gates"), waits("schools")) == (1, 0, 1)
    sign(world, one, "headmaster", "schools")
    assert (waits("headmaster"), waits("gates"), waits("schools")) == (0, 0, 0)
    PlanVersion.objects.update(review_on=DAY + timedelta(days=20))
    assert waits("headmaster") == 1, "it is to be looked at anew"


def test_the_figure_counts_schools_by_the_plan_of_the_day(world):
    later = sign(world, whole(world, PlanState.HANDED, from_on=DAY + timedelta(days=5))).from_on

    def counted(day):
        found = {row["id"]: row["n"] for row in figures(School.objects.all(), day, DAY)}
        return found["schools.with_plan"], found["schools.all"]

    assert counted(later - timedelta(days=1)) == (0, 1) and counted(later) == (1, 1) and counted(date(2026, 1, 1)) == (0, 0)


def test_another_school_writes_nothing_here(world):
    one, other = whole(world), another_head(world)
    assert not rules.visible_plans(other).filter(pk=one.pk).exists() and not rules.can_write(other, one)
    assert rules.can_write(world.headmaster, one) and not rules.can_write(User.objects.get(pk=world.schools.pk), one), "education signs, so it does not write"


def test_pages_open(world, client):
    old = whole(world, PlanState.STANDS)
    new = commands.draft_plan(school_id=school(world).pk, from_on=DAY + timedelta(days=9), **who(world))
    for kind in ("mark_school", "mark_gate", "mark_post", "mark_crossing", "mark_drop_off", "mark_bus_stop", "mark_blind"):
        mark(world, new, kind=kind)
    mark(world, new, kind="mark_one_way", x2=9, y2=9)
    client.force_login(User.objects.get(pk=world.headmaster.pk), backend="django.contrib.auth.backends.ModelBackend")
    for tab in ("", "mine", "none", "review"):
        assert client.get(reverse("schools:plans"), {"tab": tab}).status_code == 200
    assert client.get(reverse("schools:plan", args=[new.pk])).content.count(b"<circle") == 1
    assert client.get(reverse("schools:plan_map", args=[new.pk])).status_code == 200
    assert client.get(reverse("schools:plan_map", args=[old.pk])).status_code == 403, "what stands is not redrawn"
    assert client.get(reverse("schools:plan_compare", args=[new.pk, old.number])).status_code == 200
    assert client.get(reverse("schools:plan_compare", args=[new.pk, 9])).status_code == 404
    paper = client.get(reverse("schools:plan_paper", args=[new.pk]))
    assert paper["Content-Type"] == "application/pdf" and paper.content.startswith(b"%PDF")


def test_words_of_the_map_are_read_on_paper_too(world):
    """What prints a paper paints a stroke over its words: a shadow is a sign of its own, and the words lie on it."""
    one = whole(world)
    mark(world, one, kind="mark_gate", words="东门外")
    mark(world, one, kind="mark_road", x2=9, y2=9, words="过境路")
    texts = re.findall(r"<text\b([^>]*)>([^<]*)</text>", render_to_string("schools/plans/sheet.html", {"map": drawn(one)}))
    for words in ("东门外", "过境路"):
        shadow, read = (attributes for attributes, said in texts if said == words)
        assert 'fill="#fff"' in shadow and "stroke=" in shadow and "aria-hidden" in shadow and "stroke=" not in read and 'fill="#fff"' not in read


def test_who_begins_a_version_goes_on_with_it(world, client):
    client.force_login(User.objects.get(pk=world.headmaster.pk), backend="django.contrib.auth.backends.ModelBackend")
    answer = client.post(reverse("schools:plan_new", args=[school(world).pk]), {"from_on": "2099-01-05"})
    assert answer["Location"] == reverse("schools:plan", args=[PlanVersion.objects.get(from_on=date(2099, 1, 5)).pk])
