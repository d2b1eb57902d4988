"""A matching run as an officer lives it: asked for, watched, looked at, one changed by hand, put in force; then it waits with the village worker."""

import os
from datetime import timedelta

import pytest
from django.utils import timezone

from wanjia.kernel.calendar import today
from wanjia.labour.matching.commands import accept_proposal, start_proposal
from wanjia.labour.models import Proposal, Spell
from wanjia.labour.tests import acts_matching as matching
from wanjia.labour.tests import demand_world as demand
from wanjia.orgs.models import User
from wanjia.solving.models import Plan, Standing
from wanjia.solving.runs import commands as runs
from wanjia.solving.runs import process

pytestmark = [pytest.mark.journey, pytest.mark.slow]


def look(person, name):
    """Keep a picture where somebody wants to look (WANJIA_LOOK names the folder)."""
    if folder := os.environ.get("WANJIA_LOOK"):
        person.page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def fits(person):
    return person.page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth + 1")


@pytest.mark.parametrize("width", [1440, 375])
def test_a_run_watched_edited_put_in_force(house, sits, monkeypatch, width):
    monkeypatch.setattr(runs, "start_process", lambda *_words: None)
    matching.labourer(house)
    for title in ("缝纫工", "裁剪工"):
        demand.live(house, title=title)
    drive = matching.drive(house)

    # Asked for from the drive's page; the page says what is done, and stays right when the reader goes away.
    officer = sits("renshe", width=width)
    officer.go(f"/labour/campaigns/{drive.pk}/").press("计算人岗匹配")
    officer.fill(floor="0").press("计算人岗匹配")
    plan = Plan.objects.get()
    assert officer.page.url.endswith(f"/plans/{plan.pk}/") and officer.sees("马上开始计算") and officer.sees("可以离开这一页")
    assert fits(officer)

    # Its process works; the page that was open says so by itself.
    process.run(plan, at=timezone.now())
    officer.page.wait_for_selector("text=算出来的结果")
    assert officer.sees("离最好的还可能差") and fits(officer)

    # The list, one of it, why; changed by hand to the other vacancy, which the same referee allows.
    officer.page.click("main a:has-text('看方案内容')")
    assert fits(officer)
    row = Proposal.objects.get(plan=plan, worker=house.register.head.pk)
    before, other = row.vacancy.title, {"缝纫工", "裁剪工"} - {row.vacancy.title}
    officer.page.click(f"main a[href='/labour/proposals/{row.pk}/']")
    assert officer.sees("为什么是这个") and officer.sees("性别、民族、婚姻、宗教、健康不参加比较") and officer.sees("还没有人被告知") and fits(officer)
    officer.press("改推荐别的岗位")
    choice = officer.page.locator("select[name=vacancy] option", has_text=other.pop()).first
    officer.fill(vacancy=choice.get_attribute("value")).press("改推荐别的岗位")
    row.refresh_from_db()
    assert row.held and row.vacancy.title != before and officer.sees("已锁定")

    # Put in force, after a last look; the village worker finds it on her desk, and tells.
    assert not Standing.objects.exists()
    officer.go(f"/plans/{plan.pk}/").press("启用")
    assert officer.sees("启用前再看一眼") and fits(officer)
    officer.press("启用")
    assert Standing.objects.get().plan == plan and officer.sees("正在使用")
    village = sits("datong", width=width)
    assert village.go("/").sees("岗位推荐")
    assert village.go("/labour/proposals/").sees(row.vacancy.title) and fits(village)

    # He goes and starts. A month on the drive's page says who is still there, and opens it.
    who = {"proposal_id": row.pk, "by": User.objects.get(username="datong"), "at": timezone.now()}
    accept_proposal(**who)
    start_proposal(**who, on=today(timezone.now()), evidence="contract")
    Spell.objects.filter(worker=row.worker_id).update(from_on=today(timezone.now()) - timedelta(days=31))
    officer.go(f"/labour/campaigns/{drive.pk}/")
    officer.page.locator("#stages table").first.wait_for()  # counted beside the page, and put in its place
    assert officer.sees("到岗满 1 个月还在岗") and not officer.sees("到岗满 3 个月") and fits(officer)
    look(officer, f"stayed-{width}")
    officer.go(f"/labour/campaigns/{drive.pk}/stages/after1/")
    assert officer.sees("王建国") and not officer.go(f"/labour/campaigns/{drive.pk}/stages/after1/?lost=1").sees("王建国")
    assert officer.sees("没有做满就离开的人")
