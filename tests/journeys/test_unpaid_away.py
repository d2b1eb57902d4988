"""Wages that are owed a thousand kilometres from home: the station in Ningbo opens one need from a phone, the township at home has it, and the station reads how far it is."""

import os
from datetime import timedelta

import pytest
from django.apps import apps
from django.utils import timezone

from wanjia.casework.screening.commands import admit_need
from wanjia.kernel.calendar import today
from wanjia.labour.models import WageClaim
from wanjia.labour.tests import demand_world as d
from wanjia.orgs.models import User

pytestmark = [pytest.mark.journey, pytest.mark.slow]
WORDS = "车间主任说年底一起给,现在人也找不到"


def look(page, name):
    """Keep a picture where somebody wants to look (WANJIA_LOOK names the folder)."""
    if folder := os.environ.get("WANJIA_LOOK"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def fits(page):
    """Tell whether nothing reaches over the side of the page."""
    return page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth + 1")


@pytest.mark.parametrize("width", [1440, 375])
def test_what_is_owed_away_becomes_one_need_at_home(house, sits, width):
    d.looked_after(house)
    day = today(timezone.now())

    # He comes to the station, which sees him because he chose it.
    away = sits("zhuwai", width=width)
    away.go("/station/")
    assert away.sees("王建国") and away.sees("宁波") and fits(away.page)
    look(away.page, f"station-{width}")

    # A day before he began is refused with the day; then it is noted.
    away.press("登记欠薪")
    assert fits(away.page)
    look(away.page, f"claim-{width}")
    away.fill(from_on=str(d.DAY - timedelta(days=1)), last_on=str(day), owes="6000", words=WORDS).press("登记欠薪")
    assert away.sees("欠薪的日子要在他在这里做工的日子里(2026-11-02 –")
    look(away.page, f"refused-{width}")
    away.fill(from_on=str(d.DAY)).press("登记欠薪")
    need, claim = apps.get_model("casework.Need").objects.get(), WageClaim.objects.get()
    assert away.sees(f"已登记成诉求 {need.number},由诉求台账的一个单位负责到底")
    assert away.sees("替工友登记的欠薪") and away.sees("现在由细沙乡人民政府办理") and not away.sees(WORDS) and fits(away.page)
    look(away.page, f"claimed-{width}")

    # Once more for the same days: it stands there already, with its number.
    away.go(f"/station/{claim.worker_id}/wages/").fill(from_on=str(d.DAY), last_on=str(day), owes="6000", words=WORDS).press("登记欠薪")
    assert away.sees(f"这些日子的工资已经登记成诉求 {need.number}")

    # The township at home: one need, where the work is and whom to call there in its first line.
    clerk = sits("xisha", width=width)
    clerk.go(f"/needs/{need.pk}/")
    assert clerk.sees("宁波") and clerk.sees("6000 元") and clerk.sees(claim.outpost.phone) and not clerk.sees(WORDS) and fits(clerk.page)
    look(clerk.page, f"need-{width}")
    admit_need(need_id=need.pk, by=User.objects.get(pk=house.clerk.pk), at=timezone.now())
    away.go("/station/")
    assert away.sees("现在由细沙乡人民政府办理") and not away.sees("给您"), "the station reads how far it is; the promise is the worker's"
    look(away.page, f"admitted-{width}")
    assert apps.get_model("casework.Need").objects.count() == 1
