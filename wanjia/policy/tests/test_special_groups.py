"""Every rule of rules.md §c.4 as a table, and what must hold for any facts."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wanjia.policy import special_groups as groups
from wanjia.policy.special_groups import ChildFacts, ParentFacts, Spell
from wanjia.policy.statuses import months_after, recordable, scheme

DAY = date(2024, 9, 1)
BORN = date(2014, 5, 20)
SAID = date(2015, 1, 1)  # when somebody said that the parents are at home, unless they are away


def condition(code, since=date(2020, 1, 1), until=None, paper=True):
    return Spell("condition", code, since, until, paper=paper)


def disability(category, grade, since=date(2020, 1, 1)):
    return Spell("disability", category, since, None, grade)


def away(since, place="浙江省宁波市"):
    return Spell("away", place, since)


def child(father=(), mother=(), *, father_away=(), mother_away=(), **more):
    facts = {"born_on": BORN, "has_hukou": True, "rural": True, "schooling": "primary", "at_home": True, **more}
    return ChildFacts(
        father=ParentFacts("father", True, tuple(father), tuple(father_away), home_on=SAID),
        mother=ParentFacts("mother", True, tuple(mother), tuple(mother_away), home_on=SAID), **facts,
    )  # fmt: skip


def decided(group, facts, day=DAY):
    return next(one for one in groups.decide(facts, day) if one.group == group)


DEAD, MISSING = condition("dead"), condition("missing")


@pytest.mark.parametrize(("father", "mother", "holds"), [
    pytest.param([DEAD], [DEAD], True, id="both dead"),
    pytest.param([DEAD], [MISSING], True, id="one dead, other missing"),
    pytest.param([MISSING], [MISSING], True, id="both missing"),
    pytest.param([DEAD], [], False, id="one dead, other lives"),
    pytest.param([DEAD], [condition("prison")], False, id="one dead, other in prison"),
    pytest.param([DEAD], [condition("lost_contact")], False, id="lost contact is not missing: a court declares"),
    pytest.param([DEAD], [condition("dead", date(2024, 9, 2))], False, id="died tomorrow"),
])  # fmt: skip
def test_orphan(father, mother, holds):
    assert decided("orphan", child(father, mother)).holds is holds


def test_an_orphan_without_papers_is_told_which_are_missing():
    one = decided("orphan", child([condition("dead", paper=False)], [DEAD]))
    assert one.holds
    assert [paper.zh for paper in one.papers] == ["父亲死亡的证明材料"]


@pytest.mark.parametrize(("father", "mother", "holds"), [
    pytest.param([disability("limb", "1")], [disability("sight", "2")], True, id="severe disability, grades 1 and 2"),
    pytest.param([disability("limb", "3")], [DEAD], False, id="limb grade 3 is not severe"),
    pytest.param([disability("mind", "3")], [DEAD], True, id="mind grade 3 is"),
    pytest.param([disability("mental", "4")], [DEAD], True, id="mental grade 4 is"),
    pytest.param([condition("severe_illness")], [MISSING], True, id="illness and missing"),
    pytest.param([condition("prison", date(2024, 6, 1), date(2025, 6, 1))], [DEAD], True, id="a year in prison"),
    pytest.param([condition("prison", date(2024, 6, 1), date(2024, 11, 1))], [DEAD], False, id="five months in prison"),
    pytest.param([condition("prison", date(2024, 8, 1))], [DEAD], None, id="term not known yet"),
    pytest.param([condition("prison", None)], [DEAD], None, id="since when not known"),
    pytest.param([condition("detox", date(2024, 1, 1), date(2026, 1, 1))], [condition("restricted", date(2023, 1, 1))], True, id="detox and restricted"),
    pytest.param([condition("lost_contact", date(2024, 3, 1))], [DEAD], True, id="six months without contact"),
    pytest.param([condition("lost_contact", date(2024, 3, 2))], [DEAD], False, id="a day less than six months"),
    pytest.param([condition("custody_revoked")], [condition("deported")], True, id="added in 2020"),
    pytest.param([condition("prison", date(2020, 1, 1), date(2024, 9, 1))], [DEAD], False, id="released today"),
    pytest.param([condition("prison", date(2020, 1, 1))], [], False, id="the other parent is well"),
    pytest.param([DEAD], [DEAD], False, id="both dead: an orphan instead"),
])  # fmt: skip
def test_de_facto_unattended(father, mother, holds):
    assert decided("de_facto_unattended", child(father, mother)).holds is holds


def test_de_facto_unattended_needs_registration_and_begins_in_2020():
    facts = child([disability("limb", "1", date(2010, 1, 1))], [condition("dead", date(2010, 1, 1))])
    assert decided("de_facto_unattended", replace(facts, has_hukou=False)).holds is False
    assert decided("de_facto_unattended", replace(facts, has_hukou=None)).holds is None
    assert decided("de_facto_unattended", facts, date(2019, 12, 31)).holds is False
    assert decided("de_facto_unattended", facts, date(2020, 1, 1)).holds is True


def test_revoked_custody_counts_only_under_the_later_paper():
    facts = child([condition("custody_revoked", date(2019, 1, 1))], [condition("dead", date(2019, 1, 1))])
    assert decided("de_facto_unattended", facts, date(2020, 6, 1)).holds is False
    assert decided("de_facto_unattended", facts, date(2021, 6, 1)).holds is True


LONG, SHORT = away(date(2024, 2, 1)), away(date(2024, 8, 1))


@pytest.mark.parametrize(("facts", "civil", "education"), [
    pytest.param(child(father_away=[LONG], mother_away=[LONG]), True, True, id="both away for long"),
    pytest.param(child(father_away=[SHORT], mother_away=[SHORT]), True, False, id="both away, one month: the two definitions part"),
    pytest.param(child(father_away=[LONG]), False, True, id="father away, mother well: the two definitions part"),
    pytest.param(child(father_away=[LONG], mother=[disability("limb", "1")]), True, True, id="father away, mother disabled"),
    pytest.param(child(father_away=[LONG], mother=[condition("severe_illness")]), True, True, id="father away, mother ill"),
    pytest.param(child(father_away=[LONG], mother=[DEAD]), True, True, id="father away, mother dead"),
    pytest.param(child(mother=[disability("limb", "1")]), False, False, id="nobody away"),
    pytest.param(child(father_away=[LONG], mother_away=[LONG], rural=False), False, True, id="town registration"),
    pytest.param(child(father_away=[LONG], mother_away=[LONG], rural=None), None, True, id="registration not asked"),
    pytest.param(child(father_away=[LONG], mother_away=[LONG], schooling="kindergarten"), True, False, id="kindergarten"),
    pytest.param(child(father_away=[LONG], mother_away=[LONG], schooling="in_school"), True, None, id="stage not asked"),
    pytest.param(child(father_away=[LONG], mother_away=[LONG], at_home=False), False, False, id="the child went along"),
    pytest.param(child(father_away=[away(None)], mother_away=[away(None)]), True, None, id="since when not known"),
    pytest.param(child(father_away=[LONG], mother_away=[LONG], born_on=date(2008, 9, 1)), False, True, id="16 today"),
    pytest.param(child(father_away=[LONG], mother_away=[LONG], born_on=date(2008, 9, 2)), True, True, id="16 tomorrow"),
])  # fmt: skip
def test_left_behind_by_both_definitions(facts, civil, education):
    assert decided("left_behind_civil", facts).holds is civil
    assert decided("left_behind_education", facts).holds is education


def test_three_months_are_calendar_months():
    facts = child(father_away=[away(date(2024, 6, 1))])
    assert decided("left_behind_education", facts, date(2024, 8, 31)).holds is False
    assert decided("left_behind_education", facts, date(2024, 9, 1)).holds is True


def test_an_unknown_other_parent_leaves_the_question_open():
    facts = replace(child(father_away=[LONG]), mother=ParentFacts("mother"))
    one = decided("left_behind_civil", facts)
    assert one.holds is None
    assert "母亲是谁、在不在家未填" in [reason.zh for reason in one.reasons]


UNSAID = replace(child(father_away=[LONG]), mother=ParentFacts("mother", True))


@pytest.mark.parametrize(("facts", "civil", "education"), [
    pytest.param(UNSAID, None, True, id="father away, of the registered mother nobody said"),
    pytest.param(replace(child(), father=ParentFacts("father", True), mother=ParentFacts("mother", True)), None, None, id="of neither"),
    pytest.param(replace(child(), mother=ParentFacts("mother", True)), False, None, id="father said to be at home, of the mother nobody said"),
    pytest.param(replace(UNSAID, mother=ParentFacts("mother", True, home_on=DAY)), False, True, id="the mother said today to be at home"),
    pytest.param(replace(UNSAID, mother=ParentFacts("mother", True, home_on=DAY + timedelta(days=1))), None, True, id="said tomorrow only"),
    pytest.param(replace(UNSAID, mother=ParentFacts("mother", True, (), (LONG,), home_on=date(2024, 1, 1))), True, True, id="said home, then away"),
    pytest.param(replace(UNSAID, mother=ParentFacts("mother", True, (DEAD,))), True, True, id="the mother dead"),
])  # fmt: skip
def test_who_is_registered_is_not_for_that_at_home(facts, civil, education):
    assert decided("left_behind_civil", facts).holds is civil
    assert decided("left_behind_education", facts).holds is education


def test_what_nobody_said_is_asked():
    said = [reason.zh for reason in decided("left_behind_civil", UNSAID).reasons]
    assert "母亲在不在家没有人说过" in said
    assert not any("母亲在家" in one for one in said)


def test_a_child_of_whom_nobody_said_where_it_is_stays_on_the_list_and_is_asked_about():
    facts = child(father_away=[LONG], mother_away=[LONG], at_home=None)
    one = decided("left_behind_civil", facts)
    assert one.holds is True
    assert any("孩子本人在不在家乡没有人说过" in reason.zh for reason in one.reasons)
    assert not any("孩子本人" in reason.zh for reason in decided("left_behind_civil", replace(facts, at_home=True)).reasons)


@pytest.mark.parametrize("mother", [ParentFacts("mother"), ParentFacts("mother", named=True)], ids=["unknown", "a name"])
def test_nothing_known_of_a_parent_is_not_a_living_parent(mother):
    facts = replace(child([DEAD]), mother=mother)
    for group in ("orphan", "de_facto_unattended", "in_difficulty"):
        assert decided(group, facts).holds is None, group
    assert "母亲的情况未填" in [reason.zh for reason in decided("orphan", facts).reasons]


@pytest.mark.parametrize(("more", "holds"), [
    pytest.param({"spells": (disability("hearing", "2"),)}, True, id="certificate"),
    pytest.param({"spells": (Spell("disability", "diagnosed", date(2020, 1, 1)),)}, False, id="diagnosis at ten"),
    pytest.param({"spells": (Spell("disability", "diagnosed", date(2020, 1, 1)),), "born_on": date(2019, 1, 1)}, True, id="diagnosis at five"),
    pytest.param({}, False, id="nothing"),
])  # fmt: skip
def test_child_with_disability(more, holds):
    assert decided("disabled", child(**more)).holds is holds


POOR = (Spell("relief", "minimum", date(2023, 1, 1)),)


@pytest.mark.parametrize(("more", "holds"), [
    pytest.param({"home": POOR, "spells": (Spell("child_need", "schooling"),)}, True, id="poor home, difficulty at school"),
    pytest.param({"home": POOR}, None, id="poor home, difficulty not asked"),
    pytest.param({"spells": (disability("mind", "4"),)}, True, id="own disability"),
    pytest.param({"spells": (Spell("child_harm", "improper"),)}, True, id="improper guardianship"),
    pytest.param({"father": [DEAD], "mother": [DEAD]}, True, id="orphan: no guardian"),
    pytest.param({}, False, id="nothing"),
])  # fmt: skip
def test_child_in_difficulty(more, holds):
    assert decided("in_difficulty", child(**more)).holds is holds


def test_relief_home_and_dropped_out():
    assert decided("relief_home", child(home=POOR)).holds is True
    assert decided("relief_home", child()).holds is False
    assert decided("dropped_out", child(schooling="dropped_out")).holds is True
    assert decided("dropped_out", child(schooling="")).holds is None


def test_reviews_fall_due_after_a_month_or_at_an_earlier_birthday():
    assert groups.review_due(date(2014, 5, 20), date(2024, 9, 1)) == date(2024, 10, 1)
    assert groups.review_due(date(2010, 9, 15), date(2024, 9, 1)) == date(2024, 9, 15)
    assert groups.birthdays(date(2008, 2, 29)) == [date(2022, 2, 28), date(2024, 2, 29), date(2026, 2, 28)]


def test_age_bands():
    assert [groups.age_band(date(year, 1, 1), DAY) for year in (2024, 2018, 2011, 2009, 2008)] == [
        (0, 5),
        (6, 13),
        (6, 13),
        (14, 15),
        None,
    ]


# What holds for any facts

days = st.dates(date(2018, 1, 1), date(2030, 12, 31))
codes = st.sampled_from([*scheme("condition").versions[-1].codes])
spells = st.lists(
    st.one_of(
        st.builds(Spell, st.just("condition"), codes, st.none() | days, st.none() | days, paper=st.booleans()),
        st.builds(Spell, st.just("disability"), st.sampled_from(["limb", "mind"]), days, st.none(), st.sampled_from("1234")),
    ),
    max_size=3,
).map(tuple)
absences = st.lists(st.builds(Spell, st.just("away"), st.just("广东省"), st.none() | days, st.none() | days), max_size=2).map(
    tuple
)
parents = st.builds(ParentFacts, st.just("father"), st.booleans(), spells, absences, home_on=st.none() | days)
children = st.builds(
    ChildFacts, born_on=st.none() | st.dates(date(2004, 1, 1), date(2024, 1, 1)), has_hukou=st.none() | st.booleans(),
    rural=st.none() | st.booleans(), schooling=st.sampled_from(["", "primary", "junior", "senior", "in_school", "dropped_out"]),
    at_home=st.none() | st.booleans(), spells=spells, father=parents, mother=parents.map(lambda p: replace(p, line="mother")),
)  # fmt: skip


@given(children, days)
def test_every_group_is_decided_with_a_reason_in_both_languages(facts, day):
    decisions = groups.decide(facts, day)
    assert [one.group for one in decisions] == list(groups.GROUPS)
    assert all(one.reasons and all(reason.zh and reason.en for reason in one.reasons) for one in decisions)


@given(children, days)
def test_nobody_of_age_or_unborn_is_in_a_group(facts, day):
    if facts.born_on and (facts.born_on > day or groups.age_on(facts.born_on, day) >= 18):
        assert not any(one.holds for one in groups.decide(facts, day) if one.group != "left_behind_education")


@given(children, days)
def test_an_orphan_is_not_de_facto_unattended(facts, day):
    assert not (decided("orphan", facts, day).holds and decided("de_facto_unattended", facts, day).holds)


@given(children, days)
def test_father_and_mother_weigh_the_same(facts, day):
    swapped = replace(facts, father=replace(facts.mother, line="father"), mother=replace(facts.father, line="mother"))
    assert [one.holds for one in groups.decide(facts, day)] == [one.holds for one in groups.decide(swapped, day)]


@given(children, st.dates(date(2021, 1, 2), date(2030, 1, 1)), st.integers(0, 400))
def test_who_was_left_behind_stays_so_while_parents_stay_away(facts, day, more):
    endless = replace(
        facts, father=replace(facts.father, away=tuple(replace(s, to_on=None) for s in facts.father.away)),
        mother=replace(facts.mother, away=tuple(replace(s, to_on=None) for s in facts.mother.away)),
    )  # fmt: skip
    if decided("left_behind_education", endless, day).holds:
        assert decided("left_behind_education", endless, day + timedelta(days=more)).holds


def test_months_after_ends_with_the_month():
    assert months_after(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert months_after(date(2024, 3, 31), -1) == date(2024, 2, 29)
    assert months_after(date(2024, 12, 15), 1) == date(2025, 1, 15)


# Schemes


def test_monitored_households_end_with_2025_and_the_new_scheme_follows():
    def named(day):
        return {one.code for one, _version in recordable(day, "household")}

    assert {"monitored", "poverty_risk"} & named(date(2025, 12, 31)) == {"monitored"}
    assert {"monitored", "poverty_risk"} & named(date(2026, 1, 1)) == {"poverty_risk"}
    assert scheme("monitored").fault("unstable", "", date(2026, 3, 1), date(2026, 3, 1)) == "no_version"
    assert scheme("monitored").fault("unstable", "", date(2024, 3, 1), date(2026, 3, 1)) is None
    assert scheme("relief").fault("rigid", "", date(2026, 6, 30), date(2026, 8, 1)) == "no_code"
    assert scheme("relief").fault("rigid", "", date(2026, 7, 1), date(2026, 8, 1)) is None


def test_a_disability_needs_a_grade_and_a_diagnosis_has_none():
    faults = [
        scheme("disability").fault(code, grade, DAY, DAY)
        for code, grade in (("limb", ""), ("limb", "2"), ("limb", "9"), ("diagnosed", "1"))
    ]
    assert faults == ["grade_missing", None, "no_grade", "no_grade"]


def test_every_scheme_names_its_source():
    assert all(version.source for one in (scheme(code) for code in ("lifted", "relief", "condition")) for version in one.versions)
