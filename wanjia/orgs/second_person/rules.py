"""Who is the second person, and why somebody is not (ADR 0053)."""

from datetime import timedelta

from django.utils.translation import gettext as _

from wanjia.kernel.calendar import today
from wanjia.kernel.command import SystemActor
from wanjia.kernel.models import Entry
from wanjia.kernel.verdict import ALLOWED, first_refusal

from ..duties import PROTECTIVE, Duty, Role
from ..models import Post, User

# Whoever makes or reopens an account may sign in with it: for so long it cannot vouch for its maker.
FRESH = timedelta(days=90)
HANDS = ("orgs.create_user", "orgs.reset_password", "orgs.unlock_user")
# Beside those who hold the same role, these may vouch for any.
ELDERS = (Role.AUDITOR, Role.LEADER)


def needs_second(actor, role):
    """Tell whether a post of this role given by the actor waits: the installer, who owns the machine, needs nobody."""
    return role in PROTECTIVE and not isinstance(actor, SystemActor)


def protective_posts(user, day):
    """List the protective posts that a person holds, will hold or is proposed for."""
    return list(user.posts.not_ended(day).filter(role__in=PROTECTIVE).select_related("organisation__area", "area"))


def vouching_posts(actor, role, code):
    """List the live posts by which the actor may vouch for this role in this area."""
    return [post for post in actor.live_posts if post.role in {role, *ELDERS} and post.reach.covers(code)]


def can_vouch(actor, user, role, code, proposer_id, at):
    """Decide whether the actor is the second person: not who asked, not whom it is about, in no account that the asker made."""
    if isinstance(actor, SystemActor) and actor.has_duty(Duty.MANAGE_USERS):
        return ALLOWED
    return first_refusal(
        (
            bool(vouching_posts(actor, role, code)),
            _("只有同一岗位的现任人员、审计员或县领导可以确认。本县还没有这些人时,请在服务器上由安装人员确认。"),
        ),
        (actor.pk != user.pk, _("自己的岗位不能自己确认,请另一位有权的人确认。")),
        (proposer_id is None or actor.pk != proposer_id, _("申请人不能自己确认,请另一位有权的人确认。")),
        (
            not made_by(actor, proposer_id, at),
            _("您的账号是申请人在 %(n)s 天内开通或重置的,不能替他确认,请另一位有权的人确认。") % {"n": FRESH.days},
        ),
        (
            not one_hand(actor, user, proposer_id, at),
            _("您的账号和这次申请的另一个账号,是同一位管理员开通或重置的,可能在一个人手里,不能互相确认。请另一位有权的人确认。"),
        ),
    )


def made_by(actor, proposer_id, at):
    """Tell whether the proposer lately made, reset or reopened the actor's account: then both may be one person."""
    if proposer_id is None:
        return False
    hands = Entry.objects.filter(subject="orgs.user", subject_id=str(actor.pk), act__in=HANDS, by_id=proposer_id, at__gt=at - FRESH)
    return hands.exists()


def one_hand(actor, user, proposer_id, at):
    """Tell whether one administrator lately had the actor's account in his hands and, behind it, the proposer's too, or on the same
    day the account of whom it is about: then a puppet would vouch for a puppet.
    """
    mine = hands_on(actor.pk, at)
    theirs = {by for by, _day in hands_on(proposer_id, at)} if proposer_id else set()
    return any(by in theirs for by, _day in mine) or bool(mine & hands_on(user.pk, at))


def hands_on(user_id, at):
    """Return {(who, on which Chinese day)} of those who lately made, reset or reopened an account; the installer is nobody."""
    hands = Entry.objects.filter(subject="orgs.user", subject_id=str(user_id), act__in=HANDS, by_id__isnull=False, at__gt=at - FRESH)
    return {(by, today(moment)) for by, moment in hands.values_list("by_id", "at")}


def holders(role, area, at):
    """Return the accounts that are told: of the same role and the elders, whose live post covers the area."""
    posts = Post.objects.on(today(at)).filter(role__in={role, *ELDERS}, user__is_active=True).select_related("organisation__area", "area")
    return User.objects.filter(pk__in={post.user_id for post in posts if post.reach.covers(area.code)})
