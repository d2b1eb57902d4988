"""Two records of one labourer made one: what he was told of, the station he chose and his wages on the ledger go along, and come back when it is undone."""

from datetime import date, timedelta

import pytest

from tests.house.worlds import World
from wanjia.registry.duplicates.commands import merge_people, undo_merge
from wanjia.verdict import Refused

from ..following import commands as following
from ..models import Belonging, Outreach, Reached, Worker
from ..outreach import queries
from ..reach_states import LeftOut
from ..stations import rules
from ..stations.commands import claim_wages
from . import acts_reach as r
from . import demand_world as d
from .acts_markets import who
from .factories import entered

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


@pytest.fixture
def world():
    return World()


def twin(world):
    """The same man under another record, on the roll: the one that goes."""
    person = world.register.register("王建国", date(1985, 3, 2), 55).memberships.get().person
    return entered(Worker(person=person, village=world.datong, entered_on=d.DAY, verified_on=d.DAY))


def merge(world, kept, gone):
    return merge_people(kept_id=kept.pk, gone_id=gone.pk, reason="同一个人登记了两次", by=world.clerk, at=d.MONDAY)


def undo(world, merged):
    undo_merge(merge_id=merged.pk, reason="是两个人", by=world.clerk, at=d.MONDAY + timedelta(days=1))


def tell(worker, vacancy):
    sent = Outreach.objects.create(vacancy=vacancy, area=worker.village, most=1, way="call", made_at=d.MONDAY)
    Outreach.objects.filter(pk=sent.pk).update(state="sent_out", sent_at=d.MONDAY, version=1)
    return Reached.objects.create(outreach=sent, vacancy=vacancy, worker=worker, told_on=d.DAY)


def left_out(world):
    """Why the one that stays is not told of one vacancy more."""
    more = d.live(world, title="再一个岗位")
    one = Outreach(vacancy=more, area=world.xisha, most=10)
    return {str(why): [worker.pk for worker in rows] for why, rows in queries.audience_of(one, d.anew(world.clerk), d.DAY).left_out.items()}


@pytest.mark.parametrize("carried", [True, False])
def test_the_months_limit_is_of_the_person_under_whatever_record(world, monkeypatch, carried):
    """Told four times under the record that goes: the one that stays is not told a fifth. Where nothing is carried he is: the control."""
    what, gone = r.plan(world), twin(world)
    kept = Worker.objects.get(pk=world.register.head.pk)
    rows = [tell(gone, d.live(world, title=f"岗位 {n}")) for n in range(4)]
    if not carried:
        monkeypatch.setattr(following, "_carry", lambda _gone, _kept: {})
    merged = merge(world, kept, gone)
    assert (left_out(world) == {LeftOut.MONTH: [kept.pk]}) is carried
    assert Reached.objects.filter(worker=kept).count() == (4 if carried else 0) and what
    undo(world, merged)
    assert {one.worker_id for one in Reached.objects.all()} == {gone.pk} and len(rows) == 4


def test_of_one_vacancy_under_both_records_he_waits_once(world):
    vacancy, gone = r.live(world), twin(world)
    r.labourer(world)
    kept = Worker.objects.get(pk=world.register.head.pk)
    stays, behind = tell(kept, vacancy), tell(gone, vacancy)
    assert queries.waiting(d.anew(world.clerk), d.DAY) == 2
    merge(world, kept, gone)
    behind.refresh_from_db()
    assert behind.worker_id == gone.pk and queries.waiting(d.anew(world.clerk), d.DAY) == 1 and stays.pk


def test_his_station_and_his_wages_go_along(world):
    """The station goes on seeing him, reads how far his wages are, and claims no day of them again."""
    claim = d.claim(world)
    kept = twin(world)
    merged = merge(world, kept, claim.worker)
    actor = d.anew(world.away)
    assert [one.pk for one in rules.own_workers(actor, d.DAY)] == [kept.pk]
    assert [one.number for one in rules.visible_claims(actor, d.DAY)] == [claim.number]
    with pytest.raises(Refused, match=claim.number):
        claim_wages(own_id=kept.pk, **d.OWED, **d.who(world.away))
    undo(world, merged)
    assert [(one.pk, one.wage_claims.count()) for one in rules.own_workers(actor, d.DAY)] == [(claim.worker_id, 1)]


def test_who_chose_a_station_under_both_keeps_the_one_of_the_record_that_stays(world):
    claim = d.claim(world)
    kept = twin(world)
    other = d.station(world, name="昭通市驻宁波鄞州就业服务站", host="330200")
    own = Belonging.objects.create(worker=kept, outpost=other, from_on=d.DAY, consent="phone", recorded_at=d.MONDAY)
    merge(world, kept, claim.worker)
    assert Belonging.objects.get(worker=kept, to_on=None) == own and who(world)
