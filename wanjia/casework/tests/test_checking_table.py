"""`wanjia check` holds sessions and clocks against the acts that wrote them: who may sign, whose choice stands and what a date is go by these rows."""

import pytest
from django.db import connection

from wanjia.kernel import triggers
from wanjia.orgs.checking.queries import differences
from wanjia.orgs.roles import Role

from ..clock import commands as clock
from ..sessions.commands import call_session, decide_item, hold_session, keep_dissent, note_attendance, put_off_item, sign_session
from ..states import NeedState as S
from . import clock_acts
from .acts import CALLED, DECISION, came, contested
from .factories import later, worker
from .walk import bring


def found():
    return list(differences(later(days=20)))


@pytest.fixture
def whole(world):
    """A session signed, one held, one called; a need whose holder asks whose it is; one put off, one stopped, one with a plan."""
    clerk, leader = world.clerk, worker("xisha-lingdao", "高领导", world.township, Role.TOWNSHIP_LEADER)
    for state, hours in (("signed", 1), ("held", 3), ("called", 5)):
        at = {"by": clerk, "at": later(2, hours=hours)}
        bring(world, S.ADMITTED)
        one = call_session(**CALLED | {"on": later(2).date(), "place": state}, units=[world.civil, world.education], **at)
        note_attendance(session_id=one.pk, came=came(world, education=""), **at)
        if state == "called":
            continue
        what = DECISION | {"holder": world.civil, "dissent_by": world.education, "dissent": "没有这笔经费"}
        decide_item(item_id=one.items.get().pk, **what, **at)
        keep_dissent(item_id=one.items.get().pk, organisation=world.civil, words="请财政局一起来", by=clerk, at=later(2, hours=hours + 1))
        hold_session(session_id=one.pk, by=clerk, at=later(2, hours=hours + 1))
        if state == "signed":
            sign_session(session_id=one.pk, by=leader, at=later(2, hours=hours + 1))
    stands = {name: bring(world, S.ACCEPTED).pk for name in ("contested", "asked", "stopped", "extended")}
    contested(world, {"need_id": stands["contested"]})
    clock_acts.asked(world, {"need_id": stands["asked"]})
    clock_acts.stopped(world, {"need_id": stands["stopped"]})
    clock_acts.granted(world, {"need_id": stands["extended"]})
    clock_acts.with_step(world)
    assert found() == []
    return stands


def one(state):
    """Return the condition that names a session of that state."""
    return f"WHERE place = '{state}'"


