"""What is due goes by a list of two units, through the one door of an erasure: words go, counts stay, and nothing else is touched."""

import dataclasses
import uuid
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from tests.house.acts import World
from wanjia.casework.closing import commands as closing
from wanjia.casework.models import Evidence, Need, Step
from wanjia.casework.tests import walk
from wanjia.casework.tests.factories import MONDAY, area, later, unit, worker
from wanjia.kernel import erasure
from wanjia.kernel.erasure import WORD
from wanjia.kernel.models import Entry, ErasureLine
from wanjia.office.erasing import queries as ordered
from wanjia.office.health import data_checks
from wanjia.office.models import Disposal, DisposalItem, DisposalOutcome
from wanjia.office.retention import commands, queries, tasks
from wanjia.orgs.checking.queries import differences
from wanjia.orgs.models import Level, Post
from wanjia.orgs.retained import Spared, classes
from wanjia.orgs.roles import Role
from wanjia.orgs.workdays.hours import CLOCK
from wanjia.policy import retention as policy
from wanjia.verdict import Refused

from .disposing import DAY, THEN, agreed, closed, figures, fresh, proposed, waited, whole
from .erased_world import MARK, Planted

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def place(tmp_path, monkeypatch):
    """The list of orders lies beside the key ring: each test has its own."""
    monkeypatch.setattr(ordered, "orders_path", lambda: tmp_path / ordered.FILE)


@pytest.fixture
def world():
    return World()


def test_words_go_and_every_count_stays():
    planted = Planted()
    world, need = planted.world, planted.needs[0]
    before, rows = figures(), (Need.objects.count(), Step.objects.count(), Evidence.objects.count())
    disposal = agreed(world)
    assert (disposal.items.get().number, disposal.young) == (need.number, 0)
    whole()
    assert tasks.carry_all(THEN + timedelta(hours=2)) == 0, "the days of waiting are not over"
    assert Need.objects.get(pk=need.pk).summary != WORD

    assert tasks.carry_all(waited()) == 1
    need.refresh_from_db()
    assert (need.summary, need.requester_name, need.story, need.requester_phone) == (WORD, WORD, "", "")
    assert not [step.words for step in need.steps.all() if MARK in step.words]
    assert not any(MARK in line.reason for line in Entry.objects.filter(subject="casework.need", subject_id=str(need.pk)))
    assert figures() == before and (Need.objects.count(), Step.objects.count(), Evidence.objects.count()) == rows
    whole()
    line = Entry.objects.get(act="office.dispose")
    assert (line.detail["disposed"], line.detail["list"], line.detail["asked_by"], line.detail["agreed_by"]) == (disposal.n, disposal.digest, "吴台账", "钱督查")
    # The other needs of the home, and its people, are as they were.
    assert MARK in Need.objects.get(pk=planted.needs[2].pk).summary and planted.person.name == MARK
    assert queries.due(classes()["need"], policy.in_force(DAY).kept("need"), [world.county.span()], waited().date()).count() == 0


def test_what_no_rule_binds_is_never_due(world):
    """A slip in the file of limits keeps too much, never too little."""
    closed(world)
    one, kept, day = classes()["need"], policy.in_force(DAY).kept("need"), THEN.date()
    of_children = tuple(rule for rule in kept.rules if rule.where)
    assert one.due(kept, day).count() == 1, "control"
    assert [one.due(dataclasses.replace(kept, rules=rules), day).count() for rules in ((), of_children)] == [0, 0]


def test_without_its_act_what_was_emptied_is_found():
    """The negative control: the lines of a list account for nothing when the journal has no such act."""
    planted = Planted()
    agreed(planted.world)
    tasks.carry_all(waited())
    whole()
    known, erasure.ORDERED = erasure.ORDERED, {"registry.person": erasure.ACT}
    try:
        assert {one.kind for one in differences()} >= {"erasure", "need"}
    finally:
        erasure.ORDERED = known


def test_of_several_limits_the_longest_holds(world):
    kept = policy.in_force(DAY).kept("need")
    assert [kept.outlived(rule) for rule in kept.rules] == [False, True, False, False] and kept.clashes
    need = closed(world)
    ended = need.ended_at.date()
    assert kept.ends({"ended": ended}, set()) == ended.replace(year=ended.year + 10)
    assert kept.ends({"ended": ended, "born": date(2020, 2, 29)}, {"child"}) == date(2041, 2, 28)
    assert kept.ends({"ended": None}, set()) is None, "of a moment that is not known nothing is due"
    one = classes()["need"]
    for on, n in ((ended.replace(year=2029) + timedelta(1), 0), (ended.replace(year=2036) - timedelta(1), 0), (ended.replace(year=2036), 1)):
        assert one.due(kept, on).count() == n, on
    told = one.told(one.due(kept, THEN.date()), kept)[0]
    assert (told["began"], told["due"], told["number"]) == (ended, ended.replace(year=2036), need.number)


