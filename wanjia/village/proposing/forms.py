"""What is typed on a village's public page."""

from django import forms
from django.utils.translation import gettext_lazy as _

TYPED = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}


class Brings(forms.Form):
    """What somebody wants to say, by name or without."""

    words = forms.CharField(
        label=_("想说什么"), min_length=4, max_length=600, widget=forms.Textarea(attrs={"rows": 5}), help_text=_("例如:三组路灯坏了。什么事、在哪里、想怎么办。"),
    )  # fmt: skip
    name = forms.CharField(label=_("您的名字"), required=False, max_length=40, help_text=_("不写名字一样答复。写了也不公开,只有经办人能看。"))


class Slip(forms.Form):
    """A slip's number and its secret word."""

    number = forms.CharField(label=_("小条上的号码"), max_length=12, widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}), help_text=_("例如:2026-017"))
    secret = forms.CharField(label=_("小条上的 8 位暗语"), max_length=14, widget=forms.TextInput(attrs=TYPED))
