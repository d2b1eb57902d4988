"""An analyst's month-end: the table of last month, each change opened down to its people, the workbook taken home, one page printed; a leader reads the same numbers."""

import io
from datetime import timedelta

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from wanjia.kernel.calendar import today
from wanjia.labour.models import Worker
from wanjia.labour.monthly.queries import month_before
from wanjia.labour.tests import acts_matching as matching
from wanjia.labour.workers.commands import end_spell, enrol_worker, record_spell

pytestmark = [pytest.mark.journey, pytest.mark.slow]


def fits(person):
    return person.page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth + 1")


@pytest.fixture
def month(house):
    """Last month Wang went to Zhejiang; his wife was there and came back. Returns its last day."""
    last = month_before(today(timezone.now()))
    went, long_ago = last - timedelta(days=10), last - timedelta(days=200)
    by = matching.who(house.visitor, timezone.now())
    for person in (house.register.head, house.register.wife):
        enrol_worker(person_id=person.pk, **by)
    away = {"place": "outside", "area": "330000", "employer_name": "宁波某电子厂"}
    record_spell(worker_id=house.register.wife.pk, from_on=long_ago, **away, **by)
    end_spell(worker_id=house.register.wife.pk, on=went, because="family", **by)
    record_spell(worker_id=house.register.head.pk, from_on=went, **away, **by)
    Worker.objects.update(entered_on=long_ago)
    return last


@pytest.mark.parametrize("width", [1440, 375])
def test_an_analysts_month_end(house, sits, month, width):
    analyst = sits("renshe-fenxi", width=width)
    analyst.go(f"/labour/monthly/?area={house.county.pk}&month={month:%Y-%m}")
    assert analyst.sees(f"截至 {month:%Y-%m-%d} 终了") and analyst.sees("不排名") and fits(analyst)

    # What changed since the month before: one went, one came back; each opens as many people as it says.
    explained = analyst.page.locator("section", has=analyst.page.locator("h2", has_text="比上月末多了谁"))
    row = explained.locator("tbody tr", has_text="转移就业").first
    parts = [one.inner_text() for one in row.locator("td").all()]
    assert parts[0] == parts[-1] == "1" and "+1" in parts and any(one in parts for one in ("-1", "−1")), parts
    went = row.locator("a", has_text="+1").first.get_attribute("href")
    analyst.go(went)
    assert analyst.sees("共 1 人") and analyst.sees("王建国") and fits(analyst)

    # The board of that day and the workbook say the same number.
    analyst.go(f"/labour/?area={house.county.pk}&as_of={month}")
    assert fits(analyst)
    book = analyst.page.request.get(f"{house.url}/labour/monthly.xlsx?area={house.county.pk}&month={month:%Y-%m}")
    cells = [cell for line in load_workbook(io.BytesIO(book.body())).active.iter_rows(values_only=True) for cell in line]
    assert book.ok and "永善县" in cells and 1 in cells and not any("王建国" in str(cell) for cell in cells), "numbers of areas, nobody's name"

    # On paper: one page, without menu and filter.
    analyst.go(f"/labour/monthly/?area={house.county.pk}&month={month:%Y-%m}").page.emulate_media(media="print")
    assert analyst.page.locator("main form.filters").first.is_hidden() and analyst.page.locator("table.month-table").first.is_visible()
