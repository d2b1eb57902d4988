"""What the tier above found, asked in one row of big buttons."""

from django import forms
from django.utils.translation import gettext_lazy as _

from wanjia.doors.asking import Keyed

from ..reaching import MISSED, Reached

SO, NOT_SO = ("so", _("属实")), ("not_so", _("不属实,退回重办"))


class Looked(Reached):
    """So or not so, or that nobody was reached."""

    found = forms.ChoiceField(label=_("抽查结论"), choices=[SO, NOT_SO, MISSED], widget=Keyed(zip((SO[0], NOT_SO[0], MISSED[0]), "123")))
    asks, told, order = "found", "agrees", ("word", "found", "words", "way", "told")

    def meant(self, said):
        """Whether it is so."""
        return said == SO[0]
