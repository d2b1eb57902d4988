"""What is said from away."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..states import Category


class Voice(forms.Form):
    """One difficulty of those at home, in one sentence."""

    category = forms.ChoiceField(label=_("是哪一类事"), choices=[("", _("请选择")), *Category.choices])
    summary = forms.CharField(
        label=_("家里遇到什么困难"), max_length=200, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("说清楚什么事、盼着怎么办。不用写姓名、证件号和孩子的名字。"),
    )  # fmt: skip
    another = forms.BooleanField(label=_("这是另一件,不是我正在看的那件"), required=False)
