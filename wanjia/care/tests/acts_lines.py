"""How the acts of the three lines are done rightly, and how each of their refusals is met."""

from datetime import date, timedelta

from wanjia.kernel.tests.tried import MONDAY, Felt, Tried

from ..line_states import Domain, Line, Then, Way
from ..lines import commands as lines
from ..models import Concern, Helper, LineContact, Pair
from .factories import START, checked, helper, pair

DAY = MONDAY.date()
MAY = "village_worker township_worker school_worker care_officer"


def anew(world, name):
    """Read an actor of the world anew, as the doors do."""
    user = getattr(world, name)
    return type(user).objects.get(pk=user.pk)


def who(world, name="helper"):
    return {"by": anew(world, name), "at": MONDAY}


def paired(world):
    """The Wang child has the helper who holds an account, and whose records were asked for; it goes to the school of the world."""
    one = Helper.objects.filter(user=world.helper).first() or helper(world, user=world.helper)
    if not one.checks.exists():
        checked(one, at=MONDAY)
    child = world.register.child
    if not Pair.objects.filter(child=child, to_on=None).exists():
        pair(world, one)
    type(child).objects.filter(pk=child.pk).update(school_name="细沙乡中心校")
    return {"child_id": child.pk}


def contacted(world):
    lines.note_contact(**paired(world), line=Line.TEACHER, way=Way.PHONE, on=DAY, note="作业按时交", **who(world))
    return {"contact_id": LineContact.objects.get().pk}


def carded(world):
    """A month card with one contact of the child's parent."""
    child = type(world.register.child).objects.get(pk=paired(world)["child_id"])
    return {"rows": [(child, "parent", "phone", True, DAY)]}


def watched(world):
    lines.raise_concern(**paired(world), domain=Domain.STUDY, then=Then.WATCH, words="上课爱走神", **who(world))
    return {"concern_id": Concern.objects.get().pk}


def unpaired(world, _what):
    """Nobody keeps company with the child any more; whoever writes down cards still sees it."""
    Pair.objects.update(to_on=DAY, end_reason="asked")


def no_village(world, _what):
    type(world.register.child).objects.filter(pk=world.register.child.pk).update(village=None)


def unvetted(world, _what):
    checked(Helper.objects.get(user=world.helper), on=START + timedelta(days=1), until_on=START + timedelta(days=2), at=MONDAY)


def settled(world, what):
    lines.settle_concern(concern_id=what["concern_id"], outcome="已经好了", **who(world))


def handed(world, what):
    lines.hand_concern_on(**what, **who(world))


ELSEWHERE = {"这个孩子不是您结对的,也不在您代录的范围里。": Felt(by="stranger")}
NO_PAIR = ELSEWHERE | {"这个孩子现在没有结对,先结对再记联系。": Felt(by="visitor", before=unpaired)}
TASK = {"then": Then.TASK, "todo": "请老师补课", "due_on": DAY + timedelta(days=7)}

ACTS = {
    "care.note_contact": Tried(
        "helper", lambda w: paired(w) | {"line": Line.PARENT, "way": Way.PHONE, "on": DAY}, {"way": Way.MESSAGE}, may=MAY, spoil=NO_PAIR | {
            "日期不能晚于今天。": Felt(what={"on": DAY + timedelta(days=1)}),
            "那一天这个孩子还没有和现在的帮扶人结对。": Felt(what={"on": START - timedelta(days=1)}),
            "帮扶人那一天不得联系孩子本人:没有有效的背景审查,或者已经离任。请先办理审查;家长、老师可以照常联系。": Felt(what={"line": Line.STUDENT, "way": Way.VISIT}, before=unvetted),
            "这一天这条线已经这样记过一次,不用再记。": Felt(before=lambda w, what: lines.note_contact(**what, **who(w)) and None),
        }),
    "care.enter_card": Tried(
        "visitor", lambda w: paired(w) | {"parent_on": DAY, "parent_way": Way.PHONE}, {"parent_way": Way.VISIT}, may=MAY, spoil=NO_PAIR | {
            "每一行要么日期和方式都填,要么都不填。": Felt(what={"parent_way": ""}),
            "卡上至少要有一条联系。": Felt(what={"parent_on": None, "parent_way": ""}),
        }),
    "care.enter_month": Tried(
        "visitor", carded, {"rows": []}, may=MAY, spoil={
            "这个孩子不是您结对的,也不在您代录的范围里。": Felt(by="stranger"), "这个孩子现在没有结对,先结对再记联系。": Felt(before=unpaired),
        }),
    "care.take_back_contact": Tried("helper", contacted, may=MAY, spoil=ELSEWHERE | {
        "这一条已经撤回。": Felt(before=lambda w, what: lines.take_back_contact(**what, **who(w)) and None)}),
    "care.raise_concern": Tried(
        "helper", lambda w: paired(w) | {"domain": Domain.STUDY, "words": "数学跟不上", **TASK}, {"words": "作业常空着"}, may=MAY, spoil=ELSEWHERE | {
            "选“我来办”,请写要做什么、哪天以前办好。": Felt(what={"todo": ""}),
            "只有选“我来办”,才写要做什么和日期。": Felt(what={"then": Then.NEED}),
            "办好的日期不能晚于一年以后:那样谁也不会来催。": Felt(what={"due_on": date(9999, 12, 31)}),
            "办好的日期不能早于今天。": Felt(what={"due_on": date(2026, 11, 1)}),
            "户册没有登记孩子在哪个村,不能登记诉求。请先请村(社区)更新户册。": Felt(what={"then": Then.NEED, "todo": "", "due_on": None}, before=no_village),
            "“%(what)s”至少写 %(n)s 个字。": Felt(what={"words": "差"}),
        }),
    "care.hand_concern_on": Tried("helper", watched, may=MAY, spoil=ELSEWHERE | {
        "这件事已经登记成诉求 %(number)s。": Felt(before=handed), "这件事已经了结。": Felt(before=settled)}),
    "care.settle_concern": Tried("helper", lambda w: watched(w) | {"outcome": "老师说好多了"}, {"outcome": "不用再看"}, may=MAY, spoil=ELSEWHERE | {
        "这件事已经了结。": Felt(before=settled), "“%(what)s”至少写 %(n)s 个字。": Felt(what={"outcome": "好"})}),
    "care.read_notes": Tried("helper", paired, may="village_worker protection_officer", spoil={
        "帮扶记录只给孩子的帮扶人、本村儿童主任和未成年人保护专员看。": Felt(by="clerk")}),
    "care.print_help_card": Tried("helper", paired, may=MAY, spoil=NO_PAIR | {"没有有效的背景审查结果,不能接触未成年人。请先查询并登记。": Felt(before=unvetted)}),
    "care.keep_rhythms": Tried("clock", lambda w: {"children": [paired(w)["child_id"]]}, spoil={"联系频次由系统按户册推算,不由人填。": Felt(by="clerk")}),
}  # fmt: skip
