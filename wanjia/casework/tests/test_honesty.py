"""Closing that is honest at scale: the tier above looks again, what is said after a closing counts against it, what looks like sham closing is looked at.

Each complaint of the peers' users that this answers is named where it is tried.
"""

from datetime import date
from types import SimpleNamespace

import pytest
from django.urls import reverse

from wanjia.kernel.calendar import today
from wanjia.kernel.models import Entry
from wanjia.orgs.models import Post, User
from wanjia.orgs.roles import Role
from wanjia.reporting.figures.queries import count
from wanjia.verdict import Refused

from ..assignment.commands import accept_need
from ..callback.commands import call_back
from ..closing.commands import close_need, recheck_need, reopen_need
from ..closing.rules import can_recheck
from ..handling.commands import report_done
from ..honesty import queries
from ..honesty.commands import say_again
from ..models import Need, Recheck
from ..slip.commands import HOUSEHOLD, answer_by_slip
from ..templatetags.casework import next_act
from .factories import later, worker
from .walk import DONE, bring, reported_with_slip

pytestmark = pytest.mark.django_db


def again(user):
    return User.objects.get(pk=user.pk)


def fresh(need):
    return Need.objects.get(pk=need.pk)


def unseen(monkeypatch):
    """No draw hits anything of itself."""
    monkeypatch.setattr("wanjia.casework.drawing.commands.lot", lambda seed, number: 1.0)


def figures(need, day=None, at=None):
    found = count(Need.objects.filter(pk=need.pk), day, today(at or later(days=60)))
    return {name: found[f"needs.{name}"] for name in ("concluded", "contradicted", "stayed")}


def called(need, why="pattern"):
    """Put a need on the list as the clock would."""
    Need.objects.filter(pk=need.pk).update(recheck_for=why, recheck_due_on=later(days=20).date(), drawn=True)
    return need


# The tier above


def test_sham_closing_is_found_by_the_tier_above_after_it_was_struck_off(world, monkeypatch):
    """12345: fake closure [163.com KMQ2IFSU]; HOPE: closed tickets cannot reopen. Not so sends it back under number and first clock, and counts."""
    unseen(monkeypatch)
    need = called(bring(world, "closed"))
    due, number = fresh(need).due_on, need.number
    assert figures(need) == {"concluded": 1, "contradicted": 0, "stayed": 1}
    recheck_need(need_id=need.pk, agrees=False, word="unsolved", way="face", words="到户看,没有办", told="请把低保办下来", by=world.inspector, at=later(days=9))
    now = fresh(need)
    assert (now.state, now.number, now.due_on, now.closed_at, now.recheck_for, now.reopenings) == ("reopened", number, due, None, "", 1)
    assert now.contradicted_on == later(days=9).date()
    assert now.holdings.filter(to_at=None).count() == 1
    assert figures(need) == {"concluded": 1, "contradicted": 1, "stayed": 0}
    recheck = now.rechecks.get()
    assert (recheck.word, recheck.way, recheck.reached, recheck.words) == ("unsolved", "face", True, "")
    assert now.sayings.get(act="recheck").words == "到户看,没有办"


def test_what_was_found_so_leaves_the_list_and_stays_struck_off(world, monkeypatch):
    unseen(monkeypatch)
    need = called(bring(world, "closed"))
    assert list(queries.to_recheck(again(world.inspector))) == [need]
    recheck_need(need_id=need.pk, agrees=True, word="solved", words="到户看过,属实", by=world.inspector, at=later(days=9))
    assert (fresh(need).state, fresh(need).recheck_for) == ("closed", "")
    assert list(queries.to_recheck(again(world.inspector))) == []
    assert figures(need)["stayed"] == 1


def test_who_asked_or_struck_off_does_not_look_again(world, monkeypatch):
    """12345: fake closure. The unit that called back and the one that struck off have a word to defend, and so has whoever sits in both."""
    unseen(monkeypatch)
    need = called(bring(world, "closed"))
    beside_caller, beside_clerk = (worker(name, name, unit, Role.INSPECTOR) for name, unit in (("er", world.office), ("san", world.township)))
    for person in (beside_caller, beside_clerk):
        with pytest.raises(Refused):
            recheck_need(need_id=need.pk, agrees=True, words="我们看过了", by=person, at=later(days=9))
        assert list(queries.to_recheck(person)) == []
    with pytest.raises(Refused, match="回访过、销过号的单位不能自己抽查"):
        recheck_need(need_id=need.pk, agrees=True, words="我们看过了", by=beside_caller, at=later(days=9))
    Post.objects.create(user=world.inspector, organisation=world.office, role=Role.LEADER, from_on=date(2020, 1, 1))
    assert not can_recheck(again(world.inspector), fresh(need))