def test_nobody_agrees_alone_nor_beside_himself(world):
    closed(world)
    disposal = proposed(world)
    what = {"disposal_id": disposal.pk, "agree": True, "at": THEN + timedelta(hours=1)}
    for who in (world.auditor, world.leader):  # of the ledger office's own unit
        with pytest.raises(Refused, match="申请单位"):
            commands.decide_disposal(**what, by=fresh(who))
    both = fresh(world.ledger)
    Post.objects.create(user=both, organisation=world.oversight, role=Role.INSPECTOR, from_on=date(2020, 1, 1))
    with pytest.raises(Refused, match="自己提出"):
        commands.decide_disposal(**what, by=fresh(both))
    with pytest.raises(IntegrityError), transaction.atomic():
        Disposal.objects.filter(pk=disposal.pk).update(state="made", decided_by=world.ledger)
    with pytest.raises(Refused):
        commands.decide_disposal(**what, by=fresh(world.clerk))


def test_nobody_of_a_unit_that_worked_on_what_it_names_says_that_it_is_destroyed(world):
    """The head of the office that had worked on the needs agreed that what it had written is destroyed: whoever has a result to defend."""
    closed(world)
    disposal = proposed(world, where=world.township.area)
    assert set(disposal.handled) == {str(one.pk) for one in (world.civil, world.township, world.handler)}, "who rang the household has no result to defend"
    for at_work in (world.civil, world.township):
        one = worker(f"jia-{at_work.pk}", "两处任职", world.oversight, Role.INSPECTOR)
        Post.objects.create(user=one, organisation=at_work, role=Role.BUREAU_HEAD, from_on=date(2020, 1, 1))
        with pytest.raises(Refused, match="您单位办过"):
            commands.decide_disposal(disposal_id=disposal.pk, agree=True, by=fresh(one), at=THEN + timedelta(hours=1))
        assert queries.to_decide(fresh(one)) == []
    head = worker("xiang-ling", "乡领导", world.township, Role.TOWNSHIP_LEADER)
    with pytest.raises(Refused, match="您单位办过"):
        commands.decide_disposal(disposal_id=disposal.pk, agree=True, by=fresh(head), at=THEN + timedelta(hours=1))
    commands.decide_disposal(disposal_id=disposal.pk, agree=True, by=fresh(world.inspector), at=THEN + timedelta(hours=1))
    whole()


def test_who_worked_on_what_it_names_agrees_as_little_once_he_is_elsewhere(world):
    """Moved to the office of oversight before the list was drawn up, he agreed that what he had written is destroyed."""
    closed(world)
    Post.objects.filter(user=world.handler).update(to_on=date(2026, 11, 9))
    Post.objects.create(user=world.handler, organisation=world.oversight, role=Role.INSPECTOR, from_on=date(2026, 11, 9))
    disposal = proposed(world)
    with pytest.raises(Refused, match="您单位办过"):
        commands.decide_disposal(disposal_id=disposal.pk, agree=True, by=fresh(world.handler), at=THEN + timedelta(hours=1))
    whole()


def test_a_column_that_was_emptied_lets_nobody_agree(world):
    """One UPDATE took away who had a part: it is worked out anew when somebody agrees."""
    closed(world)
    Post.objects.filter(user=world.handler).update(to_on=date(2026, 11, 9))
    Post.objects.create(user=world.handler, organisation=world.oversight, role=Role.INSPECTOR, from_on=date(2026, 11, 9))
    disposal = proposed(world)
    Disposal.objects.filter(pk=disposal.pk).update(handled=[])
    with pytest.raises(Refused, match="您单位办过"):
        commands.decide_disposal(disposal_id=disposal.pk, agree=True, by=fresh(world.handler), at=THEN + timedelta(hours=1))
    assert commands.decide_disposal(disposal_id=disposal.pk, agree=True, by=world.inspector, at=THEN + timedelta(hours=1)).handled == disposal.handled


def test_who_took_part_in_the_pictures_agrees_as_little(world):
    need = closed(world)
    Evidence.objects.create(need=need, name="修好的路.jpg", size=9, digest="0" * 64, body="照片", added_at=MONDAY, added_by=world.handler)
    assert str(world.civil.pk) in proposed(world, code="photo").handled


