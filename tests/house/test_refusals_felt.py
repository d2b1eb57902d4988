"""Every refusal of casework's rules is met by name: a guard that is switched off fails here (its sentence comes no more).

The table says, for each sentence of each rule, how an otherwise right act (acts.py) is spoilt so that just this guard stops it.
A new (condition, sentence) pair in a rules.py fails the count until somebody shows it to be felt.
"""

import re
from dataclasses import replace
from datetime import date

import pytest

from wanjia.casework.board.rules import can_correct
from wanjia.casework.ledger.columns import MOST_KEPT
from wanjia.casework.models import CellChange, Decision, Need, Session, SessionItem, Slip
from wanjia.casework.slip.commands import count_slip_miss
from wanjia.casework.slip.rules import may_show, may_try
from wanjia.casework.states import Category
from wanjia.casework.tests import clock_acts, handing_acts, matter_acts, together_acts
from wanjia.casework.tests.acts import number
from wanjia.casework.tests.factories import area, unit, worker
from wanjia.casework.triage.commands import set_grid_cell
from wanjia.kernel.acts import ACTS as DECLARED
from wanjia.kernel.command import COMMANDS
from wanjia.kernel.tests.tried import Felt
from wanjia.orgs.models import Level, Post, Tier, User
from wanjia.orgs.roles import Role
from wanjia.policy.triage import rules as limits
from wanjia.registry.models import Membership
from wanjia.sealing.keys import blind
from wanjia.verdict import Refused

from .acts import ACTS, DAY, HOUSEHOLD, MONDAY, World, actor, need, nth, visit
from .refusals import LEAVING, refusals

pytestmark = pytest.mark.django_db


def far(role):
    """Somebody with the role in another county."""

    def make(world):
        county = area("530621000000", "鲁甸县", Level.COUNTY)
        return worker("yuanfang", "远方人", unit("鲁甸县台账办", Tier.COUNTY, county), role)

    return make


def set_meanwhile(world, what):
    """The cell that waits is set once more, shorter, which takes nobody else's word."""
    waits = CellChange.objects.get(pk=what["change_id"])
    set_grid_cell(county=world.county, urgency=waits.urgency, difficulty=waits.difficulty, tiers=["village"], days=1, unit="working", hint="",
                  from_on=waits.from_on, by=world.ledger, at=MONDAY)  # fmt: skip


def sits_too(name, place):
    """The same person, with a second post in the unit that handles."""

    def make(world):
        user = getattr(world, name)
        Post.objects.create(user=user, organisation=getattr(world, place), role=Role.BUREAU_HEAD, from_on=DAY)
        return user

    return make


def officer(place):
    """A callback officer of that unit."""
    return lambda world: worker("ling-huifang", "另一回访员", getattr(world, place), Role.CALLBACK_OFFICER)


def put(**values):
    """Write facts straight on the need: what an import or an older version may have left."""
    return lambda world, what: Need.objects.filter(pk=what["need_id"]).update(**{k: v(world) if callable(v) else v for k, v in values.items()})


def rechecked(world, what):
    """The inspector has looked at what was reported last."""
    Need.objects.filter(pk=what["need_id"]).update(drawn=True)
    COMMANDS["casework.recheck_need"](need_id=what["need_id"], agrees=True, words="到户看过", by=actor(world, "inspector"), at=nth(5))


def alone_above(world):
    """A callback officer of the only unit above that could look again."""
    Post.objects.filter(role__in=(Role.INSPECTOR, Role.LEADER, Role.TOWNSHIP_LEADER)).delete()
    worker("er", "er", world.education, Role.INSPECTOR)
    return worker("nei", "nei", world.education, Role.CALLBACK_OFFICER)


def asked(world, what):
    COMMANDS["casework.ask_withdrawal"](need_id=what["need_id"], words="家里不办了", by=actor(world, "visitor"), at=nth(1))


