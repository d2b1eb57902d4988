"""What rooms of the village refuse by an article, on the day before the law changed and on the day: the same refusal, or the one of its day (the numbers themselves: wanjia/policy/tests/test_articles.py)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.house.worlds import World
from wanjia.policy import mediation as policy
from wanjia.verdict import Refused

from ..agenda import rules as agenda
from ..agenda.queries import kind_words
from ..agreeing import commands as agreeing
from ..bodies import queries as bodies
from ..bodies.rules import may_sit
from ..mediation import commands as mediation
from ..models import AgendaItem, MediationCase, MediationParty, Meeting
from . import factories
from . import mediation_factories as made
from .factories import DAY, body, seat, villager

pytestmark = pytest.mark.django_db
CHANGES = (date(2025, 12, 31), date(2026, 1, 1))


@pytest.fixture
def world():
    return World()


@pytest.mark.parametrize("day", CHANGES, ids=str)
def test_no_kin_of_the_committee_sits_in_the_supervision(world, monkeypatch, day):
    """Organic law (2018) art. 32, (2025) art. 37: neither a member nor who lives with one; a neighbour may."""
    monkeypatch.setattr(factories, "FOUNDED", date(2020, 1, 5))
    one, other = body(world, "committee", 1), body(world, "supervision")
    sits, wife, neighbour = one.seats.get().person, villager(world, 7), villager(world, 8)
    wife.memberships.update(household=sits.memberships.get().household)
    said = [str(may_sit(other, person, "member", day).reason or "") for person in (sits, wife, neighbour)]
    assert ["不能由村民委员会成员担任" in said[0], "近亲属" in said[1], said[2]] == [True, True, ""]
    wife.memberships.update(to_on=date(2024, 1, 1))
    assert may_sit(other, wife, "member", day), "who moved out before is none any more, as far as the register knows"


@pytest.mark.parametrize(("matter", "day", "article"), [
    ("allowance", CHANGES[0], "2018年修正)第二十四条"), ("allowance", CHANGES[1], "2025年修订)第二十八条"), ("collective_income", CHANGES[0], "2018年修正)第二十四条"), ("collective_income", CHANGES[1], "2025年修订)第二十八条"),
    ("public_works", CHANGES[0], "2018年修正)第二十四条、第二十八条"), ("public_works", CHANGES[1], "2025年修订)第二十八条、第三十二条"), ("bylaws", CHANGES[0], "2018年修正)第二十七条"),
    ("bylaws", CHANGES[1], "2025年修订)第三十一条"), ("removal", CHANGES[0], "2018年修正)第十六条"), ("removal", CHANGES[1], "2025年修订)第十九条"),
], ids=str)  # fmt: skip
def test_a_council_is_told_by_which_article_of_the_day_it_may_not_decide(world, matter, day, article):
    council = body(world)
    item = AgendaItem(body=council, matter=matter, meeting=Meeting(body=council, day=day))
    said = agenda.may_rule(item, kind_words)
    assert not said and article in str(said.reason)
    item.body = body(world, "villagers")
    assert agenda.may_rule(item, kind_words)


@pytest.mark.parametrize(("n", "part"), [(20, ("20", "≥ 21", False)), (21, ("21", "≥ 21", True))])
def test_representatives_of_the_collective_are_more_than_twenty(world, n, part):
    """农村集体经济组织法第二十八条."""
    reps = body(world, "collective_reps", n)
    found = {str(one.words): (one.stands, one.asked, one.holds) for one in bodies.make_up(reps, bodies.seats_on(reps, DAY), DAY)}
    assert found["成员代表多于 20 人"] == part


@pytest.fixture(params=CHANGES, ids=str)
def case_day(request, monkeypatch):
    """All that the factories of mediation do is done on one day."""
    at, named = datetime(request.param.year, request.param.month, request.param.day, 2, tzinfo=UTC), made.who
    monkeypatch.setattr(factories, "FOUNDED", date(2020, 1, 5))
    monkeypatch.setattr(made, "DAY", request.param)
    monkeypatch.setattr(made, "who", lambda user: named(user, at))
    monkeypatch.setattr(made, "DRAW", made.DRAW | {"due_on": request.param + timedelta(days=30)})
    monkeypatch.setattr(made, "TERM", made.TERM | {"due_on": request.param + timedelta(days=20)})
    return request.param


def undone(what):
    """Return an act that undoes something of a case, before what is tried."""
    return {
        "untold": lambda case: MediationParty.objects.filter(case=case).update(told_on=None, told_by=""), "unchosen": lambda case: MediationCase.objects.filter(pk=case.pk).update(mediator=None, chosen="", chosen_on=None),
        "danger": lambda case: MediationCase.objects.filter(pk=case.pk).update(danger="danger_crime"),
    }.get(what, lambda case: None)  # fmt: skip


TRIED = [  # article, how far the case is, what is undone first, the act, its facts
    ("第十七条", None, "", mediation.take_case, lambda w: {"village": w.datong, **made.TAKE, "refuses": True}),
    ("第十九条", made.ready, "unchosen", mediation.note_sitting, lambda w: {"kind": "sitting", "day": made.DAY, "place": "村委会", "words": "甲方愿意退半米"}),
    ("第二十三条", made.ready, "untold", mediation.note_sitting, lambda w: {"kind": "sitting", "day": made.DAY, "place": "村委会", "words": "甲方愿意退半米"}),
    ("第二十五条", made.sat, "danger", mediation.fail_case, lambda w: {"told": True, "words": "双方都不让"}),
    ("第二十六条", made.sat, "", mediation.fail_case, lambda w: {"told": False, "words": "双方都不让"}),
    ("第二十七条", made.ready, "", agreeing.draw_agreement, lambda w: made.DRAW),
    ("第二十三条", made.signed, "untold", agreeing.seal_agreement, lambda w: {"mediator_signed": True}),
    ("第二十九条", made.signed, "", agreeing.seal_agreement, lambda w: {"mediator_signed": False}),
    ("第三十三条", made.sealed, "", agreeing.apply_to_court, lambda w: {"jointly": False, "court": "永善县人民法院", "day": made.DAY}),
]  # fmt: skip


@pytest.mark.parametrize(("article", "so_far", "before", "act", "facts"), TRIED, ids=[f"{row[0]}-{row[3].__name__}" for row in TRIED])
def test_mediation_refuses_by_its_article_on_either_day(world, case_day, article, so_far, before, act, facts):
    """人民调解法 did not change with the organic law: the day before and the day after, the same."""
    made.committee(world)
    case = so_far(world) if so_far else None
    undone(before)(case)
    named = {"mediation_case_id": case.pk} if case else {}
    hand = world.mediator2 if act is agreeing.seal_agreement else world.mediator
    with pytest.raises(Refused, match=article):
        act(**named, **facts(world), **made.who(hand))


def test_an_agreement_is_made_numbered_and_followed_on_either_day(world, case_day):
    """Art. 28 oral or written, 29 what stands in it, 30 and 31 in effect with a number and followed, 33 the court within thirty days, which has 3 and 15 (+10)."""
    case = made.sealed(world)
    case.refresh_from_db()
    one = case.agreement
    assert (one.valid_on, one.number, one.written) == (case_day, f"大同村调〔{case_day.year}〕1号", True)
    assert all((one.disputed, one.liable, one.manner, one.due_on, one.terms.exists())) and not case.parties.filter(signed_on=None).exists()
    agreeing.tell_term(mediation_case_id=case.pk, term=one.terms.get(), done=True, words="院墙退了半米", **made.who(world.mediator))
    assert one.terms.get().done
    edition = policy.in_force(case_day)
    assert (edition.confirm_end(one.valid_on) - one.valid_on, edition.accept_days, edition.court_days, edition.court_more_days) == (timedelta(days=30), 3, 15, 10)
    made.committee(world)
    oral = made.drawn(world, written=False, wants_court=False)
    assert agreeing.seal_agreement(mediation_case_id=oral.pk, mediator_signed=True, **made.who(world.mediator2)).state == "case_agreed"


@pytest.mark.parametrize("day", CHANGES, ids=str)
def test_the_committee_of_mediation_on_either_day(world, monkeypatch, day):
    """Art. 8, 9: three to nine, a woman among them, three years."""
    monkeypatch.setattr(factories, "FOUNDED", date(2024, 1, 5))
    one = body(world, "mediation", 2, from_on=date(2024, 1, 5), term_until=date(2027, 1, 5))
    found = lambda: [part.holds for part in bodies.make_up(one, bodies.seats_on(one, day), day)]  # noqa: E731
    assert found() == [False, True, True]
    seat(world, one, 2)
    assert found() == [True, True, True]
    one.term_until = date(2027, 1, 6)
    assert found() == [True, True, False]
