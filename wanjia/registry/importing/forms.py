"""A workbook and its kind; what a header means. Forms read and never save."""

from django import forms
from django.utils.translation import gettext_lazy as _

from wanjia.doors.asking import ActForm
from wanjia.sheets.limits import LIMITS

from .brought import imports, kinds


class SendWorkbook(forms.Form):
    """Which kind of list, and the file as the office keeps it."""

    template = forms.ChoiceField(label=_("这是什么表"), widget=forms.RadioSelect)
    workbook = forms.FileField(
        label=_("文件"), max_length=1000, allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv,.xls,.et,.ods,.xlsm,.txt", "class": "drop"}),
    )  # fmt: skip

    def __init__(self, *args, actor, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["template"].choices = kinds(actor)
        self.fields["workbook"].help_text = _("Excel/WPS 的 .xlsx 或 .csv,不超过 %(mb)s MB。表头按单位原来的写法就行,不用改成模板。") % {"mb": LIMITS.file_mb}

    def clean(self):
        """Hand on the file under the name the browser gave. A size far over the limit is never read into memory."""
        data = super().clean()
        sent = data.pop("workbook", None)
        if sent is not None and sent.size > LIMITS.file_mb << 20:
            self.add_error("workbook", _("文件超过 %(mb)s MB,请按乡镇或按村拆成几份再导入。") % {"mb": LIMITS.file_mb})
        elif sent is not None:
            data |= {"name": sent.name, "body": sent}
        return data


class Headers(ActForm):
    """What each header of the file means; fields are made from the upload."""

    def __init__(self, *args, row, **kwargs):
        super().__init__(*args, row=row, **kwargs)
        upload = row
        self.headers = [header for header, _column in upload.mapping]
        template = imports()[upload.template].template
        choices = [("", _("不导入")), *((column.name, column.name) for column in template.columns)]
        for place, (header, column) in enumerate(upload.mapping):
            self.fields[f"h{place}"] = forms.ChoiceField(label=header, choices=choices, required=False, initial=column or "")

    def clean(self):
        """Return {"meanings": {header: column or ""}}."""
        data = super().clean()
        return {"meanings": {header: data.get(f"h{place}", "") for place, header in enumerate(self.headers)}}
