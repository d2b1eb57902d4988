"""The old villager without a telephone: a slip in the box comes to the council, a paper card is counted like any other, a word at the door is answered in writing. Nothing asks him for more than paper."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from wanjia.kernel.calendar import today
from wanjia.orgs.models import User
from wanjia.village.models import AgendaItem, Objection, Poll, PollHome, Proposal, PublicNotice, SealedBallot
from wanjia.village.polls.issuing.commands import tick_home
from wanjia.village.tests import poll_factories as polls
from wanjia.village.tests.factories import body, decided, filing, meeting, posted, villager

from .conftest import Person
from .hand import Hand

pytestmark = [pytest.mark.journey, pytest.mark.slow]
WORDS, TITLE = "水井边的垃圾池太近,天热一股味", "三组垃圾池搬迁"


def asks_no_phone(hand):
    """Nothing on the page has to be filled with a telephone's number, or sent from one."""
    found = hand.page.locator("main form")
    assert not found.locator("input[type=tel], [name*=phone]").count(), "a form asks for a telephone"
    return hand


def test_a_slip_in_the_box_comes_before_the_council(chromium, house):
    day, council = today(timezone.now()), body(house, seats=10, name="大同村村民协商议事会")
    him, accounts = villager(house, 11, born=today(timezone.now()).replace(year=1948, day=1), name="苟老爹"), User.objects.count()
    coming = meeting(house, of=council, day=day)
    clerk = Hand(chromium, house, "datong", 1440)
    clerk.go("/village/proposals/").sees("没有等答复的提议")
    clerk.both("old-proposals-empty")
    assert "没有手机的" in clerk.sheet(reverse("village:proposing_paper", args=[house.datong.pk]), "old-slips")

    # What lay in the box, in his own words; he comes by for his slip.
    asks_no_phone(clerk.tap("main a:has-text('登记村民提议')"))
    clerk.at.fill(words=WORDS, way="paper", name=him.name)
    if clerk.page.locator("select[name=village]").count():
        clerk.page.select_option("select[name=village]", house.datong.pk)
    clerk.both("old-write")
    clerk.tap("main button:has-text('登记村民提议')")
    one = Proposal.objects.get()
    clerk.sees(one.number).sees("没有手机的,凭号码到村里问").both("old-slip")
    assert him.name not in clerk.page.locator("main").inner_text() and WORDS not in clerk.page.locator("main").inner_text()
    assert clerk.paper("old-slip") == 1

    # The clerk puts it to the council, in words that name nobody.
    clerk.tap("header a:has-text('回到这件提议'), a.btn:has-text('回到这件提议')").tap("#moves a:has-text('提交会议')")
    clerk.at.fill(kind="surroundings", title=TITLE, words=f"{him.name}提的,要搬到路边")
    if clerk.page.locator("select[name=body]").count():
        clerk.page.select_option("select[name=body]", index=1)
    clerk.tap("main button:has-text('提交会议')").sees("写的话里有提出人的姓名")
    clerk.at.fill(words="垃圾池离水井太近,要搬到路边")
    clerk.tap("main button:has-text('提交会议')")
    item = AgendaItem.objects.get()
    clerk.go(reverse("village:item", args=[item.pk])).tap("#moves a:has-text('列入议程')")
    if clerk.page.locator("select[name=meeting]").count():
        clerk.page.select_option("select[name=meeting]", index=1)
    clerk.tap("main button:has-text('列入议程')")
    item.refresh_from_db()
    assert (item.meeting, item.source) == (coming, "villager")

    # He reads it on the wall, and asks by his number at the counter.
    wall = clerk.sheet(reverse("village:board_paper", args=[house.datong.pk]), "old-wall")
    assert TITLE in wall and him.name not in wall and WORDS not in wall
    clerk.go("/village/proposals/").sees(one.number)
    clerk.go(reverse("village:village_proposal", args=[one.pk])).sees("已列入议程").both("old-asked")
    assert User.objects.count() == accounts, "he needs no account"
    assert clerk.at.faults == []


