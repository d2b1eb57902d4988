"""Outreach is looked at before it leaves, keeps its promises, and fairs match offers with starts."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from tests.house.worlds import World
from wanjia.doors import asking
from wanjia.verdict import Refused

from ..fairs import commands as fairs
from ..fairs import queries as fair_queries
from ..models import Departure, OptOut, Outreach, Reached, Registration, Vacancy, Worker
from ..outreach import commands, queries
from . import acts_reach as r
from .acts_markets import DAY, MONDAY, who
from .factories import entered

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


def audience(world, **rule):
    """Who would be told now: ([names], {LeftOut: [names]})."""
    r.plan(world)
    Outreach.objects.update(**rule)
    found = queries.audience_of(Outreach.objects.get(), world.clerk, DAY)
    return [one.person.name for one, _student, _why in found.told], {str(why): [one.person.name for one in rows] for why, rows in found.left_out.items()}


def test_whoever_is_listed_to_go_or_said_yes_is_told_of_nothing_else(world):
    r.plan(world)
    him = Worker.objects.get(person=world.register.head)

    def left_out():
        return {str(why): [one.person.name for one in rows] for why, rows in queries.audience_of(Outreach.objects.get(), world.clerk, DAY).left_out.items()}

    assert left_out() == {}
    facts = {"place": "330200", "employer_name": "宁波某电子厂", "earliest_on": DAY, "latest_on": DAY + timedelta(3), "listed_at": MONDAY}
    one = Departure.objects.create(worker=him, **facts)
    assert left_out() == {"goes": ["王建国"]}
    Departure.objects.filter(pk=one.pk).update(state="withdrawn", withdrawn_because="家里有事")
    assert left_out() == {}, "whoever goes no more hears of work again"


def test_a_home_with_a_student_comes_first_and_says_no_more_of_it(world):
    r.labourer(world)
    lone = world.register.register("孙单身", date(1990, 1, 1), 33).memberships.get().person
    entered(Worker(person=lone, village=world.datong, entered_on=DAY, verified_on=date(2020, 1, 1)))
    assert audience(world)[0] == ["王建国", "孙单身"], "though the other was not verified for longer"
    assert audience_names_no_child()


def audience_names_no_child():
    found = queries.audience_of(Outreach.objects.first(), Outreach.objects.first().made_by, DAY)
    return all("王小雨" not in str(one) for one in found.told)


@pytest.mark.parametrize(
    ("facts", "why"), [
        ({"wants_trade": "cook"}, "trade"), ({"wants_pay": 90_000}, "pay"), ({"care": "home"}, None), ({"place": "outside", "since_on": DAY, "how": "self"}, None),
    ],
)  # fmt: skip
def test_who_is_left_out_and_why(world, facts, why):
    r.labourer(world)
    Worker.objects.update(**facts)
    told, left = audience(world)
    if why:
        assert (told, left) == ([], {why: ["王建国"]})
    elif "place" in facts:
        assert (told, left) == ([], {}), "whoever works away is not without work"
    else:
        assert told == ["王建国"], "work in the county lets one be home"


def test_nobody_is_told_twice_of_one_vacancy(world):
    r.told(world)
    again = commands.plan_outreach(vacancy_id=r.live(world).pk, area=world.xisha, way="call", most=10, **who(world))
    with pytest.raises(Refused, match="没有要告诉的人"):
        commands.send_outreach(outreach_id=again.pk, **who(world))
    assert Reached.objects.count() == 1


def test_the_policys_times_a_month_hold_for_another_vacancy_too(world, monkeypatch):
    r.told(world)
    Reached.objects.update(vacancy=_other(world))
    assert audience_of_new(world) == ["王建国"]
    monkeypatch.setattr(queries, "in_force", lambda _day: type("Rule", (), {"month": 1}))
    assert audience_of_new(world) == []


def _other(world):
    from . import demand_world as d

    return d.vacancy(world, title="质检员")


def audience_of_new(world):
    one = commands.plan_outreach(vacancy_id=Vacancy.objects.get(state="live").pk, area=world.xisha, way="call", most=10, **who(world))
    return [worker.person.name for worker, *_rest in queries.audience_of(one, world.clerk, DAY).told]


def test_an_opt_out_is_remembered_and_honoured(world):
    what = r.told(world)
    commands.note_answer(**what, answer="stop", **who(world))
    assert OptOut.objects.get().worker_id == world.register.head.pk
    Reached.objects.update(vacancy=_other(world))
    assert audience_of_new(world) == []
    commands.opt_in(worker_id=world.register.head.pk, **who(world, MONDAY + timedelta(days=1)))
    assert audience_of_new(world) == ["王建国"]


def test_offers_are_matched_with_starts_and_counted_with_rows(world):
    what = r.offered(world)
    fairs.trace_start(**what, **who(world))
    one = fair_queries.listed(world.clerk).get()
    assert (one.n_stalls, one.n_registered, one.n_offers, one.n_starts) == (1, 1, 1, 1)
    assert Registration.objects.get().start.spell.worker_id == world.register.head.pk


def test_a_row_that_has_the_key_of_another_is_named_by_a_key(client, world, monkeypatch):
    """A start has its spell's key: words in its place are refused by the call's description, and break nothing."""
    what = r.signed(world, offered=True)
    monkeypatch.setattr("django.utils.timezone.now", lambda: MONDAY)
    client.force_login(world.clerk, backend="django.contrib.auth.backends.ModelBackend")
    address = f"/api/labour/registrations/{what['registration_id']}/registration-start"
    assert client.post(address, '{"start": "父亲残疾"}', "application/json").status_code == 422
    assert client.post(address, '{"start": "0190e0e0-0000-7000-8000-0000000000aa"}', "application/json").status_code == 404


def test_by_its_own_key_alone_it_would_be_any_text(monkeypatch):
    """Negative control: as it was, what is no key went to the database."""
    monkeypatch.setattr(asking, "_key", lambda model: model._meta.pk)
    assert asking._typed(next(one for one in fairs.trace_start.act.asked if one.name == "start")) is not UUID
