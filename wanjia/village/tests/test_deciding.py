"""From decision to effect: put up for its days, objected to and answered, corrected by the township."""


from datetime import date, timedelta

import pytest

from wanjia.kernel.tests.tried import MONDAY
from wanjia.orgs.models import Post
from wanjia.registry.tests.factories import World
from wanjia.verdict import Refused

from ..bringing.queues import queue
from ..deciding import commands as deciding
from ..deciding import rules as deciding_rules
from ..models import AgendaItem, PublicNotice
from .factories import (
    DAY,
    by,
    objection,
    posted,
    who,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db):
    """The small world; its village worker keeps meetings."""
    one = World()
    one.visitor = one.li
    return one


@pytest.mark.parametrize(("day", "until", "refused"), [(date(2025, 12, 31), 0, False), (date(2026, 1, 1), 13, True), (date(2026, 1, 1), 14, False)])
def test_fifteen_days_from_the_day_the_law_asks_them(world, day, until, refused):
    verdict_of = deciding_rules.stays_long_enough(day, day + timedelta(days=until))
    assert bool(verdict_of) is not refused


def test_an_objection_keeps_a_notice_up_and_upheld_sends_it_back(world):
    notice = posted(world)
    last, later = notice.until_on, notice.until_on + timedelta(days=1)
    assert deciding_rules.is_up(notice, last) and not deciding_rules.is_up(notice, later), "it comes down by itself"
    one = objection(world, notice)
    assert deciding_rules.is_up(notice, later) and PublicNotice.objects.filter(deciding_rules.up(later)).exists()
    two = objection(world, notice, name="吉有福")
    for each in (one, two):
        deciding.answer_objection(objection_id=each.pk, outcome="upheld", answer="另选地点", answered_for="村务监督委员会", **by(world))
    notice.refresh_from_db()
    assert notice.withdrawn_on == DAY and AgendaItem.objects.filter(came_from=notice.item).count() == 1, "it goes back once"
    assert not deciding_rules.is_up(notice, DAY)


def test_an_explained_objection_leaves_it_up(world):
    notice = posted(world)
    deciding.answer_objection(objection_id=objection(world, notice).pk, outcome="explained", answer="加盖清运", answered_for="村务监督委员会", **by(world))
    notice.refresh_from_db()
    assert notice.withdrawn_on is None and not AgendaItem.objects.filter(came_from=notice.item).exists()


def test_the_township_orders_a_correction_and_the_notice_comes_down(world):
    notice = posted(world)
    deciding.answer_filing(filing_id=notice.item.filing.pk, opinion="corrected", words="罚款没有法律依据", by=who(world, "clerk"), at=MONDAY)
    notice.refresh_from_db()
    assert notice.withdrawn_on == DAY and AgendaItem.objects.get(came_from=notice.item).source == "back"


def test_who_put_it_up_answers_no_objection_where_somebody_else_could(world):
    notice = posted(world, posted_by=world.visitor)
    what = {"objection_id": objection(world, notice).pk, "outcome": "explained", "answer": "加盖清运", "answered_for": "村务监督委员会"}
    with pytest.raises(Refused, match="另一个人答复"):
        deciding.answer_objection(**what, **by(world))
    with pytest.raises(Refused, match="乡镇不代答"):
        deciding.answer_objection(**what, by=who(world, "clerk"), at=MONDAY)
    Post.objects.filter(organisation__area=world.datong).exclude(user=world.visitor).update(to_on=DAY)
    with pytest.raises(Refused, match="由乡镇答复"):
        deciding.answer_objection(**what, **by(world))
    assert queue(who(world, "clerk"), DAY)["village:public_notices"] == 1, "a village with one account: it waits at the township's desk"
    assert deciding.answer_objection(**what, by=who(world, "clerk"), at=MONDAY).outcome == "explained"


def test_what_was_said_on_the_last_day_is_written_down_after_it(world):
    notice = posted(world)
    late = {"by": who(world), "at": MONDAY + timedelta(days=16)}
    with pytest.raises(Refused, match="公示已经到期"):
        deciding.tell_objection(public_notice_id=notice.pk, words="搬到路口味道大", way="spoken", told_on=notice.until_on + timedelta(days=1), **late)
    deciding.tell_objection(public_notice_id=notice.pk, words="搬到路口味道大", way="spoken", told_on=notice.until_on, **late)
    assert deciding_rules.is_up(notice, late["at"].date()), "it is up again until somebody answers"