def test_his_paper_card_counts_like_any_other(chromium, house):
    with polls.quick_keys():
        poll = polls.poll(house)
        clerk, second = Hand(chromium, house, "datong", 1440), Hand(chromium, house, "xisha", 1440)
        page = reverse("village:poll", args=[poll.pk])
        clerk.go(page).tap(".acts a:has-text('印纸票'), a.btn:has-text('印纸票')").tap("main button:has-text('印纸票')")
        cards = re.findall(r"A(?:-[0-9A-Z]{4}){4}", clerk.page.locator(".vote-cards").inner_text())
        clerk.both("old-cards")
        home, *others = poll.homes.select_related("household").order_by("household__number")
        for other in others[:3]:
            tick_home(poll_home_id=other.pk, by=house.visitor, at=timezone.now())
        clerk.go(reverse("village:poll_roll", args=[poll.pk])).sees("手机小条").both("old-roll")
        asks_no_phone(clerk.tap(f"a[href*='{home.pk}/tick/']")).tap("main button:has-text('领了纸票')")
        assert PollHome.objects.get(pk=home.pk).taken == "paper"
        assert "领票名册" in clerk.sheet(reverse("village:poll_roll_sheet", args=[poll.pk]), "old-roll-sheet")

        clerk.go(page).tap("a.btn:has-text('开始投票')")
        clerk.at.fill(watcher="村务监督委员会主任", left=str(len(cards) - 4 - 1), spoilt="0")
        clerk.tap("main button:has-text('开始投票')").sees("请两个人再点一遍")
        clerk.at.fill(spoilt="1")
        clerk.tap("main button:has-text('开始投票')")
        halves = clerk.page.locator(".vote-half code").all_inner_texts()
        clerk.both("old-halves")

    # He drew a card, made his mark, and put it into the box; nobody else at home has a telephone either.
    clerk.go(page).tap("a.btn:has-text('停止投票')").tap("main button:has-text('停止投票')")
    assert "计票单" in clerk.sheet(reverse("village:poll_count_sheet", args=[poll.pk]), "old-count-sheet")
    clerk.go(page).tap("a.btn:has-text('录一堆纸票')")
    clerk.at.fill(ballots=f"{cards[0]} 1\n{cards[1]} 2\n{cards[2]} 1\n{cards[3]} 废")
    clerk.both("old-heap")
    clerk.tap("main button:has-text('录一堆纸票')")
    assert SealedBallot.objects.count() == 4
    second.go(page).tap("main a:has-text('核对')")
    second.at.fill(counted="3 0 0 0 1")
    second.tap("main button:has-text('核对这一堆')").sees("和录入的不一样")
    second.at.fill(counted="2 1 0 0 1")
    second.tap("main button:has-text('核对这一堆')")
    three = {name: str(one.pk) for name, one in polls.counters(house).items()}
    clerk.go(page).tap("a.btn:has-text('开票公布')")
    clerk.at.fill(half=halves[0], other_half=halves[1], **three)
    clerk.tap("main button:has-text('开票公布')")
    assert Poll.objects.get().board and not SealedBallot.objects.exists()
    clerk.both("old-counted")
    board = clerk.sheet(reverse("village:poll_board_sheet", args=[poll.pk]), "old-board-sheet")
    assert "装2" in board and "不装1" in board and not any("".join(one.split("-"))[1:] in board for one in cards)
    assert PollHome.objects.exclude(link="").count() == 0 and not PollHome.objects.filter(taken="phone").exists(), "somebody was sent to a telephone"
    assert clerk.at.faults == second.at.faults == []


def test_a_word_at_the_door_is_answered_in_writing(chromium, house):
    day = today(timezone.now())
    one = decided(house)
    type(one).objects.filter(pk=one.pk).update(decided_by=house.visitor)
    notice = posted(house, filing(house, one).item, from_on=day, until_on=day.fromordinal(day.toordinal() + 14), posted_by=house.visitor)
    clerk, other = Hand(chromium, house, "datong", 1440), Person(chromium, house, "datong2")
    page = reverse("village:public_notice", args=[notice.pk])
    asks_no_phone(clerk.go(page).tap("#moves a:has-text('登记异议')"))
    clerk.at.fill(words="搬到路口味道大,正对我家灶房", way="spoken")
    clerk.both("old-objects")
    clerk.tap("main button:has-text('登记异议')").sees("答复以前公示不撤").sees("没有留名").both("old-objected")
    said = Objection.objects.get()
    clerk.go(reverse("village:objection_answer", args=[said.pk])).sees("不能自己答复异议")
    other.go(reverse("village:objection_answer", args=[said.pk])).fill(outcome="explained", answer="新池加盖,在下风口,每天清运", answered_for="村务监督委员会").press("答复异议")

    # What he is handed: the notice with the answer under it; nobody who asked stands on it.
    handed = clerk.sheet(reverse("village:public_notice_paper", args=[notice.pk]), "old-answer")
    assert "新池加盖" in handed and "村务监督委员会" in handed and "灶房" not in handed
    assert PublicNotice.objects.get().withdrawn_on is None and said.way == "spoken"
    clerk.go(page).sees("新池加盖").both("old-answered")
    assert clerk.at.faults == other.faults == []
