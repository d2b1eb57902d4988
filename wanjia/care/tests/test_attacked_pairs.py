"""Pairs attacked: a barred helper who keeps his children, a guardian's no that the next plan forgets, kin behind kin, a helper from anywhere."""

from datetime import timedelta

import pytest

from wanjia.care.children import rules as children
from wanjia.care.figures.entitled import entitled_on
from wanjia.care.figures.lines import lines_on
from wanjia.care.lines import queries as lines
from wanjia.care.models import Entitled, Helper, Pair, Paired, PairProposal
from wanjia.care.pairing import commands, kin, options, plans, queries, rules
from wanjia.kernel.tests.tried import MONDAY
from wanjia.registry.models import Person
from wanjia.solving.models import Plan
from wanjia.solving.standing.commands import activate_plan
from wanjia.verdict import ALLOWED, Refused

from . import acts_pairing as acts
from .acts_lines import anew, paired
from .factories import checked

pytestmark = pytest.mark.django_db
DAY = MONDAY.date()
BACKEND = "django.contrib.auth.backends.ModelBackend"


def barred(world):
    """The helper with an account was found unfit this morning; nobody has handed the child over yet."""
    paired(world)
    return checked(Helper.objects.get(user=world.helper), on=DAY, result="not_clear", at=MONDAY)


def reaches(world, client):
    """What the helper sees of the child: on the own list, by name, at its page."""
    client.force_login(anew(world, "helper"), backend=BACKEND)
    child = world.register.child
    pages = [client.get("/care/mine/?names=1"), client.get(f"/care/children/{child.pk}/"), client.get("/care/month-card/")]
    return [page.status_code == 200 and (child.name in page.content.decode() or child.shown_name in page.content.decode()) for page in pages]


def test_whoever_is_barred_sees_nothing_of_his_children_from_that_moment(world, client):
    paired(world)
    assert reaches(world, client) == [True, True, True]
    barred(world)
    assert reaches(world, client) == [False, False, False] and lines.mine(anew(world, "helper"), DAY) == []


def test_without_the_bar_on_own_pairs_he_still_reads_their_names(world, client, monkeypatch):
    """Negative control."""
    barred(world)
    monkeypatch.setattr(children, "barred", lambda day: Helper.objects.none())
    assert reaches(world, client) == [True, True, True]


def test_a_child_with_a_barred_helper_is_an_alarm_and_counts_as_nobody_s(world):
    acts.entitled(world)
    paired(world)
    care = acts.who(world)["by"]
    assert queries.unfit_alarmed(care, DAY) == 0 and entitled_on(Entitled.objects.all(), None, DAY).get().f_paired
    barred(world)
    assert queries.unfit_alarmed(care, DAY) == 1 and not entitled_on(Entitled.objects.all(), None, DAY).get().f_paired
    assert queries.unfit_alarmed(anew(world, "officer"), DAY) == 1 and queries.unfit_alarmed(anew(world, "helper"), DAY) == 0
    Entitled.objects.update(since_on=DAY - timedelta(days=9))
    assert entitled_on(Entitled.objects.all(), DAY - timedelta(days=1), DAY).get().f_paired, "yesterday nobody knew"


def test_the_list_of_pairs_says_whose_helper_may_not_be_near(world, client):
    paired(world)
    client.force_login(anew(world, "care"), backend=BACKEND)
    assert client.get("/care/pairs/").context["unfit"] == 0
    checked(Helper.objects.get(user=world.helper), on=DAY, result="not_clear", at=MONDAY)
    page = client.get("/care/pairs/?shown=unfit")
    assert page.context["unfit"] == 1 and [one.pk for one in page.context["page"]] == [Pair.objects.get().pk]


def asked_away(world):
    """The guardian asked for somebody else; the pair ended, the child stands on the list again."""
    what = acts.paired(world)
    commands.end_pair(pair_id=what["pair_id"], why="asked", **acts.who(world))
    return Pair.objects.get().helper


def test_a_guardian_s_no_is_not_forgotten_by_the_next_plan(world):
    rid = asked_away(world)
    acts.runs.start_process = lambda *_words: None
    other = acts.able(world, name="岑帮扶", speaks="")  # worth less, and nobody's aversion
    plan = commands.draw_pairs(area=world.county, **acts.who(world))
    acts.process.run(Plan.objects.get(pk=plan.pk))
    assert PairProposal.objects.get().helper == other != rid
    assert [option.against for option in options.remedies(world.register.child, DAY) if option.helper == rid] == [("孩子或监护人要求换过他",)]


def test_without_asking_for_the_no_he_is_proposed_again(world, monkeypatch):
    """Negative control."""
    rid = asked_away(world)
    monkeypatch.setattr(plans, "asked_rows", lambda *_rows: set())
    acts.runs.start_process = lambda *_words: None
    acts.able(world, name="岑帮扶", speaks="")
    plan = commands.draw_pairs(area=world.county, **acts.who(world))
    acts.process.run(Plan.objects.get(pk=plan.pk))
    assert PairProposal.objects.get().helper == rid


def test_a_no_said_after_the_version_was_worked_stops_it(world):
    plan = acts.drawn(world)
    acts.said_no(world, Helper.objects.get())
    with pytest.raises(Refused, match="重新计算"):
        activate_plan(plan_id=plan.pk, **acts.who(world, "officer"))
    assert not Pair.objects.filter(to_on=None).exists()


