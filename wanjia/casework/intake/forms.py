"""A need in under a minute: whose, about what, in one sentence."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.calendar import today
from wanjia.orgs.models import Area
from wanjia.policy.identity import judge_phone
from wanjia.registry.models import Person

from ..act_forms import big, text
from ..states import Category, Channel
from . import queries

ADULT = 18


class _Village(forms.ModelChoiceField):
    def label_from_instance(self, village):
        return f"{village.parent.short_name} · {village.short_name}"


class _Person(forms.ModelChoiceField):
    def label_from_instance(self, person):
        return person.shown_name


class RecordNeed(forms.Form):
    """With a home of the register: its people stand as buttons. Without: village and name."""

    village = _Village(Area.objects.none(), label=_("村(社区)"), empty_label=_("请选择"))
    requester = _Person(Person.objects.none(), label=_("谁的诉求"), required=False, empty_label=_("不在名单上"), widget=forms.RadioSelect)
    requester_name = forms.CharField(label=_("诉求人姓名"), max_length=60, required=False)
    summary = text(_("困难是什么"), rows=3, max_length=200, help_text=_("一句话:谁、遇到什么困难、盼着怎么办。"))
    category = big(_("属于哪一类"), Category.choices)
    involves_child = forms.BooleanField(label=_("涉及未成年人"), required=False)
    child = _Person(Person.objects.none(), label=_("是哪个孩子"), required=False, empty_label=_("不指明"))
    channel = forms.ChoiceField(label=_("从哪里来"), choices=Channel.choices, initial=Channel.VISIT)
    requester_phone = forms.CharField(
        label=_("联系电话"), max_length=20, required=False, widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
        help_text=_("加密保存,回访时用。"),
    )  # fmt: skip
    requester_relation = forms.CharField(label=_("代谁反映、是什么关系"), max_length=20, required=False, help_text=_("本人反映的不用填。"))
    school_name = forms.CharField(label=_("学校"), max_length=60, required=False)
    story = text(_("详细情况"), rows=4, max_length=2000, required=False, help_text=_("加密保存,查看要写理由。"))

    MORE = ("channel", "requester_phone", "requester_relation", "child", "school_name", "story")

    def __init__(self, *args, actor, household=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.household, day = household, today(timezone.now())
        villages = queries.villages(actor)
        members = queries.people_of(household, day)
        self.fields["village"].queryset = villages
        if household:
            self.fields["village"].initial = household.village_id
            self.fields["village"].widget = forms.HiddenInput()
        elif len(first_two := list(villages[:2])) == 1:
            self.fields["village"].initial = first_two[0].pk
        self._offer(members, day)

    def _offer(self, members, day):
        ids = [row.person_id for row in members]
        young = [row.person_id for row in members if row.person.birth_on is None or row.person.age_on(day) < ADULT]
        if not members:
            del self.fields["requester"], self.fields["child"]
            self.fields["requester_name"].required = True
            return
        self.fields["requester"].queryset = Person.objects.filter(pk__in=ids)
        self.fields["requester"].choices = [(row.person_id, f"{row.person.shown_name}({row.relation})") for row in members] + [("", _("不在名单上"))]
        self.fields["requester"].initial, self.fields["requester"].asked = ids[0], True
        self.fields["requester_name"].asked = True
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
        return [field for field in self if field.name not in self.MORE]

    def more_fields(self):
        """The fields that fold away."""
        return [field for field in self if field.name in self.MORE]
