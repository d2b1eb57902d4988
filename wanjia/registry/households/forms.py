"""Homes: what is told, read once."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from wanjia.doors.asking import ActForm, AsksBack
from wanjia.orgs.areas.queries import villages_for
from wanjia.registry.duties import Duty

from ..fact_forms import fact_fields
from ..models import Household, Person
from .rules import Namesake

# What is stored stays Chinese, as registers write it; only the choice on the screen is translated.
RELATIONS = [(word, _(word)) for word in (
    gettext_noop("配偶"), gettext_noop("儿子"), gettext_noop("女儿"), gettext_noop("儿媳"), gettext_noop("女婿"), gettext_noop("孙子"),
    gettext_noop("孙女"), gettext_noop("外孙"), gettext_noop("外孙女"), gettext_noop("父亲"), gettext_noop("母亲"), gettext_noop("岳父"),
    gettext_noop("岳母"), gettext_noop("兄弟"), gettext_noop("姐妹"), gettext_noop("其他"),
)]  # fmt: skip
NEW_PERSON = ("name", "citizen_id", "id_absent_reason", "birth_on", "sex", "ethnicity", "phone", "hukou_kind", "schooling")
villages = villages_for(Duty.KEEP_REGISTER)
WHY_GONE = [(word, _(word)) for word in (gettext_noop("迁出"), gettext_noop("婚嫁"), gettext_noop("去世"), gettext_noop("分户"), gettext_noop("其他"))]


class Village(forms.ModelChoiceField):
    """A village within reach, with its township before it."""

    def label_from_instance(self, village):
        return f"{village.parent.short_name} · {village.short_name}"


class NewPerson(AsksBack):
    """A form that writes somebody new; asked about a namesake, it shows the box that answers."""

    asks = Namesake
    another = forms.BooleanField(label=_("我核对过,这是另一个人,不是已经登记的那个"), required=False, widget=forms.HiddenInput)


class RegisterHousehold(NewPerson):
    """A new home and its head."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        rows = villages(None, self.actor, self.day)
        self.fields["village_code"] = Village(rows, label=_("村(社区)"), empty_label=_("请选择"))
        if len(one := list(rows[:2])) == 1:
            self.fields["village_code"].initial = one[0].pk
        self.fields.update(fact_fields(Household, ["group_name", "address"]))
        head = fact_fields(Person, [name for name in NEW_PERSON if name not in ("schooling", "hukou_kind")])
        head["name"].label, head["name"].required = _("户主姓名"), True
        self.head = list(head)
        self.fields.update(head)
        self.fields["number"] = forms.CharField(
            label=_("户编号"), max_length=24, required=False, help_text=_("没有就留空,自动编号。")
        )

    def clean(self):
        """Gather the head's facts; village by its code."""
        answers = super().clean()
        head = {name: answers.pop(name) for name in self.head if name in answers}
        if answers.get("village_code"):
            answers["village_code"] = answers["village_code"].code
        return {**answers, "head": {name: value for name, value in head.items() if value not in (None, "")}}


class FindHome(forms.Form):
    """Where the home is and who lives there: nobody knows its number by heart."""

    village = forms.ChoiceField(label=_("哪个村"), required=False)
    who = forms.CharField(label=_("那一户谁的姓名(或户编号)"), max_length=40, required=False)

    def __init__(self, *args, actor, day, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["village"].choices = [(area.pk, f"{area.parent.short_name} · {area.short_name}") for area in villages(None, actor, day)]

    def asked(self):
        """Return (village code, text); a broken answer asks nothing."""
        self.is_valid()
        return self.cleaned_data.get("village") or self.initial.get("village", ""), self.cleaned_data.get("who", "").strip()


class MoveMember(ActForm):
    """To which home, from when. homes: [(id, words)] that were found."""

    household_id = forms.ChoiceField(label=_("迁入哪一户"), widget=forms.RadioSelect)

    def __init__(self, *args, homes, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["household_id"].choices = homes
