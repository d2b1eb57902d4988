"""Agreements counted by starts; stations that see their own workers and nobody else."""

from datetime import date, timedelta

import pytest
from django.test import Client

from tests.house.worlds import World
from wanjia.kernel.models import Entry
from wanjia.kernel.tests.tried import MONDAY
from wanjia.reporting.figures.queries import figures, rows_of

from ..agreements import queries as agreements
from ..agreements.commands import end_agreement
from ..models import Agreement, Belonging, Outpost, Spell, Worker
from ..stations import queries, rules
from ..stations.commands import choose_station, close_outpost, leave_station
from ..vacancies.commands import note_start
from . import demand_world as d

pytestmark = pytest.mark.usefixtures("monday")

DAY = d.DAY
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def world(db):
    return World()


def _get(user, path):
    client = Client()
    client.force_login(d.anew(user), backend=BACKEND)
    return client.get(path)


def test_what_came_of_an_agreement_is_the_count_of_its_starts(world):
    pact = d.pact(world)
    one = d.live(world, agreement=pact)
    note_start(vacancy_id=one.pk, spells=[d.working(world)], **d.who(world.visitor))
    other = d.live(world, title="裁剪工")
    note_start(vacancy_id=other.pk, spells=[d.working(world, world.register.wife)], **d.who(world.visitor))
    assert agreements.tabs(d.anew(world.labour), DAY)["running"].get().came == 1 == agreements.came(pact).count()
    page = _get(world.labour, f"/agreements/{pact.pk}/").content.decode()
    assert "300 / 1" in page and "王建国" in page
    assert "王建国" not in _get(d.elsewhere(world), f"/agreements/{pact.pk}/").content.decode()


def test_an_agreement_is_put_on_the_desk_of_its_own_office_before_it_ends(world):
    pact = d.pact(world)  # ends on 2026-12-20, 48 days on
    assert list(agreements.expiring(d.anew(world.labour), DAY)) == [pact]
    assert not agreements.expiring(d.anew(world.labour), date(2026, 10, 1)) and not agreements.expiring(d.elsewhere(world), DAY)
    assert "劳务协作" in _get(world.labour, "/").content.decode()
    end_agreement(agreement_id=pact.pk, on=DAY, reason="对方停产", **d.who(world.labour))
    assert not agreements.expiring(d.anew(world.labour), DAY)


def test_agreements_and_units_away_are_counted_by_their_rows(world):
    pact = d.pact(world)
    for kind, n in (("station", 2), ("mobile", 3), ("resettled", 1)):
        for at in range(n):
            d.station(world, kind=kind, name=f"{kind} 第 {at} 个")
    assert {one["id"]: one["n"] for one in figures(Agreement.objects.all(), None, DAY)} == {"agreements.running": 1}
    assert {one["id"]: one["n"] for one in figures(Agreement.objects.all(), None, pact.until_on)} == {"agreements.running": 0}
    rows = Outpost.objects.all()
    assert {one["id"]: one["n"] for one in figures(rows, None, DAY)} == {"outposts.stations": 2, "outposts.mobile": 3, "outposts.resettled": 1}
    assert rows_of("outposts.mobile", rows, None, DAY).count() == 3
    assert set(Entry.objects.filter(act="outpost.add").values_list("kind", flat=True)) == {"act"}  # which kind of unit is a detail, no kind of line
    page = _get(world.labour, "/outposts/?tab=mobile").content.decode()
    assert "在册 3 个;通报公布的数是 148 个" in page


@pytest.fixture
def stations(world):
    """Two stations with somebody who signs in at each, and Wang and his wife at work in Ningbo; Wang chose Ningbo's."""
    home, ningbo = d.at_station(world)
    other, shenzhen = d.at_station(world, "驻深圳站", "shenzhen")
    one = d.station(world, home)
    d.station(world, other, host="440300", name="昭通市驻深圳就业服务站")
    wang, wife = d.working(world), d.working(world, world.register.wife)
    choose_station(away_id=wang.worker_id, station=one, consent="phone", **d.who(world.visitor))
    return {"ningbo": ningbo, "shenzhen": shenzhen, "wang": wang, "wife": wife, "one": one}


