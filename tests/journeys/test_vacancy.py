"""An employer's vacancy, from the telephone call to the public board: one refused word mended, a second person's word, and a village that prints it."""

import os
from datetime import timedelta

import pytest
from django.utils import timezone

from wanjia.kernel.calendar import today
from wanjia.labour.models import Vacancy
from wanjia.labour.tests import demand_world as d
from wanjia.orgs.models import Organisation

pytestmark = [pytest.mark.journey, pytest.mark.slow]


def look(page, name):
    """Keep a picture where somebody wants to look (WANJIA_LOOK names the folder)."""
    if folder := os.environ.get("WANJIA_LOOK"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def fits(page):
    """Tell whether nothing reaches over the side of the page."""
    return page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth + 1")


def test_from_the_call_to_the_board(house, sits):
    day = today(timezone.now())
    Organisation.objects.filter(pk=house.township.pk).update(phone="0870-4120001")

    # The factory calls the township. The clerk enters the firm under its credit code, first with a slip of the finger.
    clerk = sits("xisha")
    clerk.go("/employers/").press("登记用工单位")
    clerk.fill(name="永善某某制衣有限公司", code="91530625MA6K000010", place="530625", phone="0870-4567890").press("登记用工单位")
    assert clerk.sees("最后一位是校验位")
    clerk.fill(code=d.code(1)).press("登记用工单位")
    assert clerk.sees("还不是五有企业") and clerk.sees("从这里上岗的")

    # What she was told on the telephone holds a word that the law forbids: the page says which, by what article, and what to write.
    clerk.press("登记岗位")
    look(clerk.page, "write-1280")
    clerk.fill(title="缝纫工", trade="factory", headcount="20", pay_from="2600", pay_to="4200", place="530625", day_hours="8", week_days="6")
    clerk.fill(words="限男性,会用平车;每月 15 日发工资", from_on=str(day), until_on=str(day + timedelta(days=60)), home_by="17:40")
    clerk.press("登记岗位")
    assert clerk.sees("限男性") and clerk.sees("就业促进法第二十七条") and clerk.sees("写做什么、要什么技能")
    assert not Vacancy.objects.exists()
    look(clerk.page, "refused-1280")
    clerk.fill(words="会用平车,不会的教;每月 15 日发工资").press("登记岗位")
    assert clerk.sees("还没有核实,不在榜上") and clerk.sees("自己登记的岗位,请另一个人核实") is False
    one = Vacancy.objects.get()

    # Nobody finds it yet; the labour officer has it on her desk, goes and looks, and confirms it.
    villager = sits(width=375)
    assert not villager.go("/jobs/").sees("缝纫工")
    officer = sits("renshe")
    assert officer.go("/").sees("岗位")
    officer.go("/vacancies/?tab=confirm")
    look(officer.page, "vacancies-confirm-1280")
    officer.page.click("main td.lead a:has-text('缝纫工')")
    officer.press("核实岗位")
    officer.fill(checked="visit", words="到车间看过,问了厂长和三个工人").press("核实岗位")
    assert officer.sees("在招工榜上")
    look(officer.page, "vacancy-1280")

    # The villager reads it on a borrowed phone without an account; the village prints its own sheet, with the office to ask.
    villager.go("/jobs/?home_by=17:40")
    assert villager.sees("缝纫工") and villager.sees("2600–4200 元/月") and fits(villager.page)
    look(villager.page, "jobs-375")
    villager.go(f"/jobs/{house.datong.pk}/")
    assert villager.sees("大同村招工榜") and villager.sees("县内") and villager.sees("0870-4120001") and fits(villager.page)
    look(villager.page, "board-375")
    villager.page.emulate_media(media="print")
    assert not villager.sees("全部岗位") and villager.sees("缝纫工")
    villager.page.emulate_media(media="screen")

    # Somebody starts there: the place is taken off; the last one takes the vacancy off the board.
    spell = d.working(house, place="530625")
    type(spell).objects.filter(pk=spell.pk).update(from_on=day)
    village = sits("datong", width=375)
    village.go(f"/vacancies/{one.pk}/").press("登记上岗")
    look(village.page, "start-375")
    village.page.locator("input[name=spells]").first.check(force=True)
    village.press("登记上岗")
    assert village.sees("20 人,还缺 19 人") and village.sees("王建国")

    # Withdrawn with a reason: gone from the board at once.
    clerk.go(f"/vacancies/{one.pk}/").press("撤下岗位")
    clerk.fill(reason="厂里停产").press("撤下岗位")
    assert clerk.sees("已经撤下:厂里停产") and not villager.go("/jobs/").sees("缝纫工")


@pytest.mark.parametrize("width", [1440, 375])
def test_each_page_fits(house, sits, width):
    """Every page of the demand side with something on it, at a desk and on a phone."""
    employer = d.five(house)
    d.justified(house)
    d.proof(house, criterion="scale", words="工资册 60 人,盖章")
    pact = d.pact(house)
    one = d.live(house, agreement=pact, home_by="17:40", months=[8, 9, 10], sectors=["clothing", "apple"])
    d.live(house, title="宁波某电子厂流水线普工", place="330200", pay_from=5000, pay_to=7000, shift="two", boarding="both")
    d.vacancy(house, title="苹果分拣工", place="530602", pay_from=2000, sectors=["apple"], months=[8, 9, 10])
    home, station_worker = d.at_station(house)
    post = d.station(house, home)
    d.choose_station(away_id=d.working(house).worker_id, station=post, consent="phone", **d.who(house.visitor))
    d.working(house, house.register.wife)
    station_worker.set_password("cong-zheli-jinqu")
    station_worker.save()
    seats = {
        "renshe": (
            "/", "/employers/", "/employers/?tab=proofs", f"/employers/{employer.pk}/", "/vacancies/", f"/vacancies/{one.pk}/", f"/vacancies/{one.pk}/confirm/", "/agreements/", f"/agreements/{pact.pk}/",
            "/agreements/new/", "/outposts/", f"/outposts/{post.pk}/", "/outposts/new/", f"/employers/complaints/{employer.complaints.get().pk}/", f"/employers/{employer.pk}/complaint/", f"/employers/{employer.pk}/proof/",
            f"/employers/{employer.pk}/vacancy/",
        ),
        "datong": ("/away/", f"/away/{house.register.wife.pk}/station/"), "ningbo": ("/station/", "/"), None: ("/jobs/", f"/jobs/{house.datong.pk}/", "/stations/"),
    }  # fmt: skip
    for who, paths in seats.items():
        person = sits(who, width=width)
        for n, path in enumerate(paths):
            person.go(path)
            look(person.page, f"{width}-{who or 'anybody'}-{n}-{path.strip('/').split('/')[0] or 'desk'}")
            assert fits(person.page), path
