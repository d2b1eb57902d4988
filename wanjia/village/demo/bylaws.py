"""The demo county's village makes a rule, takes a road through its steps, answers what people brought, and sees a problem solved. All words are invented."""

from collections import Counter
from datetime import timedelta

from django.utils import timezone

from wanjia.kernel.calendar import CHINA, today
from wanjia.orgs.roles import Role

from ..agenda.commands import propose_item, put_item, rule_on_item, tell_done
from ..bodies.rolls import seated
from ..bylaws import commands as bylaws
from ..deciding.commands import file_decision, post_notice
from ..meetings.commands import call_meeting, close_meeting, mark_roll, open_meeting
from ..models import Bylaw, GoverningBody, Meeting
from ..problems import commands as problems
from ..proposing import commands as proposing
from ..proposing.subjects import VILLAGER
from ..steps import commands as steps
from .points import holder

DAYS, EARLIER = 60, 20  # so many days ago it began; the rules that others cite, so long before
FRONTAGE = ["各户门前包卫生、包绿化、包秩序,从屋檐滴水到路边。", "老人、残疾人家做不到的,由小组安排志愿者帮一把。", "没做到的由小组长上门提醒、当面商量,不罚款。"]
LAWS = [  # kind, name, clauses: rules of points, of the fee and for feasts cite them
    ("points_rules", "积分管理", ["参加公益劳动、照料老人、移风易俗的,按积分办法记分,先公示三天再记。", "积分只在爱心超市换东西,不和低保、救助、上学挂钩。"]),
    ("refuse", "垃圾清运收费", ["垃圾清运费按户、按季度收,标准由村民代表会议定,收支每季度公开。", "有难处的可以申请减免,没有交的不影响办事。"]),
    ("feasts", "红白喜事", ["红白喜事不超过十桌,邻居帮忙,不请厨师班。"]),
]
BROUGHT = [("场坝的路灯坏了三盏,晚上老人不敢走", "场坝路灯坏了"), ("能不能把赶场的日子改到星期天", "赶场日子改到星期天"), ("水池边上要装个栏杆,孩子爱去玩", "水池边装栏杆")]


def live(code, say):
    """Live them once, in the village whose bodies meet; returns {what: how many}."""
    told, reps = Counter(), GoverningBody.objects.filter(area__code__startswith=code[:6], kind="representatives").select_related("area").first()
    if reps is None or Bylaw.objects.exists():
        return told
    keeper, other = holder(Role.VILLAGE_WORKER, reps.area_id), holder(Role.TOWNSHIP_WORKER, reps.area.parent_id)
    if not (keeper and other and seated(reps, today(timezone.now())).count() > 3):
        return told
    begun = timezone.now().astimezone(CHINA).replace(hour=10, minute=0, second=0, microsecond=0) - timedelta(days=DAYS)
    hands = _Hands(reps, keeper, other)
    _frontage(hands, begun)
    for n, (kind, name, clauses) in enumerate(LAWS):
        _law(hands, kind, name, clauses, begun - timedelta(days=EARLIER - n))
    _feast(hands, begun + timedelta(days=35))
    _water(hands, begun + timedelta(days=12))
    _road(hands, begun + timedelta(days=20))
    _brought(hands, begun + timedelta(days=36))
    told.update(rules=1 + len(LAWS), matters=1, proposals=len(BROUGHT), problems=1)
    say(f"  制度 {1 + len(LAWS)} 项,四议两公开 1 件,提议 {len(BROUGHT)} 件 / {1 + len(LAWS)} rules, 1 matter, {len(BROUGHT)} proposals")
    return told



