"""A whole month card as it is typed: of each child and line the day of the month, the way, and whether it was in vain."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from wanjia.verdict import Refused

from ..line_states import Line, Way
from . import rules

TURNS = 2  # a line's places on the card
DAY = {"inputmode": "numeric", "class": "form-control day", "placeholder": _("几号")}
DAYS = dict.fromkeys(("invalid", "min_value", "max_value"), _("这个月没有这一天。"))


class MonthCard(forms.Form):
    """One card: `children` in the order of the paper. What is empty is not said; each place is judged where it stands, before anything is written."""

    def __init__(self, *args, children, month, by, day, **kwargs):
        super().__init__(*args, **kwargs)
        self.children, self.month, self.by, self.day = children, month, by, day
        for child in children:
            for line in Line:
                for turn in range(TURNS):
                    self._place(f"{child.pk}-{line}-{turn}", f"{line.label} {turn + 1}")

    def _place(self, name, words):
        self.fields[f"{name}-day"] = forms.IntegerField(label=_("%(what)s 几号") % {"what": words}, min_value=1, max_value=31, required=False, widget=forms.TextInput(attrs=DAY), error_messages=DAYS)
        self.fields[f"{name}-way"] = forms.ChoiceField(label=_("%(what)s 方式") % {"what": words}, choices=[("", _("方式")), *Way.choices], required=False)
        self.fields[f"{name}-missed"] = forms.BooleanField(label=_("没联系上"), required=False)

    def grid(self):
        """Return [(child, [(line, [(day, way, missed) of each place])])] of bound fields."""
        return [(child, [(line, [self._bound(f"{child.pk}-{line}-{turn}") for turn in range(TURNS)]) for line in Line]) for child in self.children]

    def _bound(self, name):
        return [self[f"{name}-{part}"] for part in ("day", "way", "missed")]

    def clean(self):
        """Return {"rows": [(child, line, way, reached, on)]}: as they stand on the paper."""
        data, rows = super().clean(), []
        for child in self.children:
            for line in Line:
                for turn in range(TURNS):
                    rows += self._read(data, child, line, f"{child.pk}-{line}-{turn}")
        if not rows and not self.errors:
            raise forms.ValidationError(_("卡上至少要有一条联系。"))
        return {"rows": rows}

    def _read(self, data, child, line, name):
        number, way, missed = (data.get(f"{name}-{part}") for part in ("day", "way", "missed"))
        if not (number or way or missed):
            return []
        if not (number and way):
            self.add_error(f"{name}-day", _("日期和方式要一起填。"))
            return []
        try:
            on = self.month.replace(day=number)
        except ValueError:
            self.add_error(f"{name}-day", _("这个月没有这一天。"))
            return []
        return self._fitting(child, line, way, not missed, on, name)

    def _fitting(self, child, line, way, reached, on, name):
        try:
            rules.may_stand(child, line, on, self.day)
        except Refused as refusal:
            self.add_error(f"{name}-day", str(refusal.reason))
            return []
        return [(child, line, way, reached, on)]


def month_of(text, day):
    """Return the first day of the month that an address names, or of today's; None for what is no month, or one to come."""
    try:
        first = date.fromisoformat(f"{text}-01") if text else day.replace(day=1)
    except ValueError:
        return None
    return first if first <= day else None
