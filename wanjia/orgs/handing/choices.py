"""By which fields an act asks who takes over, and what was answered: one taker for all, and another for a place where that is wanted.

An act takes them as its further keywords: all_to, and place_<code>. A taker is spelt "p<id of a colleague>" or "u<id of a unit>".
"""

from django import forms
from django.utils.translation import gettext_lazy as _

from wanjia.verdict import Refused

from . import queries

ALL, PLACE = "all_to", "place_"
LISTED = 60  # places that have a field of their own


def fields(leaving, *, label=_("手里的事都交给")):
    """Return {name: form field} for what this Leaving holds; nothing where it holds nothing."""
    found = queries.held(leaving)
    if not found:
        return {}
    places = queries.by_place(found)
    offered = _offered(leaving, [area.code for area, _rows in places])
    words = _("一次交给一个人或一个单位;下面可以按地方另选。") if len(places) > 1 else ""
    asked = {ALL: forms.ChoiceField(label=label, help_text=words, choices=[("", _("请选择")), *offered], required=False)}
    asked[ALL].asked = True  # needed, unless each place has its own
    for area, rows in places[:LISTED] if len(places) > 1 else ():
        told = "、".join(f"{kind} {n}" for kind, n in rows)
        asked[PLACE + area.code] = forms.ChoiceField(label=f"{area.short_name}({told})", choices=[("", _("照上面的")), *offered], required=False)
    return asked


def _offered(leaving, codes):
    people = [(f"p{one.pk}", one.name) for one in queries.colleagues(leaving)] if leaving.person is not None else []
    units = [(f"u{one.pk}", f"{one.area.short_name} · {one.name}") for one in queries.heirs(leaving, codes)]
    return [*([(_("本单位的同事"), people)] if people else []), *([(_("别的单位"), units)] if units else [])]


def takers(leaving, found, answered):
    """Return {family: {key: Taker}} of what was answered. Raises Refused, with how many, where something has no taker."""
    known, missing, taken = {}, 0, {}
    for family, rows in found.items():
        for key, code in rows.items():
            word = answered.get(PLACE + code) or answered.get(ALL)
            if word and word not in known:
                known[word] = queries.named(word, leaving)
                if known[word] is None:
                    raise Refused(_("接手的人或单位请从列出的里面选。"))
            if word:
                taken.setdefault(family, {})[key] = known[word]
            missing += not word
    if missing:
        told = "、".join(f"{family.words} {len(rows)}" for family, rows in found.items())
        raise Refused(_("手里还有没办完的事:%(told)s。请写明由谁接手,一件也不能悬空。") % {"told": told})
    return taken
