"""Who sees what of aid, what a list lacks, refusals and urgent aid, the desk's steps; what is a child's is seen where its file opens."""

from datetime import date
from decimal import Decimal

import pytest

from wanjia.orgs.models import User
from wanjia.orgs.roles import Role
from wanjia.policy import aid as policy
from wanjia.registry.duties import Duty
from wanjia.verdict import Refused

from ..aid import asking, checking, queries, rules
from ..aid import commands as aid
from ..models import AidRefusal, Benefit, DatedStatus
from ..statuses.commands import record_status
from .factories import NOW, TODAY, later, unit, worker
from .test_aid import decided, heard, page, proposed


def paid(person, period="2026", scheme="农村低保金"):
    return Benefit.objects.create(person=person, scheme=scheme, period=period, amount_yuan=Decimal(300), recorded_at=NOW)


def test_a_county_unit_without_a_line_sees_no_childs_refusal(world):
    facts = {"asked": "想申请孤儿保障", "asked_on": TODAY, "condition": "父母都不能抚养", "fact": "母亲在家照护"}
    aid.refuse_aid(household_id=world.home.pk, benefit="orphan_aid", **facts, by=world.clerk, at=NOW)
    one = worker("ju", "某局经办", unit("某局", "county", world.county), Role.BUREAU_WORKER)
    assert rules.visible_refusals(one).count() == 0
    assert not rules.opens_young(one, world.home)


def test_a_list_that_lacks_somebody_proposes_and_cuts_nothing(world, status):
    other = world.register("李大成", date(1980, 1, 2), 31)
    assert queries.missing_in_lists(world.li, NOW) == [], "no list came: nobody is missing in it"
    paid(other.memberships.get().person)
    [(missing, words, end)] = queries.missing_in_lists(world.li, NOW)
    assert (missing, words, end) == (status, "农村低保金", date(2026, 12, 31))
    assert DatedStatus.objects.get().to_on is None
    assert page(world.li, "aid", tab="missing").context["counts"]["missing"] == 1
    proposed(world, status, ground="list")
    assert queries.missing_in_lists(world.li, NOW) == []


def test_of_many_years_of_payments_the_newest_list_alone_is_read(world, status, django_assert_num_queries):
    """Ten years of months: the database answers with a row for each list, and with the people of the last one."""
    other = world.register("李大成", date(1980, 1, 2), 31).memberships.get().person
    for year in range(2016, 2026):
        paid(world.wife, str(year))
        paid(other, str(year), "粮食直补")
    paid(other)
    actor = User.objects.get(pk=world.li.pk)
    assert actor.has_duty(Duty.KEEP_AID)
    with django_assert_num_queries(4):
        [(missing, words, end)] = queries.missing_in_lists(actor, NOW)
    assert (missing, words, end) == (status, "农村低保金", date(2026, 12, 31)), "paid until last year is missing in this year's list"
    last = queries._newest({world.home.village_id}, {"relief:minimum": ["低保"]})
    assert [one.lists for one in last.values()] == [{("农村低保金", "2026")}]


def test_who_is_paid_or_began_later_is_not_missing(world, status):
    other = world.register("李大成", date(1980, 1, 2), 31)
    paid(other.memberships.get().person)
    paid(world.wife)
    assert queries.missing_in_lists(world.li, NOW) == []
    Benefit.objects.filter(person=world.wife).delete()
    DatedStatus.objects.update(from_on=later(1).date())
    assert queries.missing_in_lists(world.li, NOW) == []


def test_a_childs_allowance_is_seen_only_where_its_file_opens(world):
    held = record_status(person_id=world.child.pk, scheme="allowance", code="nursing", from_on=date(2026, 7, 2), by=world.li, at=NOW)
    cut = proposed(world, held, ground="disability")
    assert list(rules.visible_cuts(world.li)) == [cut]
    assert list(rules.visible_cuts(world.leader)) == [], "the leader's post opens no child's file"
    assert page(world.leader, "aid_cut", cut.pk).status_code == 404
    assert page(world.leader, "aid").context["counts"]["open"] == 0
    heard(world, cut)
    with pytest.raises(Refused, match="不由您的单位办"):
        decided(world, cut)


def test_a_childs_refusal_is_seen_only_where_its_file_opens(world):
    facts = {"asked": "想申请孤儿保障", "asked_on": TODAY, "condition": "父母都不能抚养", "fact": "母亲在家照护"}
    aid.refuse_aid(household_id=world.home.pk, benefit="orphan_aid", **facts, by=world.clerk, at=NOW)
    assert rules.visible_refusals(world.clerk).count() == 1
    assert rules.visible_refusals(world.leader).count() == 0


