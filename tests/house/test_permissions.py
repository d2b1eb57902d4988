"""The permission matrix: every act × every role × near and far, against one reviewed table: `permissions.csv`, and the rows of newer acts beside them (`may`).

A cell says what happens when a person of that role, in the unit where such a person would sit, tries the act on a row that is
ready for it: "yes" or "no". Far is the same role in another place: there only acts that are everybody's may be "yes".
In `make test` each act is tried by a third of those far away (shares.py).
To review a change: `WANJIA_WRITE_MATRIX=1 pytest tests/house/test_permissions.py`, then read the difference.
"""

import csv
import os
from pathlib import Path

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.http import Http404

from wanjia.casework.tests.factories import area, unit, worker
from wanjia.kernel.command import COMMANDS
from wanjia.orgs.models import Level, Line, Tier, User
from wanjia.orgs.roles import Role
from wanjia.verdict import Refused

from .acts import ACTS, World
from .shares import mine

pytestmark = pytest.mark.django_db
TABLE = Path(__file__).with_name("permissions.csv")
# Acts that every member of staff may do wherever they sit, each with its reason.
EVERYBODYS = {
    "casework.report_child": "未成年人保护法 art. 11 binds everybody",
    "orgs.change_own_password": "one's own",
    "orgs.keep_own_profile": "one's own",
    "casework.keep_ledger_view": "one's own",
    "orgs.end_own_sessions": "one's own",
    "casework.answer_by_slip": "the slip speaks, not the user",
    "casework.voice_from_away": "the slip speaks, not the user",
    "labour.answer_by_slip": "the slip speaks, not the user",
    "labour.ask_by_slip": "the slip speaks, not the user",
    "labour.voice_by_slip": "the slip speaks, not the user",
    "labour.count_work_slip_miss": "nobody signs in to mistype",
    "care.claim_wish": "the public page speaks, not the user",
    "care.give_up_by_slip": "the slip speaks, not the user",
    "care.count_wish_miss": "nobody signs in to mistype",
    "schools.count_bus_slip_miss": "nobody signs in to mistype",
    "village.take_token": "the link speaks, not the user",
    "village.bring_proposal": "the public page speaks, not the user",
    "village.object_from_page": "the public page speaks, not the user",
    "village.ask_again": "the slip speaks, not the user",
    "village.cast_ballot": "the card or token speaks, not the user",
    "registry.look_up_number": "the look-up writes who asked; what may be seen is judged by the list that answers",
    "orgs.anchor_journal": "an anchor holds no content and belongs to no place",
    "casework.count_slip_miss": "nobody signs in to mistype",
    "casework.publish_minors_audit": "whoever reads a county's journal publishes that county's own audit",
    "registry.ask_access": "whoever works with homes may come to need the file of a child elsewhere: another line decides",
    "registry.break_glass": "the same in an emergency: told at once, an hour, reviewed by another line",
    "labour.begin_load": "a load is for the own area; what it may write is judged row by row",
    "labour.send_roll": "a file is kept for the own unit; what it may write is judged row by row",
    "registry.receive_upload": "a file is kept for the own unit; what it may write is judged row by row",
    "orgs.create_user": "an account without a post may do nothing; posts are given only in one's own area",
    "casework.retime_need": "the calendar is one for the whole country, and so is what follows it",
    "orgs.decide_workdays": "whoever watches over the work of others in another unit than the asker's; the calendar is one for the whole country",
    "orgs.stop_recount": "the calendar is one for the whole country, and so is what follows it",
    "orgs.resume_recount": "the calendar is one for the whole country, and so is what follows it",
    "orgs.keep_workday": "the calendar is one for the whole country",
    "orgs.clear_workday": "the calendar is one for the whole country",
    "orgs.load_workdays": "the calendar is one for the whole country",
    "orgs.load_published_workdays": "the calendar is one for the whole country",
    "labour.add_employer": "kept for the own area; which firms there are is known to all who serve labourers",
    "labour.record_complaint": "whoever serves a labourer hears what he complains of, wherever the employer is; it is judged by the office that keeps it",
    "labour.write_vacancy": "a vacancy is kept for the own area, whoever keeps the employer",
    "labour.add_agreement": "kept for the own area",
    "reporting.ask_export": "asks for what the asker sees",
}


