"""What the papers' pages ask."""

from django import forms
from django.utils.translation import gettext_lazy as _

from wanjia.orgs.models import Area
from wanjia.reporting.figures.queries import areas_below


class PrintPaper(forms.Form):
    """A press on a paper's button; it asks nothing."""


class Monthly(forms.Form):
    """Whose notice, of which month."""

    area = forms.ModelChoiceField(Area.objects.none(), label=_("辖区"), empty_label=None)
    month = forms.RegexField(
        r"^20\d\d-?(0[1-9]|1[0-2])$", label=_("月份"), error_messages={"invalid": _("月份请写成 2026-11 这样。")},
        widget=forms.TextInput(attrs={"type": "month", "placeholder": "2026-11"}),
    )  # fmt: skip

    def __init__(self, *args, actor, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = areas_below(actor)

    def clean_month(self):
        """Return yyyymm."""
        return self.cleaned_data["month"].replace("-", "")
