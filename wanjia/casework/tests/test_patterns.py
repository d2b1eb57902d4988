"""What looks like sham closing (疑点), at its least: found once, by lot on the list, answered by rechecks; one of each unit and month."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from wanjia.kernel import triggers
from wanjia.orgs.checking.queries import differences
from wanjia.orgs.models import User
from wanjia.orgs.roles import Role
from wanjia.policy.honesty import editions
from wanjia.registry.models import Household
from wanjia.verdict import Refused

from ..assignment.commands import accept_need
from ..callback.commands import call_back
from ..closing.commands import recheck_need
from ..drawing import queries as drawing
from ..handling.commands import add_evidence, report_done
from ..honesty import patterns, queries
from ..honesty.alike import alike
from ..honesty.commands import draw_least, look_for_patterns
from ..honesty.jobs import look as day_look
from ..ladder.rules import CLOCK
from ..models import Finding, FindingNeed, Need, Step
from ..slip.commands import HOUSEHOLD, answer_by_slip
from .factories import later, worker
from .test_honesty import again, unseen
from .walk import DONE, bring, reported_with_slip

pytestmark = pytest.mark.django_db


def look(at=None):
    return look_for_patterns(by=CLOCK, at=at or later(days=8))


def told(actor):
    """What the page says of the findings that the actor sees."""
    return queries.told(queries.findings(actor))


def rules_found():
    return set(Finding.objects.values_list("rule", flat=True))


def slips_at_once(world, n):
    for _one in range(n):
        need, _code = reported_with_slip(world)
        answer_by_slip(need_id=need.pk, word="solved", by=HOUSEHOLD, at=later(days=4) + timedelta(seconds=50))


def words_copied(world, n):
    return [bring(world, "verified") for _one in range(n)]


def calls_at_once(world, n):
    for one in range(n):
        need = bring(world, "done_reported")
        call_back(need_id=need.pk, way="phone", reached=True, word="solved", by=world.caller, at=later(days=5) + timedelta(minutes=one))


def same_paper(world, n):
    for _one in range(n):
        need = bring(world, "accepted")
        add_evidence(need_id=need.pk, file=SimpleUploadedFile("a.pdf", b"%PDF-1.4 the same", "application/pdf"), words="照片", by=world.handler, at=later(days=2))
        report_done(need_id=need.pk, **DONE | {"outcome_text": f"各家各办 {need.number}"}, by=world.handler, at=later(days=4))


def done_at_once(world, n):
    for _one in range(n):
        need = bring(world, "done_reported")
        Need.objects.filter(pk=need.pk).update(difficulty="hard", accepted_at=need.done_at - timedelta(minutes=4))


def same_phone(world, n):
    for one in range(n):
        home = Household.objects.create(number=f"53062520220100{one + 2}", village=world.datong, phone="13900001111", registered_at=later())
        bring(world, "verified", household=home)


SHAMS = {"slips_at_once": (slips_at_once, 4), "words_copied": (words_copied, 5), "calls_at_once": (calls_at_once, 8), "same_paper": (same_paper, 3),
         "done_at_once": (done_at_once, 3), "same_phone": (same_phone, 3)}  # fmt: skip


@pytest.mark.parametrize("rule", SHAMS)
def test_a_pattern_draws_its_needs_into_the_list_once(world, rule):
    """12345: fake closure [163.com KMQ2IFSU]; closure rate prized over solution rate [fudaoke 3285529]."""
    make, n = SHAMS[rule]
    make(world, n)
    look()
    finding = Finding.objects.get(rule=rule)
    rows = list(finding.needs.all())
    assert len(rows) == n
    wanted = [row for row in rows if row.called]
    assert len(wanted) == min(n, 5)
    assert {row.need.recheck_for for row in wanted} <= {"pattern", "drawn"}
    assert all(row.need.drawn and row.need.steps.filter(act="recheck_called").exists() for row in wanted)
    before = Finding.objects.count(), Step.objects.count()
    assert look(later(days=9)) == 0
    assert (Finding.objects.count(), Step.objects.count()) == before


def test_what_was_done_long_ago_and_is_spoken_of_now_is_found_once_too(world):
    """Told apart by when it was done, a need that was called back late was found again each day, and that broke the whole day's sweep."""
    calls_at_once(world, 8)
    assert look() >= 1
    Need.objects.update(done_at=later(days=-60))
    assert look(later(days=9)) == 0


@pytest.mark.parametrize("rule", SHAMS)
def test_fewer_than_the_rule_asks_are_no_pattern(world, rule):
    """Negative control: one need less, and nothing is found by this rule."""
    make, n = SHAMS[rule]
    make(world, n - 1)
    look()
    assert rule not in rules_found()


