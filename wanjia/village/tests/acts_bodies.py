"""How the acts of bodies are done rightly, and how each of their refusals is met."""

from datetime import timedelta

from wanjia.kernel.tests.tried import Felt, Tried
from wanjia.registry.models import Membership, Person

from ..models import BodySeat, GoverningBody
from .factories import DAY, FOUNDED, body, home, meeting, seat, villager

NO_DUTY, OUT, ENDED = "您的岗位没有登记村民自治的权限。", "这个村(社区)不在您的范围。", "这个组织已经撤销。"
VILLAGE = "village_worker"
SITTING = "“%(body)s”正在开会,散会以后再改成员。"


def elsewhere(world):
    """A village worker of another township."""
    from wanjia.orgs.models import Tier
    from wanjia.orgs.roles import Role
    from wanjia.registry.tests.factories import unit, worker

    return worker("xinmin", "新村干", unit("新民村村民委员会", Tier.VILLAGE, world.xinmin), Role.VILLAGE_WORKER)


def founding(world, **facts):
    """A council is entered."""
    return {"area": world.datong, "kind": "council", "name": "大同村村民协商议事会", "from_on": FOUNDED} | facts


def stands(world, **facts):
    """A council stands."""
    return {"governing_body_id": body(world).pk} | facts


def seating(world, **facts):
    """Somebody of the village is seated."""
    villager(world, 3)
    return stands(world, name="吉有福", office="member", from_on=DAY) | facts


def ending(world, **facts):
    """A seat ends."""
    return {"body_seat_id": seat(world, body(world), 3).pk, "to_on": DAY, "reason": "外出务工"} | facts


def gone(world, _what):
    """The body was ended meanwhile."""
    GoverningBody.objects.update(to_on=DAY)


def sits(world, _what):
    """It sits meanwhile."""
    meeting(world, "meeting_opened", of=body(world))


def supervises(world, **facts):
    """The same for the supervision."""
    return seating(world) | {"governing_body_id": body(world, "supervision").pk} | facts


def in_the_committee(world, _what):
    """He is of the committee already."""
    seat(world, body(world, "committee"), 3)


def lives_with_one(world, _what):
    """His wife is."""
    wife = Person.objects.create(name="吉妻", birth_on=villager(world, 3).birth_on, village=world.datong, registered_at="2026-11-02T01:00:00Z")
    Membership.objects.create(person=wife, household=home(world, 3), relation="配偶", from_on=FOUNDED)
    BodySeat.objects.create(body=body(world, "committee"), person=wife, office="member", from_on=FOUNDED, seated_at="2026-11-02T01:00:00Z")


KEEPS = {NO_DUTY: Felt(by="clerk"), OUT: Felt(by=elsewhere), ENDED: Felt(before=gone)}

ACTS = {
    "village.found_body": Tried("visitor", founding, {"name": "大同议事会"}, may=VILLAGE, spoil={
        NO_DUTY: Felt(by="clerk"), OUT: Felt(what=lambda w: {"area": w.xinmin}), "村民小组会议要写明是哪个小组。": Felt(what={"kind": "group"}),
        "底数里没有这个村民小组,按户籍台账的写法填。": Felt(what={"group_name": "九组"}), "日期不能晚于今天。": Felt(what={"from_on": DAY + timedelta(days=1)}),
        "任期届满要晚于成立日期。": Felt(what={"term_until": FOUNDED}), "这个村(社区)、小组已经有这个组织。": Felt(before=lambda w, what: body(w)),
    }),
    "village.change_body": Tried("visitor", lambda w: stands(w, name="花坛议事会", aliases="花田议事会、花园议事会"), {"name": "别的名"}, may=VILLAGE, spoil={
        **KEEPS, "任期届满要晚于成立日期。": Felt(what={"term_until": FOUNDED}),
    }),
    "village.end_body": Tried("visitor", lambda w: stands(w, reason="并入乡村治理委员会"), {"reason": "重新选举"}, may=VILLAGE, spoil={
        **KEEPS, "还有已通知或正在开的会议,先取消或散会。": Felt(before=lambda w, what: meeting(w, of=body(w))),
    }),
    "village.take_seat": Tried("visitor", seating, {"office": "deputy"}, may=VILLAGE, spoil={
        **KEEPS, SITTING: Felt(before=sits), "任职日期要在成立以后,不晚于今天。": Felt(what={"from_on": DAY + timedelta(days=1)}),
        "这个村(社区)的花名册里没有找到这个人。写全名,或者先在底数里登记。": Felt(what={"name": "查无此人"}),
        "这个村(社区)有几个同名的人,请填身份证后四位。": Felt(before=lambda w, what: villager(w, 40, name="吉有福")),
        "这个人已经是成员。": Felt(before=lambda w, what: seat(w, body(w), 3)),
        "已经有主任(召集人、组长),先登记他离任。": Felt(what={"office": "head"}, before=lambda w, what: seat(w, body(w), 4, "head")),
        "村务监督委员会成员不能由村民委员会成员担任。": Felt(what=supervises, before=in_the_committee),
        "村民委员会成员的近亲属(同户的家人)不能进村务监督委员会。": Felt(what=supervises, before=lives_with_one),
    }),
    "village.end_seat": Tried("visitor", ending, {"reason": "年纪大了"}, may=VILLAGE, spoil={
        NO_DUTY: Felt(by="clerk"), OUT: Felt(by=elsewhere), "这个成员已经离任。": Felt(before=lambda w, what: BodySeat.objects.update(to_on=DAY)), SITTING: Felt(before=sits),
        "离任日期要在任职以后,不晚于今天。": Felt(what={"to_on": DAY + timedelta(days=1)}),
    }),
}  # fmt: skip
