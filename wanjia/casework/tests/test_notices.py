"""What is published is frozen; what was entered later is a correction with its own number."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from wanjia.casework.importing.commands import take_ledger_row
from wanjia.casework.states import NeedState as S
from wanjia.casework.tests.factories import later, worker
from wanjia.casework.tests.walk import bring
from wanjia.kernel import triggers
from wanjia.orgs.checking.queries import differences
from wanjia.orgs.roles import Role
from wanjia.reporting.models import Paper, PublishedNotice
from wanjia.reporting.notices import freezing
from wanjia.reporting.notices.commands import correct_monthly, print_monthly
from wanjia.reporting.notices.freezing import digest
from wanjia.reporting.notices.queries import notice
from wanjia.verdict import Conflict, Refused

DECEMBER = datetime(2026, 12, 2, 1, 0, tzinfo=UTC)
LEDGER_ROW = {"登记时间": date(2026, 11, 10), "诉求人": "李四", "诉求内容": "停水", "诉求类别": "饮水用电", "是否合理": "合理"}


def published(world):
    bring(world, S.VERIFIED)
    bring(world, S.IN_PROGRESS)
    return print_monthly(area=world.county, month="202611", by=world.ledger, at=DECEMBER)


def import_back_dated(world, at=None, row=3):
    return take_ledger_row(
        village=world.datong, source_file="f" * 64, source_row=row, values=LEDGER_ROW, by=world.clerk, at=at or DECEMBER.replace(day=5)
    )


def test_a_back_dated_import_changes_nothing_under_a_published_number(world):
    paper = published(world)
    before = notice(paper)
    import_back_dated(world)
    again = print_monthly(area=world.county, month="202611", by=world.ledger, at=DECEMBER.replace(day=9))
    assert again == paper
    assert notice(again) == before
    # Negative control: what the same question gives now is another number.
    assert freezing.content(paper, None)["n"]["received"] == before["n"]["received"] + 1


@pytest.mark.parametrize("month", ["20２６11", "２０２６１１", "abcd11", "000012", "999912", "202611\n", "", "2026-11", "١٢٢٦11"])
@pytest.mark.parametrize("kind", ["monthly", "board"])
def test_a_month_is_spelled_in_one_way_alone(world, kind, month):
    """Else the same month is published twice, each time anew: what lies between the two is nobody's correction."""
    leader = worker("xisha-lingdao", "高领导", world.township, Role.TOWNSHIP_LEADER)
    with pytest.raises(Refused, match="请选择本月或以前的月份"):
        print_monthly(area=world.xisha, month=month, kind=kind, by=leader, at=DECEMBER)
    assert not Paper.objects.exists()


def test_a_kind_of_notice_that_is_none_is_refused_in_words(world):
    leader = worker("xisha-lingdao", "高领导", world.township, Role.TOWNSHIP_LEADER)
    with pytest.raises(Refused, match="没有这种通报"):
        print_monthly(area=world.xisha, month="202611", kind="weekly", by=leader, at=DECEMBER)
    assert not Paper.objects.exists()


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
    assert digest(paper.published) == paper.published.digest
    import_back_dated(world)
    assert digest(paper.published) == paper.published.digest
    from wanjia.casework.models import Step

    triggers.lift(models=[Step])
    with connection.cursor() as cursor:
        cursor.execute("UPDATE casework_step SET outcome = 'explained' WHERE act = 'verify'")
    assert digest(paper.published) != paper.published.digest


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


def test_the_page_asks_no_more_of_many_notices_than_of_one(world, client):
    """Each of two dozen notices asked twice whether something was entered since: forty-nine questions."""
    def asked():
        with CaptureQueriesContext(connection) as questions:
            page = client.get("/documents/").content.decode()
        return len(questions), page.count("/correct/")

    published(world)
    client.force_login(world.ledger)
    client.get("/documents/")
    one = asked()
    for month in ("202609", "202610"):
        print_monthly(area=world.county, month=month, by=world.ledger, at=DECEMBER)
    print_monthly(area=world.county, month="202612", by=world.ledger, at=DECEMBER)
    assert asked() == one
    import_back_dated(world)
    assert asked() == (one[0], 2), "that of November, and of the month under way; not those before it happened"


