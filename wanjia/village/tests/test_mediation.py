"""A mediation as it is lived: what the law asks is held, what is sealed stays sealed, what leaves the file is a number."""

import dataclasses
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from tests.house.acts import World
from wanjia.kernel.models import Entry, EntryKind
from wanjia.kernel.tests.tried import MONDAY
from wanjia.orgs.models import User
from wanjia.policy import mediation as policy
from wanjia.verdict import NotFound, Refused
from wanjia.village.agreeing import commands as agreeing
from wanjia.village.bodies.queries import make_up, seats_on
from wanjia.village.dossier.commands import open_case, print_paper
from wanjia.village.dossier.papers import Paper, papers_of
from wanjia.village.mediation import commands as mediation
from wanjia.village.mediation import queries, rules
from wanjia.village.models import MediationCase, MediationHome

from . import mediation_factories as made
from .factories import body, seat, villager
from .mediation_factories import DAY, signed_in, who

pytestmark = pytest.mark.django_db
SECRET = "院墙占了半米过道"


@pytest.fixture
def world():
    return World()


def test_a_case_from_the_request_to_the_court(world):
    case = made.applied(world)
    agreeing.hear_court(mediation_case_id=case.pk, word="court_confirmed", day=DAY, number="民特3号", **who(world.mediator))
    case.refresh_from_db()
    one = case.agreement
    assert case.number == "大同村调受〔2026〕1号" and one.number == "大同村调〔2026〕1号"
    assert case.state == "case_agreed" and one.valid_on == DAY and (one.drawn_by_id, one.sealed_by_id) == (world.mediator.pk, world.mediator2.pk)
    second = made.sealed(world)
    assert second.number == "大同村调受〔2026〕2号" and second.agreement.number == "大同村调〔2026〕2号"


def test_an_oral_agreement_needs_a_record_and_no_signature(world):
    case = made.drawn(world, written=False, wants_court=False)
    agreeing.seal_agreement(mediation_case_id=case.pk, mediator_signed=True, **who(world.mediator2))
    case.refresh_from_db()
    assert case.state == "case_agreed" and not queries.clock_of(case, DAY)["confirmable"]


def test_drawn_up_anew_terms_and_signatures_begin_anew(world):
    case = made.signed(world)
    agreeing.draw_agreement(mediation_case_id=case.pk, **made.DRAW, **who(world.mediator))
    assert not case.parties.filter(signed_on__isnull=False).exists() and not case.agreement.terms.exists()
    with pytest.raises(Refused, match="还没有起草好的协议"):
        agreeing.seal_agreement(mediation_case_id=case.pk, mediator_signed=True, **who(world.mediator2))


@pytest.mark.parametrize(("days", "may"), [(0, True), (30, True), (31, False)])
def test_the_court_is_asked_within_thirty_days(world, days, may):
    case = made.sealed(world)
    assert bool(rules.can_apply(User.objects.get(pk=world.mediator.pk), case, MONDAY + timedelta(days=days))) is may


@pytest.mark.parametrize(("day", "barred", "court"), [
    (date(2011, 3, 29), (), 0), (date(2011, 3, 30), ("status",), 15), (date(2015, 2, 3), ("status",), 15), (date(2015, 2, 4), ("status", "title"), 15), (date(2010, 12, 31), (), 0),
])  # fmt: skip
def test_what_no_court_confirms_goes_by_the_day(day, barred, court):
    one = policy.in_force(day)
    assert one.barred == barred and one.court_days == court and one.confirm_days == 30 and one.usual_days == 30


def test_the_thirty_days_end_on_the_thirtieth_and_a_term_after_three_years():
    one = policy.in_force(DAY)
    assert one.confirm_end(date(2026, 11, 2)) == date(2026, 12, 2) and one.usual_end(date(2026, 11, 2)) == date(2026, 12, 2)
    assert one.term_end(date(2024, 2, 29)) == date(2027, 3, 1) and one.term_end(date(2026, 1, 5)) == date(2029, 1, 5)
    assert (one.told(0), one.told(4), one.told(5)) == (0, None, 5)


@pytest.mark.parametrize(("days", "n"), [(22, 0), (23, 1), (30, 1), (31, 0)])
def test_the_desk_rings_before_the_thirty_days_are_over(world, days, n):
    made.sealed(world)
    user = User.objects.get(pk=world.mediator.pk)
    assert queries.count_lapsing(user, DAY + timedelta(days=days)) == n
    assert queries.count_lapsing(User.objects.get(pk=world.visitor.pk), DAY + timedelta(days=days)) == 0


