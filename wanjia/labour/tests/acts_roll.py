"""How the acts on labourers and rounds are done rightly, and how each of their refusals is met: what the house's generated tests try."""

from datetime import date

from wanjia.kernel.tests.tried import MONDAY, Felt, Tried
from wanjia.registry.duplicates.commands import merge_people
from wanjia.registry.models import Person

from ..models import Round, Spell, Worker
from ..rounds.commands import open_round
from ..workers.commands import enrol_worker, record_spell, take_off

DAY = MONDAY.date()
AWAY = {"place": "outside", "area": "330000", "from_on": date(2026, 3, 1), "employer_name": "宁波某电子厂", "how": "self", "evidence": "declared"}
KEEPS = "village_worker township_worker station_worker labour_officer"


def anew(world, name):
    """Read an actor of the world anew, as the doors do."""
    user = getattr(world, name)
    return type(user).objects.get(pk=user.pk)


def who(world):
    return {"by": anew(world, "visitor"), "at": MONDAY}


def grown(world):
    """Wang the head: of the register, not on the roll yet."""
    return {"person_id": world.register.head.pk}


def enrolled(world):
    """Wang on the roll."""
    if not Worker.objects.filter(pk=world.register.head.pk).exists():
        enrol_worker(**grown(world), **who(world))
    return {"worker_id": world.register.head.pk}


def away(world):
    """Wang works in Zhejiang."""
    what = enrolled(world)
    record_spell(**what, **AWAY, **who(world))
    return what


def spell(world):
    away(world)
    return {"spell_id": Spell.objects.get(worker_id=world.register.head.pk).pk}


def off(world):
    """Wang left the roll."""
    what = enrolled(world)
    take_off(**what, because="service", on=DAY, **who(world))
    return what


def round_of(world):
    """A round runs in the township."""
    return {"round_id": open_round(area=world.xisha, to_on=date(2026, 11, 20), by=anew(world, "labour"), at=MONDAY).pk}


def written(**facts):
    """Write something about Wang past every act, before the act is tried."""
    return lambda world, _what: Person.objects.filter(pk=world.register.head.pk).update(**facts) and None


def gone_off(world, what):
    take_off(worker_id=world.register.head.pk, because="service", on=DAY, **who(world))


def twice(world, what):
    """Another record of the register swallowed Wang's."""
    home = world.register.register("王建国", date(1985, 3, 2), 55)
    merge_people(kept_id=home.memberships.get().person_id, gone_id=world.register.head.pk, reason="同一个人登记了两次", by=anew(world, "clerk"), at=MONDAY)


NO_POST = {"您的岗位没有登记、更新劳动力情况的权限。": Felt(by="township_leader")}
NO_DUTY = NO_POST | {"此人不在您的辖区。": Felt(by="stranger")}
ON_ROLL = NO_DUTY | {"此人已退出劳动力名册。要更新的,请先恢复。": Felt(before=gone_off)}
FITS = {
    "这条记录已并入另一条,请到合并后的记录里办。": Felt(before=twice),
    "此人已登记去世。": Felt(before=written(died_on=DAY)),
    "没有登记出生日期,算不出是不是劳动年龄。请先补上出生日期。": Felt(before=written(birth_on=None)),
    "不在劳动年龄:年满 16 周岁、还没有到法定退休年龄的才列入。": Felt(before=written(birth_on=date(1940, 1, 1))),
    "城镇户籍的不列入农村劳动力名册。户籍类型登记错了的,请先更正。": Felt(before=written(hukou_kind="urban")),
    "登记为在校的不列入。已经毕业、离校的,请先更新在校状态。": Felt(before=written(schooling="senior")),
    "登记为没有劳动能力的不列入。情况变了的,请先更新劳动能力。": Felt(before=written(labour="lost")),
}
TOLD = {
    "外出时间不能晚于今天。": Felt(what={"from_on": date(2026, 12, 1)}),
    "外出时间早于年满 16 周岁那天,请核对年份。": Felt(what={"from_on": date(1, 1, 1)}),
    "返回时间不能晚于今天。": Felt(what={"to_on": date(2026, 12, 1)}),
    "返回时间不能早于外出时间。": Felt(what={"to_on": date(2026, 2, 1)}),
    "“有组织输出”要有花名册、劳动合同、名册或参保记录作佐证;只凭自报的,请选“自发外出”或“亲友介绍”。": Felt(what={"how": "organised", "evidence": "declared"}),
    "“点对点输送”的一定是有组织输出。": Felt(what={"carried": True, "how": "self"}),
    "务工地和务工区域对不上,请重新选择。": Felt(what={"area": "110000", "place": "county"}),
}

def of_city(world):
    """A labour officer of the whole city."""
    from wanjia.orgs.models import Tier
    from wanjia.orgs.roles import Role
    from wanjia.registry.tests.factories import unit, worker

    return worker("shi-renshe", "市就业", unit("昭通市人力资源和社会保障局", Tier.COUNTY, city(world), "labour"), Role.LABOUR_OFFICER)


