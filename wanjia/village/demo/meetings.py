"""A quarter of the demo county's village: three council meetings, one of them below quorum; an item sent to the representatives; a notice with an objection upheld, one that waits. All words are invented."""

from collections import Counter
from datetime import timedelta

from django.db.models import Count
from django.utils import timezone

from wanjia.kernel.calendar import CHINA, today
from wanjia.orgs.models import Level, Post, User
from wanjia.orgs.roles import Role
from wanjia.registry.models import Household
from wanjia.verdict import Refused

from ..agenda import commands as agenda
from ..bodies import commands as bodies
from ..bodies import rolls
from ..deciding import commands as deciding
from ..meetings import commands as meetings
from ..models import AgendaItem, GoverningBody
from ..states import Came
from . import homes

FOUNDED = 150  # days ago
SEATS = {"committee": 3, "council": 9, "representatives": 9, "supervision": 3}
NAMES = {"committee": "村民委员会", "council": "村民协商议事会", "representatives": "村民代表会议", "supervision": "村务监督委员会"}


def live(code, say):
    """Live them once; returns {what: how many}. Nothing where no village of the county has an account and enough people, or bodies stand already."""
    told, village, by = Counter(), *_village(code)
    if by is None or GoverningBody.objects.exists():
        return told
    now = timezone.now().astimezone(CHINA).replace(hour=19, minute=30, second=0, microsecond=0) - timedelta(days=1)
    homes.registered(village, by, now - timedelta(days=FOUNDED + 1))
    evening = _Evening(village, by, told)
    if not evening.founded(now - timedelta(days=FOUNDED)):
        return told
    _quarter(evening, now)
    say(f"  村民自治:会议 {told['meetings']} 次,决定 {told['decided']} 件,公示 {told['notices']} 份 / {told['meetings']} meetings, {told['decided']} decisions, {told['notices']} notices")
    return told


def _village(code):
    """The village of the county with the most homes whose worker has an account."""
    posts = Post.objects.filter(role=Role.VILLAGE_WORKER, to_on=None, organisation__area__level=Level.VILLAGE, organisation__area__code__startswith=code[:6]).select_related("user", "organisation__area")
    lived_in = dict(Household.objects.filter(village__in=posts.values("organisation__area")).values_list("village").annotate(n=Count("pk")))
    best = max((post for post in posts if post.user.is_active), key=lambda post: (lived_in.get(post.organisation.area_id, 0), post.organisation.area_id), default=None)
    return (best.organisation.area, User.objects.get(pk=best.user_id)) if best else (None, None)


