"""The duty that lets somebody in where plans are worked; of which plans, and who puts one in force, each kind says by its own app's duties."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Duty(TextChoices):
    """One thing a post may do."""

    WORK_PLANS = "work_plans", _("测算、启用方案")


CARRIES: dict[str, set[Duty]] = {}  # the apps that bring plans carry it, with their own roles
PROTECTIVE: set[Duty] = set()
