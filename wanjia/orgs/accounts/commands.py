"""The acts on accounts: create, give and end posts, lock and unlock; and what each person does to their own."""

import re
from datetime import date, timedelta
from typing import Annotated

from axes.utils import reset as reset_lockout
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.calendar import today
from wanjia.kernel.command import SystemActor
from wanjia.orgs.duties import Duty
from wanjia.orgs.roles import Role
from wanjia.policy.identity import judge_phone
from wanjia.sealing import keys
from wanjia.verdict import Refused, first_refusal

from .. import scope
from ..areas.fields import place
from ..checking.accounts import mark_of
from ..handing import pages as handing
from ..handing.commands import close_post, leave_standing, pass_on
from ..handing.queries import leaving_post
from ..handing.rules import may_end_posts
from ..models import Area, Change, FactorTry, Organisation, Post, User
from ..second_person.commands import put_to_sleep, tell
from ..second_person.rules import could_sign_in, has_own_factor, needs_second, protective_posts
from ..subjects import ME, NO_PROGRAM, ONES_OWN
from ..units.fields import unit_of
from . import forms, pages, rules
from .subjects import LEAVERS, POSTS, USERS

USERNAME = re.compile(r"[a-z][a-z0-9._-]{1,39}")
TEL = {"inputmode": "tel"}


@act(
    USERS, "new_user", at="new", words=_("开通账号"), done=_("账号已开通,还要给它安排岗位才能办事。"), duty=Duty.MANAGE_USERS, may=rules.can_keep_users,
    new=True, call=None, because=NO_PROGRAM, lines={"orgs.create_user": _("开通账号")},
)  # fmt: skip
def create_user(
    *, by, at,
    username: Annotated[str, Asked(_("账号"), _("小写字母开头,建议用姓名或地名的拼音。"), most=40)],
    name: Annotated[str, Asked(_("姓名"), most=40)],
    phone: Annotated[str, Asked(_("手机号"), most=20, attrs=TEL)] = "",
    password: Annotated[str, Asked(_("初始密码"), _("请当面或打电话告诉本人;第一次登录时必须改掉。"), most=128, initial=pages.first_password)],
    must_change_password=True, hashed=False,
):  # fmt: skip
    """Open an account (开户). It may do nothing until it is given a post.

    hashed: `password` is an encoded hash already, as when accounts are carried over from another installation.
    """
    username = username.strip().lower()
    first_refusal(
        (USERNAME.fullmatch(username), _("账号用小写字母开头,可含数字、点、横线,2 到 40 位。")),
        (not User.objects.filter(username=username).exists(), _("账号“%(name)s”已有人使用。") % {"name": username}),
        (bool(name.strip()), _("请填写姓名。")),
    ).or_raise()
    user = User(username=username, name=name.strip(), phone=_phone(phone), must_change_password=must_change_password)
    user.password = password if hashed else _hash(password, user)
    user.save(force_insert=True)
    journal.record(act="orgs.create_user", subject=user, by=by, at=at, username=username, mark=mark_of(user.password))
    return user


