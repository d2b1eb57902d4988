"""Where every page of the house stands open, and to whom: a world in which something stands in every list."""

import os
import time
from datetime import date
from itertools import product

from django.test import Client
from django.urls import resolve, reverse

from tests.fuzz.pages import KNOWN
from tests.house import acts, worlds
from tests.house.test_pages import names
from wanjia.casework.minors.commands import publish_minors_audit
from wanjia.casework.models import CellChange, Need, ProtectionReport, Session, SessionItem, SubTask
from wanjia.casework.sessions import commands as sessions
from wanjia.casework.states import NeedState
from wanjia.casework.tests import acts as casework_acts
from wanjia.casework.tests import clock_acts, together_acts, walk
from wanjia.casework.tests.factories import later
from wanjia.office.tests import acts as retention_acts
from wanjia.orgs.models import AreaAlias, DayChange, Sponsorship, User
from wanjia.registry.models import Absence
from wanjia.registry.people.commands import record_absence
from wanjia.reporting.notices.commands import print_monthly

SIGN_IN = "django.contrib.auth.backends.ModelBackend"
WHO = ("clerk", "ledger", "visitor", "handler", "caller", "inspector", "officer", "admin", "auditor", "leader", "township_leader", "labour", "away", "care", "helper", "schools", "headmaster", "gates", "mediator", "secretary", "organiser")
GAPS = {gap: (rows,) for gap, rows in KNOWN.items()} | {
    "session_id": (Session,), "item_id": (SessionItem,), "task_id": (SubTask,), "report_id": (ProtectionReport,), "change_id": (DayChange, CellChange), "alias_id": (AreaAlias,), "row_id": (Need,),
}  # fmt: skip
TRIES = 60 if os.environ.get("WANJIA_WHOLE_PROOF") else 15
WORDS = {"number": [1, 2], "year": [2026], "quarter": [4], "kind": ["needs", "assignment"], "line": ["father"], "figure": ["emergencies"], "template": ["household", "pairs"]}


def plant(world):
    """Make one of everything by the commands; return the code of a slip whose need is reported done."""
    home = world.register.home
    for state in NeedState:
        walk.bring(world, state, household=home)
    for make in (worlds.withdrawing, worlds.planned, worlds.evidence, worlds.visited, acts.visit, acts.status, acts.merge, acts.export, acts.report,
                 worlds.proposed, worlds.waiting, worlds.waiting_cell, worlds.outdated, worlds.header, worlds.ambiguous):  # fmt: skip
        make(world)
    for make in (_sat, casework_acts.called, together_acts.asked, together_acts.taken, together_acts.sent_back, clock_acts.with_step):
        make(world)
    acts.beside(world)
    retention_acts.held(world)
    retention_acts.listed(world)
    publish_minors_audit(year=2026, by=acts.actor(world, "auditor"), at=acts.MONDAY)
    print_monthly(area=world.xisha, month="202609", kind="board", by=casework_acts.anew(world, "township_leader"), at=acts.MONDAY)
    acts.upload(world, "judged")
    if not Absence.objects.filter(person=world.register.head, to_on=None).exists():  # care's world may have sent him away already
        record_absence(person_id=world.register.head.pk, place="宁波", by=world.visitor, at=acts.MONDAY)
    AreaAlias.objects.create(area=world.datong, name="旧名")
    Sponsorship.objects.create(organisation=world.civil, area=world.xisha, from_on=date(2026, 1, 1))
    world.register.register("赵家旺", date(1986, 3, 3), 57)
    return walk.reported_with_slip(world)[1]


def _sat(world):
    """Hold a session: its first item is decided, the others wait for the next one."""
    session, who = casework_acts.called(world), {"by": casework_acts.anew(world, "clerk"), "at": later(hours=7)}
    for at, item in enumerate(session.items.order_by("n")):
        if at == 0:
            sessions.decide_item(item_id=item.pk, **casework_acts.DECISION, holder=world.civil, **who)
        else:
            sessions.put_off_item(item_id=item.pk, reason="等到户看过再定", until=later(2).date(), **who)
    sessions.note_attendance(session_id=session.pk, came=casework_acts.came(world), **who)
    sessions.hold_session(session_id=session.pk, **who)


def values(world, gap):
    """Return what may stand in a gap of an address."""
    if gap == "child_id":
        return [world.register.child.pk]
    return WORDS.get(gap) or [pk for rows in GAPS[gap] for pk in rows.objects.values_list("pk", flat=True)[:30]]


def signed_in(world, who):
    """Return the client of somebody who has just signed in with a password."""
    client, user = Client(), getattr(world, who)
    client.force_login(type(user).objects.get(pk=user.pk), backend=SIGN_IN)
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time(), "username": user.username}]
    session.save()
    return client


def found(world, half):
    """Return ({name: (who, address, whether an act is asked there)}, {name: why it was not found}) of every second address, from the first (0) or the second (1), that has a page of the frame."""
    doors, shut, people = {}, {}, {}
    for who in WHO:
        people[who] = signed_in(world, who), User.objects.get(pk=getattr(world, who).pk)
    for name, gaps in sorted(names())[half::2]:
        answer = _search(world, name, gaps, dict(people)) if not {"code", "secret"} & set(gaps) else "who has no account"
        (shut if isinstance(answer, str) else doors)[name] = answer
    return doors, shut


def _search(world, name, gaps, people):
    """Return (who, address, whether an act is asked there) of the first page that lets the act be done, else of the first that opens, else why none does. An act is looked for on so many pages that open."""
    second, opened, why = None, 0, "nothing stands there"
    for chosen in product(*(values(world, gap) for gap in gaps)):
        path = reverse(name, kwargs=dict(zip(gaps, chosen, strict=True)))
        duties = getattr(resolve(path).func, "guard", None)
        for who, (client, user) in list(people.items()):
            if isinstance(duties, tuple) and not user.has_duty(*duties):
                del people[who]  # whatever the row: the guard's own question, asked without opening the page
                continue
            answer = client.get(path)
            if answer.status_code == 405:
                return "405"
            if answer.status_code == 403:
                del people[who]
            why = str(answer.status_code)
            if answer.status_code != 200:
                continue
            if not answer.headers.get("Content-Type", "").startswith("text/html") or b"<html" not in answer.content:
                return "no page"
            said = answer.context or {}
            verdict, found = said.get("verdict", True), (who, path, "act" in said)
            if verdict in ("", None) or verdict:
                return found
            second, opened = second or found, opened + 1
            if opened == TRIES:
                return second
    return second or why
