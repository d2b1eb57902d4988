"""Forms of the working-day table: they read input and never save."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..fields import DayField


class Day(forms.Form):
    """Say of one day whether it is worked."""

    day = DayField(label=_("日期"))
    works = forms.TypedChoiceField(
        label=_("这一天"), choices=[("0", _("放假")), ("1", _("上班"))], coerce=lambda text: text == "1", widget=forms.RadioSelect
    )
    name = forms.CharField(label=_("名称"), max_length=30, required=False)
    source = forms.CharField(label=_("依据"), max_length=120)


class Notice(forms.Form):
    """A year's notice as pasted lines."""

    text = forms.CharField(
        label=_("放假和调休的日子"), widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("每行一天或一段,例如:2027-10-01至2027-10-07,休,国庆节;2027-10-09,班。"),
    )  # fmt: skip
    source = forms.CharField(label=_("依据"), max_length=120, help_text=_("例如:国务院办公厅关于2027年部分节假日安排的通知。"))


class Clear(forms.Form):
    """Take a day out of the table."""

    day = DayField(label=_("日期"))
    reason = forms.CharField(label=_("原因"), max_length=200)


class Word(forms.Form):
    """Yes or no to another unit's change, and why not."""

    agree = forms.TypedChoiceField(choices=[("1", _("同意")), ("0", _("不同意"))], coerce=lambda text: text == "1")
    words = forms.CharField(label=_("理由"), max_length=200, required=False)
