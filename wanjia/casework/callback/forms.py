"""What the household says, asked in one row of big buttons."""

from django import forms
from django.utils.translation import gettext_lazy as _

from wanjia.doors.asking import Keyed

from ..reaching import MISSED, Reached
from ..states import Word


class Heard(Reached):
    """What the household says, or that nobody was reached."""

    said = forms.ChoiceField(label=_("诉求人说"), choices=[*Word.choices, MISSED], widget=Keyed(zip([*Word.values, MISSED[0]], "1234")))
    asks, told, order = "said", "word", ("said", "satisfaction", "words", "way")
