"""The form of attendance: a line for each invited unit, with who came for it; and one more unit that came unasked."""

from django import forms
from django.utils.translation import gettext_lazy as _

from wanjia.doors.asking import ActForm

from . import queries, seats

ROW = "seat-"


class AttendForm(ActForm):
    """One field a unit; together they are `came`, {the unit's id: who came for it, "" for nobody}."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for seat in self.row.seats.select_related("organisation"):
            given = {"label": seat.organisation.name, "initial": seat.person, "required": False, "max_length": seats.MOST_PERSON}
            self.fields[f"{ROW}{seat.organisation_id}"] = field = forms.CharField(**given)
            field.asked = True  # empty is an answer too: nobody came
        self.fields["unasked"] = forms.ModelChoiceField(
            queries.not_invited(self.row, self.day), label=_("单位"), required=False, empty_label=_("没有"),
        )  # fmt: skip
        self.fields["unasked"].label_from_instance = lambda unit: unit.name
        self.fields["unasked_person"] = forms.CharField(label=_("来的人"), required=False, max_length=seats.MOST_PERSON)

    def rows(self):
        """Return the fields of the invited units, as the page lists them."""
        return [self[name] for name in self.fields if name.startswith(ROW)]

    def clean(self):
        """Return the one answer that the command asks."""
        said = super().clean()
        came = {name.removeprefix(ROW): person for name, person in said.items() if name.startswith(ROW)}
        if said.get("unasked"):
            came[str(said["unasked"].pk)] = said.get("unasked_person", "")
        return {"came": came}
