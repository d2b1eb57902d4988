"""What the form of an inspection asks: an answer for each item of the checklist in force, and where it is and what it is, where something is wrong."""

from django import forms
from django.utils.translation import gettext_lazy as _

from wanjia.policy import inspecting as policy
from wanjia.verdict import Refused

from ..inspection_states import Answer

NOTE = 120


def items(row, _actor, day):
    """Return {name: form field}: item_<code> with its note_<code>, for each item of the place's kind."""
    found = {}
    for item in policy.in_force(day).of(row.venue.kind) if row else ():
        asked = forms.ChoiceField(label=item.words, choices=Answer.choices, widget=forms.RadioSelect)
        asked.item, asked.chinese = item, True  # the words of the checklist are Chinese in both languages, and read so
        note = forms.CharField(label=_("部位、情况"), max_length=NOTE, required=False)
        note.note = True
        found[f"item_{item.code}"], found[f"note_{item.code}"] = asked, note
    return found


def read(said, kind, day):
    """Return [(item, Answer, note)] of all items of a place's kind. Raises Refused where one is not answered: one visit serves all units."""
    found = []
    for item in policy.in_force(day).of(kind):
        answer = said.get(f"item_{item.code}")
        if answer not in Answer.values:
            raise Refused(_("“%(item)s”还没有答。一次上门,各单位的检查项都要答。") % {"item": item.words})
        found.append((item, Answer(answer), (said.get(f"note_{item.code}") or "").strip()))
    return found