def committed_late(world, at=DECEMBER, row=3):
    """An act that was stamped a second before the printing, and is committed after it."""
    return import_back_dated(world, at - timedelta(seconds=1), row)


def test_what_was_stamped_before_the_printing_and_committed_after_it_breaks_no_digest(world):
    paper = published(world)
    need = committed_late(world)
    assert digest(paper.published) == paper.published.digest
    assert [one for one in differences(DECEMBER.replace(day=3)) if one.kind == "notice"] == []
    # It is in a correction like whatever is entered late, and the correction breaks no digest either.
    mended = correct_monthly(paper_id=paper.pk, by=world.ledger, at=DECEMBER.replace(day=4))
    assert [row["number"] for row in notice(mended)["changes"]["rows"]] == [need.number]
    assert {"zh": "收到诉求", "before": "2", "after": "3"} in notice(mended)["changes"]["figures"]
    committed_late(world, DECEMBER.replace(day=4), row=4)
    assert [one for one in differences(DECEMBER.replace(day=5)) if one.kind == "notice"] == []
    # Negative control: worked out by the moment of the printing, as it was, both are otherwise than published.
    triggers.lift(models=[PublishedNotice])
    PublishedNotice.objects.update(lines=None)
    assert [one.column for one in differences(DECEMBER.replace(day=5)) if one.kind == "notice"] == ["digest", "digest"]


def test_the_page_offers_a_correction_for_what_was_committed_late(world, client):
    published(world)
    client.force_login(world.ledger)
    assert "/correct/" not in client.get("/documents/").content.decode()
    committed_late(world)
    assert "/correct/" in client.get("/documents/").content.decode()


def test_every_line_that_a_correction_lists_is_in_its_digest(world):
    """A clock that ran ahead stamps an act after the correction: it is listed and counted all the same."""
    paper = published(world)
    first = import_back_dated(world)
    ahead = import_back_dated(world, DECEMBER.replace(day=8), row=4)
    mended = correct_monthly(paper_id=paper.pk, by=world.ledger, at=DECEMBER.replace(day=6))
    said = notice(mended)
    assert [row["number"] for row in said["changes"]["rows"]] == [first.number, ahead.number]
    assert said["n"]["received"] == len(mended.published.lines) == 4
    assert digest(mended.published) == mended.published.digest
    with pytest.raises(Refused, match="没有变化"):
        correct_monthly(paper_id=paper.pk, by=world.ledger, at=DECEMBER.replace(day=9))


def test_what_is_committed_while_the_notice_is_worked_out_is_in_all_of_it_or_in_none(world, monkeypatch):
    real, late, row = freezing.content, [], 3

    def disturbed(paper, known_at):
        said = real(paper, known_at)
        if not late:
            late.append(committed_late(world, row=row))
        return said

    monkeypatch.setattr(freezing, "content", disturbed)
    paper = published(world)
    assert notice(paper)["n"]["received"] == 3 == len(paper.published.lines)
    assert digest(paper.published) == paper.published.digest
    # Read once only, figures and digest would be of two states of the books.
    late.clear()
    row = 4
    monkeypatch.setattr(freezing, "TRIES", 1)
    with pytest.raises(Conflict):
        print_monthly(area=world.datong.parent, month="202611", by=world.ledger, at=DECEMBER)


def test_a_notice_from_before_the_lines_were_kept_is_worked_out_by_its_moment(world):
    paper = published(world)
    triggers.lift(models=[PublishedNotice])
    PublishedNotice.objects.update(lines=None)
    import_back_dated(world)
    assert digest(PublishedNotice.objects.get()) == paper.published.digest
    mended = correct_monthly(paper_id=paper.pk, by=world.ledger, at=DECEMBER.replace(day=6))
    assert len(notice(mended)["changes"]["rows"]) == 1
    assert [one for one in differences(DECEMBER.replace(day=7)) if one.kind == "notice"] == []


def test_a_notice_that_counts_nothing_is_frozen_too(world):
    paper = print_monthly(area=world.county, month="202611", by=world.ledger, at=DECEMBER)
    committed_late(world)
    assert digest(paper.published) == paper.published.digest
