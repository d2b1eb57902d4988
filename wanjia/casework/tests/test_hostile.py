"""Ways around an honest closing and a hand-over that somebody tried."""

import pytest
from django.urls import reverse

from wanjia.orgs.handing import queries as handovers
from wanjia.orgs.handing.commands import watch_handovers
from wanjia.orgs.models import Handover, Post, User
from wanjia.orgs.roles import Role
from wanjia.orgs.workdays.hours import CLOCK
from wanjia.reporting.figures.queries import count
from wanjia.verdict import Refused

from ..assignment.commands import accept_need, assign_need
from ..callback.commands import call_back
from ..closing.commands import close_need, recheck_need, reopen_need
from ..closing.rules import can_recheck
from ..handling.commands import report_done
from ..honesty import queries
from ..honesty.commands import say_again
from ..models import Need
from ..screening.commands import admit_need, decline_need
from ..slip.commands import HOUSEHOLD, answer_by_slip, issue_slip
from ..slip.queries import need_of
from ..triage.commands import triage_need
from .factories import later, worker
from .walk import DONE, bring, reported_with_slip, withdraw

pytestmark = pytest.mark.django_db


def fresh(need):
    return Need.objects.get(pk=need.pk)


def again(user):
    return User.objects.get(pk=user.pk)


@pytest.fixture
def undrawn(monkeypatch):
    monkeypatch.setattr("wanjia.casework.drawing.commands.lot", lambda seed, number: 1.0)


def closed_by_education(world):
    need = world.need()
    key = {"need_id": need.pk}
    admit_need(**key, by=world.clerk, at=later(hours=1))
    triage_need(**key, urgency="ordinary", difficulty="medium", by=world.clerk, at=later(hours=2))
    assign_need(**key, holder=world.education, by=world.clerk, at=later(hours=3))
    accept_need(**key, by=world.teacher, at=later(days=1))
    report_done(**key, **DONE, by=world.teacher, at=later(days=4))
    call_back(**key, way="phone", reached=True, word="solved", by=world.caller, at=later(days=5))
    return close_need(**key, by=world.clerk, at=later(days=6))


@pytest.mark.parametrize("same", [True, False])
def test_of_two_closings_nobody_names_the_other_to_hide_the_own(world, undrawn, same):
    """A "no" about one earlier need, or a "yes" that blames it, would end the question about the other, which is the speaker's own."""
    bring(world, "closed")
    other = closed_by_education(world)
    after = world.need(at=later(days=40), summary="低保还是没有发")
    inside = worker("nei", "内回访", world.civil, Role.CALLBACK_OFFICER)
    with pytest.raises(Refused):
        say_again(need_id=after.pk, earlier=other, same=same, by=inside, at=later(days=41))
    assert fresh(after).again == ""
    assert list(queries.said_again(inside, later(days=41))) == []
    assert list(queries.said_again(again(world.caller), later(days=41))) == [after]


def test_a_complaint_that_the_desk_declines_stays_on_the_list(world, undrawn):
    bring(world, "closed")
    after = world.need(at=later(days=40), summary="低保还是没有发")
    decline_need(need_id=after.pk, decline_ground="already_has", decision_reason="已享受同类补助,不重复发放",
                 told_on=later(days=40).date(), told_way="face", by=world.clerk, at=later(days=40, hours=1))  # fmt: skip
    assert list(queries.said_again(again(world.caller), later(days=41))) == [after]


@pytest.mark.parametrize(("word", "let"), [("", False), ("unsolved", False), ("partly", True), ("solved", True)])
def test_a_complaint_is_not_called_settled_unless_the_household_itself_says_so(world, undrawn, word, let):
    """Who looks only at papers, and asks nobody, would take the complaint off the list."""
    need, _code = reported_with_slip(world, by=world.visitor)
    call_back(need_id=need.pk, way="phone", reached=True, word="solved", by=world.caller, at=later(days=5))
    close_need(need_id=need.pk, by=world.clerk, at=later(days=6))
    answer_by_slip(need_id=need.pk, word="unsolved", words="还是没有发", by=HOUSEHOLD, at=later(days=46))
    how = {"need_id": need.pk, "agrees": True, "word": word, "words": "查了资料,属实", "by": again(world.inspector), "at": later(days=47)}
    if not let:
        with pytest.raises(Refused, match="不能记为属实"):
            recheck_need(**how)
    else:
        recheck_need(**how)
    assert fresh(need).recheck_for == ("" if let else "complaint")


