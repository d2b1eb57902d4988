"""One spelling of a text for readers that look for words in it: whoever spells a word in full width, in old characters, with blanks or signs between its signs writes the same word. Pure."""

import unicodedata

from .bylaws import OLD

BREAKS = frozenset(",;:!?、。…")  # of a sentence, as NFKC has them: what stands on either side is no one word


def joined(text: str) -> str:
    """Return a text in NFKC and new characters without blanks, invisible marks and symbols; the marks of a sentence stay."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", text).translate(OLD) if sign.isalnum() or sign in BREAKS)