class _Evening:
    """The village's clerk at work: what follows is written as a quarter goes by."""

    def __init__(self, village, by, told):
        self.village, self.by, self.told, self.bodies = village, by, told, {}

    def founded(self, at):
        """Enter the bodies and seat them; False where too few live there."""
        people = list(rolls.adults(self.village.pk, "", today(at)).order_by("pinyin", "pk").values_list("name", flat=True))
        names = [name for name in dict.fromkeys(people) if people.count(name) == 1]
        if len(names) < sum(SEATS.values()) - 6:
            return False
        for kind, n in SEATS.items():
            one = bodies.found_body(area=self.village, kind=kind, name=f"{self.village.short_name}{NAMES[kind]}", from_on=today(at), aliases="", term_until=today(at) + timedelta(days=5 * 365), by=self.by, at=at)
            start = {"committee": 0, "supervision": 3, "council": 0, "representatives": 9}[kind]
            self.bodies[kind] = one
            seated = 0
            for name in names[start:]:
                if seated == n:
                    break
                seated += self._seat(one, name, "head" if seated == 0 else "member", at)
        return True

    def _seat(self, one, name, office, at):
        try:
            bodies.take_seat(governing_body_id=one.pk, name=name, office=office, from_on=today(at), basis="换届选举" if one.kind == "committee" else "小组推选", by=self.by, at=at)
        except Refused:  # near kin of the committee, or somebody of the same name meanwhile
            return 0
        return 1

    def second(self):
        """The village's other account, or the township's filing hand where there is no other."""
        there = Post.objects.filter(to_on=None, user__is_active=True).order_by("user__username")
        other = there.filter(role=Role.VILLAGE_WORKER, organisation__area=self.village).exclude(user=self.by).first()
        return User.objects.get(pk=(other or there.filter(role=Role.TOWNSHIP_WORKER, organisation__area=self.village.parent_id).first()).user_id)

    def item(self, body, title, words, at, **facts):
        """Somebody brings something."""
        given = {"source": "villager", "kind": "surroundings", "proposed_on": today(at)} | facts
        return agenda.propose_item(governing_body_id=self.bodies[body].pk, title=title, words=words, by=self.by, at=at, **given)

    def called(self, kind, at, items, **facts):
        """A meeting is called for that evening, its agenda set."""
        one = meetings.call_meeting(governing_body_id=self.bodies[kind].pk, day=today(at), place="村委会会议室", told_on=today(at) - timedelta(days=4), counting="seats", by=self.by, at=at - timedelta(days=3, hours=2), **facts)
        for item in items:
            agenda.put_item(agenda_item_id=item.pk, meeting=one, by=self.by, at=at - timedelta(days=3, hours=1))
        self.told["meetings"] += 1
        return one

    def opened(self, one, came, at):
        """It opens, so many come, one is excused."""
        chair = one.body.seats.filter(office="head").first()
        one = meetings.open_meeting(meeting_id=one.pk, chair=chair, by=self.by, at=at)
        for n, row in enumerate(one.roll.order_by("seat__office", "pk")):
            if n <= came:
                how = {"came": Came.PRESENT} if n < came else {"came": Came.EXCUSED, "reason": "在县城办事"}
                meetings.mark_roll(meeting_seat_id=row.pk, **how, by=self.by, at=at + timedelta(minutes=n))
        return one

    def decided(self, item, at, votes, conclusion, who, **facts):
        """It is talked about and voted on."""
        agenda.note_words(agenda_item_id=item.pk, minutes=facts.pop("minutes"), by=self.by, at=at)
        given = {"ruling": "pass", "votes_for": votes, "votes_against": 1, "conclusion": conclusion, "answers": who, "due_on": today(at) + timedelta(days=60)} | facts
        agenda.rule_on_item(agenda_item_id=item.pk, **given, by=self.by, at=at)
        self.told["decided"] += 1

    def closed(self, one, at):
        """It closes: the paper minutes are signed by all, two witness them."""
        one.refresh_from_db()
        witnesses = [row.seat for row in one.roll.filter(came=Came.PRESENT)[:2]]
        meetings.close_meeting(meeting_id=one.pk, witness_one=witnesses[0], witness_two=witnesses[1], signatures=one.present, by=self.by, at=at)

    def published(self, item, at, words):
        """It is filed, answered by the township, put up."""
        deciding.file_decision(agenda_item_id=item.pk, filed_on=today(at), heard="村党组织、村民委员会同意", by=self.by, at=at)
        township = Post.objects.filter(role=Role.TOWNSHIP_WORKER, to_on=None, organisation__area=self.village.parent_id).select_related("user").first()
        filing = AgendaItem.objects.get(pk=item.pk).filing
        if township and self.told["answered"] == 0:
            deciding.answer_filing(filing_id=filing.pk, opinion="agreed", words="", by=User.objects.get(pk=township.user_id), at=at + timedelta(days=1))
            self.told["answered"] += 1
        deciding.post_notice(agenda_item_id=item.pk, from_on=today(at), until_on=today(at) + timedelta(days=14), where="村务公开栏、各组院坝", words=words, by=self.by, at=at + timedelta(minutes=5))
        self.told["notices"] += 1
        return AgendaItem.objects.get(pk=item.pk).notices.get()


