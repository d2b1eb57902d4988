"""Why somebody must see what is sealed: asked on the need's page and on the callback's, for this room has none of its own."""

from django import forms
from django.utils.translation import gettext_lazy as _

REASONS = [_("办理需要,联系诉求人"), _("回访"), _("核实情况"), _("研判需要")]


class Reveal(forms.Form):
    """Why somebody must see what is sealed."""

    reason = forms.CharField(
        label=_("为什么要看"), min_length=2, max_length=200, initial=REASONS[0], help_text=_("这次查看会记入操作日志:谁、何时、为什么。"),
        widget=forms.TextInput(attrs={"list": "reveal-reasons"}),
    )  # fmt: skip
