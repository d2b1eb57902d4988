"""Two taps to assign: which units are suggested and why, one button hands over, and the hand-over is taken back until it is signed for."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from wanjia.orgs.models import Line, Tier
from wanjia.orgs.roles import Role
from wanjia.verdict import Refused

from ..assignment.commands import accept_need, assign_need, recall_need, return_need
from ..assignment.suggestions import offers
from ..models import Need
from .factories import later, unit, worker
from .walk import bring

pytestmark = pytest.mark.django_db


@pytest.fixture
def station(world):
    """The township's civil station, with somebody who signs."""
    one = unit("细沙乡民政办", Tier.TOWNSHIP, world.xisha, Line.CIVIL)
    worker("xisha-minzheng", "冯民政", one, Role.STATION_WORKER)
    return one


def names(found):
    return [one.unit.name for one in found]


def test_who_has_the_matter_comes_first_with_the_reason_in_words(world, station):
    need = bring(world, "triaged")  # 低保, ordinary and medium: township, then county
    best, others = offers(world.clerk, need, later().date())
    assert names(best)[:2] == ["细沙乡民政办", "永善县民政局"]
    assert best[0].reasons == ["“低保救助”通常归民政管", "就在诉求人的乡镇", "按研判等级通常由乡镇(街道)办", "手上没有在办的"]
    assert "永善县教育体育局" in names(others) and len(best) <= 3


def test_what_was_settled_here_before_speaks_for_a_unit_and_is_counted_for_who_may_see_it(world, station):
    bring(world, "closed")
    need = bring(world, "triaged")
    first = offers(world.clerk, need, later(9).date())[0][0]
    assert (first.unit, first.settled, first.held) == (world.civil, 1, 0)
    assert "办成过本乡镇同类诉求 1 件" in first.reasons
    afar = offers(world.stranger, need, later(9).date())[0]  # another township sees none of these needs
    assert {one.settled for one in afar} == {0}


def test_who_sent_it_back_or_cannot_sign_is_not_suggested(world):
    need = bring(world, "returned")
    best, others = offers(world.clerk, need, later(1).date())
    assert world.civil not in [one.unit for one in best]
    assert (best[0].unit, best[0].reasons[0]) == (world.education, "退回的单位说该由它办")  # its words name that bureau
    assert next(one for one in others if one.unit == world.civil).sent_back
    assert not next(one for one in others if one.unit == world.officer.org).signs


def test_as_many_questions_for_one_unit_as_for_many(world, station):
    need = bring(world, "triaged")
    offers(world.clerk, need, later().date())  # who the reader is, is asked once a request
    with CaptureQueriesContext(connection) as few:
        offers(world.clerk, need, later().date())
    for n in range(5):
        worker(f"u{n}", f"某{n}", unit(f"永善县第{n}局", Tier.COUNTY, world.county, Line.HEALTH), Role.BUREAU_WORKER)
    with CaptureQueriesContext(connection) as many:
        offers(world.clerk, need, later().date())
    assert len(many) == len(few) == 5


def test_a_tap_on_a_unit_hands_over_and_takes_the_helpers_along(world, client):
    need = bring(world, "triaged")
    client.force_login(world.clerk, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(f"/needs/{need.pk}/assign/?next=/").content.decode()
    assert f'name="to" value="{world.civil.pk}"' in page and page.index("建议交给") < page.index("交给别的单位")
    sent = {"to": str(world.civil.pk), "helpers": [str(world.education.pk)], "next": "/"}
    assert client.post(f"/needs/{need.pk}/assign/", sent).headers["Location"] == "/"
    need.refresh_from_db()
    assert (need.state, need.holder) == ("assigned", world.civil)
    assert [one.organisation for one in need.supports.all()] == [world.education]


def test_the_enter_key_hands_to_nobody(world, client):
    """A form's first button is what the key presses: it names no unit."""
    need = bring(world, "triaged")
    client.force_login(world.clerk, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.post(f"/needs/{need.pk}/assign/", {"leader": "高领导"})
    assert answer.status_code == 200
    need.refresh_from_db()
    assert need.state == "triaged"


def test_without_a_script_the_box_narrows_the_others(world, client):
    need = bring(world, "triaged")
    client.force_login(world.clerk, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(f"/needs/{need.pk}/assign/?unit=教育").content.decode()
    others = page[page.index('id="others"'):]
    narrowed = others[:others.index("</ul>")]
    assert "永善县教育体育局" in narrowed and "永善县民政局" not in narrowed


def test_why_it_was_sent_back_stands_on_top(world, client):
    need = bring(world, "returned")
    client.force_login(world.clerk, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(f"/needs/{need.pk}/assign/").content.decode()
    assert page.index("按职责分工应由教育体育局办理") < page.index("交给别的单位")


def test_taken_back_it_lies_with_who_gave_it_and_is_handed_out_anew(world):
    need = bring(world, "assigned")
    due = need.due_on
    recall_need(need_id=need.pk, reason="点错了单位", by=world.clerk, at=later(hours=4))
    need = Need.objects.get(pk=need.pk)
    assert (need.state, need.holder, need.due_on, need.returns, need.step_clock) == ("triaged", world.township, due, 0, "reassign")
    with pytest.raises(Refused, match=r"不需要签收|没有交给"):
        accept_need(need_id=need.pk, by=world.handler, at=later(hours=5))
    assign_need(need_id=need.pk, holder=world.education, by=world.clerk, at=later(hours=5))
    assert Need.objects.get(pk=need.pk).holder == world.education


def test_signed_for_it_is_taken_back_no_more(world):
    need = bring(world, "accepted")
    with pytest.raises(Refused, match="签收以前才能收回交办"):
        recall_need(need_id=need.pk, by=world.clerk, at=later(2))


def test_the_unit_that_had_it_keeps_its_part(world):
    """Taken back from the callback officer's own unit, the need is still not theirs to ask about: one that was given it has a part."""
    from ..rules import independent

    need = bring(world, "assigned")
    recall_need(need_id=need.pk, by=world.clerk, at=later(hours=4))
    assert not independent(world.handler, Need.objects.get(pk=need.pk))


def test_returned_and_recalled_needs_offer_their_next_act_first(world):
    from ..ledger.need_page import need_page

    for state in ("triaged", "returned"):
        page = need_page(world.clerk, bring(world, state), later(hours=6))
        assert [move.name for move in page["legal"]][:2] == ["assign", "triage_one"]


def test_who_returned_it_may_still_be_given_it(world):
    """It is not suggested, and stays in the list: the person decides."""
    need = bring(world, "returned")
    assign_need(need_id=need.pk, holder=world.civil, by=world.clerk, at=later(1))
    return_need(need_id=need.pk, reason="按职责分工应由别的单位办", rule="县级部门权责清单", by=world.handler, at=later(1, hours=2))
    assert Need.objects.get(pk=need.pk).returns == 2


