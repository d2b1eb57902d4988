"""What is typed on the page of a parent's slip."""

from django import forms
from django.utils.translation import gettext_lazy as _


class Code(forms.Form):
    """The eight characters of the paper."""

    code = forms.CharField(
        label=_("小条上的 8 位编码"), max_length=14, widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )  # fmt: skip