def test_a_danger_rings_until_the_police_was_told(world):
    case, user = made.peopled(world), User.objects.get(pk=world.mediator.pk)
    mediation.flag_danger(mediation_case_id=case.pk, danger="danger_crime", words="说要动手", **who(world.mediator))
    assert queries.count_unreported(user, DAY) == 1 and queries.waiting(user, DAY).count() == 1
    mediation.flag_danger(mediation_case_id=case.pk, danger="danger_crime", words="打了电话", told_to="细沙派出所", told_at=MONDAY, **who(world.mediator))
    assert queries.count_unreported(user, DAY) == 0 and queries.waiting(user, DAY).count() == 0
    told = case.records.filter(told_at__isnull=False).get()
    assert (told.told_to, told.written_by_id) == ("细沙派出所", world.mediator.pk)


@pytest.mark.parametrize(("days", "waits"), [(30, False), (31, True)])
def test_a_case_waits_once_its_usual_time_is_over(world, days, waits):
    case = made.taken(world)
    day = DAY + timedelta(days=days)
    assert queries.waiting(User.objects.get(pk=world.mediator.pk), day).exists() is waits is queries.clock_of(case, day)["late"]


@pytest.mark.parametrize(("n", "women", "until", "holds"), [
    (2, 1, date(2029, 1, 5), [False, True, True]), (3, 1, date(2029, 1, 5), [True, True, True]), (9, 4, None, [True, True, False]), (10, 5, date(2029, 1, 5), [False, True, True]),
    (1, 0, date(2029, 1, 6), [False, False, False]),
])  # fmt: skip
def test_a_committee_is_three_to_nine_with_a_woman_for_three_years(world, n, women, until, holds):
    one = body(world, "mediation", n, from_on=date(2026, 1, 5), term_until=until)
    seats = seats_on(one, DAY)
    assert sum(each.person.sex == "女" for each in seats) == women
    assert [part.holds for part in make_up(one, seats, DAY)] == holds


def test_nobody_mediates_a_case_of_a_home_he_ever_lived_in(world):
    case, chosen = made.peopled(world), made.head(world)
    old = villager(world, 8).memberships.get().household
    chosen.person.memberships.create(household=old, relation="子", from_on=date(2001, 1, 1), to_on=date(2019, 1, 1))
    with pytest.raises(Refused, match="回避"):
        mediation.choose_mediator(mediation_case_id=case.pk, mediator=chosen, chosen="by_parties", **who(world.mediator))
    other = seat(world, made.committee(world), 1)
    mediation.choose_mediator(mediation_case_id=case.pk, mediator=other, chosen="by_parties", **who(world.mediator))
    case.refresh_from_db()
    assert case.mediator == other


def test_what_no_rule_asks_the_table_refuses(world, monkeypatch):
    """The negative control: with the rule switched off the constraint still keeps a home on one side."""
    case, chosen = made.peopled(world), made.head(world)
    chosen.person.memberships.update(household=villager(world, 8).memberships.get().household)
    monkeypatch.setattr(rules, "may_mediate", lambda *_: rules.first_refusal())
    with pytest.raises(IntegrityError), transaction.atomic():
        mediation.choose_mediator(mediation_case_id=case.pk, mediator=chosen, chosen="by_parties", **who(world.mediator))
    assert not MediationHome.objects.filter(case=case, of_mediator=True).exists()


def test_whoever_writes_a_case_down_is_not_of_it(world):
    case, name = made.taken(world), villager(world, 8).name
    User.objects.filter(pk=world.mediator.pk).update(name=name)
    with pytest.raises(Refused, match="回避"):
        mediation.add_party(mediation_case_id=case.pk, side="side_one", name=name, ours=True, **who(world.mediator))
    assert not case.parties.exists() and not case.homes.exists()


def test_each_reading_is_a_line_before_anything_is_shown(world):
    case = made.sealed(world)
    open_case(mediation_case_id=case.pk, reason="准备回访", **who(world.mediator))
    print_paper(mediation_case_id=case.pk, paper="agreement", **who(world.mediator2))
    lines = list(Entry.objects.filter(subject_id=str(case.pk), kind=EntryKind.READING).order_by("seq").values_list("act", "by_id"))
    assert lines == [("mediation_case.read", world.mediator.pk), ("mediation_case.print", world.mediator2.pk)]


def test_without_the_duty_nobody_sees_more_than_a_number(world):
    case = made.sealed(world)
    for one in (world.visitor, world.clerk, world.leader, world.auditor):
        with pytest.raises((Refused, NotFound)):
            open_case(mediation_case_id=case.pk, reason="想看一看", **who(one))
        client = signed_in(one)
        for path in ("", "open/", "print/", "party/"):
            assert client.get(f"/village/mediation/cases/{case.pk}/{path}").status_code in (403, 404)
    page = signed_in(world.visitor).get("/village/mediation/").content.decode()
    assert case.number not in page and "—" in page, "one case is too few to be told"


