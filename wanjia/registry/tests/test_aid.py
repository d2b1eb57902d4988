"""No aid is cut before the person was heard; a refusal is written; what is a child's is seen where its file opens."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from wanjia.kernel.calendar import CHINA
from wanjia.kernel.models import Entry
from wanjia.kernel.triggers import lift
from wanjia.orgs.models import User
from wanjia.orgs.roles import Role
from wanjia.policy import aid as policy
from wanjia.registry.duties import Duty
from wanjia.verdict import Refused

from ..aid import asking, checking, queries, rules
from ..aid import commands as aid
from ..models import AidCut, AidRefusal, Benefit, DatedStatus, Membership
from ..statuses.commands import end_status, record_home_status, record_status
from .factories import NOW, TODAY, later, unit, worker

BACKEND = "django.contrib.auth.backends.ModelBackend"
WHY = {"kind": "end", "ground": "income", "fact": "2026 年 10 月工资流水 4200 元", "reasons": "家里收入变多,超过了标准"}
WORDS = "工资是有,可是要还看病的钱"


@pytest.fixture
def status(world):
    return record_home_status(household_id=world.home.pk, scheme="relief", code="minimum", from_on=date(2026, 7, 2), by=world.li, at=NOW)


def proposed(world, status, **facts):
    return aid.propose_cut(held_id=status.pk, **WHY | facts, by=world.li, at=NOW)


def heard(world, cut):
    return aid.hear_person(cut_id=cut.pk, on=later(1).date(), way="home", who="本人", words=WORDS, by=world.clerk, at=later(1))


def decided(world, cut, agree=True):
    on = date(2026, 12, 1) if agree else None
    return aid.decide_cut(cut_id=cut.pk, agree=agree, words="有流水为证,超过标准", effective_on=on, by=world.leader, at=later(2))


def served(world, cut, **told):
    return aid.serve_decision(cut_id=cut.pk, **{"on": later(3).date(), "way": "home", "who": "本人"} | told, by=world.clerk, at=later(3))


def page(user, name, *args, **query):
    client = Client()
    client.force_login(type(user).objects.get(pk=user.pk), BACKEND)
    return client.get(reverse(f"registry:{name}", args=args), query)


def test_a_cut_is_proposed_heard_decided_told_and_only_then_does_the_aid_end(world, status):
    cut = proposed(world, status)
    assert (cut.state, cut.due_on) == ("proposed", date(2026, 11, 17))
    for step in (heard, decided):
        step(world, cut)
        assert DatedStatus.objects.get().to_on is None, "the aid goes on until it is told"
    served(world, cut)
    status.refresh_from_db()
    assert (status.to_on, status.end_reason) == (date(2026, 12, 1), "停发决定:收入超过标准")
    assert list(checking.faults(TODAY)) == []
    assert list(Entry.objects.order_by("seq").values_list("act", flat=True))[-5:] == ["aid.propose", "aid.hear", "aid.cut", "aid.serve", "status.end"]


def test_a_proposal_is_an_act_of_the_journal(world, status):
    """`kind`, given as a detail, was taken for the kind of the line: it stood among neither acts nor readings."""
    cut = proposed(world, status)
    line = Entry.objects.get(act="aid.propose", subject_id=str(cut.pk))
    assert (line.kind, line.detail["cut"]) == ("act", "end")


def test_what_the_person_said_lies_sealed(world, status):
    cut = heard(world, proposed(world, status))
    raw = AidCut.objects.filter(pk=cut.pk).extra(select={"raw": "words"}).values_list("raw", flat=True)[0]
    assert WORDS.encode() not in bytes(raw)
    assert AidCut.objects.get(pk=cut.pk).words == WORDS
    assert not any(WORDS in str(value) for value in Entry.objects.values_list("reason", "detail"))


def test_the_register_ends_no_aid_by_itself(world, status):
    """peers: aid that stops without anybody having been told."""
    with pytest.raises(Refused, match="先听本人的意见"):
        end_status(status_id=status.pk, on=TODAY, reason="不再符合", by=world.li, at=NOW)
    with pytest.raises(Refused, match="先听本人的意见"):
        end_status(status_id=status.pk, on=date(2026, 6, 1), reason="倒签日期", by=world.li, at=NOW)
    with pytest.raises(Refused, match="不能登记时就定好停发"):
        record_home_status(household_id=world.home.pk, scheme="relief", code="margin", from_on=TODAY, to_on=later(30).date(), by=world.li, at=NOW)


def test_nobody_does_two_steps(world, status):
    cut = proposed(world, status)
    with pytest.raises(Refused, match="不能自己听取"):
        aid.hear_person(cut_id=cut.pk, on=TODAY, way="home", who="本人", words="没有意见", by=world.li, at=NOW)
    heard(world, cut)
    with pytest.raises(Refused, match="没有办理救助的权限"):
        aid.decide_cut(cut_id=cut.pk, agree=True, words="超过标准了", effective_on=date(2026, 12, 1), by=world.clerk, at=later(2))


def test_who_is_not_reached_is_sought_and_then_waited_for(world, status):
    cut = proposed(world, status)
    for n in range(3):
        with pytest.raises(Refused, match="现在算"):
            aid.leave_notice(cut_id=cut.pk, on=later(n).date(), who="贴在家门口", by=world.clerk, at=later(n))
        aid.seek_in_vain(cut_id=cut.pk, on=later(n // 2).date(), way="home", by=world.clerk, at=later(n))
    aid.leave_notice(cut_id=cut.pk, on=later(3).date(), who="贴在家门口,组长在场", by=world.clerk, at=later(3))
    with pytest.raises(Refused, match="要等到 2026-11-13"):
        aid.decide_cut(cut_id=cut.pk, agree=True, words="收入超过标准", effective_on=date(2026, 12, 20), by=world.leader, at=later(5))
    aid.decide_cut(cut_id=cut.pk, agree=True, words="收入超过标准", effective_on=date(2026, 12, 20), by=world.leader, at=later(11))
    assert list(checking.faults(TODAY)) == []


def test_who_comes_after_the_notice_was_left_is_heard(world, status):
    """The page promised it, and no act took his words: he was to be cut unheard."""
    cut = proposed(world, status)
    for n, hours in ((0, 0), (0, 3), (1, 0)):
        aid.seek_in_vain(cut_id=cut.pk, on=later(n).date(), way="home", by=world.clerk, at=later(n, hours=hours))
    aid.leave_notice(cut_id=cut.pk, on=later(1).date(), who="贴在家门口,组长在场", by=world.clerk, at=later(1))
    with pytest.raises(Refused, match="只有等着听取意见"):
        aid.seek_in_vain(cut_id=cut.pk, on=later(2).date(), way="home", by=world.clerk, at=later(2))
    with pytest.raises(Refused, match="不能自己听取"):
        aid.hear_person(cut_id=cut.pk, on=later(2).date(), way="face", who="本人", words=WORDS, by=world.li, at=later(2))
    cut = aid.hear_person(cut_id=cut.pk, on=later(2).date(), way="face", who="本人", words=WORDS, by=world.yang, at=later(2))
    assert (cut.state, cut.left, cut.words) == ("heard", False, WORDS)
    with pytest.raises(Refused, match="只有等着听取意见"):
        aid.hear_person(cut_id=cut.pk, on=later(2).date(), way="face", who="本人", words="没有意见", by=world.yang, at=later(2))
    decided(world, cut)
    assert list(checking.faults(TODAY)) == []


def test_whoever_is_said_to_have_moved_may_still_speak(world, status):
    cut = proposed(world, status, ground="moved", document="户口迁移证 3 号")
    assert aid.hear_person(cut_id=cut.pk, on=TODAY, way="face", who="本人", words="我没有迁户口", by=world.clerk, at=NOW).words == "我没有迁户口"


def test_a_notice_that_is_written_back_leaves_its_days_all_the_same(world, status):
    cut = proposed(world, status)
    for n, hours in ((8, 0), (9, 0), (10, 0)):
        aid.seek_in_vain(cut_id=cut.pk, on=later(1).date(), way="home", by=world.clerk, at=later(n, hours=hours))
    aid.leave_notice(cut_id=cut.pk, on=later(1).date(), who="贴在家门口,组长在场", by=world.clerk, at=later(10))
    with pytest.raises(Refused, match="要等到 2026-11-20"):
        aid.decide_cut(cut_id=cut.pk, agree=True, words="收入超过标准", effective_on=date(2026, 12, 20), by=world.leader, at=later(10))


@pytest.mark.parametrize("minutes", [0, 1])
def test_three_tries_noted_in_one_go_are_one_whatever_days_are_typed(world, status, minutes):
    """The day of a try is typed: on the third day three of them could be noted within one minute."""
    cut = proposed(world, status)
    for n in range(3):
        aid.seek_in_vain(cut_id=cut.pk, on=later(n).date(), way="home", by=world.clerk, at=later(3) + timedelta(minutes=n * minutes))
    with pytest.raises(Refused, match="现在算 1 次"):
        aid.leave_notice(cut_id=cut.pk, on=later(3).date(), who="贴在家门口,组长在场", by=world.clerk, at=later(3, hours=1))
    AidCut.objects.update(state="heard", left=True, heard_on=later(3).date(), heard_by=world.clerk)
    assert "aid.tries" in {column for _what, column, _is, _should in checking.faults(TODAY)}


def test_three_tries_on_one_day_are_not_enough():
    rule, day = policy.in_force(TODAY), datetime(2026, 11, 3, 8, tzinfo=CHINA)
    on = [TODAY] * 3
    assert not rule.sought_enough(on, [day + timedelta(hours=3 * n) for n in range(3)])
    assert rule.sought_enough(on, [day + timedelta(hours=3 * n) for n in (0, 1, 10)])
    assert not rule.sought_enough(on, [day, day + timedelta(minutes=90), day + timedelta(days=1)])
    assert not rule.sought_enough(on, []), "three typed on one day, of before moments were kept"
    assert rule.sought_enough([TODAY, TODAY, later(1).date()], [])


def test_a_decision_to_go_on_ends_nothing(world, status):
    cut = decided(world, heard(world, proposed(world, status)), agree=False)
    served(world, cut)
    assert DatedStatus.objects.get().to_on is None
    assert proposed(world, status).pk != cut.pk, "it may be proposed anew"


def test_a_cut_never_takes_effect_before_it_was_told(world, status):
    cut = decided(world, heard(world, proposed(world, status)))
    aid.serve_decision(cut_id=cut.pk, on=date(2026, 12, 20), way="home", who="本人", by=world.clerk, at=later(47))
    assert DatedStatus.objects.get().to_on == date(2026, 12, 21)


def test_a_death_needs_a_paper_and_the_register_to_know_it(world, status):
    facts = {"ground": "died", "document": "死亡医学证明 2026-11-01"}
    with pytest.raises(Refused, match="还健在"):
        proposed(world, status, **facts)
    type(world.head).objects.update(died_on=TODAY)
    with pytest.raises(Refused, match="凭什么材料"):
        proposed(world, status, ground="died")
    cut = proposed(world, status, **facts)
    assert cut.state == "heard"
    aid.decide_cut(cut_id=cut.pk, agree=True, words="人已去世,次月停发", effective_on=TODAY, by=world.leader, at=NOW)
    aid.serve_decision(cut_id=cut.pk, on=TODAY, way="home", who="邻居代收", by=world.clerk, at=NOW)
    assert DatedStatus.objects.get().to_on == TODAY


DEAD = {"ground": "died", "document": "死亡医学证明 2026-11-01"}


def test_a_home_that_everybody_was_taken_out_of_has_not_died(world, status):
    Membership.objects.update(to_on=TODAY, end_reason="迁出")
    with pytest.raises(Refused, match="还健在"):
        proposed(world, status, **DEAD)
    type(world.head).objects.filter(pk=world.head.pk).update(died_on=TODAY)
    Membership.objects.exclude(person=world.head).update(to_on=later(1).date())
    with pytest.raises(Refused, match="还健在"):
        proposed(world, status, **DEAD)
    type(world.head).objects.update(died_on=TODAY)
    assert proposed(world, status, **DEAD).state == "heard"


def test_what_nobody_was_heard_on_reaches_back_to_the_death_at_most(world, status):
    type(world.head).objects.update(died_on=date(2026, 10, 20))
    cut = proposed(world, status, **DEAD)
    decide = {"cut_id": cut.pk, "agree": True, "words": "人已去世,停发", "by": world.leader, "at": NOW}
    with pytest.raises(Refused, match="2026-10-20"):
        aid.decide_cut(**decide, effective_on=date(2026, 7, 3))
    assert aid.decide_cut(**decide, effective_on=date(2026, 10, 20)).state == "cut"


def test_that_somebody_moved_rests_on_his_own_word_and_not_on_what_was_typed(world, status):
    """A document's name typed into a field, and two people who trust it, ended the aid of somebody who had gone nowhere."""
    with pytest.raises(Refused, match="凭什么材料"):
        proposed(world, status, ground="moved")
    cut = proposed(world, status, ground="moved", document="户口迁移证 3 号")
    assert cut.state == "proposed"
    decide = {"cut_id": cut.pk, "agree": True, "words": "户口已经迁出", "by": world.leader, "at": later(1)}
    with pytest.raises(Refused, match="听取意见以后才能决定"):
        aid.decide_cut(**decide, effective_on=date(2026, 12, 1))
    aid.hear_person(cut_id=cut.pk, on=TODAY, way="phone", who="本人", words="是迁到昭阳了,那边已经接上", by=world.clerk, at=NOW)
    with pytest.raises(Refused, match="停减最早从"):
        aid.decide_cut(**decide, effective_on=date(2026, 7, 3))
    assert aid.decide_cut(**decide, effective_on=date(2026, 12, 1)).state == "cut"
    assert list(checking.faults(TODAY)) == []


