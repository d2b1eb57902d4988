"""What the acts of customs are about: a stretch, a feast, what a village agreed on for feasts."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.orgs.subjects import locked

from ..models import Feast, FeastCap, Stretch
from . import rules

STRETCHES = Subject(
    "stretch", "village.stretch", "village/frontage/stretches", seen=lambda actor, duty: rules.visible_stretches(actor, duty=duty).select_related("village"), take=locked(Stretch, "village"),
    page="village:stretch", over=("village:frontage", _("门前三包")),
)  # fmt: skip
FEASTS = Subject(
    "feast", "village.feast", "village/feasts/filed", seen=lambda actor, duty: rules.visible_feasts(actor, duty=duty).select_related("village", "home"), take=locked(Feast, "village", "home"),
    page="village:feast", over=("village:feasts", _("红白喜事")),
)  # fmt: skip
CAPS = Subject(
    "feast_cap", "village.feastcap", "village/feasts/caps", seen=lambda actor, duty: rules.visible_caps(actor, duty=duty).select_related("village"), take=locked(FeastCap, "village"),
    page="village:feast_cap", over=("village:feasts", _("红白喜事")), about=lambda one: str(_("%(village)s红白喜事约定第 %(n)s 版") % {"village": one.village.short_name, "n": one.serial}),
)  # fmt: skip
