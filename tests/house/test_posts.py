"""A duty and its reach come from the same post (ADR 81): two posts of one person do no more than the one here and the other there.

The person tried holds every duty there is, far away in another county, and one post near. Near, that person may do and see
exactly what the near post alone does: by every command, at every address, at every door of a child's file. Switched back to
the union of all posts, the same tests meet what the near post alone never opened.

Every act and every kind of post takes minutes: `make test` runs the acts and the pages of SOME and ONE, a minute of them;
WANJIA_WHOLE_PROOF=1 runs all.
"""

import ast
import inspect
import os
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from wanjia.casework import rules as casework
from wanjia.casework.protection.rules import visible_reports
from wanjia.casework.states import NeedState
from wanjia.casework.tests.factories import area, unit, worker
from wanjia.casework.tests.walk import bring
from wanjia.kernel.calendar import today
from wanjia.kernel.command import COMMANDS
from wanjia.orgs import scope
from wanjia.orgs.duties import Duty as OrgsDuty
from wanjia.orgs.models import Level, Line, Post, Tier, User
from wanjia.orgs.roles import Role
from wanjia.registry.duties import Duty as RegistryDuty
from wanjia.registry.people import rules as people
from wanjia.registry.people.queries import people_found
from wanjia.registry.people.rules import can_open_child

from .acts import ACTS, DAY, MONDAY, World, export, report, upload, visit
from .test_permissions import EVERYBODYS, attempt
from .test_separation import addresses
from .worlds import evidence

pytestmark = pytest.mark.django_db
HOUSE = Path(__file__).resolve().parents[2] / "wanjia"
START = date(2020, 1, 1)
# Where a person of each role sits near; a bureau and a station also in a line that has no duty with families.
SEATS = [*((role, "") for role in Role), (Role.BUREAU_WORKER, Line.POLICE), (Role.STATION_WORKER, Line.POLICE)]


def near_unit(world, role, line):
    """Return the unit near in which somebody of this role would sit; none of them has a part in a need of the world."""
    if role == Role.VILLAGE_WORKER:
        return unit("大同村第二委员会", Tier.VILLAGE, world.datong)
    if role in (Role.TOWNSHIP_WORKER, Role.TOWNSHIP_LEADER):
        return unit("细沙乡第二办公室", Tier.TOWNSHIP, world.xisha)
    if role in (Role.STATION_WORKER, Role.SCHOOL_WORKER):
        return unit(f"细沙乡某站{line}", Tier.TOWNSHIP, world.xisha, line or Line.EDUCATION)
    if role in (Role.BUREAU_WORKER, Role.BUREAU_HEAD):
        return unit(f"永善县某局{line}", Tier.COUNTY, world.county, line or Line.CIVIL)
    return unit("永善县第二办公室", Tier.COUNTY, world.county)


def far_units():
    county = area("530621000000", "鲁甸县", Level.COUNTY)
    return [unit("鲁甸县某办", Tier.COUNTY, county), unit("鲁甸县民政局", Tier.COUNTY, county, Line.CIVIL)]


def persons(world, seats=SEATS):
    """Return [(seat, who holds the near post alone, who holds it beside every duty far away)]: three questions for all seats."""
    there, users, posts = far_units(), [], []
    for role, line in seats:
        here = near_unit(world, role, line)
        alone, both = (User(username=f"{how}-{role}-{line}", name=f"某{how}职", password="!") for how in ("yi", "er"))
        users += [alone, both]
        posts += [Post(user=one, organisation=here, role=role, from_on=START) for one in (alone, both)]
        posts += [Post(user=both, organisation=place, role=other, from_on=START - timedelta(days=1)) for place in there for other in Role]
    User.objects.bulk_create(users)
    Post.objects.bulk_create(posts)
    return list(zip(seats, users[::2], users[1::2], strict=True))


def union(monkeypatch):
    """Put the old rule back: whichever post has the duty, every post's reach counts."""
    real = scope.posts
    every = lambda actor, *, duty: list(actor.live_posts) if real(actor, duty=duty) else []  # noqa: E731
    monkeypatch.setattr(scope, "posts", every)
    monkeypatch.setattr(people, "_opening", lambda actor: every(actor, duty=RegistryDuty.OPEN_CHILD_FILES))


def beyond(name):
    """Return the seats whose holder may do an act near only because of duties held far away."""
    world = World()
    what = ACTS[name].make(world)
    return {seat for seat, alone, both in persons(world) if attempt(name, what, alone) == "no" and attempt(name, what, both) == "yes"}