HELD = f"(SELECT id FROM casework_session {one('held')})"
SPOILT = [
    # (kind, column that is named, the statement by which somebody behind the acts' back spoils it)
    ("session", "kept_by", f"UPDATE casework_session SET kept_by_id = (SELECT id FROM orgs_user WHERE username = 'xisha-lingdao') {one('held')}"),
    ("session", "kept_by", f"UPDATE casework_session SET kept_by_id = NULL {one('held')}"),
    ("session", "called_by", f"UPDATE casework_session SET called_by_id = (SELECT id FROM orgs_user WHERE username = 'xisha-lingdao') {one('held')}"),
    ("session", "desk", f"UPDATE casework_session SET called_org_id = NULL {one('held')}"),
    ("session", "area", f"UPDATE casework_session SET area_id = '530625000000' {one('held')}"),
    ("session", "decision.by", "UPDATE casework_decision SET by_id = (SELECT id FROM orgs_user WHERE username = 'xisha-lingdao')"),
    ("session", "state", f"UPDATE casework_session SET state = 'called' {one('held')}"),
    ("session", "state", f"UPDATE casework_session SET state = 'signed' {one('held')}"),
    ("session", "on", f"UPDATE casework_session SET \"on\" = '2026-12-04' {one('called')}"),
    ("session", "came", f"UPDATE casework_seat SET person = '' WHERE session_id = {HELD}"),
    ("session", "came", f"UPDATE casework_seat SET person = '周教体' WHERE session_id = {HELD} AND person = ''"),
    ("session", "came", f"DELETE FROM casework_seat WHERE session_id = {HELD}"),
    ("session", "agenda", f"DELETE FROM casework_sessionitem WHERE session_id IN (SELECT id FROM casework_session {one('called')})"),
    ("session", "agenda", f"UPDATE casework_sessionitem SET session_id = {HELD}, n = 2 WHERE state = 'open'"),
    ("session", "item", "UPDATE casework_sessionitem SET state = 'put_off' WHERE state = 'decided'"),
    ("session", "item", "UPDATE casework_sessionitem SET state = 'lapsed' WHERE state = 'decided'"),
    ("session", "item", "UPDATE casework_sessionitem SET state = 'decided' WHERE state = 'open'"),
    ("session", "decision", "UPDATE casework_decision SET due_on = '2026-12-31'"),
    ("session", "decision", "UPDATE casework_decision SET helpers = '[\"x\"]'"),
    ("session", "decision", "UPDATE casework_decision SET urgency = 'critical'"),
    ("session", "dissent", f"DELETE FROM casework_dissent WHERE item_id IN (SELECT id FROM casework_sessionitem WHERE session_id = {HELD})"),
    ("session", "dissent", "UPDATE casework_dissent SET organisation_id = (SELECT organisation_id FROM casework_seat WHERE person <> '' LIMIT 1)"),
    ("session", "words", "UPDATE casework_dissent SET words = '没有意见'"),
    ("session", "minutes", "DELETE FROM casework_minutes"),
    ("session", "content", "UPDATE casework_minutes SET digest = 'x'"),
    ("session", "journal", "UPDATE casework_minutes SET digest = 'x'"),
    ("need", "contested_at", "UPDATE casework_need SET contested_at = NULL WHERE id = {contested}"),
    ("need", "contested_at", "UPDATE casework_need SET contested_at = '2026-11-04 01:00:00' WHERE id = {asked}"),
    ("need", "asked_for", "UPDATE casework_need SET asked_for = '' WHERE id = {asked}"),
    ("need", "asked_until", "UPDATE casework_need SET asked_until = '2026-12-31' WHERE id = {asked}"),
    ("need", "asked_in", "UPDATE casework_need SET asked_in = NULL WHERE id = {asked}"),
    ("need", "runs_on", "UPDATE casework_need SET runs_on = '2026-12-31' WHERE id = {stopped}"),
    ("need", "stopped_on", "UPDATE casework_need SET stopped_on = '2026-11-02' WHERE id = {stopped}"),
    ("need", "stopped_days", "UPDATE casework_need SET stopped_days = 9 WHERE id = {stopped}"),
    ("need", "papers_stopped", "UPDATE casework_need SET papers_stopped = '0' WHERE id = {stopped}"),
    ("need", "stop_reason", "UPDATE casework_need SET stop_reason = 'season' WHERE id = {stopped}"),
    ("need", "extended_from", "UPDATE casework_need SET extended_from = NULL WHERE id = {extended}"),
    ("need", "extension_told_on", "UPDATE casework_need SET extension_told_on = '2026-11-05' WHERE id = {extended}"),
    ("plan", "milestone.set", "DELETE FROM casework_milestone"),
    ("plan", "milestone.done", "UPDATE casework_milestone SET done_at = set_at, done_on = '2026-11-06'"),
    ("plan", "milestone.due_on", "UPDATE casework_milestone SET due_on = '2026-12-09'"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "column", "statement"), SPOILT, ids=[f"{kind}-{column}-{at}" for at, (kind, column, _) in enumerate(SPOILT)])
def test_what_is_spoilt_behind_the_acts_is_named(whole, kind, column, statement):
    """`whole` itself is the control: after the acts alone, nothing is named."""
    triggers.lift()
    keys = {name: f"'{pk.hex if connection.vendor == 'sqlite' else pk}'" for name, pk in whole.items()}
    for name, key in keys.items():
        statement = statement.replace(f"{{{name}}}", key)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL DEFERRED" if connection.vendor == "postgresql" else "PRAGMA defer_foreign_keys = ON")
        cursor.execute(statement)
    assert (kind, column) in {(one.kind, one.column) for one in found()}


def test_put_off_items_are_whole_and_a_bent_day_is_named(world):
    bring(world, S.ADMITTED)
    session = call_session(**CALLED | {"on": later(2).date()}, by=world.clerk, at=later(2))
    put_off_item(item_id=session.items.get().pk, reason="要等住建局鉴定", until=later(3).date(), by=world.clerk, at=later(2, hours=1))
    assert found() == []
    triggers.lift()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE casework_decision SET put_off_on = '2027-01-01'")
    assert ("session", "decision") in {(one.kind, one.column) for one in found()}


def test_a_step_of_another_day_is_not_taken_for_done(world):
    """The day on which a step was reached is held against the line that says so."""
    plan = clock_acts.with_step(world)
    clock.reach_milestone(**plan, done_on=later(4).date(), by=world.handler, at=later(5))
    assert found() == []
    triggers.lift()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE casework_milestone SET done_on = '2026-11-02'")
    assert ("plan", "milestone.done_on") in {(one.kind, one.column) for one in found()}
