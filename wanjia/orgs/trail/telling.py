"""One line of the journal as a sentence: who, of which unit, did what with which matter; nothing of it is sealed.

An app says of its rows (SUBJECTS) how each act reads around its matter, what kind of matter it is, and which of them a reader may
open. An act without a sentence of its own reads "what: of what".
"""

from collections import defaultdict
from dataclasses import dataclass

from django.utils.translation import gettext as _

from wanjia.kernel.models import Entry

from . import queries, subjects


@dataclass(frozen=True)
class Told:
    """A line: `before` the name of its matter and `after` it, what kind of matter, where it opens, the state before and since.

    brief: the kind of matter, or what it says for whoever may read it; address: "" where the reader may not open it.
    """

    entry: Entry
    before: str
    name: str
    after: str
    brief: str
    address: str
    change: tuple

    @property
    def bracketed(self):
        """The kind of matter in brackets, or nothing."""
        return _("(%(brief)s)") % {"brief": self.brief} if self.brief else ""

    @property
    def sentence(self):
        """The whole line as one text, for a call."""
        return " ".join(filter(None, [self.entry.by_org, self.entry.by_name, f"{self.before}{self.name}{self.bracketed}{self.after}"]))


def told(actor, page):
    """Return [Told] of the lines of one page: some queries for each kind of thing, however many lines there are."""
    keys = defaultdict(set)
    for entry in page:
        keys[entry.subject].add(entry.subject_id)
    briefs, opened = {}, {}
    for label, one in subjects.named().items():
        if label in keys:
            briefs |= {(label, key): brief for key, brief in one.briefs(keys[label]).items()}
            opened |= {(label, key): said for key, said in one.opened(actor, keys[label]).items()}
    return [_told(entry, words, thing, name, change, briefs, opened) for entry, words, thing, name, change in queries.lines(page)]


def _told(entry, words, thing, name, change, briefs, opened):
    at = entry.subject, entry.subject_id
    address, summary = opened.get(at, ("", ""))
    sentence = subjects.sentence(entry) or _("%(words)s:%(matter)s") % {"words": words, "matter": "%(matter)s"}
    before, _matter, after = str(sentence).partition("%(matter)s")
    return Told(entry, before, str(name or thing), after, str(summary or briefs.get(at, "")), address, _moved(change))


def _moved(change):
    """Return (before, since) where the state is another, else nothing."""
    return change if change[1] and change[0] and change[0] != change[1] else ()
