"""One spelling of a text for readers that look for words in it: whoever spells a word in full width, in old characters, with blanks or signs between its signs writes the same word. Pure."""

import unicodedata
from collections.abc import Iterable

OLD = str.maketrans("罰錢繳參開處過黨補貼證戶條斷電趕罷資醫養賠雙請嚴與嫁眾貼佈單懲違約滯納還無強糧塊幣", "罚钱缴参开处过党补贴证户条断电赶罢资医养赔双请严与嫁众贴布单惩违约滞纳还无强粮块币")
BREAKS = frozenset(",.;:!?、。\n")  # of a sentence, as NFKC has them: what stands on either side is no one word


def _signs(text: str) -> str:
    return unicodedata.normalize("NFKC", text).translate(OLD)


def plain(text: str) -> str:
    """Return a name, or a text in which one is looked for, without whatever stands between its signs, and however wide or old these are."""
    return "".join(sign for sign in _signs(text) if sign.isalnum())


def joined(text: str) -> str:
    """Return a text without blanks, invisible marks and symbols; the marks of a sentence stay, but for a point, which people set into words."""
    return "".join(sign for sign in _signs(text) if sign.isalnum() or (sign in BREAKS and sign not in ".\n"))


def is_among(word: str, words: Iterable[str]) -> bool:
    """Tell whether a word, a paper's number for one, stands among others, however it is spelt."""
    spelt = joined(word).casefold()
    return any(joined(one).casefold() == spelt for one in words)


def parted(text: str) -> tuple[str, frozenset[int]]:
    """Return a text in small letters without whatever stands between its signs, and before which of them a mark of a sentence stood."""
    signs: list[str] = []
    breaks = set()
    for sign in _signs(text).lower():
        if sign.isalnum():
            signs.append(sign)
        elif sign in BREAKS:
            breaks.add(len(signs))
    return "".join(signs), frozenset(breaks)


def met(text: str, lines: Iterable[tuple[Iterable[str], str]]) -> tuple[str, str] | None:
    """Return (the word, why not) of the first of these that a text says, None where it says none. lines: (words, why not one of them)."""
    said = joined(text)
    return next(((word, why) for words, why in lines for word in words if word in said), None)
