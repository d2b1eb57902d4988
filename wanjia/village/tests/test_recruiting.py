"""Recruitment: each reading is written down, no list has a name, a step before its day is kept and waits for a second hand, nothing of it leaves."""

from datetime import timedelta

import pytest

from tests.house.worlds import World
from wanjia.kernel.models import Entry, EntryKind
from wanjia.orgs.models import User
from wanjia.policy import recruiting as policy
from wanjia.verdict import Refused

from ..branch_states import Breach, CandidateState
from ..models import Candidate, RecruitMentor, RecruitStep
from ..recruiting import queries, rules
from ..recruiting.commands import acknowledge_breach, extend_probation, finish_candidate, stop_candidate, strike_step, write_step
from . import branch_factories as made
from .branch_factories import by, on_day, opened
from .factories import DAY, NAMES, villager

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


def readings():
    return Entry.objects.filter(act="candidate.read", kind=EntryKind.READING).count()


def test_each_opening_of_a_file_is_written_down_before_it_is_sent(world):
    one = made.candidate(world, 2)
    for n in (1, 2):
        page = opened(world, "candidate", one.pk, who="organiser")
        assert NAMES[10] in page.content.decode() and readings() == n
    line = Entry.objects.filter(act="candidate.read").first()
    assert (line.by_name, line.subject_id) == ("禄组委", str(one.pk)) and NAMES[10] not in str(line.__dict__)
    assert "no-store" in opened(world, "candidate", one.pk)["Cache-Control"]


@pytest.mark.parametrize("name", ["recruiting", "candidate_step", "candidate_strike", "candidate_stop", "candidate_mentor"])
def test_no_list_and_no_form_names_who_applied(world, name):
    one = made.candidate(world, 2)
    page = opened(world, name, *([] if name == "recruiting" else [one.pk]), who="organiser")
    assert page.status_code == 200 and NAMES[10] not in page.content.decode() and readings() == 0


def test_no_line_of_the_journal_says_who_applied_or_why_it_ended(world):
    one = made.candidate(world, 2)
    stop_candidate(candidate_id=one.pk, reason="查出有案底", **by(world))
    lines = str([(line.reason, line.detail) for line in Entry.objects.filter(subject="village.candidate")])
    assert "案底" not in lines and NAMES[10] not in lines and "材料" not in lines


def test_what_is_kept_has_no_number_of_an_id_card():
    fields = {field.name for model in (Candidate, RecruitStep, RecruitMentor) for field in model._meta.get_fields()}
    assert not {name for name in fields if "citizen" in name or "id_card" in name or "last4" in name}
    assert RecruitStep._meta.get_field("number").get_internal_type() == "PositiveSmallIntegerField"


@pytest.mark.parametrize(("steps", "day", "breach"), [
    pytest.param(1, on_day(1) - timedelta(days=1), Breach.EARLY, id="before the step before"), pytest.param(1, on_day(1), Breach.NONE, id="on its day"),
    pytest.param(6, policy.months_after(on_day(3), 12) - timedelta(days=1), Breach.EARLY, id="a day short of a year"), pytest.param(6, policy.months_after(on_day(3), 12), Breach.NONE, id="a year"),
    pytest.param(16, policy.months_after(on_day(15), 6), Breach.NONE, id="six months"), pytest.param(16, policy.months_after(on_day(15), 6) + timedelta(days=1), Breach.LAPSED, id="over six months"),
    pytest.param(22, policy.months_after(on_day(15), 12) - timedelta(days=1), Breach.EARLY, id="a day short of probation"), pytest.param(22, policy.months_after(on_day(15), 12), Breach.NONE, id="probation over"),
])
def test_a_step_is_kept_with_what_the_rules_say_to_its_day(world, steps, day, breach):
    one = made.candidate(world, steps)
    made.step(world, one, steps + 1, day=day)
    assert rules.standing(one).last().breach == breach


@pytest.mark.parametrize(("hours", "breach"), [(23, Breach.UNTRAINED), (24, Breach.NONE), (None, Breach.UNTRAINED)])
def test_training_takes_three_days(world, hours, breach):
    one = made.candidate(world, 10)
    made.step(world, one, 11, hours=hours)
    assert rules.standing(one).last().breach == breach


