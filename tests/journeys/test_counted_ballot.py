"""A counted ballot: paper cards drawn from a heap, a home away by its telephone, a card that was scanned and thrown in too; another hand counts the heap, three sign, two halves open the ballots; the board goes up and is printed."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from wanjia.village.models import Poll, PollHeap, SealedBallot
from wanjia.village.tests import poll_factories as made
from wanjia.village.tests.factories import body
from wanjia.village.verifier import verify

from .hand import LOOKS, Hand

pytestmark = [pytest.mark.journey, pytest.mark.slow]
HOMES, PAPER, RESERVE = 9, 4, 2
QUESTION = "村口的路灯装不装?"


def drawn(clerk):
    """The clerk draws the poll up and prints its cards; returns the codes that stood on the page, as they are read off paper."""
    clerk.go("/village/polls/").tap("main a:has-text('发起户表决')")
    clerk.at.fill(question=QUESTION, options="装\n不装\n弃权")
    clerk.keep("ballot-new")
    clerk.tap("main button:has-text('发起户表决')")
    clerk.keep("ballot-issuing")
    clerk.tap("main a:has-text('印纸票')")
    clerk.at.fill(reserve=str(RESERVE)).press("印纸票")
    clerk.keep("ballot-cards")
    clerk.paper("ballot-cards")
    return clerk.page.locator(".vote-ticket code").all_inner_texts()


def issued(clerk, away):
    """Four homes take a card, one that is away gets a slip and takes its token with it; the clerk counts off what is left. Returns the two halves."""
    roll = f"/village/polls/{Poll.objects.get().pk}/roll/"
    for _home in range(PAPER):
        clerk.go(roll).tap("main a:has-text('领纸票')").tap("main button:has-text('领了纸票')")
    clerk.go(roll).keep("ballot-roll")
    clerk.tap("main a:has-text('手机小条')").tap("main button:has-text('打印手机领票小条')")
    clerk.keep("ballot-slip")
    away.go(f"/t/{clerk.page.locator('.slip-paper code').inner_text()}").keep("ballot-token")
    away.tap("[data-take]").sees("票证领到了").keep("ballot-token-taken")
    away.tap("[data-face=done] a[data-vote]").sees("还没有开始投票").keep("ballot-too-early")
    return opened(clerk)


def opened(clerk):
    poll = f"/village/polls/{Poll.objects.get().pk}/"
    clerk.go(poll).tap("main a:has-text('停止发票')")
    clerk.at.fill(watcher="村务监督委员会主任", left=str(HOMES + RESERVE - PAPER), spoilt="1").press("停止发票")
    clerk.sees("请两个人再点一遍").keep("ballot-miscounted")
    clerk.at.fill(left=str(HOMES + RESERVE - PAPER - 1)).press("停止发票")
    clerk.keep("ballot-halves")
    return clerk.page.locator(".vote-half code").all_inner_texts()


def votes(voter, ticket, choice, check=""):
    """Somebody votes on a telephone."""
    voter.go("/").go(f"/v/{Poll.objects.get().pk}/{ticket}")
    voter.page.locator("[data-options] label", has_text=choice).first.click()
    voter.tap("[data-sure]")
    if check:
        voter.tap("[data-face=sure] summary").at.fill(check=check)
    voter.keep("ballot-sure")
    voter.tap("[data-send]")


def counted(clerk, second, codes):
    """The box holds three cards and the one that voted by telephone; its number is used. One types, another counts by hand."""
    poll = f"/village/polls/{Poll.objects.get().pk}/"
    clerk.go(poll).tap("main a:has-text('停止投票')").tap("main button:has-text('停止投票')")
    clerk.go(poll).keep("ballot-counting")
    clerk.tap("main a:has-text('录一堆纸票')")
    heap = [f"{codes[1]} 1", f"{codes[2]} 2", f"{codes[3]} 废"]
    clerk.at.fill(ballots="\n".join([f"{codes[0]} 2", *heap])).press("录一堆纸票")
    clerk.sees("第 1 行的票号已经用过").keep("ballot-used-card")
    clerk.at.fill(ballots="\n".join(heap), set_aside="1").press("录一堆纸票")
    clerk.go(poll).sees("等另一个人用手数一遍").keep("ballot-own-heap")
    clerk.go(f"/village/poll-heaps/{PollHeap.objects.get().pk}/agree/").sees("录入的人不能自己核对")
    second.go(poll).tap("main a:has-text('核对')")
    second.at.fill(counted="2 0 0 0 1").press("核对这一堆")
    second.sees("和录入的不一样").keep("ballot-unlike")
    second.at.fill(counted="1 1 0 0 1").press("核对这一堆")


def closed(clerk, house, halves):
    poll = f"/village/polls/{Poll.objects.get().pk}/"
    three = {name: str(one.pk) for name, one in made.counters(house).items()}
    clerk.go(poll).tap("main a:has-text('开票公布')")
    clerk.at.fill(half=halves[0], other_half=halves[0], **three).press("开票公布")
    clerk.sees("两半口令对不上").keep("ballot-false-half")
    clerk.at.fill(half=halves[0], other_half=halves[1], **three | {"counter_two": three["supervisor"]}).press("开票公布")
    clerk.sees("计票要三个不同的人")
    clerk.at.fill(half=halves[0], other_half=halves[1], **three).press("开票公布")


def printed(clerk, house, poll):
    """Return what the sheet for the wall says, without blanks: it is broken anywhere on paper."""
    answer = clerk.page.request.get(f"{house.url}/village/polls/{poll.pk}/board-sheet/")
    if LOOKS:
        with open(f"{LOOKS}/ballot-board-sheet.pdf", "wb") as file:
            file.write(answer.body())
    return "".join("".join(sheet.extract_text() for sheet in PdfReader(BytesIO(answer.body())).pages).split())


def test_paper_and_telephones_in_one_count(monday, house, chromium):
    made.homes(house, HOMES)
    body(house)
    clerk, second = Hand(chromium, house, "datong", 1440), Hand(chromium, house, "xisha", 375)
    away, at_home = (Hand(chromium, house, None, 375) for _one in range(2))
    codes = drawn(clerk)
    assert len(set(codes)) == HOMES + RESERVE
    halves = issued(clerk, away)

    votes(away, "", "装", check="246810")
    away.sees("投好了").keep("ballot-cast")
    votes(at_home, f"#{codes[0]}", "装")
    at_home.sees("投好了")
    votes(at_home, f"#{codes[0]}", "不装")
    at_home.sees("这张票已经投过").keep("ballot-twice")
    clerk.go(f"/village/polls/{Poll.objects.get().pk}/").keep("ballot-voting")
    assert SealedBallot.objects.count() == 2 and "投了 2" not in clerk.page.content()

    counted(clerk, second, codes)
    at_home.go(f"/g/{house.datong.pk}/").tap(f"a:has-text('正在计票:{QUESTION}')").sees("投票已经停止").keep("ballot-too-late")
    closed(clerk, house, halves)
    clerk.sees("结果").keep("ballot-closed")
    one = Poll.objects.get()
    assert verify(one.board, one.digest)[0] and not SealedBallot.objects.exists()

    # Anybody, without an account: from the village's own board to the result, the turnout, the ballot that bears his number.
    at_home.go(f"/g/{house.datong.pk}/").tap(f"a:has-text('已经公布:{QUESTION}')").sees("9 户,5 户领了票,投了 5 票。").keep("ballot-public")
    rows = [row.inner_text().split() for row in at_home.page.locator("table tr").all()]
    assert rows == [["装", "3"], ["不装", "1"], ["弃权", "0"], ["什么都没选", "0"], ["废票", "1"]]
    assert at_home.page.locator(".vote-list li", has_text="246810").inner_text().split() == ["246810", "装"]
    said = printed(clerk, house, one)
    assert one.digest in said and "9户，5户领了票，投了5票" in said and "村民代表会议副主任（签名）村民（签名）村务监督委员会主任（签名）" in said
    assert [one for who in (clerk, second, away, at_home) for one in who.at.faults] == []
