"""Forms of areas: they read input and never save."""

from django import forms
from django.utils.translation import gettext_lazy as _

from wanjia.verdict import Refused

from ..fields import AreaField, DayField
from . import listing


class AreaList(forms.Form):
    """The county's own list, pasted or uploaded."""

    text = forms.CharField(
        label=_("区划名单"), required=False, widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("从表格里连表头一起复制、粘贴。至少要有“区划代码”“名称”两列;村级名单可加“乡镇(街道)”;撤并的写上“继任代码”。"),
    )  # fmt: skip
    file = forms.FileField(label=_("或者上传表格"), required=False, widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt,.xls,.et,.ods"}))
    edition = forms.CharField(label=_("依据"), max_length=60, help_text=_("例如:永善县民政局 2024 年 3 月名单。"))
    on = DayField(label=_("从哪天起执行"), required=False)

    def clean(self):
        """Take the file's text when one was sent."""
        found = super().clean()
        if file := found.pop("file", None):
            try:
                found["text"] = listing.text_of(file.read(), file.name)
            except Refused as refusal:
                raise forms.ValidationError(str(refusal.reason)) from None
        if not found.get("text"):
            self.add_error("text", _("请粘贴名单,或者上传文件。"))
        return found


class Alias(forms.Form):
    """Another name of an area."""

    name = forms.CharField(label=_("别名"), max_length=60)


class EndArea(forms.Form):
    """End an area in favour of others."""

    successors = forms.CharField(label=_("由哪些区划接续"), help_text=_("写名称或代码,几个之间用顿号隔开。"))
    on = DayField(label=_("从哪天起撤销"))
    basis = forms.CharField(label=_("依据"), max_length=120)

    def clean_successors(self):
        """Turn each name into an area."""
        field = AreaField()
        return [field.clean(text) for text in self.cleaned_data["successors"].replace(",", "、").split("、") if text.strip()]
