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


def _key(text):
    """Return its letters; of a text that has none, which says nothing at all, the text itself without spaces: ten times dots are copied too."""
    return plain(text) or "".join(unicodedata.normalize("NFKC", text).split())


def alike(texts, share):
    """Yield lists of texts told in the same words; share: percent of their pairs of signs that two have in common (0: the very same letters)."""
    same = defaultdict(list)
    for text in sorted(texts):
        same[_key(text)].append(text)
    same.pop("", None)
    for group in _near(list(same), share) if share else ([one] for one in same):
        yield [text for letters in group for text in same[letters]]


def _near(letters, share):
    """Join what is near: each, the shortest first, with the group of the first text that is near enough. By an index of pairs: few are compared at all."""
    groups, sizes, group_of, index = [], [], [], defaultdict(list)
    for n, one in enumerate(sorted(letters, key=len)):
        pairs, common = _pairs(one), Counter()
        for pair, many in pairs.items():
            for other, less in index[pair]:
                common[other] += min(many, less)
            index[pair].append((n, many))
        sizes.append(pairs.total())
        near = next((other for other, both in sorted(common.items()) if 200 * both >= share * (sizes[other] + sizes[n])), None)
        if near is None:
            groups.append([])
        group_of.append(len(groups) - 1 if near is None else group_of[near])
        groups[group_of[n]].append(one)
    return groups


def _pairs(letters):
    return Counter(letters[n : n + 2] for n in range(max(len(letters) - 1, 1)))
