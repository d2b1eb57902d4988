"""The form of a list of areas: it reads input and never saves."""

from django import forms
from django.utils.translation import gettext_lazy as _

from wanjia.doors.asking import ActForm
from wanjia.verdict import Refused

from . import listing, pages


class AreaList(ActForm):
    """The county's own list, pasted or uploaded."""

    text = forms.CharField(
        label=_("区划名单"), required=False, widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("从表格里连表头一起复制、粘贴。至少要有“区划代码”“名称”两列;村级名单可加“乡镇(街道)”;撤并的写上“继任代码”。"),
    )  # fmt: skip
    file = forms.FileField(label=_("或者上传表格"), required=False, widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt,.xls,.et,.ods"}))

    def clean(self):
        """Take the file's text when one was sent; the list covers the actor's own place."""
        found = super().clean()
        if file := found.pop("file", None):
            try:
                found["text"] = listing.text_of(file.read(), file.name)
            except Refused as refusal:
                raise forms.ValidationError(str(refusal.reason)) from None
        if not found.get("text"):
            self.add_error("text", _("请粘贴名单,或者上传文件。"))
        return found | ({"within": pages.widest(self.actor)} if self.actor else {})
