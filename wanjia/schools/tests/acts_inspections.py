"""How the acts of inspections are done rightly, and how each of their refusals is met."""

import io
from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from wanjia.kernel.tests.tried import MONDAY, Felt, Tried
from wanjia.orgs.models import Line, Tier, User
from wanjia.orgs.roles import Role
from wanjia.orgs.second_person.hands import SAME_PERSON
from wanjia.registry.tests.factories import unit, worker

from ..inspection_states import HazardState, RoundState
from ..models import Hazard, HazardDelay, InspectionRound, MendOrder, Recheck, RoundTeam, RoundVenue, TeamUnit, Venue
from .acts_year import far
from .factories import school
from .inspection_factories import (
    DAY,
    END,
    fire,
    hazard,
    lead,
    leader,
    looked,
    officer,
    order,
    round_of,
    said,
    second,
    stop,
    venue,
)

NO_KEEP, OUT, ENDED = "您的岗位没有登记场所和检查的权限。", "这个场所不在您的范围。", "这个场所已经停用。"
NO_LEAD, NOT_LEAD, NO_AREA = "您的岗位没有组织检查的权限。", "这一轮由牵头单位组织。", "这个区划不在您的范围。"
NOT_A_DRAFT, NOT_RUNNING = "这一轮已经开始或者结束,不能再改。", "这一轮不在进行。"
LOOKED_AT, LEFT_OUT, NOT_OWNER, NOT_THERE = "这一处这一轮已经查过。", "这一处已经写明没查的原因。", "这条隐患由督办单位办理。", "现在不是办这一步的时候。"
METRES, SAME = "填了离校门多少米,就要选最近的学校。", "这个村(社区)已经有同名同类的场所。"
KINDS, SPAN, LEADS = "至少选一类场所。", "查到哪天不能早于从哪天起。", "只能由您所在的单位牵头。"
TOO_OLD = "最多补记 %(n)s 天。日期更早的,写在情况里。"
LATEST = "整改期限最晚到 %(day)s。到时还没改好的,立案、移送。"
FEW = "到场持执法证的不能少于 %(n)s 人。"


def abroad(world):
    """Who leads for a bureau of another county."""
    return worker("yuanwenlv", "远文旅", unit("东川区文化和旅游局", Tier.COUNTY, far(), Line.CULTURE), Role.BUREAU_WORKER)


def elsewhere(world):
    """A place far away."""
    return {"area": far()}


def entering(world, **facts):
    """A place is entered."""
    return {"area": world.datong, "kind": "netbar", "name": "蓝海网吧", "address": "大同街7号", "near": school(world), "metres": 260} | facts


def of_venue(world, **facts):
    """A place stands."""
    return {"venue_id": venue(world).pk} | facts


def ended(world, what):
    """It was ended."""
    Venue.objects.filter(pk=what["venue_id"]).update(to_on=DAY)


def planning(world):
    """A round is planned."""
    return {"area": world.county, "name": "高考前联合检查", "kind": "joint", "calls": "exam", "kinds": ["netbar", "ktv"], "lead": lead(world), "from_on": DAY, "until_on": END}


def changing(world):
    """A draft is changed."""
    one = round_of(world, RoundState.DRAFT)
    return {"inspection_round_id": one.pk, "name": one.name, "kinds": ["netbar"], "lead": lead(world), "from_on": DAY, "until_on": END}


def draft(world, **facts):
    """A round waits; there is a place to look at."""
    venue(world)
    return {"inspection_round_id": round_of(world, RoundState.DRAFT).pk} | facts


def begun(world, what):
    """It began meanwhile."""
    InspectionRound.objects.filter(pk=what["inspection_round_id"]).update(state=RoundState.RUNNING, begun_at=MONDAY)


def called_off(world, what):
    """It is not held."""
    InspectionRound.objects.filter(pk=what["inspection_round_id"]).update(state=RoundState.CALLED_OFF)


def closing(world):
    """Its one place was left out with a reason."""
    one = stop(world)
    RoundVenue.objects.filter(pk=one.pk).update(left_out="停业装修", left_out_at=MONDAY)
    return {"inspection_round_id": one.round_id, "words": "全部查完"}


