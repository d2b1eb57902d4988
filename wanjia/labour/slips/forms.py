"""What is typed or tapped on the page of a labourer's slip."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..states import Answer, HomeMatter

ASK = "ask"


class Code(forms.Form):
    """The eight characters of the paper."""

    code = forms.CharField(
        label=_("小条上的 8 位编码"), max_length=14, widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )  # fmt: skip


class Word(forms.Form):
    """Yes, no, or "let somebody look again", to one proposal."""

    proposal = forms.UUIDField()
    word = forms.ChoiceField(choices=[(Answer.ACCEPTED, _("我愿去")), (Answer.DECLINED, _("我不去")), (ASK, _("请人再看一次"))])
    why = forms.CharField(label=_("为什么不去"), max_length=100, required=False)


class Voice(forms.Form):
    """One difficulty of those at home, in one sentence."""

    matter = forms.ChoiceField(label=_("是哪一类事"), choices=[("", _("请选择")), *HomeMatter.choices])
    summary = forms.CharField(
        label=_("家里遇到什么困难"), max_length=200, widget=forms.Textarea(attrs={"rows": 4}), help_text=_("说清楚什么事、盼着怎么办。不用写姓名、证件号和孩子的名字。"),
    )  # fmt: skip
