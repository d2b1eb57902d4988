"""What the acts of duties are about: a duty, a claim of one."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.orgs.subjects import locked
from wanjia.verdict import NotFound

from ..models import BranchDuty, DutyHolding
from . import rules

OVER = ("village:branch_duties", _("党员岗位"))
OF_HOLDING = ("duty__body__area", "member__person")


def _in_its_duty(pk, at):
    """Lock the duty of a claim, then the claim: of two who decide on one duty, one is first."""
    found = DutyHolding.objects.filter(pk=pk).values_list("duty", flat=True).first()
    duty = BranchDuty.objects.select_for_update(of=("self",), no_key=True).select_related("body__area").filter(pk=found).first()
    row = DutyHolding.objects.select_for_update(of=("self",), no_key=True).select_related(*OF_HOLDING).filter(pk=pk).first()
    if duty is None or row is None:
        raise NotFound(_("没有找到。可能不存在,或者不在您的辖区。"))
    row.duty = duty
    return row, at


DUTIES = Subject(
    "branch_duty", "village.branchduty", "village/branch/duties", seen=lambda actor, duty: rules.visible_duties(actor, duty=duty).select_related("body__area"),
    take=locked(BranchDuty, "body__area"), page="village:branch_duty", over=OVER, about=str, word="post",
)  # fmt: skip
HOLDINGS = Subject(
    "duty_holding", "village.dutyholding", "village/branch/holdings", seen=lambda actor, duty: rules.visible_holdings(actor, duty=duty).select_related(*OF_HOLDING),
    take=_in_its_duty, page="village:branch_duty", of=lambda one: one.duty, over=OVER, about=str,
)  # fmt: skip
