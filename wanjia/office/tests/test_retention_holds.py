"""Holds keep rows off every list, whatever they are held by, and name nobody; who opens the pages of disposal and what they ask."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.house.acts import World
from wanjia.casework.models import Evidence
from wanjia.casework.tests.factories import MONDAY, area, unit, worker
from wanjia.office.erasing import queries as ordered
from wanjia.office.models import RetentionHold
from wanjia.office.retention import commands, queries, rules
from wanjia.orgs.models import Level, Post
from wanjia.orgs.retained import classes
from wanjia.orgs.roles import Role
from wanjia.policy import retention as policy
from wanjia.verdict import Refused

from .disposing import DAY, THEN, closed, fresh, proposed, whole

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def place(tmp_path, monkeypatch):
    """The list of orders lies beside the key ring: each test has its own."""
    monkeypatch.setattr(ordered, "orders_path", lambda: tmp_path / ordered.FILE)


@pytest.fixture
def world():
    return World()


def test_holds_keep_rows_off_a_list_and_another_unit_lifts_them(world):
    one, other = closed(world), closed(world)
    held = commands.hold_rows(ground="complaint", number=one.number, document="永复〔2037〕3号", by=fresh(world.ledger), at=THEN)
    disposal = proposed(world, at=THEN + timedelta(hours=1))
    assert (disposal.n, disposal.held, disposal.items.get().row) == (1, {"complaint": 1}, other.pk.hex)
    with pytest.raises(Refused, match="另一个单位"):
        commands.lift_hold(retention_hold_id=held.pk, words="复核已答复", by=fresh(world.auditor), at=THEN + timedelta(days=1))
    commands.lift_hold(retention_hold_id=held.pk, words="复核已答复", by=fresh(world.inspector), at=THEN + timedelta(days=1))
    assert not RetentionHold.objects.get().stands
    assert proposed(world, at=THEN + timedelta(days=2)).items.get().row == one.pk.hex
    whole()


def test_a_whole_class_is_held_too(world):
    closed(world)
    commands.hold_rows(ground="discipline", code="need", document="永纪〔2037〕1号", by=fresh(world.inspector), at=THEN)
    with pytest.raises(Refused, match="没有到期"):
        proposed(world, at=THEN + timedelta(hours=1))
    assert queries.to_propose(fresh(world.ledger), THEN.date()) == 0, "the desk does not nag about what is held"


def test_a_class_of_needs_is_held_with_the_pictures_that_prove_them(world):
    """The needs stayed for the court, and half a year after their closing the evidence went."""
    need = closed(world)
    Evidence.objects.create(need=need, name="修好的路.jpg", size=9, digest="0" * 64, body="照片", added_at=MONDAY, added_by=world.handler)
    one, kept = classes()["photo"], policy.in_force(DAY).kept("photo")
    assert one.due(kept, THEN.date()).count() == 1
    commands.hold_rows(ground="lawsuit", code="need", document="(2037)云0625民初12号", by=fresh(world.inspector), at=THEN)
    with pytest.raises(Refused, match="没有到期"):
        proposed(world, code="photo", at=THEN + timedelta(hours=1))


def test_a_number_is_held_wherever_its_rows_lie(world):
    """Of whoever has posts in two townships the first was the hold's area, and a row of the other one went in spite of it."""
    need = closed(world)
    far = area("530625001000", "溪洛渡街道", Level.TOWNSHIP, world.county)
    two = worker("liang-xiang", "两乡领导", unit("溪洛渡街道", "township", far), Role.TOWNSHIP_LEADER)
    Post.objects.create(user=two, organisation=world.township, role=Role.TOWNSHIP_LEADER, from_on=date(2020, 1, 1))
    held = commands.hold_rows(ground="lawsuit", number=need.number, document="(2037)云0625民初12号", by=fresh(two), at=THEN)
    assert held.area == far
    with pytest.raises(Refused, match="没有到期"):
        proposed(world, at=THEN + timedelta(hours=1))


