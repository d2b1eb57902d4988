"""A time of the day: how a form asks it, and what a text says."""

from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wanjia.verdict import Refused


def clock(_row: Any, _actor: Any, _day: Any, **field: Any) -> forms.CharField:
    """Return the field of a time of the day as 07:30, by the browser's own picker (Asked.field)."""
    return forms.CharField(max_length=5, widget=forms.TextInput(attrs={"type": "time"}), **field)


def time_of(text: str) -> time:
    """Return the time of the day that a text says. Raises Refused for one that says none."""
    try:
        return time.fromisoformat(text)
    except ValueError:
        raise Refused(_("几点要写成 07:30 这样。")) from None
