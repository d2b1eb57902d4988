"""What is asked when a need is judged."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.calendar import today

from ..act_forms import Day, NeedForm, big, text
from ..states import DeclineGround, Reasonable, Way


class AdmitNeed(NeedForm):
    """Reasonable, wholly or partly."""

    reasonable = big(_("判定"), [choice for choice in Reasonable.choices if choice[0] != Reasonable.NO], initial=Reasonable.YES)
    decision_reason = text(_("说明"), rows=2, max_length=300, required=False, help_text=_("部分合理的,写明哪些支持、哪些不支持。"))


class DeclineNeed(NeedForm):
    """Not reasonable: the ground, the reason in plain words, and how the person was told."""

    decline_ground = forms.ChoiceField(label=_("依据"), choices=DeclineGround.choices)
    decision_reason = text(_("告诉诉求人的理由"), max_length=300, help_text=_("诉求人会看到这句话,请用大白话写清楚为什么、可以找谁。"))
    told_on = forms.DateField(label=_("告知日期"), widget=Day)
    told_way = big(_("告知方式"), [choice for choice in Way.choices if choice[0] != Way.SLIP])

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["told_on"].initial = today(timezone.now())


class AppealDecision(NeedForm):
    """Why the household asks to look again."""

    words = text(_("诉求人申请复核的理由"))
