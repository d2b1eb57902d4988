"""Each mechanism hangs under a pillar; the page counts what the figures count, and opens it."""

import pytest
from django.test import Client

from wanjia.indicators.definitions import definition
from wanjia.kernel.brings import gather
from wanjia.orgs.roles import Role
from wanjia.policy import labour_pillars as plan
from wanjia.registry.tests.factories import worker
from wanjia.reporting.figures.population import populations

from .factories import World

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


def hanging():
    return {one.page for one in plan.mechanisms()}


def test_every_page_of_labour_hangs_under_a_pillar_and_no_other_does():
    places = {place.name for place in gather("PLACES") if place.section == "labour" and place.name.startswith("labour:")} - {"labour:pillars"}
    assert places == hanging()
    assert "labour:nothing" not in hanging()  # negative control of the comparison's other side: the two sets are compared both ways


def test_four_pillars_five_methods_and_each_is_used():
    assert (len(plan.pillars()), len(plan.methods())) == (4, 5)
    assert {one.pillar for one in plan.mechanisms()} == set(plan.pillars())
    assert {code for one in plan.mechanisms() for code in one.methods} == set(plan.methods())


def test_every_figure_named_is_one():
    known = {one.name for one in populations(None)}
    assert all(definition(id_).population in known for one in plan.mechanisms() for id_ in one.figures)


def test_the_page_says_what_the_figures_say_and_a_method_narrows_it():
    world = World()
    client = Client()
    client.force_login(world.officer, backend=BACKEND)
    html = client.get(f"/labour/pillars/?area={world.county.code}").content.decode()
    for words in ("有组织", "有技能", "有品牌", "有服务", "劳动力台账", "零工市场"):
        assert words in html
    assert f"/labour/rows/?figure=labour.labourers&amp;area={world.county.code}" in html
    narrowed = client.get(f"/labour/pillars/?area={world.county.code}&method=brand").content.decode()
    assert "“五有”企业" in narrowed and "劳动力台账" not in narrowed.split("五化")[1]


def test_a_mechanism_without_figures_is_a_link_too_and_a_figure_opens_its_own_list():
    world = World()
    client = Client()
    client.force_login(world.officer, backend=BACKEND)
    html = client.get(f"/labour/pillars/?area={world.county.code}").content.decode().split("五化")[1]
    for name, address in (("岗位推荐(按工种)", "/labour/proposals/"), ("转移就业月报", "/labour/monthly/")):
        assert f'<a href="{address}">{name}</a>' in html, name
    assert 'href="/labour/board-tasks/?figure=board_tasks.late"' in html
    assert client.get("/labour/board-tasks/?figure=board_tasks.late").context["which"] == "late"
    assert client.get("/labour/board-tasks/?figure=board_tasks.tasks").context["which"] == "open", "a figure that has no list of its own"


def test_whoever_may_not_open_a_page_has_the_number_alone():
    world = World()
    client = Client()
    client.force_login(worker("shenji9", "某审计", world.officer.orgs[0], Role.AUDITOR), backend=BACKEND)
    html = client.get(f"/labour/pillars/?area={world.county.code}").content.decode().split("五化")[1]
    assert "零工市场" in html and 'href="/labour/markets/' not in html and "figure=labour.labourers" not in html
