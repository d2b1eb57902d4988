"""Every rule of benefits.toml as a table, and what must hold for any facts."""

import ast
from dataclasses import fields, replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wanjia.policy import benefit_conditions, benefits
from wanjia.policy.benefit_facts import Claimant, Paid, asked_on
from wanjia.policy.child_facts import ChildFacts, ParentFacts, Spell
from wanjia.policy.departments import lines_of
from wanjia.policy.statuses import schemes

DAY = date(2026, 11, 3)
LINES = {line for category in ("aid", "work", "guardianship", "schooling", "medical", "housing", "disability") for line in lines_of(category)}


def status(key, since=date(2020, 1, 1), until=None, grade=""):
    kind, code = key.split(":")
    return Spell(kind, code, since, until, grade)


def away(place, since, until=None):
    return Spell("away", place, since, until)


def person(**more):
    return Claimant("person", **{"born_on": date(1985, 3, 2), "has_hukou": True, **more})


def child(father=(), mother=(), **more):
    parents = {"father": ParentFacts("father", True, tuple(father), home_on=DAY), "mother": ParentFacts("mother", True, tuple(mother), home_on=DAY)}
    facts = {"born_on": date(2016, 5, 20), **more}
    return Claimant("child", has_hukou=True, child=ChildFacts(facts["born_on"], True, True, **parents), **facts)


def decided(code, facts, day=DAY):
    return next(one for one in benefits.decide(facts, day) if one.benefit == code)


def worker(*stays, **more):
    return person(**{"home": (status("lifted:lifted"),), "away": stays, **more})


ZHEJIANG = away("浙江省宁波市", date(2026, 3, 1))


@pytest.mark.parametrize(("facts", "day", "holds"), [
    pytest.param(worker(ZHEJIANG), DAY, True, id="eight months away"),
    pytest.param(worker(ZHEJIANG), date(2026, 5, 31), True, id="three months to the day"),
    pytest.param(worker(ZHEJIANG), date(2026, 5, 30), False, id="a day less"),
    pytest.param(worker(away("浙江", date(2025, 6, 1), date(2026, 3, 1))), DAY, False, id="two months of this year"),
    pytest.param(worker(away("浙江", date(2025, 6, 1), date(2026, 3, 1))), date(2026, 2, 28), True, id="last year's claim until the end of February"),
    pytest.param(worker(away("云南省昆明市", date(2026, 1, 5))), DAY, False, id="inside the province"),
    pytest.param(worker(away("昭阳区", date(2026, 1, 5))), DAY, False, id="inside the city"),
    pytest.param(worker(away("宁波", date(2026, 1, 5))), DAY, None, id="which province not said"),
    pytest.param(worker(away("从云南去浙江", date(2026, 1, 5))), DAY, None, id="two provinces named"),
    pytest.param(worker(away("浙江", None)), DAY, None, id="since when not said"),
    pytest.param(worker(away("浙江", date(2026, 1, 1), date(2026, 2, 20)), away("广东", date(2026, 6, 1), date(2026, 7, 20))), DAY, None, id="two stays together"),
    pytest.param(worker(away("浙江", date(2026, 1, 1), date(2026, 2, 20))), DAY, False, id="one short stay"),
    pytest.param(worker(), DAY, False, id="never away"),
    pytest.param(worker(ZHEJIANG, home=()), DAY, False, id="no status of the home"),
    pytest.param(worker(ZHEJIANG, home=(status("monitored:sudden"),)), DAY, False, id="monitored ended with 2025"),
    pytest.param(worker(away("浙江", date(2025, 6, 1)), home=(status("monitored:sudden"),)), date(2025, 11, 1), True, id="monitored in 2025"),
    pytest.param(worker(ZHEJIANG, home=(status("poverty_risk:at_risk"),)), DAY, None, id="whether a poverty-risk home counts"),
    pytest.param(worker(ZHEJIANG, home=(status("lifted:lifted", date(2026, 12, 1)),)), DAY, False, id="lifted from next month"),
    pytest.param(worker(ZHEJIANG, has_hukou=None), DAY, None, id="registration not known"),
    pytest.param(worker(ZHEJIANG, has_hukou=False), DAY, False, id="not registered"),
    pytest.param(worker(ZHEJIANG, born_on=None), DAY, None, id="age not known"),
    pytest.param(worker(ZHEJIANG, born_on=date(2010, 11, 4)), DAY, False, id="15, tomorrow 16"),
    pytest.param(worker(ZHEJIANG, born_on=date(2010, 11, 3)), DAY, True, id="16 today"),
    pytest.param(worker(ZHEJIANG), date(2023, 12, 31), False, id="before the rule"),
])  # fmt: skip
def test_aid_for_work_outside_the_province(facts, day, holds):
    assert decided("transport_aid", facts, day).holds is holds