def test_without_the_guard_the_caller_looks_at_the_own_call(world, monkeypatch):
    """Negative control of the test above."""
    unseen(monkeypatch)
    need = called(bring(world, "closed"))
    monkeypatch.setattr("wanjia.casework.closing.rules.concluded", lambda actor, need: False)
    assert can_recheck(worker("er", "er", world.office, Role.INSPECTOR), fresh(need))


def test_the_list_and_the_rule_tell_the_same(world, monkeypatch):
    """Both sides of `concluded`, for many people: the list shows what the rule lets, and nothing else."""
    unseen(monkeypatch)
    need = called(bring(world, "closed"))
    people = [worker(f"p{n}", f"p{n}", unit, Role.INSPECTOR) for n, unit in enumerate((world.office, world.civil, world.oversight, world.education, world.township))]
    Post.objects.create(user=people[3], organisation=world.office, role=Role.INSPECTOR, from_on=date(2020, 1, 1), to_on=later(days=5).date())
    for person in map(again, people):
        assert (need in queries.to_recheck(person)) == bool(can_recheck(person, fresh(need)))
    assert [need in queries.to_recheck(again(person)) for person in people] == [False, False, True, False, False]


def test_whoever_looked_again_does_not_strike_off(world):
    need = bring(world, "verified", involves_child=True)
    recheck_need(need_id=need.pk, agrees=True, words="到户看过", by=world.inspector, at=later(days=6))
    beside = worker("er", "er", world.oversight, Role.LEDGER_OFFICE)
    with pytest.raises(Refused, match="请由别的单位销号"):
        close_need(need_id=need.pk, by=beside, at=later(days=7))
    assert close_need(need_id=need.pk, by=world.clerk, at=later(days=7)).state == "closed"


def test_a_try_in_vain_says_nothing_and_stays_on_the_list(world):
    need = bring(world, "verified", involves_child=True)
    recheck_need(need_id=need.pk, agrees=False, reached=False, by=world.inspector, at=later(days=6))
    assert (fresh(need).state, fresh(need).recheck_for) == ("verified", "child")
    assert [one.tries for one in queries.to_recheck(again(world.inspector))] == [1]
    with pytest.raises(Refused, match="请上一级抽查"):
        close_need(need_id=need.pk, by=world.clerk, at=later(days=7))
    for said in ({"agrees": True}, {"agrees": False, "word": "unsolved"}):
        with pytest.raises(Refused, match="不能下结论"):
            recheck_need(need_id=need.pk, reached=False, **said, by=world.inspector, at=later(days=7))


def test_a_household_that_says_unsolved_is_not_found_so(world):
    """12345: closure rate prized over solution rate [fudaoke 3285529]: the tier above may not write 属实 over the household's word."""
    need = bring(world, "verified", involves_child=True)
    with pytest.raises(Refused, match="不能记为属实"):
        recheck_need(need_id=need.pk, agrees=True, word="unsolved", words="电话里说没有办", by=world.inspector, at=later(days=6))


def test_what_is_drawn_has_its_day(world):
    need = bring(world, "verified", involves_child=True)
    assert (need.recheck_for, need.recheck_due_on) == ("child", date(2026, 11, 13))  # five working days after Saturday the 7th


def test_the_desk_says_the_day_that_the_list_of_rechecks_says(world):
    """A desk that struck it off as its step said it late, three days before the list of rechecks did."""
    need = bring(world, "verified", involves_child=True)
    assert need.step_due_on not in (None, need.recheck_due_on)
    for who, act, day in ((world.inspector, "抽查", need.recheck_due_on), (world.clerk, "销号", need.step_due_on)):
        request = SimpleNamespace(user=again(who))
        row = next_act({"request": request, "frame": SimpleNamespace(today=date(2026, 11, 9))}, need)
        assert (row["words"], row["step"]) == (act, day)
    assert queries.to_recheck(again(world.inspector)).get(pk=need.pk).by_on == need.recheck_due_on


# After a closing


