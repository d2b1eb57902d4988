"""What the forms of acts on one need share: they know the need and the actor, and they never save."""

from django import forms
from django.utils.translation import gettext_lazy as _


class NeedForm(forms.Form):
    """A form about one need. Field names are the keywords of its command."""

    def __init__(self, *args, need=None, actor=None, **kwargs):
        self.need, self.actor = need, actor
        super().__init__(*args, **kwargs)


class Day(forms.DateInput):
    """A date by the browser's own picker."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")


class Keyed(forms.RadioSelect):
    """Big buttons, each with a key: keys = {value: key}."""

    def __init__(self, keys=(), **kwargs):
        self.keys = dict(keys)
        super().__init__(**kwargs)

    def create_option(self, name, value, *args, **kwargs):
        """Put the key on the button."""
        option = super().create_option(name, value, *args, **kwargs)
        if str(value) in self.keys:
            option["attrs"]["data-key"] = self.keys[str(value)]
        return option


def text(label, rows=3, **kwargs):
    """Return a field for some sentences."""
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows}), max_length=kwargs.pop("max_length", 500), **kwargs)


def big(label, choices, **kwargs):
    """Return a field of big buttons."""
    return forms.ChoiceField(label=label, choices=choices, widget=kwargs.pop("widget", forms.RadioSelect), **kwargs)


class Words(NeedForm):
    """One reason, in words."""

    words = text(_("说明"))
