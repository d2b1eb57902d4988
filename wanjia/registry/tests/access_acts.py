"""How the acts on leaves to read children's files are done rightly, and how each of their refusals is met: what the house's generated tests try."""

from datetime import date, timedelta

from wanjia.kernel.tests.tried import MONDAY, Felt, Tried
from wanjia.orgs.models import Post, User
from wanjia.orgs.roles import Role

from ..access import commands as access
from .factories import unit, worker

ASK = {"purpose": "school", "words": "孩子转到我镇小学,核对学籍", "until_on": date(2026, 11, 9)}
URGENT = {"words": "孩子夜里走失,要找到家里人的电话"}


def fresh(user):
    """Read a person anew, as the doors do."""
    return User.objects.get(pk=user.pk)


def home(world):
    """Whose files: those of the Wang home's children."""
    return {"home": world.register.home.number}


def asked(world, by="stranger", **more):
    """The neighbouring township has asked for the home's files."""
    return {"access_id": access.ask_access(**home(world) | ASK | more, by=fresh(getattr(world, by)), at=MONDAY).pk}


def granted(world):
    """It was approved."""
    what = asked(world)
    access.decide_access(**what, agree=True, by=fresh(world.township_leader), at=MONDAY)
    return what


def broken(world, by="stranger"):
    """The neighbouring township has opened the files in an emergency."""
    return {"access_id": access.break_glass(**home(world), **URGENT, by=fresh(getattr(world, by)), at=MONDAY).pk}


def beside_the_asker(world):
    """Somebody who approves at the child's place, and has a post in the asker's unit too."""
    one = fresh(world.township_leader)
    Post.objects.create(user=one, organisation=world.stranger.org, role=Role.TOWNSHIP_WORKER, from_on=date(2020, 1, 1))
    return fresh(one)


def of_one_line(world):
    """The protection officer of another civil affairs unit, where the asker is of civil affairs."""
    return worker("xian-weibao", "同线专员", unit("永善县未保中心", "county", world.county, line="civil"), Role.PROTECTION_OFFICER)


def from_the_bureau(world):
    """The head of civil affairs has asked."""
    return {"access_id": access.ask_access(**home(world) | ASK, by=fresh(world.head), at=MONDAY).pk}


def decided(world, what):
    """Another has decided on it meanwhile."""
    access.decide_access(access_id=what["access_id"], agree=False, words="请先联系村里", by=fresh(world.leader), at=MONDAY)


def reviewed(world, what):
    """Another has reviewed it meanwhile."""
    access.review_break(access_id=what["access_id"], proper=True, words="已向派出所核实", by=fresh(world.leader), at=MONDAY)


def thrice(world, _what):
    """Three emergencies were opened that day."""
    for _n in range(3):
        broken(world)


def now_audits(world, _what):
    """Whoever asked has left his post, and audits."""
    world.stranger.posts.update(to_on=MONDAY.date())
    Post.objects.create(user=world.stranger, organisation=world.office, role=Role.AUDITOR, from_on=date(2020, 1, 1))


def child_of(world):
    """The child of the home."""
    return {"child_id": world.register.child.pk}


BEYOND = "township_leader ledger_office bureau_head callback_officer inspector leader school_worker"
AT_PLACE = "查阅儿童档案由孩子所在地的乡镇分管领导、未成年人保护专员或县领导审批、复核。"
ASKING = "查阅儿童档案由登记、走访、办理的岗位申请;系统管理员、审计员的岗位不打开任何家庭的内容。"
OWN = "自己的查阅不能自己审批或复核。"
BESIDE = "您和申请人在同一个单位,请别的单位的负责人来审批或复核。"
LINE = "您和申请人属于同一条线,请另一条线的负责人来审批或复核。"
SAID = "“%(what)s”至少写 %(n)s 个字。"

ACTS = {
    "registry.ask_access": Tried("stranger", lambda w: home(w) | ASK, {"words": "另一件事需要"}, may=BEYOND, spoil={
        ASKING: Felt(by="admin"),
        "请只填一项:户编号,孩子的身份证号,或者村、乡镇。": Felt(what=lambda w: {"area": w.datong}),
        "按学校申请的,请同时填学校所在的村或乡镇。": Felt(what={"school": "细沙小学"}),
        "整个乡镇太大:请填到村,或者填学校。": Felt(what=lambda w: {"home": "", "area": w.xisha}),
        "查到哪一天,不能早于今天。": Felt(what={"until_on": date(2026, 11, 1)}),
        "一次最多批准 %(n)s 天,到期还需要的再申请。": Felt(what={"until_on": date(2027, 11, 1)}),
        "请选择用途。": Felt(what={"purpose": "curious"}),
        "这是您岗位职责内的孩子,直接打开档案就行,不用申请。": Felt(by="visitor"),
        "没有编号为“%(home)s”的户,请核对。": Felt(what={"home": "H-0"}),
        "按这个号码没有查到在册的孩子,请核对。这次查询已记入日志。": Felt(what=lambda w: {"home": "", "number": w.register.head.citizen_id}),
        SAID: Felt(what={"words": "看"}),
    }),
    "registry.decide_access": Tried("township_leader", lambda w: asked(w) | {"agree": True}, {"words": "只看学籍"}, may="township_leader leader protection_officer", spoil={
        AT_PLACE: Felt(by="clerk"),
        OWN: Felt(by="township_leader", what=lambda w: asked(w, "township_leader")),
        BESIDE: Felt(by=beside_the_asker),
        LINE: Felt(by=of_one_line, what=from_the_bureau),
        "这个申请已经处理过了。": Felt(before=decided),
        "申请的日期已经过了,请申请人重新申请。": Felt(at=MONDAY + timedelta(days=20)),
        "不批准的,请写一句理由,申请人会看到。": Felt(what={"agree": False}),
        "准到的日期在今天和申请的 %(day)s 之间。": Felt(what={"until_on": date(2026, 11, 20)}),
    }),
    "registry.break_glass": Tried("stranger", lambda w: home(w) | URGENT, {"words": "孩子被车撞了,医院要联系家长"}, may=BEYOND, spoil={
        "请写明紧急情况,至少 %(n)s 个字,县里会逐次复核。": Felt(what={"words": "很 急 很 急 很 急"}),
        "今天紧急查阅已到 %(n)s 次。再有紧急情况,请直接找孩子所在村、乡镇的负责人,或者拨打 110。": Felt(before=thrice),
    }),
    "registry.review_break": Tried("township_leader", lambda w: broken(w) | {"proper": True, "words": "已向派出所核实"}, {"proper": False},
                                   may="township_leader leader protection_officer", spoil={
        "只有紧急查阅要复核。": Felt(what=granted),
        "这次紧急查阅已经复核过了。": Felt(before=reviewed),
    }),
    "registry.end_access": Tried("stranger", granted, {"reason": "已经办完"}, may="township_leader leader protection_officer", spoil={
        "这次查阅已经结束。": Felt(before=lambda w, what: access.end_access(**what, by=fresh(w.stranger), at=MONDAY)),
    }),
    "registry.read_by_access": Tried("stranger", lambda w: granted(w) | child_of(w), {"child_id": "0190e0e0-0000-7000-8000-00000000000f"}, may=" ", spoil={
        "只有申请人本人可以凭这次批准打开档案。": Felt(by="clerk"),
        ASKING: Felt(before=now_audits),
        "这次查阅已经结束,或者还没有批准。仍然需要的,请重新申请。": Felt(at=MONDAY + timedelta(days=20)),
        "这个孩子不在批准的范围里。": Felt(what=lambda w: {"child_id": w.register.head.pk}),
    }),
}  # fmt: skip

