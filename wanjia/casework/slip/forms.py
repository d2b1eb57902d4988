"""What is typed or tapped on a slip's page."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..states import Word


class Code(forms.Form):
    """The six characters of the paper."""

    code = forms.CharField(
        label=_("小条上的 6 位编码"), max_length=12,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )  # fmt: skip


DISAGREE = "disagree"


class Answer(forms.Form):
    """Solved, or not solved and why; or not content with being declined."""

    word = forms.ChoiceField(choices=[(Word.SOLVED, _("已经解决")), (Word.UNSOLVED, _("没有解决")), (DISAGREE, _("我不同意"))])
    words = forms.CharField(
        label=_("还差什么"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3}), help_text=_("可以不写。写了会转给承办单位。")
    )