def test_a_withdrawal_takes_no_contradicted_closing_out_of_the_count(world, undrawn):
    need = bring(world, "closed")
    reopen_need(need_id=need.pk, words="又停发了", by=world.visitor, at=later(days=9))
    withdraw(world, need, at=later(days=10))
    for day in (None, later(days=10).date()):
        found = count(Need.objects.filter(pk=need.pk), day, later(days=60).date())
        assert (found["needs.concluded"], found["needs.contradicted"], found["needs.stayed"]) == (1, 1, 0)


def test_who_printed_the_slip_that_said_solved_does_not_look_again(world, undrawn):
    need, _code = reported_with_slip(world, by=world.caller)
    answer_by_slip(need_id=need.pk, word="solved", by=HOUSEHOLD, at=later(days=5))
    Need.objects.filter(pk=need.pk).update(recheck_for="pattern", recheck_due_on=later(days=20).date(), drawn=True)
    assert fresh(need).confirmed_by == "slip"
    beside = worker("er", "er", world.office, Role.INSPECTOR)
    assert not can_recheck(beside, fresh(need))
    assert need not in queries.to_recheck(beside)
    assert can_recheck(again(world.inspector), fresh(need))


def test_a_second_who_leaves_has_a_task_of_his_own(world):
    """While what one left waits, what another of the same unit leaves is not left to nobody."""
    second = worker("minzheng2", "林民政", world.civil, Role.BUREAU_WORKER)
    worker("minzheng3", "丁民政", world.civil, Role.BUREAU_WORKER)
    _one, two = bring(world, "in_progress"), bring(world, "in_progress")
    Need.objects.filter(pk=two.pk).update(handler=second)
    Post.objects.filter(user=world.handler).update(to_on=later(days=3).date())
    watch_handovers(by=CLOCK, at=later(days=3))
    Post.objects.filter(user=second).update(to_on=later(days=4).date())
    assert handovers.wants_a_round(later(days=4).date())
    watch_handovers(by=CLOCK, at=later(days=4))
    assert set(Handover.objects.values_list("user", flat=True)) == {world.handler.pk, second.pk}
    assert not handovers.wants_a_round(later(days=4).date())


def test_a_handler_takes_no_household_its_paper(world, client, undrawn):
    """The code that the home has stays good for "not solved", whoever with a part in the need prints another; a hand without one ends it."""
    need = bring(world, "in_progress")
    code = issue_slip(need_id=need.pk, by=world.visitor, at=later(days=2)).code
    issue_slip(need_id=need.pk, by=again(world.handler), at=later(days=2, hours=1))
    report_done(need_id=need.pk, **DONE, by=world.handler, at=later(days=4))
    page = client.get(reverse("casework:slip_page", args=[code]))
    assert "重新打印过" in page.content.decode() and 'value="solved"' not in page.content.decode()
    client.post(reverse("casework:slip_page", args=[code]), {"word": "solved"})
    assert (fresh(need).state, fresh(need).slip_word) == ("done_reported", ""), "solved is the live one's"
    assert client.get(reverse("casework:voice", args=[code])).status_code == 404
    client.post(reverse("casework:slip_page", args=[code]), {"word": "unsolved"})
    assert fresh(need).state == "reopened"


def test_a_lost_slip_ends_where_a_hand_without_a_part_prints_another(world):
    need = bring(world, "in_progress")
    code = issue_slip(need_id=need.pk, by=again(world.clerk), at=later(days=2)).code
    issue_slip(need_id=need.pk, by=world.visitor, at=later(days=2, hours=1))
    issue_slip(need_id=need.pk, by=again(world.handler), at=later(days=2, hours=2))
    assert need_of(code) is None
