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
    """Join what is near: each, the shortest first, with the group of the first text that is near enough.

    Only texts that share one of their rarest pairs are compared: two that are near have so many in common that these cannot all differ
    (prefix filtering, Chaudhuri, Ganti, Kaushik 2006), and phrases that everybody writes bring nobody together.
    """
    ordered = sorted(letters, key=len)
    texts, often = [_pairs(one) for one in ordered], Counter()
    for pairs in texts:
        often.update(pairs)
    groups, group_of, index = [], [], defaultdict(list)
    for n, pairs in enumerate(texts):
        rarest = sorted(pairs, key=lambda pair: (often[pair], pair))
        asked = {other for pair in rarest[: _spare(len(pairs), share, 200 - share)] for other in index[pair]}
        near = next((other for other in sorted(asked) if 200 * len(texts[other] & pairs) >= share * (len(texts[other]) + len(pairs))), None)
        if near is None:
            groups.append([])
        group_of.append(len(groups) - 1 if near is None else group_of[near])
        groups[group_of[n]].append(ordered[n])
        for pair in rarest[: _spare(len(pairs), share, 100)]:  # whoever asks is as long at least
            index[pair].append(n)
    return groups


def _spare(size, part, whole):
    """Return how many of a text's pairs must be looked at so that one of them is in common, where that share of all has to be."""
    return size + part * size // -whole + 1


def _pairs(letters):
    """Return the set of pairs of signs of a text, one that comes again being another: (pair, its turn)."""
    turns = Counter()
    found = set()
    for n in range(max(len(letters) - 1, 1)):
        pair = letters[n : n + 2]
        turns[pair] += 1
        found.add((pair, turns[pair]))
    return found