def of_stop(world, **facts):
    """A place on the list of a running round."""
    return {"round_venue_id": stop(world).pk} | facts


def out(world, what):
    """It was left out."""
    RoundVenue.objects.filter(pk=what["round_venue_id"]).update(left_out="停业装修", left_out_at=MONDAY)


def is_left_out(world):
    """A place that was left out."""
    what = of_stop(world)
    out(world, what)
    return what


def was_looked(world, _what):
    """It was looked at."""
    looked(world)


def over(world, what):
    """Its round is over."""
    one = RoundVenue.objects.get(pk=what["round_venue_id"]).round
    InspectionRound.objects.filter(pk=one.pk).update(state=RoundState.CLOSED, closed_at=MONDAY)


def assigning(world):
    """To another team."""
    one = stop(world)
    return {"round_venue_id": one.pk, "team": RoundTeam.objects.create(round=one.round, number=2), "planned_on": DAY}


def of_another_round(world):
    """A team of another round."""
    return {"team": round_of(world, RoundState.DRAFT, name="另一轮").teams.get()}


def recording(world, **facts):
    """All is well but an exit."""
    return of_stop(world, day=DAY, came=[lead(world), fire(world)], people=4, licensed=3, signed="signed", **said(exits="bad")) | facts


def settling(world, state=HazardState.FOUND):
    """Five things are settled."""
    one = hazard(world, state)
    return {"hazard_id": one.pk, "words": one.words, "basis": one.basis, "grade": "ordinary", "owner": lead(world), "measure": "拆除门锁", "answers": "店长", "due_on": END}


def of_hazard(state, **facts):
    """A hazard as far as `state`."""
    return lambda world: {"hazard_id": hazard(world, state).pk} | facts


def passed(world, what):
    """It was closed meanwhile."""
    for name, more in ((HazardState.ORDERED, {"order": order(world)}), (HazardState.PASSED, {"closed_on": DAY})):
        if Hazard.objects.get(pk=what["hazard_id"]).state not in (name, HazardState.RECHECK, HazardState.PASSED) or name == HazardState.PASSED:
            Hazard.objects.filter(pk=what["hazard_id"]).update(state=name, **more)


def by_the_same(world, what):
    """Whoever rechecks wrote down that it is mended."""
    Hazard.objects.filter(pk=what["hazard_id"]).update(mended_by=leader(world))


def ordered_by_the_same(world):
    """Nobody told it to be mended; whoever rechecks ordered it."""
    one = hazard(world, HazardState.ORDERED, serial=8)
    MendOrder.objects.filter(pk=one.order_id).update(issued_by=leader(world))
    return {"hazard_id": one.pk}


def ordering(world):
    """Something waits for an order."""
    one = hazard(world)
    return {"inspection_id": one.inspection_id, "unit": lead(world)}


def changed(**facts):
    """The hazard says something else."""
    return lambda world, what: Hazard.objects.update(**facts)


def picture(world, colour="red", body=None):
    """A picture of the place."""
    if body is None:
        made = io.BytesIO()
        Image.new("RGB", (8, 6), colour).save(made, "JPEG")
        body = made.getvalue()
    return SimpleUploadedFile("p.jpg", body)


def abroad_unit(world):
    """A unit of another county."""
    return {"unit": unit("东川区公安局", Tier.COUNTY, far(), Line.POLICE)}


NO_CAMPUS = "只有校园和考点,才填是哪所学校的校园。"
def handed_on(world):
    """The fire brigade handed one on to the bureau, which has not taken it yet."""
    one = hazard(world, HazardState.ORDERED, owner=fire(world))
    Hazard.objects.filter(pk=one.pk).update(state=HazardState.TRANSFERRED, closed_on=DAY, handed_to=lead(world), handed_words="拒不整改")
    return {"hazard_id": one.pk, "words": "文综罚立字〔2026〕1号"}


def put_off(world, what):
    """The same hand put it off once."""
    HazardDelay.objects.create(hazard_id=what["hazard_id"], was_on=DAY, due_on=DAY + timedelta(days=15), reason="等材料", put_at=MONDAY, put_by=leader(world))


