"""A need in under a minute: whose, about what, in one sentence."""

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.translation import gettext_lazy as _

from wanjia.doors.asking import AsksBack
from wanjia.policy.identity import judge_phone
from wanjia.registry.models import Person

from . import queries
from .rules import SameNeed

ADULT = 18


class AsksAnother(AsksBack):
    """A form that writes what a home needs; told of an open need of that kind, it shows it and the box that answers. same: those needs."""

    asks = SameNeed
    another = forms.BooleanField(label=_("我看过,这是另一件"), required=False, widget=forms.HiddenInput)
    same = ()

    def refused(self, refusal):
        """Show what may be the same, too."""
        super().refused(refusal)
        if isinstance(refusal, SameNeed):
            self.same = refusal.needs
            del self.errors[NON_FIELD_ERRORS]  # they stand below, each with its link: the notice says what to do, and names none again
            self.add_error(None, _("可能是同一件诉求,请看下面列出的。是同一件的,不用再登记;确实是另一件的,请勾“我看过,这是另一件”再提交。"))


class Correct(AsksAnother):
    """The sentence and its category, as they stand."""

    field_order = ("summary", "category", "another")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.order_fields(self.field_order)


class _Person(forms.ModelChoiceField):
    def label_from_instance(self, person):
        return person.shown_name


class RecordNeed(AsksAnother):
    """With a home of the register: its people stand as buttons. Without: village and name."""

    field_order = ("village", "requester", "requester_name", "summary", "category", "involves_child")
    requester = _Person(Person.objects.none(), label=_("谁的诉求"), required=False, empty_label=_("不在名单上"), widget=forms.RadioSelect)
    child = _Person(Person.objects.none(), label=_("是哪个孩子"), required=False, empty_label=_("不指明"))
    MORE = ("channel", "requester_phone", "requester_relation", "child", "school_name", "story", "basis")

    def __init__(self, *args, household=None, **kwargs):
        super().__init__(*args, **kwargs)
        village = self.fields["village"]
        if household:
            village.initial, village.widget = household.village_id, forms.HiddenInput()
        elif len(first_two := list(village.queryset[:2])) == 1:
            village.initial = first_two[0].pk
        self._offer(queries.people_of(household, self.day))
        self.order_fields(self.field_order)

    def _offer(self, members):
        ids = [row.person_id for row in members]
        young = [row.person_id for row in members if row.person.birth_on is None or row.person.age_on(self.day) < ADULT]
        if not members:
            del self.fields["requester"], self.fields["child"]
            return
        asks = self.fields["requester"]
        asks.queryset = Person.objects.filter(pk__in=ids)
        asks.choices = [(row.person_id, f"{row.person.shown_name}({row.relation})") for row in members] + [("", _("不在名单上"))]
        asks.initial, asks.asked = ids[0], True
        self.fields["requester_name"].required, self.fields["requester_name"].asked = False, True
        self.fields["child"].queryset = Person.objects.filter(pk__in=young)
        if not young:
            del self.fields["child"]

    def clean_requester_phone(self):
        """Refuse a phone that no network can reach."""
        phone = self.cleaned_data["requester_phone"].strip()
        if not phone:
            return ""
        number, code = judge_phone(phone)
        if code and not code.startswith("warn."):
            raise forms.ValidationError(_("这个电话号码不对,请核对:手机 11 位,座机带区号。"))
        return number

    def clean(self):
        """Fill the name from the person chosen."""
        answers = super().clean()
        person = answers.get("requester")
        if person:
            answers["requester_name"], answers["requester_last4"] = person.name, person.citizen_last4
        elif "requester" in self.fields and not answers.get("requester_name"):
            self.add_error("requester_name", _("请填写诉求人姓名,或从名单上选一位。"))
        return answers

    def first_fields(self):
        """The fields everybody fills."""
        return [field for field in self if field.name not in (*self.MORE, "another")]

    def more_fields(self):
        """The fields that fold away."""
        return [field for field in self if field.name in self.MORE]
