"""What the household says, asked in one row of big buttons."""

from django import forms
from django.utils.translation import gettext_lazy as _

from wanjia.doors.asking import ActForm, Keyed

from ..states import Word

MISSED = ("missed", _("没有联系上"))


class Heard(ActForm):
    """One question for two: what the household says, or that nobody was reached."""

    said = forms.ChoiceField(label=_("诉求人说"), choices=[*Word.choices, MISSED], widget=Keyed(zip([*Word.values, MISSED[0]], "1234")))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["reached"], self.fields["word"]
        self.order_fields(["said", "satisfaction", "words", "way"])

    def clean(self):
        """Say it as the command asks it."""
        said = self.cleaned_data.pop("said", "")
        self.cleaned_data |= {"reached": said != MISSED[0], "word": "" if said == MISSED[0] else said}
        return self.cleaned_data
