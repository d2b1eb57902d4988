"""How the acts of retention are done rightly, and how each of their refusals is met: what the house's generated tests try."""

from datetime import UTC, date, datetime, timedelta

from wanjia.casework.screening.commands import decline_need
from wanjia.kernel.tests.tried import MONDAY, Felt, Tried
from wanjia.office.models import Disposal
from wanjia.office.retention import commands as retention
from wanjia.orgs.models import Post, User
from wanjia.orgs.roles import Role
from wanjia.orgs.workdays.hours import CLOCK

OLD = datetime(2022, 3, 7, 1, tzinfo=UTC)  # a Monday: what was declined then is due since 2025
WAITED = MONDAY + timedelta(days=30)
HOLD = {"ground": "lawsuit", "document": "(2026)云0625民初12号"}


def fresh(user):
    """Read a person anew, as the doors do."""
    return User.objects.get(pk=user.pk)


def dropped(world):
    """A need that was declined more than three years ago."""
    need = world.need(at=OLD)
    return decline_need(
        need_id=need.pk, decline_ground="already_has", decision_reason="已享受同类补助,不重复发放", told_on=OLD.date(), told_way="face", by=fresh(world.clerk), at=OLD
    )


def due(world):
    """What a list of it is drawn up with."""
    dropped(world)
    return {"code": "dropped", "area": world.county}


def listed(world, by="ledger"):
    """The ledger office has drawn up a list."""
    return {"disposal_id": retention.propose_disposal(**due(world), by=fresh(getattr(world, by)), at=MONDAY).pk}


def to_agree(world):
    """Another unit is asked."""
    return listed(world) | {"agree": True}


def agreed(world):
    """Another unit has agreed."""
    what = listed(world)
    retention.decide_disposal(**what, agree=True, by=fresh(world.inspector), at=MONDAY)
    return what


def carried(world, what):
    """The clock has carried it out."""
    retention.carry_some(disposal_id=what["disposal_id"], by=CLOCK, at=WAITED)


def begun(world, what):
    """The clock has disposed of one row of two."""
    disposal = Disposal.objects.get(pk=what["disposal_id"])
    together, retention.TOGETHER = retention.TOGETHER, 1
    try:
        retention.carry_some(disposal_id=disposal.pk, by=CLOCK, at=WAITED)
    finally:
        retention.TOGETHER = together


def two_agreed(world):
    """A list of two rows was agreed to."""
    dropped(world)
    return agreed(world)


def decided(world, what):
    """Another has decided on it meanwhile."""
    retention.decide_disposal(disposal_id=what["disposal_id"], agree=False, words="先问档案局", by=fresh(world.inspector), at=MONDAY)


def another_list(world, what):
    """A list of a later hour stands already."""
    retention.propose_disposal(**what, by=fresh(world.ledger), at=MONDAY + timedelta(hours=2))


def spoilt(world, what):
    """Somebody wrote over the digest behind every guard."""
    Disposal.objects.filter(pk=what["disposal_id"]).update(digest="0" * 64)


def of_need(world):
    """What a hold is put on."""
    return HOLD | {"number": dropped(world).number}


def held(world, by="ledger"):
    """The ledger office holds a row."""
    return {"retention_hold_id": retention.hold_rows(**of_need(world), by=fresh(getattr(world, by)), at=MONDAY).pk, "words": "判决已经生效"}


def lifted(world, what):
    """Another has lifted it meanwhile."""
    retention.lift_hold(**what, by=fresh(world.inspector), at=MONDAY)


def beside_the_asker(world):
    """The asker himself, with a post of another unit that watches over others."""
    one = fresh(world.ledger)
    Post.objects.create(user=one, organisation=world.oversight, role=Role.INSPECTOR, from_on=date(2020, 1, 1))
    return fresh(one)


def beside_the_handler(world):
    """Who watches over others, with a post in the township whose desk held what the list names."""
    one = fresh(world.inspector)
    Post.objects.create(user=one, organisation=world.township, role=Role.TOWNSHIP_WORKER, from_on=date(2020, 1, 1))
    return fresh(one)


def of_the_township(world):
    """Who agrees in a township, and sees no county."""
    return fresh(world.township_leader)


