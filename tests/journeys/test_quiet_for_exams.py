"""Quiet for exams: a notice is written by one hand and issued by another, served at a door by telephone, not heeded by a dancing group, and lapses by itself; without a law it is an appeal and forces nobody."""

import os
from datetime import datetime, time, timedelta
from types import SimpleNamespace

import pytest

from wanjia.doors import moment
from wanjia.kernel.calendar import CHINA
from wanjia.schools.models import NoticeReceipt, NoticeStep, SafetyNotice
from wanjia.schools.tests.notice_factories import DAY, END, PAPER, SOON, WORDS, ktv

pytestmark = [pytest.mark.journey, pytest.mark.slow]
LOOKS = os.environ.get("WANJIA_LOOKS", "")


@pytest.fixture
def clock(monkeypatch):
    """What every page takes for now, until it is set on."""
    hand = SimpleNamespace(at=datetime.combine(DAY, time(9), CHINA))
    monkeypatch.setattr(moment, "timezone", SimpleNamespace(now=lambda: hand.at))
    return hand


def keep(at, name):
    """Keep a picture where somebody wants to look."""
    if LOOKS:
        at.page.screenshot(path=f"{LOOKS}/{name}.png", full_page=True)


def written(at, house, **facts):
    """Fill in the form of a notice."""
    at.go("/schools/notices/new/")
    given = {"area": house.county.pk, "issuer": str(house.civil.pk), "name": "期中考试停止噪声活动的通告", "asks": "quiet", "words": WORDS, "from_on": f"{SOON}", "until_on": f"{END}", "basis": "noise_exam", "paper": PAPER}
    at.fill(**given | facts)
    at.page.locator("[name=kinds][value=ktv]").check(force=True)


def test_quiet_for_exams(house, sits, clock):
    place = ktv(house)
    writer = sits("minzheng")
    written(writer, house, asks="close")
    writer.press("拟通告、倡议")
    assert writer.sees("这个依据管不到“暂停营业”") and not SafetyNotice.objects.exists(), "the law on noise closes nothing"
    keep(writer, "notice-refused-1440")
    written(writer, house)
    writer.press("拟通告、倡议")
    one = SafetyNotice.objects.get()
    page = f"/schools/notices/{one.pk}/"
    writer.go(f"{page}group/").fill(group="江边舞蹈队").press("加团体")
    writer.go(page)
    assert writer.sees("写的人不能自己签发")
    keep(writer, "notice-draft-1440")

    other = sits("minzheng2")
    other.go(f"{page}issue/").press("签发")
    one.refresh_from_db()
    assert one.number.endswith("告〔2026〕1号") and one.receipts.count() == 2

    clock.at = datetime.combine(SOON - timedelta(days=1), time(9), CHINA)
    writer.go("/")
    assert writer.sees("通告、倡议快生效或者已生效,还有 2 处没送到")
    phone = sits("minzheng", width=375)
    phone.go("/schools/receipts/")
    assert phone.sees(place.name)
    keep(phone, "receipts-375")
    for row in NoticeReceipt.objects.all():
        phone.go(f"/schools/receipts/{row.pk}/serve/").fill(served_on=f"{clock.at:%Y-%m-%d}", way="handed", signed="signed")
        keep(phone, "serve-375")
        phone.press("登记送达")
    writer.go("/")
    assert not NoticeReceipt.objects.filter(told_at=None).exists() and not writer.sees("处没送到")

    clock.at = datetime.combine(SOON, time(9), CHINA)
    group = NoticeReceipt.objects.get(group="江边舞蹈队")
    facts = {"day": f"{SOON}", "words": "早上还在放音响跳舞", "licensed": "2"}
    phone.go(f"/schools/receipts/{group.pk}/step/").fill(step="educate", **facts)
    keep(phone, "step-375")
    phone.press("登记处置")
    assert phone.sees("先登记“劝告”") and not NoticeStep.objects.exists()
    phone.go(f"/schools/receipts/{group.pk}/step/").fill(step="advise", **facts).press("登记处置")
    phone.go(f"/schools/receipts/{group.pk}/step/").fill(step="educate", reply="说不知道有通告", **facts).press("登记处置")
    assert list(NoticeStep.objects.order_by("taken_at").values_list("step", flat=True)) == ["advise", "educate"]
    phone.go(page)
    keep(phone, "notice-375")
    writer.go(page)
    keep(writer, "notice-1440")
    assert writer.sees("说不知道有通告")

    clock.at = datetime.combine(END + timedelta(days=1), time(9), CHINA)
    writer.go(page)
    assert writer.sees("已到期,自动失效"), "nobody did anything"
    writer.go("/schools/notices/")
    keep(writer, "notices-1440")

    written(writer, house, name="期末考试暂停营业倡议书", asks="close", basis="", paper="", from_on=f"{clock.at:%Y-%m-%d}", until_on=f"{clock.at + timedelta(days=2):%Y-%m-%d}")
    writer.press("拟通告、倡议")
    appeal = SafetyNotice.objects.exclude(pk=one.pk).get()
    writer.go(f"/schools/notices/{appeal.pk}/issue/").press("签发")
    appeal.refresh_from_db()
    assert "倡〔2026〕2号" in appeal.number
    row = appeal.receipts.get()
    writer.go(f"/schools/receipts/{row.pk}/serve/").fill(served_on=f"{clock.at:%Y-%m-%d}", way="posted", signed="nobody_there").press("登记送达")
    writer.go(f"/schools/receipts/{row.pk}/step/").fill(step="educate", day=f"{clock.at:%Y-%m-%d}", words="还在营业", licensed="2").press("登记处置")
    assert writer.sees("没有强制力,只能劝告") and NoticeStep.objects.count() == 2
