"""To whom, until when; who answers; why back."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.calendar import today
from wanjia.orgs.models import Organisation, User

from ..act_forms import Day, NeedForm, text
from ..queries import holders_for
from .queries import people_of


class AssignNeed(NeedForm):
    """The unit that will settle it, and the date."""

    holder = forms.ModelChoiceField(Organisation.objects.none(), label=_("主办单位"), empty_label=_("请选择"))
    due_on = forms.DateField(label=_("办结期限"), widget=Day, required=False, help_text=_("可以比研判定的期限早,不能晚。"))
    helpers = forms.ModelMultipleChoiceField(
        Organisation.objects.none(), label=_("配合单位"), required=False, widget=forms.SelectMultiple(attrs={"size": 5}),
        help_text=_("电脑上按住 Ctrl 可以选多个;手机上逐个点。"),
    )  # fmt: skip
    leader = forms.CharField(label=_("包案领导"), max_length=40, required=False)
    words = text(_("交办意见"), rows=2, required=False, max_length=300)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.need.urgency:
            return
        day = today(timezone.now())
        units = holders_for(self.need, day)
        for name in ("holder", "helpers"):
            self.fields[name].queryset = Organisation.objects.filter(pk__in=[unit.pk for unit in units])
            self.fields[name].choices = [("", _("请选择"))] * (name == "holder") + [(unit.pk, unit.name) for unit in units]
        self.fields["due_on"].initial = self.need.due_on
        if self.need.due_on < day:
            del self.fields["due_on"]  # the promised day has passed and stays


class _Person(forms.ModelChoiceField):
    def label_from_instance(self, user):
        return user.name


class AcceptNeed(NeedForm):
    """Who answers for it."""

    handler = _Person(User.objects.none(), label=_("责任人"), required=False, empty_label=_("我本人"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["handler"].queryset = people_of(self.need.holder, timezone.now()).exclude(pk=self.actor.pk)


class HandTo(NeedForm):
    """Another person of the unit."""

    handler = _Person(User.objects.none(), label=_("新的责任人"), empty_label=_("请选择"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["handler"].queryset = people_of(self.need.holder, timezone.now()).exclude(pk=self.need.handler_id)


class ReturnNeed(NeedForm):
    """By which rule whose duty it is."""

    reason = text(_("退回理由"), help_text=_("按哪条规定、应由哪个单位办。退回后由交办单位重新交办,不会悬空。"))