def by_a_second_account(world, what):
    """Who wrote down that it is mended bears the same name, under another account."""
    Hazard.objects.filter(pk=what["hazard_id"]).update(mended_by=second(world))
    User.objects.filter(pk=world.handler2.pk).update(name=world.handler.name)


KEEP = {NO_KEEP: Felt(by="caller"), OUT: Felt(by=abroad)}
LEAD = {NO_LEAD: Felt(by="caller"), NOT_LEAD: Felt(by=officer)}
DRAFT = {**LEAD, NOT_A_DRAFT: Felt(before=begun)}
WAITS = {NOT_RUNNING: Felt(before=over), LOOKED_AT: Felt(before=was_looked), LEFT_OUT: Felt(before=out)}
OWNS = {NO_KEEP: Felt(by="caller"), NOT_OWNER: Felt(by=officer), NOT_THERE: Felt(before=passed)}
BOTH = "bureau_worker bureau_head"  # the rows lie with their unit
KEEPERS = "township_worker township_leader station_worker bureau_worker bureau_head schools_officer gate_officer"

ACTS = {
    "schools.enter_venue": Tried("handler", entering, {"name": "红海网吧"}, may=KEEPERS, spoil={
        NO_KEEP: Felt(by="caller"), OUT: Felt(what=elsewhere), METRES: Felt(what={"near": None}), NO_CAMPUS: Felt(what=lambda w: {"campus": school(w)}), SAME: Felt(before=lambda w, what: venue(w, what["name"])),
    }),
    "schools.change_venue": Tried("handler", lambda w: of_venue(w, name="飞鱼网咖", address="大同街4号"), {"address": "大同街5号"}, may=KEEPERS, spoil={
        **KEEP, ENDED: Felt(before=ended), METRES: Felt(what={"metres": 90}), NO_CAMPUS: Felt(what=lambda w: {"campus": school(w)}), SAME: Felt(before=lambda w, what: venue(w, what["name"])),
    }),
    "schools.end_venue": Tried("handler", lambda w: of_venue(w, to_on=DAY, reason="停业转让"), {"reason": "搬走了"}, may=KEEPERS, spoil={
        **KEEP, ENDED: Felt(before=ended), "停用的日子不能早于登记,也不能晚于今天。": Felt(what={"to_on": DAY + timedelta(days=3)}),
    }),
    "schools.plan_round": Tried("handler", planning, {"name": "考前检查"}, may=BOTH, spoil={
        NO_LEAD: Felt(by="caller"), NO_AREA: Felt(what=elsewhere), KINDS: Felt(what={"kinds": []}), SPAN: Felt(what={"until_on": DAY - timedelta(days=1)}), LEADS: Felt(what=lambda w: {"lead": fire(w)}),
    }),
    "schools.change_round": Tried("handler", changing, {"name": "考前检查"}, may=BOTH, spoil={
        **DRAFT, KINDS: Felt(what={"kinds": []}), SPAN: Felt(what={"until_on": DAY - timedelta(days=1)}), LEADS: Felt(what=lambda w: {"lead": fire(w)}),
    }),
    "schools.add_team": Tried("handler", lambda w: draft(w, duty_words="查东片", unit1=lead(w), people1=3, licensed1=2), {"people1": 4}, may=BOTH, spoil={
        **LEAD, NOT_A_DRAFT: Felt(before=called_off), "持执法证的人数不能多于派的人数。": Felt(what={"licensed1": 9}), "同一个单位在一个组里只写一行。": Felt(what=lambda w: {"unit2": lead(w)}),
        "至少写一个单位。": Felt(what={"unit1": None}),
    }),
    "schools.drop_team": Tried("handler", lambda w: {"round_team_id": round_of(w, RoundState.DRAFT).teams.get().pk}, {}, may=BOTH, spoil={
        **LEAD, NOT_A_DRAFT: Felt(before=lambda w, what: begun(w, {"inspection_round_id": RoundTeam.objects.get(pk=what["round_team_id"]).round_id})),
    }),
    "schools.begin_round": Tried("handler", draft, {}, may=BOTH, spoil={
        **DRAFT, "还没有定牵头单位。": Felt(before=lambda w, what: InspectionRound.objects.update(lead=None)), "还没有编检查组。": Felt(before=lambda w, what: RoundTeam.objects.all().delete()),
        "每个组持执法证的不能少于 %(n)s 人。": Felt(before=lambda w, what: TeamUnit.objects.update(licensed=0)), "这个范围还没有登记要查的场所。": Felt(before=lambda w, what: Venue.objects.all().delete()),
    }),
    "schools.call_off_round": Tried("handler", lambda w: draft(w, reason="并入县里统一检查"), {"reason": "与开学检查合并"}, may=BOTH, spoil=DRAFT),
    "schools.finish_round": Tried("handler", closing, {"words": "都查过了"}, may=BOTH, spoil={
        **LEAD, NOT_RUNNING: Felt(before=lambda w, what: InspectionRound.objects.filter(pk=what["inspection_round_id"]).update(state=RoundState.CLOSED, closed_at=MONDAY)),
        "还有 %(n)s 处没有查,也没有写明原因。逐处查完或者写明原因,才能完成。": Felt(before=lambda w, what: RoundVenue.objects.update(left_out="", left_out_at=None)),
    }),
    "schools.assign_stop": Tried("handler", assigning, {"planned_on": END}, may=BOTH, spoil={**LEAD, **WAITS, "这个组不是这一轮的。": Felt(what=of_another_round)}),
    "schools.leave_out": Tried("handler", lambda w: of_stop(w, reason="停业装修,门锁着"), {"reason": "约好下月补查"}, may=BOTH, spoil={NO_KEEP: Felt(by="caller"), NOT_LEAD: Felt(by=abroad), **WAITS}),
    "schools.take_up": Tried("handler", is_left_out, {}, may=BOTH, spoil={
        NO_KEEP: Felt(by="caller"), NOT_LEAD: Felt(by=abroad), NOT_RUNNING: Felt(before=over),
        "这一处没有写过没查的原因。": Felt(before=lambda w, what: RoundVenue.objects.update(left_out="", left_out_at=None)),
    }),
    "schools.record_inspection": Tried("handler", recording, {"people": 5}, may=BOTH, spoil={
        NO_KEEP: Felt(by="caller"), NOT_LEAD: Felt(by=abroad), **WAITS, FEW: Felt(what={"licensed": 1}), "至少选一个到场单位。": Felt(what={"came": []}),
        "到场单位要在这一轮的检查组里。": Felt(what=lambda w: {"came": [w.education]}), "持执法证的人数不能多于到场的人数。": Felt(what={"licensed": 9}),
        "检查日期要在这一轮开始以后,不晚于今天。": Felt(what={"day": DAY + timedelta(days=1)}), "“%(item)s”还没有答。一次上门,各单位的检查项都要答。": Felt(what={"item_exits": ""}),
        "一项也没有看,不算查过。没有看成的,写明没查的原因。": Felt(what=lambda w: dict.fromkeys(said(), "none")),
        TOO_OLD: Felt(what={"day": DAY - timedelta(days=8)}, before=lambda w, what: InspectionRound.objects.update(from_on=DAY - timedelta(days=30))),
    }),
    "schools.settle_hazard": Tried("handler", settling, {"measure": "换成推杆锁"}, may=BOTH, spoil={
        **OWNS, "期限不能早于今天。": Felt(what={"due_on": DAY - timedelta(days=1)}), "督办单位要在这一轮的检查组里。": Felt(what=lambda w: {"owner": w.education}),
        LATEST: Felt(what={"due_on": DAY + timedelta(days=61), "reason": "等材料"}), "期限往后改的,写明为什么延期。": Felt(what={"due_on": DAY + timedelta(days=30)}),
        "上次延期是您办的,再延要另一个人办。": Felt(what={"due_on": DAY + timedelta(days=30), "reason": "等材料"}, before=put_off),
    }),
    "schools.issue_order": Tried("handler", ordering, {"unit": None}, may=BOTH, spoil={
        NO_KEEP: Felt(by="caller"), "您的单位在这次检查里没有待开通知书的隐患。": Felt(by=officer), "“%(what)s”还缺:%(lacks)s。先落实再开通知书。": Felt(before=changed(grade="major")),
        "“%(what)s”的整改期限已经过了,先改期限再开通知书。": Felt(before=changed(due_on=DAY - timedelta(days=1))),
    }),
    "schools.mend_hazard": Tried("handler", of_hazard(HazardState.ORDERED, mended_on=DAY, words="锁已拆"), {"words": "已换锁"}, may=BOTH, spoil={
        **OWNS, "改好的日子要在发现以后,不晚于今天。": Felt(what={"mended_on": END}), TOO_OLD: Felt(at=MONDAY + timedelta(days=8)),
    }),
    "schools.recheck_hazard": Tried("handler", of_hazard(HazardState.RECHECK, passed=True, day=DAY, licensed=2, words="已打开"), {"words": "已拆除"}, may=BOTH, spoil={
        **OWNS, "登记整改情况的人不能自己复查,请另一个人复查。": Felt(before=by_the_same), FEW: Felt(what={"licensed": 1}), "复查日期要在发现以后,不晚于今天。": Felt(what={"day": END}),
        "不合格的填再改的期限,合格的不填。": Felt(what={"passed": False}), "再改的期限要在复查以后。": Felt(what={"passed": False, "due_on": DAY}),
        TOO_OLD: Felt(at=MONDAY + timedelta(days=8)), "复查日期要在改好以后,也不早于上次复查。": Felt(before=lambda w, what: Recheck.objects.create(
            hazard_id=what["hazard_id"], day=END, passed=False, words="没改", licensed=2, due_on=END + timedelta(days=1), recorded_at=MONDAY)),
        "没有人登记过整改情况,开通知书的人不能自己销号:请另一个人复查,或者先登记整改情况。": Felt(what=ordered_by_the_same),
        LATEST: Felt(what={"passed": False, "due_on": DAY + timedelta(days=61)}), str(SAME_PERSON): Felt(before=by_a_second_account),
    }),
    "schools.transfer_hazard": Tried("handler", lambda w: of_hazard(HazardState.ORDERED)(w) | {"unit": fire(w), "reason": "拒不整改,立案查处"}, {"reason": "移送立案查处"}, may=BOTH, spoil={
        **OWNS, "只能移送给本县的另一个单位。": Felt(what=abroad_unit),
    }),
    "schools.receive_hazard": Tried("handler", handed_on, {"words": "不予立案,已告知"}, may=BOTH, spoil={
        NO_KEEP: Felt(by="caller"), "移送的隐患由接收单位签收。": Felt(by=officer), "移送的这条隐患已经签收。": Felt(before=changed(received_at=MONDAY, received_words="立案")),
        NOT_THERE: Felt(what=lambda w: {"hazard_id": hazard(w, HazardState.ORDERED, serial=7).pk}),
    }),
    "schools.add_picture": Tried("handler", lambda w: of_hazard(HazardState.FOUND)(w) | {"file": picture(w), "when": "before_mending", "nobody": True}, {"when": "after_mending"}, may=BOTH, spoil={
        NO_KEEP: Felt(by="caller"), NOT_OWNER: Felt(by=officer), "看清楚照片里没有人再传,有人的重新拍。": Felt(what={"nobody": False}),
        "照片超过 12 MB,请压缩后再传。": Felt(what=lambda w: {"file": picture(w, body=b"x" * (12 * 1024 * 1024 + 1))}),
        "这不是一张完整的 JPG 或 PNG 照片。": Felt(what=lambda w: {"file": picture(w, body=b"no picture")}),
    }),
    "schools.raise_rounds": Tried("clock", lambda w: {}, {}, spoil={"校历该办的轮次由系统按时列出,不由人代走。": Felt(by=leader)}),
    "schools.climb_hazard": Tried("clock", of_hazard(HazardState.ORDERED), {}, at=MONDAY + timedelta(days=60), spoil={"超期的隐患由系统按时转进诉求台账,不由人代走。": Felt(by=leader)}),
}  # fmt: skip
