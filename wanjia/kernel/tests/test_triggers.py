"""Promise 4: states never skip, history is only appended, whoever holds the SQL prompt. Each with its negative control."""

import itertools

import pytest
from django.db import DatabaseError

from wanjia.kernel import journal, triggers
from wanjia.kernel.machine import machine_of
from wanjia.kernel.models import Entry

from .factories import CLERK, PARCEL, ParcelState, now

PAIRS = list(itertools.product(ParcelState.values, repeat=2))


@pytest.mark.parametrize(("before", "after"), PAIRS)
def test_raw_sql_moves_a_state_only_along_the_table(tables, sql, before, after):
    triggers.lift(models=[tables.Parcel])
    parcel = tables.Parcel.objects.create(state=before)
    triggers.lay(models=[tables.Parcel])
    change = ("UPDATE kernel_tests_parcel SET state = %s", after)

    if before == after or (before, after) in PARCEL.pairs():
        sql(*change)
    else:
        with pytest.raises(DatabaseError, match="may not follow"):
            sql(*change)
        triggers.lift(models=[tables.Parcel])
        sql(*change)  # the negative control: without the trigger the skip is written
    parcel.refresh_from_db()
    assert parcel.state == after


def test_a_row_is_born_only_in_a_first_state(tables):
    with pytest.raises(DatabaseError, match="may not be first"):
        tables.Parcel.objects.create(state="kept")


def test_a_row_is_born_anywhere_without_the_trigger(tables):
    triggers.lift(models=[tables.Parcel])

    assert tables.Parcel.objects.create(state="kept").pk


@pytest.mark.parametrize("statement", ["UPDATE kernel_entry SET reason = 'x'", "DELETE FROM kernel_entry"])
def test_the_journal_is_only_appended(tables, sql, statement):
    journal.record(act="parcel.look", subject=tables.Parcel(), by=CLERK, at=now())

    with pytest.raises(DatabaseError, match="only appended"):
        sql(statement)
    assert Entry.objects.get().reason == ""

    triggers.lift(models=[Entry])
    sql(statement)  # the negative control
    assert not Entry.objects.filter(reason="").exists()


def test_history_may_be_sealed_anew_and_nothing_else(tables, sql):
    note = tables.Note.objects.create(group="甲", body="听说的")

    sql("UPDATE kernel_tests_note SET body = body")
    with pytest.raises(DatabaseError, match="only appended"):
        sql("""UPDATE kernel_tests_note SET "group" = 'x'""")
    with pytest.raises(DatabaseError, match="only appended"):
        sql("DELETE FROM kernel_tests_note")

    assert tables.Note.objects.get().body == note.body


KEPT = {
    "AgendaItem", "Agreement", "AidCut", "AidRefusal", "Anchor", "Apart", "AppraisalRound", "BackgroundCheck", "BellAlarm", "BoardPart", "BoardStep", "BoardTask",
    "BodySeat", "BusDrill", "BusTrip", "Callback", "Card", "Change", "Chunk", "Complaint", "Concern", "Consultation", "Contact", "DayOrder",
    "DayWork", "Decision", "Digest", "Disposal", "DisposalItem", "DisposalOutcome", "Dissent", "Distribution", "DutySwap", "Entry", "ErasureLine",
    "Event", "Evidence", "Export", "Fair", "FileAccess", "Filing", "Finding", "FindingNeed", "GateAlarm", "GateTalk", "GateTrouble", "Gift", "Good",
    "GroupReview", "GuardAbsence", "Handover", "Hazard", "HazardDelay", "Inspection", "InspectionRound", "Installation", "Joined", "LateReason",
    "LawLesson", "LessonAlarm", "LessonClosing", "LessonReason", "LineContact", "Market", "Matter", "Meal", "Meeting", "MeetingSeat", "MendOrder",
    "Milestone", "MinorsAudit", "Minutes", "MissedCall", "Need", "NoticeReceipt", "NoticeStep", "Objection", "OptOut", "Outpost", "Outreach", "Paper",
    "ParentClass", "Patrol", "PatrolFinding", "PatrolPlan", "Photo", "PlanSignature", "PlanVersion", "PointAccount", "PointClaim", "PointEntry",
    "PointLapse", "PointLine", "PointMonth", "PointObjection", "PointScheme", "Poll", "PollCounter", "Presence", "Proof", "ProtectionFollowUp", "ProtectionReport", "PublicNotice",
    "PublishedCounts", "PublishedNotice", "Qualification", "Reached", "Recheck", "RecheckSeed", "RecordQuery", "Redemption", "Registration",
    "RetentionHold", "Ride", "RoadCount", "RoadForce", "RoadOperation", "RoadReport", "RoundVenue", "Rung", "SafetyNotice", "Saying", "Seat",
    "Serving", "Session", "SessionItem", "Stall", "Step", "StockMove", "SubTask", "UrgentAid", "Vacancy", "VicePrincipal", "VisitFinding",
    "Bylaw", "BylawSpell", "BylawVersion", "Problem", "Proposal", "StepMatter", "StepRecord", "StepResult",
    "VisitSheet", "WageClaim", "Waiting", "Wish", "WishClaim", "WishMoney",
    "MediationAgreement", "MediationCase", "MediationParty", "MediationRecord",
    "RedEntry", "RoleStory", "Shortcoming", "StrictNotice", "StrictObjection", "Tip",
    "Feast", "FeastCap", "FeeCharge", "FeePayment", "FeePurse", "FeeRule", "FeeRun", "FeeSpend", "FeeWaiver", "Stretch", "StretchCheck", "StretchKeeper",
    "BranchActivity", "BranchDay", "BranchDecision", "BranchDuty", "BranchRoll", "Candidate", "CleanUp", "CleanUpSection", "DutyHolding", "PartyMember", "Pledge", "RecruitMentor", "RecruitStep",
    "CollectiveDeal", "DealDue", "DeclaredIncome", "DividendRun", "DividendShare", "MoneyAccount", "MoneyLine", "MoneyVoucher", "PlotYield", "ShareHolding",
    "PlanSketch", "PlanWork", "VillageAsset", "VillagePlan", "WorkNote",
    "CraftBooking", "Craftsman", "MentorPair", "Venture",
    "PointAppeal", "ShortcomingPhoto",
    "CallSignature", "MeetingCall",
    "Levy", "LevyLabour", "LevyPayment", "LevyRelief", "LevyShare", "LevySpend",
    "BranchReview", "ReviewedMember",
    "FormerItem", "GradeSetAside",
}  # fmt: skip


