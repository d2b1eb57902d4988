"""Form fields made from the columns of a model, so that a label, a limit or a choice is said once."""

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.forms.models import fields_for_model
from django.utils.translation import gettext_lazy as _

from wanjia.doors.asking import ActForm, Day
from wanjia.kernel.acts import Asked
from wanjia.orgs.fields import ToldReason
from wanjia.sealing.fields import EncryptedText

FEW = 7
# Why the forms of the register have no call: what is told through them is judged by whoever tells it.
ONE_BY_ONE = "the register is judged line by line at a screen; other systems bring theirs as a workbook, /api/uploads"
TODAY = {"initial": lambda _row, _actor, day: day}  # a day that is asked for stands at today until somebody says another
LARGEST = 2**31 - 1  # what a column of PostgreSQL holds; SQLite's breaks at its double length


def fact_fields(model, names):
    """Return {name: form field} for columns: buttons for few choices, the device's calendar for days, a number pad for numbers."""
    fields = fields_for_model(model, fields=names)
    for name, field in fields.items():
        field.required = False
        if isinstance(field, forms.DateField):
            field.widget = Day()
        elif isinstance(field, forms.TypedChoiceField) and len(list(field.choices)) <= FEW:
            field.choices = [choice for choice in field.choices if choice[0] != ""]
            field.widget = forms.RadioSelect(choices=field.choices)
        elif isinstance(field, forms.NullBooleanField):
            fields[name] = yes_no(field.label)
        elif isinstance(field, forms.IntegerField):
            field.widget.attrs["inputmode"] = "numeric"
            field.validators += [MinValueValidator(-LARGEST), MaxValueValidator(LARGEST)]
    return fields


def facts_of(model, *names, needed=()):
    """Return the Asked of **facts that are columns of a model; needed: those that may not stay empty."""

    def fields(_row, _actor, _day):
        found = fact_fields(model, names)
        for name in needed:
            found[name].required = True
        return found

    return Asked(spread=fields)


def yes_no(label):
    """A question that may stay open: yes, no, or not asked."""
    return forms.TypedChoiceField(
        label=label, required=False, choices=[("1", _("是")), ("0", _("否"))], widget=forms.RadioSelect, empty_value=None,
        coerce=lambda text: {"1": True, "0": False}[text],
    )  # fmt: skip


class FactsForm(ActForm):
    """Facts of one stored row. Sealed facts are not filled in: leaving them empty leaves them as they are."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, row, names, **kwargs):
        self.sealed = [name for name in names if isinstance(row._meta.get_field(name), EncryptedText)]
        given = {name: _initial(getattr(row, name)) for name in names if name not in self.sealed}
        super().__init__(*args, row=row, initial={**given, "version": row.version, **kwargs.pop("initial", {})}, **kwargs)
        self.fields.update(fact_fields(type(row), names))
        for name in self.sealed:
            if row.__dict__.get(name):
                self.fields[name].help_text = _("已登记(加密)。不改就留空。")

    def clean(self):
        """Leave out sealed facts that were left empty, and the blank of a column that takes none."""
        answers = super().clean()
        return {name: value for name, value in answers.items() if not (name in self.sealed and not value)}


def asked_facts(request, names):
    """Return which of these facts the address asks for (?only=phone,address), or all: one click to just the missing fields."""
    asked = [name for name in request.GET.get("only", "").split(",") if name in names]
    if "citizen_id" in asked and "id_absent_reason" not in asked:
        asked.insert(asked.index("citizen_id") + 1, "id_absent_reason")
    return asked or list(names)


def _initial(value):
    return {True: "1", False: "0"}.get(value, value) if isinstance(value, bool) else value


class ReasonForm(ToldReason):
    """Why somebody wants to see what is protected."""

    USUAL = (_("入户走访前核对情况"), _("办理诉求需要"), _("联系本人或家里人"), _("核对、更正登记信息"))
    HELP = _("点一个,或者自己写(至少 4 个字)。您的姓名、时间和理由会记入日志,单位负责人和审计员看得到。")
