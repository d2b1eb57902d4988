"""The migrant in Zhejiang with his telephone: his home's one vote by the slip or by the card's code, never twice whatever is tried here or at home; his check number on the published board; his objection to a notice, and its answer."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from wanjia.kernel.calendar import today
from wanjia.village.models import Objection, PollHome, PublicNotice, SealedBallot
from wanjia.village.objecting import rules as objecting
from wanjia.village.polls import commands
from wanjia.village.polls.counting import commands as counting
from wanjia.village.polls.issuing.commands import tick_home
from wanjia.village.polls.secret import in_fours
from wanjia.village.tests import poll_factories as polls
from wanjia.village.tests.factories import decided, filing, posted

from .conftest import Person
from .hand import Hand

pytestmark = [pytest.mark.journey, pytest.mark.slow]
CHECK, ONCE = "246810", "这张票已经投过,不能再投。"


def choose(phone, words, check=""):
    """Choose and send, as the page leads."""
    phone.tap(f".vote-option:has-text('{words}')").tap("[data-sure]").page.locator("[data-chosen] li", has_text=words).wait_for()
    if check:
        phone.tap("[data-face=sure] summary").at.fill(check=check)
    return phone.tap("[data-send]")


def typed(phone, page, ticket):
    """Open the voting page and type the ticket in."""
    phone.go("/g/").go(page).at.fill(ticket=ticket)
    return phone.tap("[data-begin]")


def refused(phone, words):
    phone.page.locator("[data-said]:visible", has_text=words).wait_for()
    assert not phone.page.locator("[data-face=done]:visible").count()


def test_one_home_votes_once_and_he_finds_his_vote(chromium, house):
    now, who = timezone.now(), {"by": house.visitor, "at": timezone.now()}
    with polls.quick_keys():
        poll = polls.poll(house)
        codes = commands.print_cards(poll_id=poll.pk, reserve=2, **who).cards[poll.classes.get().pk]
        home, *others = poll.homes.select_related("household").order_by("household__number")
        page, roll = reverse("village:poll_vote", args=[poll.pk]), reverse("village:poll_roll", args=[poll.pk])

        # His mother asks for the slip at the village and sends him its picture.
        clerk, phone = Hand(chromium, house, "datong", 1440), Hand(chromium, house, None, 375)
        clerk.go(roll).tap(f"a[href*='{home.pk}/link/']").tap("main button:has-text('打印手机领票小条')")
        link = re.search(r"/t/\S+", clerk.page.locator(".slip-paper").inner_text())[0]
        clerk.both("away-slip")
        phone.go(link).sees("谁也看不到您投了什么")
        assert home.household.number not in phone.page.content(), "the page says whose home it is"
        phone.both("away-token")
        phone.tap("[data-take]").page.locator("[data-face=done]").wait_for()
        ticket = phone.page.locator("[data-ticket]").input_value()
        phone.both("away-token-held")
        phone.go(page).sees("还没有开始投票")

        # At home nobody is given a card for this home any more, nor a second ticket.
        assert PollHome.objects.get(pk=home.pk).taken == "phone"
        clerk.go(roll).sees("用手机领了票证")
        assert not clerk.page.locator(f"a[href*='{home.pk}/tick/'], a[href*='{home.pk}/link/']").count()
        clerk.go(reverse("village:poll_home_tick", args=[home.pk])).sees("这一户已经领过票,不能再领。").both("away-no-card")
        thief = Hand(chromium, house, None, 375)
        thief.go(link).tap("[data-take]")  # the button stands there still: on his own telephone the very same is signed again where the line dropped
        refused(thief, "这一户已经领过票,不能再领。")
        thief.both("away-taken")

        for other in others[:3]:
            tick_home(poll_home_id=other.pk, **who)
        voting = commands.open_poll(poll_id=poll.pk, watcher="村务监督委员会主任", left=len(codes) - 3, **who)

    # He opens the page on the same telephone, votes; then he tries again by the ticket that he kept.
    phone.go(page).page.locator("[data-face=choose]").wait_for()
    phone.both("away-choose")
    phone.taps = 0
    choose(phone, "不装", CHECK).page.locator("[data-face=done]").wait_for()
    assert phone.taps <= 4, "one tap to choose, one to say so, one for a number of his own, one to send"
    phone.both("away-done")
    choose(typed(phone, page, ticket.split("#")[1]), "弃权")
    refused(phone, ONCE)
    phone.both("away-twice")
    assert SealedBallot.objects.count() == 1

    # The neighbour's son votes by the code of the card that lies at home; the card goes into the box as well.
    son = Hand(chromium, house, None, 375)
    choose(typed(son, page, f"A-{in_fours(codes[0])}"), "装").page.locator("[data-face=done]").wait_for()
    choose(typed(son, page, f"A-{in_fours(codes[0])}"), "不装")
    refused(son, ONCE)
    typed(son, page, "A-2222-2222-2222-2222")
    choose(son, "装")
    refused(son, "这张票不是这次表决的")
    commands.end_poll(poll_id=poll.pk, **who)
    clerk.go(reverse("village:heap_new", args=[poll.pk]))
    cards = [f"A-{in_fours(code)} {n}" for code, n in zip(codes[:3], (2, 1, 1), strict=True)]
    clerk.at.fill(ballots="\n".join(cards))
    clerk.tap("main button:has-text('录一堆纸票')").sees("第 1 行的票号已经用过").both("away-set-aside")
    clerk.at.fill(ballots="\n".join(cards[1:]), set_aside="1")
    clerk.tap("main button:has-text('录一堆纸票')")
    counting.agree_heap(poll_heap_id=poll.heaps.get().pk, counted="2 0 0 0 0", by=house.clerk, at=now)
    counting.close_poll(poll_id=poll.pk, half=voting.halves[0], other_half=voting.halves[1], **polls.counters(house), **who)

    # From there he finds his own vote by the number that he thought of, and counts all of them again.
    phone.go(page).tap("a.btn:has-text('看结果')").sees("9 户,4 户领了票,投了 4 票。")
    mine = phone.page.locator(".vote-list li", has_text=CHECK)
    assert mine.count() == 1 and mine.inner_text().split() == [CHECK, "不装"]
    rows = [" ".join(row.split()) for row in phone.page.locator("table tr").all_inner_texts()]
    assert {"装 3", "不装 1", "弃权 0"} <= set(rows), rows
    phone.both("away-board")
    phone.tap("a.btn:has-text('在网页上验票')").tap("[data-fetch]").page.locator("output.good", has_text="装:3").wait_for()
    phone.both("away-verified")
    assert phone.at.faults == thief.at.faults == son.at.faults == clerk.at.faults == []


def test_he_objects_from_there_and_reads_the_answer(chromium, house):
    objecting._sent.clear()
    day = today(timezone.now())
    one = decided(house)
    type(one).objects.filter(pk=one.pk).update(decided_by=house.visitor)
    notice = posted(house, filing(house, one).item, from_on=day - timedelta(days=14), until_on=day, posted_by=house.visitor)
    phone, clerk, other = Hand(chromium, house, None, 375), Hand(chromium, house, "datong", 1440), Person(chromium, house, "datong2")

    phone.go("/g/").at.fill(q="大同")
    phone.tap("button:has-text('找')").tap("ul.places a:has-text('大同村')").both("away-public-board")
    phone.tap(f"#objecting a:has-text('{one.title}')").sees("正在公示").both("away-notice")
    phone.at.fill(words="路口正对我家灶房,换到晒坝边上行不行")
    phone.tap("main button:has-text('交给村里')").sees("收到了").sees("还有 1 条等着答复").both("away-objected")
    said = Objection.objects.get()
    assert (said.told_by, said.name, said.told_on) == (None, "", day)
    assert "灶房" not in phone.page.content(), "what he said stands where everybody reads it"

    # The last day is over: it stays up until he is answered.
    PublicNotice.objects.update(until_on=day - timedelta(days=1))
    assert phone.go(f"/g/{house.datong.pk}/").page.locator("#objecting a").count() == 1
    clerk.go("/").sees("条异议等着答复")
    clerk.go(reverse("village:public_notice", args=[notice.pk])).sees("灶房").both("away-heard")
    clerk.go(reverse("village:objection_answer", args=[said.pk])).sees("不能自己答复异议")
    other.go(reverse("village:objection_answer", args=[said.pk])).fill(outcome="explained", answer="晒坝边上没有路,车进不去;新池加盖,每天清运", answered_for="村务监督委员会").press("答复异议")
    assert not phone.go(f"/g/{house.datong.pk}/").page.locator("#objecting a").count(), "answered and over, it is down"
    phone.go(reverse("village:public_objecting", args=[house.datong.pk, notice.pk])).sees("晒坝边上没有路").sees("公示已经到期").both("away-answered")
    assert not phone.page.locator("[name=words]").count() and phone.at.faults == clerk.at.faults == other.faults == []
