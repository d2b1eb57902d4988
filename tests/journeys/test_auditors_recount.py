"""An auditor's recount: the board is taken from the public page without an account, and counted again by the verifier as a stranger runs it, and by the page that was saved, with the network cut. One changed vote or bit is refused by both."""

import json
import subprocess
import sys

import pytest

from wanjia.village.models import Poll
from wanjia.village.tests import poll_factories as made
from wanjia.village.tests.factories import body
from wanjia.village.verifier import canonical, digest_of

from .hand import Hand

pytestmark = [pytest.mark.journey, pytest.mark.slow]


def taken(hand, words, where):
    """Save what a link of the public board offers."""
    with hand.page.expect_download() as coming:
        hand.page.locator("main a.btn", has_text=words).click()
    coming.value.save_as(where)
    return where


def recounted(verifier, board, sheet=""):
    """Run the verifier as a stranger does: any Python, nothing of this house on its path. Returns (code, what it says)."""
    asked = subprocess.run([sys.executable, "-I", "-S", verifier.name, board.name, *([sheet] if sheet else [])], cwd=verifier.parent, env={"PYTHONUTF8": "1"}, capture_output=True, timeout=60, check=False)
    return asked.returncode, asked.stdout.decode()


def forged(board, where, change):
    """Spell a board anew that somebody changed, with a digest that fits it."""
    said = json.loads(board.read_text("utf-8"))
    change(said)
    where.write_text(canonical(said | {"digest": digest_of(said)}), "utf-8", newline="")
    return where


def other_vote(board):
    """One ballot for the first option is one for the second."""
    at = next(i for i, (_key, _check, choices) in enumerate(board["ballots"]) if choices == [0])
    board["ballots"][at][2] = [1]
    board["ballots"].sort(key=canonical)


def other_result(board):
    """... and the tally says so too: then nothing but the printed digest tells."""
    other_vote(board)
    votes = board["tally"][0]["votes"]
    votes[0], votes[1] = votes[0] - 1, votes[1] + 1


def one_bit(board, where):
    """One bit of the file is another: of the hash of a card, so that it still reads as a board."""
    raw = bytearray(board.read_bytes())
    raw[raw.index(b'"codes":["') + 20] ^= 1
    where.write_bytes(raw)
    return where


def test_a_stranger_recounts_without_this_house(monday, house, chromium, tmp_path):
    body(house)
    one = made.closed(house)
    clerk = Hand(chromium, house, None, 1440)
    clerk.go("/g/").tap(f"main a:has-text('{house.datong.name}')").keep("recount-village-board")
    clerk.tap(f"main a:has-text('{one.question}')").keep("recount-board")
    board, verifier, alone = (taken(clerk, words, tmp_path / name) for words, name in (("下载公开板", "board.json"), ("下载验票程序", "verifier.py"), ("下载离线验票页", "verify.html")))
    sheet = clerk.page.locator(".vote-digest").inner_text()
    vote, result, bit = forged(board, tmp_path / "vote.json", other_vote), forged(board, tmp_path / "result.json", other_result), one_bit(board, tmp_path / "bit.json")

    code, said = recounted(verifier, board, sheet)
    assert code == 0 and "验票通过" in said and one.digest in said, said
    assert [(recounted(verifier, each)[0], recounted(verifier, each, sheet)[0]) for each in (vote, bit)] == [(1, 1)] * 2
    assert recounted(verifier, result)[0] == 0, "a board forged whole tells only beside the printed sheet"
    assert recounted(verifier, result, sheet) == (1, "验票不通过:与纸上印的摘要不符。\nREFUSED: its digest is not the printed one.\n")

    # The same on his telephone, from the file that he saved: there is no line, and nothing is asked of anybody.
    phone = Hand(chromium, house, None, 375)
    phone.at.window.set_offline(True)
    asked = []
    phone.page.on("request", lambda one: asked.append(one.url))
    for each, words, digest in ((board, "验票通过", ""), (board, "验票通过", sheet), (vote, "验票不通过:计票结果不对", ""), (bit, "验票不通过:内容与摘要不符", ""), (result, "验票不通过:与纸上印的摘要不符", sheet)):
        phone.page.goto(alone.as_uri())
        phone.page.fill("input[name=digest]", digest)
        phone.page.set_input_files("input[type=file]", each)
        phone.page.locator("output", has_text=words).wait_for()
        phone.keep(f"recount-offline-{each.stem}")
    assert set(asked) == {alone.as_uri()} and "装:3" in _shown(phone, alone, board)
    assert Poll.objects.get().board == board.read_text("utf-8") and phone.at.faults == []

    # And on this house's own page, for whoever has nothing else.
    clerk.tap("main a:has-text('在网页上验票')").tap("main [data-fetch]").sees("验票通过").keep("recount-here")


def _shown(phone, alone, board):
    phone.page.goto(alone.as_uri())
    phone.page.set_input_files("input[type=file]", board)
    phone.page.locator("output li").first.wait_for()
    return phone.page.locator("output").inner_text()
