"""Nine craftsmen of the demo county's village, three who learn with them, six bookings, ventures by season. All words are invented."""

from collections import Counter
from datetime import timedelta

from django.utils import timezone

from wanjia.kernel.calendar import CHINA, today
from wanjia.orgs.roles import Role

from ..bodies import rolls
from ..crafts import commands as crafts
from ..models import Craftsman, GoverningBody, MentorPair
from ..ventures import commands as ventures
from .points import holder

DAYS = 90
SKILLS = [
    ("fields", "水稻、玉米从育秧到收"), ("fields", "花椒地除草、追肥"), ("pests", "看花椒锈病、蚜虫,配药"), ("pests", "看水稻病虫"), ("machines", "开微耕机,会修"), ("fish", "稻田养鱼,开沟放苗"),
    ("pruning", "花椒、李子树修剪"), ("breeding", "养猪、看圈舍"), ("building", "砌墙、修灶、做门窗"),
]  # fmt: skip
BOOKED = ["看花椒叶子发黄", "教放鱼苗", "修微耕机", "给李子树剪枝", "看圈舍通风", "砌猪圈的墙"]
VENTURES = [
    ("picking", "后山李子园", "三月看花,七月摘李子", 3, 7), ("meals", "火塘人家", "腊肉、土鸡、烤洋芋,提前一天说", 1, 12), ("lodging", "老街小院", "两间客房,看得见花椒坡", 5, 10),
    ("handwork", "三嫂布鞋", "手工布鞋、鞋垫", 11, 2),
]  # fmt: skip
HEARD = {"consent": "by_word", "heard": "本人答应,小组长在场"}


def live(code, say):
    """Live them once, in the village whose bodies meet; returns {what: how many}."""
    told, body = Counter(), GoverningBody.objects.filter(area__code__startswith=code[:6], kind="council").select_related("area").first()
    if body is None or Craftsman.objects.exists():
        return told
    keeper, other = (holder(Role.VILLAGE_WORKER, body.area_id), holder(Role.TOWNSHIP_WORKER, body.area.parent_id))
    begun = timezone.now().astimezone(CHINA).replace(hour=10, minute=20, second=0, microsecond=0) - timedelta(days=DAYS)
    people = _people(body.area_id, today(begun))
    if not (keeper and other) or len(people) < len(SKILLS) + 6:
        return told
    masters = [_listed(*people[n], n, keeper, other, begun + timedelta(days=n), told) for n in range(len(SKILLS))]
    _taught(masters, people[len(SKILLS) :], keeper, begun + timedelta(days=15), told)
    _booked(body.area, masters, [home for home, _name in people], keeper, begun + timedelta(days=20), told)
    _shown([home for home, _name in people], keeper, other, begun + timedelta(days=25), told)
    say(f"  乡土人才 {told['craftsmen']} 人,徒弟 {told['pairs']} 人,请师傅 {told['bookings']} 次,庭院经济 {told['ventures']} 户 / {told['craftsmen']} craftsmen, {told['bookings']} bookings")
    return told


def _people(village, day):
    """[(home, name)] of adults, one of each home, no name twice in it."""
    found = {}
    for person in rolls.adults(village, "", day).order_by("birth_on", "pk"):
        home = person.memberships.get(to_on=None).household if person.memberships.filter(to_on=None).count() == 1 else None
        if home is not None and home.pk not in found and home.memberships.filter(to_on=None, person__name=person.name).count() == 1:
            found[home.pk] = (home, person.name)
        if len(found) > len(SKILLS) + 6:
            break
    return list(found.values())


def _listed(home, name, n, keeper, other, at, told):
    """He agrees, another hand shows him."""
    skill, words = SKILLS[n]
    one = crafts.list_craftsman(home=home, name=name, called=f"{home.group_name}{name[0]}师傅", skill=skill, words=words, consented_on=today(at), **HEARD, by=keeper, at=at)
    told["craftsmen"] += 1
    return crafts.show_craftsman(craftsman_id=one.pk, by=other, at=at + timedelta(hours=3))


def _taught(masters, people, keeper, at, told):
    """Three learn; one has learned it and earns by it."""
    for n, (home, name) in enumerate(people[:3]):
        crafts.begin_mentoring(craftsman_id=masters[n * 3].pk, home=home, name=name, topic=SKILLS[n * 3][1], from_on=today(at), by=keeper, at=at)
        told["pairs"] += 1
    pair = MentorPair.objects.order_by("begun_at", "pk").first()
    crafts.end_mentoring(mentor_pair_id=pair.pk, ending="learned", earns=True, outcome="自己能管两亩,秋天多收了", by=keeper, at=at + timedelta(days=60))


def _booked(village, masters, homes, keeper, at, told):
    """Four are held, one is not for the rain, one waits for his word."""
    for n, words in enumerate(BOOKED):
        moment = at + timedelta(days=8 * n)
        one = crafts.ask_booking(craftsman=masters[n + 2], village=village, home=homes[n + 9] if n % 3 else None, words=words, by=keeper, at=moment)
        told["bookings"] += 1
        if n == len(BOOKED) - 1:
            break
        crafts.agree_booking(craft_booking_id=one.pk, day=today(moment) + timedelta(days=2), half="morning" if n % 2 else "afternoon", by=keeper, at=moment + timedelta(hours=1))
        later = {"craft_booking_id": one.pk, "by": keeper, "at": moment + timedelta(days=3)}
        crafts.fail_booking(**later, reason="下雨,路断了") if n == 3 else crafts.hold_booking(**later, outcome="去看了,教了怎么办")


def _shown(homes, keeper, other, at, told):
    """Three are shown, one with how to reach it; one waits for another hand."""
    for n, (kind, called, words, first, last) in enumerate(VENTURES):
        one = ventures.write_venture(
            home=homes[n], kind=kind, called=called, words=words, from_month=first, to_month=last, contact="提前一天在村口小店说一声" if n == 1 else "", consented_on=today(at), **HEARD, by=keeper, at=at,
        )  # fmt: skip
        told["ventures"] += 1
        if n < len(VENTURES) - 1:
            ventures.show_venture(venture_id=one.pk, by=other, at=at + timedelta(hours=2))