class _Hands:
    """The clerk and the township's hand, and an evening of the representatives."""

    def __init__(self, reps, keeper, other):
        self.reps, self.village, self.keeper, self.other = reps, reps.area, keeper, other

    def by(self, at):
        """The clerk, at a moment."""
        return {"by": self.keeper, "at": at}

    def above(self, at):
        """The township's filing hand, at a moment."""
        return {"by": self.other, "at": at}

    def voted(self, item_id, conclusion, at):
        """The representatives meet and pass it; it is filed and put up."""
        day = today(at)
        held = call_meeting(governing_body_id=self.reps.pk, day=day, place="村委会会议室", told_on=day - timedelta(days=4), counting="seats", **self.by(at - timedelta(days=3)))
        put_item(agenda_item_id=item_id, meeting=held, **self.by(at - timedelta(days=2)))
        open_meeting(meeting_id=held.pk, **self.by(at))
        roll = list(held.roll.order_by("seat__office", "pk"))
        for row in roll[:-1]:
            mark_roll(meeting_seat_id=row.pk, came="present", **self.by(at))
        votes = len(roll) - 1
        rule_on_item(agenda_item_id=item_id, ruling="pass", votes_for=votes, votes_against=0, conclusion=conclusion, answers="村委会副主任", due_on=day + timedelta(days=60), **self.by(at))
        held = Meeting.objects.get(pk=held.pk)
        close_meeting(meeting_id=held.pk, witness_one=roll[0].seat, witness_two=roll[1].seat, signatures=votes, **self.by(at))
        file_decision(agenda_item_id=item_id, filed_on=day, heard="村党组织、村民委员会同意", **self.by(at + timedelta(hours=1)))
        post_notice(agenda_item_id=item_id, from_on=day, until_on=day + timedelta(days=14), where="村务公开栏", words=conclusion, **self.by(at + timedelta(hours=2)))

    def item(self, title, words, at, **facts):
        """Something is put to the representatives."""
        given = {"source": "committee", "kind": "major", "proposed_on": today(at)} | facts
        return propose_item(governing_body_id=self.reps.pk, title=title, words=words, **given, **self.by(at))


def _frontage(it, at):
    """A rule from the first opinion to the day from which it holds."""
    one = bylaws.draw_bylaw(village=it.village, kind="frontage", name="门前三包", **it.by(at))
    for n, words in enumerate(FRONTAGE, 1):
        bylaws.write_bylaw_clause(bylaw_version_id=one.pk, number=n, words=words, **it.by(at))
    later = at + timedelta(days=5)
    bylaws.hear_homes(bylaw_version_id=one.pk, until=today(later), homes=58, words="五十一户赞成;有几户担心老人做不动,加了第二条。", **it.by(later))
    bylaws.submit_bylaw(bylaw_version_id=one.pk, **it.by(later))
    bylaws.check_bylaw(bylaw_version_id=one.pk, lawful=True, words="没有罚款和限制权利的内容,可以表决。", **it.above(later + timedelta(days=1)))
    bylaws.put_bylaw(bylaw_version_id=one.pk, body=it.reps, **it.by(later + timedelta(days=1, hours=2)))
    one.refresh_from_db()
    it.voted(one.item_id, "门前三包制度通过,公示后施行。", later + timedelta(days=5))
    bylaws.adopt_bylaw(bylaw_version_id=one.pk, **it.above(later + timedelta(days=6)))


def _law(it, kind, name, clauses, at):
    """A rule that rules of points, of the fee or for feasts cite: in force within a week."""
    one = bylaws.draw_bylaw(village=it.village, kind=kind, name=name, **it.by(at))
    for n, words in enumerate(clauses, 1):
        bylaws.write_bylaw_clause(bylaw_version_id=one.pk, number=n, words=words, **it.by(at))
    bylaws.hear_homes(bylaw_version_id=one.pk, until=today(at), homes=58, words="大家都赞成。", **it.by(at))
    bylaws.submit_bylaw(bylaw_version_id=one.pk, **it.by(at))
    bylaws.check_bylaw(bylaw_version_id=one.pk, lawful=True, words="没有罚款和限制权利的内容,可以表决。", **it.above(at + timedelta(hours=2)))
    bylaws.put_bylaw(bylaw_version_id=one.pk, body=it.reps, **it.by(at + timedelta(hours=3)))
    one.refresh_from_db()
    it.voted(one.item_id, f"《{name}》制度通过,公示后施行。", at + timedelta(days=5))
    bylaws.adopt_bylaw(bylaw_version_id=one.pk, **it.above(at + timedelta(days=6)))