@act(
    USERS, "give_post", at="posts", words=_("安排岗位"), done=pages.given, duty=Duty.MANAGE_USERS, may=rules.can_keep_user, call=None,
    because=NO_PROGRAM, lines={"orgs.give_post": _("安排岗位")},
)  # fmt: skip
def give_post(
    user, *, by, at,
    organisation: Annotated[Organisation, Asked(_("单位"), field=unit_of(pages.units))],
    role: Annotated[Role, Asked(_("角色"), select=True)],
    title: Annotated[str, Asked(_("职务"), most=40)] = "",
    area: Annotated[Area | None, Asked(_("责任区"), _("只负责单位辖区的一部分时填写,例如某个村或小组。"), field=place())] = None,
    from_on: Annotated[date, Asked(_("上岗日期"), initial=lambda _user, _actor, day: day)],
    to_on: Annotated[date | None, Asked(_("离岗日期"), _("第一个不再在岗的日子;长期在岗不填。"))] = None,
):  # fmt: skip
    """Give a person a post (任岗): a role in a unit, for a time, over the unit's area or a part of it.

    A protective post given by an administrator waits for a second person (orgs.decide_post), and so does any post of an account
    that he himself lately made or reset: he could sign in with it. Those beside it are told at once.
    """
    if not scope.covers(by, organisation.area_id, duty=Duty.MANAGE_USERS):
        raise Refused(_("“%(unit)s”不在您的辖区。") % {"unit": organisation})
    rules.can_hold(user, organisation, role, area, from_on, to_on).or_raise()
    rules.excluded_by(user, role, from_on, to_on).or_raise()
    post = Post.objects.create(
        user=user, organisation=organisation, role=role, title=title, area=area, from_on=from_on, to_on=to_on,
        waiting=needs_second(by, role) or could_sign_in(user, by, at), proposed_by_id=by.id,
    )  # fmt: skip
    machine = isinstance(by, SystemActor)  # the installer puts in a whole office: nobody is told hundreds of lines
    told = 0 if machine else tell(Change.PROPOSED if post.waiting else Change.ADDED, user, [post], by=by, at=at)
    journal.record(
        act="orgs.give_post", subject=user, by=by, at=at, area_code=organisation.area_id, post=post.pk, role=role,
        organisation=organisation.pk, area=area and area.pk, from_on=from_on, to_on=to_on, waiting=post.waiting, told=told,
    )  # fmt: skip
    return post


@act(
    POSTS, "end_post", at="end", words=_("结束岗位"), done=_("岗位已结束。"), duty=Duty.MANAGE_USERS, may=rules.can_keep_post, call=None,
    because=NO_PROGRAM, lines={"orgs.end_post": _("结束岗位"), "orgs.handover_left": _("留下待交接的事")}, template="orgs/handing/hand_over.html",
    more=handing.held_by_post,
)  # fmt: skip
def end_post(
    post, *, by, at,
    on: Annotated[date, Asked(_("从哪天起不再在岗"), initial=lambda _post, _actor, day: day)],
    reason: Annotated[str, Asked(_("原因"), most=200)] = "",
    at_once: Annotated[bool, Asked(
        _("来不及交接,先停权限"), _("突然离职、身故等才选:今天就停,手里的事由单位负责人 3 个工作日内安排人接手,逾期逐级上报。"),
        when=lambda post, _actor, day: bool(handing.fields_of_post(post, _actor, day)),
    )] = False,
    **to: Annotated[object, Asked(spread=handing.fields_of_post)],
):  # fmt: skip
    """End a post: `on` is the first day on which the person no longer holds it (离岗). What he holds is handed over in the same step.

    to: who takes it over (handing/choices.py). at_once: he leaves suddenly; access ends today, and what he holds stands as a dated task.
    """
    dated = may_end_posts(by, on, at)
    first_refusal(
        (post.to_on is None or post.to_on > on, _("这个岗位已经结束。")),
        (on > post.from_on, _("离岗日期要晚于上岗日期 %(day)s。") % {"day": post.from_on}),
        (dated, dated.reason),
        (not at_once or on <= today(at), _("先停权限的,离岗日期就是今天。")),
    ).or_raise()
    if not at_once:
        pass_on(leaving_post(post, max(on, today(at))), to, why=_("%(name)s离岗") % {"name": post.user.name}, by=by, at=at)
    close_post(post, on=on, reason=reason, by=by, at=at)
    if at_once:
        leave_standing(post.user, post.organisation, why=reason, by=by, at=at)
    return post


