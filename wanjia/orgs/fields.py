"""Form fields of the house: one row out of many by a few letters (`searched` for an act), and why somebody looks. Places: areas.fields, units: units.fields."""

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


FEW = 12  # rows that a list shows at a glance; of more than these a few letters find the one
LISTED = 300  # rows that the browser's list holds; what lies beyond is found by its letters all the same
LETTERS = gettext_lazy("写几个字,从列表里选。")


class OneOfMany(FoundField):
    """One out of many, found by a few letters of its words or by its key: what `searched` asks. rows_: () → [(row or code, words)], read when they are needed."""

    rows_ = staticmethod(list)
    nothing = None

    def offer_some(self, some, rows, nothing):
        """Say which stand in the browser's list, how all are read, and what an empty answer means."""
        self.rows_, self.nothing = rows, nothing
        self.widget.offered = [words for _row, words in some]

    def prepare_value(self, value):
        """Show the words of what stands there, not its key."""
        key = _key(value)
        if not key or key in self.widget.offered:
            return value
        return next((words for row, words in self.rows_() if _key(row) == key), value)

    def clean(self, value):
        """Return the one meant: by its words, a few letters of them, or its key as a link or a program knows it."""
        self.rows = self.rows_() if value else []
        return next((row for row, _words in self.rows if _key(row) == value), None) or super().clean(value) or self.nothing


def searched(among, shown=str, none=""):
    """Return what an act asks of a choice among many ({among, shown, none, field} of `Asked`): a plain list of a few, of more a line to type in.

    among: (row, actor, day) → rows (a query set or a list) or [(code, words)]; shown: a row → its words; none: what the empty choice is called.
    """

    def asked(row, actor, day, **given):
        found = among(row, actor, day)
        some = _told(found[: LISTED + 1], shown)
        pairs = not some or not hasattr(some[0][0], "pk")
        if len(some) <= FEW:
            choices = [("", none or gettext_lazy("请选择")), *((_key(one), words) for one, words in some)]
            return forms.TypedChoiceField(choices=choices, coerce=lambda key: next(one for one, _words in some if _key(one) == key), empty_value="" if pairs and some else None, **given)
        field = OneOfMany(**given | {"help_text": given["help_text"] or LETTERS})
        if none:
            field.widget.attrs["placeholder"] = none
        field.offer_some(some[:LISTED], lambda: _told(among(row, actor, day), shown), "" if pairs else None)
        return field

    return {"among": among, "shown": shown, "none": none or None, "field": asked}


def _told(found, shown):
    """Return [(row or code, words)], no words twice: whoever shares them bears a number."""
    told, seen = [], {}
    for one in found:
        row, words = one if isinstance(one, tuple) else (one, str(shown(one)))
        words = " ".join(str(words).split())
        seen[words] = seen.get(words, 0) + 1
        told.append((row, words if seen[words] == 1 else f"{words} ({seen[words]})"))
    return told


def _key(row):
    return str(getattr(row, "pk", row) or "")


def only(among):
    """Return who says what a choice stands at: the one row where there is but one, so that nobody is asked what is known."""

    def stands_at(row, actor, day):
        found = list(among(row, actor, day)[:2])
        return found[0] if len(found) == 1 else None

    return stands_at


def widest(areas):
    """Return how a form begins that asks for a place: with the widest of the reach, which nobody has to look for. areas: what the form offers, by code."""
    return lambda row, actor, day: str(next((one.pk for one in areas(row, actor, day)[:1]), ""))


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
