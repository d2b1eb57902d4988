"""People: parents and care, read once."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wanjia.doors.asking import ActForm
from wanjia.kernel.calendar import today

from ..fact_forms import FactsForm as PersonFacts
from ..fact_forms import ReasonForm
from ..memberships import members_on
from ..models import Membership, ParentLine
from .presumed import presumed_parents

CARE = ("kind", "carer_relation", "carer_phone", "capability", "capability_checked_on", "document", "child_consulted",
        "notified_school_on", "notified_village_on", "last_parent_contact_on")  # fmt: skip


def _now():
    return today(timezone.now())


class NameParent(ActForm):
    """The father or mother: somebody of the child's homes, or a name."""

    parent_id = forms.ChoiceField(label=_("登记在册的人"), required=False, widget=forms.RadioSelect)

    def __init__(self, *args, line, **kwargs):
        super().__init__(*args, **kwargs)
        child = self.row
        sex = {"father": "男", "mother": "女"}[line]
        homes = list(Membership.objects.filter(person=child, to_on=None))
        members = {home: list(members_on(home.household_id, _now())) for home in homes}
        adults = {
            m.person for home in homes for m in members[home]
            if m.person.sex in ("", sex) and m.person_id != child.pk and (m.person.birth_on is None or child.birth_on is None or m.person.birth_on < child.birth_on)
        }  # fmt: skip
        self.fields["parent_id"].choices = [
            (str(p.pk), p.shown_name) for p in sorted(adults, key=lambda p: (p.birth_on is None, p.birth_on), reverse=True)
        ]
        for home in homes:
            if likely := presumed_parents(child, home, members[home]).get(line):
                self.fields["parent_id"].initial = str(likely.pk)
                self.fields["parent_id"].help_text = _("按与户主的关系先选了一位,请核对。")
        if not adults:
            del self.fields["parent_id"]

    def clean(self):
        """Nobody chosen is nobody."""
        answers = super().clean()
        return {**answers, "parent_id": answers.get("parent_id") or None}


LINES = dict(ParentLine.choices)
__all__ = ["CARE", "LINES", "NameParent", "PersonFacts", "ReasonForm"]
