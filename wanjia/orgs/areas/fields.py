"""Form fields for places: what a person writes becomes an area."""

from django import forms
from django.utils.translation import gettext as _

from .queries import AreaNames

NAMED = 6  # places that a sentence names of those that a text may mean; it says how many they are


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
            names = "、".join(f"{area.name}({area.code})" for area in found.candidates[:NAMED])
            told = {"text": text, "n": len(found.candidates), "names": names}
            raise forms.ValidationError(_("“%(text)s”可能是 %(n)s 个地方:%(names)s。请写区划代码。") % told)
        raise forms.ValidationError(_("辖区内没有找到“%(text)s”,请核对名称或填写区划代码。") % {"text": text})


class AreasField(AreaField):
    """Several places, a 顿号 or a comma between them; cleans to a list of Areas."""

    def clean(self, value):
        """Turn each name into an area."""
        one = AreaField()
        return [one.clean(text) for text in forms.CharField.clean(self, value).replace(",", "、").split("、") if text.strip()]


def place(within=None):
    """Return what asks an act's keyword for a place (`Asked.field`). within: actor → the Area in which it lies."""

    def asked(_row, actor, _day, **given):
        field = AreaField(**given)
        field.within = within and within(actor)
        return field

    return asked


def under_its_place(area):
    """Return how an area is called in a list that holds many: behind the one above it."""
    return f"{area.parent.short_name} · {area.name}" if area.parent else area.name
