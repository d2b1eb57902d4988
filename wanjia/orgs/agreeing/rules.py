"""Who of another unit may agree to a change that makes promises later, and who can at all (ADR 86)."""

from django.db.models import Q
from django.utils.translation import gettext as _

from wanjia.kernel.calendar import today
from wanjia.orgs.carried import roles_with
from wanjia.orgs.duties import Duty
from wanjia.verdict import first_refusal

from ..models import Post, User

# Who watches over the work of others. Each such post was itself given by two people (ADR 53).
AGREES = (Duty.RECHECK_NEEDS, Duty.READ_JOURNAL)


def can_agree(actor, asked):
    """Decide whether the actor may agree to a change: somebody of another unit who watches over the work of others."""
    return first_refusal(
        (
            actor.has_duty(*AGREES),
            _("让期限往后的改动,要由另一个单位的抽查督办员、县领导、乡镇分管领导或审计员同意。"),
        ),
        (not shares_unit(actor, asked), _("您在申请单位也有岗位,不能同意这次改动,请另一个单位的人来定。")),
    )


def shares_unit(actor, asked):
    """Tell whether the actor asked for it, or has held a post beside the asker since it was asked for."""
    return actor.id == asked.by_id or stands_in(actor, asked.units, since=asked.at)


def stands_in(actor, units, *, since):
    """Tell whether the actor has held a post in one of these units (ids) since a moment."""
    held = Q(to_on=None) | Q(to_on__gte=today(since))
    return bool(units) and Post.objects.filter(held, user=actor.id, organisation__in=units).exists()


def can_refuse(words):
    """Decide whether these words are a reason to say no with, or to take back."""
    return first_refusal((len(words.strip()) >= 2, _("不同意的,请写一句理由,申请人会看到。")))


def who_may_agree(asked, may=can_agree):
    """List the people who may agree to a change, by name. may: the rule of its own mechanism, where that asks for more."""
    roles = roles_with(*AGREES)
    posts = Post.objects.on(today(asked.at)).filter(role__in=roles, user__is_active=True)
    people = User.objects.filter(pk__in=posts.values("user")).order_by("name")
    return [user for user in people if may(user, asked)]
