"""Forms of sponsorship: they read input and never save."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..fields import AreaField, DayField, UnitField


class Sponsor(forms.Form):
    """Bind a unit to an area."""

    organisation = UnitField(label=_("挂联单位"))
    area = AreaField(label=_("挂联区域"), help_text=_("乡镇或村,写名称或代码。"))
    head_name = forms.CharField(label=_("挂联负责人"), max_length=40, required=False)
    from_on = DayField(label=_("起"))
    to_on = DayField(label=_("止"), required=False, help_text=_("第一个不再挂联的日子;长期挂联不填。"))

    def __init__(self, *args, within, organisations, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["area"].within = within
        self.fields["organisation"].offer_units(organisations)


class EndBond(forms.Form):
    """End a bond."""

    on = DayField(label=_("从哪天起不再挂联"))
    reason = forms.CharField(label=_("原因"), max_length=200, required=False)
