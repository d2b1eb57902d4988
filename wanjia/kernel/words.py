"""Words that come from data files, which carry both languages, rather than from the translations."""

from django.utils.translation import get_language


def said(thing):
    """Return what a thing is called in the reader's language: its `en` for an English reader, else its `zh`."""
    return getattr(thing, "en", "") or thing.zh if (get_language() or "").startswith("en") else thing.zh
