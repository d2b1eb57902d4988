"""Five months of a branch in the demo county's village: its meetings with one missing, a theme day in the fields, duties with their lanes, pledges, the members reviewed, four who applied, clean-up days. All words are invented."""

from collections import Counter
from datetime import timedelta

from django.utils import timezone

from wanjia.kernel.calendar import CHINA, today
from wanjia.kernel.command import SystemActor
from wanjia.orgs.accounts.commands import create_user, give_post
from wanjia.orgs.duties import Duty as OrgsDuty
from wanjia.orgs.models import Post, User
from wanjia.orgs.roles import Role

from ..bodies import commands as bodies
from ..bodies import rolls
from ..branch import commands as branch
from ..branch import queries
from ..branch_duties import commands as duties
from ..cleanups import commands as cleanups
from ..models import CleanUpSection, DutyHolding, GoverningBody, PartyMember
from ..pledges import commands as pledges
from ..recruiting import commands as recruiting
from .reviewing import review

MONTHS, FIXED = 5, 15
INSTALLER = SystemActor("系统安装", duties=frozenset({OrgsDuty.MANAGE_USERS}))
PEOPLE = [("shuji", "浦正明", Role.BRANCH_SECRETARY), ("zuzhi", "禄小芬", Role.BRANCH_ORGANISER)]
THEMES = ["清理村口水沟,修剪花椒枝", "到三组花椒地里学剪枝", "看望独居老人,讲医保政策", "防溺水巡河,补安全牌", "收花椒互助,帮缺劳力的户"]
DUTIES = [
    ("环境卫生", "看村道和垃圾池,每周扫一次", "一组、一组巷、村口"), ("环境卫生", "看水沟和垃圾池,每周清一次", "二组、老街巷、二组水沟"), ("矛盾调解", "邻里有事先去劝", "一组、二组"),
    ("护学", "上学放学在路口看孩子过路", "村小路口"), ("民情代办", "替不方便的人跑腿办事", "全村"), ("关爱老幼", "每周看一次独居老人", "三组"),
]  # fmt: skip
PLEDGES = ["把三组水池的盖板补好", "带五户邻居学花椒剪枝", "替孤老户收完玉米", "劝红白事不放高音喇叭", "修好村口到学校的路灯", "每周接送两个孩子上学"]
STEPS = [22, 8, 3, 6]  # how many steps each who applied has behind him
SECTIONS = ["村口到小学", "小学到卫生室", "老街巷水沟", "三组垃圾池周围"]


def live(code, say):
    """Live them once, in the village whose bodies meet; returns {what: how many}."""
    told, body = Counter(), GoverningBody.objects.filter(area__code__startswith=code[:6], kind="council").select_related("area").first()
    clerk = Post.objects.filter(role=Role.VILLAGE_WORKER, to_on=None, organisation__area=body.area).select_related("user", "organisation").first() if body else None
    if clerk is None or PartyMember.objects.exists():
        return told
    now = timezone.now().astimezone(CHINA).replace(hour=9, minute=0, second=0, microsecond=0) - timedelta(days=1)
    begun = now - timedelta(days=31 * MONTHS)
    hands = [_account(clerk, *one, begun) for one in PEOPLE]
    ours = bodies.found_body(area=body.area, kind="branch", name=f"{body.area.short_name}党支部", aliases="花田党支部、花园村党支部", from_on=today(begun), by=User.objects.get(pk=clerk.user_id), at=begun)
    members = _members(ours, hands[0], begun)
    if len(members) < 6:
        return told
    _meetings(ours, members, hands, begun, now, told)
    _duties(ours, members, hands, now - timedelta(days=60), told)
    _pledges(members, hands, now - timedelta(days=70), told)
    review(_held(ours, "appraisal", now - timedelta(days=12), "indoors", "民主评议党员", members, hands, told), hands, now - timedelta(days=12), told)
    _recruits(ours, members, hands, now, told)
    _cleanups(body.area, hands, begun, now, told)
    say(f"  党支部:组织生活 {told['activities']} 次,清扫日 {told['cleanups']} 次,岗位 {told['duties']} 个,承诺 {told['pledges']} 件 / {told['activities']} branch activities, {told['cleanups']} clean-up days")
    return told


