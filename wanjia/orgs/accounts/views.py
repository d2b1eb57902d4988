"""Pages of accounts: the administrator's, and each person's own."""

from django.contrib.auth import update_session_auth_hash
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from wanjia.kernel.calendar import today
from wanjia.kernel.guard import act, guarded, say
from wanjia.kernel.listing import page_of

from ..duties import Duty, Role
from ..units.rules import visible_organisations
from . import commands, forms, handover, queries, rules

SORTS = {"username": ("username",), "name": ("name", "username"), "seen": ("last_login", "username")}


@guarded(Duty.MANAGE_USERS)
def users(request):
    """List the accounts."""
    asked = {"words": request.GET.get("q", "").strip(), "role": request.GET.get("role", ""), "locked": "locked" in request.GET}
    rows = queries.users(request.user, day=today(timezone.now()), **asked)
    page = page_of(request, rows, sorts=SORTS, default="username")
    return render(request, "orgs/accounts/users.html", {"page": page, "roles": Role, **asked})


@guarded(Duty.MANAGE_USERS)
def roles(request):
    """Show what each role may do, and which roles exclude one another."""
    rows, apart = queries.table_of_roles()
    return render(request, "orgs/accounts/roles.html", {"rows": rows, "apart": apart, "roles": list(Role)})


@sensitive_post_parameters("password")
@guarded(Duty.MANAGE_USERS)
def new_user(request):
    """Open an account, then go on to its posts."""
    form = forms.NewUser(request.POST or None)
    if form.is_valid() and act(request, form, commands.create_user):
        say(request, _("账号已开通,还要给它安排岗位才能办事。"))
        return redirect("orgs:user", form.answer.pk)
    return render(request, "orgs/accounts/new_user.html", {"form": form})


@guarded(Duty.MANAGE_USERS)
def user(request, user_id, **forms_in_hand):
    """Show one account: its posts, what it still holds, its history, and the acts on it."""
    person = get_object_or_404(rules.visible_users(request.user), pk=user_id)
    shown = {
        "person": person, "posts": queries.posts_of(person), "held": handover.still_held_by(person),
        "acts": queries.acts_of(person), "verdict": rules.can_keep_user(request.user, person), "today": today(timezone.now()),
        "give": _give(request), "end": forms.EndPost(initial={"on": today(timezone.now())}), "reset": forms.ResetPassword(),
        "lock": forms.Reason(), **forms_in_hand,
    }  # fmt: skip
    return render(request, "orgs/accounts/user.html", shown)


def _give(request, sent=None):
    units = visible_organisations(request.user, duty=Duty.MANAGE_USERS).filter(to_on=None).select_related("area").order_by("area_id", "name")
    return forms.GivePost(sent, organisations=units, today=today(timezone.now()))


@require_POST
@guarded(Duty.MANAGE_USERS)
def give_post(request, user_id):
    """Give a post."""
    person = get_object_or_404(rules.visible_users(request.user), pk=user_id)
    form = _give(request, request.POST)
    if form.is_valid() and act(request, form, commands.give_post, user=person):
        say(request, _("已经提交,等第二人确认后生效;同岗的人已收到提醒。") if form.answer.waiting else _("岗位已安排。"))
        return redirect("orgs:user", user_id)
    return user(request, user_id, give=form)


@require_POST
@guarded(Duty.MANAGE_USERS)
def end_post(request, user_id, post_id):
    """End a post."""
    person = get_object_or_404(rules.visible_users(request.user), pk=user_id)
    post = get_object_or_404(queries.posts_of(person), pk=post_id)
    form = forms.EndPost(request.POST)
    if form.is_valid() and act(request, form, commands.end_post, post=post):
        say(request, _("岗位已结束。"))
        return redirect("orgs:user", user_id)
    return user(request, user_id, end=form)


@require_POST
@sensitive_post_parameters("password")
@guarded(Duty.MANAGE_USERS)
def reset_password(request, user_id):
    """Set a first password anew."""
    person = get_object_or_404(rules.visible_users(request.user), pk=user_id)
    form = forms.ResetPassword(request.POST)
    if form.is_valid() and act(request, form, commands.reset_password, user=person):
        say(request, _("密码已重置,请把新的初始密码告诉本人;其他设备上的登录都已结束。"))
        return redirect("orgs:user", user_id)
    return user(request, user_id, reset=form)


@require_POST
@guarded(Duty.MANAGE_USERS)
def lock_user(request, user_id):
    """Lock an account."""
    person = get_object_or_404(rules.visible_users(request.user), pk=user_id)
    form = forms.Reason(request.POST)
    if form.is_valid() and act(request, form, commands.lock_user, user=person):
        say(request, _("账号已停用,所有登录都已结束。"))
        return redirect("orgs:user", user_id)
    return user(request, user_id, lock=form)


@require_POST
@guarded(Duty.MANAGE_USERS)
def unlock_user(request, user_id):
    """Unlock an account."""
    person = get_object_or_404(rules.visible_users(request.user), pk=user_id)
    form = forms.forms.Form(request.POST)
    if form.is_valid() and act(request, form, commands.unlock_user, user=person):
        say(request, _("账号已启用。"))
        return redirect("orgs:user", user_id)
    return user(request, user_id, lock=form)


@guarded()
def profile(request):
    """Show and keep one's own account."""
    me = request.user
    kept = {"name": me.name, "phone": me.phone, "large_text": me.large_text}
    form = forms.OwnProfile(request.POST or None, initial=kept)
    if form.is_valid() and act(request, form, commands.keep_own_profile):
        say(request, _("已保存。"))
        return redirect("orgs:profile")
    return render(request, "orgs/accounts/profile.html", {"form": form})


@sensitive_post_parameters("old", "new", "again")
@guarded()
def own_password(request):
    """Change one's own password; the session in hand stays, all others end."""
    form = forms.OwnPassword(request.POST or None)
    if form.is_valid() and act(request, form, commands.change_own_password):
        update_session_auth_hash(request, request.user)
        say(request, _("密码已修改,其他设备上的登录都已结束。"))
        return redirect("desk")
    return render(request, "orgs/accounts/own_password.html", {"form": form})


@require_POST
@guarded()
def end_sessions(request):
    """End every other session of one's own."""
    form = forms.forms.Form(request.POST)
    if form.is_valid() and act(request, form, commands.end_own_sessions):
        update_session_auth_hash(request, request.user)
        say(request, _("其他设备上的登录都已结束。"))
    return redirect("orgs:profile")
