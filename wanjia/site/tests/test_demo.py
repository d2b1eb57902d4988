"""The demo world: whole, plausible, and built once."""

import json
import os
import sqlite3
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from django.db import transaction
from django.utils import timezone

from tests.whole import HOUSE, assert_whole, assert_whole_apart
from wanjia.kernel.calendar import today
from wanjia.kernel.models import CalendarDay, Entry
from wanjia.office.models import Installation
from wanjia.office.starting.commands import open_office
from wanjia.office.starting.rules import INSTALLER
from wanjia.orgs.areas.queries import AreaNames
from wanjia.orgs.handing.queries import visible
from wanjia.orgs.models import Area, Handover, Organisation, Post, Sponsorship, User
from wanjia.orgs.roles import EXCLUSIVE, Role
from wanjia.orgs.sponsorship.queries import coverage
from wanjia.registry.households.commands import register_household
from wanjia.registry.models import Visit
from wanjia.site.cli import build_parser
from wanjia.site.demo.leaving import somebody_leaves
from wanjia.site.demo.people import name_for
from wanjia.site.demo.world import INSTALLER as BUILDER
from wanjia.site.demo.world import PASSWORD, build_world
from wanjia.verdict import Refused

DAY = date(2024, 1, 10)
MODELS = [Area, CalendarDay, Entry, Organisation, Post, Sponsorship, User]


def counts():
    return {model.__name__: model.objects.count() for model in MODELS}


@pytest.fixture
def xisha(db):
    """The world with the people of 细沙乡 alone: quick."""
    return build_world(townships=["细沙乡"])


def test_a_second_run_changes_nothing(xisha):
    before = counts()
    build_world(townships=["细沙乡"])

    assert counts() == before


def test_a_second_run_adds_only_what_was_missing(xisha):
    before = counts()
    build_world(townships=["细沙乡", "青胜乡"])

    assert User.objects.filter(username="qingsheng").exists()
    assert counts()["Area"] == before["Area"]
    assert User.objects.filter(username="xisha").count() == 1


def test_accounts_are_named_by_their_place_and_open_with_the_printed_password(xisha):
    for username in ("xisha", "datong", "yongshan", "minzheng", "jiaoti", "renshe", "huifang", "duban", "lingdao", "weibao",
                     "admin", "shenji", "liangwan", "huatan", "xisha-shequ"):  # fmt: skip
        assert xisha.user(username).check_password(PASSWORD), username
    assert xisha.user("datong").org.area.short_name == "大同村"
    assert ("xisha", "乡镇台账员", "细沙乡人民政府") in xisha.accounts