PROPOSES, PLACE = "销毁清单由县台账办提出。", "这份清单所在的地方不归您管。"
WATCHES = "让期限往后的改动,要由另一个单位的抽查督办员、县领导、乡镇分管领导或审计员同意。"
SAID = "“%(what)s”至少写 %(n)s 个字。"
OVERSIGHT = "inspector leader auditor"  # the latter two sit beside the asker here: they may hold and take back, not agree

ACTS = {
    "office.propose_disposal": Tried("ledger", due, {"code": "need"}, may="ledger_office", spoil={
        PROPOSES: Felt(by="inspector"),
        "请选择类别。": Felt(what={"code": "journal"}),
        "这个地方不归您管。": Felt(what=lambda w: {"area": w.datong}),
        "“%(list)s”的提出时间还没有到:时钟走快过,或者刚被拨回。请先校准;时钟没有错的,收回那份清单再提出。": Felt(before=another_list),
        "这里现在没有到期、又没有暂缓的。": Felt(what=lambda w: {"area": w.makou}),
    }),
    "office.decide_disposal": Tried("inspector", to_agree, {"words": "年限核对过"}, may="inspector", spoil={
        "自己提出的清单,不能自己同意,请另一个单位的人来定。": Felt(by=beside_the_asker),
        WATCHES: Felt(by="clerk"),
        "您在申请单位也有岗位,不能同意这次改动,请另一个单位的人来定。": Felt(by="auditor"),
        PLACE: Felt(by=of_the_township),
        "清单里有您单位办过的事,不能由您同意销毁。请没有经手的单位的人来定,例如审计员。": Felt(by=beside_the_handler),
        "这份清单已经处理过了。": Felt(before=decided),
        "现在的时间比清单提出时还早,系统时钟可能被拨回过。请先校准时间。": Felt(at=MONDAY - timedelta(days=1)),
        "不同意的,请写一句理由,申请人会看到。": Felt(what={"agree": False}),
        "清单和提出时的不一样,不能同意。请告诉系统管理员运行 wanjia check。": Felt(before=spoilt),
    }),
    "office.take_back_disposal": Tried("ledger", lambda w: listed(w) | {"reason": "年限要再核对"}, {"reason": "先不销毁"}, may=f"ledger_office {OVERSIGHT}", spoil={
        PLACE: Felt(by=of_the_township),
        "这份清单已经办完,不能收回。": Felt(before=decided),
        "这份清单已经开始销毁,不能收回;还没销毁的,可以设暂缓。": Felt(what=two_agreed, before=begun, at=WAITED),
        SAID: Felt(what={"reason": "错"}),
    }),
    "office.hold_rows": Tried("ledger", of_need, {"document": "永纪〔2026〕3号"}, may=f"ledger_office township_leader {OVERSIGHT}", spoil={
        "暂缓销毁由县台账办、抽查督办员、县领导或审计员设。": Felt(by="clerk"),
        "请选择为什么暂缓。": Felt(what={"ground": "changed"}),
        "请填编号,或者选一个类别。": Felt(what={"number": ""}),
        "请选择类别。": Felt(what={"code": "journal"}),
        "在您的辖区没有“%(number)s”这个编号,请核对。": Felt(what={"number": "530625-202611-9999"}),
        SAID: Felt(what={"document": "3号"}),
    }),
    "office.lift_hold": Tried("inspector", held, {"words": "复核已经答复"}, may="inspector", spoil={
        "这项暂缓已经解除。": Felt(before=lifted),
        "解除暂缓要由另一个单位的抽查督办员、县领导、乡镇分管领导或审计员办。": Felt(by="auditor"),
        "这项暂缓所在的地方不归您管。": Felt(by=of_the_township),
        SAID: Felt(what={"words": "完"}),
    }),
    "office.carry_disposal": Tried("clock", agreed, at=WAITED, other={}, spoil={
        "销毁由系统在等候期满以后执行,不由人动手。": Felt(by="inspector"),
        "这份清单没有同意,或者已经销毁。": Felt(before=carried),
        "等候期还没有满。": Felt(at=MONDAY + timedelta(days=1)),
    }),
}  # fmt: skip
