"""How far an emergency and a leave reach: past a day's limit of look-ups, not past a post that was left, nor into another life of the child."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from wanjia.kernel.calendar import today
from wanjia.kernel.models import Entry
from wanjia.orgs.models import DutyNotice, Post
from wanjia.orgs.roles import Role
from wanjia.policy import access as policy
from wanjia.verdict import Refused

from ..access import commands, queries
from ..models import FileAccess
from .factories import NOW, unit
from .test_access import URGENT, anew, asked, broken, granted, world  # noqa: F401, the fixture

# ruff: noqa: F811

pytestmark = pytest.mark.django_db


# A day's limit stops no emergency


def tried_all_day(monkeypatch, user, n):
    """Look numbers up until the day's limit is used up, and n more are refused."""
    from ..lookups import commands as lookups
    from ..lookups import rules as limits

    monkeypatch.setattr(limits, "A_DAY", 3)
    monkeypatch.setattr(limits, "URGENT", 2)
    for turn in range(3):
        lookups.look_up(anew(user), f"53062519800101{turn:04d}")
    for _turn in range(n):
        with pytest.raises(Refused, match="紧急查阅"):
            lookups.look_up(anew(user), "530625198001019999")


def emergency(client, world, number):
    client.force_login(anew(world.stranger), "django.contrib.auth.backends.ModelBackend")
    return client.post(reverse("registry:access_break"), {"number": number, "words": URGENT})


def test_the_days_limit_of_look_ups_stops_no_emergency(world, client, monkeypatch):
    """The sixty-first number of a day was a child's in danger, and was refused until tomorrow."""
    tried_all_day(monkeypatch, world.stranger, 1)
    number = "530625201503070022"
    world.child.citizen_id = number
    world.child.save()
    DutyNotice.objects.all().delete()
    assert emergency(client, world, number).status_code == 302
    glass = FileAccess.objects.get(kind="emergency")
    assert (glass.child_id, glass.reviewed_at, glass.review_by_on is not None) == (world.child.pk, None, True), "and it is reviewed"
    line = Entry.objects.filter(act="person.look_up").latest("seq")
    assert line.detail["beyond"] is True
    assert set(DutyNotice.objects.values_list("reader__username", "change")) == {("shenji", "beyond")}


def test_nor_does_an_emergency_try_numbers_without_end(world, client, monkeypatch):
    """Negative control: two more, each journalled, and then no further."""
    tried_all_day(monkeypatch, world.stranger, 1)
    for turn in range(2):
        emergency(client, world, f"53062520150101{turn:04d}")
    assert Entry.objects.filter(act="person.look_up", detail__beyond=True).count() == 2
    emergency(client, world, "530625201501010009")
    assert Entry.objects.filter(act="person.look_up").count() == 5
    assert DutyNotice.objects.filter(change="beyond").count() == 1, "told once"


# Told by one's post


def test_whoever_changes_post_sees_no_emergency_more_that_the_old_one_was_told_of(world):
    glass = broken(world)
    assert world.li in glass.told.all()
    assert queries.others(anew(world.li)).count() == 1 and queries.told_of(anew(world.li)) == 1
    Post.objects.filter(user=world.li).update(to_on=today(timezone.now()))
    Post.objects.create(user=world.li, organisation=unit("新民村村民委员会", "village", world.xinmin), role=Role.VILLAGE_WORKER, from_on=today(timezone.now()))
    assert queries.others(anew(world.li)).count() == 0 and queries.told_of(anew(world.li)) == 0


# Telephones


def test_more_telephones_than_a_days_work_takes_are_told_and_refused_to_nobody(world, monkeypatch):
    """Nothing counted them: a post opened a county's telephones in an afternoon, each with a reason."""
    from ..households.commands import reveal_household

    rule = policy.in_force(today(timezone.now()))
    monkeypatch.setattr("wanjia.registry.lookups.commands.in_force", lambda _day: replace(rule, phones_a_day=3))
    for _n in range(3):
        reveal_household(household_id=world.home.pk, reason="走访前联系", by=anew(world.li), at=timezone.now())
    assert not DutyNotice.objects.filter(change="phones").exists(), "a day's work is told to nobody"
    for _n in range(3):
        reveal_household(household_id=world.home.pk, reason="走访前联系", by=anew(world.li), at=timezone.now())
    told = DutyNotice.objects.get(change="phones")
    assert (told.reader, told.about) == (world.auditor, world.li), "once, and to whoever reads the journal"


# A leave is of the life that was approved


@pytest.mark.parametrize("whose", ["home", "child"])
def test_a_leave_ends_where_the_child_moves_or_comes_into_other_care(world, whose):
    """What was approved for a child in its father's home went on opening its file in its grandmother's, of whom nobody had been asked."""
    from ..households.commands import move_member
    from ..models import Household, Membership

    world.child.citizen_id = "530625201503070022"
    world.child.save()
    one = granted(world) if whose == "home" else granted(world, number="530625201503070022")
    assert commands.permits.children_of(one) == [world.child]
    home = Household.objects.create(number="530625202201077", village=world.home.village, registered_at=NOW)
    row = Membership.objects.get(person=world.child, to_on=None)
    move_member(membership_id=row.pk, household_id=home.pk, relation="孙女", on=today(timezone.now()), by=anew(world.li), at=timezone.now())
    assert commands.permits.children_of(one) == []
    with pytest.raises(Refused, match="不在批准的范围里"):
        commands.read_by_access(access_id=one.pk, child_id=world.child.pk, by=anew(world.stranger), at=timezone.now())
    assert commands.permits.children_of(granted(world, home=home.number)) == [world.child], "asked anew it opens"


def test_other_care_ends_a_leave_and_another_childs_move_does_not(world):
    from ..people.commands import entrust_care

    one = granted(world)
    Entry.objects.filter(act="household.add_member").latest("seq")
    assert commands.permits.children_of(one) == [world.child]
    entrust_care(child_id=world.child.pk, carer_name="李大妈", from_on=today(timezone.now()), kind="entrusted", by=anew(world.li), at=timezone.now())
    assert commands.permits.children_of(one) == []


def test_what_waits_for_a_word_is_counted_with_as_many_questions_for_three_as_for_one(world):
    def asks(question):
        with CaptureQueriesContext(connection) as found:
            answer = question(anew(world.leader))
        return len(found), answer if isinstance(answer, int) else len(answer)

    few = {}
    for n in (1, 3):
        while FileAccess.objects.count() < 2 * n:
            asked(world)
            broken(world)
        for question in (queries.to_decide, queries.to_review, queries.waiting):
            questions, answer = asks(question)
            assert answer == (2 * n if question is queries.waiting else n)
            assert questions == few.setdefault(question, questions)