def test_every_rule_in_force_is_looked_for_and_says_why():
    for edition in editions():
        assert {one.rule for one in edition.patterns} == set(patterns.RULES)
        assert all(all(one.reason) for one in edition.patterns)
        assert all(edition.source)


def test_honest_work_is_found_by_none(world):
    need, _code = reported_with_slip(world)
    answer_by_slip(need_id=need.pk, word="solved", by=HOUSEHOLD, at=later(days=5))
    bring(world, "closed")
    assert (look(), rules_found()) == (0, set())


def test_a_finding_is_answered_by_its_rechecks_and_cleared_by_nobody_else(world, monkeypatch):
    """No unit that holds, handled, called back or struck off sees the finding, or looks at its needs."""
    unseen(monkeypatch)
    needs = words_copied(world, 5)
    look()
    inspector = again(world.inspector)
    (one,) = told(inspector)
    assert (one["stands"], len(one["needs"])) == ("open", 5)
    for who, unit in (("a", world.civil), ("b", world.office)):
        inside = worker(who, who, unit, Role.INSPECTOR)
        assert list(queries.to_recheck(inside)) == []
        with pytest.raises(Refused):
            recheck_need(need_id=needs[0].pk, agrees=True, words="我们看过了", by=inside, at=later(days=9))
    assert told(again(User.objects.get(username="a"))) == []
    for need in needs[:4]:
        recheck_need(need_id=need.pk, agrees=True, words="到户看过", by=world.inspector, at=later(days=9))
    assert told(inspector)[0]["stands"] == "open"
    recheck_need(need_id=needs[4].pk, agrees=True, words="到户看过", by=world.inspector, at=later(days=9))
    assert told(inspector)[0]["stands"] == "nothing"


def test_one_need_found_not_so_answers_the_finding(world, monkeypatch):
    unseen(monkeypatch)
    needs = words_copied(world, 5)
    look()
    recheck_need(need_id=needs[0].pk, agrees=False, words="到户看,没有办", by=world.inspector, at=later(days=9))
    assert told(again(world.inspector))[0]["stands"] == "true"


def test_a_finding_names_no_person_and_no_page_sums_them(world, as_user, monkeypatch):
    """指尖上的形式主义: no ranking of cadres. The rows bear no person; the page that shows them names none."""
    unseen(monkeypatch)
    words_copied(world, 5)
    look()
    for model in (Finding, FindingNeed):
        assert User not in {field.related_model for field in model._meta.get_fields()}
    page = as_user(world.inspector).get(reverse("casework:rechecks")).content.decode()
    assert "结果说明是同一段话" in page
    assert world.handler.name not in page
    assert world.caller.name not in page


def test_nobody_puts_a_need_on_the_list_by_hand(world):
    for who in (world.inspector, world.ledger, world.caller):
        with pytest.raises(Refused, match="不由人挑选"):
            look_for_patterns(by=who, at=later(days=8))
        with pytest.raises(Refused, match="不由人挑选"):
            draw_least(month="202611", by=who, at=later(days=40))


# The same need, a second time


def done_anew(need, world, day):
    """The household says it is not settled; the unit signs and reports it done in the same words, and is confirmed once more."""
    recheck_need(need_id=need.pk, agrees=False, words="到户看,没有办", by=world.inspector, at=later(days=day))
    accept_need(need_id=need.pk, by=world.handler, at=later(days=day + 1))
    report_done(need_id=need.pk, **DONE, by=world.handler, at=later(days=day + 2))
    call_back(need_id=need.pk, way="phone", reached=True, word="solved", by=world.caller, at=later(days=day + 3))


def test_a_second_sham_round_of_one_need_is_found_again(world, monkeypatch):
    """A rule found a need once and for ever: whoever was found out was free from then on."""
    unseen(monkeypatch)
    needs = words_copied(world, 5)
    assert look() == 1
    done_anew(needs[0], world, 9)
    assert look(later(days=13)) == 1
    second = Finding.objects.get(at__gte=later(days=13))
    row = second.needs.get()
    assert (row.need_id, row.round, row.called, second.facts["n"]) == (needs[0].pk, 2, True, 1)
    assert look(later(days=14)) == 0  # and once in that round
    assert set(FindingNeed.objects.exclude(pk=row.pk).values_list("round", flat=True)) == {1}
    assert [one.plain() for one in differences(later(days=14)) if one.kind == "honest"] == []
    triggers.lift(models=[FindingNeed])
    FindingNeed.objects.filter(pk=row.pk).update(round=3)
    assert [one.plain() for one in differences(later(days=14)) if one.kind == "honest"] != []


