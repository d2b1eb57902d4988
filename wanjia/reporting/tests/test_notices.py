"""What is published is frozen; what was entered later is a correction with its own number."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection

from wanjia.casework.importing.commands import take_ledger_row
from wanjia.casework.states import NeedState as S
from wanjia.casework.tests.factories import later
from wanjia.casework.tests.walk import bring
from wanjia.kernel import triggers
from wanjia.kernel.verdict import Refused

from ..documents import monthly
from ..documents.commands import correct_monthly, print_monthly
from ..documents.monthly import digest, notice
from ..models import Paper, PublishedNotice

DECEMBER = datetime(2026, 12, 2, 1, 0, tzinfo=UTC)
LEDGER_ROW = {"登记时间": date(2026, 11, 10), "诉求人": "李四", "诉求内容": "停水", "诉求类别": "饮水用电", "是否合理": "合理"}


def published(world):
    bring(world, S.VERIFIED)
    bring(world, S.IN_PROGRESS)
    return print_monthly(area=world.county, month="202611", by=world.ledger, at=DECEMBER)


def import_back_dated(world, at=None):
    return take_ledger_row(village=world.datong, source_file="f" * 64, source_row=3, values=LEDGER_ROW, by=world.clerk, at=at or DECEMBER.replace(day=5))


def test_a_back_dated_import_changes_nothing_under_a_published_number(world):
    paper = published(world)
    before = notice(paper)
    import_back_dated(world)
    again = print_monthly(area=world.county, month="202611", by=world.ledger, at=DECEMBER.replace(day=9))
    assert again == paper
    assert notice(again) == before
    # Negative control: what the same question gives now is another number.
    assert monthly.content(paper, None)["n"]["received"] == before["n"]["received"] + 1


def test_a_later_change_becomes_a_correction_that_names_the_old_one_and_what_changed(world):
    paper = published(world)
    with pytest.raises(Refused, match="没有变化"):
        correct_monthly(paper_id=paper.pk, by=world.ledger, at=DECEMBER.replace(day=4))
    need = import_back_dated(world)
    mended = correct_monthly(paper_id=paper.pk, by=world.ledger, at=DECEMBER.replace(day=6))
    said = notice(mended)
    assert mended.number != paper.number
    assert said["corrects"] == paper
    assert {"zh": "收到诉求", "before": "2", "after": "3"} in said["changes"]["figures"]
    assert [row["number"] for row in said["changes"]["rows"]] == [need.number]
    assert said["changes"]["rows"][0]["before"] == "不在台账"
    assert notice(Paper.objects.get(pk=paper.pk))["n"]["received"] == 2
    with pytest.raises(Refused, match="没有变化"):
        correct_monthly(paper_id=paper.pk, by=world.ledger, at=DECEMBER.replace(day=7))


def test_what_happened_after_its_day_is_no_correction(world):
    paper = published(world)
    world.need(at=DECEMBER.replace(day=3))
    with pytest.raises(Refused, match="没有变化"):
        correct_monthly(paper_id=paper.pk, by=world.ledger, at=DECEMBER.replace(day=4))


def test_a_notice_of_the_day_under_way_counts_to_its_printing(world):
    bring(world, S.ASSIGNED)
    paper = print_monthly(area=world.county, month="202611", by=world.ledger, at=later(hours=4))
    world.need(at=later(hours=6))
    assert notice(paper)["n"]["received"] == 1
    assert "12:" not in notice(paper)["day"]
    assert notice(paper)["day"].endswith("13:00")
    with pytest.raises(Refused, match="没有变化"):
        correct_monthly(paper_id=paper.pk, by=world.ledger, at=later(hours=7))


def test_the_digest_pins_down_the_rows(world):
    paper = published(world)
    assert digest(paper, paper.printed_at) == paper.published.digest
    import_back_dated(world)
    assert digest(paper, paper.printed_at) == paper.published.digest
    from wanjia.casework.models import Step

    triggers.lift(models=[Step])
    with connection.cursor() as cursor:
        cursor.execute("UPDATE casework_step SET outcome = 'explained' WHERE act = 'verify'")
    assert digest(paper, paper.printed_at) != paper.published.digest


def test_a_published_notice_cannot_be_rewritten(world):
    published(world)
    with pytest.raises(Exception, match="only appended"):
        PublishedNotice.objects.update(digest="0" * 64)


def test_the_page_shows_corrections_and_offers_one_where_it_is_due(world, client):
    paper = published(world)
    client.force_login(world.ledger)
    page = client.get("/documents/").content.decode()
    assert paper.number in page
    assert "/correct/" not in page
    import_back_dated(world)
    assert "/correct/" in client.get("/documents/").content.decode()
    answer = client.post(f"/documents/monthly/{paper.pk}/correct/", {})
    assert (answer.status_code, answer.content[:4]) == (200, b"%PDF")
    page = client.get("/documents/").content.decode()
    assert "后来有更正" in page
    assert client.get(f"/documents/monthly/{paper.pk}/").content[:4] == b"%PDF"
    client.force_login(world.stranger)
    assert client.get(f"/documents/monthly/{paper.pk}/").status_code == 404