@act(
    USERS, "reset_password", at="password", words=_("重置密码"), done=_("密码已重置,请把新的初始密码告诉本人;其他设备上的登录都已结束。"),
    duty=Duty.MANAGE_USERS, may=rules.can_keep_user, call=None, because=NO_PROGRAM,
    lines={"orgs.reset_password": _("重置密码"), "orgs.first_password": _("发首次登录的密码")},
)  # fmt: skip
def reset_password(
    user, *, by, at,
    password: Annotated[str, Asked(_("新的初始密码"), _("重置后,这个账号在所有设备上的登录都会结束。"), most=128, initial=pages.first_password)],
):  # fmt: skip
    """Set a first password for somebody who forgot theirs; they change it at the next sign-in. Their sessions end.

    Protective posts of the account sleep until a second person has confirmed it (orgs.wake_user); so does every post when the
    new password is all that signing in takes (ADR 0084). The owner is told at the next sign-in, whoever did it. Of an account
    that nobody has signed in with it is called what it is, a first password, and counts as much.
    """
    user.password, user.must_change_password = _hash(password, user), True
    user.session_epoch += 1  # what a device kept for its owner is no longer opened by whoever holds the new password
    user.save(update_fields=["password", "must_change_password", "session_epoch"])
    reset_lockout(username=user.username)
    first = user.last_login is None
    change, otherwise = (Change.FIRST, Change.FIRST) if first else (Change.RESET, Change.RESET_ONLY)
    told = put_to_sleep(user, change, by=by, at=at, whole=not has_own_factor(user), otherwise=otherwise)
    journal.record(act="orgs.first_password" if first else "orgs.reset_password", subject=user, by=by, at=at, told=told, mark=mark_of(user.password))
    return user


@act(
    LEAVERS, "lock_user", at="lock", words=_("停用账号"), done=_("账号已停用,所有登录都已结束。"), duty=Duty.MANAGE_USERS, may=rules.can_keep_user, tone="danger",
    call=None, because=NO_PROGRAM, lines={"orgs.lock_user": _("停用账号"), "orgs.handover_left": _("留下待交接的事")},
)  # fmt: skip
def lock_user(user, *, reason: Annotated[str, Asked(_("原因"), most=200)], by, at):
    """Lock an account (停用): its sessions end at once, and old ones stay dead if it is unlocked again. What it holds stands as a dated task."""
    first_refusal((user.is_active, _("该账号已经停用。")), (bool(reason.strip()), _("请写明停用的原因。"))).or_raise()
    User.objects.filter(pk=user.pk).update(is_active=False, session_epoch=F("session_epoch") + 1)
    told = tell(Change.LOCKED, user, protective_posts(user, today(at)), by=by, at=at)
    journal.record(act="orgs.lock_user", subject=user, by=by, at=at, reason=reason, told=told)
    user.is_active = False
    for unit in {post.organisation for post in user.posts.not_ended(today(at)).select_related("organisation__area")}:
        leave_standing(user, unit, why=reason, by=by, at=at)
    return user


@act(
    USERS, "unlock_user", at="unlock", words=_("启用账号"), done=_("账号已启用。"), duty=Duty.MANAGE_USERS, may=rules.can_keep_user, call=None,
    because=NO_PROGRAM, lines={"orgs.unlock_user": _("启用账号")},
)  # fmt: skip
def unlock_user(user, *, by, at, reason=""):
    """Unlock an account (启用), also one that too many wrong passwords have shut out."""
    told = 0 if user.is_active else put_to_sleep(user, Change.UNLOCKED, by=by, at=at, otherwise=Change.REVIVED)
    User.objects.filter(pk=user.pk).update(is_active=True)
    reset_lockout(username=user.username)
    journal.record(act="orgs.unlock_user", subject=user, by=by, at=at, reason=reason, told=told)
    user.is_active = True
    return user


@act(
    ME, "change_own_password", words=_("修改密码"), done=_("密码已修改,其他设备上的登录都已结束。"), new=True, form=forms.OwnPassword, then=pages.keep_signed_in,
    page=False, call=None, because=ONES_OWN + "; its page stands among those of signing in",
    lines={"orgs.change_own_password": _("修改自己的密码")},
)  # fmt: skip
def change_own_password(*, old, new, by, at):
    """Change one's own password; every session of the account ends, and the page keeps the one in hand alive."""
    first_refusal(
        (by.check_password(old), _("原密码不对。")),
        (old != new, _("新密码不能与原密码相同。")),
    ).or_raise()
    by.password, by.must_change_password = _hash(new, by), False
    by.save(update_fields=["password", "must_change_password"])
    journal.record(act="orgs.change_own_password", subject=by, by=by, at=at, mark=mark_of(by.password))
    return by


