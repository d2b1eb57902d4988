"""`wanjia check` finds nothing after any acts, and names every kind of thing that was spoilt behind the acts' back."""

import hashlib
from datetime import date, timedelta

import pytest
from django.db import connection

from wanjia.casework.assignment.commands import assign_need
from wanjia.casework.callback.commands import call_back
from wanjia.casework.closing.commands import recheck_need
from wanjia.casework.handling.commands import report_done
from wanjia.casework.importing.commands import take_ledger_row
from wanjia.casework.ledger.queries import TABS, tab_counts
from wanjia.casework.models import Callback, Holding, Need, Saying, Step
from wanjia.casework.rules import visible_needs
from wanjia.casework.slip.commands import HOUSEHOLD, answer_by_slip, issue_slip
from wanjia.casework.states import NeedState as S
from wanjia.casework.tests.factories import MONDAY, later
from wanjia.casework.tests.walk import DONE, bring, reported_with_slip
from wanjia.indicators.definitions import everything
from wanjia.kernel import triggers
from wanjia.kernel.calendar import today
from wanjia.kernel.erasure import WORD
from wanjia.kernel.models import Entry
from wanjia.orgs.accounts.commands import end_post, give_post
from wanjia.orgs.checking.queries import differences
from wanjia.orgs.tests.factories import INSTALLER
from wanjia.registry.importing.commands import receive_upload
from wanjia.reporting.figures.queries import count, rows_of
from wanjia.reporting.models import Paper, PublishedNotice
from wanjia.reporting.notices.commands import print_monthly

from ..exporting.queries import selected
from .test_notices import LEDGER_ROW, import_back_dated
from .wander import SEEDS, wander

NOW = later(days=20)


def found(at=NOW):
    return list(differences(at))


@pytest.mark.parametrize("seed", SEEDS)
def test_a_need_is_the_fold_of_its_timeline_whatever_was_done(world, seed):
    for at in wander(world, seed):
        assert found(at) == []
        live, past = (count(Need.objects.all(), day, today(at), items=everything("needs")) for day in (None, today(at)))
        assert live == past
        same_rows_either_way(world, today(at))
    import_back_dated(world, at + timedelta(hours=1))
    print_monthly(area=world.county, month="202611", by=world.ledger, at=at + timedelta(hours=2))
    assert found(at + timedelta(hours=3)) == []


def same_rows_either_way(world, day):
    """Whatever can be counted counts the same needs when asked live and as of today; a ledger's tab and an export hold them too."""
    needs = Need.objects.all()
    for id_ in everything("needs"):
        live, past = (set(rows_of(id_, needs, asked, day).values_list("pk", flat=True)) for asked in (None, day))
        assert (id_, live) == (id_, past)
    seen = tab_counts(visible_needs(world.ledger), day)
    for tab, id_ in TABS.items():
        live, past = (selected(world.ledger, {"tab": tab, "as_of": as_of}, day).count() for as_of in (None, day))
        assert (tab, seen[tab], live, past) == (tab, *[rows_of(id_, visible_needs(world.ledger), None, day).count()] * 3)


@pytest.fixture
def whole(world):
    need = bring(world, S.CLOSED)
    bring(world, S.IN_PROGRESS)
    helped = bring(world, S.TRIAGED)
    assign_need(need_id=helped.pk, holder=world.civil, helpers=[world.education, world.civil], by=world.clerk, at=later(hours=3))
    for day in (2, 3):
        issue_slip(need_id=helped.pk, by=world.visitor, at=later(days=day))
    print_monthly(area=world.county, month="202611", by=world.ledger, at=later(days=10))
    assert found() == []
    return need