def _quarter(it, now):
    """What happened: a first meeting that decides, a second without enough people, a third that decides again and sends one item on."""
    first = now - timedelta(days=75)
    pool = it.item("council", "三组垃圾池搬到路口", "垃圾池离水井不到十米,一下雨就淌水,要搬到路口。", first - timedelta(days=9), brought_by="")
    feast = it.item("council", "红白喜事一桌不超过十二个菜", "办酒越办越大,大家都难,想定个规矩。", first - timedelta(days=8), kind="hot", source="representative")
    one = it.opened(it.called("council", first, [pool, feast]), 7, first)
    at = first + timedelta(minutes=40)
    it.decided(pool, at, 6, "垃圾池年底前搬到三组路口,加盖。", "村委会副主任", minutes="路口好收运。有一户担心味道,答应加盖、每天清运。")
    agenda.rule_on_item(agenda_item_id=feast.pk, ruling="defer", conclusion="先到各组问问意见", by=it.by, at=at + timedelta(minutes=20))
    it.closed(one, at + timedelta(minutes=40))
    notice = it.published(pool, first + timedelta(days=2), "垃圾池年底前搬到三组路口,加盖,每天清运。")
    _objected(it, notice, first + timedelta(days=6))
    second = now - timedelta(days=45)
    one = it.opened(it.called("council", second, []), 3, second)
    meetings.fail_meeting(meeting_id=one.pk, reason="收谷子,只来了三个人,改下个月开", by=it.by, at=second + timedelta(minutes=40))
    _third(it, now - timedelta(days=16), now)


def _objected(it, notice, at):
    """Somebody objects by name, the supervision upholds it: the notice comes down, the council talks again."""
    deciding.tell_objection(public_notice_id=notice.pk, words="路口正对我家灶房,换到晒坝边上行不行。", name="", way="spoken", told_on=today(at), by=it.by, at=at)
    one = notice.objections.get()
    deciding.answer_objection(objection_id=one.pk, outcome="upheld", answer="到现场看过,路口离灶房太近,退回议事会另选地点。", answered_for="村务监督委员会", by=it.second(), at=at + timedelta(days=3))
    it.told["objections"] += 1


def _third(it, at, now):
    again = AgendaItem.objects.get(came_from__title="三组垃圾池搬到路口", state="item_proposed")
    water = it.item("council", "饮水池清洗和管护分工", "水池两年没洗,要清洗,往后谁管要说清楚。", at - timedelta(days=6), source="committee", kind="key_work")
    road = it.item("council", "二组入户路筹资筹劳", "入户路要硬化,想每户投工两个、出一点钱。", at - timedelta(days=5), kind="major", matter="public_works")
    one = it.opened(it.called("council", at, [again, water, road]), 8, at)
    it.decided(again, at + timedelta(minutes=30), 7, "垃圾池改到晒坝下方,加盖,冬月前建好。", "村委会副主任", minutes="都同意离人户远一点。", ruling="amend")
    it.decided(water, at + timedelta(minutes=50), 8, "腊月前清洗一次,往后三个组轮着管,一组一年。", "村委会主任", minutes="各组轮流,管的那组出两个人。", votes_against=0)
    agenda.send_item_on(agenda_item_id=road.pk, body=it.bodies["representatives"], reason="都同意修;筹资筹劳议事会定不了,提交村民代表会议。", by=it.by, at=at + timedelta(minutes=65))
    it.closed(one, at + timedelta(minutes=80))
    notice = it.published(water, at + timedelta(days=2), "饮水池腊月前清洗,往后三个组轮着管。")
    deciding.tell_objection(public_notice_id=notice.pk, words="三组离水池远,轮到三组管不方便。", name="", way="paper", told_on=today(at + timedelta(days=8)), by=it.by, at=at + timedelta(days=8))
    it.told["objections"] += 1
    _representatives(it, at + timedelta(days=8))
    coming = now + timedelta(days=1)
    it.item("council", "场坝路灯坏了三盏", "晚上看不见,老人不敢走。", now - timedelta(days=3))
    it.told["waiting"] = AgendaItem.objects.filter(state="item_proposed").count()
    meetings.call_meeting(governing_body_id=it.bodies["council"].pk, day=today(coming) + timedelta(days=3), place="村委会会议室", told_on=today(now), counting="seats", by=it.by, at=now)


def _representatives(it, at):
    """The representatives decide what was sent to them."""
    road = AgendaItem.objects.get(title="二组入户路筹资筹劳", state="item_proposed")
    one = it.opened(it.called("representatives", at, [road]), 7, at)
    it.decided(road, at + timedelta(minutes=30), 6, "每户投工两个,不收现金,材料用村里的水泥。", "二组组长", minutes="出工的多,出钱的难,定出工不出钱。")
    it.closed(one, at + timedelta(minutes=50))
    it.published(road, at + timedelta(days=1), "二组入户路:每户投工两个,不收现金。")
