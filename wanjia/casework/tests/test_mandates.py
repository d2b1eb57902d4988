"""Tags of mandates are data: they are chosen, filtered, counted and exported, and change nothing."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from wanjia.policy import mandates

from ..exporting.columns import COLUMNS
from ..importing.reading import facts_of, kept_cells
from ..mandates.queries import SHOWN, by_mandate
from ..models import Need
from .factories import MONDAY, World
from .walk import bring

pytestmark = pytest.mark.django_db
DAY = MONDAY.date()


@pytest.fixture
def world():
    one = World()
    for basis in ("four_down", "four_down", "", "旧文字"):
        Need.objects.filter(pk=bring(one, "assigned").pk).update(basis=basis)
    return one


def clerk(world):
    return type(world.clerk).objects.get(pk=world.clerk.pk)


def test_each_tag_is_counted_and_the_columns_sum_to_the_whole(world):
    rows = {code: counts for code, _words, counts in by_mandate(clerk(world), DAY)}
    received = SHOWN.index("needs.received")
    assert {code: counts[received] for code, counts in rows.items()} == {"four_down": 2, "three_mechanisms": 0, "旧文字": 1, "": 1}
    assert sum(counts[received] for counts in rows.values()) == Need.objects.count()


def test_the_page_leads_to_the_rows_and_the_list_is_filtered(world):
    client = Client()
    client.force_login(clerk(world), "django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("casework:mandates"))
    assert "四下基层" in page.content.decode()
    found = client.get(reverse("casework:ledger"), {"basis": "four_down"}).context["page"]
    assert {need.basis for need in found} == {"four_down"}


def test_the_export_says_the_tag_in_words(world):
    [column] = [one for one in COLUMNS if one.name == "工作机制"]
    told = sorted(column.of(need) for need in Need.objects.all())
    assert told == ["", "四下基层", "四下基层", "旧文字"]


def test_a_tag_is_given_only_on_its_days_and_carries_its_source():
    assert all(one["from"] <= DAY and one["source"] for one in mandates.in_force(DAY))
    assert mandates.in_force(date(2020, 1, 1)) == []


def test_no_rule_knows_a_tag():
    """A34: no hard-coded meaning. The codes stand in the file of tags alone."""
    from pathlib import Path

    house = Path(mandates.__file__).parents[1]
    said = [file for file in house.rglob("*.py") if not {"tests", "demo", "simulating"} & set(file.parts) and any(f'"{code}"' in file.read_text(encoding="utf-8") for code in mandates.mandates())]
    assert [file.name for file in said] == ["states.py"], "the channel 四下基层接访 bears the same word; nothing else"


def test_what_leaves_with_the_export_comes_back_by_the_import():
    assert facts_of({"工作机制": "四下基层"})["basis"] == "four_down"
    assert facts_of({"工作机制": "旧文字"})["basis"] == "旧文字"
    assert kept_cells({"工作机制": "四下基层"}) == "", "it has a field of its own"