def _account(clerk, ending, name, role, at):
    """An account of the branch beside the clerk's, with the same password."""
    user = create_user(username=f"{clerk.user.username}-{ending}", name=name, password=clerk.user.password, hashed=True, must_change_password=False, by=INSTALLER, at=at)
    give_post(user_id=user.pk, organisation=clerk.organisation, role=role, from_on=today(at), by=INSTALLER, at=at)
    return User.objects.get(pk=user.pk)


def _members(body, by, at):
    """Twelve of the roll: a secretary, two of the committee, two on probation, in two groups."""
    names = list(rolls.adults(body.area_id, "", today(at)).order_by("-pinyin", "pk").values_list("name", flat=True))
    chosen = [name for name in dict.fromkeys(names) if names.count(name) == 1][:12]
    for n, name in enumerate(chosen):
        office = "secretary" if n == 0 else "committee_member" if n < 3 else "plain_member"
        branch.enter_member(body=body, name=name, office=office, from_on=today(at), full_on=None if n > 9 else today(at) - timedelta(days=900), cell="一组党小组" if n % 2 else "二组党小组", by=by, at=at)
    return queries.members_on(body, today(at))


def _meetings(body, members, hands, begun, now, told):
    """A theme day a month, one of them missing, and in the second a meeting of the members with a vote."""
    branch.fix_day(body=body, day_of_month=FIXED, from_on=today(begun), by=hands[0], at=begun)
    for n in range(MONTHS):
        at = (begun + timedelta(days=31 * n)).replace(day=FIXED)
        if not begun <= at < now:
            continue
        moved = "农忙收花椒,改到收完以后" if n == 4 else ""
        if n != 2:
            _held(body, "theme_day", at + timedelta(days=2 if moved else 0), "in_fields" if n in (1, 4) else "elsewhere", THEMES[n % len(THEMES)], members, hands, told, moved)
        _held(body, "committee_meeting", at, "indoors", "研究本月工作和党员发展", members[:3], hands, told)
        if n in (1, 4):
            _held(body, "members_meeting", at + timedelta(days=1), "indoors", "讨论人居环境和集体经济", members, hands, told, decides=True)


def _held(body, kind, at, setting, topic, came, hands, told, moved="", decides=False):
    one = branch.call_activity(body=body, kind=kind, day=today(at), setting=setting, place="村党群服务中心" if setting == "indoors" else "三组花椒地", topic=topic, moved=moved, by=hands[0], at=at)
    what, who = {"branch_activity_id": one.pk}, {"by": hands[0], "at": at + timedelta(hours=3)}
    branch.hold_activity(**what, minutes="书记主持,逐项讨论,分工到人。", **who)
    there = came[:-2] if len(came) > 4 else came
    branch.mark_attendance(**what, attended="on_paper", members=there, **who)
    if len(came) > 4:
        branch.mark_attendance(**what, attended="by_phone", members=came[-2:-1], **who)
        branch.mark_attendance(**what, attended="on_leave", members=came[-1:], reason="在浙江务工", **who)
    if decides:
        voters = sum(queries.has_vote(member, today(at)) for member in there)
        branch.decide_in_branch(**what, matter="ordinary", words="每月第三周组织清扫日,党员包路段", votes_for=voters - 1, votes_against=0, votes_abstain=1, **who)
    branch.check_activity(**what, by=hands[1], at=at + timedelta(hours=5))
    told["activities"] += 1
    one.refresh_from_db()
    return one


def _duties(body, members, hands, at, told):
    """Five of six duties get a holder, three by name; a claim waits."""
    for n, (name, does, where) in enumerate(DUTIES):
        one = duties.open_duty(body=body, name=name, does=does, area_words=where, from_on=today(at), by=hands[0], at=at)
        duties.claim_duty(branch_duty_id=one.pk, member=members[n + 1], named=n % 2 == 0, claimed_on=today(at), by=hands[0], at=at)
        if n < len(DUTIES) - 1:
            holding = DutyHolding.objects.get(duty=one)
            duties.decide_duty(duty_holding_id=holding.pk, decided_words="支部委员会会议确定", from_on=today(at), until_on=today(at) + timedelta(days=365), by=hands[1], at=at + timedelta(hours=2))
        told["duties"] += 1