@act(
    ME, "profile", at="", words=_("我的账号"), done=_("已保存。"), new=True, template="orgs/accounts/profile.html", call=None, because=ONES_OWN,
    lines={"orgs.keep_own_profile": _("修改自己的资料")},
)  # fmt: skip
def keep_own_profile(
    *, by, at,
    name: Annotated[str, Asked(_("姓名"), most=40, initial=lambda _row, me, _day: me.name)],
    phone: Annotated[str, Asked(_("手机号"), most=20, initial=lambda _row, me, _day: me.phone, attrs=TEL)] = "",
    large_text: Annotated[bool, Asked(_("用大字显示"), initial=lambda _row, me, _day: me.large_text)] = False,
):  # fmt: skip
    """Keep one's own name, phone and large text. A colleague's name is nobody else's: lines are read by the name of their writer."""
    was, name = by.name, name.strip()
    rules.can_be_called(by, name).or_raise()
    changed = [
        field for field, value in (("name", name), ("phone", _phone(phone)), ("large_text", large_text))
        if getattr(by, field) != value
    ]  # fmt: skip
    by.name, by.phone, by.large_text = name, _phone(phone), large_text
    if changed:
        by.save(update_fields=["name", "phone", "large_text"])
        names = {"before": was[:20], "after": name[:20]} if name != was else {}
        journal.record(act="orgs.keep_own_profile", subject=by, by=by, at=at, fields=changed, **names)
    return by


@act(
    ME, "end_sessions", at="sessions/end", words=_("结束其他登录"), done=_("其他设备上的登录都已结束。"), new=True, then=pages.keep_this_device, call=None,
    because=ONES_OWN, lines={"orgs.end_own_sessions": _("结束自己的其他登录")},
)  # fmt: skip
def end_own_sessions(*, by, at):
    """End every session of one's own account: a lost phone, a shared computer."""
    User.objects.filter(pk=by.pk).update(session_epoch=F("session_epoch") + 1)
    by.refresh_from_db(fields=["session_epoch"])
    journal.record(act="orgs.end_own_sessions", subject=by, by=by, at=at)
    return by


# Eight wrong codes in a quarter of an hour, as with passwords: a million codes then take three and a half years.
TRIES, FOR_SO_LONG = 8, timedelta(minutes=15)


def begin_factor_try(*, user, code, at):
    """Count one try of a second factor, before it is known whether it is right. Raises Refused when the account has no more."""
    with transaction.atomic():
        User.objects.select_for_update(of=("self",)).get(pk=user.pk)
        FactorTry.objects.filter(user=user, at__lte=at - FOR_SO_LONG).delete()
        if FactorTry.objects.filter(user=user, good=False).count() >= TRIES:
            raise Refused(_("动态口令错了太多次,请过 15 分钟再试。不是您本人在试的,请马上告诉系统管理员和审计员。"))
        index = keys.blind("orgs.second_factor", f"{user.pk}|{''.join(code.split())}")
        return FactorTry.objects.create(user=user, at=at, code_index=index)


def end_factor_try(one, *, at):
    """Keep that the code of a try was right and forget the wrong ones before it. Raises Refused for a code that was used already."""
    with transaction.atomic():
        User.objects.select_for_update(of=("self",)).get(pk=one.user_id)
        mine = FactorTry.objects.filter(user_id=one.user_id)
        if mine.filter(good=True, code_index=one.code_index).exists():
            raise Refused(_("这个动态口令已经用过了,请等下一个。"))
        mine.filter(good=False).exclude(pk=one.pk).delete()
        one.good = True
        one.save(update_fields=["good"])


def _hash(password, user):
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from None
    return make_password(password)


def _phone(text):
    if not (text or "").strip():
        return ""
    number, fault = judge_phone(text)
    if fault and fault.startswith("phone."):
        raise Refused(_("手机号“%(text)s”不对,请核对。") % {"text": text})
    return number
