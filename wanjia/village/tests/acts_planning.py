"""How the acts of a village's plan are done rightly, and how each of their refusals is met."""

from datetime import date, timedelta

from wanjia.kernel.tests.tried import Felt, Tried
from wanjia.orgs.second_person.hands import SAME_PERSON

from ..models import AgendaItem, PlanSketch, PlanWork, PlanZone, VillageAsset, VillagePlan
from ..plan_states import AssetState, PlanState, WorkState
from ..planning.commands import draw_plan, write_aspect, write_zone
from ..planning.mending.commands import mend_zone
from ..planning.working import commands as working
from . import plan_factories as made
from .acts_points import ELSEWHERE, afar, far_village, mine, one_person
from .plan_factories import DAY, who

NO_KEEP, NO_REVIEW = "您的岗位没有登记村庄规划的权限。", "您的岗位没有启用规划、验收的权限。"
NOT_A_DRAFT = "这一版已经启用或者不用,不能再改。要改的另拟一版。"
NOT_DECIDED = "请选村民会议、村民代表会议通过的“村庄规划和建设”决定:会已经散,记录有第二个人签字(村民委员会组织法第二十八条)。"
NO_ASPECT, NUMBER, FUTURE = "这一版规划里没有这个方面、分区。", "金额、规模写成 12.50 这样,最多两位小数。", "日期要在今天以前。"
OWN, OWN_ASSET, CHECKED = "谁拟的谁不能启用,请另一个人核对会议决定后启用。", "谁登记的谁不能核对,请另一个人核对。", "这一样已经核对过,或者核销了。"
KEEPER, BOTH = "village_worker", "village_worker township_worker"


def drafting(world, **facts):
    """A draft waits."""
    return {"village_plan_id": made.plan(world, PlanState.DRAFT).pk} | facts


def writing(world):
    """An item is written into the draft; another plan is in force."""
    made.plan(world)
    asked = {"n": 2, "aspect": made.aspect(world, PlanState.DRAFT), "words": "稻田养鱼 70 亩", "owner": world.register.yang, "due_on": DAY + timedelta(days=90), "yuan": "56000", "size": "70", "unit": "mu"}
    return drafting(world, **asked)


def of_work(world, state=WorkState.PLANNED, **facts):
    """An item."""
    return {"plan_work_id": made.work(world, state).pk} | facts


def telling(world):
    """Something stands there."""
    return {"village": world.datong, "name": "冷藏库", "size": "1", "unit": "piece", "belongs": "firm", "yuan": "120000", "from_on": DAY}


def of_asset(world, state=AssetState.TOLD, **facts):
    """An asset."""
    return {"village_asset_id": made.asset(world, state).pk} | facts


def outvoted(world):
    """Too few agreed."""
    AgendaItem.objects.filter(pk=made.decision(world).pk).update(votes_for=4)
    return made.decision(world)


def replacing(world):
    """A second version replaces the first."""
    made.plan(world)
    return drafting(world)


def beside_a_draft(world):
    """Another decision, while the version of the first waits."""
    made.plan(world, PlanState.DRAFT)
    return {"item": made.decision(world, used=False)}


def drawing(world, **facts):
    """A zone of the draft is drawn; another plan is in force."""
    made.plan(world)
    one = made.sketch(world)
    return {"village_plan_id": one.plan_id, "zone": one.plan.zones.get(), "points": "100,100 500,100 300,400"} | facts


def mending(world, **facts):
    """A zone of the plan in force has a wrong name."""
    one = made.sketch(world, PlanState.IN_FORCE)
    return {"village_plan_id": one.plan_id, "zone": one.plan.zones.get(), "reason": "照会议的图是苗圃区"} | facts


def following(world, **facts):
    """The draft changed a zone by hand, and then the plan in force was given another name for it."""
    what = mending(world)
    new = draw_plan(village=world.datong, name="大同村新规划", item=made.decision(world, used=False), **who(world.register.yang))
    write_zone(village_plan_id=new.pk, name="苗木区", bounds="一组后山", use="苗木和花圃", **who(world.register.yang))
    mend_zone(**what, bounds="一组后山缓坡、二组坡脚", **who(world.clerk))
    return {"village_plan_id": new.pk, "zone": new.zones.get()} | facts


def its_name_is_taken(_world, what):
    """It waits for a name that another zone of the draft has meanwhile."""
    PlanZone.objects.filter(pk=what["zone"].pk).update(mended={"name": "苗圃区"})
    PlanZone.objects.create(plan_id=what["village_plan_id"], name="苗圃区", bounds="一组前坡", use="苗圃")


def mending_the_sketch(world):
    """Somebody's name was left on the drawing."""
    return {key: value for key, value in mending(world).items() if key != "zone"} | {"file": made.picture(), "nobody": True}


