"""Give the second word on a protective post or a reset account; tell its peers; see what one was told."""

from typing import Annotated

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.calendar import today
from wanjia.kernel.command import SystemActor
from wanjia.verdict import Conflict, Refused

from ..models import IN_HANDS, Change, DutyNotice
from ..subjects import ME, NO_PROGRAM, ONES_OWN
from . import pages, queries, rules
from .subjects import ASKED_POSTS, SLEEPING


def tell(change, user, posts, *, by, at):
    """Tell everybody who might vouch for these posts, and the person, what happened; return how many."""
    told = {}
    for post in posts:
        for reader in [*rules.holders(post.role, post.organisation, at), user]:
            if reader.pk != by.id:
                told[reader.pk, post.role] = DutyNotice(
                    reader=reader, change=change, about=user, role=post.role, area=post.organisation.area, at=at, by_name=by.name
                )
    DutyNotice.objects.bulk_create(told.values())
    return len({reader for reader, _role in told})


def tell_watchers(user, change, *, at):
    """Tell everybody who reads the journal where a person has a post what his day came to: as many as it allows, or more than a day's work takes."""
    told = {}
    for post in user.live_posts:
        for reader in rules.watchers(post.organisation.area, at).exclude(pk=user.pk):
            told.setdefault(reader.pk, DutyNotice(
                reader=reader, change=change, about=user, role=post.role, area=post.organisation.area, at=at, by_name=user.name
            ))  # fmt: skip
    DutyNotice.objects.bulk_create(told.values())
    return len(told)


def put_to_sleep(user, change, *, by, at, whole=False, otherwise=""):
    """Let posts of an account sleep that somebody else has got into his hands; return how many were told.

    whole: he holds all that it takes to sign in, so every post sleeps, else the protective ones do. The installer, who owns the
    machine, puts nobody to sleep. otherwise: what the owner and those beside him are told when nothing sleeps.
    """
    day, machine = today(at), isinstance(by, SystemActor)
    posts = [] if machine else list(user.posts.not_ended(day).filter(declined=False)) if whole else rules.protective_posts(user, day)
    if not posts:
        return tell(otherwise, user, user.posts.not_ended(day).filter(declined=False), by=by, at=at) if otherwise else 0
    # The row is locked: else whoever asked for this act before another reset the account would let its ordinary posts wake.
    user.asleep_since, user.asleep_by_id, user.asleep_whole = at, by.id, whole or user.asleep_whole
    user.save(update_fields=["asleep_since", "asleep_by", "asleep_whole"])
    return tell(change, user, posts, by=by, at=at)


@act(
    ASKED_POSTS, "decide_post", words=_("第二人确认岗位"), done=pages.decided, may=rules.can_decide, raises=(Conflict,), page=False, call=None,
    because=NO_PROGRAM + "; its page finds the post by whether the actor is asked about it",
    lines={"orgs.confirm_post": _("第二人确认岗位"), "orgs.decline_post": _("第二人不同意岗位")},
)  # fmt: skip
def decide_post(
    post, *, by, at,
    agree: Annotated[bool, Asked(_("您的意见"), answers=(_("同意"), _("不同意")))],
    words: Annotated[str, Asked(_("理由"), most=200)] = "",
    since: Annotated[str | None, Asked(hidden=True, initial=pages.asleep_since)] = None,
):  # fmt: skip
    """Give the second word on a proposed protective post (第二人确认): from then on it is held, or never.

    since: when the sleeping account fell asleep, as whoever agrees was shown it (""; nothing was shown): it wakes in the same act, for
    he says that it is in its owner's own hands. Raises Conflict when it was reset meanwhile.
    """
    if not post.waiting or post.declined:
        raise Conflict(_("这个岗位已经处理过了,可能是别的有权的人确认的。"))
    if not agree and len(words.strip()) < 2:
        raise Refused(_("不同意的,请写一句理由,申请人会看到。"))
    post.waiting, post.declined, post.confirmed_by_id, post.confirmed_at = not agree, not agree, by.id, at
    post.save(update_fields=["waiting", "declined", "confirmed_by", "confirmed_at"])
    told = tell(Change.GIVEN if agree else Change.DECLINED, post.user, [post], by=by, at=at)
    journal.record(
        act="orgs.confirm_post" if agree else "orgs.decline_post", subject=post.user, by=by, at=at, reason=words.strip(),
        area_code=post.organisation.area_id, post=post.pk, role=post.role, told=told,
    )  # fmt: skip
    if agree and since is not None and post.user_id in {person.pk for person in queries.sleeping(by)}:
        wake_user(user_id=post.user_id, by=by, at=at, since=since)
    return post


@act(
    SLEEPING, "wake_user", at="", words=_("已核实,是本人"), done=_("已确认,岗位恢复。"), may=rules.can_wake, call=None, because=NO_PROGRAM,
    lines={"orgs.wake_user": _("第二人确认账号")},
)  # fmt: skip
def wake_user(user, *, since: Annotated[str | None, Asked(hidden=True, initial=lambda user, *_rest: user.asleep_since.isoformat())] = None, by, at):
    """Say that the reset account is in its owner's own hands (第二人确认): its posts are held again.

    since: when it fell asleep, as whoever confirms was shown it. Raises Conflict when it was reset anew meanwhile: the owner was
    asked about another password than the one that opens the account now.
    """
    if user.asleep_since is None:
        raise Refused(_("这个账号的岗位没有暂停。"))
    if since is not None and since != user.asleep_since.isoformat():
        raise Conflict(_("这个账号在您打开页面以后又被开通或重置过。请重新打开这一页,再问一次本人。"))
    posts = rules.sleeping_posts(user, today(at))
    if not posts:
        raise Refused(_("这个账号没有需要第二人确认的岗位。"))
    user.asleep_since = user.asleep_by = None
    user.asleep_whole = False
    user.save(update_fields=["asleep_since", "asleep_by", "asleep_whole"])
    told = tell(Change.WOKEN, user, posts, by=by, at=at)
    journal.record(act="orgs.wake_user", subject=user, by=by, at=at, area_code=posts[0].organisation.area_id, told=told)
    return user


@act(
    ME, "see_notices", at="duties/seen", words=_("知道了"), new=True, then=pages.to_notices, call=None, because=ONES_OWN,
    lines={"orgs.see_notices": _("看过岗位提醒")},
)  # fmt: skip
def see_notices(*, by, at):
    """Put away what one was told (知道了); the lines stay. What was done to one's own account stays for a week: else whoever
    has just signed in with it by that very act puts the warning away.
    """
    fresh = Q(about_id=by.id, change__in=IN_HANDS, at__gt=at - rules.STANDS)
    unseen = DutyNotice.objects.filter(reader_id=by.id, seen_at=None)
    seen = unseen.exclude(fresh).update(seen_at=at)
    if not seen and unseen.exists():
        raise Refused(_("关于您自己账号的提醒要留满 7 天,过后才能收起。"))
    if not seen:
        raise Refused(_("没有新的岗位提醒。"))
    journal.record(act="orgs.see_notices", subject=by, by=by, at=at, n=seen)
    return seen
