"""Two lists of the demo village's representatives: one that enough signed, so that they must be called; one that lacks signatures. All words are invented."""

from collections import Counter
from datetime import timedelta

from django.utils import timezone

from wanjia.kernel.calendar import CHINA, today
from wanjia.orgs.models import Post, User
from wanjia.orgs.roles import Role

from ..call_states import Side
from ..calls import commands
from ..calls.queries import representatives
from ..models import GoverningBody, MeetingCall
from ..states import BodyKind

LISTS = [  # days ago, what, why, how many of those who must sign did
    (6, "二组机耕路塌方先修哪一段", "雨水冲垮了两处,犁地的机器进不去,想在立春以前定下来先修哪一段。", 0),
    (2, "村口停车怎么划", "赶场天停得乱,消防车进不来,想定个划法。", 1),
]


def live(code, say):
    """Live them once; returns {what: how many}. Nothing where no representatives sit yet."""
    told = Counter()
    reps = GoverningBody.objects.filter(kind=BodyKind.REPRESENTATIVES, to_on=None, area__code__startswith=code[:6]).order_by("pk").first()
    post = Post.objects.filter(role=Role.VILLAGE_WORKER, to_on=None, user__is_active=True, organisation__area=reps.area_id).order_by("user__username").first() if reps else None
    if post is None or MeetingCall.objects.exists():
        return told
    by, now = User.objects.get(pk=post.user_id), timezone.now().astimezone(CHINA).replace(hour=9, minute=20, second=0, microsecond=0)
    for ago, title, words, lacks in LISTS:
        at = now - timedelta(days=ago)
        one = commands.ask_for_meeting(governing_body_id=reps.pk, side=Side.REPRESENTATIVES, title=title, words=words, asked_on=today(at), by=by, at=at)
        for person in representatives(reps.area_id, today(at)).order_by("pk")[: one.needs - lacks]:
            commands.sign_call(meeting_call_id=one.pk, name=person.name, last4=person.citizen_last4, by=by, at=at)
        told["calls"] += 1
    say(f"  联名要求开会:{told['calls']} 份名单 / {told['calls']} lists that ask for a meeting")
    return told
