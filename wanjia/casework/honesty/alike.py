"""Which texts are told in the same words: without what costs nothing to change. Pure.

A full stop more, a wide sign for a narrow one, a space, a picture, another number or name of a day make no other text; nor does a word here and
there: two texts are alike by the share of pairs of signs that they have in common (Dice, over pairs).
"""

import unicodedata
from collections import Counter, defaultdict

NUMBERS = frozenset("〇零一二两三四五六七八九十百千万亿")


def plain(text):
    """Return the letters of a text alone: of one width and case, without signs, spaces, pictures and numbers, also those written out."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(sign for sign in folded if unicodedata.category(sign)[0] == "L" and sign not in NUMBERS)


def alike(texts, share):
    """Yield lists of texts told in the same words; share: percent of their pairs of signs that two have in common (0: the very same letters)."""
    same = defaultdict(list)
    for text in sorted(texts):
        same[plain(text)].append(text)
    same.pop("", None)
    for group in _near(list(same), share) if share else ([one] for one in same):
        yield [text for letters in group for text in same[letters]]


def _near(letters, share):
    """Join what is near: each, the shortest first, with the first group of which a member is near enough. Too short to have so much in common: not compared."""
    groups, ended = [], []
    for one in sorted(letters, key=len):
        pairs = _pairs(one)
        over = [group for group in groups if 200 * group[-1][1].total() < share * (group[-1][1].total() + pairs.total())]
        ended += over
        groups = [group for group in groups if group not in over] if over else groups
        home = next((group for group in groups if any(_shared(pairs, other) >= share for _letters, other in group)), None)
        if home is None:
            groups.append([(one, pairs)])
        else:
            home.append((one, pairs))
    return [[one for one, _of_it in group] for group in (*ended, *groups)]


def _pairs(letters):
    return Counter(letters[n : n + 2] for n in range(max(len(letters) - 1, 1)))


def _shared(one, other):
    """Return the percent of pairs that two texts have in common."""
    return 200 * (one & other).total() // (one.total() + other.total())