def _feast(it, at):
    """A second version for feasts is drafted with something in it that no rule may say."""
    feast = bylaws.draw_bylaw(village=it.village, kind="feasts", name="红白喜事", **it.by(at))
    for n, words in enumerate(["红白喜事提倡从简,一桌不超过十二个菜。", "办酒超过二十桌的,向集体交三百元。"], 1):
        bylaws.write_bylaw_clause(bylaw_version_id=feast.pk, number=n, words=words, **it.by(at))


def _water(it, at):
    """A problem, its decision, what was felt, and another hand that looked."""
    one = problems.raise_problem(village=it.village, title="饮水浪费", words="二组水管漏水,下游十来户一早没有水。", source="meeting", raised_on=today(at), **it.by(at))
    item = it.item("二组水管换新", "换四百米水管,装六个闸阀。", at)
    problems.put_problem(village_problem_id=one.pk, item=item, **it.by(at))
    it.voted(item.pk, "月底前换完,用村里的水费结余。", at + timedelta(days=6))
    done = at + timedelta(days=20)
    tell_done(agenda_item_id=item.pk, done_on=today(done), words="换了四百米,装了六个闸阀,花了三千二百元。", **it.by(done))
    problems.note_effect(village_problem_id=one.pk, effect="早上也有水了,没有再漏。", asked=12, better=11, effect_on=today(done + timedelta(days=7)), **it.by(done + timedelta(days=7)))
    problems.close_problem(village_problem_id=one.pk, holds=True, reason="下村时问了四户", **it.above(done + timedelta(days=9)))


def _road(it, at):
    """A road goes step by step; its result waits to be told."""
    one = steps.begin_matter(village=it.village, title="一组机耕路硬化", words="硬化六百米,四万二千元,用集体收入,差额争取奖补。", **it.by(at))
    numbers = [("branch_committee", 3, 3, 3), ("two_committees", 7, 6, 6), ("branch", 24, 19, 18)]
    for n, (step, due, present, votes) in enumerate(numbers):
        when = at + timedelta(days=2 * n)
        changes = "先修陡坡一段" if step == "branch" else ""
        steps.record_step(step_matter_id=one.pk, step=step, day=today(when), due=due, present=present, votes_for=votes, opinion="同意,账目公开", changes=changes, **it.by(when))
    item = it.item("一组机耕路硬化", "硬化六百米,用集体收入四万二千元。", at + timedelta(days=5), matter="collective_income")
    it.voted(item.pk, "硬化六百米,用集体收入,账目公开。", at + timedelta(days=10))
    item.refresh_from_db()
    steps.link_decision(step_matter_id=one.pk, item=item, **it.by(at + timedelta(days=10, hours=3)))
    done = at + timedelta(days=34)
    steps.tell_result(step_matter_id=one.pk, yuan="41260", contractor="本村村民投工,水泥由乡里统购", words="硬化六百零五米,厚十八公分", done_on=today(done), **it.by(done))
    steps.accept_result(step_matter_id=one.pk, accepted=True, words="到现场量过,长度、厚度够,票据齐。", **it.above(done + timedelta(days=2)))


def _brought(it, at):
    """What people brought by the page and by slip: one goes to the council, one is told why not, one waits."""
    first, second, _third = (
        proposing.bring_proposal(area_id=it.village.pk, words=words, name="", address=f"192.0.2.{n}", by=VILLAGER, at=at + timedelta(days=9 * n)) for n, (words, _title) in enumerate(BROUGHT)
    )
    council = GoverningBody.objects.filter(area=it.village, kind="council", to_on=None).first() or it.reps
    later = at + timedelta(days=3)
    proposing.take_up_proposal(
        village_proposal_id=first.pk, body=council, kind="surroundings", title=BROUGHT[0][1], words="场坝三盏路灯不亮,要修还是换太阳能的,定一下。", matter="", **it.by(later),
    )  # fmt: skip
    proposing.turn_down_proposal(village_proposal_id=second.pk, title=BROUGHT[1][1], answer="赶场的日子由乡里定,已把意见报给乡里。", **it.by(later + timedelta(days=8)))
