"""Two disputes of the demo county's village: one agreed, kept and confirmed by the court, one that is being mediated. All words are invented."""

from collections import Counter
from datetime import timedelta

from django.utils import timezone

from wanjia.kernel.calendar import CHINA, today
from wanjia.orgs.accounts.commands import give_post
from wanjia.orgs.models import Post, User
from wanjia.orgs.roles import Role
from wanjia.verdict import Refused

from ..agreeing import commands as agreeing
from ..bodies import commands as bodies
from ..bodies import rolls
from ..mediation import commands as mediation
from ..models import BodySeat, GoverningBody, MediationCase

DAYS = 50  # so long ago it began
SEATS = 5


def live(code, say):
    """Live them once, in the village whose bodies meet; returns {what: how many}."""
    told, council = Counter(), GoverningBody.objects.filter(area__code__startswith=code[:6], kind="council").select_related("area").first()
    if council is None or MediationCase.objects.exists():
        return told
    at = timezone.now().astimezone(CHINA).replace(hour=9, minute=0, second=0, microsecond=0) - timedelta(days=DAYS)
    hands = [_mediator(role, area, code, at) for role, area in ((Role.VILLAGE_WORKER, council.area_id), (Role.TOWNSHIP_WORKER, council.area.parent_id))]
    if not all(hands) or not _committee(council, hands[0], at):
        return told
    _agreed(council.area, *hands, at, told)
    _going_on(council.area, hands[0], at + timedelta(days=DAYS - 12), told)
    say(f"  矛盾调解:受理 {told['taken']} 件,达成协议 {told['agreed']} 件 / {told['taken']} disputes taken up, {told['agreed']} agreed")
    return told


def _mediator(role, area, code, at):
    """Give whoever works there a second post: people's mediator."""
    post = Post.objects.filter(role=role, to_on=None, organisation__area_id=area, user__is_active=True).select_related("organisation").order_by("user__username").first()
    admin = Post.objects.filter(role=Role.ADMINISTRATOR, to_on=None, organisation__area__code__startswith=code[:6]).first()
    if post is None or admin is None:
        return None
    give_post(user_id=post.user_id, organisation=post.organisation, role=Role.MEDIATOR, from_on=today(at), by=User.objects.get(pk=admin.user_id), at=at)
    return User.objects.get(pk=post.user_id)


def _committee(council, by, at):
    """A committee of five, women among them, chosen by the representatives; False where too few are known by their names alone."""
    village = council.area
    people = list(rolls.adults(village.pk, "", today(at)).order_by("-sex", "pinyin", "pk").values_list("name", flat=True))
    names = [name for name in dict.fromkeys(people) if people.count(name) == 1]
    chosen = [*names[:2], *names[-(SEATS - 2) :]]
    if len(set(chosen)) < SEATS:
        return False
    term = today(at).replace(year=today(at).year + 3, day=min(today(at).day, 28))
    one = bodies.found_body(area=village, kind="mediation", name=f"{village.short_name}人民调解委员会", from_on=today(at), aliases="调委会", term_until=term, by=by, at=at)
    for n, name in enumerate(chosen):
        bodies.take_seat(governing_body_id=one.pk, name=name, office="head" if n == 0 else "member", from_on=today(at), basis="村民代表会议推选", by=by, at=at)
    return True


def _opened(village, by, at, others, **facts):
    """A dispute between two of the roll: taken up, both told, a mediator chosen who is kin of neither."""
    case = mediation.take_case(village=village, refuses=False, by=by, at=at, **facts)
    for side, name in zip(("side_one", "side_two"), others, strict=True):
        mediation.add_party(mediation_case_id=case.pk, side=side, name=name, ours=True, by=by, at=at)
    for party in case.parties.all():
        mediation.tell_rights(mediation_case_id=case.pk, party=party, way="read_out", day=today(at), by=by, at=at)
    for seat in BodySeat.objects.filter(body__kind="mediation", body__area=village).order_by("office", "pk"):
        try:
            return mediation.choose_mediator(mediation_case_id=case.pk, mediator=seat, chosen="by_parties", by=by, at=at)
        except Refused:  # kin of a party
            continue
    return case


