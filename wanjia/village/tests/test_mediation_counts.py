"""What leaves the sealed file of a mediation: numbers, none of them small, none that others give away."""


from datetime import date, timedelta

import pytest

from tests.house.acts import World
from wanjia.kernel.tests.tried import MONDAY
from wanjia.orgs.models import Post, User
from wanjia.policy import mediation as policy
from wanjia.reporting.figures.queries import drilled, figures
from wanjia.village.agreeing import commands as agreeing
from wanjia.village.mediation import queries, rules
from wanjia.village.models import MediationCase

from ..figures.mediations import _hidden
from . import mediation_factories as made
from .mediation_factories import DAY, signed_in, who

pytestmark = pytest.mark.django_db
SECRET = "院墙占了半米过道"


@pytest.fixture
def world():
    return World()


def of_villages(world, taken, agreed):
    """So many cases, so many of them agreed, by their rows alone."""
    made.taken(world)
    chosen = made.head(world)
    for n in range(2, taken + 1):
        MediationCase(village=world.datong, year=2026, serial=n, kind="debt", source="asked", taken_on=DAY, people=2, facts="借款", taken_at=MONDAY).save(force_insert=True)
    for one in MediationCase.objects.all()[:agreed]:
        MediationCase.objects.filter(pk=one.pk).update(mediator=chosen, chosen="by_parties", chosen_on=DAY)
        MediationCase.objects.filter(pk=one.pk).update(state="case_agreed", ended_on=DAY)


def test_figures_count_what_became_of_a_years_cases(world):
    case = made.applied(world)
    agreeing.hear_court(mediation_case_id=case.pk, word="court_confirmed", day=DAY, **who(world.mediator))
    agreeing.tell_term(mediation_case_id=case.pk, term=case.agreement.terms.get(), done=True, words="做到了", **who(world.mediator))
    agreeing.relapse_case(mediation_case_id=made.failed(world).pk, kind="neighbours", facts="又吵起来", **who(world.mediator))
    rows = rules.visible_cases(User.objects.get(pk=world.mediator.pk))
    counted = {one["id"]: (one["n"], one["N"]) for one in figures(rows, DAY, DAY)}
    assert counted == {
        "mediations.accepted": (3, None), "mediations.agreed": (1, 3), "mediations.failed": (1, 3), "mediations.kept": (1, 1), "mediations.confirmed": (1, 1), "mediations.relapsed": (1, 3),
    }  # fmt: skip
    before = {one["id"]: one["n"] for one in figures(rows, DAY - timedelta(days=1), DAY)}
    assert set(before.values()) == {0}
    assert not drilled(rules.visible_cases(User.objects.get(pk=world.leader.pk)), "")["rows"].exists(), "the rows open to mediators alone"


@pytest.mark.parametrize(("taken", "agreed", "told"), [
    (4, 0, {"accepted": None, "agreed": None, "rate": None}), (5, 5, {"accepted": 5, "agreed": 5, "rate": 100}), (9, 5, {"accepted": 9, "agreed": None, "rate": None}),
    (10, 5, {"accepted": 10, "agreed": 5, "rate": 50}), (9, 4, {"accepted": 9, "agreed": None, "rate": None}),
])  # fmt: skip
def test_no_small_number_is_told_nor_can_be_worked_out(world, taken, agreed, told):
    of_villages(world, taken, agreed)
    assert queries.told_of(world.datong.pk, DAY) == told
    board = queries.on_board(world.datong, DAY, 5, "")
    assert [one.said for one in board] == ([f"2026 年受理调解纠纷 {taken} 件"] if taken >= 5 else [])
    assert queries.on_board(world.datong, DAY, 5, "一组") == [] and queries.on_board(world.datong, DAY, 0, "") == []


@pytest.mark.parametrize(("villages", "digits", "hidden"), [
    ({"530625202201": 4}, 12, True), ({"530625202201": 5}, 12, False), ({}, 6, False), ({"530625202201": 0}, 9, False),
    ({"530625202201": 6, "530625202202": 7}, 9, False),
    ({"530625202201": 6, "530625202202": 2}, 9, True),  # from the sum of 8 the 2 could be worked out
    ({"530625202201": 2, "530625202202": 2, "530625202203": 9}, 9, True),  # the 4 of both
    ({"530625202201": 3, "530625202202": 3, "530625202203": 9}, 9, False),
    ({"530625202201": 3, "530625202202": 3, "530625203201": 9, "530625203202": 1}, 6, True),  # of two townships one is untold, and would be worked out
    ({"530625101201": 2, "530625102201": 9, "530625201201": 2, "530621101201": 20}, 4, True),  # of a city's two counties one is untold: towns and townships of it are no parts of the city
])  # fmt: skip
def test_a_wider_place_tells_no_sum_that_leaves_a_small_one_over(villages, digits, hidden):
    small = lambda cell: any(policy.in_force(DAY).told(n) is None for n in cell)  # noqa: E731
    assert _hidden({stem: (n,) for stem, n in villages.items()}, digits, small) == hidden


