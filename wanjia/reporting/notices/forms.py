"""How an area and a month are asked for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..figures.queries import areas_below


class Month(forms.RegexField):
    """A month; it is read as yyyymm."""

    def __init__(self, **kwargs):
        super().__init__(
            r"^20[0-9]{2}-?(0[1-9]|1[0-2])$", error_messages={"invalid": _("月份请写成 2026-11 这样。")},
            widget=forms.TextInput(attrs={"type": "month", "placeholder": "2026-11"}), **kwargs,
        )  # fmt: skip

    def clean(self, value):
        """Return yyyymm."""
        return super().clean(value).replace("-", "")


def area_field(_row, actor, _day, **given):
    """Return the form field of an area: the widest in reach stands there."""
    return forms.ModelChoiceField(areas_below(actor), empty_label=None, **given)


def month_field(_row, _actor, _day, **given):
    """Return the form field of a month."""
    return Month(**given)