@pytest.mark.parametrize(("facts", "stands"), [
    pytest.param(worker(ZHEJIANG), "owed", id="all on record"),
    pytest.param(worker(away("宁波", date(2026, 1, 5))), "unsure", id="which province is asked"),
    pytest.param(worker(ZHEJIANG, home=(status("poverty_risk:at_risk"),)), "unsure", id="whether such a home counts is asked"),
    pytest.param(worker(ZHEJIANG, home=()), "", id="denied"),
    pytest.param(worker(has_hukou=None), "", id="never away: nothing is asked"),
])  # fmt: skip
def test_what_is_worth_asking(facts, stands):
    assert decided("transport_aid", facts).stands == stands


@pytest.mark.parametrize(("home", "labour", "work", "stays", "holds"), [
    pytest.param("relief:minimum", "ordinary", "失业", (), True, id="out of work"),
    pytest.param("relief:rigid", "weak", "", (), None, id="work not said"),
    pytest.param("relief:margin", "skilled", "务农", (), None, id="farming says nothing of a job"),
    pytest.param("relief:minimum", "ordinary", "", (ZHEJIANG,), False, id="away for work"),
    pytest.param("relief:minimum", "lost", "失业", (), False, id="cannot work"),
    pytest.param("relief:minimum", "", "失业", (), None, id="ability not said"),
    pytest.param("relief:extreme", "ordinary", "失业", (), False, id="the law names three kinds of homes"),
    pytest.param("lifted:lifted", "ordinary", "失业", (), False, id="lifted is no assistance"),
])  # fmt: skip
def test_job_aid(home, labour, work, stays, holds):
    assert decided("job_aid", person(home=(status(home),), labour=labour, work=work, away=stays)).holds is holds


def test_who_is_at_school_is_not_out_of_work():
    pupil = person(home=(status("relief:minimum"),), labour="ordinary", schooling="college", born_on=date(2006, 1, 1))
    assert decided("job_aid", pupil).holds is False


@pytest.mark.parametrize(("facts", "holds", "stands"), [
    pytest.param({"born_on": date(1950, 1, 1), "labour": "none", "others_able": False}, None, "unsure", id="old, unable, alone: income and kin are asked"),
    pytest.param({"spells": (status("disability:limb", grade="3"),), "labour": "lost", "others_able": False}, None, "unsure", id="disabled, unable, alone"),
    pytest.param({"born_on": date(1950, 1, 1), "labour": "none", "others_able": True}, None, "", id="somebody there can work: not worth asking, not denied"),
    pytest.param({"born_on": date(1950, 1, 1), "labour": "none"}, None, "", id="of the others nobody said"),
    pytest.param({"born_on": date(1950, 1, 1), "others_able": False}, None, "", id="ability not said"),
    pytest.param({"born_on": date(1950, 1, 1), "labour": "weak", "others_able": False}, False, "", id="can work"),
    pytest.param({"labour": "lost", "others_able": False}, False, "", id="neither old nor disabled"),
    pytest.param({"born_on": None, "labour": "lost", "others_able": False}, None, "", id="age not known"),
    pytest.param({"born_on": date(1950, 1, 1), "labour": "none", "others_able": False, "home": (status("relief:extreme"),)}, None, "received", id="received"),
])  # fmt: skip
def test_support_of_the_extremely_poor(facts, holds, stands):
    one = decided("extreme_care", person(**facts))
    assert (one.holds, one.stands) == (holds, stands)


