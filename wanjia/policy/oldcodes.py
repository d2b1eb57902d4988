"""What keyboards and files of before GB 18030-2005 wrote into private use, for characters that had no place yet: 䶮, 㛃 and their like.

Source: GB 18030-2005, whose two-byte area FE50-FEA0 once pointed to U+E815..E864. Pure: text in, text out.
"""

ORPHANS = {
    0xE816: "\U00020087", 0xE817: "\U00020089", 0xE818: "\U000200cc", 0xE81E: "\u9fb4", 0xE826: "\u9fb5", 0xE82B: "\u9fb6",
    0xE82C: "\u9fb7", 0xE831: "\U000215d7", 0xE832: "\u9fb8", 0xE83B: "\U0002298f", 0xE843: "\u9fb9", 0xE854: "\u9fba",
    0xE855: "\U000241fe", 0xE864: "\u9fbb",
}  # fmt: skip


def _places() -> dict[int, str]:
    """{private-use code: the character that GBK put there}: U+E815..E864 stand for the bytes FE50..FEA0."""
    places = {}
    for code in range(0xE815, 0xE865):
        second = 0x50 + code - 0xE815
        places[code] = ORPHANS.get(code) or bytes([0xFE, second + (second >= 0x7F)]).decode("gb18030")
    return places


PRIVATE = _places()


def modern(text: str) -> str:
    """Return the text with the characters that stand there today."""
    return text.translate(PRIVATE)