# The installer's own acts ask what people they name are, not where: who runs the machine is no post.
ALL = sorted(name for name in set(COMMANDS) - set(EVERYBODYS) if ACTS[name].by not in ("installer", "household", "clock"))
# With the union put back a duty held far away opens each of these.
REACH_FURTHER = ["casework.recheck_need", "casework.open_report", "registry.open_child_file", "orgs.give_post"]
WHOLE = bool(os.environ.get("WANJIA_WHOLE_PROOF"))
SOME = sorted({*REACH_FURTHER, *ALL[::12]})


@pytest.mark.parametrize("name", ALL if WHOLE else SOME)
def test_no_act_takes_its_duty_from_one_post_and_its_reach_from_another(name):
    assert beyond(name) == set()


@pytest.mark.parametrize("name", REACH_FURTHER if WHOLE else REACH_FURTHER[:2])
def test_with_the_union_of_posts_put_back_the_acts_above_reach_further(name, monkeypatch):
    union(monkeypatch)
    assert beyond(name) != set()


# Pages


@pytest.fixture
def filled():
    """A world with one of everything, the words that stand for it, and what fills the gaps of the addresses."""
    world = World()
    one = bring(world, NeedState.DONE_REPORTED, involves_child=True)
    for state in (NeedState.REGISTERED, NeedState.ADMITTED, NeedState.TRIAGED, NeedState.VERIFIED):
        bring(world, state)
    home, child = world.register.home, world.register.child
    gaps = {
        "need_id": one.pk, "household_id": home.pk, "person_id": world.register.head.pk, "child_id": child.pk, "visit_id": visit(world).pk,
        "evidence_id": evidence(world), "report_id": report(world).pk, "user_id": world.handler.pk, "unit_id": world.civil.pk,
        "code": world.xisha.code, "number": one.number, "export_id": export(world)["export_id"], "upload_id": upload(world, "judged")["upload_id"],
    }  # fmt: skip
    words = {one.number, one.summary, world.register.head.name, child.name, child.shown_name, home.number, world.home.number, "大同村小学生",
             "月度核对用", "户.csv", world.handler.username, world.civil.name}  # fmt: skip
    return world, words, gaps, child


def met(client, user, words, gaps, at=""):
    """Return what all addresses together tell a person of the near rows: words, and (address, "opens") of those about one of them.

    at: the pattern of names that the walk is held to: a negative control goes where it will meet something.
    """
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    found = set()
    for name, path in addresses():
        wanted = re.findall(r"<(?:\w+:)?(\w+)>", path)
        if not re.match(at, name) or not set(wanted) <= set(gaps) or name in OF_NOBODY or name.startswith(("account", "mfa")):
            continue
        address = "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda gap: str(gaps[gap[1]]), path)
        near = f"?area={gaps['code']}&figure=needs.open" if BY_AREA.match(name) else ""
        answer = client.get(address + near)
        text = b"".join(answer).decode(errors="ignore") if answer.streaming else answer.content.decode(errors="ignore")
        found |= {word for word in words if word in text}
        # A page of an act shows a need that is seen anyway and why the act is refused, or its form: there alone it opens.
        if (wanted or near) and answer.status_code == 200 and (answer.context or {}).get("verdict", True):
            found.add((name, "opens"))
    return found


OF_NOBODY = {"account_logout"}
BY_AREA = re.compile(r"reporting:(dashboard|rows)|registry:(children|reviews)|casework:ledger|.*figures|.*api_needs")
# Each lacks something the far posts carry: the register, the figures, files, all content, the whole of an area.
PAGED = [(Role.SCHOOL_WORKER, ""), (Role.PROTECTION_OFFICER, ""), (Role.AUDITOR, ""), (Role.BUREAU_WORKER, Line.POLICE)]
ONE = [(Role.AUDITOR, "")]  # has numbers without the rows behind them


@pytest.mark.parametrize("seat", PAGED if WHOLE else ONE, ids=lambda seat: "-".join(filter(None, seat)))
def test_no_address_shows_more_near_for_a_duty_held_far_away(client, filled, seat):
    world, words, gaps, _child = filled
    ((_seat, alone, both),) = persons(world, [seat])
    more = met(client, both, words, gaps) - met(client, alone, words, gaps)
    assert more == set()


