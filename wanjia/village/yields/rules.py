"""Who sees what a home's plots bore and what it earned, who writes it down and strikes it; and why not."""

from django.utils.translation import gettext_lazy as _

from wanjia.orgs import scope
from wanjia.verdict import first_refusal

from ..duties import Duty
from ..income.rules import kept
from ..models import DeclaredIncome, PlotYield

STRUCK = _("这一条已经划掉。")


def visible_yields(actor, *, duty=Duty.KEEP_MONEY):
    """What plots in reach bore: for whoever keeps it; others see means."""
    return PlotYield.objects.filter(scope.in_reach(actor, area="village_id", duty=duty))


def visible_incomes(actor, *, duty=Duty.KEEP_MONEY):
    """What homes in reach said that they earned: for whoever keeps it."""
    return DeclaredIncome.objects.filter(scope.in_reach(actor, area="village_id", duty=duty))


def can_strike(actor, one):
    """May the actor strike what was written down wrongly: once."""
    return first_refusal(*kept(actor, one), (not one.struck, STRUCK))