@pytest.fixture(scope="module")
def whole(django_db_setup, django_db_blocker):
    """The whole world, built once for the tests below, which only read."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_world()
        transaction.set_rollback(True)


def test_the_county_is_whole(whole):
    assert Area.objects.filter(parent=whole.county, to_on=None).count() == 16
    workers = Post.objects.filter(role=Role.TOWNSHIP_WORKER, organisation__area__parent=whole.county)
    assert workers.values("organisation__area").distinct().count() == 16
    assert Post.objects.filter(role=Role.VILLAGE_WORKER, organisation__area__code__startswith="530625").count() == 143
    # A mediator and a branch have their people from the village's own life, not from the county's frame.
    assert {post.role for post in Post.objects.all()} == set(Role.values) - {Role.MEDIATOR, Role.BRANCH_SECRETARY, Role.BRANCH_ORGANISER}
    assert_whole()


def test_whoever_answers_for_a_school_works_at_one(whole):
    lines = {post.organisation.name: post.organisation.line for post in Post.objects.filter(role__in=("headmaster", "school_worker")).select_related("organisation")}
    assert len(lines) > 16 and set(lines.values()) == {"education"}


def test_one_village_has_no_sponsor_and_none_has_two(whole):
    found = coverage(whole.county, DAY)

    assert [village.short_name for village in found.gaps] == ["长海村"]
    assert found.overlaps == []


def test_nobody_holds_roles_that_exclude_one_another(whole):
    held = {}
    for post in Post.objects.all():
        held.setdefault(post.user_id, set()).add(post.role)
    assert not [roles for roles in held.values() if any(pair <= roles for pair in EXCLUSIVE)]


def test_places_are_known_as_papers_write_them(whole):
    areas = AreaNames.load()

    assert areas.place(township="溪洛渡镇永兴社区片", village="顺河村").area.parent.short_name == "永兴街道"
    assert areas.find("花园片区").area.name == "花田片区"


def test_the_same_account_always_gets_the_same_invented_name():
    names = Counter(name_for(f"user{n}") for n in range(300))

    assert name_for("xisha") == name_for("xisha")
    assert max(names.values()) < 10


def test_no_demo_account_comes_to_be_in_an_office(db):
    open_office(kind="office", by=INSTALLER, at=timezone.now())
    with pytest.raises(Refused):
        build_world(townships=["细沙乡"])
    assert User.objects.count() == 0


def test_no_demo_account_comes_to_be_beside_real_ones(db):
    User.objects.create(username="real", name="王真实", password="argon2$of-his-own")
    with pytest.raises(Refused):
        build_world(townships=["细沙乡"])
    assert User.objects.get().username == "real"


def test_a_demo_says_in_its_database_what_it_is(xisha):
    """Negative control of the two above: in an empty database the same call plants accounts, and marks it for good."""
    assert User.objects.count() > 10
    assert Installation.objects.get().kind == "demo"
    with pytest.raises(Refused):
        open_office(kind="office", by=INSTALLER, at=timezone.now())


def test_ready_made_hashes_are_planted_by_the_demo_and_by_simulated_counties_alone():
    house = Path(__file__).resolve().parents[2]
    planting = [path.relative_to(house).as_posix() for path in house.rglob("*.py") if "hashed=True" in path.read_text() and "tests" not in path.parts]
    assert sorted(planting) == ["casework/simulating/offices.py", "labour/demo/whole_city.py", "site/demo/leaving.py", "site/demo/world.py", "site/simulating/town.py", "village/demo/branch.py", "village/simulating/year.py"]


XISHA = "LIKE '530625202%'"
LIVES = "SELECT 1 FROM registry_membership m WHERE m.household_id = s.household_id AND m.to_on IS NULL"
WAITS = [
    f"SELECT count(*) FROM casework_session WHERE area_id {XISHA} AND state = 'called'",
    f"SELECT count(*) FROM casework_session WHERE area_id {XISHA} AND state = 'held'",
    "SELECT count(*) FROM orgs_handover h JOIN orgs_organisation o ON o.id = h.told_id WHERE h.done_at IS NULL AND o.area_id = '530625202000'",
    f"SELECT count(*) FROM (SELECT 1 FROM registry_person WHERE village_id {XISHA} GROUP BY name, birth_on, village_id HAVING count(*) > 1)",
    f"SELECT count(*) FROM registry_datedstatus s WHERE s.scheme = 'relief' AND s.to_on IS NULL AND s.household_id IS NOT NULL AND NOT EXISTS ({LIVES})",
]


def test_who_leaves_a_village_leaves_his_visits_to_the_township_to_hand_over_once(xisha, capsys):
    village = xisha.user("datong").posts.get().organisation.area_id
    home = register_household(village_code=village, head={"name": "王建国", "id_absent_reason": "to_follow"}, by=xisha.user("datong"), at=timezone.now())
    for _again in range(2):
        somebody_leaves(xisha, by=BUILDER, hashed="!", at=timezone.now())
    one = Handover.objects.get()
    assert (one.told, one.due_on > today(timezone.now())) == (xisha.user("xisha").posts.get().organisation, True)
    assert [visit.household for visit in Visit.objects.filter(planned_by=one.user)] == [home]
    assert visible(xisha.user("xisha")).get() == one
    args = build_parser().parse_args(["check", "--json"])
    assert args.run(args) == 0, "work that goes on is no fault"
    told = json.loads(capsys.readouterr().out)
    assert (told["differences"], told["waits"], [line["kind"] for line in told["waiting"]]) == (0, 1, ["handover"])


@pytest.fixture
def apart(tmp_path):
    """The environment of a demo in processes of its own, with its own database and keys."""
    return {**os.environ, "WANJIA_VAR": str(tmp_path), "DATABASE_URL": f"sqlite:///{tmp_path}/demo.sqlite3",
            "WANJIA_KEYRING": f"{tmp_path}/keyring.json", "PYTHONPATH": str(HOUSE)}  # fmt: skip


@pytest.mark.proof
def test_the_whole_demo_is_one_truth_and_a_need_bent_in_it_is_found(apart, tmp_path):
    """`wanjia demo` as it is delivered, then `wanjia check`: no difference; with a need changed past the acts, one (negative control)."""
    done = subprocess.run([sys.executable, "-m", "wanjia.site.cli", "demo", "--json"], cwd=HOUSE, env=apart, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    figures = {row["id"]: row["n"] for row in json.loads(done.stdout.strip().splitlines()[-1])["figures"]}
    assert figures["needs.received"] > 100
    assert_whole_apart(apart)
    with sqlite3.connect(tmp_path / "demo.sqlite3") as database:
        seen = {table: database.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("casework_rung", "casework_digest", "registry_aidcut")}
        grouped = database.execute("SELECT count(*) FROM registry_household WHERE group_name <> ''").fetchone()[0]
        assert all(seen.values()) and grouped >= 3, "whoever signs in finds what the clock has done, and a hamlet's matter"
        assert all(database.execute(one).fetchone()[0] for one in WAITS), "the tour's township finds each kind of work of its own"
        database.execute("UPDATE casework_need SET confirmed = 'solved' WHERE id = (SELECT id FROM casework_need WHERE confirmed <> 'solved' LIMIT 1)")
    with pytest.raises(AssertionError, match="confirmed"):
        assert_whole_apart(apart)