SPOILT = [
    # (kind, column that is named, the statement by which somebody behind the acts' back spoils it)
    ("need", "confirmed", "UPDATE casework_need SET confirmed = 'partly' WHERE state = 'closed'"),
    ("need", "state", "UPDATE casework_need SET state = 'verified' WHERE state = 'closed'"),
    ("need", "late_since", "UPDATE casework_need SET late_since = '2026-11-03' WHERE state = 'closed'"),
    ("need", "handler_id", "UPDATE casework_need SET handler_id = NULL WHERE state = 'in_progress'"),
    ("need", "due_on", "UPDATE casework_need SET due_on = '2027-03-01' WHERE state = 'in_progress'"),
    ("need", "version", "UPDATE casework_need SET version = version + 1 WHERE state = 'closed'"),
    ("need", "touched_at", "UPDATE casework_need SET touched_at = '2026-11-03 00:00:00' WHERE state = 'closed'"),
    ("need", "step 2.n", "UPDATE casework_step SET n = 90 WHERE n = 2"),
    ("need", "step 3.state_after", "UPDATE casework_step SET state_after = 'closed' WHERE n = 3"),
    ("need", "step 3.outcome", "UPDATE casework_step SET outcome = 'solved' WHERE n = 3"),
    ("need", "step 3.journal", "UPDATE casework_step SET words = '另一句话' WHERE n = 3"),
    ("need", "step 4.happened_at", "UPDATE casework_step SET happened_at = '2026-10-01 00:00:00' WHERE n = 4"),
    ("need", "holding", "DELETE FROM casework_holding WHERE to_at IS NULL"),
    ("need", "holding 1", "UPDATE casework_holding SET organisation_id = (SELECT organisation_id FROM casework_holding WHERE to_at IS NULL ORDER BY id DESC LIMIT 1)"
                          " WHERE id = (SELECT min(id) FROM casework_holding)"),
    ("need", "holding 1", "UPDATE casework_holding SET to_at = '2026-11-04 00:00:00' WHERE id = (SELECT max(id) FROM casework_holding"
                          " WHERE to_at IS NOT NULL)"),
    ("need", "holding 1", "DELETE FROM casework_holding WHERE to_at IS NOT NULL"),
    ("need", "holding 1", "UPDATE casework_holding SET assigned_by_id = NULL WHERE id = (SELECT min(id) FROM casework_holding)"),
    ("need", "helper", "DELETE FROM casework_support"),
    ("need", "helper", "UPDATE casework_support SET asked_at = '2026-11-20 00:00:00'"),
    ("need", "helper", "UPDATE casework_support SET organisation_id = (SELECT organisation_id FROM casework_holding ORDER BY id LIMIT 1)"),
    ("need", "helper", "INSERT INTO casework_support (need_id, organisation_id, asked_at) SELECT id, holder_id, '2026-11-03 00:00:00'"
                       " FROM casework_need WHERE state = 'closed'"),
    ("need", "confirmed", "UPDATE casework_callback SET word = 'partly'"),
    ("need", "callback", "UPDATE casework_callback SET at = '2026-11-09 00:00:00'"),
    # Put beside the acts: each would let a legal act bring the need further.
    ("need", "recheck", "INSERT INTO casework_recheck (need_id, at, agrees, reached, way, word, words, by_id, by_org_id, round) SELECT id, verified_at, '1', '1', '', '', '',"
                        " recorded_by_id, holder_id, 0 FROM casework_need WHERE state = 'closed'"),
    ("need", "callback", "UPDATE casework_callback SET by_id = (SELECT recorded_by_id FROM casework_need WHERE state = 'closed')"),
    ("need", "callback", "UPDATE casework_callback SET reached = '0', word = '', satisfaction = ''"),
    ("need", "step 8", "DELETE FROM casework_callback"),
    ("need", "slip", "UPDATE casework_slip SET by_call_back = '1'"),
    ("need", "slip", "UPDATE casework_slip SET issued_by_id = (SELECT by_id FROM casework_callback)"),
    ("need", "step 2.journal", "DELETE FROM kernel_entry WHERE act = 'need.admit'"),
    # Whose code opens which need: only the slip of a caller without a part weighs like a callback.
    ("need", "slip.code", "UPDATE casework_slip SET code_index = 'i1:' || code_index"),
    ("need", "slip.ended_at", "UPDATE casework_slip SET ended_at = issued_at; UPDATE casework_slip SET ended_at = NULL WHERE id = ("
                              "SELECT id FROM casework_slip ORDER BY issued_at LIMIT 1)"),
    ("need", "category", "UPDATE casework_need SET category = 'road' WHERE state = 'closed'"),
    ("need", "recorded_on", "UPDATE casework_need SET recorded_on = '2026-12-01' WHERE state = 'closed'"),
    ("need", "involves_child", "UPDATE casework_need SET involves_child = '1' WHERE state = 'closed'"),
    ("need", "ledger_callback", "UPDATE casework_need SET ledger_callback = '满意' WHERE state = 'closed'"),
    ("need", "recorded_by_id", "UPDATE casework_need SET recorded_by_id = NULL WHERE state = 'closed'"),
    ("figure", "live", "UPDATE casework_need SET reasonable = 'no' WHERE state = 'in_progress'"),
    ("notice", "digest", "UPDATE casework_step SET outcome = 'explained' WHERE outcome = 'solved'"),
    ("notice", "digest", "UPDATE reporting_publishednotice SET digest = 'x'"),
    ("notice", "content", "UPDATE reporting_publishednotice SET content = REPLACE({content}, '\"received\": 3', '\"received\": 2')"),
    ("notice", "journal", "UPDATE reporting_publishednotice SET lines = '[]', digest = '" + hashlib.sha256().hexdigest() + "'"),
    ("notice", "content", "UPDATE reporting_publishednotice SET changes = '{\"rows\": []}'"),
    ("notice", "journal", "DELETE FROM kernel_entry WHERE act = 'paper.print'"),
    ("notice", "notice", "DELETE FROM reporting_publishednotice"),
    ("notice", "notice", "DELETE FROM reporting_publishednotice; DELETE FROM reporting_paper"),
    ("notice", "number", "UPDATE reporting_paper SET number = '永善诉报〔2026〕9号'"),
    ("notice", "month", "UPDATE reporting_paper SET period = '202610'"),
    ("notice", "area", "UPDATE reporting_paper SET area_id = (SELECT max(code) FROM orgs_area)"),
    ("notice", "corrects", "UPDATE reporting_publishednotice SET corrects_id = paper_id"),
    ("series", "last", "UPDATE casework_numberseries SET last = 1"),
    ("retime", "due_on", "INSERT INTO kernel_calendarday (day, works, name, source) VALUES ('2026-11-04', '0', '停工', '没有重算')"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "column", "statement"), SPOILT, ids=[f"{kind}-{column}-{at}" for at, (kind, column, _) in enumerate(SPOILT)])
