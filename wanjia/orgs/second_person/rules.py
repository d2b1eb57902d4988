"""Who is the second person, and why somebody is not (ADR 0053)."""

from datetime import timedelta

from allauth.mfa.utils import is_mfa_enabled
from django.utils.translation import gettext as _

from wanjia.kernel.calendar import today
from wanjia.kernel.command import SystemActor
from wanjia.kernel.models import Entry
from wanjia.orgs.carried import PROTECTIVE, roles_with
from wanjia.orgs.duties import Duty
from wanjia.orgs.roles import Role
from wanjia.verdict import ALLOWED, first_refusal

from ..models import Post, User

# Whoever makes or reopens an account may sign in with it: for so long it cannot vouch for its maker.
FRESH = timedelta(days=90)
HANDS = ("orgs.create_user", "orgs.first_password", "orgs.reset_password", "orgs.unlock_user")
# Beside those who hold the same role, these may vouch for any protective one.
ELDERS = (Role.AUDITOR, Role.LEADER)
# An ordinary post is vouched for by whoever works beside it: the head of the unit, another administrator, the auditor.
BESIDE = (Role.AUDITOR, Role.ADMINISTRATOR, Role.TOWNSHIP_LEADER)
# So long a line about one's own account stays, whoever presses "seen" in it.
STANDS = timedelta(days=7)


def needs_second(actor, role):
    """Tell whether a post of this role given by the actor waits: the installer, who owns the machine, needs nobody."""
    return role in PROTECTIVE and not isinstance(actor, SystemActor)


def has_own_factor(user):
    """Tell whether signing in takes something that no administrator sets: the owner's second factor."""
    return is_mfa_enabled(user)


def protective_posts(user, day):
    """List the protective posts that a person holds, will hold or is proposed for."""
    return list(user.posts.not_ended(day).filter(role__in=PROTECTIVE).select_related("organisation__area", "area"))


def sleeping_posts(user, day):
    """List the posts that a person holds, will hold or is proposed for and that sleep while the account does."""
    if user.asleep_whole:
        return list(user.posts.not_ended(day).filter(declined=False).select_related("organisation__area", "area"))
    return protective_posts(user, day)


def beside(mine, role, code, unit_id):
    """Tell whether a live post makes its holder the second person for a post of `role` in a unit that works at `code`."""
    if not mine.reach.covers(code):
        return False
    if role in PROTECTIVE:
        return mine.role in {role, *ELDERS}
    return mine.role in BESIDE or (mine.role == Role.BUREAU_HEAD and mine.organisation_id == unit_id)


def vouching_posts(actor, role, code, unit_id=None):
    """List the live posts by which the actor may vouch for this role in this area and unit."""
    return [post for post in actor.live_posts if beside(post, role, code, unit_id)]


def can_vouch(actor, user, role, code, proposer_id, at, unit_id=None):
    """Decide whether the actor is the second person: not who asked, not whom it is about, in no account that the asker made."""
    if isinstance(actor, SystemActor) and actor.has_duty(Duty.MANAGE_USERS):
        return ALLOWED
    return first_refusal(
        (
            bool(vouching_posts(actor, role, code, unit_id)),
            _("只有同一岗位的现任人员、审计员或县领导可以确认;一般岗位由本单位负责人、另一位管理员或审计员确认。还没有这些人时,请在服务器上运行 wanjia people vouch。"),
        ),
        (actor.pk != user.pk, _("自己的岗位不能自己确认,请另一位有权的人确认。")),
        (proposer_id is None or actor.pk != proposer_id, _("申请人不能自己确认,请另一位有权的人确认。")),
        (
            not made_by(actor, proposer_id, at),
            _("您的账号是申请人在 %(n)s 天内开通或重置的,不能替他确认,请另一位有权的人确认。") % {"n": FRESH.days},
        ),
        (
            not _in_hands_of(actor, user, proposer_id, at),
            _("这次申请的人或申请所说的账号,是您在 %(n)s 天内开通或重置的,不能由您确认,请另一位有权的人确认。") % {"n": FRESH.days},
        ),
        (
            not one_hand(actor, user, proposer_id, at),
            _("您的账号和这次申请的另一个账号,是同一位管理员开通或重置的,可能在一个人手里,不能互相确认。请另一位有权的人确认。"),
        ),
    )