def _two(village, at, skip):
    """Two of the roll whom their names alone tell, and who sit in nothing."""
    people = list(rolls.adults(village.pk, "", today(at)).exclude(pk__in=BodySeat.objects.filter(body__area=village).values("person")).order_by("pinyin", "pk").values_list("name", flat=True))
    names = [name for name in dict.fromkeys(people) if people.count(name) == 1]
    return names[skip : skip + 2]


def _agreed(village, by, other, at, told):
    """A boundary: agreed in a week, kept in three, confirmed by the court."""
    case = _opened(village, by, at, _two(village, at, 3), kind="neighbours", source="asked", people=6, money="1200", facts="两家为院墙占了过道吵了一个月,甲方的墙砌出去半米,乙方的车进不来。")
    told["taken"] += 1
    sat = at + timedelta(days=4)
    case_id = case.pk
    mediation.note_sitting(mediation_case_id=case_id, kind="inquiry", day=today(sat), place="两家门口", words="拿皮尺量了,墙比老地界多出去四十八厘米。", by=by, at=sat)
    mediation.note_sitting(mediation_case_id=case_id, kind="sitting", day=today(sat), place="村委会调解室", words="甲方承认没有量就砌了墙,愿意退回来;乙方愿意补一半拆墙的工钱。", by=by, at=sat)
    agreeing.draw_agreement(
        mediation_case_id=case_id, written=True, disputed="院墙比老地界多出去四十八厘米,乙方的车进不来。", liable="甲方砌墙没有量地界;乙方没有早说。", manner="甲方自己拆,乙方当场付工钱", due_on=today(sat) + timedelta(days=20),
        wants_court=True, by=by, at=sat,
    )  # fmt: skip
    for words, days, money in (("甲方把院墙退回老地界", 15, ""), ("乙方付甲方一半拆墙的工钱", 20, "600")):
        agreeing.add_term(mediation_case_id=case_id, words=words, due_on=today(sat) + timedelta(days=days), money=money, by=by, at=sat)
    for party in case.parties.all():
        agreeing.note_signature(mediation_case_id=case_id, party=party, way="by_finger", day=today(sat), by=by, at=sat)
    agreeing.seal_agreement(mediation_case_id=case_id, mediator_signed=True, by=other, at=sat + timedelta(hours=5))
    agreeing.apply_to_court(mediation_case_id=case_id, jointly=True, court="永善县人民法院", day=today(sat) + timedelta(days=3), by=by, at=sat + timedelta(days=3))
    agreeing.hear_court(mediation_case_id=case_id, word="court_confirmed", day=today(sat) + timedelta(days=12), number="(示例)民特1号", by=by, at=sat + timedelta(days=13))
    for term in case.agreement.terms.all():
        agreeing.tell_term(mediation_case_id=case_id, term=term, done=True, words="到场看过,做到了", by=by, at=sat + timedelta(days=18))
    agreeing.recheck_case(mediation_case_id=case_id, day=today(sat) + timedelta(days=30), kept="kept_whole", words="墙退回来了,车能进了,两家一起修了路口。", by=by, at=sat + timedelta(days=30))
    told["agreed"] += 1


def _going_on(village, by, at, told):
    """Water for two fields: they sat once, and go on."""
    case = _opened(village, by, at, _two(village, at, 7), kind="land", source="own_motion", people=4, facts="两家为旱季抢水沟的水吵起来,各说各的先用。")
    told["taken"] += 1
    mediation.note_sitting(mediation_case_id=case.pk, kind="sitting", day=today(at), place="水沟边", words="商量按天轮流放水,下次带上小组长再定。", by=by, at=at + timedelta(hours=3))