def seen_by(user, day=DAY):
    return {one.person.name for one in rules.own_workers(d.anew(user), day)}


def test_a_station_sees_its_own_workers_and_neither_the_city_nor_another_stations(world, stations):
    assert seen_by(stations["ningbo"]) == {"王建国"} and seen_by(stations["shenzhen"]) == set()
    assert seen_by(world.labour) == set()  # an officer of the county is no station
    page = _get(stations["ningbo"], "/station/").content.decode()
    assert "王建国" in page and "张桂芳" not in page
    assert "王建国" not in _get(stations["shenzhen"], "/station/").content.decode()
    assert [row["shown_name"] for row in _get(stations["ningbo"], "/api/station").json()["items"]] == ["王建国"]
    assert _get(stations["shenzhen"], "/api/station").json()["count"] == 0
    for path in ("/people/", "/households/", "/away/", "/vacancies/", "/employers/", f"/people/{world.register.head.pk}/"):
        assert _get(stations["ningbo"], path).status_code in (403, 404), path


def test_consent_and_not_the_place_lets_a_station_see(world, stations):
    """Both controls: the one who works there and chose nothing is not seen; who chose it and went elsewhere is seen no longer."""
    Spell.objects.filter(pk=stations["wang"].pk).update(area="440300")
    assert seen_by(stations["ningbo"]) == set() and seen_by(stations["shenzhen"]) == set()
    Spell.objects.filter(pk=stations["wang"].pk).update(area="330212")  # a district of the city
    assert seen_by(stations["ningbo"]) == {"王建国"}
    Belonging.objects.all().delete()
    assert seen_by(stations["ningbo"]) == set()


@pytest.mark.parametrize("how", ["left the station", "left the roll", "came home", "closed", "post ended"])
def test_when_it_is_over_nobody_is_seen(world, stations, how):
    if how == "left the station":
        leave_station(away_id=stations["wang"].worker_id, **d.who(world.visitor))
    elif how == "left the roll":
        Worker.objects.filter(pk=stations["wang"].worker_id).update(left_on=DAY, left_because="service")
    elif how == "came home":
        Spell.objects.filter(pk=stations["wang"].pk).update(to_on=DAY)
    elif how == "closed":
        close_outpost(outpost_id=stations["one"].pk, on=DAY, reason="合并", **d.who(world.labour))
    else:
        stations["ningbo"].posts.update(to_on=DAY)
    assert seen_by(stations["ningbo"]) == set()


def test_the_village_asks_those_who_work_where_a_station_is(world, stations):
    actor = d.anew(world.visitor)
    assert [one.person.name for one in queries.away(actor, DAY, "open")] == ["张桂芳"]
    assert [(one.person.name, one.station) for one in queries.away(actor, DAY, "chosen")] == [("王建国", "昭通市驻宁波就业服务站")]
    page = _get(world.visitor, "/away/").content.decode()
    assert "张桂芳" in page and "浙江宁波" in page


def test_everybody_may_read_where_a_station_is_and_whom_to_call(world, stations):
    page = Client().get("/stations/").content.decode()
    assert "浙江宁波" in page and "13887000077" in page and "钟就业" in page and "王建国" not in page
    close_outpost(outpost_id=stations["one"].pk, on=DAY, reason="合并", **d.who(world.labour))
    assert "13887000077" in Client().get("/stations/").content.decode()  # the other station has the same number
    assert "浙江宁波" not in Client().get("/stations/").content.decode()


def test_a_closed_station_leaves_nobody_behind(world, stations):
    later = MONDAY + timedelta(days=5)
    close_outpost(outpost_id=stations["one"].pk, on=later.date(), reason="合并", **d.who(world.labour, later))
    assert not Belonging.objects.filter(to_on=None).exists()
