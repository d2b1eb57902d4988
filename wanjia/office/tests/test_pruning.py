"""What served its time goes by word; the ledger and the journal never."""

import uuid
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from wanjia.casework.models import SlipMiss
from wanjia.kernel import journal
from wanjia.kernel.models import Entry, Receipt
from wanjia.office.pruning import queries
from wanjia.office.pruning.commands import prune
from wanjia.office.starting import opening
from wanjia.office.starting.rules import INSTALLER
from wanjia.verdict import Refused

from .test_people import ANSWERS


@pytest.fixture
def office(db):
    opening.open_office(ANSWERS, lambda zh, en: None)
    now = timezone.now()
    for days in (1, 400):
        at = now - timedelta(days=days)
        Receipt.objects.create(key=uuid.uuid4(), command="x", body_digest="d", at=at)
        SlipMiss.objects.create(address_index="a", at=at)
        Session.objects.create(session_key=f"s{days}", session_data="", expire_date=at)
    return now


def test_only_what_is_old_goes_and_the_journal_says_so(office):
    lines = Entry.objects.count()
    assert queries.prunable(180) == {"receipts": 1, "sessions": 1, "misses": 1, "work_misses": 0, "wish_misses": 0, "bus_misses": 0, "uploads": 0}
    done = prune(kinds=["misses", "receipts", "sessions"], days=180, by=INSTALLER, at=office)
    assert done == {"misses": 1, "receipts": 1, "sessions": 1}
    assert queries.prunable(180) == {"receipts": 0, "sessions": 0, "misses": 0, "work_misses": 0, "wish_misses": 0, "bus_misses": 0, "uploads": 0}
    assert (Receipt.objects.count(), SlipMiss.objects.count(), Session.objects.count()) == (1, 1, 1)
    assert Entry.objects.count() == lines + 1
    assert Entry.objects.first().detail["receipts"] == 1
    assert journal.verify()[1] is None


@pytest.mark.parametrize("what", [{"kinds": ["journal"], "days": 180}, {"kinds": ["needs"], "days": 180}, {"kinds": ["receipts"], "days": 5}])
def test_neither_the_journal_nor_the_ledger_nor_what_is_young(office, what):
    with pytest.raises(Refused):
        prune(**what, by=INSTALLER, at=office)
    assert Receipt.objects.count() == 2


def test_every_table_of_ours_is_weighed(office):
    rows = {row["table"]: row for row in queries.tables()}
    assert rows["kernel_receipt"]["rows"] == 2
    assert rows["kernel_receipt"]["month"] == 1
    assert sum(row["bytes"] for row in rows.values()) > 0