def its_namesake(world, what):
    """Another zone has the new name."""
    one = VillagePlan.objects.get(pk=what["village_plan_id"])
    PlanZone.objects.create(plan=one, name="苗圃区", bounds="一组前坡", use="苗圃")


def dropped(_world, _what):
    """The draft was dropped meanwhile."""
    VillagePlan.objects.filter(state=PlanState.DRAFT).update(state=PlanState.DROPPED)


def ended(_world, _what):
    """Another plan took its place."""
    VillagePlan.objects.filter(state=PlanState.IN_FORCE).update(state=PlanState.ENDED, to_on=DAY)


def gone(_world, _what):
    """It was struck off meanwhile."""
    VillageAsset.objects.update(state=AssetState.GONE, gone_on=DAY, reason="水毁了")


KEEPS = {NO_KEEP: Felt(by="caller"), ELSEWHERE: Felt(by=far_village)}
REVIEWS = {NO_REVIEW: Felt(by="caller"), ELSEWHERE: Felt(by=afar)}
NEW = {NO_KEEP: Felt(by="caller"), ELSEWHERE: Felt(what=lambda w: {"village": w.register.huangjin})}
DRAFT = {**KEEPS, NOT_A_DRAFT: Felt(before=dropped)}
RUNS = {**KEEPS, "这一项所在的规划不是现行的。": Felt(before=ended), "这一项已经报完工。": Felt(before=lambda w, what: made.work(w, WorkState.REPORTED))}
SAME = {str(SAME_PERSON): Felt(before=one_person("clerk"))}
ACCEPTS = {
    "这一项所在的规划不是现行的。": Felt(before=ended), **REVIEWS, **SAME, "这一项没有报完工,或者已经验收。": Felt(what=lambda w: {"plan_work_id": PlanWork.objects.create(
        plan=made.plan(w), aspect=made.aspect(w), n=9, words="封山禁牧", owner=w.register.yang, due_on=DAY).pk}),
    "报完工的人、责任人不能验收,请另一个人到现场验收。": Felt(before=mine(PlanWork, "owner", "clerk")),
}  # fmt: skip
PICTURE = {
    "看清楚图上没有人名、电话再传:图要公开,有的先遮住。": Felt(what={"nobody": False}),
    "照片超过 12 MB,请压缩后再传。": Felt(what=lambda w: {"file": made.picture(b"x" * (12 * 1024 * 1024 + 1))}),
    "这不是一张完整的 JPG 或 PNG 照片。": Felt(what=lambda w: {"file": made.picture(b"no picture")}),
}  # fmt: skip
POINTS = {"廊至少两个点,区至少三个点,最多 %(n)s 个点。": Felt(what={"points": "100,100 500,100"}), "点写成“120,300 400,320”这样,每个数 0 到 1000。": Felt(what={"points": "100,100 500,1001 3,4"})}
MENDS = {
    **REVIEWS, **SAME, "只更正现行的规划:待启用的直接改,被替代的照原样留着。": Felt(before=ended),
    "谁写的、画的谁不能更正,请另一个人核对会议通过的图以后更正。": Felt(before=mine(VillagePlan, "drawn_by", "clerk", "adopted_by")),
}  # fmt: skip

