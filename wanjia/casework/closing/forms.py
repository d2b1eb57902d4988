"""What the tier above found, asked in one row of big buttons."""

from django import forms
from django.utils.translation import gettext_lazy as _

from wanjia.doors.asking import ActForm, Keyed

SO, NOT_SO, MISSED = ("so", _("属实")), ("not_so", _("不属实,退回重办")), ("missed", _("没有联系上"))


class Looked(ActForm):
    """One question for two: so or not so, or that nobody was reached."""

    found = forms.ChoiceField(label=_("抽查结论"), choices=[SO, NOT_SO, MISSED], widget=Keyed(zip((SO[0], NOT_SO[0], MISSED[0]), "123")))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["reached"], self.fields["agrees"]
        self.order_fields(["word", "found", "words", "way", "told"])

    def clean(self):
        """Say it as the command asks it."""
        found = self.cleaned_data.pop("found", "")
        self.cleaned_data |= {"reached": found != MISSED[0], "agrees": found == SO[0]}
        return self.cleaned_data
