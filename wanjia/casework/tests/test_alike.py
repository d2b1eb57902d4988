"""Which texts are told in the same words: found along their rarest pairs of signs as when each is compared with each."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from ..honesty import alike

LETTERS = st.text(alphabet="水管修好低保户", min_size=1, max_size=14)


def each_with_each(letters, share):
    """The same, written plainly: each, the shortest first, goes to the group of the first that is near enough."""
    groups, seen = [], []
    for one in sorted(letters, key=len):
        pairs = Counter(one[n : n + 2] for n in range(max(len(one) - 1, 1)))
        near = next((group for other, group in seen if 200 * (other & pairs).total() >= share * (other.total() + pairs.total())), None)
        if near is None:
            groups.append(near := [])
        near.append(one)
        seen.append((pairs, near))
    return groups


@settings(max_examples=400, deadline=None)
@given(texts=st.lists(st.one_of(LETTERS, LETTERS.map(lambda text: text + text[:3])), max_size=12, unique=True), share=st.sampled_from([1, 50, 75, 80, 100]))
def test_the_rarest_pairs_bring_together_what_comparing_all_would(texts, share):
    assert list(alike.alike(texts, share)) == each_with_each(sorted(texts), share)


def test_what_everybody_writes_is_compared_with_nobody(monkeypatch):
    """Negative control: with all pairs looked at each is compared with each, and a thousand texts of a unit keep the whole house waiting."""
    texts = ["已联系诉求人现场查看情况属实" + "".join(chr(0x4E00 + 10 * n + k) for k in range(10)) for n in range(60)]
    compared = []

    class Pairs(set):
        def __and__(self, other):
            compared.append(1)
            return set(self) & other

    pairs_of = alike._pairs
    monkeypatch.setattr(alike, "_pairs", lambda text: Pairs(pairs_of(text)))
    list(alike.alike(texts, 75))
    few = len(compared)
    monkeypatch.setattr(alike, "_spare", lambda size, _part, _whole: size)
    list(alike.alike(texts, 75))
    assert (few, len(compared) - few) == (0, 60 * 59 // 2)