def test_no_name_and_no_word_stands_on_a_page_that_is_not_opened(world):
    case = made.sealed(world)
    client, names = signed_in(world.mediator), [party.shown for party in case.parties.all()]
    base = f"/village/mediation/cases/{case.pk}/"
    for path in ("/village/mediation/", base, f"{base}open/", f"{base}print/", f"{base}recheck/", f"{base}terms/done/", f"{base}court/"):
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert not any(word in answer.content.decode() for word in (*names, SECRET, "退回半米")), path
    opened = client.post(f"{base}open/", {"usual": "准备调解"}).content.decode()
    assert all(word in opened for word in (*names, SECRET, "退回半米"))
    assert SECRET not in client.get(f"{base}open/").content.decode(), "it is shown once"


def test_what_is_sealed_lies_in_no_table_and_no_journal_in_clear(world):
    case = made.sealed(world)
    mediation.add_party(mediation_case_id=made.taken(world).pk, side="side_one", name="黄外村", ours=False, **who(world.mediator))
    with connection.cursor() as cursor:
        tables = [name for name in connection.introspection.table_names() if name.startswith(("village_", "kernel_"))]
        said = ""
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')
            cells = [value for row in cursor.fetchall() for value in row]
            said += "".join(bytes(value).decode(errors="replace") if isinstance(value, bytes | memoryview) else str(value) for value in cells)
    assert not any(word in said for word in (SECRET, "黄外村", "退回半米", "愿意退"))
    assert "大同村" in said and case.pk.hex in said.replace("-", ""), "the negative control: what is clear is found"


def test_a_child_is_shown_by_the_surname(world):
    case = made.taken(world)
    mediation.add_party(mediation_case_id=case.pk, side="side_one", name="王小雨", ours=False, minor=True, agent="王建国", **who(world.mediator))
    client = signed_in(world.mediator)
    assert "王小雨" not in client.get(f"/village/mediation/cases/{case.pk}/").content.decode()
    opened = client.post(f"/village/mediation/cases/{case.pk}/open/", {"usual": "准备调解"}).content.decode()
    assert "王小雨" not in opened and "王某某" in opened and "王建国" in opened


def test_every_paper_of_the_file_prints(world):
    case, client = made.applied(world), signed_in(world.mediator)
    agreeing.recheck_case(mediation_case_id=case.pk, day=DAY, kept="kept_whole", words="都做到了", **who(world.mediator))
    there = papers_of(case)
    assert set(there) == set(Paper) - {Paper.ENDING} and Paper.ENDING in papers_of(made.failed(world))
    for paper in there:
        answer = client.post(f"/village/mediation/cases/{case.pk}/print/", {"paper": paper.value})
        assert answer.status_code == 200 and answer.content[:4] == b"%PDF", paper
    assert Entry.objects.filter(act="mediation_case.print").count() == len(there)


def test_two_agreements_are_numbered_one_after_another(world):
    numbers = [made.sealed(world).agreement.serial for _ in range(3)]
    assert numbers == [1, 2, 3]


def test_a_needs_number_is_kept_without_a_word_of_it(world):
    case = made.taken(world, need="530625-202611-0007")
    assert case.need == "530625-202611-0007" and dataclasses.asdict(policy.in_force(DAY))["least_shown"] == 5


SEALED_AS = [lambda name: {"name": name}, lambda name: {"name": f"{name[:1]} {name[1:]}"}, lambda name: {"name": "王小明", "minor": True, "agent": f"{name}\u200b"}]


@pytest.mark.parametrize("named", SEALED_AS)
def test_nobody_mediates_what_he_stands_in_by_a_sealed_name(world, named):
    """Outside the roll a party, a child's guardian or whoever stands for somebody is a name: the mediator's own keeps him out, whichever was written first."""
    mediator = made.head(world)
    side = {"side": "side_one", "ours": False} | named(mediator.person.name)
    case = made.taken(world)
    mediation.add_party(mediation_case_id=case.pk, **side, **who(world.mediator))
    with pytest.raises(Refused, match="不能调解这一件"):
        mediation.choose_mediator(mediation_case_id=case.pk, mediator=mediator, chosen="by_parties", **who(world.mediator))
    with pytest.raises(Refused, match="选定的调解员就是这个人"):
        mediation.add_party(mediation_case_id=made.ready(world).pk, **side | {"side": "side_third"}, **who(world.mediator))