def test_a_reopened_need_counts_against_its_closing(world, monkeypatch):
    """FixMyStreet #897, #29: reopening must reach who handled it; 12345: closure rate prized over solution rate. Done anew, it still counts."""
    unseen(monkeypatch)
    need = bring(world, "closed")
    reopen_need(need_id=need.pk, words="又停发了", by=world.visitor, at=later(days=9))
    assert figures(need) == {"concluded": 1, "contradicted": 1, "stayed": 0}
    assert fresh(need).holder == world.civil
    accept_need(need_id=need.pk, by=world.handler, at=later(days=10))
    report_done(need_id=need.pk, **DONE, by=world.handler, at=later(days=11))
    call_back(need_id=need.pk, way="phone", reached=True, word="solved", by=world.caller, at=later(days=12))
    close_need(need_id=need.pk, by=world.clerk, at=later(days=13))
    assert (fresh(need).state, figures(need)) == ("closed", {"concluded": 1, "contradicted": 1, "stayed": 0})


def test_the_figure_of_a_past_day_is_what_was_true_then(world, monkeypatch):
    """CASA #1246, #850: two pages count differently. One definition, for today and for any past day."""
    unseen(monkeypatch)
    need = bring(world, "closed")
    reopen_need(need_id=need.pk, words="又停发了", by=world.visitor, at=later(days=9))
    assert figures(need, later(days=8).date()) == {"concluded": 1, "contradicted": 0, "stayed": 1}
    assert figures(need, later(days=9).date()) == figures(need)


def test_a_slip_that_says_so_after_the_days_of_reopening_still_counts(world, as_user, monkeypatch):
    """12345: repeat complaints from sham rectification [thearxiv 91b420254709]: the word is not lost because its month is over."""
    unseen(monkeypatch)
    need, _code = reported_with_slip(world, by=world.visitor)
    call_back(need_id=need.pk, way="phone", reached=True, word="solved", by=world.caller, at=later(days=5))
    close_need(need_id=need.pk, by=world.clerk, at=later(days=6))
    answer_by_slip(need_id=need.pk, word="unsolved", words="还是没有发", by=HOUSEHOLD, at=later(days=46))
    now = fresh(need)
    assert (now.state, now.recheck_for, now.contradicted_on, now.slip_word) == ("closed", "complaint", later(days=46).date(), "unsolved")
    assert figures(need) == {"concluded": 1, "contradicted": 1, "stayed": 0}
    assert list(queries.to_recheck(again(world.inspector))) == [need]
    assert "诉求人本人(小条)" in as_user(world.inspector).get(reverse("casework:recheck", args=[need.pk])).content.decode()
    with pytest.raises(Refused, match="您已经说过"):
        answer_by_slip(need_id=need.pk, word="unsolved", by=HOUSEHOLD, at=later(days=47))
    other, _code = reported_with_slip(world, by=world.visitor)
    call_back(need_id=other.pk, way="phone", reached=True, word="solved", by=world.caller, at=later(days=5))
    close_need(need_id=other.pk, by=world.clerk, at=later(days=6))
    with pytest.raises(Refused, match="已经超过 30 天"):
        answer_by_slip(need_id=other.pk, word="unsolved", by=HOUSEHOLD, at=later(days=100))


@pytest.fixture
def twice(world, monkeypatch):
    """A need struck off, and the same home's next one of the same kind, recorded five weeks later."""
    unseen(monkeypatch)
    before = bring(world, "closed")
    return before, world.need(at=later(days=40), summary="低保还是没有发")


def test_the_same_home_with_the_same_matter_counts_against_the_first_closing(world, twice):
    """12345: repeat complaints from sham rectification. Proposed by home, kind and days; decided by a person; both needs name each other."""
    before, after = twice
    assert list(queries.said_again(again(world.caller), later(days=41))) == [after]
    say_again(need_id=after.pk, earlier=before, same=True, by=again(world.caller), at=later(days=41))
    assert (fresh(after).again, fresh(after).follows) == ("yes", before)
    assert (fresh(before).recheck_for, fresh(before).contradicted_on) == ("complaint", later(days=41).date())
    assert figures(before) == {"concluded": 1, "contradicted": 1, "stayed": 0}
    assert list(queries.said_again(again(world.caller), later(days=41))) == []
    with pytest.raises(Refused, match="已经认定过了"):
        say_again(need_id=after.pk, earlier=before, same=False, by=again(world.caller), at=later(days=42))