def test_what_is_spoilt_behind_the_acts_is_named(whole, kind, column, statement):
    triggers.lift(models=[Need, Step, Callback, Holding, Entry, Paper, PublishedNotice])
    as_text = "content" if connection.vendor == "sqlite" else "content::text"
    with connection.cursor() as cursor:
        *before, statement = statement.split("; ")
        for one in before:
            cursor.execute(one)
        cursor.execute(statement.replace("{content}", as_text) + ("::jsonb" if "{content}" in statement and connection.vendor == "postgresql" else ""))
    named = {(one.kind, "helper" if one.column.startswith("helper ") else one.column) for one in found(MONDAY + timedelta(days=3) if kind == "retime" else NOW)}
    assert (kind, column) in named


POSTS = [
    ("to_on", "UPDATE orgs_post SET to_on = '2026-11-01' WHERE id = {post}"),
    ("to_on", "UPDATE orgs_post SET to_on = NULL WHERE id = {ended}"),
    ("from_on", "UPDATE orgs_post SET from_on = '2026-11-01' WHERE id = {post}"),
    ("role", "UPDATE orgs_post SET role = 'inspector' WHERE id = {post}"),
    ("organisation_id", "UPDATE orgs_post SET organisation_id = (SELECT organisation_id FROM orgs_post WHERE id = {ended}) WHERE id = {post}"),
    ("user_id", "UPDATE orgs_post SET user_id = (SELECT user_id FROM orgs_post WHERE id = {ended}) WHERE id = {post}"),
    ("area_id", "UPDATE orgs_post SET area_id = (SELECT max(code) FROM orgs_area) WHERE id = {post}"),
    ("declined", "UPDATE orgs_post SET declined = '1' WHERE id = {post}"),
    ("post", "DELETE FROM orgs_post WHERE id = {post}"),
    ("post", "UPDATE orgs_post SET id = 90000 WHERE id = {post}"),
]  # fmt: skip


@pytest.mark.parametrize(("column", "statement"), POSTS, ids=[f"{column}-{at}" for at, (column, _) in enumerate(POSTS)])
def test_a_post_written_over_behind_the_acts_is_named(world, column, statement):
    """Who stood in a unit while it worked on a need has a part in it: a day moved by hand would make a caller independent."""
    given = {"role": "bureau_worker", "from_on": date(2026, 11, 2), "by": INSTALLER, "at": MONDAY}
    post = give_post(user_id=world.teacher.pk, organisation=world.civil, **given)
    ended = give_post(user_id=world.handler.pk, organisation=world.education, **given)
    end_post(post_id=ended.pk, on=date(2026, 11, 20), by=INSTALLER, at=MONDAY)
    assert found() == []
    with connection.cursor() as cursor:
        cursor.execute(statement.format(post=post.pk, ended=ended.pk))
    assert ("post", column) in {(one.kind, one.column) for one in found()}


