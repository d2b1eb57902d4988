"""打印一页 prints one page, with the map, however many areas and needs there are."""

import io
import re
import unicodedata

import pytest
from pypdf import PdfReader

from wanjia.casework.tests import factories
from wanjia.orgs.roles import Role

pytestmark = pytest.mark.journey


def crowd(world):
    """A county of sixteen townships with needs of all of them."""
    for n in range(14):
        township = factories.area(f"5306251{n + 20:02d}000"[:12].ljust(12, "0"), f"第{n + 1}镇", "township", world.county)
        village = factories.area(f"{township.code[:9]}201", f"村{n + 1}", "village", township)
        clerk = factories.worker(f"zhen{n}", f"陶{n}", factories.unit(f"第{n + 1}镇人民政府", "township", township), Role.TOWNSHIP_WORKER)
        for turn in range(3):
            world.need(by=clerk, village=village, household=None, summary=f"第{n + 1}镇的第{turn + 1}件,房屋漏雨、道路不通、想申请低保,请尽快来看一看", requester_name=f"陶有{turn}")


def test_one_page_is_one_page_with_the_map(chromium, house):
    from .conftest import Person

    crowd(house)
    them = Person(chromium, house, "yongshan", width=1440)
    them.go("/dashboard/")
    page = them.page
    page.emulate_media(media="print")
    assert page.locator(".one-page .map svg").first.is_visible()
    sheets = PdfReader(io.BytesIO(page.pdf(format="A4"))).pages
    assert len(sheets) == 1
    text = unicodedata.normalize("NFKC", re.sub(r"\s", "", sheets[0].extract_text()))
    assert "各地还没有解决的件数" in text
    assert "承办单位说解决了" in text and "诉求人自己说解决了" in text and "现在谁手里" in text and "按登记月份" in text
    assert "另有19件" in text, "42 stand unsolved, 23 are printed"
    assert "各地情况" not in text, "what is folded on the screen is not on the paper"
    assert them.faults == []