def test_a_list_of_another_county_is_nobodys(world):
    closed(world)
    disposal = proposed(world)
    far = area("530621000000", "鲁甸县", Level.COUNTY)
    stranger = worker("ludian", "外县督查", unit("鲁甸县督查室", "county", far), Role.INSPECTOR)
    assert not queries.visible_disposals(stranger).exists() and queries.to_decide(stranger) == []
    with pytest.raises(Refused, match="不归您管"):
        commands.decide_disposal(disposal_id=disposal.pk, agree=True, by=stranger, at=THEN + timedelta(hours=1))
    keeper = worker("ludian-taizhang", "外县台账", unit("鲁甸县台账办", "county", far), Role.LEDGER_OFFICE)
    with pytest.raises(Refused, match="不归您管"):
        commands.propose_disposal(code="need", area=world.county, by=keeper, at=THEN)
    with pytest.raises(Refused, match="没有到期"):
        commands.propose_disposal(code="need", area=far, by=keeper, at=THEN)
    with pytest.raises(Refused, match="没有“"):
        commands.hold_rows(ground="lawsuit", number=Need.objects.first().number, document="(2037)1号", by=keeper, at=THEN)
    assert queries.to_propose(keeper, THEN.date()) == 0


def test_what_changed_between_list_and_disposal_is_spared(world):
    stays, goes, third = closed(world), closed(world), closed(world)
    agreed(world)
    closing.reopen_need(need_id=stays.pk, words="群众又来说没有解决", by=fresh(world.clerk), at=later(days=10))  # noted in time, sent late
    commands.hold_rows(ground="lawsuit", number=third.number, document="(2037)云0625民初12号", by=fresh(world.auditor), at=THEN + timedelta(days=2))
    assert tasks.carry_all(waited()) == 1
    assert [Need.objects.get(pk=one.pk).summary == WORD for one in (stays, goes, third)] == [False, True, False]
    assert dict(DisposalOutcome.objects.values_list("item__row", "spared")) == {stays.pk.hex: "changed", goes.pk.hex: "", third.pk.hex: "lawsuit"}
    whole()


def test_what_its_own_matter_keeps_is_left_out(world):
    need = closed(world)
    day = THEN.date()
    one, kept = classes()["need"], policy.in_force(day).kept("need")

    def why():
        return queries.held(one, one.due(kept, day), day).get(need.pk.hex)

    assert why() is None
    Need.objects.filter(pk=need.pk).update(recheck_due_on=day, recheck_for="complaint")
    assert why() == Spared.RECHECK
    Need.objects.filter(pk=need.pk).update(recheck_due_on=None, recheck_for="")
    later_one = walk.bring(world, "registered")
    Need.objects.filter(pk=later_one.pk).update(follows=need)
    assert why() == Spared.AGAIN


def test_a_child_is_kept_for_twenty_one_years_and_never_named(world):
    need = closed(world, child=world.register.child, involves_child=True)
    one = classes()["need"]
    kept = policy.in_force(DAY).kept("need")
    of_age = policy.months_after(world.register.child.birth_on, 12 * 21)
    assert one.due(kept, of_age - timedelta(days=1)).count() == 0
    last = max(of_age, kept.ends({"ended": need.ended_at.date()}, set()))
    disposal = proposed(world, at=MONDAY.replace(year=last.year + 1))
    item = disposal.items.get()
    assert (disposal.young, item.number, item.child) == (1, "", True)
    with pytest.raises(IntegrityError), transaction.atomic():
        DisposalItem.objects.create(disposal=disposal, n=2, table="x", row="y", place="z", number=need.number, child=True, began_on=DAY, due_on=DAY)


def test_a_row_stands_on_one_list(world):
    closed(world)
    disposal = proposed(world)
    with pytest.raises(Refused, match="没有到期"):
        proposed(world, at=THEN + timedelta(hours=1))
    assert queries.to_propose(fresh(world.ledger), THEN.date()) == 0
    commands.take_back_disposal(disposal_id=disposal.pk, reason="年限要再核对", by=fresh(world.ledger), at=THEN + timedelta(hours=2))
    assert proposed(world, at=THEN + timedelta(hours=3)).n == 1
    whole()


def test_a_clock_that_was_set_back_destroys_nothing(world):
    closed(world)
    disposal = proposed(world)
    with pytest.raises(Refused, match="拨回"):
        commands.decide_disposal(disposal_id=disposal.pk, agree=True, by=fresh(world.inspector), at=THEN - timedelta(days=1))
    with pytest.raises(Refused, match="拨回"):
        proposed(world, at=THEN - timedelta(days=1))
    commands.decide_disposal(disposal_id=disposal.pk, agree=True, by=fresh(world.inspector), at=THEN + timedelta(hours=1))
    assert tasks.carry_all(THEN - timedelta(days=400)) == 0 and not ErasureLine.objects.exists()
    with pytest.raises(Refused, match="等候期"):
        commands.carry_some(disposal_id=disposal.pk, by=CLOCK, at=THEN - timedelta(days=400))
    with pytest.raises(Refused, match="系统在等候期满"):
        commands.carry_some(disposal_id=disposal.pk, by=fresh(world.inspector), at=waited())


