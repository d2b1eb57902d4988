"""A question that goes by the asker's posts gives each of them what the rule itself gives, asked once and again, whoever asked before."""

import sys
from datetime import date

import pytest
from django.db import models

from wanjia.casework.ledger import asking, desk, queries
from wanjia.casework.ledger.need_page import CALLS, PAPERS, SUPPORTS
from wanjia.casework.matters import queries as matters
from wanjia.casework.models import Need, Support
from wanjia.casework.queries import AGENDA, CONSULTED, DECIDED, TASKS
from wanjia.kernel.command import SystemActor
from wanjia.orgs.asked_by import AskedBy
from wanjia.orgs.models import Area, Organisation, Post, User
from wanjia.orgs.roles import Role
from wanjia.registry.households import queries as homes
from wanjia.registry.memberships import HEADS, LIVE_HOMES, LIVED_IN, NAMED
from wanjia.registry.models import Household, Membership, Person
from wanjia.registry.owed.queries import WITH_ANYTHING
from wanjia.shapes import Shape, Slot

from ..states import NeedState as S
from .factories import later, worker
from .walk import bring

DAY, NOW = date(2026, 11, 27), later(days=25)
DATED = {"day": DAY}
# What a question is asked with besides the actor: (values, words), from a need; and whom it is asked for, where that is not everybody.
WITH = {
    "wanjia.casework.matters.queries.STILL_OPEN": lambda need: (need.village.span(), DATED),
    "wanjia.casework.matters.queries.LATELY": lambda need: (need.village.span(), DATED),
    "wanjia.casework.together.desk.FOR_LEAD": lambda _need: ((), DATED),
    "wanjia.casework.ledger.queries.ALL_TABS": lambda _need: ((), DATED),
    "wanjia.casework.ledger.queries.WHOLE": lambda need: ((need.pk,), {}),
    "wanjia.casework.ledger.queries.TAB": lambda _need: ((), DATED | {"tab": "running", "columns": ("category", "handler"), "fields": ("-recorded_at", "number"), "most": 50}),
    "wanjia.casework.ledger.queries.SHARED": lambda _need: ((), DATED | {"tab": "all"}),
    "wanjia.casework.ledger.queries.ON_DESK": lambda _need: ((), DATED | {"most": 30}),
    "wanjia.casework.ledger.desk.STANDING": lambda _need: ((), DATED),
    "wanjia.casework.ledger.queries.DUE_TODAY": lambda need: ((), {"day": need.due_on}),
    "wanjia.casework.ledger.queries.OF_HOME": lambda need: ((need.pk, need.household_id), {}),
    "wanjia.casework.ledger.queries.OF_KIND": lambda need: ((need.pk, need.village_id, need.category), {}),
    "wanjia.casework.ledger.desk.OF_HOME": lambda need: ((need.household_id,), {}),
    "wanjia.casework.ledger.desk.WAITING": lambda _need: ((), DATED),
    "wanjia.registry.access.queries.EMERGENCIES": lambda _need: ((NOW,), {}),
    "wanjia.registry.access.queries.WAITING": lambda _need: ((NOW,), {}),
}
ASKED_FOR = {
    "wanjia.casework.ledger.queries.ON_DESK": lambda actor: not queries._looks_for_others(actor),
    "wanjia.casework.ledger.desk.WAITING": desk._mine,
}


def questions():
    """Return {its full name: the question} of every question that any room keeps."""
    rooms = [(name, room) for name, room in list(sys.modules.items()) if name.startswith("wanjia.") and ".tests" not in name]
    return {f"{room}.{name}": one for room, module in rooms for name, one in vars(module).items() if isinstance(one, AskedBy)}


