"""Employers: the five criteria by two people, lapsing by the day, complaints that count, as of any day."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.house.worlds import World
from wanjia.kernel.models import Entry
from wanjia.kernel.tests.tried import MONDAY
from wanjia.labour.tests import demand_world as d
from wanjia.policy import demand
from wanjia.policy.statuses import months_after
from wanjia.reporting.figures.queries import figures, rows_of
from wanjia.verdict import Refused

from ..employers import queries, standing
from ..employers.commands import confirm_proof, judge_complaint, refuse_proof
from ..models import Complaint, Employer, Proof

BACKEND = "django.contrib.auth.backends.ModelBackend"
DAY = d.DAY
YEAR = months_after(DAY, 12)


@pytest.fixture
def world(db):
    return World()


def valid(day):
    """The codes of those that are 五有 on a day, by the question and one by one: both say the same."""
    asked = set(standing.valid_on(Employer.objects.all(), day).values_list("code", flat=True))
    assert asked == {one.code for one in Employer.objects.all() if standing.standing_of(one, day).valid}
    return asked


def test_five_pieces_of_evidence_of_two_people_make_it_valid_and_four_do_not(world):
    for n, criterion in enumerate(demand.criteria(), 1):
        one = d.proof(world, criterion=criterion)
        assert valid(DAY) == set()
        confirm_proof(proof_id=one.pk, checked="paper", **d.who(world.labour))
        assert bool(valid(DAY)) == (n == 5)
    employer = Employer.objects.get()
    assert (employer.valid_from_on, employer.valid_to_on, employer.barred_to_on) == (DAY, YEAR, None)


def test_it_lapses_by_itself_and_says_what_is_missing_since_when(world):
    employer = d.five(world)
    assert valid(YEAR - timedelta(days=1)) and not valid(YEAR)
    now = standing.standing_of(employer, YEAR)
    assert {one.criterion.code: one.since for one in now.missing} == dict.fromkeys(("scale", "credit", "training", "security"), YEAR)
    assert set(queries.listed(world.labour, "valid", YEAR, YEAR)) == set()  # no job has run: the day alone says it
    assert set(queries.listed(world.labour, "valid", YEAR - timedelta(days=1), DAY)) == {employer}


def test_what_was_never_borne_out_is_missing_since_chinas_day(world):
    employer = d.employer(world)
    employer.recorded_at = datetime(2026, 11, 1, 17, tzinfo=UTC)
    assert {one.since for one in standing.standing_of(employer, YEAR).missing} == {date(2026, 11, 2)}


def test_before_it_was_confirmed_it_was_not_valid_though_the_paper_is_older(world):
    d.five(world, on=DAY - timedelta(days=60))
    assert valid(DAY) and not valid(DAY - timedelta(days=1))
    assert standing.standing_of(Employer.objects.get(), DAY - timedelta(days=1)).missing


def test_who_enters_does_not_confirm_and_the_database_holds_it_too(world):
    one = d.proof(world, by=world.labour)
    with pytest.raises(Refused, match="请另一个人核实"):
        confirm_proof(proof_id=one.pk, checked="paper", **d.who(world.labour))
    with pytest.raises(IntegrityError), transaction.atomic():
        Proof.objects.filter(pk=one.pk).update(decided_by=world.labour)
    confirm_proof(proof_id=one.pk, checked="paper", **d.who(world.labour2))


def test_evidence_that_is_refused_later_bore_it_out_until_then(world):
    d.five(world)
    after = MONDAY + timedelta(days=10)
    refuse_proof(proof_id=Proof.objects.get(criterion="credit").pk, reason="信用网上查到失信", **d.who(world.labour, after))
    assert valid(DAY + timedelta(days=9)) and not valid(DAY + timedelta(days=10))
    employer = Employer.objects.get()
    assert (employer.valid_from_on, employer.valid_to_on) == (None, None)
    assert standing.standing_of(employer, DAY + timedelta(days=12)).missing[0].since == DAY + timedelta(days=10)


def test_two_justified_complaints_bar_it_for_the_months_of_the_policy_and_unfounded_ones_do_not(world):
    d.five(world)
    d.justified(world)
    unfounded = d.complaint(world)
    judge_complaint(complaint_id=unfounded.pk, justified=False, checked="phone", judgement="工资册上都发了", **d.who(world.labour))
    assert valid(DAY)
    d.justified(world, MONDAY + timedelta(days=3))
    third = DAY + timedelta(days=3)
    assert valid(DAY + timedelta(days=2)) and not valid(third)
    employer = Employer.objects.get()
    assert employer.barred_to_on == YEAR  # the older of the two leaves the window first
    assert standing.standing_of(employer, third).barred_to_on == YEAR
    assert not Employer.objects.filter(standing.valid_now(third)).exists()


@settings(max_examples=150, deadline=None)
@given(st.lists(st.dates(date(2024, 1, 1), date(2026, 12, 31)), max_size=6), st.dates(date(2025, 1, 1), date(2028, 3, 1)))
def test_the_window_by_days_and_the_bar_by_months_are_one_rule(judged, day):
    rule = demand.in_force(day)
    counted = sum(demand.counts_from(day) <= one <= day for one in judged)
    assert (counted >= rule.complaints) == (demand.barred_until(judged, day) is not None)


def test_a_complaint_is_sealed_and_judged_by_another_and_read_by_nobody_else(world):
    one = d.complaint(world)
    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM labour_complaint")
        assert "没发工资".encode() not in bytes(cursor.fetchone()[0])
    assert "没发" not in "".join(f"{entry.reason}{entry.detail}" for entry in Entry.objects.all())
    page = f"/employers/complaints/{one.pk}/"
    answers = {name: _get(getattr(world, name), page).status_code for name in ("labour", "clerk", "visitor", "handler")}
    assert answers == {"labour": 200, "clerk": 403, "visitor": 403, "handler": 403}
    assert _get(d.elsewhere(world), page).status_code == 404
    assert "没发工资" not in _get(world.clerk, f"/employers/{one.employer_id}/").content.decode()


def test_a_number_binds_a_complaint_to_its_person_and_whether_it_is_known_is_not_told(world):
    from ..employers.commands import record_complaint

    said = {"employer_id": d.employer(world).pk, "ground": "hours", "words": "天天加班到十点", "received_on": DAY}
    record_complaint(**said, number=world.register.head.citizen_id, **d.who(world.clerk))
    record_complaint(**said, number="530625198001010011", **d.who(world.clerk))
    assert [one.person for one in Complaint.objects.order_by("recorded_at", "pk")] == [world.register.head, None]
    assert Complaint.erasure.about == {"registry.Person": ("person",)}


def test_the_figure_counts_the_rows_that_the_tab_lists_and_drills_to_them(world):
    employer = d.five(world)
    d.employer(world, name="永善另一家公司", code=d.code(2))
    rows = Employer.objects.all()
    counted = {one["id"]: one["n"] for one in figures(rows, None, DAY)}
    assert counted == {"employers.kept": 2, "employers.five": 1, "employers.workshops": 0}
    assert list(rows_of("employers.five", rows, None, DAY)) == [employer] == list(queries.listed(world.labour, "valid", DAY, DAY))
    assert {one["id"]: one["n"] for one in figures(rows, None, YEAR)}["employers.five"] == 0


def test_the_check_finds_a_validity_that_follows_from_nothing(world):
    d.five(world)
    assert list(standing.faults(DAY)) == []
    Proof.objects.filter(criterion="scale").update(until_on=DAY + timedelta(days=1))
    assert [fault[1] for fault in standing.faults(DAY + timedelta(days=2))] == ["valid"]


def test_the_page_says_how_it_stood_on_a_past_day(world, monkeypatch):
    employer = d.five(world)
    monkeypatch.setattr("django.utils.timezone.now", lambda: MONDAY + timedelta(days=400))
    now, then = (_get(world.labour, f"/employers/{employer.pk}/{more}").content.decode() for more in ("", f"?day={DAY}"))
    assert "还不是五有企业" in now and f"从 {YEAR} 起" in now
    assert "还不是五有企业" not in then and f"这是 {DAY} 当天的情况" in then


def test_evidence_counts_only_where_the_officer_keeps_the_employer(world):
    d.proof(world)
    assert queries.to_confirm(d.anew(world.labour)).count() == 1
    assert queries.to_confirm(d.elsewhere(world)).count() == 0
    assert queries.to_confirm(d.anew(world.clerk)).count() == 0


def _get(user, path):
    client = Client()
    client.force_login(d.anew(user), backend=BACKEND)
    return client.get(path)
