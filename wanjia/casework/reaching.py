"""One question for two, in one row of big buttons: what was said or found, or that nobody was reached."""

from django.utils.translation import gettext_lazy as _

from wanjia.doors.asking import ActForm

MISSED = ("missed", _("没有联系上"))


class Reached(ActForm):
    """asks: its own field, with MISSED among its choices; told: the keyword of the command that the others answer; order: of the fields."""

    asks, told, order = "", "", ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["reached"], self.fields[self.told]
        self.order_fields(self.order)

    def clean(self):
        """Say it as the command asks it."""
        said = self.cleaned_data.pop(self.asks, "")
        self.cleaned_data |= {"reached": said != MISSED[0], self.told: self.meant("" if said == MISSED[0] else said)}
        return self.cleaned_data

    def meant(self, said):
        """Return what the command is told of a button; "" for nobody."""
        return said
