"""Form fields of the house: one row out of many by a few letters, and why somebody looks. Places: areas.fields, units: units.fields."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wanjia.doors.asking import ActForm

NAMED = 6  # rows that a sentence names of those that a text may mean; it says how many they are


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
        names = "、".join(words for row, words in self.rows if row in found[:NAMED])
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


def _in_order(text, words):
    """Whether the characters of `text` stand in `words` in this order: 细沙大同 means 细沙乡大同村."""
    rest = iter(words)
    return all(char in rest for char in text)
