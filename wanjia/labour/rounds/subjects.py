"""What acts on rounds are about."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject

from .rules import visible_rounds


def _seen(actor, *, duty):
    return visible_rounds(actor, duty=duty).select_related("area")


ROUNDS = Subject(
    "round", "labour.round", "labour/rounds", seen=_seen, take=None, page="labour:round", over=("labour:rounds", _("集中摸排")),
    about=lambda one: f"{one.area.name} {one.from_on}",
)  # fmt: skip