def settled_by_session(world, what):
    """A session has settled its second return and given it to the unit that has it: as its rows say."""
    need = Need.objects.get(pk=what["need_id"])
    session = Session.objects.create(area=world.xisha, on=DAY, place="会议室", chair="高领导", called_by=world.clerk, called_at=MONDAY)
    item = SessionItem.objects.create(session=session, need=need, n=1)
    line = need.steps.filter(act="assign").last().n - 1
    Decision.objects.create(item=item, need=need, line=line, at=MONDAY, by=world.clerk, holder=need.holder, due_on=need.due_on, measure="由民政局办")
    Need.objects.filter(pk=need.pk).update(returns=2)


def full(_world, what):
    """The agenda has as many items as one sitting takes."""
    session, other = Session.objects.get(pk=what["session_id"]), Need.objects.get(number=what["number"])
    for n in range(2, limits()["session"]["most_items"] + 1):
        SessionItem.objects.create(session=session, need=other, n=n)
        SessionItem.objects.filter(session=session, n=n).update(state="lapsed")


def many_kept(world, _what):
    """The clerk keeps as many questions as may be."""
    for category in Category.values[:MOST_KEPT]:
        COMMANDS["casework.keep_ledger_view"](keep={"category": category}, by=actor(world, "clerk"), at=MONDAY)


def voiced_often(world, _what):
    """Three were voiced by slip in these days, and judged."""
    for _n in range(3):
        need(world, "assigned", household=world.home)
    Need.objects.update(channel="slip")