@pytest.mark.parametrize(("line", "opens"), [("civil", True), ("", False)])
def test_a_county_bureau_without_a_line_sees_and_writes_no_childs_refusal(world, line, opens):
    """By the reach alone it passed for a village's own committee; its file says no, so does its refusal."""
    facts = {"asked": "想申请孤儿保障", "asked_on": TODAY, "condition": "父母都不能抚养", "fact": "母亲在家照护"}
    aid.refuse_aid(household_id=world.home.pk, benefit="orphan_aid", **facts, by=world.clerk, at=NOW)
    one = User.objects.get(pk=worker("ju", "某局经办", unit("某局", "county", world.county, line=line), Role.BUREAU_WORKER).pk)
    assert rules.visible_refusals(one, duty=Duty.OPEN_CHILD_FILES).exists() is opens
    assert rules.opens_young(one, world.home) is opens
    assert ("orphan_aid" in dict(asking.benefits_of_home(world.home, one, TODAY))) is opens


def test_the_form_of_a_refusal_names_no_child(world):
    """Who is offered there is read without a line of the journal: a child stands by its initials, its name in its file alone."""
    assert world.child in asking.members(world.home, world.clerk, TODAY), "its file opens for her, so it may be chosen"
    told = page(world.clerk, "aid_refuse", world.home.pk).content.decode()
    assert world.child.shown_name in told and world.child.name not in told


def test_elsewhere_nothing_is_seen(world, status):
    cut = proposed(world, status)
    assert page(world.stranger, "aid_cut", cut.pk).status_code == 404
    assert page(world.teacher, "aid").status_code == 403
    assert page(world.clerk, "aid_cut", cut.pk).status_code == 200


def test_the_desk_names_only_steps_that_are_mine(world, status):
    cut = proposed(world, status)
    assert list(queries.mine(world.li)) == []
    assert list(queries.mine(world.clerk)) == [cut]
    heard(world, cut)
    assert list(queries.mine(world.clerk)) == []
    assert list(queries.mine(world.leader)) == [cut]


def test_a_refusal_waits_until_it_is_in_the_persons_hands(world):
    facts = {"asked": "想申请低保", "asked_on": TODAY, "condition": "人均收入要在标准以下", "fact": "人均 9800 元"}
    one = aid.refuse_aid(household_id=world.home.pk, benefit="relief_check", **facts, by=world.clerk, at=NOW)
    assert one.due_on == date(2026, 11, 10)
    assert list(queries.unserved(world.clerk)) == [one]
    aid.serve_refusal(refusal_id=one.pk, on=TODAY, way="home", who="本人", by=world.li, at=NOW)
    assert list(queries.unserved(world.clerk)) == []
    assert AidRefusal.objects.get().fact == "人均 9800 元"


def test_urgent_aid_comes_first_and_its_papers_by_a_day(world):
    one = aid.give_urgent_aid(household_id=world.home.pk, given="临时救助 800 元", why="灶房失火", given_on=TODAY, by=world.clerk, at=NOW)
    assert one.due_on == date(2026, 11, 17)
    assert list(queries.papers_due(world.clerk)) == [one]
    aid.make_up_papers(urgent_id=one.pk, on=TODAY, papers="审批表 3 号", by=world.clerk, at=NOW)
    assert list(queries.papers_due(world.clerk)) == []


def test_the_check_finds_what_was_never_handed_over(world):
    facts = {"asked": "想申请低保", "asked_on": TODAY, "condition": "人均收入要在标准以下", "fact": "人均 9800 元"}
    one = aid.refuse_aid(household_id=world.home.pk, benefit="relief_check", **facts, by=world.clerk, at=NOW)
    two = aid.give_urgent_aid(household_id=world.home.pk, given="临时救助 800 元", why="灶房失火", given_on=TODAY, by=world.clerk, at=NOW)
    assert list(checking.faults(TODAY)) == []
    AidRefusal.objects.update(served_on=TODAY)
    type(two).objects.update(papers_on=TODAY)
    assert [found[:2] for found in checking.faults(TODAY)] == [(f"refusal {one.pk}", "served_on"), (f"urgent {two.pk}", "papers_on")]
    AidRefusal.objects.update(served_on=None)
    type(two).objects.update(papers_on=None)
    aid.serve_refusal(refusal_id=one.pk, on=TODAY, way="home", who="本人", by=world.li, at=NOW)
    aid.make_up_papers(urgent_id=two.pk, on=TODAY, papers="审批表 3 号", by=world.clerk, at=NOW)
    assert list(checking.faults(TODAY)) == []


def test_every_aid_of_the_policy_is_a_status_and_every_ground_says_why():
    from wanjia.policy.statuses import schemes

    for key in policy.kinds(TODAY):
        scheme, code = key.split(":")
        assert code in schemes()[scheme].version_on(TODAY).codes
    assert {one.code for one in policy.grounds().values() if not one.heard} == {"died"}
    assert all(one.plain and one.source for one in policy.grounds().values())