def test_what_was_proposed_unheard_before_waits_for_a_word_and_what_was_decided_is_no_fault(world, status):
    """Of before the upgrade: who moved stood at once as if heard."""
    cut = proposed(world, status, ground="moved", document="户口迁移证 3 号")
    lift(models=[AidCut, Entry])
    AidCut.objects.update(state="heard")
    Entry.objects.filter(act="aid.propose").update(after="heard")
    with pytest.raises(Refused, match="听取意见以后才能决定"):
        aid.decide_cut(cut_id=cut.pk, agree=True, words="户口已经迁出", effective_on=TODAY, by=world.leader, at=NOW)
    AidCut.objects.update(decided_by=world.leader, state="cut", effective_on=TODAY)
    assert "aid.heard_on" not in {column for _what, column, _is, _should in checking.faults(TODAY)}


def test_a_death_before_the_law_is_no_fault(world, status):
    type(world.head).objects.update(died_on=date(2026, 6, 1))
    DatedStatus.objects.update(from_on=date(2025, 1, 1))
    cut = proposed(world, status, **DEAD)
    aid.decide_cut(cut_id=cut.pk, agree=True, words="人已去世,停发", effective_on=date(2026, 6, 1), by=world.leader, at=NOW)
    aid.serve_decision(cut_id=cut.pk, on=TODAY, way="home", who="邻居代收", by=world.clerk, at=NOW)
    assert list(checking.faults(TODAY)) == []
    DatedStatus.objects.update(to_on=date(2026, 5, 1))
    assert [found[1] for found in checking.faults(TODAY)] == ["status.to_on"]


