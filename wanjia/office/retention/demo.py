"""In the demo county one list waits for another unit's word: needs that were declined more than three years ago; a suit holds one of them back."""

from collections import Counter
from datetime import timedelta

from django.utils import timezone

from wanjia.kernel.calendar import today
from wanjia.orgs.models import Area, Post
from wanjia.orgs.retained import Spared, classes
from wanjia.orgs.roles import Role
from wanjia.policy import retention as policy

from ..models import Disposal
from . import commands, queries

CODE = "dropped"


def live(code, say):
    """Plant them once; returns {what: how many}. Nothing where nobody keeps the ledger, or nothing is due."""
    area = Area.objects.filter(code=f"{code[:6]}000000").first()
    post = Post.objects.filter(role=Role.LEDGER_OFFICE, to_on=None, organisation__area=area).select_related("user").order_by("user__username").first()
    if area is None or post is None or CODE not in classes() or Disposal.objects.exists():
        return Counter()
    one, at = classes()[CODE], timezone.now() - timedelta(days=1)
    rows = queries.due(one, policy.in_force(today(at)).kept(CODE), [area.span()], today(at)).order_by("pk")
    if rows.count() < 2:
        return Counter()
    commands.hold_rows(ground=Spared.LAWSUIT, number=rows[0].number, document="(2026)云0625行初14号", by=post.user, at=at)
    disposal = commands.propose_disposal(code=CODE, area=area, by=post.user, at=at)
    say(f"  永善县:一份销毁清单等另一个单位同意,{disposal.n} 件 / a list of {disposal.n} declined needs waits for another unit's word")
    return Counter(disposals=1)
