"""Pairs attacked: a barred helper who keeps his children, a guardian's no that the next plan forgets, kin behind kin, a helper from anywhere."""

from datetime import timedelta

import pytest

from wanjia.care.children import rules as children
from wanjia.care.lines import queries as lines
from wanjia.care.models import Entitled, Helper, Pair
from wanjia.care.pairing import populations, queries
from wanjia.kernel.tests.tried import MONDAY

from . import acts_pairing as acts
from .acts_lines import anew, paired
from .factories import checked

pytestmark = pytest.mark.django_db
DAY = MONDAY.date()
BACKEND = "django.contrib.auth.backends.ModelBackend"


def barred(world):
    """The helper with an account was found unfit this morning; nobody has handed the child over yet."""
    paired(world)
    return checked(Helper.objects.get(user=world.helper), on=DAY, result="not_clear", at=MONDAY)


def reaches(world, client):
    """What the helper sees of the child: on the own list, by name, at its page."""
    client.force_login(anew(world, "helper"), backend=BACKEND)
    child = world.register.child
    pages = [client.get("/care/mine/?names=1"), client.get(f"/care/children/{child.pk}/"), client.get("/care/month-card/")]
    return [page.status_code == 200 and (child.name in page.content.decode() or child.shown_name in page.content.decode()) for page in pages]


def test_whoever_is_barred_sees_nothing_of_his_children_from_that_moment(world, client):
    paired(world)
    assert reaches(world, client) == [True, True, True]
    barred(world)
    assert reaches(world, client) == [False, False, False] and lines.mine(anew(world, "helper"), DAY) == []


def test_without_the_bar_on_own_pairs_he_still_reads_their_names(world, client, monkeypatch):
    """Negative control."""
    barred(world)
    monkeypatch.setattr(children, "barred", lambda day: Helper.objects.none())
    assert reaches(world, client) == [True, True, True]


def test_a_child_with_a_barred_helper_is_an_alarm_and_counts_as_nobody_s(world):
    acts.entitled(world)
    paired(world)
    care = acts.who(world)["by"]
    assert queries.unfit_alarmed(care, DAY) == 0 and populations.as_of(Entitled.objects.all(), None, DAY).get().f_paired
    barred(world)
    assert queries.unfit_alarmed(care, DAY) == 1 and not populations.as_of(Entitled.objects.all(), None, DAY).get().f_paired
    assert queries.unfit_alarmed(anew(world, "officer"), DAY) == 1 and queries.unfit_alarmed(anew(world, "helper"), DAY) == 0
    Entitled.objects.update(since_on=DAY - timedelta(days=9))
    assert populations.as_of(Entitled.objects.all(), DAY - timedelta(days=1), DAY).get().f_paired, "yesterday nobody knew"


def test_the_list_of_pairs_says_whose_helper_may_not_be_near(world, client):
    paired(world)
    client.force_login(anew(world, "care"), backend=BACKEND)
    assert client.get("/care/pairs/").context["unfit"] == 0
    checked(Helper.objects.get(user=world.helper), on=DAY, result="not_clear", at=MONDAY)
    page = client.get("/care/pairs/?shown=unfit")
    assert page.context["unfit"] == 1 and [one.pk for one in page.context["page"]] == [Pair.objects.get().pk]