C = "casework."
BOARD = {"kind": "board", "month": "202609"}
FELT = {
    ("is_new_to", "%(unit)s已经按规定退回过这一项。要再请它,请写明有什么不同,或者先协商、提请会商。"): Felt("casework.ask_unit", what=together_acts.refused_before, at=nth(4)),
    **handing_acts.FELT,
    # board
    ("can_publish", "公示是对外公开,由分管领导签发。"): Felt("reporting.print_monthly", "clerk", what=lambda w: BOARD | {"area": w.xisha}),
    ("can_publish", "公示按季度,一个季度过完了再出:月份选 3、6、9、12 月。"):
        Felt("reporting.print_monthly", "township_leader", what=lambda w: BOARD | {"area": w.xisha, "month": "202610"}),
    # minors
    ("is_a_year", "请选今年或以前的年度。"): Felt(C + "publish_minors_audit", what={"year": 2027}),
    # clock
    ("until_may_be", "新的期限要晚于现在的期限。"): Felt(C + "ask_extension", what={"due_on": date(2026, 11, 16)}),
    ("until_may_be", "延长的时间不能超过原来的时限,最迟到 %(day)s。"): Felt(C + "ask_extension", what={"due_on": date(2026, 12, 1)}),
    ("stop_may_last", "最晚恢复计时的日期要在今天以后。"): Felt(C + "stop_clock", what={"until": date(2026, 11, 4)}),
    ("stop_may_last", "一次挂起最晚到 %(day)s 恢复计时,到时还不行的,请上一级再审批。"): Felt(C + "stop_clock", what={"until": date(2026, 12, 1)}),
    ("can_grant", "申请的日期已经过了,不能再同意。请选不同意,由主办单位抓紧办理。"): Felt(C + "decide_clock", at=nth(40)),
    ("can_grant", "办理时限在等审批的时候已经过了,不能再挂起。请选不同意。"): Felt(
        C + "decide_clock", what=lambda w: clock_acts.with_(lambda w, what: clock_acts.stopped(w, what, **(clock_acts.SEASON | {"until": date(2026, 11, 20)})))(w), at=nth(15)),
    # together
    ("_is_another", "%(unit)s就是主办单位,不用请自己协办。"): Felt(C + "ask_unit", what=lambda w: {"unit": w.civil}),
    ("day_may_be", "协办的日期不能早于今天。"): Felt(C + "ask_unit", what={"due_on": date(2026, 11, 3)}),
    ("day_may_be", "协办的日期最晚是 %(day)s:不能晚于这件诉求自己的时限。"): Felt(C + "ask_unit", what={"due_on": date(2026, 11, 17)}),
    ("has_not_sent_it_back", "%(unit)s刚按规定退回了这一项。请换一个单位,或者先协商。"): Felt(C + "give_help_again", what=lambda w: {"unit": w.education}),
    ("names_no_child", "请不要写孩子的姓名,写“孩子”就行:别的单位不用知道是谁。"): Felt(C + "ask_unit", what=together_acts.child_named),
    # matters
    ("may_decide_on", "%(number)s 不在您的辖区。几件诉求都在您的辖区里,您才能定它们是不是同一事项。"): Felt(C + "group_needs", what=matter_acts.half_seen),
    ("may_decide_on", "这几件诉求不在同一个乡镇(街道)。一个事项在一个乡镇(街道)里;跨乡镇的,各并各的。"): Felt(C + "group_needs", "ledger", what=matter_acts.of_two_townships),
    ("may_hold", "一个事项最多 %(n)s 件。"): Felt(C + "group_needs", what={"numbers": " ".join(f"530625-202611-{n:04d}" for n in range(1, 102))}),
    ("may_join", "%(number)s 已经并进了别的事项。请打开它的页面看;要改并的,先移出。"): Felt(C + "group_needs", before=matter_acts.already),
    # intake
    ("can_record", "您的岗位没有登记诉求的权限。"): Felt(C + "record_need", "nobody"),
    ("can_record", "请选择到村(社区)。"): Felt(C + "record_need", what=lambda w: {"village": w.xisha, "household": None}),
    ("can_record", "这个村(社区)不在您的辖区,请转告当地乡镇登记。"): Felt(C + "record_need", "stranger"),
    ("can_take_findings", "走访记录完成以后才能登记到台账。"): Felt(C + "take_findings", what=lambda w: {"visit_id": visit(w).pk}),
    # screening
    ("can_screen", "您的岗位没有判定是否合理的权限。"): Felt(C + "admit_need", "visitor"),
    ("can_screen", "这件诉求不在您的辖区。"): Felt(C + "admit_need", "stranger"),
    ("can_screen", "只有待判定的诉求才能判定"): Felt(C + "admit_need", state="admitted"),
    ("can_appeal", "您的岗位没有登记复核申请的权限。"): Felt(C + "appeal_decision", "inspector"),
    ("can_appeal", "这件诉求不在您的辖区。"): Felt(C + "appeal_decision", "stranger"),
    ("can_appeal", "只有不予受理的诉求才能申请复核"): Felt(C + "appeal_decision", state="admitted"),
    # triage
    ("can_triage", "您的岗位没有研判权限。"): Felt(C + "triage_need", "visitor"),
    ("can_triage", "这件诉求不在您的辖区。"): Felt(C + "triage_need", "stranger"),
    ("can_triage", "只有已受理、还没有交办的诉求才能研判"): Felt(C + "triage_need", state="registered"),
    ("can_set_grid", "您的岗位没有维护研判表的权限。"): Felt(C + "set_grid_cell", "clerk"),
    ("can_set_grid", "只能维护本县的研判表。"): Felt(C + "set_grid_cell", far(Role.LEDGER_OFFICE)),
    ("can_agree", "别的县的研判表,由那个县的人来定。"): Felt(C + "decide_grid_cell", far(Role.LEADER)),
    ("still_as_asked", "申请之后,这一格又改过。现在同意会盖掉新改的。请选不同意,由申请人按现在的研判表重新申请。"): Felt(C + "decide_grid_cell", before=set_meanwhile),
    # assignment
    ("can_assign", "您的岗位没有交办权限。"): Felt(C + "assign_need", "visitor"),
    ("can_assign", "该户不在您的辖区。"): Felt(C + "assign_need", "stranger"),
    ("can_assign", "只有已研判的诉求才能交办"): Felt(C + "assign_need", state="admitted"),
    ("can_assign", "这件诉求还没有研判过,请先重新研判,再交办。"): Felt(C + "assign_need", before=put(urgency="")),
    ("may_hold", "按“%(grade)s”的研判,不能交给%(unit)s。请从名单中选择,或重新研判。"): Felt(C + "assign_need", what=lambda w: {"holder": w.committee}),
    ("can_help", "%(unit)s不管这个村(社区),不能请它配合。请从名单中选择。"): Felt(C + "assign_need", what=lambda w: {"helpers": [w.elsewhere]}),
    ("leaves_others", "这样交办以后,就没有别的单位能向诉求人回访了。请换一个单位,或请管理员在别的单位设回访员。"):
        Felt(C + "assign_need", what=lambda w: {"helpers": [w.office]}),
    ("leaves_others", "这样交办以后,就没有别的上级单位能抽查了。请换一个单位或少请一个协办单位,或请管理员在别的上级单位设抽查的岗位。"):
        Felt(C + "assign_need", before=lambda w, _what: officer("education")(w), what=lambda w: {"helpers": [w.office, w.oversight]}),
    ("leaves_a_signer", "%(unit)s现在没有能签收的人,交过去就没有人管了。请换一个单位,或请管理员给它设岗位。"):
        Felt(C + "assign_need", what=lambda w: {"holder": w.officer.org}),
    ("can_accept", "您的岗位没有签收权限。"): Felt(C + "accept_need", "caller"),
    ("can_accept", "这件诉求没有交给您的单位。"): Felt(C + "accept_need", "teacher"),
    ("can_accept", "现在不需要签收"): Felt(C + "accept_need", state="accepted"),
    ("may_answer_for", "只能派给本单位有办理权限的人。"): Felt(C + "accept_need", what=lambda w: {"handler": w.teacher}),
    ("can_return", "您的岗位没有退回权限。"): Felt(C + "return_need", "caller"),
    ("can_return", "这件诉求不在您的单位手里。"): Felt(C + "return_need", "teacher"),
    ("can_return", "只有待签收或刚签收、还没有开始办理的诉求才能退回"): Felt(C + "return_need", state="in_progress", at=nth(3)),
    ("can_return", "这件诉求已经退回过 %(n)s 次,不能再退。请点“提请会商裁定”,由会商确定主办单位。"): Felt(C + "return_need", before=put(returns=2)),
    ("can_assign", "这件诉求已经退回过 %(n)s 次,由会商确定主办单位。请在“会商研判”里召集会商,把它议定。"): Felt(C + "assign_need", before=put(returns=2)),
    ("can_return", "主办单位是会商定的,不能再退。有不同意见,请召集会商的单位补记在纪要上;办不了的,写进办理记录。"): Felt(C + "return_need", before=settled_by_session),
    ("can_return", "退回要在交办后 1 个工作日以内(最迟 %(day)s),现在已经过了。请签收办理;确实不归本单位的,请点“提请会商裁定”。"): Felt(C + "return_need", at=nth(2)),
    # ladder
    ("can_climb", "催办、督办、提级的阶梯由系统按时限走,不由人代走。要催的,请在诉求页上点“催办”。"): Felt(C + "climb", "ledger"),
    ("can_climb", "现在不是上班时间,到下一个工作日的早上再催。"): Felt(C + "climb", at=nth(2, hours=12)),
    # sessions
    ("covers_area", "只能召集本辖区的会商。"): Felt(C + "call_session", what=lambda w: {"area": w.makou}),
    ("is_day_ahead", "会商日期请填今天到 30 天以内。"): Felt(C + "call_session", what={"on": nth(60).date()}),
    ("can_be_added", "这次会商的辖区里没有这个编号的诉求,请核对编号。"): Felt(C + "add_item", what={"number": "530625-000000-0000"}),
    ("can_be_added", "这件诉求已经列在 %(day)s 的会商上。"): Felt(C + "add_item", what=lambda w: {"number": SessionItem.objects.get().need.number}),
    ("can_be_added", "不用会商。主办单位办不了的,由它提请会商裁定"): Felt(C + "add_item", what=lambda w: {"number": number(w, "accepted")}),
    ("can_be_added", "一次会商最多列 %(n)s 件,请列入下一次。"): Felt(C + "add_item", before=full),
    ("can_wait_until", "改到哪天,请填今天以后的日期。"): Felt(C + "put_off_item", what={"until": DAY}),
    ("can_wait_until", "这件最迟只能改到 %(day)s:办理时限照旧,不因改期延长。"): Felt(C + "put_off_item", what={"until": nth(20).date()}),
    ("can_hand_to", "您的岗位没有派给责任人的权限。"): Felt(C + "hand_to_person", "caller"),
    ("can_hand_to", "这件诉求不在您的单位手里。"): Felt(C + "hand_to_person", "teacher"),
    ("can_hand_to", "签收以后、报办结以前才能换责任人"): Felt(C + "hand_to_person", state="assigned"),
    # ledger
    ("can_keep_view", "您的岗位不看具体诉求,没有台账视图可以保存。"): Felt(C + "keep_ledger_view", "auditor"),
    ("has_room", "最多保存 %(n)s 个筛选,请先删掉不用的。"): Felt(C + "keep_ledger_view", what={"keep": {"tab": "late"}}, before=many_kept),
    # callback
    ("can_call_back", "您的岗位没有回访权限,请由回访员回访。"): Felt(C + "call_back", "clerk"),
    ("can_call_back", "这件诉求不在您的辖区。"): Felt(C + "call_back", far(Role.CALLBACK_OFFICER)),
    ("can_call_back", "报办结以后才能回访"): Felt(C + "call_back", state="in_progress"),
    ("can_call_back", "办理过这件诉求的单位不能自己回访,请由别的单位回访。"): Felt(C + "call_back", sits_too("caller", "civil")),
    ("can_open_words", "您的岗位不能查看诉求人原话,只有回访和抽查的人可以。"): Felt(C + "open_words", "clerk"),
    ("can_open_words", "这件诉求不在您的辖区。"): Felt(C + "open_words", far(Role.CALLBACK_OFFICER)),
    ("can_open_words", "办理过这件诉求的单位不能查看诉求人原话。"): Felt(C + "open_words", sits_too("caller", "civil")),
    ("can_open_words", "登记撤回申请的单位不能查看诉求人原话,里面可能说的就是这件事。"):
        Felt(C + "open_words", sits_too("caller", "committee"), "in_progress", before=asked, at=nth(3)),
    ("can_open_words", "这件诉求没有记下诉求人原话。"): Felt(C + "open_words", state="done_reported"),
    ("can_check_withdrawal", "您的岗位没有核实撤回的权限,请由回访员核实。"): Felt(C + "withdraw_need", "clerk"),
    ("can_check_withdrawal", "这件诉求不在您的辖区。"): Felt(C + "keep_need", far(Role.CALLBACK_OFFICER)),
    ("can_check_withdrawal", "报办结以后不能再撤回"): Felt(C + "withdraw_need", state="done_reported", at=nth(5)),
    ("can_check_withdrawal", "这件诉求没有等着核实的撤回申请。"): Felt(C + "withdraw_need", state="admitted"),
    ("can_check_withdrawal", "承办过这件诉求的单位不能自己核实撤回,请由别的单位核实。"): Felt(C + "withdraw_need", officer("township")),
    ("can_check_withdrawal", "登记撤回申请的单位不能自己核实,请由别的单位核实。"): Felt(C + "withdraw_need", officer("committee")),
    # closing
    ("can_close", "您的岗位没有销号权限。"): Felt(C + "close_need", "visitor"),
    ("can_close", "这件诉求不在您的辖区。"): Felt(C + "close_need", "stranger"),
    ("can_close", "回访以后才能销号"): Felt(C + "close_need", state="done_reported"),
    ("can_close", "责任人不能给自己经办的诉求销号。"): Felt(C + "close_need", before=put(handler=lambda w: w.clerk)),
    ("can_close", "还不能销号:%(todo)s"): Felt(C + "close_need", before=put(answered_on=None)),
    ("can_recheck", "您的岗位没有抽查权限。"): Felt(C + "recheck_need", "clerk"),
    ("can_recheck", "这件诉求不在您的辖区。"): Felt(C + "recheck_need", far(Role.INSPECTOR)),
    ("can_recheck", "回访以后才抽查"): Felt(C + "recheck_need", state="done_reported"),
    ("can_recheck", "回访过、销过号的单位不能自己抽查,请由别的上级单位抽查。"): Felt(C + "recheck_need", lambda w: worker("er", "er", w.office, Role.INSPECTOR)),
    ("can_close", "这件诉求是您的单位抽查的,请由别的单位销号。"): Felt(
        C + "close_need", lambda w: worker("er", "er", w.oversight, Role.LEDGER_OFFICE), before=rechecked),
    ("can_call_back", "您的单位回访以后,就没有别的上级单位能抽查了,请由别的单位回访。"): Felt(C + "call_back", alone_above),
    ("may_say", "办理过上次那件诉求的单位不能自己认定,请别的单位认定。"): Felt(C + "say_again", lambda w: worker("nei", "内回访", w.civil, Role.CALLBACK_OFFICER)),
    ("can_look", "抽查名单由系统按规则和抽签列,不由人挑选。"): Felt(C + "look_for_patterns", "ledger"),
    ("can_complain", "您已经说过“没有解决”,记下了,上一级会来看。"): Felt(
        C + "answer_by_slip", what={"word": "unsolved"}, state="closed", at=nth(50), before=put(slip_word="unsolved")),
    ("can_recheck", "这件诉求没有抽中,不需要抽查。"): Felt(C + "recheck_need", before=put(drawn=False, involves_child=False)),
    ("can_recheck", "办理过这件诉求的单位不能自己抽查。"): Felt(C + "recheck_need", sits_too("inspector", "civil")),
    ("can_recheck", "应由承办单位的上一级抽查。"): Felt(C + "recheck_need", "township_leader"),
    ("can_reopen", "您的岗位没有登记重新办理的权限。"): Felt(C + "reopen_need", "inspector"),
    ("can_reopen", "这件诉求不在您的辖区。"): Felt(C + "reopen_need", "stranger"),
    ("can_reopen", "只有已销号或已撤回的诉求才能重新办理"): Felt(C + "reopen_need", state="assigned"),
    ("can_reopen", "这件诉求撤回时还没有判定是否合理,请登记一件新的诉求,并写上原编号 %(number)s。"): Felt(C + "reopen_need", state="withdrawn"),
    ("can_reopen", "已经超过 %(days)s 天,请登记一件新的诉求,并写上原编号 %(number)s。"): Felt(C + "reopen_need", at=nth(40)),
    ("can_resume", "您的岗位没有办理权限。"): Felt(C + "resume_planned", "caller"),
    ("can_resume", "这件诉求不在您的辖区。"): Felt(C + "resume_planned", "stranger"),
    ("can_resume", "只有列入计划的诉求才需要到期续办"): Felt(C + "resume_planned", state="verified"),
    ("can_resume", "还没有到计划兑现的日期。"): Felt(C + "resume_planned", at=nth(6)),
    # ledger, slip, protection
    ("can_reveal", "没有找到这件诉求。可能不在您的辖区。"): Felt(C + "reveal_need", "stranger"),
    ("can_reveal", "您的岗位没有查看敏感信息的权限。"): Felt(C + "reveal_need", "inspector"),
    ("says_why", "请写明为什么要看。"): Felt(C + "reveal_need", what={"reason": " "}),
    ("can_issue", "您的岗位没有打印小条的权限。"): Felt(C + "issue_slip", "inspector"),
    ("can_issue", "这件诉求不在您的辖区。"): Felt(C + "issue_slip", "stranger"),
    ("can_issue", "已经报办结,不能再打印小条,免得有人替诉求人回答。诉求人的话由别的单位回访时问。"): Felt(C + "issue_slip", state="verified", at=nth(6)),
    # away
    ("can_voice", "这张小条没有对上户,请打电话给村里,由村里登记。"): Felt(C + "voice_from_away", what=lambda w: need(w, "assigned", household=None)),
    ("can_voice", "登记里这一户的人已经搬走了,请打电话给村里,由村里登记。"): Felt(
        C + "voice_from_away", before=lambda w, _what: Membership.objects.filter(household=w.home).update(to_on=DAY)),
    ("can_voice", "上一件凭小条说的还没有判定,等有了答复再说下一件。急的请打小条上的电话。"): Felt(
        C + "voice_from_away", before=lambda w, what: COMMANDS[C + "voice_from_away"](**what | {"category": "land"}, by=HOUSEHOLD, at=nth(1))),
    ("can_voice", "凭小条 %(days)s 天里最多说 %(n)s 件,再有请打电话给村里。"): Felt(C + "voice_from_away", before=voiced_often),
    ("is_another", "您看的这件就是这一类,还在办。确实是另一件的,请勾选“这是另一件”。"): Felt(C + "voice_from_away", before=put(category="road")),
    ("can_speak", "承办单位还没有报办结,办好以后再请您回答。"): Felt(C + "answer_by_slip", state="in_progress"),
    ("can_say_solved", "您已经说过“已经解决”,记下了。"): Felt(C + "answer_by_slip", before=put(slip_word="solved")),
    ("can_report", "请先让管理员给您的账号登记岗位;情况紧急请直接拨打 110。"): Felt(C + "report_child", "nobody"),
    ("can_report", "请选择孩子所在的村(社区)或乡镇。"): Felt(C + "report_child", what={"area": None}),
    ("can_follow_up", "只有未成年人保护专员可以跟进。"): Felt(C + "follow_up_report", "visitor"),
    ("can_open", "只有未成年人保护专员可以打开。"): Felt(C + "open_report", "clerk"),
}  # fmt: skip

