"""The clerk's council evening: from the notice to the paper on the wall. Once too few come and nothing is decided; a week later enough come, and every tap is counted."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from wanjia.kernel.calendar import today
from wanjia.village.models import AgendaItem, Filing, Meeting, PublicNotice
from wanjia.village.states import Came, ItemState, MeetingState
from wanjia.village.tests.factories import body, item

from .conftest import Person
from .hand import Hand

pytestmark = [pytest.mark.journey, pytest.mark.slow]
DUE, FEW, ENOUGH = 7, 3, 5
MOST_TAPS = 21  # from the desk to the notice on the wall, of which one a person who came
TITLE = "三组垃圾池搬迁"


def call(clerk, council, day):
    """Write the notice down that went from house to house; return the meeting."""
    clerk.go(reverse("village:body", args=[council.pk])).tap("main a:has-text('通知开会')")
    clerk.at.fill(day=f"{day:%Y-%m-%d}", place="村委会二楼", told_on=f"{day - timedelta(days=3):%Y-%m-%d}")
    clerk.tap("main button:has-text('通知开会')")
    return Meeting.objects.get(state=MeetingState.CALLED)


def tick(clerk, meeting, n):
    """Tick so many of the paper roll, one tap each; who has signed stands on the sheet."""
    for row in meeting.roll.select_related("seat__person")[:n]:
        clerk.tap(f"#roll button[aria-label='到会 {row}']")
        clerk.page.locator(f"#roll button[aria-label='没有来 {row}']").wait_for()


def in_sight(clerk):
    """Tell whether the quorum bar lies under nothing, wherever the roll is scrolled to."""
    clerk.page.locator("#roll form").last.scroll_into_view_if_needed()
    return clerk.page.evaluate(
        "() => { const bar = document.querySelector('.quorum'), at = bar.querySelector('strong').getBoundingClientRect(); return bar.contains(document.elementFromPoint(at.x + 2, at.y + 2)) }"
    )


def from_desk(clerk, words):
    """Come to the meeting that waits, from the desk."""
    clerk.go("/village/meetings/").tap("#waits a")
    return clerk.sees(words)


def on_agenda(clerk, one):
    """Put the item that waits on the agenda of the meeting that is open before her."""
    clerk.tap(f"main button[aria-label='列入议程 {one.title}']").page.locator(f"main button[aria-label='列入议程 {one.title}']").wait_for(state="detached")


def test_too_few_decide_nothing_and_enough_decide_by_votes(chromium, house):
    day, council = today(timezone.now()), body(house, seats=DUE, name="大同村村民协商议事会")
    one = item(house, of=council)
    clerk = Hand(chromium, house, "datong", 1440)

    first = call(clerk, council, day)
    assert "应到7人" in clerk.sheet(reverse("village:meeting_roll", args=[first.pk]), "council-roll")
    from_desk(clerk, "还没有议题").both("council-called")
    on_agenda(clerk, one)
    clerk.tap("main a:has-text('开会')").tap("main button:has-text('开会')")
    tick(clerk, first, FEW)
    clerk.sees("人数不足").sees("还差 1").both("council-too-few")
    assert in_sight(clerk), "while the roll is ticked, nobody sees whether enough came"
    clerk.go(reverse("village:item_decide", args=[one.pk]))
    assert clerk.at.sees("人数不足:应到 7,要到 4,实到 3,还差 1,不能作出决定。") and not clerk.page.locator("[name=ruling]").count()
    clerk.both("council-refused")
    clerk.go(reverse("village:meeting", args=[first.pk])).tap("main a:has-text('人数不足,没开成')")
    clerk.at.fill(reason="抢收,到会的人不够,下周再开")
    clerk.tap("main button:has-text('人数不足,没开成')")
    one.refresh_from_db()
    assert (one.state, one.meeting, Meeting.objects.get().state) == (ItemState.PROPOSED, None, MeetingState.FAILED)
    assert not Filing.objects.exists() and not PublicNotice.objects.exists()
    Meeting.objects.update(day=day - timedelta(days=7), told_on=day - timedelta(days=10))  # a week goes by

    second = call(clerk, council, day)
    clerk.taps = 0
    from_desk(clerk, "还没有议题")
    on_agenda(clerk, one)
    clerk.tap("main a:has-text('开会')").tap("main button:has-text('开会')")
    tick(clerk, second, ENOUGH)
    clerk.sees("合法有效").both("council-quorum")
    clerk.tap("main a:has-text('记发言')")
    clerk.at.fill(minutes="一户担心路口味道大;答应加盖、每天清运。")
    clerk.tap("main button:has-text('记发言')")
    decide(clerk, day, votes=2)
    clerk.sees("同意 2,要 3 才算通过")
    clerk.both("council-votes-too-few")
    clerk.at.fill(votes_for="4", votes_against="0")
    clerk.tap("main button:has-text('记表决结果')")
    one.refresh_from_db()
    assert (one.state, one.votes_for, one.votes_abstain) == (ItemState.PASSED, 4, 1)
    assert "同意4" in clerk.sheet(reverse("village:meeting_minutes", args=[second.pk]), "council-minutes")
    clerk.go(reverse("village:meeting", args=[second.pk])).tap("main a:has-text('散会')").tap("main button:has-text('散会')")
    clerk.sees("要另一个到会的人核对签字").both("council-closed")
    assert not clerk.page.locator("main a.btn:has-text('核对签字')").count(), "who wrote the minutes signs them not"

    other = Person(chromium, house, "datong2")
    other.go(reverse("village:meeting", args=[second.pk])).press("核对签字").press("核对签字")
    assert Meeting.objects.get(pk=second.pk).signed_by.username == "datong2"

    clerk.go("/village/notices/").tap(f"#to_file a:has-text('{TITLE}')").tap("main a:has-text('报备')")
    clerk.at.fill(heard="支部、村委会都同意")
    clerk.tap("main button:has-text('报备')").tap("main a:has-text('公示')")
    clerk.at.fill(where="村务公开栏、三组院坝")
    clerk.tap("main button:has-text('公示')")
    notice = PublicNotice.objects.get()
    clerk.sees("已公示").both("council-posted")
    said = clerk.sheet(reverse("village:public_notice_paper", args=[notice.pk]), "council-notice")
    assert all(words in said for words in (TITLE, "应到7", "实到5", "同意4", "不同意0", "弃权1"))
    assert TITLE in clerk.sheet(reverse("village:filing_paper", args=[one.filing.pk]), "council-filing")
    assert (notice.until_on - notice.from_on).days == 14 and second.roll.filter(came=Came.PRESENT).count() == ENOUGH
    assert clerk.taps <= MOST_TAPS, f"{clerk.taps} taps"
    print(f"\nthe council's evening, from the desk to the notice: {clerk.taps} taps, {ENOUGH} of them the roll")
    assert clerk.at.faults == other.faults == [] and AgendaItem.objects.count() == 1


def decide(clerk, day, votes):
    """Write down what was decided, by so many votes."""
    clerk.tap("#moves a:has-text('记表决结果')")
    clerk.at.fill(ruling="pass", votes_for=str(votes), votes_against="2", votes_abstain="1", conclusion="年底前搬到路口,加盖,每天清运", answers="村委会副主任",
                  due_on=f"{day + timedelta(days=30):%Y-%m-%d}")  # fmt: skip
    clerk.tap("main button:has-text('记表决结果')")
