"""`wanjia check` holds the working days, the grid and the units against the acts that wrote them: by these rows promises are counted and needs are held."""

import random
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction

from tests.stamp import stamped
from wanjia.casework.models import GridCell
from wanjia.casework.tests.factories import MONDAY, later
from wanjia.casework.triage.commands import decide_grid_cell, set_grid_cell
from wanjia.kernel import journal, triggers
from wanjia.kernel.calendar import seed_days, today
from wanjia.kernel.models import CalendarDay, Entry
from wanjia.orgs.checking.queries import differences
from wanjia.orgs.models import Area, DayChange, Organisation, Tier, User
from wanjia.orgs.roles import Role
from wanjia.orgs.tests.factories import INSTALLER, area, build_world, person, unit
from wanjia.orgs.units.commands import end_organisation, keep_organisation
from wanjia.orgs.workdays.commands import clear_workday, decide_workdays, keep_workday, load_published, load_workdays

DAY, OFF, CLEARED, NOTICE = today(MONDAY), date(2026, 12, 2), date(2026, 10, 7), "2027-01-01,休,元旦\n2027-10-01,休,国庆节"
INSTALLED = {"by": INSTALLER, "at": MONDAY}


def found():
    return [one.plain() for one in differences(later(days=20)) if one.kind in ("day", "unit", "cell")]


def named():
    return {(one["kind"], one["column"]) for one in found()}