@pytest.mark.parametrize("since", ["kin", "grown", "moved", "shifted"])
def test_what_has_changed_since_the_version_was_worked_stops_it(world, since):
    plan = acts.drawn(world)
    child, helpers = world.register.child, Helper.objects.all()
    if since == "kin":
        helpers.update(person=world.register.head)
    elif since == "grown":
        type(child).objects.filter(pk=child.pk).update(birth_on=DAY.replace(year=DAY.year - 18))
    elif since == "moved":
        type(child).objects.filter(pk=child.pk).update(village=world.xinmin)
    else:
        helpers.update(organisation=acts.unit_far(world))
    with pytest.raises(Refused, match="重新计算"):
        activate_plan(plan_id=plan.pk, **acts.who(world, "officer"))
    assert not Pair.objects.exists()


def test_a_version_judged_once_only_is_put_in_force_over_all_of_it(world, monkeypatch):
    """Negative control: without looking again at kin, word and place."""
    plan = acts.drawn(world)
    acts.said_no(world, Helper.objects.get())
    monkeypatch.setattr(commands, "_never", lambda *_rows: set())
    activate_plan(plan_id=plan.pk, **acts.who(world, "officer"))
    assert Pair.objects.filter(to_on=None).exists()


def test_two_helpers_of_one_home_are_both_kin_of_its_child(world):
    """A couple that helps: the later row hid the earlier one's kinship."""
    couple = [acts.able(world, name=name, person=person) for name, person in (("王建国", world.register.head), ("李秀英", world.register.wife))]
    assert [kin.kin_rows([world.register.child.pk], list(order), DAY) for order in (couple, couple[::-1])] == [{0, 1}, {0, 1}]
    twice = acts.able(world, name="王建国(另登记)", person=world.register.head)
    assert kin.kin_rows([world.register.child.pk], [couple[0], twice], DAY) == {0, 1}


def test_kin_stay_kin_when_the_helper_s_record_is_merged(world):
    home = world.register.register("王建国", world.register.head.birth_on, 55)
    gone = home.memberships.get().person
    one = acts.able(world, person=gone)
    assert not kin.kin_of(one, world.register.child, DAY)
    type(gone).objects.filter(pk=gone.pk).update(merged_into=world.register.head)
    assert kin.kin_of(one, world.register.child, DAY)


def test_a_helper_of_another_county_takes_no_child_and_is_named_to_nobody(world, client):
    what = acts.entitled(world)
    stranger = acts.able(world, name="外县人", organisation=acts.unit_far(world))
    client.force_login(anew(world, "care"), backend=BACKEND)
    assert "外县人" not in client.get(f"/care/entitled/{what['entitled_id']}/pair/").content.decode()
    with pytest.raises(Refused, match="没有挂联"):
        commands.pair_child(**what, helper=stranger, **acts.who(world))


def test_without_asking_whom_the_unit_serves_he_takes_it(world, monkeypatch):
    """Negative control."""
    what = acts.entitled(world)
    stranger = acts.able(world, name="外县人", organisation=acts.unit_far(world))
    monkeypatch.setattr(rules, "serves", lambda *_asked: True)
    commands.pair_child(**what, helper=stranger, **acts.who(world))
    assert Pair.objects.get().helper == stranger


# Records put together by more than one step.


def thrice(world, person):
    """The record went into another, and that one into `person`, the one that stands; returns the first."""
    facts = {"name": person.name, "pinyin": person.pinyin, "birth_on": person.birth_on, "village": person.village, "registered_at": MONDAY}
    between = Person.objects.create(**facts, merged_into=person)
    return Person.objects.create(**facts, merged_into=between)


def test_a_guardian_s_no_outlives_two_mergings(world):
    child = world.register.child
    one = acts.able(world)
    Pair.objects.create(child=thrice(world, child), helper=one, from_on=DAY - timedelta(days=9), to_on=DAY, end_reason="asked")
    assert kin.asked_of(one, child)


def test_kin_stay_kin_over_two_mergings(world):
    one = acts.able(world, person=thrice(world, world.register.head))
    assert kin.kin_of(one, world.register.child, DAY)


def test_of_one_step_alone_both_are_forgotten(world, monkeypatch):
    """Negative control."""
    monkeypatch.setattr(kin, "records_of", lambda key: {key, Person.objects.get(pk=key).merged_into_id})
    child, one = world.register.child, acts.able(world, person=thrice(world, world.register.head))
    Pair.objects.create(child=thrice(world, child), helper=one, from_on=DAY - timedelta(days=9), to_on=DAY, end_reason="asked")
    assert not kin.asked_of(one, child) and not kin.kin_of(one, child, DAY)


# A roster that begins a pair while somebody else was with the child.


def with_two(world):
    """Since September the child had somebody, until yesterday; a roster says that another had it all along."""
    child, last = world.register.child, acts.able(world, name="岑帮扶")
    Pair.objects.create(child=child, helper=last, from_on=DAY - timedelta(days=60), to_on=DAY - timedelta(days=1), end_reason="left")
    return child, acts.able(world, name="岳帮扶二")


def test_no_paper_pairs_a_child_twice_on_a_past_day(world):
    child, one = with_two(world)
    with pytest.raises(Refused, match="不能早于"):
        commands.begin_listed(child, one, DAY - timedelta(days=60), **acts.who(world))
    commands.begin_listed(child, one, DAY - timedelta(days=1), **acts.who(world))
    assert lines_on(Paired.objects.all(), DAY - timedelta(days=30), DAY).count() == 1


def test_without_the_question_a_past_day_counts_the_child_twice(world, monkeypatch):
    """Negative control."""
    child, one = with_two(world)
    monkeypatch.setattr(rules, "may_begin_on", lambda *_what: ALLOWED)
    commands.begin_listed(child, one, DAY - timedelta(days=60), **acts.who(world))
    assert lines_on(Paired.objects.all(), DAY - timedelta(days=30), DAY).count() == 2
