"""Form fields for places and units: what a person writes or chooses becomes a row."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .areas.queries import AreaNames


class AreaField(forms.CharField):
    """A place as people write it (大同村, 细沙乡) or its code; cleans to an Area.

    Set `within` (an Area) and `level` before cleaning to narrow where it may lie.
    """

    within = None
    level = None

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return None
        found = AreaNames.load().find(text, level=self.level, within=self.within and [self.within])
        if found:
            return found.area
        if found.candidates:
            names = "、".join(f"{area.name}({area.code})" for area in found.candidates[:6])
            raise forms.ValidationError(_("“%(text)s”可能是:%(names)s。请写区划代码。") % {"text": text, "names": names})
        raise forms.ValidationError(_("辖区内没有找到“%(text)s”,请核对名称或填写区划代码。") % {"text": text})


class UnitField(forms.ModelChoiceField):
    """A unit out of those handed in, under its place."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"empty_label": gettext_lazy("请选择"), **kwargs})

    def label_from_instance(self, unit):
        return f"{unit.area.short_name} · {unit.name}"


class DayField(forms.DateField):
    """A day, with the browser's own calendar."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
