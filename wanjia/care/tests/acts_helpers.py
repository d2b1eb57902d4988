"""How the acts of helpers and teams are done rightly, and how each of their refusals is met."""

from datetime import timedelta

from wanjia.kernel.tests.tried import MONDAY, Felt, Tried
from wanjia.orgs.models import Area, Level, Organisation, Post, Tier, User

from ..helpers import commands
from ..models import CareClass, Helper, Team, TeamMember
from .factories import helper, pair, team

DAY = MONDAY.date()
MAY = "township_worker care_officer"


def who(world, name="clerk"):
    """Somebody afresh, so that posts are read anew."""
    return {"by": User.objects.get(pk=getattr(world, name).pk), "at": MONDAY}


def ours(world):
    """A unit of the clerk's township."""
    return Organisation.objects.filter(area=world.xisha).order_by("name").first()


def theirs(world):
    """A unit elsewhere."""
    return Organisation.objects.exclude(area__code__startswith=world.xisha.code[:9]).order_by("name").first()


def of_a_helper(world, **facts):
    """What is said of a helper."""
    return {"organisation": ours(world), "name": "岳帮扶", "kind": "cadre", "sex": "女", "speaks": ["mandarin"], "capacity": 3} | facts


def one(world, **facts):
    """The helper stands on the list since September."""
    return {"helper_id": helper(world, organisation=ours(world), **facts).pk}


def of_a_check(world):
    """What a query answered."""
    return one(world) | {"on": DAY, "result": "clear", "authority": "永善县公安局", "reference": "2026-1102-7"}


def a_team(world):
    """A team of ours."""
    return {"team_id": team(world, organisation=ours(world)).pk}


def joining(world):
    """The helper joins it."""
    return a_team(world) | {"helper": Helper.objects.get(pk=one(world)["helper_id"])}


def belonging(world):
    """The helper belongs to it."""
    commands.join_team(**joining(world), **who(world))
    return {"member_id": TeamMember.objects.get().pk}


def on(model, **values):
    """Put facts on rows straight away."""
    return lambda _world, _what: model.objects.update(**values)


NO_DUTY, ELSEWHERE, GONE = "您的岗位没有登记帮扶人的权限。", "这个人的单位不在您的辖区。", "这个人已经离任。"
SHUT = {NO_DUTY: Felt(by="caller"), ELSEWHERE: Felt(by="stranger")}
OUT = {GONE: Felt(before=on(Helper, to_on=DAY, end_reason="退休"))}
NO_NUMBER = {"身份证号不对,请再看一遍。": Felt(what={"number": "530625198503020000"})}
DISSOLVED = {"这支队伍已经解散。": Felt(before=on(Team, to_on=DAY))}

ACTS = {
    "care.register_helper": Tried("clerk", of_a_helper, {"name": "另一个人"}, may=MAY, spoil={
        NO_DUTY: Felt(by="caller"), ELSEWHERE: Felt(what=lambda w: {"organisation": theirs(w)}),
        "这个账号已经对应别的帮扶人,或者不在您的辖区。": Felt(what=lambda w: {"user": w.stranger}),
        **NO_NUMBER, "自己的账号由别人登记。": Felt(what=lambda w: {"user": w.clerk, "name": w.clerk.name}),
        "账号的姓名和帮扶人不一样。审查的是谁,账号就要是谁的。": Felt(what=lambda w: {"user": w.visitor}),
    }),
    "care.change_helper": Tried("clerk", lambda w: one(w) | {"capacity": 2}, {"capacity": 1}, may=MAY, spoil={**SHUT, **OUT, **NO_NUMBER}),
    "care.leave_helper": Tried("clerk", lambda w: one(w) | {"reason": "调到外县"}, {"reason": "退休"}, may=MAY, spoil={
        **SHUT, **OUT, "还有 1 个结对的孩子没有交接,先把他们交给别的帮扶人。": Felt(before=lambda w, what: pair(w, Helper.objects.get(pk=what["helper_id"]))),
        "他还带着 1 个课堂,先给课堂换负责人。": Felt(before=lambda w, what: leads(w, what["helper_id"])),
        "今天才登记的,明天才能记离任。": Felt(before=on(Helper, from_on=DAY)),
    }),
    "care.record_check": Tried("officer", of_a_check, {"reference": "2026-1102-8"}, may="protection_officer", spoil={
        "您的岗位没有登记背景审查的权限。": Felt(by="clerk"), ELSEWHERE: Felt(before=lambda w, what: Helper.objects.update(organisation=far(w))),
        "自己的背景审查由别人登记。": Felt(before=lambda w, what: Helper.objects.update(user=w.officer)),
        "管名册的人不登记背景审查,请不管名册的人登记。": Felt(before=lambda w, what: keeps_too(w)),
        "查询日期不能晚于今天。": Felt(what={"on": DAY + timedelta(days=1)}),
        "上次是您登记的不能接触未成年人,要由另一位有权限的人登记新的结果。": Felt(before=lambda w, what: commands.record_check(**what | {"result": "not_clear"}, **who(w, "officer"))),
    }),
    "care.found_team": Tried("clerk", lambda w: {"organisation": ours(w), "name": "金沙志愿服务队", "kind": "volunteers"}, {"name": "另一支"}, may=MAY, spoil={
        NO_DUTY: Felt(by="caller"), ELSEWHERE: Felt(what=lambda w: {"organisation": theirs(w)}),
        "这个单位已经有同名的队伍。": Felt(before=lambda w, what: commands.found_team(**what, **who(w))),
    }),
    "care.join_team": Tried("clerk", joining, {"helper": None}, may=MAY, spoil={
        **SHUT, **DISSOLVED, "他不在您的名单里,或者已经在这支队伍里。": Felt(before=lambda w, what: commands.join_team(**what, **who(w))),
    }),
    "care.quit_team": Tried("clerk", belonging, {}, may=MAY, spoil={**SHUT, "他已经不在这支队伍里。": Felt(before=on(TeamMember, to_on=DAY))}),
    "care.end_team": Tried("clerk", lambda w: a_team(w) | {"reason": "人太少"}, {"reason": "并到别的队"}, may=MAY, spoil={**SHUT, **DISSOLVED}),
}  # fmt: skip


def leads(world, helper_id):
    """He leads a class until the holidays."""
    days = {"from_on": DAY, "until_on": DAY + timedelta(days=60), "weekdays": "1", "starts": "16:30", "ends": "18:00"}
    return CareClass.objects.create(name="课堂", kind="afternoon", unit=ours(world), area=world.datong, place="村里", seats=9, leader_id=helper_id, **days)


def keeps_too(world):
    """The protection officer holds a second post, which keeps the list."""
    Post.objects.create(user=world.officer, organisation=ours(world), role="township_worker", from_on=DAY - timedelta(days=60))


def far(_world):
    """A unit of another county."""
    county = Area.objects.create(code="530699000000", name="某县", short_name="某县", level=Level.COUNTY)
    return Organisation.objects.create(name="某县民政局", tier=Tier.COUNTY, line="civil", area=county)