def test_with_the_union_of_posts_put_back_the_walk_above_meets_the_near_rows(client, filled, monkeypatch):
    world, words, gaps, _child = filled
    ((_seat, alone, both),) = persons(world, [(Role.SCHOOL_WORKER, "")])
    there = "journal$|registry:household$|casework:open_report"
    known = met(client, alone, words, gaps, there)
    union(monkeypatch)
    assert {"月度核对用", ("registry:household", "opens"), ("casework:open_report", "opens")} <= met(client, both, words, gaps, there) - known


# The doors of a child's file


def doors(actor, child, sealed, planned):
    """Return the doors of a child's file and of a sealed report that open to the actor."""
    number = child.citizen_id
    return {
        "file": bool(can_open_child(actor, child, at=MONDAY)),
        "found by the number": people_found(actor, number).filter(pk=child.pk).exists(),
        "sealed report": visible_reports(actor).filter(pk=sealed.pk).exists(),
        "visit": attempt("registry.open_visit", {"visit_id": planned.pk}, actor) == "yes",
        "file by the act": attempt("registry.open_child_file", {"child_id": child.pk, "reason": "走访前了解情况"}, actor) == "yes",
    }


def more_doors(world, child):
    sealed, planned, found = report(world), visit(world), set()
    for seat, alone, both in persons(world):
        alone, both = (User.objects.get(pk=one.pk) for one in (alone, both))
        before, after = doors(alone, child, sealed, planned), doors(both, child, sealed, planned)
        found |= {(seat, door) for door in after if after[door] and not before[door]}
    return found


def test_no_door_of_a_child_opens_by_a_duty_held_far_away():
    world = World()
    assert more_doors(world, world.register.child) == set()


def test_with_the_union_of_posts_put_back_the_doors_open(monkeypatch):
    world = World()
    union(monkeypatch)
    assert {door for _seat, door in more_doors(world, world.register.child)} >= {"file", "sealed report", "file by the act"}


# Posts in time


@pytest.mark.parametrize(("first", "end"), [(1, None), (-9, 0)], ids=["not begun", "ended today"])
def test_a_post_that_is_not_held_today_lends_neither_its_duty_nor_its_reach(first, end):
    world, day = World(), today(timezone.now())
    person = worker("shijian", "某时", near_unit(world, Role.INSPECTOR, ""), Role.INSPECTOR)
    place = near_unit(world, Role.PROTECTION_OFFICER, "")
    Post.objects.create(user=person, organisation=place, role=Role.PROTECTION_OFFICER, from_on=day + timedelta(days=first),
                        to_on=None if end is None else day + timedelta(days=end))  # fmt: skip
    person = User.objects.get(pk=person.pk)
    assert not visible_reports(person).exists()
    assert not scope.covers(person, world.datong.code, duty=OrgsDuty.PROTECT_CHILDREN)
    assert scope.covers(person, world.datong.code, duty=OrgsDuty.RECHECK_NEEDS)


def test_whoever_left_the_named_unit_yesterday_opens_no_report_that_names_it():
    world = World()
    sealed = report(world)
    sealed.suspects_unit = world.committee
    sealed.save(update_fields=["suspects_unit"])
    assert visible_reports(world.officer).filter(pk=sealed.pk).exists()
    Post.objects.create(user=world.officer, organisation=world.committee, role=Role.VILLAGE_WORKER, from_on=START, to_on=DAY + timedelta(days=2))
    assert not visible_reports(User.objects.get(pk=world.officer.pk)).filter(pk=sealed.pk).exists()


def test_whoever_works_in_two_places_acts_in_the_name_of_the_unit_that_is_there():
    """What is sent back goes to the unit that gave it there, not to the main unit elsewhere, whose people would see it."""
    world = World()
    both = worker("liangdi", "某两地", world.elsewhere, Role.TOWNSHIP_WORKER)
    Post.objects.create(user=both, organisation=world.township, role=Role.TOWNSHIP_WORKER, from_on=START + timedelta(days=1))
    both = User.objects.get(pk=both.pk)
    one = world.need(by=both)
    assert both.org == world.elsewhere
    assert (one.recorded_org, one.steps.get().by_org, one.holdings.get().assigned_by) == (world.township,) * 3


# The rule itself

ASKED = [scope.posts, scope.handles_content, scope.units, scope.unit, scope.reaches, scope.places, scope.in_place, scope.in_reach, scope.covers,
         scope.areas, casework.seen, casework.reaches_over, casework.covers, casework.holds]  # fmt: skip


@pytest.mark.parametrize("question", ASKED, ids=lambda one: one.__name__)
def test_no_question_of_the_scope_is_answered_without_a_duty(question):
    duty = inspect.signature(question).parameters["duty"]
    assert (duty.kind, duty.default) == (inspect.Parameter.KEYWORD_ONLY, inspect.Parameter.empty)


