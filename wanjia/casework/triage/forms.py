"""One cell of the county's grid."""

from django import forms
from django.utils.translation import gettext_lazy as _

from wanjia.doors.asking import Day
from wanjia.orgs.models import Tier

from ..states import Difficulty, Urgency


class SetGridCell(forms.Form):
    """One cell of the grid, from a day on."""

    urgency = forms.ChoiceField(label=_("轻重缓急"), choices=Urgency.choices)
    difficulty = forms.ChoiceField(label=_("难易程度"), choices=Difficulty.choices)
    tiers = forms.MultipleChoiceField(
        label=_("可承办层级"), choices=Tier.choices, widget=forms.CheckboxSelectMultiple, help_text=_("选中的第一个是通常承办的层级。")
    )
    days = forms.IntegerField(label=_("期限(天)"), min_value=1, max_value=365)
    unit = forms.ChoiceField(label=_("按"), choices=[("working", _("工作日")), ("calendar", _("自然日"))], widget=forms.RadioSelect, initial="working")
    hint = forms.CharField(label=_("提示"), max_length=120, required=False)
    from_on = forms.DateField(label=_("从哪天起"), widget=Day)
