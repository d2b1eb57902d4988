"""Two records: one or two people."""

from django import forms
from django.utils.translation import gettext_lazy as _


class Judge(forms.Form):
    """Same person or not, and why; which record stays."""

    verdict = forms.ChoiceField(label=_("判定"), widget=forms.RadioSelect)
    reason = forms.CharField(label=_("理由"), max_length=200, help_text=_("例如“同一户口簿,后一条证号抄错”。"))

    def __init__(self, *args, one, other, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["verdict"].choices = [
            (f"keep:{one.pk}", _("是同一人,保留左边")), (f"keep:{other.pk}", _("是同一人,保留右边")), ("apart", _("不是同一人")),
        ]  # fmt: skip
