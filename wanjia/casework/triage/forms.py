"""Two grades; and one cell of the county's grid."""

from django import forms
from django.utils.translation import gettext_lazy as _

from wanjia.orgs.models import Tier

from ..act_forms import Day, Keyed, NeedForm, big, text
from ..states import Difficulty, Urgency


class TriageNeed(NeedForm):
    """How urgent, how hard."""

    urgency = big(_("轻重缓急"), Urgency.choices, widget=Keyed(zip(Urgency.values, "123", strict=True)))
    difficulty = big(_("难易程度"), Difficulty.choices, widget=Keyed(zip(Difficulty.values, "qwer", strict=True)))
    words = text(_("研判意见"), rows=2, required=False, help_text=_("重新研判时必须写明理由。"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["words"].widget.attrs["data-key"] = "d"  # dissent is one key
        self.fields["urgency"].initial, self.fields["difficulty"].initial = self.need.urgency, self.need.difficulty


class SetGridCell(forms.Form):
    """One cell of the grid, from a day on."""

    urgency = forms.ChoiceField(label=_("轻重缓急"), choices=Urgency.choices)
    difficulty = forms.ChoiceField(label=_("难易程度"), choices=Difficulty.choices)
    tiers = forms.MultipleChoiceField(
        label=_("可承办层级"), choices=Tier.choices, widget=forms.CheckboxSelectMultiple, help_text=_("选中的第一个是通常承办的层级。")
    )
    days = forms.IntegerField(label=_("期限(天)"), min_value=1, max_value=365)
    unit = big(_("按"), [("working", _("工作日")), ("calendar", _("自然日"))], initial="working")
    hint = forms.CharField(label=_("提示"), max_length=120, required=False)
    from_on = forms.DateField(label=_("从哪天起"), widget=Day)
