"""Strike off, recheck, reopen."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..act_forms import NeedForm, text


class CloseNeed(NeedForm):
    """A remark, if any."""

    words = text(_("备注"), rows=2, required=False, max_length=300)


class RecheckNeed(NeedForm):
    """What the next tier found."""

    agrees = forms.TypedChoiceField(
        label=_("抽查结论"), choices=[("yes", _("属实")), ("no", _("不属实"))], coerce=lambda word: word == "yes", widget=forms.RadioSelect
    )
    words = text(_("抽查看到的情况"), max_length=300, help_text=_("怎么核实的、看到什么、诉求人怎么说。加密保存,只有回访和抽查的人能打开,承办单位看不到。"))
    told = text(
        _("要承办单位改什么"), rows=2, required=False, max_length=300,
        help_text=_("不属实的会退回重新办理。这一栏承办单位看得到,诉求人怕人知道的话不要写在这里。"),
    )  # fmt: skip


class ReopenNeed(NeedForm):
    """Why it is taken up again."""

    words = text(_("诉求人为什么要求重新办理"), help_text=_("编号和最初的时限都不变。这段话承办单位看得到。"))


class ResumePlanned(NeedForm):
    """Nothing to fill in: the day has come."""
