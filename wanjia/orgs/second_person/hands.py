"""Whether two accounts are one person's: what asks for two hands asks for two people, not for two accounts."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.models import Entry

from ..models import User
from .rules import FRESH, HANDS

SAME_PERSON = _("您的账号和前一步的账号是同一个人的:同名、同一个手机号,或者其中一个在 90 天内由另一个开通、重置。确实是两个人的,请管理员把手机号登记完整。")


def is_one_person(actor, other_id, at):
    """Tell whether whoever acts and whoever did the step before may be one person: one account, one telephone, one name where the telephones do not tell them apart, or one lately had the other's account in his hands."""
    if other_id is None or actor.id is None:
        return False
    if actor.id == other_id:
        return True
    other = User.objects.filter(pk=other_id).first()
    return other is not None and (_looks_alike(actor, other) or _had(actor.id, other_id, at))


def _looks_alike(one, other):
    mine, theirs = ("".join(user.phone.split())[-11:] for user in (one, other))
    same_name = "".join(one.name.split()) == "".join(other.name.split())
    return (bool(mine) and mine == theirs) or (same_name and not (mine and theirs))


def _had(one, other, at):
    """Tell whether one of two accounts lately made, reset or reopened the other: its holder can sign in with both."""
    lines = Entry.objects.filter(subject="orgs.user", act__in=HANDS, at__gt=at - FRESH)
    return lines.filter(Q(subject_id=str(one), by_id=other) | Q(subject_id=str(other), by_id=one)).exists()
