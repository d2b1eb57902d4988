"""What the ledger asks: the filter. An export says its questions again in the same words."""

from django import forms
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from wanjia.casework.figures.population import NEEDS
from wanjia.doors.asking import Day
from wanjia.doors.words import said
from wanjia.indicators.definitions import everything
from wanjia.orgs.areas.queries import areas_to_choose, places_of
from wanjia.orgs.asked_by import AskedBy
from wanjia.orgs.models import Area, Organisation
from wanjia.policy.mandates import mandates

from ..rules import visible_needs
from ..states import Category, Channel, Urgency


def holders(actor):
    """Return the units that hold a need which the actor sees: a look for each unit, not a walk through every need."""
    held = Exists(visible_needs(actor).filter(holder=OuterRef("pk")))
    return Organisation.objects.filter(held).order_by("tier", "name")


HOLDERS = AskedBy(lambda actor: holders(actor).values_list("pk", "name"))


class LedgerFilter(forms.Form):
    """The questions above the ledger; all may stay empty."""

    q = forms.CharField(label=_("查找"), required=False)
    area = forms.ModelChoiceField(Area.objects.none(), label=_("区域"), required=False, empty_label=_("全部辖区"))
    holder = forms.ModelChoiceField(Organisation.objects.none(), label=_("主办单位"), required=False, empty_label=_("全部单位"))
    category = forms.ChoiceField(label=_("类别"), choices=[("", _("全部类别")), *Category.choices], required=False)
    channel = forms.ChoiceField(label=_("来源"), choices=[("", _("全部来源")), *Channel.choices], required=False)
    urgency = forms.ChoiceField(label=_("轻重缓急"), choices=[("", _("不限")), *Urgency.choices], required=False)
    basis = forms.ChoiceField(label=_("工作机制"), choices=lambda: [("", _("不限")), *((code, said(one)) for code, one in mandates().items())], required=False)
    since = forms.DateField(label=_("登记日起"), required=False, widget=Day)
    until = forms.DateField(label=_("登记日止"), required=False, widget=Day)
    mine = forms.BooleanField(required=False, widget=forms.HiddenInput)
    figure = forms.ChoiceField(choices=lambda: [("", ""), *((word, word) for word in everything(NEEDS.name))], required=False, widget=forms.HiddenInput)

    def __init__(self, *args, actor, **kwargs):
        super().__init__(*args, **kwargs)
        self._choose("area", areas_to_choose, actor, places_of(actor))
        self._choose("holder", holders, actor, HOLDERS(actor))

    def _choose(self, name, rows, actor, drawn):
        """Let one of `rows` (actor → query set) be chosen. drawn: their [(key, words)], which every page shows: no objects are made for them."""
        field = self.fields[name]
        if self.data.get(name):
            field.queryset = rows(actor)
        field.choices = [("", field.empty_label), *drawn]

    SHORT, MORE = ("area", "holder", "category"), ("channel", "urgency", "basis", "since", "until")

    def short_fields(self):
        """The questions that always show."""
        return [self[name] for name in self.SHORT]

    def more_fields(self):
        """The questions that fold away."""
        return [self[name] for name in self.MORE]

    def uses_more(self):
        """Tell whether a folded question is answered."""
        return any(self.data.get(name) for name in self.MORE)

    def asks(self):
        """Tell whether any question is answered."""
        return any(self.data.get(name) for name in self.fields)

    def asked(self):
        """Return the valid answers; a broken one is left out instead of hiding every row."""
        self.is_valid()
        return getattr(self, "cleaned_data", {})

    def in_words(self, tabs):
        """Say what is asked in a few words, as a kept question is called: 超期 · 细沙乡 · 低保救助. tabs: as queries.tabs says them."""
        asked, tab = self.asked(), self.data.get("tab")
        said = [tabs[tab]] if tab in tabs else []
        said += [asked[word].short_name or asked[word].name for word in ("area", "holder") if asked.get(word)]
        said += [dict(self.fields[word].choices)[asked[word]] for word in ("category", "channel", "urgency", "basis") if asked.get(word)]
        return " · ".join(map(str, said + ([_("本单位手里")] if asked.get("mine") else [])))
