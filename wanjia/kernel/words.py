"""Words that come from data files, which carry both languages, rather than from the translations."""

from django.utils.translation import get_language


def said(thing):
    """Return what a thing (or a table of such a file) is called: its `en` for an English reader when it has one, else its `zh`."""
    words = thing if isinstance(thing, dict) else {"zh": thing.zh, "en": getattr(thing, "en", "")}
    english = (get_language() or "").startswith("en") and words.get("en")
    return english or words["zh"]