def test_who_is_under_age_on_the_day_is_told(world):
    person = villager(world, 10, born=DAY.replace(year=DAY.year - 19))
    one = made.candidate(world)
    made.step(world, one, 1, day=DAY.replace(year=DAY.year - 2))
    found = one.steps.get()
    assert (found.breach, found.bound) == (Breach.EARLY, person.birth_on.replace(year=person.birth_on.year + 18))


def test_custom_is_shown_and_asks_nobody(world):
    """Three months before the third step are custom: two weeks go through without a second hand, and the page says what custom is."""
    one = made.candidate(world, 3)
    assert one.steps.get(number=3).breach == Breach.NONE
    assert "早于惯例" in opened(world, "candidate", one.pk).content.decode()


def test_a_breach_waits_for_another_hand_and_stays_written(world):
    one = made.early(world)
    with pytest.raises(Refused, match="另一个人确认看到"):
        made.step(world, one, 8)
    with pytest.raises(Refused, match="自己登记的步骤"):
        acknowledge_breach(candidate_id=one.pk, **by(world))
    assert queries.waiting(User.objects.get(pk=world.organiser.pk)).count() == 1 and queries.waiting(User.objects.get(pk=world.secretary.pk)).count() == 0
    acknowledge_breach(candidate_id=one.pk, **by(world, "organiser"))
    made.step(world, one, 8)
    seen = one.steps.get(number=7)
    assert (seen.breach, seen.acked_by) == (Breach.EARLY, world.organiser) and "早于最早日期" in opened(world, "candidate", one.pk).content.decode()


def test_the_graph_is_walked_whole_and_the_file_closed(world):
    one = made.candidate(world, 25)
    assert [step.breach for step in rules.standing(one)] == [Breach.NONE] * 25
    assert finish_candidate(candidate_id=one.pk, **by(world)).state == CandidateState.FULL


def test_reviews_come_again_and_nothing_is_skipped(world):
    one = made.candidate(world, 6)
    write_step(candidate_id=one.pk, step="6", day=on_day(6) + timedelta(days=180), words="第二次考察", hours=None, **by(world))
    assert one.steps.filter(number=6).count() == 2
    with pytest.raises(Refused, match="接下来是第 7 步"):
        write_step(candidate_id=one.pk, step="8", day=DAY, words="", hours=None, **by(world))
    assert queries.next_of(one, list(rules.standing(one)), DAY).review == policy.months_after(on_day(6) + timedelta(days=180), 6)


def test_an_extension_moves_the_earliest_day(world):
    one = made.candidate(world, 22)
    before = queries.next_of(one, list(rules.standing(one)), DAY).early.day
    one = extend_probation(candidate_id=one.pk, months=6, day=DAY, **by(world))
    assert queries.next_of(one, list(rules.standing(one)), DAY).early.day == policy.months_after(on_day(15), 18) > before


def test_a_step_struck_stays_to_be_read_and_counts_no_longer(world):
    one = made.candidate(world, 3)
    strike_step(candidate_id=one.pk, reason="写成了别人的日期", **by(world, "organiser"))
    assert one.steps.count() == 3 and rules.standing(one).count() == 2
    made.step(world, one, 3)
    assert rules.standing(one).count() == 3


def test_stages_are_counted_and_open_their_rows(world):
    made.candidate(world, 2)
    made.candidate(world, 8, n=11)
    rows = queries.listed(Candidate.objects.all())
    assert queries.by_stage(rows) == {1: 1, 2: 0, 3: 1, 4: 0, 5: 0}
    assert [one.serial for one in queries.in_stage(rows, 3)] == [2] and [one.serial for one in queries.in_stage(rows, 1)] == [1]


def test_a_small_number_is_hidden_in_the_balance(world):
    made.candidate(world)
    sexes, ages = queries.balance(Candidate.objects.all(), DAY)
    assert dict(sexes) == {"男": None, "女": 0} and [n for _band, n in ages if n is None] == [None]


def test_figures_say_nothing_of_recruitment():
    """Its numbers stand on its own page alone: whoever sees figures would else see them."""
    from wanjia.reporting.figures.population import populations

    assert not {one.rows for one in populations()} & {Candidate, RecruitStep, RecruitMentor}