@pytest.fixture
def several(world):
    """Needs in every state, some of one home; the accounts that ask, among them one with two posts and one of another place."""
    for state in (S.REGISTERED, S.ADMITTED, S.TRIAGED, S.ASSIGNED, S.ACCEPTED, S.IN_PROGRESS, S.DONE_REPORTED, S.VERIFIED, S.CLOSED, S.RETURNED, S.REOPENED):
        bring(world, state, summary=f"父亲残疾,想申请低保 {state}")
    world.need(household=None, village=world.datong, category="road", summary="村口的路坏了,车进不来")
    world.need(household=None, village=world.datong, category="road", summary="村口的路坏了,下雨走不了", requester_name="张三")
    two = worker("liangtou", "钱两头", world.township, Role.TOWNSHIP_WORKER)
    Post.objects.create(user=two, organisation=world.civil, role=Role.BUREAU_WORKER, from_on=date(2020, 1, 1))
    Post.objects.create(user=two, organisation=world.committee, role=Role.VILLAGE_WORKER, from_on=date(2020, 1, 1), area=world.datong)
    worker("xinmin", "孙新民", world.elsewhere, Role.VILLAGE_WORKER)
    for name, role in (("lingdao", Role.LEADER), ("fenguan", Role.TOWNSHIP_LEADER), ("shenji", Role.AUDITOR), ("guanli", Role.ADMINISTRATOR), ("juzhang", Role.BUREAU_HEAD)):
        worker(name, name, {Role.TOWNSHIP_LEADER: world.township, Role.BUREAU_HEAD: world.civil}.get(role, world.oversight), role)
    return world


def same(found):
    """Return rows as what stands in them and in the rows joined to them; tuples and single values as they are."""
    return [_columns(one) if isinstance(one, models.Model) else one for one in found]


def _columns(row):
    kept = {name: value for name, value in row.__dict__.items() if name != "_state"}
    joined = {name: other and _columns(other) for name, other in row._state.fields_cache.items()}
    return {name: getattr(value, "body", value) for name, value in kept.items()} | {f"{name} joined": other for name, other in joined.items()}


def accounts():
    return list(User.objects.order_by("username"))


def test_every_question_gives_each_account_what_its_rule_gives(several, client):
    client.force_login(several.ledger, backend="django.contrib.auth.backends.ModelBackend")
    client.get("/")  # every room is there
    gave, need = dict.fromkeys(questions(), 0), Need.objects.select_related("village").filter(household=several.home).order_by("number")[2]
    for name, question in questions().items():
        for actor in (*accounts(), *accounts()):
            values, words = WITH.get(name, lambda _need: ((), {}))(need)
            if ASKED_FOR.get(name, bool)(actor):
                asked = question(actor, *values, **words)
                assert same(asked) == same(question.make(actor, *values, **words)), (name, actor.username)
                gave[name] += len(asked)
    silent = {name for name, n in gave.items() if not n}
    assert len(silent) < len(gave) / 2, silent  # most of them found something


def test_whose_posts_are_alike_share_what_was_made_and_nothing_else(world):
    world.need()
    question = AskedBy(lambda actor: queries.visible_needs(actor).order_by("pk").values_list("pk", flat=True))
    mine, theirs = question(world.clerk), question(world.stranger)
    assert mine and not theirs and question._shape.cache_info().currsize == 1
    assert question(world.clerk) == mine and question(world.handler) != mine and question._shape.cache_info().currsize == 2
    Post.objects.create(user=world.stranger, organisation=world.township, role=Role.TOWNSHIP_WORKER, from_on=date(2020, 1, 1))
    assert question(User.objects.get(pk=world.stranger.pk)) == mine, "a post that came since counts at once"
    installer = SystemActor("安装", duties=frozenset())
    assert question(installer) == list(question.make(installer))


def test_what_is_looked_up_or_worked_out_while_a_question_is_made_is_refused(world):
    with pytest.raises(TypeError, match="looks something up"):
        AskedBy(lambda actor: Need.objects.filter(pk__in=[need.pk for need in queries.visible_needs(actor)]))(world.clerk)
    for gone_by in ("name", "area_id"):
        with pytest.raises(TypeError, match="looks something up"):
            AskedBy(lambda actor, of=gone_by: Need.objects.filter(summary__in=[getattr(post.organisation, of) for post in actor.live_posts]))(world.clerk)
    for worked_out in (lambda day: f"{day}", lambda day: day + 1, lambda day: day[:4], lambda day: day <= "2"):
        with pytest.raises(TypeError):
            Shape(lambda day, of=worked_out: Area.objects.filter(code=of(day)))("530625")
    assert sorted([Slot(1), Slot(0)]) == [Slot(0), Slot(1)]
    with pytest.raises(TypeError):
        max(Slot(0), Slot(1))


