"""Which homes, with or without citizen numbers, and why."""

from django import forms
from django.utils.translation import gettext_lazy as _

from wanjia.orgs.duties import Duty

from ..households.queries import villages_of


class ExportHomes(forms.Form):
    """A reason, a village or all, and whether what is sealed comes along."""

    village = forms.ChoiceField(label=_("范围"), required=False)
    numbers = forms.BooleanField(
        label=_("带身份证号、电话和特殊群体(要改好再导回来,必须带)"), required=False,
        help_text=_("敏感信息。您的姓名、时间和用途会记入日志。不带的表只能看,导不回来。"),
    )  # fmt: skip
    reason = forms.CharField(label=_("导出做什么用"), min_length=4, max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"}))

    def __init__(self, *args, actor, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["village"].choices = [("", _("我的辖区全部")), *villages_of(actor)]
        if not actor.has_duty(Duty.REVEAL):
            del self.fields["numbers"]
