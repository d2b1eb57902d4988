"""Form fields for units: what a person writes or chooses becomes one."""

from django.utils.translation import gettext_lazy as _

from ..fields import FoundField

FEW_LETTERS = _("写单位名里的几个字,从列表里选。")


class UnitField(FoundField):
    """A unit out of those handed in, under its place: a county has some three hundred, and nobody scrolls to the right one."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"help_text": FEW_LETTERS, **kwargs})

    def offer_units(self, units, initial=None):
        """Say which units there are (a query set), and which one stands there at the start."""
        self.offer([(unit, f"{unit.area.short_name} · {unit.name}") for unit in units.select_related("area")], initial)

    def clean(self, value):
        """Return the unit meant: by its words, or by its number as a link or a program knows it."""
        return next((unit for unit, _words in self.rows if str(unit.pk) == value), None) or super().clean(value)


def unit_of(units, stands=None):
    """Return what asks an act's keyword for a unit (`Asked.field`). units: actor → those offered; stands: row → the one that stands there."""

    def asked(row, actor, _day, **given):
        field = UnitField(**given | {"help_text": given["help_text"] or FEW_LETTERS})
        field.offer_units(units(actor), stands(row) if stands and row else None)
        return field

    return asked