ACTS = {
    "labour.enrol_worker": Tried("visitor", grown, {"person_id": None}, may=KEEPS, spoil=NO_POST | FITS | {
        "此人已经在劳动力名册里,或者曾经退出。请打开他的劳动力页面。": Felt(before=lambda w, _what: enrolled(w))}),
    "labour.record_spell": Tried("visitor", lambda w: enrolled(w) | AWAY, {"pay": 5000}, may=KEEPS, spoil=ON_ROLL | TOLD | {
        "和 %(from)s 起的一段务工有重叠。一个人一天只算在一个地方,请先更正那一段。": Felt(before=lambda w, _what: away(w) and None)}),
    "labour.end_spell": Tried("visitor", lambda w: away(w) | {"on": DAY, "because": "over"}, {"because": "unpaid"}, may=KEEPS, spoil=ON_ROLL | {
        "没有登记着的务工,不用结束。": Felt(before=lambda w, _what: Spell.objects.update(to_on=DAY) and None),
        "返回时间不能晚于今天。": Felt(what={"on": date(2026, 12, 1)}),
        "返回时间不能早于外出时间。": Felt(what={"on": date(2026, 1, 1)})}),
    "labour.correct_spell": Tried("visitor", lambda w: spell(w) | AWAY | {"pay": 6000}, {"pay": 7000}, may=KEEPS, spoil=NO_DUTY | TOLD | {
        "和 %(from)s 起的一段务工有重叠。一个人一天只算在一个地方,请先更正那一段。": Felt(
            what={"from_on": date(2026, 1, 15)},
            before=lambda w, _what: record_spell(**enrolled(w), place="county", from_on=date(2026, 1, 1), to_on=date(2026, 2, 1), **who(w)))}),
    "labour.set_facts": Tried("visitor", lambda w: enrolled(w) | {"trade": "cook"}, {"trade": "drive"}, may=KEEPS, spoil=ON_ROLL),
    "labour.take_off": Tried("visitor", lambda w: enrolled(w) | {"because": "moved", "on": DAY}, {"because": "unable"}, may=KEEPS, spoil=ON_ROLL | {
        "去世的、重复登记的请在户册里登记,名册会自己跟上。": Felt(what={"because": "died"}),
        "退出的日期不能晚于今天。": Felt(what={"on": date(2026, 12, 1)}), "退出的日期不能早于列入名册的 %(day)s。": Felt(what={"on": date(2025, 1, 1)})}),
    "labour.bring_back": Tried("visitor", off, {"worker_id": None}, may=KEEPS, spoil=NO_DUTY | FITS | {
        "此人在名册里。": Felt(before=lambda w, _what: Worker.objects.update(left_on=None, left_because="") and None),
        "这条名册已随重复的人员并入另一条。要恢复的,请到“疑似重复”里撤销合并。": Felt(before=lambda w, _what: Worker.objects.update(left_because="twice") and None)}),
    "labour.note_contact": Tried("visitor", lambda w: enrolled(w) | {"result": "there"}, {"result": "off"}, may=KEEPS, spoil=ON_ROLL | {
        "日期不能晚于今天。": Felt(what={"on": date(2026, 12, 1)}),
        "登记里他没有在外务工,不用记“回来了”。还在家的,记“还在那里”。": Felt(what={"result": "back"}),
        "请选换到哪里了。": Felt(what={"result": "moved"}),
        "答“换了地方”才填换到哪里。": Felt(what={"place": "city"})}),
    "labour.see_number": Tried("visitor", enrolled, {"worker_id": None}, may=KEEPS, spoil=ON_ROLL | {
        "未满 18 周岁的,电话只在儿童档案里。": Felt(before=written(birth_on=date(2010, 1, 1)))}),
    "labour.open_round": Tried("labour", lambda w: {"area": w.xisha, "to_on": date(2026, 11, 20)}, {"to_on": date(2026, 11, 30)}, may="labour_officer", spoil={
        "您的岗位没有组织集中摸排的权限。": Felt(by="visitor"),
        "这个地方不在您的辖区。": Felt(what=lambda w: {"area": far(w)}),
        "摸排按县、乡镇或村组织。全市的请各县分别开。": Felt(by=of_city, what=lambda w: {"area": city(w)}),
        "“%(area)s”的摸排还没有结束,同一个地方一次只开一轮。": Felt(before=lambda w, _what: round_of(w)),
        "最后一天不能早于今天。": Felt(what={"to_on": date(2026, 10, 1)})}),
    "labour.close_round": Tried("labour", lambda w: round_of(w) | {"because": "改为全县一起"}, {"because": "人手不够"}, may="labour_officer", spoil={
        "您的岗位没有组织集中摸排的权限。": Felt(by="visitor"),
        "这个地方不在您的辖区。": Felt(before=lambda w, _what: Round.objects.update(area=far(w)) and None),
        "这一轮已经结束了。": Felt(before=lambda w, _what: Round.objects.update(closed_on=DAY) and None)}),
    "labour.close_over": Tried("clock", lambda w: round_of(w), {"round_id": None}, spoil={
        "摸排到期由系统结束,不由人代走。要提前结束的,请在这一轮的页面上点“提前结束”。": Felt(by="labour")}),
    "labour.follow_day": Tried("clock", lambda w: {"people": [enrolled(w)["worker_id"]]}, {"people": []}, spoil={
        "到了日子的身份由系统带进劳动力名册,不由人代走。": Felt(by="visitor")}),
}  # fmt: skip


def far(world):
    """A township of another county."""
    from wanjia.orgs.models import Level
    from wanjia.registry.tests.factories import area

    return area("530621101000", "水磨镇", Level.TOWNSHIP, area("530621000000", "鲁甸县", Level.COUNTY))


def city(world):
    """The whole city."""
    from wanjia.orgs.models import Level
    from wanjia.registry.tests.factories import area

    return area("530600000000", "昭通市", Level.CITY)

