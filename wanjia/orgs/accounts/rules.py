"""Who may keep accounts and posts, and which roles exclude one another."""

from django.utils.translation import gettext as _

from wanjia.kernel.command import SystemActor
from wanjia.orgs.duties import Duty
from wanjia.orgs.roles import BROUGHT, EXCLUSIVE, Role
from wanjia.policy.identity import fold
from wanjia.verdict import ALLOWED, Verdict, first_refusal

from .. import scope
from ..models import Post, Tier, User

TIERS = {
    Role.VILLAGE_WORKER: {Tier.VILLAGE},
    Role.TOWNSHIP_WORKER: {Tier.TOWNSHIP},
    Role.TOWNSHIP_LEADER: {Tier.TOWNSHIP},
    Role.STATION_WORKER: {Tier.TOWNSHIP},
    Role.LEDGER_OFFICE: {Tier.COUNTY},
    Role.BUREAU_WORKER: {Tier.COUNTY},
    Role.BUREAU_HEAD: {Tier.COUNTY},
    Role.LEADER: {Tier.COUNTY},
    **{Role(one.value): {Tier(tier) for tier in one.tiers} for one in BROUGHT if one.tiers},
}
SENSITIVE = frozenset({
    Duty.MANAGE_USERS, Duty.MANAGE_AREAS, Duty.READ_JOURNAL, Duty.PROTECT_CHILDREN, Duty.REVEAL, Duty.APPROVE_EXPORT, Duty.EXPORT,
})  # fmt: skip


def can_keep_users(actor):
    """Decide whether the actor may keep accounts at all."""
    return first_refusal((actor.has_duty(Duty.MANAGE_USERS), _("您的岗位不能管理用户。需要时请联系系统管理员。")))


def can_keep_user(actor, user):
    """Decide whether the actor may change this account: all its posts lie in the actor's area, and it is not their own."""
    posts = user.posts.select_related("organisation")
    return first_refusal(
        (can_keep_users(actor), _("您的岗位不能管理用户。需要时请联系系统管理员。")),
        (user.pk != actor.id, _("自己的账号和岗位要由另一位管理员来改。")),
        (all(scope.covers(actor, post.organisation.area_id, duty=Duty.MANAGE_USERS) for post in posts), _("该用户有不在您辖区的岗位,请联系上级管理员。")),
    )


def can_keep_post(actor, post):
    """Decide whether the actor may change this post: as any other of its holder's."""
    return can_keep_user(actor, post.user)


def can_be_called(user, name):
    """Decide whether somebody may give himself this name: a colleague's is nobody else's, however it is spaced, wide or marked unseen."""
    others = User.objects.exclude(pk=user.pk).values_list("name", flat=True) if name != user.name else ()
    return first_refusal(
        (bool(fold(name)), _("请填写姓名。")),
        (all(fold(other) != fold(name) for other in others), _("“%(name)s”是别的同事的姓名。确实同名的,请加上单位或岗位来区分。") % {"name": name}),
    )


def can_hold(user, organisation, role, area, from_on, to_on):
    """Decide whether a person may take this post beside those they hold at the same time."""
    return first_refusal(
        (user.is_active, _("该账号已停用,请先启用。")),
        (to_on is None or to_on > from_on, _("离岗日期要晚于上岗日期。")),
        (organisation.to_on is None or organisation.to_on > from_on, _("“%(unit)s”已经撤并。") % {"unit": organisation}),
        (area is None or organisation.area.covers(area.code), _("岗位的责任区要在“%(unit)s”的辖区内。") % {"unit": organisation}),
        (
            organisation.tier in TIERS.get(role, set(Tier)),
            _("“%(role)s”不能设在“%(unit)s”这一层级。") % {"role": Role(role).label, "unit": organisation},
        ),
    )


def excluded_by(user, role, from_on, to_on):
    """Return the verdict on `role` beside the roles held at any time from `from_on` to `to_on` (三员分立、办理与回访分离)."""
    for post in Post.objects.filter(user=user, declined=False):
        together = (post.to_on is None or post.to_on > from_on) and (to_on is None or post.from_on < to_on)
        if together and {post.role, role} in EXCLUSIVE:
            return Verdict(
                False,
                _("“%(one)s”与“%(other)s”不能由同一人担任,请另选一人,或先结束原岗位。")
                % {"one": post.get_role_display(), "other": Role(role).label},
            )
    return ALLOWED


def visible_users(actor, *, duty=Duty.MANAGE_USERS):
    """The accounts with a post where the actor has `duty`, and those without any post."""
    if isinstance(actor, SystemActor) and actor.duties:
        return User.objects.all()
    here = Post.objects.filter(scope.in_place(actor, area="organisation__area_id", duty=duty)).values("user_id")
    return User.objects.filter(pk__in=here) | User.objects.exclude(pk__in=Post.objects.values("user_id"))
