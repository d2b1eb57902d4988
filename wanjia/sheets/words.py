"""Closed lists: the word that is kept, and the other words that offices write for it.

A word that stands nowhere in a list is asked about, never replaced by the commonest one.
"""

import re
import unicodedata

WITHIN = re.compile(r"[/::((、,,;;|\-—+]")
AROUND = "*。.;;"


def fold(text):
    """A word as it is compared: NFKC, no blanks, no star or stop around it."""
    return "".join(unicodedata.normalize("NFKC", text).split()).strip(AROUND)


class ClosedList:
    """The words of a choice. listed: {word that is kept: others that mean it, blanks between}."""

    def __init__(self, listed):
        self.listed, self.labels = listed, tuple(listed)
        self.known = {fold(word): label for label, others in listed.items() for word in (*others.split(), label)}

    def __iter__(self):
        return iter(self.labels)

    def read(self, text):
        """Return the label that a cell means, or None.

        A detail behind a stroke, colon or bracket is allowed (住房/危房改造, 不合理:与事实不符): the word before it counts.
        """
        word = fold(text)
        if word in self.known:
            return self.known[word]
        return self.known.get(WITHIN.split(word, maxsplit=1)[0])