@pytest.mark.parametrize(("home", "spells", "holds", "stands"), [
    pytest.param("relief:margin", (status("disability:limb", grade="2"),), True, "owed", id="severe disability"),
    pytest.param("relief:margin", (status("condition:severe_illness"),), True, "owed", id="severe illness"),
    pytest.param("relief:margin", (status("disability:limb", grade="3"),), None, "", id="grade 3: an illness may not be on record"),
    pytest.param("relief:margin", (status("disability:limb", date(2026, 12, 1), grade="1"),), None, "", id="from next month"),
    pytest.param("relief:minimum", (status("disability:limb", grade="1"),), False, "", id="the home has the allowance"),
    pytest.param("lifted:lifted", (status("disability:limb", grade="1"),), False, "", id="no margin home"),
])  # fmt: skip
def test_allowance_for_one_of_a_margin_home(home, spells, holds, stands):
    one = decided("margin_member", person(home=(status(home),), spells=spells))
    assert (one.holds, one.stands) == (holds, stands)


def test_an_allowance_that_is_paid_is_received_alone_only_in_a_margin_home():
    paid = (Paid("农村低保金", date(2026, 1, 1), date(2026, 12, 31)),)
    ill = {"spells": (status("disability:limb", grade="2"),), "paid": paid}
    assert decided("margin_member", person(home=(status("relief:margin"),), **ill)).stands == "received"
    assert decided("margin_member", person(home=(status("relief:minimum"),), **ill)).stands == ""


def test_applying_for_assistance_is_asked_of_a_poverty_risk_home_and_never_sure():
    risky = Claimant("home", home=(status("poverty_risk:at_risk", date(2026, 2, 1)),), income_yuan=12000, income_year=2026, heads=4)
    one = decided("relief_check", risky)
    assert (one.holds, one.stands) == (None, "unsure")
    assert any("标准" in ask.zh for ask in one.asks)
    assert decided("relief_check", Claimant("home")).stands == ""
    known = replace(risky, home=(*risky.home, status("relief:margin", date(2026, 7, 1))))
    assert decided("relief_check", known).stands == "received"


@pytest.mark.parametrize(("income", "year", "heads", "holds"), [
    (12000, 2026, 4, True), (12000, 2025, 4, True), (20000, 2026, 4, False), (12000, 2024, 4, None), (None, 2026, 4, None), (12000, None, 4, None), (12000, 2026, 0, None),
])  # fmt: skip
def test_income_a_head_once_the_county_filled_in_its_standard(income, year, heads, holds):
    rule = {"standards": [[date(2027, 1, 1), 9000], [date(2026, 7, 1), 4800]]}
    assert benefit_conditions.KINDS["income"](rule, Claimant("home", income_yuan=income, income_year=year, heads=heads), DAY, {}).holds is holds


DEAD, PRISON = status("condition:dead"), Spell("condition", "prison", date(2026, 1, 1), date(2028, 1, 1))


@pytest.mark.parametrize(("father", "mother", "orphan", "unattended", "stands"), [
    pytest.param([DEAD], [DEAD], True, False, "owed", id="both dead"),
    pytest.param([DEAD], [PRISON], False, True, "", id="one dead, the other in prison"),
    pytest.param([DEAD], [], False, False, "", id="one dead, the other well"),
    pytest.param([], [], False, False, "", id="both well"),
])  # fmt: skip
def test_aid_for_children(father, mother, orphan, unattended, stands):
    facts = child(father, mother)
    one = decided("orphan_aid", facts)
    assert (one.holds is True, one.stands) == (orphan, stands)
    assert (decided("unattended_aid", facts).holds is True) is unattended
    assert (decided("pairing_first", facts).holds is True) is (orphan or unattended)