ACTS = {
    "village.draw_plan": Tried("visitor", lambda w: {"village": w.datong, "name": "大同村建设规划", "item": made.decision(w)}, {"name": "另一个规划"}, may=KEEPER, spoil={
        **NEW, NOT_DECIDED: Felt(what=lambda w: {"item": outvoted(w)}), "这个村已经有一版待启用的规划。": Felt(what=beside_a_draft),
        "这个决定已经用在另一版规划上,新的一版要重新开会定。": Felt(before=lambda w, what: draw_plan(**what, **who(w.visitor)))}),
    "village.write_aspect": Tried("visitor", lambda w: drafting(w, n=2, name="道路"), {"name": "饮水"}, may=KEEPER, spoil=DRAFT),
    "village.write_zone": Tried("visitor", lambda w: drafting(w, name="稻鱼区", bounds="大田坝连片水田", use="稻鱼共作", kind="zone_area"), {"use": "种稻养鱼"}, may=KEEPER, spoil=DRAFT),
    "village.put_sketch": Tried("visitor", lambda w: drafting(w, file=made.picture(), nobody=True), {"nobody": False}, may=KEEPER, spoil={
        **DRAFT, **PICTURE}),
    "village.draw_zone": Tried("visitor", drawing, {"points": ""}, may=KEEPER, spoil={
        **DRAFT, NO_ASPECT: Felt(what=lambda w: {"zone": made.zone(w)}), "先放上手绘图,没有的用一张方格纸。": Felt(before=lambda w, what: PlanSketch.objects.update(plan=made.plan(w))), **POINTS}),
    "village.drop_zone": Tried("visitor", lambda w: {key: value for key, value in drawing(w).items() if key != "points"}, {"zone": ""}, may=KEEPER, spoil={**DRAFT, NO_ASPECT: Felt(what=lambda w: {"zone": made.zone(w)})}),
    "village.mend_zone": Tried("clerk", lambda w: mending(w, name="苗圃区"), {"name": "花圃区"}, may=BOTH, spoil={
        **MENDS, **POINTS, NO_ASPECT: Felt(what=lambda w: {"zone": made.sketch(w).plan.zones.get()}), "写要改的那一样。": Felt(what={"name": "苗木区"}), "这一版已经有叫这个名字的分区。": Felt(before=its_namesake),
    }),
    "village.take_zone_off": Tried("clerk", mending, {"reason": "会议的图上没有这个区"}, may=BOTH, spoil={**MENDS, NO_ASPECT: Felt(what=lambda w: {"zone": made.sketch(w).plan.zones.get()})}),
    "village.mend_sketch": Tried("clerk", mending_the_sketch, {"reason": "图上留了人名"}, may=BOTH, spoil={**MENDS, **PICTURE}),
    "village.take_mend_over": Tried("visitor", following, {"zone": ""}, may=KEEPER, spoil={
        **DRAFT, "现行规划没有这一版还没接过来的更正。": Felt(before=lambda w, what: PlanZone.objects.update(mended={})), "这一样没有要接过来的更正。": Felt(what={"zone": None}), "这一版已经有叫这个名字的分区。": Felt(before=its_name_is_taken),
    }),
    "village.write_work": Tried("visitor", writing, {"yuan": "60000"}, may=KEEPER, spoil={
        **DRAFT, NO_ASPECT: Felt(what=lambda w: {"aspect": made.aspect(w)}), NUMBER: Felt(what={"yuan": "五万"}), "规模和单位一起写,或者都不写。": Felt(what={"unit": None}),
        "责任人要是本村、本乡镇在岗的人。": Felt(what=lambda w: {"owner": w.register.stranger})}),
    "village.adopt_plan": Tried("clerk", replacing, {}, may=BOTH, spoil={
        **REVIEWS, NOT_A_DRAFT: Felt(before=dropped), OWN: Felt(by="visitor", before=lambda w, what: write_aspect(village_plan_id=what["village_plan_id"], n=5, name="文化", **who(w.visitor))), **SAME,
        "还没有一项。": Felt(before=lambda w, what: VillagePlan.objects.get(pk=what["village_plan_id"]).works.update(plan=made.plan(w), n=77)),
        NOT_DECIDED: Felt(before=lambda w, what: AgendaItem.objects.filter(matter="planning").update(votes_for=4))}),
    "village.drop_village_plan": Tried("visitor", lambda w: drafting(w, reason="会议要重议"), {"reason": "重拟"}, may=KEEPER, spoil=DRAFT),
    "village.note_work": Tried("visitor", lambda w: of_work(w, words="栽了 120 亩"), {"words": "栽了 150 亩"}, may=KEEPER, spoil=RUNS),
    "village.report_work": Tried("visitor", lambda w: of_work(w, done_on=DAY, done_words="300 亩栽完", yuan="172000"), {"yuan": "1"}, may=KEEPER, spoil={
        **RUNS, FUTURE: Felt(what={"done_on": DAY + timedelta(days=1)}), NUMBER: Felt(what={"yuan": "五万"})}),
    "village.accept_work": Tried("clerk", lambda w: of_work(w, WorkState.REPORTED), {}, may=BOTH, spoil=ACCEPTS),
    "village.send_work_back": Tried("clerk", lambda w: of_work(w, WorkState.REPORTED, words="成活不到五成"), {"words": "面积不够"}, may=BOTH, spoil=ACCEPTS),
    "village.tell_asset": Tried("visitor", telling, {"yuan": "1"}, may=KEEPER, spoil={
        **NEW, NUMBER: Felt(what={"size": "一处"}), "规模要大于 0。": Felt(what={"size": "0"}), FUTURE: Felt(what={"from_on": date(2026, 12, 31)}),
        "规划的这一项不是这个村的,或者单位不一样。": Felt(what=lambda w: {"work": made.work(w)}), "已经有叫这个名字的资产;分期的,名字里写明几期。": Felt(before=lambda w, what: working.tell_asset(**what, **who(w.visitor)))}),
    "village.check_asset": Tried("clerk", of_asset, {}, may=BOTH, spoil={**REVIEWS, CHECKED: Felt(before=gone), OWN_ASSET: Felt(before=mine(VillageAsset, "told_by", "clerk")), **SAME}),
    "village.end_asset": Tried("clerk", lambda w: of_asset(w, AssetState.THERE, reason="水毁,会议同意核销"), {"reason": "卖掉了"}, may=BOTH, spoil={
        **REVIEWS, CHECKED: Felt(before=gone), OWN_ASSET: Felt(before=mine(VillageAsset, "told_by", "clerk", "checked_by")), **SAME}),
}  # fmt: skip