def spoil(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.fixture
def office(db):
    return an_office()


@stamped
def an_office():
    """An office in which everything was written by acts: its days, its grid, its units."""
    people = build_world()
    leader = person("xisha-leader", people["xisha"].org, Role.TOWNSHIP_LEADER)
    ledger = people["yongshan"]
    load_published(**INSTALLED)
    asked = keep_workday(day=OFF, works=False, name="停工", source="县里通知", by=ledger, at=MONDAY)
    assert found() == []  # it waits, and nothing stands yet
    decide_workdays(change_id=asked.pk, agree=True, by=leader, at=later(hours=1))
    clear_workday(day=CLEARED, reason="更正", by=ledger, at=later(hours=2))
    load_workdays(text=NOTICE, source="国办发明电", **INSTALLED)
    _grid(ledger, leader)
    office = keep_organisation(name="永善县水务局", area=area("永善县"), tier=Tier.COUNTY, line="water", **INSTALLED)
    keep_organisation(name="永善县水利局", area=area("永善县"), tier=Tier.COUNTY, line="water", short_name="水利", unit_id=office.pk, **INSTALLED)
    end_organisation(unit_id=unit("旧站", "细沙乡", Tier.TOWNSHIP).pk, on=date(2026, 11, 1), reason="撤并", **INSTALLED)
    assert found() == []
    return people


def _grid(ledger, leader):
    """Four cells of one grade: the first ended by the second, the third taken away by the fourth; one of them agreed to."""
    cell = {"county": area("永善县"), "urgency": "urgent", "difficulty": "easy", "tiers": ["village", "township"], "unit": "working", "hint": "快办"}
    for days, on in ((2, DAY), (1, DAY + timedelta(days=5)), (1, DAY + timedelta(days=12))):
        set_grid_cell(**cell, days=days, from_on=on, by=ledger, at=MONDAY)
    asked = set_grid_cell(**cell, days=30, from_on=DAY + timedelta(days=9), by=ledger, at=MONDAY)
    decide_grid_cell(change_id=asked.pk, agree=True, by=leader, at=MONDAY)
    assert list(GridCell.objects.order_by("from_on").values_list("days", "to_on")) == [
        (2, DAY + timedelta(days=5)), (1, DAY + timedelta(days=9)), (30, None)
    ]  # fmt: skip


CELL = "WHERE to_on IS NULL"
ENDED = "WHERE days = 2"
SOME = "WHERE name = '永善县水利局'"
GONE = "WHERE name = '旧站'"
SPOILT = [
    # (kind, column that is named, the statement by which somebody behind the acts' back spoils it)
    ("day", "works", "UPDATE kernel_calendarday SET works = '1' WHERE day = '2026-10-01'"),
    ("day", "works", "UPDATE kernel_calendarday SET works = '0' WHERE day = '2026-10-10'"),
    ("day", "works", "UPDATE kernel_calendarday SET works = '1' WHERE day = '2026-12-02'"),
    ("day", "name", "UPDATE kernel_calendarday SET name = '国庆' WHERE day = '2026-12-02'"),
    ("day", "source", "UPDATE kernel_calendarday SET source = '国务院' WHERE day = '2026-12-02'"),
    ("day", "day", "UPDATE kernel_calendarday SET day = '2026-12-03' WHERE day = '2026-12-02'"),
    ("day", "day", "INSERT INTO kernel_calendarday (day, works, name, source) VALUES ('2026-11-04', '0', '停工', '没有谁申请')"),
    ("day", "day", "INSERT INTO kernel_calendarday (day, works, name, source) VALUES ('2026-10-07', '0', '国庆节', '国务院')"),
    ("day", "day", "INSERT INTO kernel_calendarday (day, works, name, source) VALUES ('2027-10-02', '0', '国庆节', '国务院')"),
    ("day", "day", "DELETE FROM kernel_calendarday WHERE day = '2026-10-10'"),
    ("day", "day", "DELETE FROM kernel_calendarday WHERE day = '2026-12-02'"),
    ("day", "day", "DELETE FROM kernel_calendarday WHERE day = '2027-10-01'"),
    ("day", "days", "UPDATE orgs_daychange SET days = '[[\"2026-12-02\", true, \"上班\", \"县里通知\"]]' WHERE act = 'orgs.keep_workday';"
                    " UPDATE kernel_calendarday SET works = '1', name = '上班' WHERE day = '2026-12-02'"),
    ("day", "change", "DELETE FROM orgs_daychange WHERE act = 'orgs.keep_workday'; DELETE FROM kernel_calendarday WHERE day = '2026-12-02'"),
    ("cell", "days", f"UPDATE casework_gridcell SET days = 60 {CELL}"),
    ("cell", "unit", f"UPDATE casework_gridcell SET unit = 'calendar' {CELL}"),
    ("cell", "tiers", f"UPDATE casework_gridcell SET tiers = 'county' {CELL}"),
    ("cell", "urgency", f"UPDATE casework_gridcell SET urgency = 'general' {CELL}"),
    ("cell", "county_id", f"UPDATE casework_gridcell SET county_id = '530681000000' {CELL}"),
    ("cell", "from_on", f"UPDATE casework_gridcell SET from_on = '2026-11-20' {CELL}"),
    ("cell", "to_on", f"UPDATE casework_gridcell SET to_on = '2026-12-01' {CELL}"),
    ("cell", "to_on", f"UPDATE casework_gridcell SET to_on = '2026-11-20' {ENDED}"),
    ("cell", "agreed_by_id", f"UPDATE casework_gridcell SET agreed_by_id = set_by_id {CELL}"),
    ("cell", "set_by_id", f"UPDATE casework_gridcell SET set_by_id = agreed_by_id {CELL}"),
    ("cell", "cell", f"DELETE FROM casework_gridcell {CELL}"),
    ("cell", "cell", f"DELETE FROM casework_gridcell {ENDED}"),
    ("cell", "cell", f"UPDATE casework_gridcell SET id = 90000 {CELL}"),
    ("cell", "cell", "INSERT INTO casework_gridcell (county_id, urgency, difficulty, tiers, days, unit, hint, from_on)"
                     " VALUES ('530625000000', 'urgent', 'hard', 'county', 300, 'working', '', '2026-11-02')"),
    ("unit", "to_on", f"UPDATE orgs_organisation SET to_on = '2026-11-03' {SOME}"),
    ("unit", "to_on", f"UPDATE orgs_organisation SET to_on = NULL {GONE}"),
    ("unit", "to_on", f"UPDATE orgs_organisation SET to_on = '2027-11-01' {GONE}"),
    ("unit", "from_on", f"UPDATE orgs_organisation SET from_on = '2026-11-03' {SOME}"),
    ("unit", "area_id", f"UPDATE orgs_organisation SET area_id = '530681000000' {SOME}"),
    ("unit", "tier", f"UPDATE orgs_organisation SET tier = 'township' {SOME}"),
    ("unit", "line", f"UPDATE orgs_organisation SET line = 'civil' {SOME}"),
    ("unit", "name", f"UPDATE orgs_organisation SET name = '永善县水务局' {SOME}"),
    ("unit", "short_name", f"UPDATE orgs_organisation SET short_name = '水务' {SOME}"),
    ("unit", "phone", f"UPDATE orgs_organisation SET phone = '13800000000' {SOME}"),
    ("unit", "parent_id", "UPDATE orgs_organisation SET parent_id = (SELECT id FROM orgs_organisation WHERE name = '永善县民政局')"
                          f" {SOME}"),
    ("unit", "unit", "DELETE FROM orgs_organisationalias WHERE organisation_id = (SELECT id FROM orgs_organisation WHERE name = '永善县水利局');"
                     f" DELETE FROM orgs_organisation {SOME}"),
    ("unit", "unit", "INSERT INTO orgs_organisation (id, name, short_name, pinyin, phone, tier, line, area_id) VALUES"
                     f" ('{uuid4().hex}', '永善县影子局', '', '', '', 'county', '', '530625000000')"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "column", "statement"), SPOILT, ids=[f"{kind}-{column}-{at}" for at, (kind, column, _) in enumerate(SPOILT)])
def test_what_is_spoilt_behind_the_acts_is_named(office, kind, column, statement):
    """`office` itself is the control: after the acts alone, nothing is named."""
    for one in statement.split(";"):
        spoil(one)
    assert (kind, column) in named()


def test_a_waiting_change_that_was_written_over_is_named(office):
    """Whoever agrees would agree to other days than those that were asked for."""
    keep_workday(day=date(2026, 12, 9), works=False, name="停工", source="县里通知", by=office["yongshan"], at=MONDAY)
    assert found() == []
    spoil("UPDATE orgs_daychange SET days = '[[\"2026-12-10\", false, \"停工\", \"县里通知\"]]' WHERE state = 'waiting'")
    assert ("day", "days") in named()


def test_who_asked_for_a_unit_before_it_was_ended_does_not_open_it_again(office):
    stale = Organisation.objects.get(name="永善县水利局")
    end_organisation(unit_id=stale.pk, on=date(2026, 11, 20), reason="撤并", **INSTALLED)
    keep_organisation(name=stale.name, area=stale.area, tier=stale.tier, line=stale.line, short_name="水", unit_id=stale.pk, **INSTALLED)
    assert Organisation.objects.get(pk=stale.pk).to_on == date(2026, 11, 20)
    assert found() == []


def test_rows_of_which_no_line_speaks_are_no_fault_where_they_say_what_is_published(db):
    CalendarDay.objects.bulk_create(seed_days())
    county = Area.objects.create(code="530625000000", name="永善县", short_name="永善县", level="county")
    Organisation.objects.create(name="没有记录的单位", tier="county", area=county)
    assert found() == []
    CalendarDay.objects.create(day=date(2026, 11, 4), works=False, name="停工", source="没有谁申请")
    assert [(one["what"], one["column"]) for one in found()] == [("day 2026-11-04", "day")]


# The journal as older versions left it: what is written today is taken out of its lines.
NEW = ("digest", "ended", "gone", "set_by_id", "agreed_by_id", "short_name", "parent_id", "phone")


def _as_older_versions_wrote():
    triggers.lift(models=[Entry])
    for line in Entry.objects.all():
        Entry.objects.filter(pk=line.pk).update(detail={name: value for name, value in line.detail.items() if name not in NEW})


@pytest.fixture
def older(office):
    _as_older_versions_wrote()
    assert found() == []
    return office


OLDER = [
    *[one for one in SPOILT if one[1] not in ("set_by_id", "agreed_by_id", "short_name", "parent_id", "phone")],
    ("day", "days", "UPDATE orgs_daychange SET days = '[]' WHERE act = 'orgs.load_workdays'"),
    ("day", "days", "UPDATE orgs_daychange SET days = '[[\"2026-10-08\", null, \"\", \"\"], [\"2026-10-07\", null, \"\", \"\"]]' WHERE act = 'orgs.clear_workday'"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "column", "statement"), OLDER, ids=[f"{kind}-{column}-{at}" for at, (kind, column, _) in enumerate(OLDER)])
def test_older_lines_hold_what_they_say(older, kind, column, statement):
    for one in statement.split(";"):
        spoil(one)
    assert (kind, column) in named()


def test_an_older_line_leaves_open_what_two_versions_did_otherwise(older):
    """The first version ended no cell that had an end already: its line does not tell."""
    cell = {"urgency": "urgent", "difficulty": "easy", "tiers": ["village"], "days": 1, "unit": "working", "from_on": DAY + timedelta(days=7)}
    row = GridCell.objects.create(county=area("永善县"), **cell | {"tiers": "village", "to_on": DAY + timedelta(days=9)})
    with transaction.atomic():
        journal.record(act="grid.set", subject=row, area_code=row.county_id, **cell, **INSTALLED)
    assert [(one["column"], one["should"]) for one in found() if one["column"] != "cell"] == [("to_on", "None")]


@pytest.fixture
def before_changes(db):
    """The calendar of the versions that kept no change: a line names one day, or the first of many and how many there were."""
    days = list(seed_days())
    CalendarDay.objects.bulk_create(days)
    _line("orgs.load_published_workdays", days[0], days=len(days), years=sorted({day.day.year for day in days}))
    kept = CalendarDay.objects.create(day=OFF, works=False, name="停工", source="县里通知")
    _line("orgs.keep_workday", kept, works=False, before="班", after="休")
    _line("orgs.clear_workday", CalendarDay(day=CLEARED), before="休")
    CalendarDay.objects.filter(day=CLEARED).delete()
    assert found() == []
    return days


def _line(act, row, **detail):
    with transaction.atomic():
        journal.record(act=act, subject=row, reason="县里通知", **detail, **INSTALLED)


@pytest.mark.parametrize(("column", "statement"), [
    (column, statement) for kind, column, statement in SPOILT
    if kind == "day" and column in ("works", "day") and "2027" not in statement
])  # fmt: skip
def test_the_calendar_of_older_versions_is_held_to_its_lines(before_changes, column, statement):
    spoil(statement)
    assert ("day", column) in named()


def test_a_notice_that_an_older_version_loaded_leaves_its_year_open_and_no_other(before_changes):
    late = CalendarDay.objects.create(day=date(2027, 10, 1), works=False, name="国庆节", source="国办发明电")
    CalendarDay.objects.create(day=date(2027, 1, 1), works=False, name="元旦", source="国办发明电")
    _line("orgs.load_workdays", late, days=2, years=[2027])
    assert found() == []
    spoil("UPDATE kernel_calendarday SET day = '2028-10-01' WHERE day = '2027-10-01'")
    assert [one["what"] for one in found()] == ["day 2028-10-01"]


def test_changes_that_were_declined_write_nothing(office):
    asked = keep_workday(day=date(2026, 12, 9), works=False, name="停工", source="县里通知", by=office["yongshan"], at=MONDAY)
    decide_workdays(change_id=asked.pk, agree=False, words="不必", by=office["yongshan"], at=MONDAY)
    assert DayChange.objects.get(pk=asked.pk).state == "declined"
    assert found() == []


@pytest.mark.parametrize("seed", range(3))
def test_whatever_order_cells_come_in_the_lines_tell_how_they_stand(office, seed):
    dice = random.Random(seed)
    cell = {"county": area("永善县"), "urgency": "urgent", "difficulty": "easy", "tiers": ["village"], "unit": "working", "hint": ""}
    leader = User.objects.get(username="xisha-leader")
    for n in range(12):
        at = later(days=n // 3)
        made = set_grid_cell(**cell, days=dice.randint(1, 9), from_on=today(at) + timedelta(days=dice.randint(0, 9)), by=office["yongshan"], at=at)
        if not isinstance(made, GridCell):
            decide_grid_cell(change_id=made.pk, agree=True, by=leader, at=at + timedelta(minutes=1))
        assert found() == []
    _as_older_versions_wrote()
    assert found() == []