def test_of_a_child_of_whom_nobody_said_anything_nothing_is_asked_here():
    nobody = Claimant("child", date(2016, 5, 20), child=ChildFacts(date(2016, 5, 20), True, True))
    assert {(one.benefit, one.holds, one.stands) for one in benefits.decide(nobody, DAY)} >= {("orphan_aid", None, ""), ("unattended_aid", None, "")}


def test_what_an_offices_own_list_claims_is_asked_about_and_proves_nothing():
    listed = Spell("claimed_group", "孤儿", None)
    unsaid = Claimant("child", date(2016, 5, 20), child=ChildFacts(date(2016, 5, 20), True, True, spells=(listed,)))
    one = decided("orphan_aid", unsaid)
    assert (one.holds, one.stands, [reason.zh for reason in one.reasons]) == (None, "unsure", ["原台账写着“孤儿”,待核实"])
    assert decided("unattended_aid", unsaid).stands == "", "each benefit asks its own list"
    known = replace(child([], [DEAD]), child=replace(child([], [DEAD]).child, spells=(listed,)))
    assert decided("orphan_aid", known).holds is False


def test_the_reason_names_the_group_and_the_facts_stay_in_the_file():
    one = decided("unattended_aid", child([DEAD], [PRISON]))
    assert [reason.zh for reason in one.reasons] == ["事实无人抚养儿童"]
    assert [ask.zh for ask in one.asks] == ["证明材料没有登记,见儿童档案"]


@pytest.mark.parametrize(("schooling", "holds"), [("senior", True), ("college", None), ("", None), ("out", False)])
def test_aid_goes_on_past_18_in_full_time_school(schooling, holds):
    born = date(2008, 6, 1)
    eve = date(2026, 5, 31)
    assert asked_on(born, DAY) == eve
    long = Spell("condition", "prison", date(2025, 1, 1), date(2026, 9, 1))  # free since: as it was on the eve counts
    facts = child([DEAD], [long], born_on=born, schooling=schooling)
    assert decided("unattended_aid_at_school", facts).holds is holds
    assert decided("unattended_aid", facts).holds is False, "grown up: the aid for children has ended"
    assert decided("unattended_aid_at_school", child([DEAD], [], born_on=born, schooling="senior")).holds is False


@pytest.mark.parametrize(("words", "first", "last", "received"), [
    ("外出务工交通补贴", date(2026, 1, 1), date(2026, 12, 31), True), ("外出务工交通补贴", date(2025, 1, 1), date(2025, 12, 31), False),
    ("耕地地力保护补贴", date(2026, 1, 1), date(2026, 12, 31), False),
])  # fmt: skip
def test_what_was_paid_for_the_year_is_said_as_received(words, first, last, received):
    facts = worker(ZHEJIANG, paid=(Paid(words, first, last),))
    one = decided("transport_aid", facts)
    assert one.holds is True
    assert one.stands == ("received" if received else "owed")


def test_every_benefit_is_whole():
    for code, rule in benefits.benefits().items():
        for name in ("zh", "en", "source_zh", "source_en", "plain_zh", "plain_en", "ask_zh", "ask_en", "confirm_zh", "confirm_en"):
            assert rule[name].strip(), (code, name)
        assert rule["gives"] in LINES, code
        assert rule["of"] in ("person", "child", "home")
        assert {one["is"] for one in rule["condition"]} <= set(benefit_conditions.KINDS)
        keys = [*rule.get("received", ()), *(key for one in rule["condition"] for name in ("any", "unsure") for key in one.get(name, ()) if ":" in key)]
        for kind, known in (key.split(":") for key in keys):
            assert any(known in version.codes for version in schemes()[kind].versions), (code, kind, known)


def test_the_rules_are_pure():
    for module in ("benefits", "benefit_conditions", "benefit_facts"):
        tree = ast.parse((Path(benefits.__file__).parent / f"{module}.py").read_text(encoding="utf-8"))
        calls = {node.func.attr for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)}
        assert not calls & {"today", "now", "utcnow"}, "the day is given"


