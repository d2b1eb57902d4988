"""What the pages of the acts on accounts offer, and where they lead on."""

import secrets

from django.contrib.auth import update_session_auth_hash
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from wanjia.orgs.duties import Duty

from ..units.rules import visible_organisations

SYLLABLES = ["shan", "shui", "tian", "yun", "feng", "song", "zhu", "mei", "lan", "he", "jiang", "hua", "lin", "qing", "ping", "an", "ning", "xin", "chun", "qiu"]


def first_password(*_asked):
    """Make a password that can be read out over the phone: four syllables and four digits, some 30 bits, used once."""
    return "-".join(secrets.choice(SYLLABLES) for _turn in range(4)) + f"-{secrets.randbelow(9000) + 1000}"


def units(actor):
    """The living units in which the actor may give a post."""
    return visible_organisations(actor, duty=Duty.MANAGE_USERS).filter(to_on=None).order_by("area_id", "name")


def given(post):
    """What became of a post that was given."""
    return _("已经提交,等第二人确认后生效;同岗的人已收到提醒。") if post.waiting else _("岗位已安排。")


def keep_this_one(request, _row, _me):
    """The session in hand stays, all others have ended."""
    update_session_auth_hash(request, request.user)


def keep_this_device(request, row, me):
    """The session in hand stays, and what this device keeps of its owner's work; every other device forgets it."""
    keep_this_one(request, row, me)
    request.device.keep(request.user)


def keep_signed_in(request, row, me):
    """The session in hand stays, and goes on to the desk."""
    keep_this_one(request, row, me)
    return redirect("desk")