def _pledges(members, hands, at, told):
    """Some kept, one told and not looked at, one given up, two open, of which one is late."""
    for n, words in enumerate(PLEDGES):
        one = pledges.make_pledge(member=members[n + 2], words=words, pledged_on=today(at), due_on=today(at) + timedelta(days=90 if n == 5 else 30 + n), by=hands[0], at=at)
        told["pledges"] += 1
        later = {"pledge_id": one.pk, "at": at + timedelta(days=20 + n)}
        if n in (0, 1, 2):
            pledges.tell_pledge(**later, proof="现场拍了照,组长看过", by=hands[0])
        if n in (0, 1):
            pledges.keep_pledge(**later | {"at": later["at"] + timedelta(days=1)}, by=hands[1])
        if n == 3:
            pledges.fail_pledge(**later, reason="两户没有谈拢,改由调解室办", by=hands[0])


def _recruits(body, members, hands, now, told):
    """Four who applied, each some steps on; one stepped forward too early, which the second hand has seen."""
    names = set(rolls.adults(body.area_id, "", today(now)).values_list("name", flat=True)) - {str(one) for one in members}
    people = list(rolls.adults(body.area_id, "", today(now)).filter(name__in=names).order_by("birth_on", "pk").reverse())
    alone = [one.name for one in people if sum(other.name == one.name for other in people) == 1]
    for n, name in enumerate(alone[: len(STEPS)]):
        one = recruiting.open_candidate(body=body, name=name, background=("returned", "veteran", "farmer", "leads_others")[n], by=hands[0], at=now - timedelta(days=20))
        _steps(one, STEPS[n], members, hands, now, early=n == 1)
        told["recruits"] += 1


def _steps(one, many, members, hands, now, early):
    """Its steps, by the rules of dates: half a month apart, a year where a year is asked; where early, too soon by a month."""
    who, first = {"candidate_id": one.pk, "by": hands[0], "at": now - timedelta(days=19)}, today(now) - timedelta(days=110 if many < 7 else 480 if early else 1100)
    day = first
    for number in range(1, many + 1):
        if number == 5:
            recruiting.name_mentor(**who, kind="mentor", member=members[1], from_on=day)
        if number == 9:
            for member in members[1:3]:
                recruiting.name_mentor(**who, kind="introducer", member=member, from_on=day)
        recruiting.write_step(**who, step=str(number), day=day, words="材料在支部档案柜", hours=24 if number == 11 else None)
        if one.steps.filter(number=number).exclude(breach="agrees").exists():
            recruiting.acknowledge_breach(candidate_id=one.pk, by=hands[1], at=now - timedelta(days=18))
        day += timedelta(days=(300 if early else 370) if number == 6 else 370 if number == 21 else 12)


def _cleanups(village, hands, begun, now, told):
    """One a month, the last one planned."""
    for n in range(MONTHS + 1):
        at = begun + timedelta(days=31 * n - 3 if n else 2)
        last = n == MONTHS
        day = today(now) + timedelta(days=6) if last else today(at)
        when = now if last else at
        one = cleanups.plan_cleanup(village=village, day=day, words="村道、水沟、垃圾池周围", by=hands[0], at=when)
        for words in SECTIONS:
            cleanups.give_section(clean_up_id=one.pk, words=words, to="by_volunteers", by=hands[0], at=when)
        if last:
            return
        for turn, section in enumerate(CleanUpSection.objects.filter(clean_up=one).order_by("serial")):
            cleanups.count_section(clean_up_id=one.pk, section=section, turnout=4 + (n + turn) % 5, cleaned=turn != 3 or n % 2 == 0, left_words="" if turn != 3 or n % 2 == 0 else "还有一堆建筑渣", by=hands[0], at=when)
        cleanups.hold_cleanup(clean_up_id=one.pk, by=hands[0], at=when)
        cleanups.check_cleanup(clean_up_id=one.pk, by=hands[1], at=when + timedelta(hours=3))
        told["cleanups"] += 1
