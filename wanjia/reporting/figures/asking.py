"""Which area and which day a figure is asked for: a question that the pages above put too."""

from django import forms
from django.utils.translation import gettext_lazy as _

from wanjia.orgs import scope
from wanjia.orgs.areas.queries import ancestors
from wanjia.orgs.duties import Duty
from wanjia.orgs.models import Area


class AsOf(forms.Form):
    """An area in reach and a day; empty means mine, and today."""

    duty = Duty.SEE_FIGURES
    area = forms.CharField(required=False, max_length=15)
    as_of = forms.DateField(label=_("截至"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, *args, actor, **kwargs):
        super().__init__(*args, **kwargs)
        self.actor = actor

    def clean_area(self):
        """Return the Area; the actor's widest when none is named. One that does not exist and one out of reach are one error."""
        code = self.cleaned_data["area"]
        if not code:
            return next(iter(scope.areas(self.actor, duty=self.duty)), None)
        area = Area.objects.filter(scope.in_place(self.actor, area="code", duty=self.duty), pk=code).first()
        if area is None:
            raise forms.ValidationError(_("没有这个辖区,或者不在您的范围内。"), code="elsewhere")
        return area


def areas_from(actor, area, duty):
    """Return the areas to go to from one: those above in which the actor has the duty, this one, those below it."""
    above = Area.objects.filter(scope.in_place(actor, area="code", duty=duty), pk__in=[one.pk for one in ancestors(area)]).order_by("code")
    return [*above, area, *Area.objects.filter(parent=area, to_on=None).order_by("code")]
