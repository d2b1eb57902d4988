"""No aid is cut before the person was heard; a refusal is written; what is a child's is seen where its file opens."""

from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from wanjia.kernel.calendar import CHINA
from wanjia.kernel.models import Entry
from wanjia.kernel.triggers import lift
from wanjia.policy import aid as policy
from wanjia.verdict import Refused

from ..aid import checking
from ..aid import commands as aid
from ..models import AidCut, DatedStatus, Membership
from ..retaining import AID
from ..statuses.commands import end_status, record_home_status
from .factories import NOW, TODAY, later

BACKEND = "django.contrib.auth.backends.ModelBackend"
WHY = {"kind": "end", "ground": "income", "fact": "2026 年 10 月工资流水 4200 元", "reasons": "家里收入变多,超过了标准"}
WORDS = "工资是有,可是要还看病的钱"


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


def test_whoever_had_a_part_says_of_no_list_that_it_is_destroyed(world, status):
    cut = proposed(world, status)
    for step in (heard, decided, served):
        step(world, cut)
    assert AID.worked([cut.pk]) == {world.li.pk, world.clerk.pk, world.leader.pk}


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


def test_the_page_of_a_try_in_vain_says_how_tries_count(world, status):
    cut = proposed(world, status)
    said = " ".join(page(world.clerk, "aid_seek", cut.pk).content.decode().split())
    assert "找满 3 次、在 2 个不同的日子" in said and "隔 2 小时以上的才算另一次" in said and "现在算 0 次。" in said
    aid.seek_in_vain(cut_id=cut.pk, on=TODAY, way="home", by=world.clerk, at=NOW)
    assert "现在算 1 次。" in page(world.clerk, "aid_seek", cut.pk).content.decode()
