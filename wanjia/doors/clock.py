"""A time of the day and the days of a week: how a form asks them, and what a text says."""

from collections.abc import Iterable
from datetime import time
from typing import Any

from django import forms
from django.db.models import IntegerChoices
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


class Weekday(IntegerChoices):
    """A day of the week; 1 is Monday, as in ISO 8601."""

    MONDAY = 1, _("星期一")
    TUESDAY = 2, _("星期二")
    WEDNESDAY = 3, _("星期三")
    THURSDAY = 4, _("星期四")
    FRIDAY = 5, _("星期五")
    SATURDAY = 6, _("星期六")
    SUNDAY = 7, _("星期日")


def digits_of(days: Iterable[int]) -> str:
    """Return days of the week as digits in order. Raises Refused for none."""
    if not days:
        raise Refused(_("至少选一个星期几。"))
    return "".join(str(int(day)) for day in sorted(days))


def words_of_days(digits: str) -> str:
    """Return days of the week as people say them: “每天”, “星期一、星期三”."""
    if len(digits) == len(Weekday):
        return str(_("每天"))
    return "、".join(str(Weekday(int(digit)).label) for digit in digits)
