"""Who gives out what at which school; when sizes are written down, ordered, handed out, closed; and why not."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wanjia.orgs import scope
from wanjia.orgs.roles import Role
from wanjia.policy import wishes as words
from wanjia.registry import ties
from wanjia.verdict import first_refusal

from ..children.rules import names_of, visible_children
from ..duties import Duty
from ..models import Distribution, Gift
from ..wish_states import GIFTS, SERVED, SIZES, GiftState, Served

NO_DUTY = _("您的岗位没有登记物资发放的权限。")
ELSEWHERE = _("这次发放不由您管。")
OVER = _("这次发放已经结束。")


def visible_distributions(actor, *, duty=Duty.KEEP_GIFTS):
    """Distributions at the own school for a school's post, at the schools of the area for posts near families."""
    within = Q(pk__in=[])
    for post in scope.posts(actor, duty=duty):
        reach = scope.reach_of(post)
        if post.role == Role.SCHOOL_WORKER:
            within |= Q(school=post.organisation_id)
        elif ties.with_families(reach):
            within |= Q(school__area_id__gte=reach.first, school__area_id__lt=reach.end)
    return Distribution.objects.filter(within)


def visible_gifts(actor, *, duty=Duty.KEEP_GIFTS):
    """The pupils of these rolls."""
    return Gift.objects.filter(distribution__in=visible_distributions(actor, duty=duty))


def roll_of(actor, school, day):
    """The pupils of a school as the register has them, whom the actor has to do with: every one, whatever a home is like."""
    return visible_children(actor, day, duty=Duty.KEEP_GIFTS).filter(school_name__in=names_of(school))


def keeps(actor, _row=None):
    """May the actor give anything out at all; where, the act judges."""
    return first_refusal((actor.has_duty(Duty.KEEP_GIFTS), NO_DUTY))


def says_no_plight(text, day):
    """Decide whether what is given out may be called so: its name stands on every pupil's sheet, and none of them is shown as poor by it."""
    return first_refusal(("plight" not in words.faults(text, (), (), day), _("名称里不写家里的难处:一个也不少地发,不说为什么发。")))


def _mine(actor, distribution):
    return (actor.has_duty(Duty.KEEP_GIFTS), NO_DUTY), (visible_distributions(actor).filter(pk=distribution.pk).exists(), ELSEWHERE)


def can_renew(actor, distribution):
    """May the actor take on pupils who came to the school since."""
    return first_refusal(*_mine(actor, distribution), (distribution.state != GiftState.CLOSED, OVER))


def can_read(actor, distribution):
    """May the actor read the names of a class on this roll."""
    return first_refusal(*_mine(actor, distribution))


def can_size(actor, distribution):
    """May the actor write down sizes."""
    return first_refusal(*_mine(actor, distribution), (distribution.state != GiftState.CLOSED, OVER))


def is_size(distribution, size):
    """Decide whether the thing comes in this size."""
    return first_refusal((size in SIZES[distribution.sizing], _("没有“%(size)s”这个尺码。") % {"size": size}))


def can_order(actor, distribution):
    """May the actor order (订货): once every pupil has a size; nobody is left out for not being at school that day."""
    left = distribution.roll.filter(state=Served.LISTED, size="").count()
    return first_refusal(
        *_mine(actor, distribution), (GIFTS.allows("order", distribution.state), _("已经订过货。")),
        (distribution.roll.exclude(state=Served.LEFT).exists(), _("名册上没有孩子。")),
        (left == 0, _("还有 %(n)s 个孩子没有尺码,一个也不能少。") % {"n": left}),
    )


def can_arrive(actor, distribution):
    """May the actor write down what came."""
    return first_refusal(
        *_mine(actor, distribution), (distribution.state != GiftState.CLOSED, OVER), (distribution.state != GiftState.SIZING, _("先订货,再记到货。")),
    )


def can_hand_out(actor, distribution):
    """May the actor write down who got it."""
    return first_refusal(*_mine(actor, distribution), (distribution.state != GiftState.CLOSED, OVER), (distribution.state == GiftState.HANDING, _("到货以后才能发放。")))


def is_there(size, needed, left):
    """Decide whether so many of a size are left to be handed out."""
    return first_refusal((needed <= left, _("%(size)s 码只剩 %(left)s 件,要发 %(n)s 件。先换码或者补货。") % {"size": size, "left": max(left, 0), "n": needed}))


def can_leave(actor, gift):
    """May the actor take a pupil off who is not at the school any more."""
    return first_refusal(
        *_mine(actor, gift.distribution), (gift.distribution.state != GiftState.CLOSED, OVER), (SERVED.allows("leave", gift.state), _("这个孩子已经领了,或者已经离校。")),
    )


def can_close(actor, distribution):
    """May the actor close a distribution (核对结束): every pupil has it, and somebody else than who opened it looked."""
    left = distribution.roll.filter(state=Served.LISTED).count()
    return first_refusal(
        *_mine(actor, distribution), (GIFTS.allows("close", distribution.state), _("发放以后才能核对结束。")),
        (left == 0, _("还有 %(n)s 个孩子没有领到,一个也不能少。") % {"n": left}),
        (distribution.opened_by_id is None or distribution.opened_by_id != actor.id, _("谁开的发放,由另一个人核对结束。")),
    )
