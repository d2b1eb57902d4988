"""The question an export asks, and why."""

from django import forms
from django.utils.translation import gettext_lazy as _

from wanjia.indicators.definitions import everything
from wanjia.orgs import scope
from wanjia.orgs.duties import Duty
from wanjia.orgs.models import Area, Organisation
from wanjia.policy.mandates import mandates

from ..figures.population import NEEDS
from ..ledger.queries import TABS
from ..states import Category, Channel, Urgency
from .columns import SENSITIVE


def _words(choices):
    return [("", ""), *((word, word) for word in choices)]


class Question(forms.Form):
    """What the ledger's address or a number of the dashboard asks; everything may stay empty."""

    q = forms.CharField(required=False, max_length=100)
    area = forms.ModelChoiceField(Area.objects.none(), required=False)
    holder = forms.ModelChoiceField(Organisation.objects.all(), required=False)
    category = forms.ChoiceField(choices=[("", ""), *Category.choices], required=False)
    channel = forms.ChoiceField(choices=[("", ""), *Channel.choices], required=False)
    urgency = forms.ChoiceField(choices=[("", ""), *Urgency.choices], required=False)
    basis = forms.ChoiceField(choices=lambda: _words(mandates()), required=False)
    since = forms.DateField(required=False)
    until = forms.DateField(required=False)
    tab = forms.ChoiceField(choices=_words(TABS), required=False)
    figure = forms.ChoiceField(choices=lambda: _words(everything(NEEDS.name)), required=False)
    mine = forms.BooleanField(required=False)
    as_of = forms.DateField(required=False)
    month = forms.RegexField(r"^20[0-9]{4}$", required=False)
    numbers = forms.RegexField(r"^[\d,-]+$", max_length=1050, required=False)  # of ticked rows: a page of the ledger at the most

    def __init__(self, *args, actor, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = Area.objects.filter(scope.in_reach(actor, area="code", duty=Duty.EXPORT))

    def clean(self):
        """Refuse a word that is spelt otherwise than it is kept: whoever approves reads the text, and "false" for a tick reads as one."""
        asked = super().clean()
        for name, value in asked.items():
            text = (self.data.get(name) or "").strip()
            if bool(text) != value if isinstance(value, bool) else text and text != str(getattr(value, "pk", value)):
                raise forms.ValidationError(_("“%(field)s”请从列出的里面选。") % {"field": name})
        return asked

    def plain(self):
        """Return the question as {word: text}, to be kept and asked again."""
        return {name: self.data[name] for name in self.fields if self.data.get(name)}


class AskNeeds(forms.Form):
    """Why, and whether with phones; what is filtered comes along."""

    purpose = forms.CharField(label=_("导出做什么用"), max_length=200, help_text=_("用途会印在表上,也会记入操作日志。"))
    with_phone = forms.BooleanField(label=_("要带联系电话(敏感信息,须另一位负责人批准)"), required=False)

    def __init__(self, *args, actor, **kwargs):
        super().__init__(*args, **kwargs)
        self.actor = actor

    def question(self):
        """Return the question that came along, as it is kept."""
        return Question(self.data, actor=self.actor).plain()

    def wanted(self):
        """Return the sensitive columns wanted."""
        return SENSITIVE if self.cleaned_data["with_phone"] else []
