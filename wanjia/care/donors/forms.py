"""What is typed on the public pages of wishes."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..wish_states import AgeBand, Claimant, WishKind


class Claim(forms.Form):
    """Who claims a wish, and how to reach him: sealed, read by whoever hands the thing over."""

    kind = forms.ChoiceField(label=_("谁认领"), choices=Claimant.choices, widget=forms.RadioSelect)
    name = forms.CharField(label=_("姓名或者单位名称"), min_length=2, max_length=40)
    phone = forms.CharField(
        label=_("手机号"), min_length=5, max_length=20, help_text=_("只有经办人看得到,用来联系您。"),
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel"}),
    )  # fmt: skip


class Narrow(forms.Form):
    """Which wishes to show."""

    kind = forms.ChoiceField(required=False, choices=[("", _("全部类别")), *WishKind.choices], label=_("类别"))
    band = forms.ChoiceField(required=False, choices=[("", _("全部年龄")), *AgeBand.choices], label=_("年龄段"))


class Code(forms.Form):
    """The eight characters of the slip."""

    code = forms.CharField(
        label=_("认领条上的 8 位编码"), max_length=14, widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )  # fmt: skip