def test_a_question_of_several_values_is_kept_for_each_number_of_them(world):
    units = Shape(lambda *keys: Organisation.objects.filter(pk__in=keys).order_by("pk"))
    supports = Shape(lambda *keys: Support.objects.filter(organisation__in=keys))
    keys = list(Organisation.objects.order_by("pk").values_list("pk", flat=True))
    for some in (keys[:1], keys[1:2], keys[:3], keys):
        assert [unit.pk for unit in units(*some)] == some and supports(*some) == list(Support.objects.filter(organisation__in=some))
    assert len(units.made) == len({1, 3, len(keys)})
    many = [*keys, *(world.home.pk for _ in range(70))]
    assert [unit.pk for unit in units(*many)] == keys and len(units.made) == len({1, 3, len(keys)}), "a long list is not kept"
    assert Shape(lambda code: Area.objects.filter(code=code, pk__in=[]))("530625") == []


def test_the_desks_numbers_are_those_of_the_ledger(several):
    for actor in accounts():
        counts, rows = queries.tab_counts(queries.visible_needs(actor), DAY), desk.standing(actor, DAY)
        assert queries.all_tab_counts(actor, DAY) == counts
        beside, held = desk.beside_desk(actor, rows), queries.tab_counts(queries.visible_needs(actor).filter(queries.held_by(actor)), DAY)
        assert beside == {"held": held["running"], "held_late": held["late"], "nobody": counts["nobody"], "late": counts["late"]}
        late = Need.objects.filter(pk__in=queries.tab_of(queries.visible_needs(actor), "late", DAY).values("pk"))
        shown = desk.late(actor, rows)
        assert (shown and sum(one["n"] for one in shown["units"])) == (late.count() or None)
        if shown:
            assert {(one["key"], one["name"]) for one in shown["units"]} == set(late.values_list("holder", "holder__name"))
            assert {(one["key"], one["name"]) for one in shown["places"]} in (set(), set(late.values_list("village__parent", "village__parent__name")))
        first = queries.first_on_desk(actor, DAY, 2)
        whole = list(queries.on_desk(actor, DAY))
        assert same(first[:2]) == same(whole[:2]) and first.count() == len(whole)


def test_what_stands_beside_a_need_is_what_the_list_proposes(several):
    for need in Need.objects.select_related("village"):
        for actor in (several.clerk, several.stranger, several.ledger):
            listed = [one for one in matters.proposals(actor, need.village, DAY) if any(row.row["pk"] == need.pk for row in one.needs)]
            may = need.is_open and actor.has_duty(matters.DECIDES) and matters.covers(actor, need, duty=matters.DECIDES)
            assert matters.likely(actor, need, DAY) == (listed if may else [])
    assert any(matters.likely(several.clerk, need, DAY) for need in Need.objects.select_related("village"))


def test_the_questions_of_a_home_and_of_a_need_are_those_of_the_mapper(several):
    people = [Person.objects.create(name=name, village=several.datong, birth_on=born, registered_at=NOW) for name, born in (("王大", date(1950, 2, 3)), ("王小", date(2015, 1, 1)), ("王中", None))]
    for at, person in enumerate(people):
        Membership.objects.create(person=person, household=several.home, relation="户主" if not at else "子", from_on=date(2020, 1, 1) if at else None, to_on=date(2025, 1, 1) if at == 2 else None)
    empty = Household.objects.create(number="530625202201002", village=several.datong, registered_at=NOW)
    for home in (several.home, empty):
        dated, keyed = (homes.PAST, homes.AWAY, NAMED, homes._shown(DAY)), (homes.HELD, HEADS, LIVED_IN, WITH_ANYTHING, homes.LIVING, *homes._gaps(DAY)[2:])
        for shape, values in [*((one, (home.pk, DAY)) for one in dated), *((one, (home.pk,)) for one in keyed)]:
            assert same(shape(*values)) == same(shape(*values)) == same(shape.make(*values))
    assert same(LIVE_HOMES(*(one.pk for one in people))) == same(LIVE_HOMES.make(*(one.pk for one in people))) != []
    assert same(HEADS(several.home.pk, empty.pk)) == same(HEADS.make(several.home.pk, empty.pk)) != []
    for need in Need.objects.all():
        for shape in (queries.TIMELINE, PAPERS, SUPPORTS, CALLS, AGENDA, CONSULTED, DECIDED, TASKS):
            assert same(shape(need.pk)) == same(shape.make(need.pk))
    for user in accounts():
        assert same(queries.VIEW(user.pk)) == same(queries.VIEW.make(user.pk))
        assert asking.HOLDERS(user) == list(asking.holders(user).values_list("pk", "name"))
