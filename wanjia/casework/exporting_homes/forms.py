"""Which homes, with or without what is sealed, and why."""

from django import forms
from django.utils.translation import gettext_lazy as _

from wanjia.orgs.duties import Duty
from wanjia.registry.exporting.queries import SEALED
from wanjia.registry.exporting.rules import may_take_numbers
from wanjia.registry.households.queries import villages_of


class AskHomes(forms.Form):
    """A purpose, a village or all, and whether what is sealed comes along."""

    village = forms.ChoiceField(label=_("范围"), required=False)
    numbers = forms.BooleanField(
        label=_("带身份证号、电话和特殊群体(要改好再导回来,必须带)"), required=False,
        help_text=_("敏感信息,须另一位负责人批准。不带的表只能看,导不回来,孩子只写姓名缩写和在校状态。"),
    )  # fmt: skip
    purpose = forms.CharField(label=_("导出做什么用"), min_length=4, max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"}))

    def __init__(self, *args, actor, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["village"].choices = [("", _("我的辖区全部")), *villages_of(actor, duty=Duty.EXPORT)]
        if not may_take_numbers(actor):
            del self.fields["numbers"]

    def question(self):
        """Return which village, as it is kept."""
        return {"village": self.cleaned_data["village"]}

    def wanted(self):
        """Return the sealed columns wanted."""
        return sorted(SEALED) if self.cleaned_data.get("numbers") else []