@pytest.mark.parametrize(("change", "column"), [
    ({"state": "dropped"}, "state"), ({"effective_on": date(2026, 12, 5)}, "effective_on"), ({"served_by": None}, "served_by_id"), ({"ground": "wish"}, "ground"),
])  # fmt: skip
def test_the_check_finds_a_step_that_no_line_writes(world, status, change, column):
    lift(models=[AidCut])
    cut = served(world, decided(world, heard(world, proposed(world, status))))
    AidCut.objects.filter(pk=cut.pk).update(**change)
    assert column in {found[1] for found in checking.faults(TODAY)}


def test_the_check_finds_a_proposal_that_nobody_made(world, status):
    served(world, decided(world, heard(world, proposed(world, status))))
    AidCut.objects.create(status=status, village=world.datong, kind="end", ground="income", fact="x", reasons="x", proposed_at=NOW)
    assert [found[3] for found in checking.faults(TODAY)] == ["no line of the journal writes it"]


def test_a_county_unit_without_a_line_sees_no_childs_refusal(world):
    facts = {"asked": "想申请孤儿保障", "asked_on": TODAY, "condition": "父母都不能抚养", "fact": "母亲在家照护"}
    aid.refuse_aid(household_id=world.home.pk, benefit="orphan_aid", **facts, by=world.clerk, at=NOW)
    one = worker("ju", "某局经办", unit("某局", "county", world.county), Role.BUREAU_WORKER)
    assert rules.visible_refusals(one).count() == 0
    assert not rules.opens_young(one, world.home)


