"""The second word."""

from django import forms
from django.utils.translation import gettext_lazy as _


class Word(forms.Form):
    """Yes or no, and why not."""

    agree = forms.TypedChoiceField(choices=[("1", _("同意")), ("0", _("不同意"))], coerce=lambda text: text == "1")
    words = forms.CharField(label=_("理由"), max_length=200, required=False)
    since = forms.CharField(required=False, widget=forms.HiddenInput)


class Press(forms.Form):
    """A press on a button; it asks nothing."""


class Awake(forms.Form):
    """The account is in its owner's hands. since: when it fell asleep, as the page said."""

    since = forms.CharField(required=False, widget=forms.HiddenInput)
