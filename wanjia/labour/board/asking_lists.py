"""What the list of the board's tasks is asked by its address."""

from django import forms
from django.utils.translation import gettext_lazy as _

from wanjia.policy import labour_pillars

from .queries import LISTS


class Looked(forms.Form):
    """Which list, under which pillar, on which day: what is unknown is not asked."""

    list = forms.ChoiceField(choices=[(one, one) for one in LISTS], required=False)
    pillar = forms.ChoiceField(choices=lambda: [(code, code) for code in labour_pillars.pillars()], required=False)
    as_of = forms.DateField(label=_("截至"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def day(self, today):
        """Return the past day that is asked for, or None: now."""
        day = self.cleaned_data.get("as_of")
        return day if day and day < today and self.cleaned_data.get("list") != "mine" else None