def can_decide(actor, post, at):
    """Decide whether the actor may give the second word on this post."""
    return can_vouch(actor, post.user, post.role, post.organisation.area_id, post.proposed_by_id, at, post.organisation_id)


def can_wake(actor, user, at):
    """Decide whether the actor may say that this account is in its owner's hands: for every post that sleeps with it."""
    asked = (
        can_vouch(actor, user, post.role, post.organisation.area_id, user.asleep_by_id, at, post.organisation_id)
        for post in sleeping_posts(user, today(at))
    )
    return next((verdict for verdict in asked if not verdict), ALLOWED)


def made_by(actor, proposer_id, at):
    """Tell whether the proposer lately made, reset or reopened the actor's account: then both may be one person."""
    if proposer_id is None:
        return False
    hands = Entry.objects.filter(subject="orgs.user", subject_id=str(actor.pk), act__in=HANDS, by_id=proposer_id, at__gt=at - FRESH)
    return hands.exists()


def _in_hands_of(actor, user, proposer_id, at):
    """Tell whether the actor lately had the proposer's account in his hands, or the one that it is about: he could sign in with it."""
    return actor.pk in behind(user.pk, at) or (proposer_id is not None and actor.pk in behind(proposer_id, at))


def one_hand(actor, user, proposer_id, at):
    """Tell whether one administrator lately had the actor's account in his hands and, behind it, the proposer's too, or on the same
    day the account of whom it is about: then a puppet would vouch for a puppet.
    """
    shared = behind(actor.pk, at) & behind(proposer_id, at) if proposer_id else set()
    return bool(shared) or bool(hands_on(actor.pk, at) & hands_on(user.pk, at))


def behind(user_id, at):
    """Return the accounts whose holders may be who sits at this one: itself, whoever lately had it in his hands, and so on behind them."""
    found, fresh = set(), {user_id}
    while fresh:
        found |= fresh
        fresh = {by for one in fresh for by, _day in hands_on(one, at)} - found
    return found


def could_sign_in(user, by, at):
    """Tell whether whoever acts as `by` may also sit at the account `user`: he, or one behind him, lately had it in his hands."""
    return by.id is not None and bool((behind(user.pk, at) - {user.pk}) & behind(by.id, at))


def hands_on(user_id, at):
    """Return {(who, on which Chinese day)} of those who lately made, reset or reopened an account; the installer is nobody."""
    hands = Entry.objects.filter(subject="orgs.user", subject_id=str(user_id), act__in=HANDS, by_id__isnull=False, at__gt=at - FRESH)
    return {(by, today(moment)) for by, moment in hands.values_list("by_id", "at")}


def holders(role, unit, at):
    """Return the accounts that are told of a post of `role` in `unit`: those who might vouch for it."""
    asked = {role, *ELDERS} if role in PROTECTIVE else {*BESIDE, Role.BUREAU_HEAD}
    posts = Post.objects.on(today(at)).filter(role__in=asked, user__is_active=True).select_related("organisation__area", "area")
    return User.objects.filter(pk__in={post.user_id for post in posts if beside(post, role, unit.area_id, unit.pk)})


def watchers(area, at):
    """Return the accounts that read the journal of an area: inspectors, auditors."""
    roles = roles_with(Duty.READ_JOURNAL)
    posts = Post.objects.on(today(at)).filter(role__in=roles, user__is_active=True).select_related("organisation__area", "area")
    return User.objects.filter(pk__in={post.user_id for post in posts if post.reach.covers(area.code)})