def test_a_list_of_a_clock_that_ran_ahead_keeps_no_other_back(world):
    """Drawn up in 2047 by mistake it let nobody draw up another for ten years."""
    closed(world)
    early = proposed(world, at=THEN + timedelta(days=3650))
    closed(world)
    with pytest.raises(Refused, match="收回那份清单"):
        proposed(world)
    commands.take_back_disposal(disposal_id=early.pk, reason="时钟走快了", by=fresh(world.ledger), at=THEN)
    assert proposed(world).n == 2
    whole()


def test_the_doctor_names_a_list_that_is_not_carried_out(world, monkeypatch):
    """It failed each round, and said so in a log that nobody reads."""
    def now(at):
        monkeypatch.setattr("django.utils.timezone.now", lambda: at)
        return data_checks.disposals()

    def fails(**_facts):
        raise OSError("orders.jsonl")

    closed(world)
    disposal = agreed(world)
    assert now(THEN + timedelta(days=1)).level == "green"
    monkeypatch.setattr(tasks, "carry_some", fails)
    assert tasks.carry_all(waited()) == 0
    seen = now(waited())
    assert (seen.level, str(disposal.pk) in seen.seen, "收回" in seen.to_do) == ("yellow", True, True)
    assert now(THEN - timedelta(days=2)).said.startswith("有 %(n)s 份销毁清单的时间还没有到")
    monkeypatch.undo()
    tasks.carry_all(waited())
    monkeypatch.setattr("django.utils.timezone.now", waited)
    assert data_checks.disposals().level == "green"


def test_a_list_is_frozen(world):
    closed(world)
    closed(world)
    disposal = proposed(world)
    for change in (lambda: disposal.items.update(due_on=DAY), lambda: disposal.items.all().delete(), lambda: Disposal.objects.all().delete()):
        with pytest.raises((DatabaseError, IntegrityError)), transaction.atomic():
            change()
    Disposal.objects.filter(pk=disposal.pk).update(digest="0" * 64)  # behind every guard
    assert {one.kind for one in differences()} == {"disposal"}
    with pytest.raises(Refused, match="不一样"):
        commands.decide_disposal(disposal_id=disposal.pk, agree=True, by=fresh(world.inspector), at=THEN + timedelta(hours=1))


def test_an_outcome_without_an_erasure_is_found(world):
    closed(world)
    disposal = agreed(world)
    DisposalOutcome.objects.create(item=disposal.items.get(), order=uuid.uuid4(), at=THEN)
    assert ("disposal", "order") in {(one.kind, one.column) for one in differences()}


def test_limits_that_grew_longer_meanwhile_hold(world, monkeypatch):
    closed(world)
    disposal = agreed(world)
    before = policy.in_force(THEN.date())
    longer = tuple(dataclasses.replace(one, rules=tuple(dataclasses.replace(rule, years=30) for rule in one.rules)) for one in before.classes)
    later_on = dataclasses.replace(before, starts=THEN.date() + timedelta(days=1), classes=longer)
    monkeypatch.setattr(policy, "editions", lambda: (before, later_on))
    assert tasks.carry_all(waited()) == 1
    assert disposal.items.get().outcome.spared == Spared.CHANGED and not ErasureLine.objects.exists()


def test_it_goes_on_by_pieces(world, monkeypatch):
    monkeypatch.setattr(commands, "TOGETHER", 1)
    for _n in range(3):
        closed(world)
    disposal = agreed(world)
    assert commands.carry_some(disposal_id=disposal.pk, by=CLOCK, at=waited()) == 2
    whole()  # whole after each piece
    with pytest.raises(Refused, match="已经开始"):
        commands.take_back_disposal(disposal_id=disposal.pk, reason="不销毁了", by=fresh(world.ledger), at=waited())
    assert tasks.carry_all(waited()) == 1 and tasks.carry_all(waited()) == 0
    assert Entry.objects.filter(act="office.dispose").count() == 3 == len(ordered.orders())
    assert Entry.objects.get(act="disposal.carried").detail["done"] == 3
    whole()


def test_every_class_of_a_list_is_brought_and_every_brought_class_has_its_rule():
    edition = policy.in_force(DAY)
    listed = {kept.code: kept for kept in edition.classes if kept.by == "list"}
    clocked = {kept.code for kept in edition.classes if kept.by == "clock"}
    assert listed.keys() == classes().keys() - clocked
    for code, kept in listed.items():
        one = classes()[code]
        assert kept.fate == "words" and {rule.since for rule in kept.rules} <= one.moments.keys(), code
        assert {rule.where for rule in kept.rules} - {""} <= one.binds.keys(), code
        assert one.model.erasure.gone, code
        queries.held(one, one.due(kept, DAY), DAY)
        assert one.told(one.due(kept, DAY), kept) == []
