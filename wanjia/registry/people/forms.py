"""People: parents and care, read once."""

from django import forms
from django.utils.translation import gettext_lazy as _

from wanjia.doors.asking import ActForm

from ..models import ParentLine
from .queries import may_be_parents

LINES = dict(ParentLine.choices)

CARE = ("kind", "carer_relation", "carer_phone", "capability", "capability_checked_on", "document", "child_consulted",
        "notified_school_on", "notified_village_on", "last_parent_contact_on")  # fmt: skip


class NameParent(ActForm):
    """The father or mother: somebody of the child's homes, or a name."""

    parent_id = forms.ChoiceField(label=_("登记在册的人"), required=False, widget=forms.RadioSelect)

    def __init__(self, *args, line, **kwargs):
        super().__init__(*args, **kwargs)
        offered, likely = may_be_parents(self.row, line, self.day)
        if not offered:
            del self.fields["parent_id"]
            return
        self.fields["parent_id"].choices = [(str(person.pk), person.shown_name) for person in offered]
        if likely:
            self.fields["parent_id"].initial, self.fields["parent_id"].help_text = str(likely.pk), _("按与户主的关系先选了一位,请核对。")

    def clean(self):
        """Nobody chosen is nobody."""
        answers = super().clean()
        return {**answers, "parent_id": answers.get("parent_id") or None}
