"""One page: what waits for my second word, and what I was told about posts like mine."""

from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wanjia.kernel.guard import act, guarded, say
from wanjia.kernel.listing import page_of
from wanjia.verdict import Conflict

from ..models import Post, User
from . import commands, forms, queries


@guarded()
def duty_notices(request, form=None):
    """List what waits and what happened."""
    posts, sleeping = queries.waiting_posts(request.user), queries.sleeping(request.user)
    shown = {
        "posts": posts, "sleeping": queries.alone(sleeping, posts), "asleep": {person.pk for person in sleeping}, "form": form or forms.Word(),
        "page": page_of(request, queries.notices(request.user)),
    }  # fmt: skip
    return render(request, "orgs/second_person/notices.html", shown)


@require_POST
@guarded()
def decide_post(request, post_id):
    """Agree to a proposed post, or not."""
    post = get_object_or_404(Post, pk__in=queries.posts_to_decide(request.user, post_id))
    form = forms.Word(request.POST)
    if form.is_valid() and act(request, form, commands.decide_post, post_id=post.pk):
        say(request, _("已确认,岗位生效。") if form.cleaned_data["agree"] else _("已退回,岗位不生效。"))
        return redirect("orgs:duty_notices")
    if isinstance(getattr(form, "refusal", None), Conflict):
        raise form.refusal
    return duty_notices(request, form)


@require_POST
@guarded()
def wake_user(request, user_id):
    """Confirm that a reset account is in its owner's hands."""
    user = get_object_or_404(User, pk__in=[user.pk for user in queries.sleeping(request.user)], pk=user_id)
    form = forms.Awake(request.POST)
    if act(request, form, commands.wake_user, user_id=user.pk) if form.is_valid() else False:
        say(request, _("已确认,岗位恢复。"))
        return redirect("orgs:duty_notices")
    return duty_notices(request, form)


@require_POST
@guarded()
def see_notices(request):
    """Put away what was told."""
    form = forms.Press(request.POST)
    if form.is_valid():
        act(request, form, commands.see_notices)
    return redirect("orgs:duty_notices")
