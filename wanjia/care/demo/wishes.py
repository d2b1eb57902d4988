"""Small wishes of the tour's township in every state, and shoes given out to a whole school, lived up to yesterday by the acts themselves."""

import random
from collections import Counter
from datetime import timedelta

from django.utils import timezone

from wanjia.kernel.calendar import CHINA, today
from wanjia.orgs.models import Organisation, Post, User
from wanjia.orgs.roles import Role
from wanjia.orgs.workdays.hours import CLOCK
from wanjia.policy.statuses import months_after
from wanjia.registry.finding import protected
from wanjia.registry.models import Person
from wanjia.registry.people.commands import update_person
from wanjia.verdict import Refused

from ..gifts import commands as gifts
from ..models import Wish
from ..wishes import commands as wishes

THINGS = (
    ("sport", "跑步鞋", "35", "118"), ("books", "一套课外书", "", "86"), ("study_things", "护眼台灯", "", "129"), ("sport", "5 号篮球", "", "78"), ("clothes", "冬天的棉衣", "140", "158"),
    ("art_things", "24 色水彩笔", "", "35"), ("study_things", "双肩书包", "", "95"), ("toys", "拼装积木", "", "68"), ("daily", "保温水壶", "", "49"), ("books", "新华字典", "", "33"),
    ("sport", "跳绳和毽子", "", "28"), ("art_things", "竖笛", "", "45"), ("company", "去一次科技馆", "", "60"), ("clothes", "雨衣和雨鞋", "34", "75"),
)  # fmt: skip
# How far each has come, and how many days ago its child said it. What the clock puts back comes before what it must leave alone.
LIVES = (
    ("archived", 75), ("archived", 70), ("archived", 66), ("archived", 61), ("archived", 58), ("paid", 55), ("confirmed", 28), ("confirmed", 22), ("confirmed", 16),
    ("released", 13), ("delivered", 10), ("received", 9), ("claimed", 8), ("claimed", 4), ("published", 7), ("published", 5), ("published", 4), ("rejected", 6), ("collected", 1), ("collected", 1),
)  # fmt: skip
DONORS = (("a_unit", "金沙江建材公司"), ("a_person", "热心市民"), ("a_group", "移民安置局青年小组"))
THANKS = ("很合适,我天天用。谢谢您!", "我从来没有过这么好的,谢谢。", "我会好好学习。")
PUPILS, SIZES = 48, ("30", "31", "32", "33", "34", "35", "36", "37", "38")
GRADES = ((7, "一年级"), (8, "二年级"), (9, "三年级"), (10, "四年级"), (11, "五年级"), (12, "六年级"))


def live(code, say):
    """Live them once; returns {what: how many}. Nothing where the tour's village worker is missing, or wishes stand already."""
    told, by, other = Counter(), User.objects.filter(username="datong").first(), User.objects.filter(username="xisha").first()
    if by is None or other is None or not by.live_posts or not by.live_posts[0].organisation.area_id.startswith(code[:6]) or Wish.objects.filter(area__code__startswith=code[:6]).exists():
        return told
    village = by.live_posts[0].organisation.area
    now = timezone.now().astimezone(CHINA).replace(hour=17, minute=10, second=0, microsecond=0) - timedelta(days=1)
    school = Organisation.objects.filter(posts__role=Role.SCHOOL_WORKER, posts__to_on=None, to_on=None, area=village.parent).order_by("name").first()
    if school is not None:
        _shoes(school, village.parent, other, now, told)
    first, end = village.parent.span()
    posts = Post.objects.filter(role=Role.VILLAGE_WORKER, to_on=None, organisation__area__code__gte=first, organisation__area__code__lt=end).select_related("user", "organisation")
    near = {post.organisation.area_id: post.user for post in posts} | {village.pk: by}
    old = months_after(today(now), -12 * 4)
    children = Person.objects.filter(protected(day=today(now)), village__in=near, merged_into=None, died_on=None, birth_on__lt=old).order_by("pk")
    for n, (child, (far, ago)) in enumerate(zip(children, LIVES, strict=False)):
        try:
            _wish(child, n, far, now - timedelta(days=ago), near[child.village_id], other)
        except Refused:  # a child of whom the register knows too little
            continue
        told["wishes"] += 1
    wishes.watch_claims(by=CLOCK, at=now)
    say(f"  微心愿 {told['wishes']} 个,一校发鞋 {told['gifts']} 双 / {told['wishes']} small wishes, {told['gifts']} pairs of shoes at one school")
    return told


