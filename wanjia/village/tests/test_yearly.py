"""A year in figures: what the rooms count stands on one page and one sheet, each number with its rows, in reach alone."""

from io import BytesIO

import pytest
from django.test import Client
from pypdf import PdfReader

from tests.house.worlds import World
from wanjia.indicators.definitions import definitions
from wanjia.orgs.models import Post

from ..money_states import RunState
from ..yearly import queries
from . import money_factories as made

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def test_every_line_is_a_figure_of_the_house():
    assert set(queries.figures_told()) <= set(definitions()) and len(queries.figures_told()) == len(set(queries.figures_told()))


def test_the_page_the_rows_and_the_sheet_say_the_same(world):
    made.run(world, RunState.ADOPTED)
    client, asked = signed_in(world.visitor), {"area": world.datong.code, "year": "2025"}
    assert "3,000.00" in client.get("/village/year/", asked).content.decode()
    rows = client.get("/village/year/rows/", asked | {"figure": "collective_vouchers.income_money"})
    assert [address.split("/")[3] for _words, address in rows.context["rows"]] == ["vouchers"] and rows.context["page"].paginator.count == 1
    paper = client.get("/village/year/paper/", asked)
    assert "3,000.00" in "".join(page.extract_text() for page in PdfReader(BytesIO(paper.getvalue() if hasattr(paper, "getvalue") else paper.content)).pages)
    this = client.get("/village/year/", {"area": world.datong.code}).content.decode()
    assert "6,600.00" in this and "3,000.00" not in this


@pytest.mark.parametrize("role", ["mediator", "branch_secretary", "branch_organiser"])
def test_whoever_sees_the_village_is_told_its_year_and_no_noughts(world, role):
    """Not all who may open the page have a post with figures of everything else."""
    made.run(world, RunState.ADOPTED)
    Post.objects.filter(user=world.mediator).update(role=role)
    assert "3,000.00" in signed_in(world.mediator).get("/village/year/", {"area": world.datong.code, "year": "2025"}).content.decode()


def test_the_page_is_read_in_both_languages_and_the_paper_is_chinese_whoever_prints_it(world, settings):
    made.run(world, RunState.ADOPTED)
    client, asked = signed_in(world.visitor), {"area": world.datong.code, "year": "2025"}
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    page = client.get("/village/year/", asked).content.decode()
    assert "3,000.00</strong> yuan" in page and "Income of the collective" in page
    assert not [unit for unit in ("次<", "人次<", "个月<", "元<") if unit in page]
    paper = client.get("/village/year/paper/", asked)
    words = "".join(one.extract_text() for one in PdfReader(BytesIO(b"".join(paper.streaming_content) if paper.streaming else paper.content)).pages)
    assert "3,000.00 元" in words and "村级集体经济收入" in words and "Income" not in words and "Meetings" not in words


@pytest.mark.parametrize("asked", [{"year": "2019"}, {"year": "2999"}, {"year": "20x6"}, {"area": "530625108000"}, {"area": "nowhere"}])
def test_what_is_out_of_reach_or_time_is_not_found(world, asked):
    client = signed_in(world.visitor)
    for address in ("/village/year/", "/village/year/paper/", "/village/year/rows/"):
        assert client.get(address, {"area": world.datong.code, "figure": "dividends.money"} | asked).status_code == 404


def test_no_figure_of_another_room_is_opened_here(world):
    assert signed_in(world.visitor).get("/village/year/rows/", {"area": world.datong.code, "figure": "needs.all"}).status_code == 404


def test_whoever_has_no_part_in_the_village_opens_none(world):
    assert signed_in(world.register.stranger).get("/village/year/", {"area": world.datong.code}).status_code in (403, 404)
