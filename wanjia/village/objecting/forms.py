"""What is typed under a notice by whoever objects to it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .commands import LEAST, LONGEST, NAME


class Objects(forms.Form):
    """What somebody has against it, by name or without."""

    words = forms.CharField(label=_("有什么意见"), min_length=LEAST, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4}), help_text=_("照自己的话写。不公开,只有经办人能看。"))
    name = forms.CharField(label=_("您的名字"), required=False, max_length=NAME, help_text=_("不写名字一样答复。写了也不公开,只有经办人能看。"))
