"""The word of another unit."""

from django import forms
from django.utils.translation import gettext_lazy as _


class Word(forms.Form):
    """Yes or no to another unit's change, and why not."""

    agree = forms.TypedChoiceField(choices=[("1", _("同意")), ("0", _("不同意"))], coerce=lambda text: text == "1")
    words = forms.CharField(label=_("理由"), max_length=200, required=False)