def test_a_reduction_is_decided_and_ends_nothing(world, status):
    served(world, decided(world, heard(world, proposed(world, status, kind="reduce"))))
    assert DatedStatus.objects.get().to_on is None
    assert list(checking.faults(TODAY)) == []


@pytest.mark.parametrize(("how", "column"), [
    (lambda cut: DatedStatus.objects.update(to_on=date(2026, 11, 20)), "status.to_on"),
    (lambda cut: DatedStatus.objects.update(to_on=date(2026, 8, 1), end_reason="倒签"), "status.to_on"),
    (lambda cut: AidCut.objects.filter(pk=cut.pk).update(heard_on=None), "aid.heard_on"),
    (lambda cut: AidCut.objects.filter(pk=cut.pk).update(left=True), "aid.tries"),
    (lambda cut: AidCut.objects.filter(pk=cut.pk).update(decided_by=None), "aid.decided_by"),
    (lambda cut: AidCut.objects.filter(pk=cut.pk).update(ground="moved", heard_by=None), "aid.document"),
    (lambda cut: AidCut.objects.filter(pk=cut.pk).update(served_on=date(2026, 12, 5)), "aid.effective_on"),
], ids=lambda value: value if isinstance(value, str) else "")  # fmt: skip
def test_the_check_finds_aid_that_ended_without_a_hearing(world, status, how, column):
    cut = served(world, decided(world, heard(world, proposed(world, status))))
    assert list(checking.faults(TODAY)) == []
    how(cut)
    assert column in {found[1] for found in checking.faults(TODAY)}