def test_every_question_of_the_scope_is_in_the_list_above():
    asks = {name for name, one in vars(scope).items() if inspect.isfunction(one) and not name.startswith("_") and "actor" in inspect.signature(one).parameters}
    assert asks == {one.__name__ for one in ASKED if one.__module__ == scope.__name__}


def without_a_duty(tree):
    """Yield the line of every call of a question of the scope, or of a need's rules, that names no duty."""
    asked, mine = {one.__name__ for one in ASKED}, set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").rpartition(".")[2] in ("scope", "rules"):
            mine |= {alias.asname or alias.name for alias in node.names if alias.name in asked}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and "duty" not in {keyword.arg for keyword in node.keywords}:
            of_scope = isinstance(node.func, ast.Attribute) and getattr(node.func.value, "id", "") == "scope" and node.func.attr in asked
            if of_scope or getattr(node.func, "id", "") in mine:
                yield node.lineno


def test_every_call_of_the_scope_names_its_duty():
    files = [file for file in HOUSE.rglob("*.py") if "tests" not in file.parts]
    found = {file.relative_to(HOUSE).as_posix(): list(without_a_duty(ast.parse(file.read_text(encoding="utf-8")))) for file in files}
    assert {here: lines for here, lines in found.items() if lines} == {}


def test_a_call_without_a_duty_is_met():
    """The negative control."""
    said = "from wanjia.orgs.scope import covers\ncovers(actor, code)\nscope.in_reach(actor)\ncovers(actor, code, duty=one)"
    assert list(without_a_duty(ast.parse(said))) == [2, 3]


# Where somebody's posts are looked at without a duty, each with its reason.
WHOLE_PERSON = {
    "orgs/scope.py": "the one place",
    "orgs/asked_by.py": "it stands for the posts themselves: the rules that make a question ask for their duties",
    "orgs/content.py": "who has any post at all is told why the door is shut",
    "orgs/models/users.py": "the posts themselves",
    "orgs/lines.py": "a line is written for some unit, by its duty where one has it",
    "orgs/second_person": "a role vouches by the very post that covers the place",
    "care/demo/": "the demo asks where its people stand, not what they may",
    "labour/demo/units.py": "the demo asks where its people stand, not what they may",
    "schools/demo/": "the demo asks where its people stand, not what they may",
    "village/demo/": "the demo asks where its people stand, not what they may",
    "schools/simulating/evenings.py": "the simulated year asks where its people stand, not what they may",
    "orgs/agreeing": "nobody of any unit of whoever asks for a change may agree to it",
    "casework/assignment/rules.py": "the post in the holder's unit must carry the duty itself",
    "casework/handling/rules.py": "whoever answers for a need in any unit may not take it back",
    "casework/protection": "everybody must be able to report; the own county's units come first in a list",
    "casework/ledger": "why a page is empty for whoever has a post",
    "orgs/areas/queries.py": "where one may stand",
    "registry/access/rules.py": "of none of the lines of whoever decides may the reader be, by whatever post",
    "registry/access/commands.py": "of none of the reader's units may anybody decide on his reading",
    "office/erasing/rules.py": "two people of the office, wherever they work",
}


def looked_at(tree):
    """Yield the line of every look at somebody's posts or units that names no duty, and of every any_post without a reason."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in ("live_posts", "orgs") and not (isinstance(node.value, ast.Name) and node.value.id == "wanjia"):
            yield "look", node.lineno
        if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) == "any_post":
            why = node.args[0] if node.args else None
            if not (isinstance(why, ast.Constant) and isinstance(why.value, str) and len(why.value) >= 20):
                yield "no reason", node.lineno


def test_nobody_looks_at_all_posts_of_a_person_without_a_reason():
    found = {}
    for file in HOUSE.rglob("*.py"):
        here = file.relative_to(HOUSE).as_posix()
        if "tests" not in file.parts and not any(here.startswith(known) for known in WHOLE_PERSON):
            found[here] = list(looked_at(ast.parse(file.read_text(encoding="utf-8"))))
    assert {here: lines for here, lines in found.items() if lines} == {}


def test_the_look_above_is_met():
    """The negative control."""
    said = "def f(actor):\n    return actor.orgs, any_post(''), actor.live_posts, any_post('a place of the menu without a duty')"
    assert sorted(kind for kind, _line in looked_at(ast.parse(said))) == ["look", "look", "no reason"]
