"""A need that begins from what may be owed: its words, category and person stand in the form; of a child nothing is named."""

import pytest
from django.urls import reverse

from wanjia.registry.owed.queries import words_to_go
from wanjia.registry.tests.factories import World
from wanjia.registry.tests.test_owed import hold, orphaned


@pytest.fixture
def world(db):
    """The register's small world: homes with people."""
    return World()


def begun(client, world, **asked):
    client.force_login(world.clerk, backend="django.contrib.auth.backends.ModelBackend")
    return client.get(reverse("casework:record"), {"household": world.home.pk, **asked}).context["form"]


def test_the_form_begins_with_the_benefit_and_whose_it_is(client, world):
    form = begun(client, world, benefit="job_aid", person=world.wife.pk)
    assert (form["summary"].value(), form["category"].value()) == (words_to_go("job_aid")[1], "work")
    assert form["requester"].value() == str(world.wife.pk)
    assert begun(client, world)["summary"].value() in (None, "")
    assert begun(client, world, benefit="unheard_of")["category"].value() in (None, "")
    assert begun(client, world, benefit="job_aid", person="nobody")["summary"].value()


def test_of_a_child_the_form_says_that_it_is_of_a_child_and_no_more(client, world):
    form = begun(client, world, benefit="child")
    assert (form["category"].value(), form["involves_child"].value()) == ("guardianship", True)
    assert "孤儿" not in form["summary"].value()


def test_the_homes_page_leads_there(client, world):
    home = world.home
    hold("relief", "margin", household=home)
    hold("disability", "limb", grade="1", person=world.wife)
    orphaned(world)
    client.force_login(world.clerk, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("registry:household", args=[home.pk])).content.decode()
    start = f"{reverse('casework:record')}?household={home.pk}&amp;benefit="
    assert f"{start}margin_member&amp;person={world.wife.pk}" in page
    assert f"{start}child\"" in page
    assert f"{start}orphan_aid" not in page
