"""The second word."""

from django import forms

from ..agreeing import forms as agreeing


class Word(agreeing.Word):
    """Yes or no, and why not. since: when the sleeping account fell asleep, as the page said."""

    since = forms.CharField(required=False, widget=forms.HiddenInput)


class Press(forms.Form):
    """A press on a button; it asks nothing."""


class Awake(forms.Form):
    """The account is in its owner's hands. since: when it fell asleep, as the page said."""

    since = forms.CharField(required=False, widget=forms.HiddenInput)