def test_what_was_found_before_rounds_were_kept_is_not_found_again(world):
    words_copied(world, 5)
    look()
    triggers.lift(models=[FindingNeed])
    FindingNeed.objects.update(round=0)
    assert look(later(days=9)) == 0


# What costs nothing to change


@pytest.mark.parametrize("told", [
    "低保已经恢复发放{}", "低保已经恢复发放。{}", "低保 已经恢复　发放{}", "低保已经恢复发放😀{}", "低保已经恢复发放,{}元", "低保,已经恢复发放!{}", "低保已经已恢复发放{}", "{name}家的低保已经恢复发放",
])  # fmt: skip
def test_words_are_copied_whatever_sign_or_number_is_added(world, told):
    for n in range(5):
        need = bring(world, "accepted")
        report_done(need_id=need.pk, **DONE | {"outcome_text": told.format("。" * n if n % 2 else n, name="张王李赵陈"[n])}, by=world.handler, at=later(days=4))
    look()
    assert "words_copied" in rules_found()


def test_ten_times_nothing_is_copied_too():
    """Texts without a letter were set aside, so that dots or a row of numbers under each need escaped the rule."""
    told = ["…… ……", "…………", "2026.11.27", "2026.11.28", "已经修好了"]
    assert sorted(map(sorted, alike(told, 75))) == sorted([sorted(told[:2]), told[2:4], told[4:]])


def test_what_was_told_of_each_home_itself_is_not_copied(world):
    """Negative control: five homes, five things done."""
    for told in ("屋顶换了三十块瓦,漏处补好了", "低保从八月起恢复,卡上到账", "水管接到院里,孩子放学能喝上水", "和学校说好了,可以住校", "欠的工钱老板当面付清"):
        need = bring(world, "accepted")
        report_done(need_id=need.pk, **DONE | {"outcome_text": told}, by=world.handler, at=later(days=4))
    look()
    assert "words_copied" not in rules_found()


def calls(world, minutes):
    for one in minutes:
        need = bring(world, "done_reported")
        call_back(need_id=need.pk, way="phone", reached=True, word="solved", by=world.caller, at=later(days=5) + timedelta(minutes=one))


def test_one_honest_call_in_the_morning_excuses_no_crowd_in_the_afternoon(world):
    """The span of the whole day was measured: a single call four hours before hid the eight."""
    calls(world, (-240, *range(8), 60))
    look()
    finding = Finding.objects.get(rule="calls_at_once")
    assert (finding.facts["n"], finding.facts["minutes"]) == (8, 7)


def test_calls_at_their_time_are_no_crowd(world):
    """Negative control: eight within an hour, and never eight within a quarter."""
    calls(world, range(0, 64, 8))
    look()
    assert "calls_at_once" not in rules_found()


def test_two_crowds_of_a_day_are_two_findings(world):
    calls(world, (*range(8), *range(120, 128)))
    assert look() >= 2
    assert sorted(one.facts["n"] for one in Finding.objects.filter(rule="calls_at_once")) == [8, 8]


# At least one of each unit and month


def test_a_unit_whose_month_no_draw_hit_has_one_looked_at(world, monkeypatch):
    """Small units are never drawn by a share alone; the lowest lot of the month's seed is, and anybody can count it again."""
    unseen(monkeypatch)
    needs = [bring(world, "closed") for _one in range(3)]
    assert draw_least(month="202611", by=CLOCK, at=later(days=20)) == 0  # the month runs
    assert draw_least(month="202611", by=CLOCK, at=later(days=35)) == 1
    (listed,) = queries.to_recheck(again(world.inspector))
    assert (listed.recheck_for, listed.number in {need.number for need in needs}) == ("least", True)
    assert draw_least(month="202611", by=CLOCK, at=later(days=36)) == 0
    monkeypatch.undo()
    assert [fault for fault in drawing.faults("202611") if "lowest" in fault] == []


def test_another_than_the_lowest_lot_is_named(world, monkeypatch):
    """Negative control: somebody picks."""
    unseen(monkeypatch)
    for _one in range(3):
        bring(world, "closed")
    lowest = set(drawing.least_of("202611", later(days=35)).values())
    other = Need.objects.exclude(number__in=lowest).values_list("number", flat=True)[0]
    monkeypatch.setattr("wanjia.casework.honesty.commands.least_of", lambda month, at: {world.civil.pk: other})
    draw_least(month="202611", by=CLOCK, at=later(days=35))
    assert [fault for fault in drawing.faults("202611") if "lowest" in fault] == [f"{other}: not the lowest lot of its unit"]


def test_the_sweep_does_the_day_look(world):
    words_copied(world, 5)
    assert day_look(at=later(days=8))["findings"] == 1
    assert day_look(at=later(days=8)) == {"findings": 0, "least": 0}
