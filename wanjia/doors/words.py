"""Words that come from data files, which carry both languages, rather than from the translations; and how Chinese is set."""

import re
from typing import Any

from django.utils.translation import get_language, override


def said(thing: Any) -> str:
    """Return what a thing (or a table of such a file) is called: its `en` for an English reader when it has one, else its `zh`."""
    words = thing if isinstance(thing, dict) else {"zh": thing.zh, "en": getattr(thing, "en", "")}
    return str((in_english() and words.get("en")) or words["zh"])


def said_or_as_written(code: str, tables: dict[str, Any]) -> str:
    """Return what a code of a file is called; one that is not in the file stands as it was written."""
    return said(tables[code]) if code in tables else code


def in_english() -> bool:
    """Tell whether the reader reads English."""
    return (get_language() or "").startswith("en")


def in_both(sentence: Any) -> dict[str, str]:
    """Return {"zh": …, "en": …} of a lazy sentence: who reads a program's log need not speak the caller's language."""
    said = {}
    for code in ("zh-hans", "en"):
        with override(code):
            said[code[:2]] = str(sentence)
    return said


def both(sentence: Any) -> str:
    """Return a lazy sentence in both languages on one line: what is read by whoever builds against us, before anybody asks."""
    return " / ".join(dict.fromkeys(in_both(sentence).values()))


WIDE = str.maketrans(",;:?!()", "\uff0c\uff1b\uff1a\uff1f\uff01\uff08\uff09")
_BESIDE = r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uff60“”]"
_MARK = r"(?:[,;?!()]|(?<!:):(?!:))"  # two colons are an address, ::1, and no mark of a sentence
_NARROW = re.compile(rf"(?<={_BESIDE}){_MARK}|{_MARK}(?={_BESIDE})")


def wide(text: str) -> str:
    """Set the punctuation beside Chinese characters in full width, as GB/T 15834 asks; keyboards give half. Commands stay as typed."""
    once = _NARROW.sub(lambda mark: mark[0].translate(WIDE), text)
    return _NARROW.sub(lambda mark: mark[0].translate(WIDE), once)