# What must hold for any facts.
PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
DAYS = st.dates(date(2024, 1, 1), date(2028, 12, 31))
KEYS = [f"{one.code}:{code}" for one in schemes().values() for version in one.versions for code in version.codes]
STATUSES = st.builds(status, st.sampled_from(KEYS), DAYS, st.none() | DAYS, st.sampled_from(["", "1", "2", "3"]))
STAYS = st.builds(away, st.sampled_from(["浙江", "云南", "宁波"]), st.none() | DAYS, st.none() | DAYS)
FEW = {"max_size": 3}
PEOPLE = st.builds(
    Claimant, of=st.just("person"), born_on=st.none() | st.dates(date(1930, 1, 1), date(2012, 1, 1)), has_hukou=st.none() | st.booleans(),
    labour=st.sampled_from(["", "ordinary", "weak", "lost", "none"]), work=st.sampled_from(["", "务农", "失业"]),
    spells=st.lists(STATUSES, **FEW).map(tuple), home=st.lists(STATUSES, **FEW).map(tuple), away=st.lists(STAYS, **FEW).map(tuple),
    others_able=st.none() | st.booleans(),
)  # fmt: skip
UNKNOWN = {one.name: one.default for one in fields(Claimant) if one.name in ("born_on", "has_hukou", "labour", "work", "others_able")}


@PATIENT
@given(PEOPLE, DAYS, st.sampled_from(sorted(UNKNOWN)))
def test_forgetting_a_fact_makes_nobody_sure(facts, day, name):
    """What is decided without a fact is decided so with it, whatever it is: unknown never becomes a yes or a no of its own."""
    for less, more in zip(benefits.decide(replace(facts, **{name: UNKNOWN[name]}), day), benefits.decide(facts, day)):
        if less.holds is not None:
            assert less.holds is more.holds, (less, more)


@PATIENT
@given(PEOPLE, DAYS)
def test_a_decision_says_why_or_what_to_ask(facts, day):
    for one in benefits.decide(facts, day):
        assert one.asks if one.holds is None else one.reasons, one
        assert one.holds is not True or not one.asks
        assert all(said.zh and said.en for said in (*one.reasons, *one.asks))


@PATIENT
@given(PEOPLE, DAYS)
def test_outside_its_days_a_benefit_is_denied(facts, day):
    for one in benefits.decide(facts, day):
        if not one.rule["from"] <= day:
            assert one.holds is False


@PATIENT
@given(PEOPLE, DAYS, st.integers(1, 300))
def test_more_time_away_takes_nothing_away(facts, day, days):
    """Monotone in dates: who went earlier, to the same place, is owed no less."""
    earlier = replace(facts, away=tuple(replace(one, from_on=one.from_on and one.from_on - timedelta(days)) for one in facts.away))
    before, after = decided("transport_aid", facts, day), decided("transport_aid", earlier, day)
    assert before.holds is not True or after.holds is True


@PATIENT
@given(PEOPLE, st.dates(date(2026, 3, 1), date(2026, 12, 30)))
def test_who_is_away_today_is_owed_no_less_tomorrow(facts, day):
    """Monotone in the day, within a year, while nothing on record changes."""
    lasting = replace(facts, home=tuple(replace(one, to_on=None) for one in facts.home), away=tuple(replace(one, to_on=None) for one in facts.away))
    assert decided("transport_aid", lasting, day).holds is not True or decided("transport_aid", lasting, day + timedelta(1)).holds is True


def test_until_is_the_first_day_no_longer(monkeypatch):
    rule = benefits.benefits()["transport_aid"]
    monkeypatch.setitem(rule, "until", date(2026, 11, 3))
    assert decided("transport_aid", worker(ZHEJIANG), date(2026, 11, 2)).holds is True
    assert decided("transport_aid", worker(ZHEJIANG), DAY).holds is False


def test_nothing_is_scored_or_ordered_by_need():
    """The order of decisions is the order of the file, whatever the facts."""
    for facts in (person(), worker(ZHEJIANG), person(labour="lost")):
        assert [one.benefit for one in benefits.decide(facts, DAY)] == [code for code, rule in benefits.benefits().items() if rule["of"] == "person"]
