"""A quarter's appraisal in the demo county's village: homes agree to stand, all homes vote on paper or by telephone, a red list goes up and one home takes its consent back; two things told privately, a story, a tip. All words are invented."""

import random
from collections import Counter
from datetime import timedelta

from django.utils import timezone

from wanjia.kernel.calendar import CHINA, today
from wanjia.orgs.roles import Role
from wanjia.policy.quarters import quarter_of

from ..appraisal import commands as appraisal
from ..appraisal.queries import said_to_poll
from ..improving import commands as improving
from ..improving.rules import is_to_be_helped
from ..models import AppraisalRound, BodySeat, GoverningBody, RedEntry
from ..polls import commands as polls
from ..polls import queries as counted
from ..stories import commands as stories
from .points import holder
from .polls import held

DAYS, STAND, PLACES, LEAST = 14, 10, 4, 20  # days ago it began; homes that stand, that are listed; homes without which no poll is held
TOLD = [("村口到小学的路边", "柴草堆占了半边路", "组里出两个人一起搬到空地"), ("二组公用水池边", "农药瓶丢在池边", "送一个收集袋,下次一起交回收点"), ("三组路口", "渣土倒在排水沟口", "村里派车来装一趟")]


def live(code, say):
    """Live it once, in the village whose bodies meet; returns {what: how many}."""
    told, body = Counter(), GoverningBody.objects.filter(area__code__startswith=code[:6], kind="council").select_related("area").first()
    if body is None or AppraisalRound.objects.exists():
        return told
    keeper, other = (holder(Role.VILLAGE_WORKER, body.area_id), holder(Role.TOWNSHIP_WORKER, body.area.parent_id))
    begun = timezone.now().astimezone(CHINA).replace(hour=9, minute=30, second=0, microsecond=0) - timedelta(days=DAYS)
    homes = list(counted.homes_on(body.area, today(begun)))
    if not (keeper and other) or len(homes) < LEAST:
        return told
    _appraised(body.area, homes, keeper, other, begun, told)
    _told_privately(homes, keeper, begun + timedelta(days=3), told)
    _heard(body.area, homes, keeper, other, begun + timedelta(days=4))
    say(f"  季度评比:投票 {told['cast']}/{told['homes']} 户,红榜 {told['listed']} 户,私下告知 {told['told']} 件 / {told['cast']} of {told['homes']} homes voted, {told['listed']} listed, {told['told']} told privately")
    return told


def _appraised(village, homes, keeper, other, at, told):
    """From the first home that agrees to the list on the board."""
    year, quarter = quarter_of(today(at))
    one = appraisal.draw_round(village=village, year=year, quarter=quarter, places=PLACES, by=keeper, at=at)
    counts = set(BodySeat.objects.filter(body__area=village, body__kind="supervision").values_list("person__memberships__household", flat=True))
    may = [home for home in homes if home.pk not in counts]  # whoever counts the vote does not stand in it
    for n, home in enumerate(may[:: max(1, len(may) // STAND)][:STAND], 1):
        consent = {"consent": "by_word", "heard": "户主答应,小组长在场"} if n % 3 else {"consent": "on_paper"}
        appraisal.stand_home(appraisal_round_id=one.pk, home=home, called=f"{home.group_name}{n}号院", consented_on=today(at), **consent, by=keeper, at=at + timedelta(minutes=n))
    poll = polls.draw_poll(area=village, question=f"{year} 年第 {quarter} 季度评哪几户?", roll_on=today(at), standing=said_to_poll(one), most=2, by=keeper, at=at + timedelta(days=1))
    dice = random.Random(7)
    poll = held(poll, keeper, other, at + timedelta(days=2), lambda cls: dice.sample(range(len(cls.options)), 2))
    one = appraisal.count_round(appraisal_round_id=one.pk, poll=poll, by=keeper, at=at + timedelta(days=9))
    told["cast"], told["homes"] = one.cast, one.homes
    appraisal.list_round(appraisal_round_id=one.pk, by=other, at=at + timedelta(days=10))
    listed = RedEntry.objects.filter(round=one, state="entry_listed").order_by("called")
    if listed.count() > 1:
        appraisal.withdraw_entry(red_entry_id=listed.last().pk, by=keeper, at=at + timedelta(days=12))
    told["listed"] = listed.count()


def _told_privately(homes, keeper, at, told):
    """One puts it right, one says why not yet, one waits."""
    able = [home for home in homes if not is_to_be_helped(home, today(at))][1 :: max(1, len(homes) // 5)]
    for n, (home, (place, fact, help)) in enumerate(zip(able, TOLD, strict=False)):
        moment = at + timedelta(days=2 * n)
        one = improving.tell_home(home=home, place=place, fact=fact, help=help, seen_on=today(moment), told_on=today(moment), by=keeper, at=moment)
        if n == 0:
            improving.mark_repaired(shortcoming_id=one.pk, by=keeper, at=moment + timedelta(days=2))
        if n == 1:
            improving.keep_reply(shortcoming_id=one.pk, words="这几天在地里,赶场天就去收", by=keeper, at=moment + timedelta(hours=3))
        told["told"] += 1


def _heard(village, homes, keeper, other, at):
    """A story that is shown, one that waits; something told that goes to one person."""
    consent = {"consent": "by_word", "heard": "念给户主听过,小组长在场"}
    shown = [("十年管护水池", "每个月清一次公用水池,十年没有拿过一分钱。", 2), ("丧事从简", "老人的丧事办了八桌,省下的钱给组里修了路灯。", 5)]
    for n, (title, words, which) in enumerate(shown):
        home = homes[which]
        one = stories.write_story(home=home, called=f"{home.group_name}一户人家", title=title, words=words, consented_on=today(at), **consent, by=keeper, at=at)
        if n == 0:
            stories.show_story(role_story_id=one.pk, by=other, at=at + timedelta(hours=4))
    stories.give_tip(village=village, to=other, words="有车晚上来河边倒渣土", by=keeper, at=at + timedelta(days=1))