# Rules that no command asks but the page that shows or opens; each is asked here as the page does.
ONE_LESS = [{"villages": [{"lines": [{"words": "各类合计", "total": n, "cells": [{"n": n, "span": 4}]}]}]} for n in (5, 4)]
ASKED = {
    ("can_correct", "改动的不足 3 件,把两份公示一对就看得出是谁家,不出更正。改动多了再出。"): lambda _world: can_correct(*ONE_LESS).or_raise(),
    ("may_show", "小条上的编码只在生成的那一刻显示一次。没有打印上的,请重新生成一张,旧的作废。"): lambda world: may_show(_kept_slip(world)).or_raise(),
    ("may_try", "输错太多次,请一小时后再试,或拨打小条上的电话。"): lambda world: _ten_misses(),
}

# Refusals of the acts themselves, beside the rules: those that were once switched off without a test noticing.
COMMANDS_OWN = {
    "没有联系上,不能替诉求人回答是否解决、是否满意。": Felt(C + "call_back", what={"reached": False, "word": "", "satisfaction": "satisfied"}),
    "联系上了,请选择诉求人说的是": Felt(C + "call_back", what={"word": ""}),
    "不在所选的村(社区),请核对。": Felt(C + "record_need", "ledger", what=lambda w: {"village": w.xinmin}),
    "请写明诉求人自己说的撤回原因。": Felt(C + "withdraw_need", what={"words": " "}),
    "请写明诉求人自己是怎么说的。": Felt(C + "keep_need", what={"words": " "}),
}