def _wish(child, n, far, said, by, other):
    """One wish as far as it has come; the village's worker collects and brings, the township's judges and confirms."""
    kind, thing, size, cost = THINGS[n % len(THINGS)]
    facts = {"kind": kind, "thing": thing, "size": size, "cost": cost}
    wishes.note_wish(child_id=child.pk, **facts, by=by, at=said)
    what = {"wish_id": Wish.objects.get(child=child).pk}
    if far == "collected":
        return
    if far == "rejected":
        wishes.reject_wish(**what, reason="家里上个月刚添过,请换一个", by=other, at=said + timedelta(days=1))
        return
    wishes.publish_wish(**what, **facts, by=other, at=said + timedelta(days=1))
    if far == "published":
        return
    donor, name = DONORS[n % len(DONORS)]
    wishes.take_claim(**what, kind=donor, name=name, phone=f"138870001{n:02d}", by=other, at=said + timedelta(days=2))
    if far == "released":
        wishes.watch_claims(by=CLOCK, at=said + timedelta(days=10))
    if far in ("released", "claimed"):
        return
    _brought(what, n, far, cost, said, by, other)


def _brought(what, n, far, cost, said, by, other):
    day = said + timedelta(days=4 + n % 4)
    if far == "paid":
        for kind, amount, words in (("money_given", "150", ""), ("money_spent", cost, "文具店发票"), ("money_back", str(150 - int(cost)), "余款退还")):
            wishes.note_money(**what, kind=kind, amount=amount, words=words, by=other, at=day)
    wishes.receive_thing(**what, by=other, at=day)
    if far == "received":
        return
    wishes.deliver_wish(**what, through="by_officer", by=by, at=day + timedelta(days=1))
    if far == "delivered":
        return
    wishes.confirm_wish(**what, signer="guardian", signed_by="家里老人", by=other, at=day + timedelta(days=3))
    wishes.thank_donor(**what, words=THANKS[n % len(THANKS)], by=other, at=day + timedelta(days=4))
    if far in ("archived", "paid"):
        wishes.ask_again(**what, after="in_use", by=other, at=day + timedelta(days=34))


def _shoes(school, township, other, now, told):
    """Shoes for each pupil whom the register has at the township's school: sizes by class, ordered, handed out, closed by somebody else."""
    teacher = school.posts.get(role=Role.SCHOOL_WORKER, to_on=None).user if school.posts.filter(role=Role.SCHOOL_WORKER, to_on=None).count() == 1 else None
    if teacher is None:
        return
    begun, dice = now - timedelta(days=45), random.Random(school.name)
    first, end = township.span()
    born = (months_after(today(now), -12 * 12), months_after(today(now), -12 * 7))
    for child in Person.objects.filter(village_id__gte=first, village_id__lt=end, birth_on__gt=born[0], birth_on__lte=born[1], merged_into=None, died_on=None).order_by("pk")[:PUPILS]:
        grade = next((words for age, words in GRADES if child.age_on(today(now)) <= age), GRADES[-1][1])
        update_person(person_id=child.pk, version=child.version, school_name=school.name, grade=grade, schooling="primary", by=other, at=begun)
    try:
        one = gifts.open_distribution(school=school, name="冬季运动鞋", thing="运动鞋", sizing="shoes", giver="金江余晖志愿服务队", by=teacher, at=begun)
    except Refused:
        return
    what = {"distribution_id": one.pk}
    sizes = {str(pk): dice.choice(SIZES) for pk in one.roll.order_by("pk").values_list("pk", flat=True)}
    gifts.note_sizes(**what, sizes=sizes, by=teacher, at=begun + timedelta(days=3))
    gifts.order_things(**what, by=teacher, at=begun + timedelta(days=5))
    counts = {row.size: row.ordered for row in one.stock.all()}
    gifts.note_stock(**what, counts=counts, by=teacher, at=begun + timedelta(days=20))
    for grade in sorted(set(one.roll.values_list("grade", flat=True))):
        got = {str(row.pk): row.size for row in one.roll.filter(grade=grade)}
        gifts.hand_out(**what, got=got, witness="班主任", by=teacher, at=begun + timedelta(days=21))
    gifts.close_distribution(**what, rest="余下的放学校仓库,换码用", by=other, at=begun + timedelta(days=25))
    told["gifts"] += one.roll.count()