def kept_for_good():
    """List every model that is only appended, or never loses a row."""
    from django.apps import apps

    return [one for one in apps.get_models() if getattr(one, "append_only", False) or getattr(one, "never_delete", False)]


@pytest.mark.skipif("os.environ.get('WANJIA_WITHOUT')", reason="the list is of the whole house")
def test_what_is_kept_for_good():
    """The list, by name: a new history belongs here, and none drops out unseen."""
    assert {one.__name__ for one in kept_for_good()} == KEPT


@pytest.mark.parametrize("model", kept_for_good(), ids=lambda model: model.__name__)
def test_no_table_of_history_can_be_emptied_or_replaced(tables, sql, model):
    """REPLACE takes a row away without a DELETE, TRUNCATE empties a table without one: the way around is shut on each of them."""
    from django.db import connection

    table, kind = model._meta.db_table, "BEFORE INSERT" if connection.vendor == "sqlite" else "BEFORE TRUNCATE"
    if connection.vendor == "postgresql":
        with pytest.raises(DatabaseError, match="only appended"):
            sql(f"TRUNCATE {table} CASCADE")
        triggers.lift()  # CASCADE asks the tables that point here too
        sql(f"TRUNCATE {table} CASCADE")  # the negative control
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = %s", [f"{table}_no_replace"])
        (laid,) = cursor.fetchone()
    assert kind in laid
    for column in (model._meta.pk.column, *(field.column for field in model._meta.concrete_fields if field.unique)):
        assert f"{column} = NEW.{column}" in laid, column


def planted(model, rows=2):
    """Write rows into a table past its own rules, as whoever holds the SQL prompt may: any value of each column's kind."""
    from django.db import connection

    fields = [field for field in model._meta.concrete_fields if field.column != "id" or not field.get_internal_type().endswith("AutoField")]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA ignore_check_constraints = ON")
        for turn in range(rows):
            values = [_any(field, turn) for field in fields]
            cursor.execute(f"INSERT INTO {model._meta.db_table} ({columns}) VALUES ({', '.join(['%s'] * len(values))})", values)


def _any(field, turn):
    if field.get_internal_type() in ("DateTimeField", "DateField"):
        return "2026-11-02" if field.get_internal_type() == "DateField" else "2026-11-02 01:00:00"
    return f"{turn + 1:032x}" if field.primary_key or field.unique or field.is_relation else turn + 1


@pytest.fixture
def spoilt_rows(db):
    """SQLite alone, and whatever was planted is gone before anything asks whether rows fit together."""
    from django.db import connection, transaction

    if connection.vendor != "sqlite":
        pytest.skip("REPLACE is SQLite's")
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA ignore_check_constraints = OFF")


REPLACING = {
    "INSERT OR REPLACE": "INSERT OR REPLACE INTO {table} SELECT * FROM {table}",
    "REPLACE": "REPLACE INTO {table} SELECT * FROM {table}",
    "UPSERT": "INSERT INTO {table} SELECT * FROM {table} WHERE true ON CONFLICT ({key}) DO UPDATE SET {key} = excluded.{key}",
    "UPDATE OR REPLACE": "UPDATE OR REPLACE {table} SET {key} = (SELECT max({key}) FROM {table})",
}


@pytest.mark.parametrize("model", kept_for_good(), ids=lambda model: model.__name__)
def test_no_row_of_history_is_replaced(spoilt_rows, sql, model):
    """Done, and not only read in the trigger's text: each way in which SQLite takes a row away without a DELETE."""
    triggers.lift(models=[model])
    planted(model)
    triggers.lay(models=[model])
    table, key = model._meta.db_table, model._meta.pk.column
    for way in REPLACING.values():
        with pytest.raises(DatabaseError, match="only appended"):
            sql(way.format(table=table, key=key))
    triggers.lift(models=[model])  # the negative control: each of them passes through
    for way in REPLACING.values():
        sql(way.format(table=table, key=key))
    assert model.objects.count() == 1, "UPDATE OR REPLACE took the other row away"


def test_every_machine_and_every_history_in_the_product_is_guarded(db):
    """Ask the database itself which triggers it holds."""
    from django.apps import apps
    from django.db import connection

    catalogue = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    if connection.vendor == "postgresql":
        catalogue = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    with connection.cursor() as cursor:
        cursor.execute(catalogue)
        held = {name for (name,) in cursor.fetchall()}

    wanted = set()
    for model in apps.get_models():
        table = model._meta.db_table
        wanted |= {f"{table}_state_skip", f"{table}_state_start"} if machine_of(model) else set()
        wanted |= {f"{table}_no_update", f"{table}_no_delete"} if getattr(model, "append_only", False) else set()
    assert wanted <= held
    assert "kernel_entry_no_update" in wanted
