"""`wanjia check` holds exports against their lines: whoever owns the database could agree to his own, and the house itself opened the telephones."""

import pytest
from django.db import connection

from wanjia.orgs.checking.queries import differences
from wanjia.orgs.roles import Role
from wanjia.reporting.exporting.commands import ask_export, decide_export, take_export
from wanjia.reporting.models import Export

from .factories import later, worker
from .walk import bring

pytestmark = pytest.mark.django_db
AT = later(days=7)


def found():
    return {one.column for one in differences(later(days=20)) if one.kind == "export"}


def spoil(values):
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE reporting_export SET {values}")


@pytest.fixture
def export(world):
    bring(world, "assigned", requester_phone="13812345678")
    return ask_export(kind="needs", purpose="月底核对台账", query={}, columns=["联系电话"], by=world.clerk, at=AT)


def test_what_acts_wrote_is_whole(world, export):
    assert found() == set()
    leader = worker("xisha-lingdao", "何分管", world.township, Role.TOWNSHIP_LEADER)
    decide_export(export_id=export.pk, approve=True, by=leader, at=AT)
    assert found() == set()
    take_export(export_id=export.pk, by=world.clerk, at=AT)
    assert found() == set()


@pytest.mark.parametrize(
    ("values", "column"),
    [
        ("state = 'approved'", {"state"}), ("rows = 4000", {"rows"}), ("columns = '[]'", {"columns"}),
        ("state = 'approved', decided_by_id = asked_by_id", {"state", "decided_by_id"}),
    ],
)  # fmt: skip
def test_an_export_written_by_hand_is_found(world, export, values, column):
    spoil(values)
    assert found() == column


def test_an_export_without_any_line_is_found(world, export):
    Export.objects.create(kind="needs", purpose="没有人申请过", rows=1, columns=["联系电话"], asked_by=world.clerk, asked_at=AT)
    assert found() == {"export"}
