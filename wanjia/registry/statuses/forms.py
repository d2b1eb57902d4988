"""A status: which one, from when to when, on what evidence. Read once."""

from django import forms
from django.utils.translation import gettext_lazy as _

from wanjia.doors.asking import ActForm, Day
from wanjia.doors.words import said
from wanjia.policy.statuses import recordable

from ..models import Person


class RecordStatus(ActForm):
    """A status with its evidence; the schemes of today for a person or a household."""

    what = forms.ChoiceField(label=_("情形"))
    grade = forms.ChoiceField(
        label=_("等级"), required=False, widget=forms.RadioSelect, help_text=_("残疾等有等级的才选。"),
        choices=[("1", _("一级")), ("2", _("二级")), ("3", _("三级")), ("4", _("四级"))],
    )  # fmt: skip
    from_on = forms.DateField(
        label=_("从哪天起"), required=False, widget=Day(), help_text=_("不知道就留空;留空时有些类别推算不出来。")
    )
    to_on = forms.DateField(label=_("到哪天止"), required=False, widget=Day(), help_text=_("有期限的才填,例如刑期。"))
    evidence = forms.CharField(
        label=_("依据"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("证明材料的名称和编号,例如“残疾人证”“派出所查找回执”。加密保存。"),
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        holder = "person" if isinstance(self.row, Person) else "household"
        groups = [
            (said(one), [(f"{one.code}:{code}", words) for code, words in version.codes.items()])
            for one, version in recordable(self.day, holder)
        ]
        self.fields["what"].choices = [("", _("请选择")), *groups]

    def clean(self):
        """Split the choice into scheme and code."""
        answers = super().clean()
        scheme, _sep, code = answers.pop("what", "").partition(":")
        return {**answers, "scheme": scheme, "code": code}