def test_a_need_taken_away_with_every_line_of_it_is_missed(whole):
    triggers.lift(models=[Need, Step])
    gone = Need.objects.get(state=S.IN_PROGRESS)
    with connection.cursor() as cursor:
        for table in ("step", "holding"):
            cursor.execute(f"DELETE FROM casework_{table} WHERE need_id = (SELECT id FROM casework_need WHERE state = 'in_progress')")
        cursor.execute("DELETE FROM casework_need WHERE state = 'in_progress'")
    assert [(one.what, one.column) for one in found() if one.kind == "need"] == [(gone.number, "need")]


@pytest.mark.parametrize(
    "more",
    [
        {"是否合理": "不合理", "不合理依据": "已享受同类补助"},
        {"牵头单位": "永善县民政局", "配合单位": "永善县教育体育局", "交办时间": date(2026, 11, 12)},
        {"牵头单位": "没有这个单位", "配合单位": "永善县教育体育局", "办理结果": "已解决", "办结时间": date(2026, 11, 20)},
    ],
    ids=["declined", "helped", "settled"],
)
def test_a_row_of_a_paper_ledger_is_whole_with_its_owners_and_helpers(world, more):
    world.civil.__class__.objects.filter(pk=world.civil.pk).update(name="永善县民政局")
    world.civil.__class__.objects.filter(pk=world.education.pk).update(name="永善县教育体育局")
    need = take_ledger_row(
        village=world.datong, source_file="f" * 64, source_row=3, values=LEDGER_ROW | more, by=world.clerk, at=later(days=21)
    )
    assert need.supports.count() == ("配合单位" in more)
    assert found(later(days=21)) == []


@pytest.mark.parametrize("sent_back_by", ["slip", "recheck"])
def test_that_nobody_was_reached_outlives_its_round_and_is_no_difference(world, sent_back_by):
    """Legal acts alone made the check name a fault: the try in vain lies in the round before."""
    need, _code = reported_with_slip(world, involves_child=True)
    for day, hour in ((5, 0), (5, 3), (6, 0)):
        call_back(need_id=need.pk, way="phone", reached=False, by=world.caller, at=later(days=day, hours=hour))
    if sent_back_by == "slip":
        answer_by_slip(need_id=need.pk, word="unsolved", by=HOUSEHOLD, at=later(days=7))
    else:
        recheck_need(need_id=need.pk, agrees=False, words="到户看过,没有办", by=world.inspector, at=later(days=7))
    assert Need.objects.get(pk=need.pk).callback_failed
    assert found() == []


def test_a_recheck_and_a_slip_of_the_household_are_whole(world):
    """What acts wrote themselves is never named: rechecks that agree, a slip that another unit's officer printed, its word."""
    need = bring(world, S.ACCEPTED, involves_child=True)
    issue_slip(need_id=need.pk, by=world.caller, at=later(days=2))
    report_done(need_id=need.pk, **DONE, by=world.handler, at=later(days=4))
    answer_by_slip(need_id=need.pk, word="solved", by=HOUSEHOLD, at=later(days=5))
    recheck_need(need_id=need.pk, agrees=True, words="到户看过", by=world.inspector, at=later(days=6))
    assert found() == []


@pytest.mark.parametrize(("state", "act"), [(S.CLOSED, "recheck"), (S.WITHDRAWN, "ask_withdrawal")])
def test_sealed_words_that_were_taken_away_are_missed(world, state, act):
    """A household pressed to take its need back says so there: whoever owns the database needs no key to make it say nothing."""
    need = bring(world, state, involves_child=True)
    assert found() == []
    triggers.lift(models=[Saying])
    assert Saying.objects.filter(need=need, act=act).delete()[0]
    assert {one.column for one in found()} == {"saying"}


@pytest.mark.parametrize("name", ["{}.", "x/{}"])
def test_a_file_named_like_what_an_erasure_leaves_is_no_difference(world, name):
    """One such file, and no backup could be verified, no upgrade end: nobody can take an upload away."""
    receive_upload(template="needs", name=name.format(WORD), body=b"1", by=world.clerk, at=MONDAY)
    assert found() == []
