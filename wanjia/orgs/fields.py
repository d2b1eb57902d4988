"""Form fields for places and units: what a person writes or chooses becomes a row."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wanjia.doors.asking import ActForm

from .areas.queries import AreaNames

FEW_LETTERS = gettext_lazy("写单位名里的几个字,从列表里选。")


class AreaField(forms.CharField):
    """A place as people write it (大同村, 细沙乡) or its code; cleans to an Area.

    Set `within` (an Area) and `level` before cleaning to narrow where it may lie.
    """

    within = None
    level = None

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return None
        found = AreaNames.load().find(text, level=self.level, within=self.within and [self.within])
        if found:
            return found.area
        if found.candidates:
            names = "、".join(f"{area.name}({area.code})" for area in found.candidates[:6])
            raise forms.ValidationError(_("“%(text)s”可能是:%(names)s。请写区划代码。") % {"text": text, "names": names})
        raise forms.ValidationError(_("辖区内没有找到“%(text)s”,请核对名称或填写区划代码。") % {"text": text})


class AreasField(AreaField):
    """Several places, a 顿号 or a comma between them; cleans to a list of Areas."""

    def clean(self, value):
        """Turn each name into an area."""
        one = AreaField()
        return [one.clean(text) for text in forms.CharField.clean(self, value).replace(",", "、").split("、") if text.strip()]



class Typed(forms.TextInput):
    """A line to type in, with the browser's own list of what it may be under it."""

    template_name = "orgs/typed.html"
    offered = ()

    def get_context(self, name, value, attrs):
        """Hand the list to the template."""
        return {**super().get_context(name, value, attrs), "offered": self.offered, "list": f"{name}-offered"}


class FoundField(forms.CharField):
    """One row out of many, found by a few letters of its words: [(row, words)] handed in as `rows`. Cleans to the row, or None.

    Exactly the words of a row, or letters that only one row's words hold.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"widget": Typed(attrs={"autocomplete": "off"}), **kwargs})
        self.rows = []

    def offer(self, rows, initial=None):
        """Say which rows there are, the nearest first, and which one stands there at the start."""
        self.rows = list(rows)
        self.widget.offered = [words for _row, words in self.rows]
        self.initial = next((words for row, words in self.rows if initial is not None and row.pk == initial.pk), None)

    def clean(self, value):
        """Return the row meant."""
        text = super().clean(value).strip()
        if not text:
            return None
        whole = [row for row, words in self.rows if words == text]
        bare = "".join(text.split())
        told = [(row, "".join(words.replace("·", "").split())) for row, words in self.rows]
        found = whole or [row for row, words in told if bare in words] or [row for row, words in told if _in_order(bare, words)]
        if len(found) == 1:
            return found[0]
        if not found:
            raise forms.ValidationError(_("没有找到“%(text)s”,请换几个字,或从列表里选。") % {"text": text})
        names = "、".join(words for row, words in self.rows if row in found[:6])
        raise forms.ValidationError(_("“%(text)s”有 %(n)s 个:%(names)s。请多写几个字,或从列表里选。") % {"text": text, "n": len(found), "names": names})


class ToldReason(ActForm):
    """Why somebody looks at what is protected: one of the usual reasons by a tap, or an own one typed. Cleans to {"reason": text}.

    USUAL: sentences; a thumb on a phone types them badly, and a journal full of 查看一下 tells its reader nothing.
    """

    USUAL, HELP = (), ""
    usual = forms.ChoiceField(label=gettext_lazy("为什么要看"), required=False, widget=forms.RadioSelect)
    usual.asked = True  # one of the two is needed
    reason = forms.CharField(
        label=gettext_lazy("其他理由"), min_length=4, max_length=200, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["usual"].choices = [(str(words), words) for words in self.USUAL]
        self.fields["usual"].help_text = self.HELP

    def clean(self):
        """What was typed goes before what was tapped."""
        answers = super().clean()
        reason = answers.get("reason") or answers.get("usual")
        if not reason and "reason" not in self.errors:
            self.add_error("usual", _("请点一个理由,或者自己写。"))
        return {"reason": reason or ""}


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


def place(within=None):
    """Return what asks an act's keyword for a place (`Asked.field`). within: actor → the Area in which it lies."""

    def asked(_row, actor, _day, **given):
        field = AreaField(**given)
        field.within = within and within(actor)
        return field

    return asked


def unit_of(units, stands=None):
    """Return what asks an act's keyword for a unit (`Asked.field`). units: actor → those offered; stands: row → the one that stands there."""

    def asked(row, actor, _day, **given):
        field = UnitField(**given | {"help_text": given["help_text"] or FEW_LETTERS})
        field.offer_units(units(actor), stands(row) if stands and row else None)
        return field

    return asked


def _in_order(text, words):
    """Whether the characters of `text` stand in `words` in this order: 细沙大同 means 细沙乡大同村."""
    rest = iter(words)
    return all(char in rest for char in text)
