"""Vacancies: held against the law, confirmed by another, stale by themselves, filled by starts, on a board that asks nobody who he is."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import translation

from tests.house.worlds import World
from wanjia.kernel.tests.tried import MONDAY
from wanjia.orgs.models import Organisation
from wanjia.policy import demand, vacancy_words
from wanjia.policy.work_places import place_class
from wanjia.reporting.figures.queries import figures, rows_of
from wanjia.verdict import Refused

from ..models import Start, Vacancy
from ..vacancies import queries
from ..vacancies.commands import amend_vacancy, confirm_vacancy, note_start
from . import demand_world as d

DAY = d.DAY
BACKEND = "django.contrib.auth.backends.ModelBackend"
STALE = DAY + timedelta(days=demand.in_force(DAY).stale_days)


@pytest.fixture
def world(db):
    return World()


@pytest.mark.parametrize(("more", "said"), [
    ({"words": "限 男,会用平车"}, "就业促进法第二十七条"), ({"title": "女工优先"}, "妇女权益保障法第四十三条"), ({"words": "入职交押金300元"}, "劳动合同法第九条"), ({"pay_from": 1500}, "最低工资每月 1770 元"),
    ({"day_hours": 13}, "劳动法第三十六、四十一条"), ({"least_age": 15}, "禁止使用童工规定"), ({"least_age": 16, "trade": "build"}, "未成年工特殊保护规定"), ({"words": "无 乙。肝者优先"}, "就业促进法第三十条"),
])  # fmt: skip
def test_what_the_law_forbids_is_refused_with_its_article_and_what_to_write_instead(world, more, said):
    with pytest.raises(Refused) as refused:
        d.vacancy(world, **more)
    assert said in str(refused.value.reason) and Vacancy.objects.count() == 0
    with translation.override("en"):
        assert "Write" in str(refused.value.reason) or "Leave it out" in str(refused.value.reason) or "Say the work" in str(refused.value.reason) or "For food" in str(refused.value.reason)


def test_without_the_linter_the_unlawful_word_would_stand(world, monkeypatch):
    monkeypatch.setattr(vacancy_words, "refusing", lambda _found: [])
    assert d.vacancy(world, words="限男,会用平车").pk


def test_a_place_whose_minimum_wage_is_not_known_is_said_and_not_guessed(world, monday):
    one = d.vacancy(world, place="650000")
    assert one.pk
    page = _get(world.labour, f"/vacancies/{one.pk}/").content.decode()
    assert "没有核对工资" in page


def test_nobody_sees_it_before_another_confirmed_it(world, monday):
    one = d.vacancy(world)
    assert "缝纫工" not in Client().get("/jobs/").content.decode()
    with pytest.raises(Refused, match="另一个人核实"):
        confirm_vacancy(vacancy_id=d.vacancy(world, by=world.labour, title="裁剪工").pk, **d.TRUE, **d.who(world.labour))
    confirm_vacancy(vacancy_id=one.pk, **d.TRUE, **d.who(world.labour))
    board = Client().get("/jobs/").content.decode()
    assert "缝纫工" in board and "裁剪工" not in board
    with pytest.raises(IntegrityError), transaction.atomic():
        Vacancy.objects.filter(pk=one.pk).update(confirmed_by=one.recorded_by)


def test_it_goes_stale_by_itself_and_comes_back_when_confirmed_anew(world):
    one = d.live(world)
    assert queries.live(STALE - timedelta(days=1)).count() == 1 and queries.live(STALE).count() == 0
    assert one in queries.to_confirm(d.anew(world.labour), STALE) and one not in queries.to_confirm(d.anew(world.labour), DAY)
    confirm_vacancy(vacancy_id=one.pk, **d.TRUE, **d.who(world.labour, MONDAY + timedelta(days=40)))
    assert queries.live(DAY + timedelta(days=41)).count() == 1
    assert queries.live(d.OFFER["until_on"]).count() == 0


def test_whoever_changes_what_was_confirmed_does_not_confirm_it(world):
    one = d.live(world)
    amend_vacancy(vacancy_id=one.pk, **d.OFFER | {"pay_to": 9000}, **d.who(world.labour))
    one.refresh_from_db()
    assert (one.state, one.confirmed_on, one.stale_on) == ("drafted", None, None) and queries.live(DAY).count() == 0
    with pytest.raises(Refused, match="另一个人核实"):
        confirm_vacancy(vacancy_id=one.pk, **d.TRUE, **d.who(world.labour))
    confirm_vacancy(vacancy_id=one.pk, **d.TRUE, **d.who(world.labour2))


def test_a_risen_minimum_wage_is_met_when_it_is_confirmed_anew(world, monkeypatch):
    from wanjia.policy import minimum_wage

    one = d.live(world)
    monkeypatch.setattr(minimum_wage, "least_pay", lambda _place, day: minimum_wage.Wage(3000, 30, "云人社发〔2027〕1号", date(2026, 12, 1), True, True))
    with pytest.raises(Refused, match="每月 3000 元"):
        confirm_vacancy(vacancy_id=one.pk, **d.TRUE, **d.who(world.labour, MONDAY + timedelta(days=40)))


def test_each_start_takes_a_place_and_the_last_one_takes_it_off_the_board(world, monday):
    one = d.live(world)
    note_start(vacancy_id=one.pk, spells=[d.working(world)], **d.who(world.visitor))
    assert Vacancy.objects.get().left == 1 and queries.live(DAY).count() == 1 and queries.places_in(queries.live(DAY)) == 1
    note_start(vacancy_id=one.pk, spells=[d.working(world, world.register.wife)], **d.who(world.visitor))
    assert Vacancy.objects.get().left == 0 and queries.live(DAY).count() == 0
    assert list(queries.faults(DAY)) == []
    Start.objects.first().delete()
    assert [fault[1:] for fault in queries.faults(DAY)] == [("left", 0, 1)]


def test_only_a_spell_at_that_employer_since_it_was_offered_fills_a_place(world):
    one = d.live(world)
    other = d.working(world, name="宁波某电子厂")
    early = d.working(world, world.register.wife)
    type(early).objects.filter(pk=early.pk).update(from_on=DAY - timedelta(days=1))
    assert list(queries.candidates(one, d.anew(world.visitor))) == []
    for spell in (other, early):
        with pytest.raises(Refused, match="请选在这家单位上岗"):
            note_start(vacancy_id=one.pk, spells=[spell], **d.who(world.visitor))


def test_the_figure_counts_what_the_tab_lists_and_drills_to_it(world):
    d.live(world)
    d.vacancy(world, title="裁剪工")
    rows = Vacancy.objects.all()
    assert {one["id"]: one["n"] for one in figures(rows, None, DAY)} == {"vacancies.live": 1, "vacancies.to_confirm": 1, "vacancies.stale": 0}
    assert {one["id"]: one["n"] for one in figures(rows, None, STALE)} == {"vacancies.live": 0, "vacancies.to_confirm": 1, "vacancies.stale": 1}
    assert list(rows_of("vacancies.live", rows, None, DAY)) == list(queries.live(DAY)) == list(queries.tabs(d.anew(world.labour), DAY)["live"])


def test_the_board_asks_nobody_who_he_is_and_keeps_nothing_of_him(world, monday):
    d.live(world)
    for path in ("/jobs/", f"/jobs/{world.datong.pk}/", "/stations/"):
        answer = Client().get(path)
        assert answer.status_code == 200 and set(answer.cookies) <= {"csrf"}  # of the form that changes the language
    assert Client().get("/jobs/530699999999/").status_code == 404


def test_a_villages_sheet_has_the_nearest_work_first_and_the_office_to_ask(world, monday):
    Organisation.objects.filter(name="细沙乡人民政府").update(phone="0870-4120001")
    d.live(world, title="宁波普工", place="330200", pay_from=3000, pay_to=5000)
    d.live(world)
    sheet = Client().get(f"/jobs/{world.datong.pk}/").content.decode()
    assert sheet.index("缝纫工") < sheet.index("宁波普工") and "0870-4120001" in sheet and "县内" in sheet and "省外" in sheet


@pytest.mark.parametrize("where", ["county", "city", "province", "outside"])
def test_where_by_the_database_and_by_the_rule_are_one(world, where):
    for n, place in enumerate(("530625", "530602", "530100", "530000", "330200", "110000")):
        d.live(world, title=f"普工{n}", place=place, pay_from=3000)
    for home in ("530625202201", "530600000000", "530102000000"):
        asked = set(Vacancy.objects.filter(queries.seen_from(home, where)).values_list("place", flat=True))
        assert asked == {one.place for one in Vacancy.objects.all() if place_class(home, one.place) == where}


def test_the_list_is_narrowed_by_care_place_and_season(world, monday):
    d.live(world, home_by="17:40", months=[8, 9], sectors=["apple"])
    d.live(world, title="夜班普工", shift="night")
    rows = Vacancy.objects.all()
    for asked in ({"home_by": "17:40"}, {"month": "9"}, {"sector": "apple"}, {"q": "缝纫"}):
        assert [one.title for one in queries.narrowed(rows, asked, "530625000000")] == ["缝纫工"]
    assert _get(world.labour, "/vacancies/?home_by=17:40&where=county&pay=abc&month=x&sort=pay").status_code == 200


def _get(user, path):
    client = Client()
    client.force_login(d.anew(user), backend=BACKEND)
    return client.get(path)
