"""What was done, the papers, the result."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.calendar import today

from ..act_forms import Day, NeedForm, big, text
from ..states import Outcome, Way


class AddNote(NeedForm):
    """One line of what was done."""

    words = text(_("办了什么"), help_text=_("几时、到哪里、找了谁、说了什么、下一步做什么。"))


class AddEvidence(NeedForm):
    """A paper, or the words that stand in for it."""

    file = forms.FileField(label=_("文件"), required=False, help_text=_("PDF、JPG、PNG、Word、Excel,不超过 8 MB。不要拍孩子的脸;没有必要就不用拍照。"))
    words = text(_("说明"), rows=2, required=False, max_length=300, help_text=_("没有文件时,写明佐证是什么、在哪里。"))


class ReportDone(NeedForm):
    """What came out, and how the household was answered."""

    outcome = forms.ChoiceField(label=_("办理结果"), choices=[("", _("请选择")), *Outcome.choices])
    outcome_text = text(_("办成了什么"), help_text=_("诉求人看得懂的话。"))
    answered_on = forms.DateField(label=_("答复诉求人的日期"), widget=Day)
    answered_way = big(_("答复方式"), [choice for choice in Way.choices if choice[0] != Way.SLIP])
    planned_on = forms.DateField(label=_("计划兑现日期"), widget=Day, required=False, help_text=_("只有“列入计划”才填。"))
    no_evidence_reason = forms.CharField(
        label=_("没有佐证的原因"), max_length=200, required=False, help_text=_("已经添加佐证的不用填。")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["answered_on"].initial = today(timezone.now())
        # Without a paper the reason is asked for: the page may not call it optional.
        self.fields["no_evidence_reason"].asked = not self.need.evidence.filter(taken_back_at=None).exists()


class AskWithdrawal(NeedForm):
    """The household's own reason."""

    words = text(_("诉求人撤回的原因"), help_text=_("要是诉求人自己的意思,照他的话写。别的单位会向诉求人核实;核实以前照常办理、照常计数。这段话加密保存,只有回访和抽查的人能打开。"))