def test_the_check_finds_aid_that_nobody_proposed_to_end(world, status):
    DatedStatus.objects.update(to_on=date(2026, 11, 20), end_reason="不再符合")
    assert [found[1] for found in checking.faults(TODAY)] == ["status.to_on"]


def test_history_that_was_over_when_it_was_written_down_is_no_fault(world):
    record_home_status(household_id=world.home.pk, scheme="relief", code="minimum", from_on=date(2026, 7, 2), to_on=date(2026, 9, 1), by=world.li, at=NOW)
    assert list(checking.faults(TODAY)) == []


def paid(person, period="2026", scheme="农村低保金"):
    return Benefit.objects.create(person=person, scheme=scheme, period=period, amount_yuan=Decimal(300), recorded_at=NOW)


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


# The family moves: its aid goes with it


def other_home(world, number="530625202201009"):
    from ..models import Household

    return Household.objects.create(number=number, village=world.home.village, registered_at=NOW)


def moved(world, *homes):
    """Everybody moves, the n-th member to the n-th home (the last one takes the rest)."""
    from ..households.commands import move_member

    for n, row in enumerate(Membership.objects.filter(household=world.home, to_on=None).order_by("pk")):
        move_member(membership_id=row.pk, household_id=homes[min(n, len(homes) - 1)].pk, relation=f"家人{n}", on=TODAY, by=world.li, at=later(hours=n))


def test_the_aid_of_a_family_that_moves_goes_with_it(world, status):
    """It stayed on the old number, an empty shell, and was paid to nobody or to whoever knew of it."""
    new = other_home(world)
    moved(world, new)
    status.refresh_from_db()
    assert (status.household, status.to_on) == (new, None)
    lines = {one.act: one for one in Entry.objects.filter(act__startswith="household.aid_")}
    assert (lines["household.aid_leaves"].subject_id, lines["household.aid_leaves"].detail["to"]) == (str(world.home.pk), new.number)
    assert (lines["household.aid_comes"].subject_id, lines["household.aid_comes"].detail["whence"]) == (str(new.pk), world.home.number)
    assert "空户" in page(world.li, "household", world.home.pk).content.decode()
    assert "空户" not in page(world.li, "household", new.pk).content.decode()
    assert list(checking.faults(TODAY)) == []