def _kept_slip(world):
    COMMANDS["casework.issue_slip"](**need(world, "assigned"), by=actor(world, "visitor"), at=nth(1))
    return Slip.objects.get()


def _ten_misses():
    for _try in range(10):
        may_try(blind("slip.address", "10.0.0.1"), nth()).or_raise()
        count_slip_miss(address="10.0.0.1", by=HOUSEHOLD, at=nth())
    may_try(blind("slip.address", "10.0.0.1"), nth()).or_raise()


def meet(world, felt):
    """Do the spoilt act; return the sentence that stopped it, or None."""
    right = ACTS[felt.act]
    what = right.make(world)
    if felt.state:
        what |= need(world, felt.state)
    what |= felt.what(world) if callable(felt.what) else felt.what
    if felt.before:
        felt.before(world, what)
    by = felt.by(world) if callable(felt.by) else actor(world, felt.by or right.by)
    by = User.objects.get(pk=by.pk) if getattr(by, "pk", None) else by
    try:
        COMMANDS[felt.act](by=by, at=felt.at or right.at, **what)  # a command is a transaction of its own: what its refusal tells is written after
    except Refused as refusal:
        return str(refusal.reason)
    return None


def fixed(sentence):
    """The longest part of a sentence without a gap."""
    return max(re.split(r"%\(\w+\)s", sentence), key=len)


