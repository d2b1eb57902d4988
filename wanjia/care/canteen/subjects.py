"""What the acts of canteens are about: a canteen, a diner, a meal, a diner at a meal."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.orgs.subjects import locked, looked

from ..locking import locked_within
from ..models import Canteen, Diner, Meal, Serving
from . import rules

OVER = ("care:canteens", _("爱心食堂"))
CANTEENS = Subject(
    "canteen", "care.canteen", "care/canteens", seen=lambda actor, duty: rules.visible_canteens(actor, duty=duty).select_related("area", "unit"),
    take=locked(Canteen, "area", "unit"), page="care:canteen", over=OVER, about=lambda one: one.name,
)  # fmt: skip
DINERS = Subject(
    "diner", "care.diner", "care/diners", seen=lambda actor, duty: rules.visible_diners(actor, duty=duty).select_related("canteen", "person"),
    take=locked(Diner, "canteen", "person"), page="care:canteen", of=lambda one: one.canteen, over=OVER, about=lambda one: one.person.shown_name, drafts=False,
)  # fmt: skip
MEALS = Subject(
    "meal", "care.meal", "care/meals", seen=lambda actor, duty: rules.visible_meals(actor, duty=duty).select_related("canteen__area"),
    take=locked(Meal, "canteen__area"), page="care:meal", over=OVER, about=lambda one: f"{one.canteen.name} {one.day}", drafts=False,
)  # fmt: skip
SERVINGS = Subject(
    "serving", "care.serving", "care/servings", seen=lambda actor, duty: rules.visible_servings(actor, duty=duty).select_related("meal__canteen", "diner__person"),
    take=locked_within(Meal, "servings", Serving, "meal__canteen", "diner__person"), look=looked(Serving, "meal__canteen", "diner__person"),
    page="care:meal", of=lambda one: one.meal, over=OVER, about=lambda one: one.diner.person.shown_name, drafts=False,
)  # fmt: skip