def test_figures_tell_whoever_does_not_mediate_no_small_number(world):
    """Nor does the page of the year; whoever mediates there too is told them."""
    made.taken(world)

    def told():
        rows = signed_in(world.visitor).get("/api/figures", {"area": world.datong.code}).json()["figures"]
        page = signed_in(world.visitor).get("/village/year/", {"area": world.datong.code}).context["told"]
        on_page = {row["id"]: row for _words, some in page for row in some}
        found = {row["id"]: (row["n"], row["N"], row["shown"]) for row in rows if row["id"].startswith("mediations.")}
        assert on_page["mediations.accepted"]["n"] == found["mediations.accepted"][0]
        return found["mediations.accepted"], found["mediations.agreed"]

    assert told() == ((None, None, "—"), (None, None, "—"))
    Post.objects.create(user=world.visitor, organisation=world.mediator.org, role="mediator", from_on=date(2020, 1, 1))
    assert told() == ((1, None, "1"), (0, 1, "0/1"))


@pytest.mark.parametrize(("taken", "failed", "told"), [(14, 6, None), (14, 7, 7), (19, 8, None), (20, 8, 8)])
def test_what_agreed_and_what_failed_leave_no_small_rest_over(world, taken, failed, told):
    """Of 14 that were taken up 7 agreed: whoever is told that 6 failed as well knows of the one that goes on."""
    of_villages(world, taken, 7)
    ended = list(MediationCase.objects.filter(state="case_taken").values_list("pk", flat=True)[:failed])
    MediationCase.objects.filter(pk__in=ended).update(state="case_failed", ended_on=DAY)
    found = {row["id"]: row["n"] for row in signed_in(world.visitor).get("/api/figures", {"area": world.datong.code}).json()["figures"]}
    assert (found["mediations.agreed"], found["mediations.failed"]) == (7, told)


def test_the_sheet_that_is_put_up_tells_no_small_number_whoever_prints_it(world, monkeypatch):
    """Of one dispute the mediator's own page tells; the sheet hangs where everybody reads it."""
    made.taken(world)
    printed = []
    monkeypatch.setattr("wanjia.village.yearly.views.pdf", lambda _template, context, **_name: printed.append(context["told"]) or b"")
    Post.objects.create(user=world.visitor, organisation=world.mediator.org, role="mediator", from_on=date(2020, 1, 1))
    signed_in(world.visitor).get("/village/year/paper/", {"area": world.datong.code})
    page = signed_in(world.visitor).get("/village/year/", {"area": world.datong.code}).context["told"]
    on_page, on_sheet = ({row["id"]: row["n"] for _words, some in told for row in some} for told in (page, printed[0]))
    assert (on_page["mediations.accepted"], on_sheet["mediations.accepted"], on_sheet["mediations.agreed"]) == (1, None, None)


@pytest.mark.parametrize(("day", "n", "mediators"), [("2026-09-30", 6, 6), ("2026-10-01", None, 6), ("2026-09-29", None, 6), ("2026-06-30", 0, 0), ("", 12, 12)])
def test_no_past_day_tells_what_the_day_before_it_leaves_over(world, day, n, mediators):
    """Of seven by one day and six by the day before it one case is known, and so when: past days are told at the end of a quarter alone. Whoever mediates there is told any."""
    of_villages(world, 12, 0)
    six = list(MediationCase.objects.values_list("pk", flat=True)[:6])
    MediationCase.objects.filter(pk__in=six).update(taken_on=date(2026, 9, 1))
    asked = {"area": world.datong.code} | ({"as_of": day} if day else {})

    def told():
        return {row["id"]: row["n"] for row in signed_in(world.visitor).get("/api/figures", asked).json()["figures"]}["mediations.accepted"]

    assert told() == n
    Post.objects.create(user=world.visitor, organisation=world.mediator.org, role="mediator", from_on=date(2020, 1, 1))
    assert told() == mediators
