"""What the acts of yields are about: what a plot bore, what a home earned."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.orgs.subjects import locked

from ..models import DeclaredIncome, PlotYield
from . import rules

YIELDS = Subject(
    "plot_yield", "village.plotyield", "village/yields/plots", seen=lambda actor, duty: rules.visible_yields(actor, duty=duty).select_related("home", "village"), take=locked(PlotYield, "home", "village"),
    page="village:plot_yield", over=("village:yields", _("产量和收入")), about=lambda one: one.plot,
)  # fmt: skip
INCOMES = Subject(
    "declared_income", "village.declaredincome", "village/yields/incomes", seen=lambda actor, duty: rules.visible_incomes(actor, duty=duty).select_related("home", "village"),
    take=locked(DeclaredIncome, "home", "village"), page="village:declared_income", over=("village:yields", _("产量和收入")), about=lambda one: f"{one.home.number} {one.year}",
)  # fmt: skip
