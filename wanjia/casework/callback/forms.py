"""The household's own word."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..act_forms import NeedForm, big, text
from ..states import Satisfaction, Way, Word, WordsReason


class CheckWithdrawal(NeedForm):
    """The household's own answer: does it take its need back."""

    takes_back = forms.TypedChoiceField(
        label=_("诉求人自己说"), choices=[("yes", _("是我要撤回的(诉求就此结束)")), ("no", _("我没有要撤回(申请作废,继续办)"))], coerce=lambda word: word == "yes",
        widget=forms.RadioSelect,
    )  # fmt: skip
    way = big(_("怎么核实的"), [choice for choice in Way.choices if choice[0] != Way.SLIP], initial=Way.PHONE)
    words = text(_("诉求人原话"), help_text=_("照原话记,加密保存。没有联系上就先不填,申请一直留着。"))


class CallBack(NeedForm):
    """Reached or not; what was said."""

    way = big(_("怎么回访的"), [choice for choice in Way.choices if choice[0] != Way.SLIP], initial=Way.PHONE)
    reached = forms.TypedChoiceField(
        label=_("联系上了吗"), choices=[("yes", _("联系上了")), ("no", _("没有联系上"))], coerce=lambda word: word == "yes", widget=forms.RadioSelect
    )
    word = big(_("诉求人说"), Word.choices, required=False)
    satisfaction = big(_("诉求人自己说的满意度"), Satisfaction.choices, required=False, help_text=_("没有说就不选,不能代填。"))
    word.asked = True  # needed as soon as somebody was reached
    words = text(_("诉求人原话"), required=False, help_text=_("照原话记,加密保存。"))


class OpenWords(forms.Form):
    """Why the sealed words are read: one tap."""

    reason = big(_("为什么要看"), WordsReason.choices)