def crowd(world):
    """Return {(role, near or far): user}: one person of each role at the place of the rows, and one elsewhere."""
    far_county = area("530621000000", "鲁甸县", Level.COUNTY)
    far_town = area("530621101000", "水磨镇", Level.TOWNSHIP, far_county)
    far_village = area("530621101201", "铁厂村", Level.VILLAGE, far_town)
    near = {Tier.COUNTY: world.office, Tier.TOWNSHIP: world.township, Tier.VILLAGE: world.committee}
    far = {
        Tier.COUNTY: unit("鲁甸县台账办", Tier.COUNTY, far_county),
        Tier.TOWNSHIP: unit("水磨镇人民政府", Tier.TOWNSHIP, far_town),
        Tier.VILLAGE: unit("铁厂村委会", Tier.VILLAGE, far_village),
    }
    own = {
        Role.INSPECTOR: (world.oversight, far[Tier.COUNTY]),  # not beside the caller: who asked the household does not look again
        Role.BUREAU_WORKER: (world.civil, unit("鲁甸县民政局", Tier.COUNTY, far_county, Line.CIVIL)),
        Role.BUREAU_HEAD: (world.civil, unit("鲁甸县民政局", Tier.COUNTY, far_county, Line.CIVIL)),
        Role.STATION_WORKER: (unit("细沙乡民政办", Tier.TOWNSHIP, world.xisha, Line.CIVIL), unit("水磨镇民政办", Tier.TOWNSHIP, far_town, Line.CIVIL)),
        Role.SCHOOL_WORKER: (unit("细沙乡中心校", Tier.TOWNSHIP, world.xisha, Line.EDUCATION), unit("水磨镇中心校", Tier.TOWNSHIP, far_town, Line.EDUCATION)),
    }
    tiers = {Role.VILLAGE_WORKER: Tier.VILLAGE, Role.TOWNSHIP_WORKER: Tier.TOWNSHIP, Role.TOWNSHIP_LEADER: Tier.TOWNSHIP}
    people = {}
    for role in Role:
        here, there = own.get(role) or (near[tiers.get(role, Tier.COUNTY)], far[tiers.get(role, Tier.COUNTY)])
        people[role, "near"] = worker(f"near-{role}", f"近{role.label}"[:20], here, role)
        people[role, "far"] = worker(f"far-{role}", f"远{role.label}"[:20], there, role)
    return people


def attempt(name, what, user):
    """Try one act and undo it; tell whether it was allowed."""
    act = ACTS[name]
    try:
        with transaction.atomic():
            COMMANDS[name](by=User.objects.get(pk=user.pk), at=act.at, **what)
            transaction.set_rollback(True)
    except (Refused, ObjectDoesNotExist, Http404):
        return "no"
    return "yes"


def table():
    """Return {act: {role: yes/no near}} of the table."""
    if not TABLE.exists():
        return {}
    with TABLE.open(encoding="utf-8") as file:
        return {row.pop("act"): row for row in csv.DictReader(file)}


def beside():
    """Return the same of the acts whose row says itself who may (tests/acts.py of an app)."""
    return {name: {role.value: "yes" if role.value in row.may.split() else "no" for role in Role} for name, row in ACTS.items() if row.may}


def expected():
    """Return {act: {role: yes/no near}} as reviewed."""
    return table() | beside()


FOUND = {}


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_who_may(name):
    world = World()
    people, what = crowd(world), ACTS[name].make(world)
    near = {role.value: attempt(name, what, people[role, "near"]) for role in Role}
    FOUND[name] = near
    if name not in EVERYBODYS:
        at = sorted(COMMANDS).index(name)  # each act tries a third of those from elsewhere, the next act another
        far = {role.value for turn, role in enumerate(Role) if mine(at, turn) and attempt(name, what, people[role, "far"]) == "yes"}
        assert far == set(), "somebody from elsewhere may do this"
    if not os.environ.get("WANJIA_WRITE_MATRIX"):
        assert near == expected().get(name), "the reviewed table says otherwise"


def test_each_row_stands_once_and_names_roles():
    assert set(table()) & set(beside()) == set(), "in the table and beside the act"
    assert {role for row in ACTS.values() for role in row.may.split()} <= set(Role.values)


@pytest.mark.skipif(not os.environ.get("WANJIA_WRITE_MATRIX"), reason="writes the table for review")
def test_zz_write_the_table():
    with TABLE.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, ["act", *Role.values])
        writer.writeheader()
        writer.writerows({"act": name, **row} for name, row in sorted(FOUND.items()) if not ACTS[name].may)