def test_a_childs_number_stands_in_no_hold_that_is_shown(world, client):
    """An auditor, who sees no need, read on the page of holds which number was a child's."""
    mine, other = closed(world, child=world.register.child, involves_child=True), closed(world)
    held = [commands.hold_rows(ground="lawsuit", number=one.number, document="(2037)云0625民初12号", by=fresh(world.auditor), at=THEN) for one in (mine, other)]
    client.force_login(fresh(world.inspector), backend="django.contrib.auth.backends.ModelBackend")
    paths = ["/retention/", *(f"/retention/holds/{one.pk}/lift/" for one in held)]
    text = "".join(client.get(path).content.decode() for path in paths)
    assert (mine.number in text, other.number in text, "儿童的诉求" in text) == (False, True, True)


def test_a_class_is_held_in_every_area_of_who_holds_it(world):
    """Of somebody with posts in two townships the hold covered the first alone."""
    closed(world)
    far = area("530625001000", "溪洛渡街道", Level.TOWNSHIP, world.county)
    two = worker("liang-xiang", "两乡领导", unit("溪洛渡街道", "township", far), Role.TOWNSHIP_LEADER)
    Post.objects.create(user=two, organisation=world.township, role=Role.TOWNSHIP_LEADER, from_on=date(2020, 1, 1))
    commands.hold_rows(ground="lawsuit", code="need", document="(2037)云0625民初12号", by=fresh(two), at=THEN)
    assert {one.area for one in RetentionHold.objects.all()} == {far, world.township.area}
    with pytest.raises(Refused, match="没有到期"):
        proposed(world, at=THEN + timedelta(hours=1))
    whole()


def test_many_holds_ask_no_more_than_one(world, client):
    """Each hold was a question of its own, of every class of which something is due."""
    def asked():
        with CaptureQueriesContext(connection) as questions:
            stays = queries.held(classes()["need"], queries.due(classes()["need"], policy.in_force(DAY).kept("need"), [world.county.span()], THEN.date()), THEN.date())
        return len(questions), len(stays)

    needs = [closed(world) for _n in range(3)]
    counts = []
    for one in needs:
        commands.hold_rows(ground="lawsuit", number=one.number, document="(2037)云0625民初12号", by=fresh(world.inspector), at=THEN)
        counts.append(asked())
    assert [n for _q, n in counts] == [1, 2, 3] and len({q for q, _n in counts}) == 1


def test_its_page_asks_once_of_each_class(world, client):
    """Forty-seven questions where nothing was due: each class was counted four times over."""
    client.force_login(fresh(world.ledger), backend="django.contrib.auth.backends.ModelBackend")
    client.get("/retention/")
    with CaptureQueriesContext(connection) as questions:
        client.get("/retention/")
    assert sum("ErasureLine" in one["sql"] or "kernel_erasureline" in one["sql"] for one in questions) <= sum(kept.by == "list" for kept in policy.in_force(DAY).classes)


def test_whose_page_it_is(world):
    assert rules.can_propose(fresh(world.ledger)) and not rules.can_propose(fresh(world.inspector))
    assert rules.can_hold(fresh(world.inspector)) and not rules.can_hold(fresh(world.clerk))


def test_its_pages_show_counts_and_open_numbers_and_nobody(world, client):
    need = closed(world, summary="父亲瘫痪在床,想申请护理补贴", requester_name="欧阳龙吟")
    disposal = proposed(world)
    pages = ("/retention/", f"/retention/lists/{disposal.pk}/", f"/retention/lists/{disposal.pk}/decide/")
    client.force_login(fresh(world.inspector), backend="django.contrib.auth.backends.ModelBackend")
    for path in pages:
        answer = client.get(path)
        text = answer.content.decode()
        assert answer.status_code == 200 and "欧阳龙吟" not in text and "瘫痪" not in text and world.home.number not in text, path
    assert need.number in client.get(pages[1]).content.decode()
    paper = client.get(f"{pages[1]}paper/")
    assert (paper.status_code, paper["Content-Type"], paper.content[:4]) == (200, "application/pdf", b"%PDF")
    client.force_login(fresh(world.clerk), backend="django.contrib.auth.backends.ModelBackend")
    assert {client.get(path).status_code for path in pages} <= {403, 404}
    client.force_login(fresh(world.ledger), backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/retention/lists/new/").status_code == 302, "nothing is due that is on no list"
