"""Forms of organisations: they read input and never save."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..fields import AreaField, DayField, UnitField
from ..models import Line, Tier


class Unit(forms.Form):
    """Set up or change a unit."""

    name = forms.CharField(label=_("单位名称"), max_length=80)
    short_name = forms.CharField(label=_("简称"), max_length=40, required=False)
    area = AreaField(label=_("所在区划"), help_text=_("写名称或代码,例如:细沙乡、大同村。"))
    tier = forms.ChoiceField(label=_("层级"), choices=Tier)
    line = forms.ChoiceField(
        label=_("条线"), choices=Line, required=False, help_text=_("同一条线的单位能看到本条线在辖区内的事项。")
    )
    parent = UnitField(label=_("上级单位"), required=False)

    def __init__(self, *args, within, organisations, above=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["area"].within = within
        self.fields["parent"].offer_units(organisations, above)


class Alias(forms.Form):
    """Another name of a unit."""

    name = forms.CharField(label=_("别名"), max_length=80)


class EndUnit(forms.Form):
    """End a unit."""

    on = DayField(label=_("从哪天起撤并"))
    reason = forms.CharField(label=_("依据"), max_length=200)