def test_while_somebody_stays_the_aid_stays(world, status):
    """Negative control: a daughter who marries takes nothing with her."""
    from ..households.commands import move_member

    row = Membership.objects.filter(household=world.home).exclude(person=world.head).first()
    move_member(membership_id=row.pk, household_id=other_home(world).pk, relation="儿媳", on=TODAY, by=world.li, at=NOW)
    status.refresh_from_db()
    assert (status.household, Entry.objects.filter(act="household.aid_leaves").count()) == (world.home, 0)


def test_who_is_taken_out_first_and_registered_elsewhere_later_brings_it_too(world, status):
    from ..households.commands import add_member, end_membership

    people = [(row.pk, row.person_id) for row in Membership.objects.filter(household=world.home, to_on=None)]
    for pk, _person in people:
        end_membership(membership_id=pk, on=TODAY, reason="分户", by=world.li, at=NOW)
    assert [one.pk for one in queries.on_empty_homes(world.clerk)] == [status.pk], "meanwhile the shell is seen"
    new = other_home(world)
    for _pk, person in people:
        add_member(household_id=new.pk, relation="家人", person_id=person, by=world.li, at=later(1))
    status.refresh_from_db()
    assert status.household == new


def test_a_family_that_a_file_wrote_into_a_new_number_brings_it_once_the_old_one_is_empty(world, status):
    """An import ends nobody's membership: the people stand in both homes until somebody takes them out of the old one."""
    from ..households.commands import end_membership

    new, rows = other_home(world), list(Membership.objects.filter(household=world.home, to_on=None))
    for row in rows:
        Membership.objects.create(household=new, person=row.person, relation=row.relation)
    for row in rows:
        status.refresh_from_db()
        assert status.household == world.home
        end_membership(membership_id=row.pk, on=TODAY, reason="分户", by=world.li, at=NOW)
    status.refresh_from_db()
    assert status.household == new


def test_while_one_of_them_lives_nowhere_nobody_knows_where_the_aid_goes(world, status):
    """Negative control: the last of three was only written off; two others do not speak for him."""
    from ..households.commands import end_membership, move_member

    *first, last = Membership.objects.filter(household=world.home, to_on=None).order_by("pk")
    new = other_home(world)
    for n, row in enumerate(first):
        move_member(membership_id=row.pk, household_id=new.pk, relation=f"家人{n}", on=TODAY, by=world.li, at=NOW)
    end_membership(membership_id=last.pk, on=TODAY, reason="迁出", by=world.li, at=NOW)
    status.refresh_from_db()
    assert status.household == world.home
    assert [one.pk for one in queries.on_empty_homes(world.clerk)] == [status.pk]


def test_of_a_family_that_parts_somebody_says_where_its_aid_goes(world, status):
    one, two = other_home(world), other_home(world, "530625202201010")
    moved(world, one, two)
    status.refresh_from_db()
    assert status.household == world.home
    assert [row.pk for row in queries.on_empty_homes(world.clerk)] == [status.pk]
    listed = page(world.clerk, "aid", tab="empty").content.decode()
    assert "救助随人走" in listed
    with pytest.raises(Refused):
        aid.follow_to(held_id=status.pk, home=other_home(world, "530625202201011"), reason="听人说的", by=world.clerk, at=later(1))
    aid.follow_to(held_id=status.pk, home=two, reason="问过户主本人", by=world.clerk, at=later(1))
    status.refresh_from_db()
    assert (status.household, list(queries.on_empty_homes(world.clerk))) == (two, [])


def test_a_home_that_has_the_same_already_gets_it_not_twice(world, status):
    new = other_home(world)
    record_home_status(household_id=new.pk, scheme="relief", code="minimum", from_on=date(2026, 7, 2), by=world.li, at=NOW)
    moved(world, new)
    status.refresh_from_db()
    assert status.household == world.home
    with pytest.raises(Refused, match="已经有同一项"):
        aid.follow_to(held_id=status.pk, home=new, reason="问过户主本人", by=world.clerk, at=later(1))
