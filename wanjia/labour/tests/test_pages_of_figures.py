"""The dashboard, the monthly table, the command line and the API say one number; each number opens as many rows; changes are their parts."""

import io
import json
import re
from contextlib import redirect_stdout
from datetime import date

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from wanjia.orgs.models import Tier
from wanjia.orgs.roles import Role
from wanjia.registry.tests.factories import NOW, TODAY, unit, worker

from ..dashboard import queries as dashboard
from ..models import Month, Spell, Tally, Worker
from ..monthly import changes
from ..monthly import queries as monthly
from ..tallying.checking import faults
from ..tallying.commands import changed, keep_months
from ..tallying.keys import alike, differences
from .worlds import LabourWorld, state

DAY = date(2026, 10, 31)


@pytest.fixture(params=range(2))
def world(request, db, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    one = LabourWorld(request.param + 10, 50)
    one.lead = worker("lingdao2", "市领导", unit("昭通市人民政府", Tier.COUNTY, one.city), Role.LEADER)
    one.analyst = worker("tongji", "统计员", unit("昭通市人社局", Tier.COUNTY, one.city, line="labour"), Role.LABOUR_ANALYST)
    one.auditor = worker("shenji2", "审计员", unit("昭通市审计局", Tier.COUNTY, one.city), Role.AUDITOR)
    return one


def client(who):
    one = Client()
    one.force_login(who)
    return one


def cli(area, day=None):
    from wanjia.reporting.cli import run_figures

    out = io.StringIO()
    with redirect_stdout(out):
        run_figures(type("Args", (), {"area": area, "as_of": day, "json": True}))
    return {row["id"]: row for row in json.loads(out.getvalue())["figures"] if row["id"].startswith("labour.")}


def by_page(context):
    rows = [context["all"], *context["first"], *context["rates"], *context["others"], *context["places"]]
    return {row["id"]: (row["n"], row["percent"]) for row in rows}


@pytest.mark.parametrize("day", [None, DAY, date(2026, 9, 15)])
def test_dashboard_command_line_api_and_monthly_table_say_one_number(world, day):
    keep_months(at=NOW, most=1000)
    at = f"&as_of={day}" if day else ""
    page = client(world.lead).get(f"/labour/?area={world.city.code}{at}").context
    api = client(world.lead).get(f"/api/figures?area={world.city.code}{at}").json()["figures"]
    told, said = cli("530600", day), {row["id"]: row for row in api if row["id"].startswith("labour.")}
    assert told.keys() == said.keys() and {id_: row["n"] for id_, row in told.items()} == {id_: row["n"] for id_, row in said.items()}
    shown = by_page(page)
    assert {id_: (row["n"], row["percent"]) for id_, row in told.items() if id_ in shown} == {id_: pair for id_, pair in shown.items() if id_ in told}
    if day == DAY:
        table = client(world.lead).get(f"/labour/monthly/?area={world.city.code}&month=202610").context
        for cell in table["whole"]["cells"]:
            assert shown[cell["id"]][0] == cell["n"]
        assert [row["percent"] for row in table["groups"]] == [row["percent"] for row in page["rates"][:1] + [page["rates"][1], page["rates"][3], page["rates"][2]]]


def test_every_number_of_the_dashboard_and_the_table_opens_as_many_rows(world):
    keep_months(at=NOW, most=1000)
    by, seen = client(world.analyst), 0
    for page in (f"/labour/?area={world.county.code}", f"/labour/?area={world.county.code}&as_of={DAY}", f"/labour/monthly/?area={world.county.code}&month=202610", "/labour/monthly/"):
        html = by.get(page).content.decode()
        for address, n in re.findall(r'href="(/labour/rows/[^"]+)"[^>]*>\s*(?:<strong>)?[+−]?(\d+)', html):
            rows = by.get(address.replace("&amp;", "&")).context
            assert (rows["n"], rows["page"].paginator.count, len(listed(by, address, rows))) == (int(n),) * 3, address
            seen += 1
    assert seen > 60


def listed(by, address, first):
    found = list(first["page"].object_list)
    for number in range(2, first["page"].paginator.num_pages + 1):
        found += by.get(f"{address.replace('&amp;', '&')}&page={number}").context["page"].object_list
    return {one["pk"] for one in found}


def test_a_change_is_the_sum_of_its_parts_and_each_part_is_what_happened(world):
    before = date(2026, 9, 30)
    told = monthly.statement(world.city, DAY)
    for figure in monthly.EXPLAINED:
        parts = changes.explained(figure, told["moves"], DAY)
        assert told["before"][figure] + sum(n * changes.PARTS[part][1] for part, n in parts.items()) == told["now"][figure]
        assert not parts["edition_in"] and not parts["edition_out"]
    ends = [(state(life, before), state(life, DAY)) for life in world.lives]
    parts = changes.explained("labour.transferred", told["moves"], DAY)
    away = lambda one: bool(one) and one["place"] != "none"  # noqa: E731
    assert parts["went"] == sum(bool(was) and not away(was) and away(now) for was, now in ends)
    assert parts["returned"] == sum(away(was) and bool(now) and not away(now) for was, now in ends)
    assert parts["entered"] == sum(not was and away(now) for was, now in ends) and parts["left"] == sum(away(was) and not now for was, now in ends)
    assert parts["moved_in"] == parts["moved_out"] == 0  # who moves from place to place is in transfer employment all the time


def test_moves_that_are_kept_are_those_that_are_counted(world):
    counted = monthly.moves("5306", DAY)
    keep_months(at=NOW, most=1000)
    assert {pair: n for pair, n in monthly.moves("5306", DAY).items() if pair[0] or pair[1]} == counted
    Month.objects.filter(on=DAY, township=world.xisha).delete()
    assert monthly.moves("5306", DAY) == counted


def test_a_new_edition_is_a_part_of_its_own_and_moves_nobody(world, monkeypatch):
    from dataclasses import replace

    from wanjia.policy import labour

    old = labour.editions()[0]
    new = replace(old, starts=date(2026, 10, 1), transferred=("city", "province", "outside", "abroad"))
    monkeypatch.setattr(labour, "editions", lambda: (old, new))
    told = monthly.statement(world.city, DAY)
    parts = changes.explained("labour.transferred", told["moves"], DAY)
    stayed = sum((state(life, date(2026, 9, 30)) or {}).get("place") == (state(life, DAY) or {}).get("place") == "county" for life in world.lives)
    assert parts["edition_out"] == stayed and not parts["edition_in"]
    assert told["before"]["labour.transferred"] + sum(n * changes.PARTS[part][1] for part, n in parts.items()) == told["now"]["labour.transferred"]
    assert told["now"]["labour.transferred"] == sum(told["now"][f"place.{place}"] for place in new.transferred)


def test_an_act_shows_at_once_and_what_is_kept_of_its_days_is_forgotten(world):
    keep_months(at=NOW, most=1000)
    home = next(one for one in Worker.objects.filter(left_on=None, place="none", entered_on__lte=date(2026, 9, 1)) if not one.spells.exclude(to_on__lt=date(2026, 10, 1)).exists())
    by, address = client(world.lead), f"/labour/?area={world.city.code}"
    before, october = by.get(address).context["first"][0]["n"], cli("530600", DAY)["labour.transferred"]["n"]
    was = alike(home)
    Spell.objects.create(worker=home, from_on=date(2026, 10, 5), place="outside", how="kin", evidence="declared", recorded_at=NOW)
    home.place, home.since_on, home.how = "outside", date(2026, 10, 5), "kin"
    home.save()
    changed(differences([(was, alike(home))]))
    assert by.get(address).context["first"][0]["n"] == before + 1
    assert cli("530600", DAY)["labour.transferred"]["n"] == october + 1
    assert not Month.objects.filter(on=DAY, township__code=home.village_id[:9] + "000").exists() and Month.objects.filter(on=date(2026, 9, 30)).count() == 2
    assert list(faults(TODAY)) == []


def test_a_kept_month_that_was_not_forgotten_is_a_fault(world):
    """Negative control of the forgetting, and of the check."""
    keep_months(at=NOW, most=1000)
    assert list(faults(TODAY)) == []
    Spell.objects.filter(to_on=None).update(place="city")
    Worker.objects.exclude(place="none").update(place="city")
    told = {what.split()[0] for what, *_rest in faults(TODAY)}
    assert told == {"tally", "since", "month"}
    Tally.objects.update(n=3)
    assert any(what.startswith("tally") and is_ == 3 for what, _column, is_, _should in faults(TODAY))


def test_the_month_under_way_counts_to_yesterday_and_a_month_to_come_is_none(world):
    assert monthly.day_of_month("202611", TODAY) == date(2026, 11, 2) and monthly.day_of_month("202610", TODAY) == DAY
    assert monthly.day_of_month("202611", date(2026, 11, 1)) is None and monthly.day_of_month("202612", TODAY) is None
    assert client(world.lead).get("/labour/monthly/?month=202612").status_code == 404
    assert client(world.lead).get("/labour/monthly/?month=2026xx").status_code == 404


def test_a_big_area_that_is_not_kept_is_not_counted_while_somebody_waits(world, monkeypatch):
    monkeypatch.setattr(monthly, "AT_ONCE", 5)
    by = client(world.lead)
    assert by.get("/labour/monthly/?month=202610").context["waits"] and by.get(f"/labour/?as_of={DAY}").context["waits"]
    assert not by.get("/labour/").context.get("waits")
    keep_months(at=NOW, most=1000)
    assert not by.get("/labour/monthly/?month=202610").context.get("waits")


def test_the_workbook_is_the_page(world):
    keep_months(at=NOW, most=1000)
    answer = client(world.lead).get(f"/labour/monthly.xlsx?area={world.city.code}&month=202610")
    lines = [[cell.value for cell in row] for row in load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active.iter_rows()]
    page = client(world.lead).get(f"/labour/monthly/?area={world.city.code}&month=202610").context
    whole = next(line for line in lines if line[0] == "昭通市")
    assert whole[1:3] + whole[4:11] == [cell["n"] for cell in page["whole"]["cells"]]
    assert sum(line[1] for line in lines if line[0] == "永善县") == whole[1]


def test_names_are_whole_for_the_register_masked_for_leaders_and_nobody_s_for_an_auditor(world):
    address = f"/labour/rows/?figure=labour.labourers&area={world.county.code}"
    masked, whole = (client(who).get(address).content.decode() for who in (world.lead, world.analyst))
    assert "劳力" in whole and "劳力" not in masked and "劳*" in masked
    refused = client(world.auditor).get(address)
    assert "只看统计数" in refused.content.decode() and "劳" + "力1" not in refused.content.decode()
    board = client(world.auditor).get(f"/labour/?area={world.county.code}").content.decode()
    assert "/labour/rows/" not in board and str(cli("530625")["labour.labourers"]["n"]) in board


def test_a_child_of_sixteen_stands_by_initials(world):
    one = Worker.objects.filter(left_on=None, village__code__startswith="530625").first()
    type(one.person).objects.filter(pk=one.person_id).update(name="王小雨", birth_on=date(2010, 3, 1))
    for who in (world.lead, world.analyst):
        html = client(who).get(f"/labour/rows/?figure=labour.labourers&area={one.village_id}").content.decode()
        assert "王小雨" not in html and "王*" not in html


@pytest.mark.parametrize("query", ["figure=nothing", "figure=needs.received", "figure=labour.fresh&as_of=2026-10-31", "figure=labour.organised&part=went&as_of=2026-10-31",
                                   "figure=labour.transferred&part=went", "figure=labour.transferred&way=44", ""])  # fmt: skip
def test_a_question_that_is_none_is_not_found(world, query):
    assert client(world.analyst).get(f"/labour/rows/?{query}").status_code == 404


def test_places_elsewhere_are_not_found(world):
    for address in ("/labour/", "/labour/monthly/", "/labour/rows/"):
        assert client(world.stranger).get(f"{address}?area={world.xisha.code}&figure=labour.labourers").status_code == 404


def test_the_dashboard_of_each_level_has_a_fixed_number_of_questions(world, django_assert_max_num_queries):
    keep_months(at=NOW, most=1000)
    with django_assert_max_num_queries(30):
        dashboard.board(world.lead, world.city, None, TODAY)



def printed(who, area, month):
    return client(who).post("/documents/monthly/", {"area": area.pk, "month": month, "kind": "labour_monthly"})


def test_a_printed_month_is_frozen_under_its_number_and_a_later_word_makes_a_correction(world):
    from wanjia.reporting.models import PublishedNotice
    from wanjia.reporting.notices.checking import faults as notice_faults
    from wanjia.reporting.notices.commands import correct_monthly
    from wanjia.reporting.notices.freezing import outdated

    keep_months(at=NOW, most=1000)
    answer = printed(world.lead, world.city, "202610")
    assert answer["Content-Type"] == "application/pdf" and answer.content.startswith(b"%PDF")
    notice = PublishedNotice.objects.get()
    frozen = {row["id"]: row["n"] for row in notice.content["figures"]}
    assert frozen["labour.transferred"] == cli("530600", DAY)["labour.transferred"]["n"] == notice.content["lines"][0]["values"][1]
    assert not outdated([(notice.paper, notice)])[0] and list(notice_faults(TODAY)) == []
    home = next(one for one in Worker.objects.filter(left_on=None, place="none", entered_on__lte=date(2026, 9, 1)) if not one.spells.exclude(to_on__lt=date(2026, 10, 1)).exists())
    was = alike(home)
    Spell.objects.create(worker=home, from_on=date(2026, 10, 5), place="outside", how="kin", evidence="declared", recorded_at=NOW)
    Worker.objects.filter(pk=home.pk).update(place="outside", since_on=date(2026, 10, 5), how="kin")
    changed(differences([(was, alike(Worker.objects.get(pk=home.pk)))]))
    assert outdated([(notice.paper, notice)])[0]
    notice.refresh_from_db()
    assert {row["id"]: row["n"] for row in notice.content["figures"]} == frozen
    paper = correct_monthly(paper_id=notice.paper_id, by=world.lead, at=NOW)
    rows = {row["zh"]: (row["before"], row["after"]) for row in paper.published.changes["figures"]}
    n, whole = frozen["labour.transferred"], frozen["labour.labourers"]
    assert rows["转移就业"] == (f"{n}/{whole}", f"{n + 1}/{whole}")


def test_a_month_under_way_is_not_printed(world):
    answer = printed(world.lead, world.city, "202611")
    assert answer.status_code == 422 and "月报从下月1日起印发" in answer.content.decode()
