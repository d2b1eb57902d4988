"""What a telephone does of a poll is what the house does: hidden, sealed and recounted by the browser's own files, in node."""

import json
import random
import subprocess

from wanjia.site.build import ROOT, SITE, find_node
from wanjia.village import verifier
from wanjia.village.polls import secret
from wanjia.village.tests.made_polls import keys, poll

ASSETS = SITE / "assets"


def in_node(script, **given):
    """Run a script beside the browser's own files and return what it says as JSON. It is given `given`."""
    whole = f"""
        const given = {json.dumps(given, ensure_ascii=False)};
        const math = await import({json.dumps((ASSETS / "pollmath.js").as_uri())}), board = await import({json.dumps((ASSETS / "pollboard.js").as_uri())});
        globalThis.crypto ??= (await import("node:crypto")).webcrypto;
        console.log(JSON.stringify(await (async () => {{ {script} }})()));"""
    done = subprocess.run([find_node()[0], "--input-type=module", "-e", whole], cwd=ROOT, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def test_the_browsers_script_hides_seals_and_recounts_as_the_house_does():
    key = keys()[0]
    boards = [poll(random.Random(seed))[0] for seed in range(12)]
    torn = [text[: len(text) // 2] + ("x" if text[len(text) // 2] != "x" else "y") + text[len(text) // 2 + 1 :] for text in boards]
    other = json.loads(boards[0])["digest"]
    said = in_node(
        """
        const n = math.number(given.n), token = "ab".repeat(32), {hidden, undo} = math.blind("p", "A", token, n);
        return {hidden, undo, hash: math.codeHash("p", "A", "花2345"), spread: math.spread("p", "A", token, n).toString(16),
                sealed: [["", [0]], ["123456", []], ["000000", [0, 5, 39]]].map((ballot) => math.seal("p", "bearer", ballot, n)),
                boards: [...given.boards, ...given.torn].map((text) => board.verify(text)), sheet: given.boards.map((text) => board.verify(text, given.other).good)};
        """,
        n=f"{key.n:x}", boards=boards, torn=torn, other=other,
    )  # fmt: skip
    number = verifier.spread("p", "A", "ab" * 32, key.n)
    assert said["spread"] == f"{number:x}"
    assert secret.unblind(secret.use(key, int(said["hidden"], 16)), int(said["undo"], 16), key.n) == secret.use(key, number)
    assert said["hash"] == verifier.code_hash("p", "A", "花2345")
    assert [secret.unseal("p", "bearer", one, key) for one in said["sealed"]] == [("", [0]), ("123456", []), ("000000", [0, 5, 39])]
    for text, found in zip([*boards, *torn], said["boards"], strict=True):
        assert (found["good"], found["zh"], found["en"]) == verifier.verify(text)
    assert said["sheet"] == [True] + [False] * 11