@pytest.mark.parametrize("wrote", ["nothing", "terms", "signatures", "an earlier draft"])
def test_who_wrote_a_term_or_noted_a_signature_does_not_seal(world, wrote):
    """One who draws up a bare frame, and another who writes all that binds, notes that all signed and seals it, are one hand."""
    case, other = made.sat(world), who(world.mediator2)
    if wrote == "an earlier draft":
        agreeing.draw_agreement(mediation_case_id=case.pk, **made.DRAW, **other)
    agreeing.draw_agreement(mediation_case_id=case.pk, **made.DRAW, **who(world.mediator))
    agreeing.add_term(mediation_case_id=case.pk, **made.TERM, **(other if wrote == "terms" else who(world.mediator)))
    for party in case.parties.all():
        agreeing.note_signature(mediation_case_id=case.pk, party=party, way="by_finger", day=DAY, **(other if wrote == "signatures" else who(world.mediator)))
    may = rules.can_seal(other["by"], MediationCase.objects.get(pk=case.pk), MONDAY)
    assert bool(may) is (wrote in ("nothing", "an earlier draft")), may.reason


def test_a_party_that_came_late_is_told_its_rights_before_the_seal(world):
    case = made.drawn(world)
    mediation.add_party(mediation_case_id=case.pk, side="side_third", name="黄外村", ours=False, **who(world.mediator))
    for party in case.parties.all():
        agreeing.note_signature(mediation_case_id=case.pk, party=party, way="by_finger", day=DAY, **who(world.mediator))
    with pytest.raises(Refused, match="没有告知权利义务"):
        agreeing.seal_agreement(mediation_case_id=case.pk, mediator_signed=True, **who(world.mediator2))
    mediation.tell_rights(mediation_case_id=case.pk, party=case.parties.get(side="side_third"), way="on_paper", day=DAY, **who(world.mediator))
    agreeing.seal_agreement(mediation_case_id=case.pk, mediator_signed=True, **who(world.mediator2))


@pytest.mark.parametrize("first", ["danger_watch", "danger_crime"])
def test_what_was_reported_before_is_no_report_of_what_came_after(world, first):
    """Somebody was told of a quarrel; then one said that he would use a knife, and nobody was told: it rings."""
    case, user = made.peopled(world), User.objects.get(pk=world.mediator.pk)
    mediation.flag_danger(mediation_case_id=case.pk, danger=first, words="吵得很凶", told_to="村民委员会", told_at=MONDAY, **who(world.mediator))
    assert queries.count_unreported(user, DAY) == 0
    mediation.flag_danger(mediation_case_id=case.pk, danger="danger_crime", words="说要动刀", **who(world.mediator, MONDAY + timedelta(hours=1)))
    assert queries.count_unreported(user, DAY) == 1
    mediation.flag_danger(mediation_case_id=case.pk, danger="danger_crime", words="打了电话", told_to="细沙派出所", told_at=MONDAY, **who(world.mediator, MONDAY + timedelta(hours=2)))
    assert queries.count_unreported(user, DAY) == 0


@pytest.mark.parametrize("how", ["withdrawn", "reported", "danger over"])
def test_a_danger_nobody_was_told_of_does_not_end_with_the_case(world, how):
    """Ending the case silenced the alarm: it is reported first, or found to be over."""
    case = made.peopled(world)
    mediation.flag_danger(mediation_case_id=case.pk, danger="danger_crime", words="说要动刀", **who(world.mediator))
    if how == "reported":
        mediation.flag_danger(mediation_case_id=case.pk, danger="danger_crime", words="打了电话", told_to="细沙派出所", told_at=MONDAY, **who(world.mediator, MONDAY + timedelta(hours=1)))
    if how == "danger over":
        mediation.flag_danger(mediation_case_id=case.pk, danger="danger_none", words="赔了不是,刀交了", **who(world.mediator, MONDAY + timedelta(hours=1)))
    given = {"mediation_case_id": case.pk, "why": "stopped", "words": "一方不来了", **who(world.mediator, MONDAY + timedelta(hours=2))}
    if how == "withdrawn":
        with pytest.raises(Refused, match="第二十五条"):
            mediation.withdraw_case(**given)
    else:
        assert mediation.withdraw_case(**given).state == "case_withdrawn"


def test_a_sitting_is_not_before_the_parties_knew_their_rights(world):
    case, later = made.ready(world), who(world.mediator, made.LATER)
    mediation.tell_rights(mediation_case_id=case.pk, party=made.party_of(case), way="read_out", day=DAY + timedelta(days=2), **later)
    sitting = {"mediation_case_id": case.pk, "kind": "sitting", "place": "村委会", "words": "甲方愿意退", **later}
    with pytest.raises(Refused, match="第二十三条"):
        mediation.note_sitting(**sitting, day=DAY + timedelta(days=1))
    mediation.note_sitting(**sitting, day=DAY + timedelta(days=2))
