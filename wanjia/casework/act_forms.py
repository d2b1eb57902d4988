"""What the forms of acts on one need share: they know the need and the actor, and they never save."""

from django import forms


class NeedForm(forms.Form):
    """A form about one need. Field names are the keywords of its command."""

    def __init__(self, *args, need=None, actor=None, **kwargs):
        self.need, self.actor = need, actor
        super().__init__(*args, **kwargs)


def text(label, rows=3, **kwargs):
    """Return a field for some sentences."""
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows}), max_length=kwargs.pop("max_length", 500), **kwargs)


def big(label, choices, **kwargs):
    """Return a field of big buttons."""
    return forms.ChoiceField(label=label, choices=choices, widget=kwargs.pop("widget", forms.RadioSelect), **kwargs)
