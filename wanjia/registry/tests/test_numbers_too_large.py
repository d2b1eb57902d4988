"""A number that no column holds is a sentence on the form: SQLite breaks at 64 bits, PostgreSQL at 32."""

import pytest
from django.urls import reverse

from wanjia.registry import fact_forms
from wanjia.registry.models import Household

pytestmark = pytest.mark.django_db


def sent(world, client, **facts):
    client.force_login(world.li)
    return client.post(reverse("registry:household_edit", args=[world.home.pk]) + "?only=income_yuan", {"version": 0, "income_yuan": "5"} | facts)


@pytest.mark.parametrize("n", ["99999999999", "9" * 25, "-" + "9" * 25])
def test_an_income_that_no_column_holds_is_a_sentence(world, client, n):
    answer = sent(world, client, income_yuan=n)
    assert answer.status_code == 200
    assert answer.context["form"].errors["income_yuan"]
    assert Household.objects.get(pk=world.home.pk).income_yuan is None
    assert sent(world, client, version=n).status_code < 500


def test_without_the_bounds_the_database_breaks(world, client, monkeypatch):
    """Negative control."""
    monkeypatch.setattr(fact_forms, "LARGEST", 10**30)
    with pytest.raises(Exception, match=r"too large|out of range"):
        sent(world, client, income_yuan="9" * 25)