@pytest.mark.parametrize("same", [True, False])
def test_nobody_of_the_unit_whose_closing_it_is_says_whether_it_is_the_same(world, twice, same):
    """12345: "not reasonable", or "another matter", used to dodge [fudaoke 3285529]."""
    before, after = twice
    inside = worker("nei", "内回访", world.civil, Role.CALLBACK_OFFICER)
    with pytest.raises(Refused):
        say_again(need_id=after.pk, earlier=before, same=same, by=inside, at=later(days=41))
    with pytest.raises(Refused):
        say_again(need_id=after.pk, earlier=before, same=same, by=again(world.handler), at=later(days=41))
    assert fresh(after).again == ""
    assert list(queries.said_again(inside, later(days=41))) == []


def test_another_matter_counts_against_nothing(world, twice):
    before, after = twice
    say_again(need_id=after.pk, earlier=before, same=False, by=again(world.caller), at=later(days=41))
    assert (fresh(after).again, fresh(before).contradicted_on) == ("no", None)
    assert figures(before)["stayed"] == 1


def test_what_lies_too_long_ago_or_is_of_another_kind_is_not_proposed(world, twice):
    before, _after = twice
    for facts in ({"at": later(days=100)}, {"at": later(days=40), "category": "road"}):
        assert not queries.earlier_of(world.need(**facts)).exists()
    assert before.state == "closed"


# One after the other


MANY = 8


def test_many_rechecks_in_a_row_stand_on_one_page(world, as_user, monkeypatch):
    """One answer a need brings the next: as many answers as needs, and two taps where telephone and words are looked at; each look has its line."""
    unseen(monkeypatch)
    for _one in range(MANY):
        called(bring(world, "verified"))
    client, sat = as_user(world.inspector), reverse("casework:recheck_sitting")
    page, answers = client.get(sat), 0
    while (need := page.context.get("need")) is not None:
        there = reverse("casework:recheck_sitting_need", args=[need.pk])
        said = {"found": "so", "word": "solved", "words": "电话核实属实", "way": "phone", "next": sat}
        page = client.post(there, said, follow=True)
        answers += 1
        assert answers <= MANY
    assert (answers, Recheck.objects.filter(agrees=True).count()) == (MANY, MANY)
    assert f"今天已查 {MANY} 件" in page.content.decode()


def test_claim_and_word_stand_side_by_side_and_sealed_words_open_by_one_tap(world, as_user):
    need = bring(world, "done_reported", requester_phone="13800001111", involves_child=True)
    call_back(need_id=need.pk, way="phone", reached=True, word="partly", words="还差两个月的", by=world.caller, at=later(days=5))
    client, there = as_user(world.inspector), reverse("casework:recheck", args=[need.pk])
    page = client.get(there).content.decode()
    assert DONE["outcome_text"] in page
    assert "解决了一部分" in page
    assert "还差两个月的" not in page
    assert "13800001111" not in page
    opened = client.post(there, {"open": "1", "words": "正写着"}).content.decode()
    assert "还差两个月的" in opened
    assert "正写着" in opened
    assert "13800001111" in client.post(there, {"phone": "1"}).content.decode()
    assert set(Entry.objects.filter(by_id=world.inspector.pk, kind="reading").values_list("act", flat=True)) == {"need.open_words", "need.phone"}
    assert Entry.objects.get(act="need.phone").reason == f"抽查 {need.number}"
    for other in (world.handler, world.clerk, world.ledger):
        assert as_user(other).post(there, {"phone": "1"}).status_code in (403, 404)


def test_the_bureau_that_is_asked_is_not_left_without_anybody_above(world):
    """A caller whose call would leave nobody to look again leaves it to another caller, where there is one."""
    need = bring(world, "done_reported")
    Post.objects.filter(user=world.inspector).delete()
    beside = worker("er", "er", world.education, Role.INSPECTOR)
    inside = worker("nei", "nei", world.education, Role.CALLBACK_OFFICER)
    with pytest.raises(Refused, match="没有别的上级单位能抽查"):
        call_back(need_id=need.pk, way="phone", reached=True, word="solved", by=inside, at=later(days=5))
    call_back(need_id=need.pk, way="phone", reached=True, word="solved", by=world.caller, at=later(days=5))
    called(need)
    assert can_recheck(beside, fresh(need))