@pytest.mark.parametrize("key", FELT, ids=lambda key: f"{key[0]}:{key[1][:12]}")
def test_each_refusal_of_the_rules_is_felt(key):
    said = meet(World(), FELT[key])
    assert said is not None, "nothing stopped it: the guard is off"
    assert fixed(key[1]) in said


# What stands beside the acts, in the tests/acts.py of their app: {(act, sentence): Felt}.
BESIDE = {(name, sentence): replace(felt, act=felt.act or name) for name, row in ACTS.items() for sentence, felt in row.spoil.items()}


def of_rules():
    """Return {(rule, sentence)} of what stands beside an act and its own rule says."""
    return {(DECLARED[name].may.__name__, sentence) for name, sentence in BESIDE if name in DECLARED and DECLARED[name].may}


@pytest.mark.parametrize("key", BESIDE, ids=lambda key: f"{key[0]}:{key[1][:12]}")
def test_each_refusal_beside_an_act_is_felt(key):
    said = meet(World(), BESIDE[key])
    assert said is not None, "nothing stopped it: the guard is off"
    assert fixed(key[1]) in said


@pytest.mark.parametrize("key", ASKED, ids=lambda key: key[0])
def test_each_refusal_that_a_page_asks_is_felt(key):
    with pytest.raises(Refused, match=fixed(key[1])[:12]):
        ASKED[key](World())


@pytest.mark.parametrize("sentence", COMMANDS_OWN)
def test_refusals_of_the_acts_themselves(sentence):
    assert sentence in (meet(World(), COMMANDS_OWN[sentence]) or "")


def test_every_refusal_in_the_rules_has_its_row():
    written = {(function, sentence) for mechanism, function, sentence in refusals() if mechanism not in LEAVING}
    assert written - set(FELT) - set(ASKED) - of_rules() == set()
    assert (set(FELT) | set(ASKED)) - written == set(), "a row of a sentence that stands no more"
    assert len(written) > 80


@pytest.mark.parametrize(("rule", "key"), [
    ("wanjia.casework.callback.rules", ("can_call_back", "办理过这件诉求的单位不能自己回访,请由别的单位回访。")),
    ("wanjia.casework.closing.rules", ("can_recheck", "办理过这件诉求的单位不能自己抽查。")),
])  # fmt: skip
def test_a_guard_switched_off_is_noticed(monkeypatch, rule, key):
    """Negative control: with `independent` always true nothing stops the act, and the test above would fail."""
    monkeypatch.setattr(f"{rule}.independent", lambda actor, need: True)
    assert meet(World(), FELT[key]) is None
