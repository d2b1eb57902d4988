"""Contacts and concerns of whatever pairs stand in a county, over the last months up to yesterday: by the helpers' own accounts, else by the village's worker."""

import random
from collections import Counter
from datetime import timedelta

from django.utils import timezone

from wanjia.kernel.calendar import CHINA, today
from wanjia.orgs.models import Post
from wanjia.orgs.roles import Role
from wanjia.verdict import Refused

from ..line_states import Domain, Line, Then, Way
from ..lines.commands import note_contact, raise_concern, settle_concern
from ..models import Concern, LineContact, Pair
from ..rhythms.commands import look

MOST = 120  # pairs that are lived in words; a demo stays cheap
SAID = ("孩子月考进步了,奶奶身体还好。", "老师说作业按时交,上课爱走神。", "爸爸说春节前回来,周末打视频。", "孩子想要一双跑步鞋,脚上的有点小。")
SEEN = {
    Domain.STUDY: ("数学跟不上,作业常空着。", "请老师每周补一次数学,周五问结果"),
    Domain.LIFE: ("奶奶住院,这两周孩子自己做饭。", "请村里安排邻居搭把手,周末去看"),
    Domain.MIND: ("近来话少,不愿和同学一起。", "请学校心理老师谈一次"),
}


def live(code, say):
    """Live them once; returns {what: how many}. Nothing where no pair stands, or where contacts stand already."""
    pairs = list(Pair.objects.filter(to_on=None, child__village__code__startswith=code[:6]).select_related("child", "helper__user").order_by("child_id")[:MOST])
    told = Counter()
    if not pairs or LineContact.objects.filter(child__village__code__startswith=code[:6]).exists():
        return told
    now = timezone.now().astimezone(CHINA).replace(hour=17, minute=30, second=0, microsecond=0) - timedelta(days=1)
    look(at=now)
    posts = Post.objects.filter(role=Role.VILLAGE_WORKER, to_on=None, organisation__area__in={one.child.village_id for one in pairs}).select_related("organisation", "user")
    near = {post.organisation.area_id: post.user for post in posts}
    for pair in pairs:
        by = pair.helper.user or near.get(pair.child.village_id)
        if by:
            _one(pair, by, now, told)
    say(f"  结对的孩子:联系 {told['contacts']} 次,关注 {told['concerns']} 件 / children in company: {told['contacts']} contacts, {told['concerns']} concerns")
    return told


def _one(pair, by, now, told):
    """One child's last months; the same child always lives the same."""
    dice = random.Random(f"lines {pair.child.village_id} {pair.child.birth_on} {pair.from_on}")
    for line in Line:
        for back in range(3):
            on = today(now) - timedelta(days=30 * back + dice.randrange(0, 26))
            if on < pair.from_on or dice.random() < (0.12 if back == 0 else 0.25):
                continue
            way = dice.choice([Way.PHONE, Way.PHONE, Way.MESSAGE, Way.SCHOOL if line != Line.PARENT else Way.VISIT, Way.VISIT if line != Line.TEACHER else Way.PHONE])
            _tell(told, "contacts", note_contact, child_id=pair.child_id, line=line, way=way, missed=dice.random() < 0.08, on=on, note=dice.choice([*[""] * 3, *SAID]), by=by, at=now)
    if dice.random() < 0.2:
        domain = dice.choice(list(Domain))
        seen, todo = SEEN[domain]
        acted = dice.random() < 0.6
        then = {"then": Then.TASK, "todo": todo, "due_on": today(now) + timedelta(days=dice.randrange(0, 14))} if acted else {"then": Then.WATCH}
        if _tell(told, "concerns", raise_concern, child_id=pair.child_id, domain=domain, words=seen, **then, by=by, at=now) and dice.random() < 0.3:
            settle_concern(concern_id=Concern.objects.filter(child=pair.child_id).latest("recorded_at").pk, outcome="已经办好,孩子说谢谢。", by=by, at=now)


def _tell(told, what, command, **facts):
    """Do it where it may be done: a helper whose check is over does not meet the child."""
    try:
        command(**facts)
    except Refused:
        return False
    told[what] += 1
    return True
