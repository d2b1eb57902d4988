"""One entry for every command: how it is done rightly, in a small world. House tests are generated from this table.

What an app's own `tests/acts.py` brings stands in it too; there new rows go, with who may and how each refusal is met.
"""

from datetime import date, timedelta
from pathlib import Path

from tests.stamp import stamped
from wanjia.casework.ladder.rules import CLOCK
from wanjia.casework.models import Evidence, Need
from wanjia.casework.protection.commands import report_child
from wanjia.casework.tests import factories as casework
from wanjia.casework.tests import walk
from wanjia.kernel.acts import discover
from wanjia.kernel.brings import parts
from wanjia.kernel.command import COMMANDS, SystemActor
from wanjia.kernel.tests.tried import Tried
from wanjia.orgs.accounts.commands import create_user, give_post, reset_password
from wanjia.orgs.duties import Duty
from wanjia.orgs.models import Area, AreaAlias, Line, Organisation, Post, Sponsorship, Tier
from wanjia.orgs.roles import Role
from wanjia.registry.applying import commands as applying
from wanjia.registry.duplicates.commands import merge_people
from wanjia.registry.importing import commands as importing
from wanjia.registry.models import ParentLine, VisitMethod
from wanjia.registry.people.commands import record_absence
from wanjia.registry.statuses.commands import record_home_status
from wanjia.registry.tests import factories as registry
from wanjia.registry.visits.commands import plan_visit
from wanjia.reporting.exporting.commands import ask_export, decide_export

MONDAY, nth, need = casework.MONDAY, casework.later, walk.need
DAY = date(2026, 11, 2)
CSV = "户编号,姓名,身份证号,与户主关系,村(社区)\nH001,王大明,{number},户主,大同村\n"
HOUSE = Path(__file__).resolve().parents[2]

discover()


@stamped
class World(casework.World):
    """The casework world and the register's Wang home in one, with the posts that the other acts need."""

    def __init__(self):
        self.register = registry.World()
        super().__init__()
        self.handler2 = casework.worker("minzheng2", "黄民政", self.civil, Role.BUREAU_WORKER)
        self.head = casework.worker("minzheng-juzhang", "韩局长", self.civil, Role.BUREAU_HEAD)
        self.admin = casework.worker("admin", "管理员甲", self.office, Role.ADMINISTRATOR)
        self.leader = casework.worker("xian-lingdao", "何县长", self.office, Role.LEADER)
        self.auditor = casework.worker("shenji", "审计员甲", self.office, Role.AUDITOR)
        self.township_leader = self.register.leader
        self.nobody = registry.User.objects.create_user(username="nobody", name="无岗人")


def fresh_user(world):
    return create_user(username="xinren", name="新人", password="wanjia-2026-xinren", by=world.admin, at=MONDAY)


def _proposed(world):
    """A protective post that waits for its second person."""
    return give_post(user_id=fresh_user(world).pk, organisation=world.office, role=Role.CALLBACK_OFFICER, from_on=DAY, by=world.admin, at=MONDAY)


def _slept(world):
    """The protection officer, whose password an administrator has set anew."""
    return reset_password(user_id=world.officer.pk, password="wanjia-2026-chongzhi", by=world.admin, at=MONDAY)


def report(world):
    return report_child(area=world.datong, discovered_at=MONDAY, situation="疑似受伤", facts="手臂有伤", child_words="大同村小学生",
                        by=world.visitor, at=MONDAY)  # fmt: skip


def upload(world, state="received"):
    number = registry.number(date(1990, 1, 1), 17)
    who = {"by": world.clerk, "at": MONDAY}
    one = importing.receive_upload(template="household", name="户.csv", body=CSV.format(number=number).encode(), **who)
    if state in ("judged", "applying", "applied"):
        one = importing.judge_upload(one, **who)
    if state in ("applying", "applied"):
        one = importing.confirm_upload(upload_id=one.pk, **who)
    if state == "applied":
        applying.apply_chunk(upload_id=one.pk, **who)
    return {"upload_id": one.pk}


def visit(world):
    return plan_visit(household_id=world.register.home.pk, planned_on=date(2026, 11, 5), visitor_ids=[world.visitor.pk, world.register.yang.pk],
                      by=world.visitor, at=MONDAY)  # fmt: skip


STATUS = {"scheme": "relief", "code": "minimum", "from_on": date(2026, 7, 2), "evidence": "审批表"}


def status(world, **facts):
    """Record a status of the Wang home."""
    return record_home_status(**STATUS | facts, household_id=world.register.home.pk, by=world.visitor, at=registry.NOW)


def twins(world):
    """Two people who may be one: same name and birth date, one without a number."""
    home = world.register.register("王建国", date(1985, 3, 2), 55)
    other = home.memberships.get().person
    return world.register.head, other


def merge(world):
    kept, gone = twins(world)
    return merge_people(kept_id=kept.pk, gone_id=gone.pk, reason="同一个人登记了两次", by=world.clerk, at=MONDAY)


def _asked(world):
    """Something stands in the ledger that may leave; nothing more is said of it."""
    need(world, "assigned")
    return {}


def export(world, decided=None):
    one = ask_export(kind="needs", purpose="月度核对用", query={}, rows=900, columns=["联系电话"], by=world.clerk, at=MONDAY)
    if decided:
        decide_export(export_id=one.pk, approve=True, by=world.township_leader, at=MONDAY)
    return {"export_id": one.pk}


DONE_ON = date(2026, 11, 6)
ACTS = {
    "casework.record_need": Tried("visitor", lambda w: {"village": w.datong, "household": w.home, "channel": "visit", "category": "aid",
                                                      "summary": "停水一周", "requester_name": "王大叔"}, {"summary": "停电"}),
    "casework.take_findings": Tried("visitor", lambda w: {"visit_id": _visited(w)}, {}),
    "casework.admit_need": Tried("clerk", lambda w: need(w, "registered"), {"decision_reason": "另写"}),
    "casework.decline_need": Tried("clerk", lambda w: need(w, "registered") | {"decline_ground": "not_true", "decision_reason": "与核实情况不符",
                                                                              "told_on": DAY, "told_way": "face"}, {"told_way": "phone"}),
    "casework.appeal_decision": Tried("visitor", lambda w: need(w, "declined") | {"words": "补充了证明材料"}, at=nth(1)),
    "casework.triage_need": Tried("clerk", lambda w: need(w, "admitted") | {"urgency": "urgent", "difficulty": "medium"}, {"difficulty": "easy"}),
    "casework.assign_need": Tried("clerk", lambda w: need(w, "triaged") | {"holder": w.civil}, at=nth(hours=3)),
    "casework.accept_need": Tried("handler", lambda w: need(w, "assigned"), {"handler": None}, at=nth(1)),
    "casework.return_need": Tried("handler", lambda w: need(w, "assigned") | {"reason": "按职责应由教体局办理", "rule": "县级部门权责清单"}, {"reason": "按职责应由卫健局办理"},
                                at=nth(1)),
    "casework.hand_to_person": Tried("handler", lambda w: need(w, "accepted") | {"handler": w.handler2}, at=nth(2)),
    "casework.open_evidence": Tried("handler", lambda w: {"evidence_id": _evidence(w), "reason": "核对发放情况"}, {"reason": "另外核对"}, at=nth(3)),
    "casework.withdraw_need": Tried("caller", lambda w: _withdrawing(w) | {"way": "phone", "words": "是我要撤的"}, at=nth(2)),
    "casework.keep_need": Tried("caller", lambda w: _withdrawing(w) | {"way": "phone", "words": "我没有要撤"}, at=nth(2)),
    "casework.call_back": Tried("caller", lambda w: need(w, "done_reported") | {"way": "phone", "reached": True, "word": "solved"}, at=nth(5)),
    "casework.open_words": Tried("caller", lambda w: _spoken(w) | {"reason": "recheck"}, {"reason": "rework"}, at=nth(6)),
    "casework.close_need": Tried("clerk", lambda w: _closable(w), at=nth(6)),
    "casework.recheck_need": Tried("inspector", lambda w: need(w, "verified", involves_child=True) | {"agrees": True, "words": "到户看过,属实"},
                                 at=nth(6)),
    "casework.reopen_need": Tried("visitor", lambda w: need(w, "closed") | {"words": "又停水了"}, at=nth(9)),
    "casework.resume_planned": Tried("handler", lambda w: _planned(w), {}, at=nth(60)),
    "casework.issue_slip": Tried("visitor", lambda w: need(w, "assigned"), {}),
    "casework.answer_by_slip": Tried("household", lambda w: need(w, "done_reported") | {"word": "solved"}, {"word": "unsolved"},
                                   {"word": "maybe"}, "谁拿着小条谁就是那一户;小条上没有姓名", at=nth(5)),
    "casework.voice_from_away": Tried("household", lambda w: need(w, "assigned", household=w.home) | {"category": "road", "summary": "门口的路塌了"},
                                    {"summary": "门口的桥断了"}, {"summary": "路"}, "谁拿着小条谁就是那一户;小条上没有姓名", at=nth(1)),
    "registry.look_up_number": Tried("clerk", lambda w: {"token": "0123456789abcdef"}, {"token": "fedcba9876543210"}, {}, "谁都可能输入号码;查了就记"),
    "orgs.anchor_journal": Tried("auditor", lambda w: {}, {}),
    "casework.count_slip_miss": Tried("household", lambda w: {"address": "127.0.0.1"}, {"address": "127.0.0.2"}, {}, "输错的人没有账号"),
    "casework.reveal_need": Tried("clerk", lambda w: need(w, "assigned") | {"reason": "电话核实情况"}, {"reason": "再次电话核实"}),
    "casework.set_grid_cell": Tried("ledger", lambda w: {"county": w.county, "urgency": "urgent", "difficulty": "easy", "tiers": ["village"],
                                                       "days": 2, "unit": "working", "hint": "", "from_on": DAY}, {"days": 1}),
    "casework.decide_grid_cell": Tried("township_leader", lambda w: {"change_id": _waiting_cell(w).pk, "agree": True}, {"words": "问过承办单位"}),
    "casework.take_ledger_row": Tried("clerk", lambda w: {"village": w.datong, "source_file": "f" * 64, "source_row": 3, "values": {
        "登记时间": DAY, "诉求人": "李四", "诉求内容": "停水", "诉求类别": "饮水用电", "是否合理": "合理"}}, {"source_row": 4}),
    "casework.report_child": Tried("visitor", lambda w: {"area": w.datong, "discovered_at": MONDAY, "situation": "疑似受伤", "facts": "手臂有伤",
                                                       "child_words": "大同村"}, {"facts": "另一件事"}),
    "casework.follow_up_report": Tried("officer", lambda w: {"report_id": report(w).pk, "words": "已与派出所联系"}),
    "casework.open_report": Tried("officer", lambda w: {"report_id": report(w).pk, "reason": "处置需要"}, {"reason": "再次处置需要"}),
    "orgs.create_user": Tried("admin", lambda w: {"username": "xinren", "name": "新人", "password": "wanjia-2026-xinren"}, {"name": "别人"}),
    "orgs.give_post": Tried("admin", lambda w: {"user_id": fresh_user(w).pk, "organisation": w.civil, "role": Role.BUREAU_WORKER, "from_on": DAY},
                          {"title": "科员"}),
    "orgs.decide_post": Tried("auditor", lambda w: {"post_id": _proposed(w).pk, "agree": True}, {"words": "已当面核实"}),
    "orgs.wake_user": Tried("auditor", lambda w: {"user_id": _slept(w).pk}, {}),
    "orgs.see_notices": Tried("auditor", lambda w: _proposed(w) and {}, {}),
    "orgs.end_post": Tried("admin", lambda w: {"post_id": w.handler2.posts.get().pk, "on": DAY}, {"reason": "调离"}),
    "orgs.reset_password": Tried("admin", lambda w: {"user_id": w.handler.pk, "password": "wanjia-2026-chongzhi"}, {"password": "wanjia-2026-lingyi"}),
    "orgs.lock_user": Tried("admin", lambda w: {"user_id": w.handler.pk, "reason": "离岗"}, {"reason": "停职"}),
    "orgs.unlock_user": Tried("admin", lambda w: {"user_id": w.handler.pk}, {"reason": "复岗"}),
    "orgs.change_own_password": Tried("handler", lambda w: _with_password(w), {"new": "wanjia-2026-xinmima2"}, {"old": "wrong-old-one"},
                                    "自己的密码"),
    "orgs.keep_own_profile": Tried("handler", lambda w: {"name": "陈民政一", "phone": "13887000009", "large_text": True}, {"large_text": False},
                                 {"name": " "}, "自己的资料"),
    "orgs.end_own_sessions": Tried("handler", lambda w: {}, {}, {}, "自己的登录"),
    "orgs.keep_workday": Tried("ledger", lambda w: {"day": date(2027, 2, 8), "works": False, "name": "春节", "source": "国办通知"}, {"name": "补休"}),
    "orgs.clear_workday": Tried("ledger", lambda w: {"day": date(2026, 10, 1), "reason": "通知更正"}, {"reason": "另一份通知"}),
    "orgs.load_workdays": Tried("ledger", lambda w: {"text": "2027-02-08,休,春节\n2027-02-14,班,调休上班", "source": "国办通知"}, {"source": "更正通知"}),
    "orgs.load_published_workdays": Tried("ledger", lambda w: {}, {}),
    "orgs.decide_workdays": Tried("township_leader", lambda w: {"change_id": _waiting(w).pk, "agree": True}, {"words": "查过通知"}),
    "orgs.stop_recount": Tried("ledger", lambda w: {"change_id": _recount(w).pk}, {"change_id": "0190e0e0-0000-7000-8000-00000000000b"}),
    "orgs.resume_recount": Tried("ledger", lambda w: {"change_id": _recount(w, stopped=True).pk}, {"change_id": "0190e0e0-0000-7000-8000-00000000000b"}),
    "orgs.load_areas": Tried("admin", lambda w: {"text": "区划代码,名称\n530625202203,阳堡村民委员会\n", "edition": "县里名单 2026",
                                               "within": None}, {"edition": "县里名单 2026 更正"}),
    "orgs.end_area": Tried("admin", lambda w: {"area_id": w.xinmin.pk, "successors": [w.datong], "on": date(2026, 11, 1), "basis": "批复"}, {"basis": "另一批复"}),
    "orgs.keep_area_alias": Tried("admin", lambda w: {"area_id": w.datong.pk, "name": "大同片区"}, {"name": "大同坝"}),
    "orgs.drop_area_alias": Tried("admin", lambda w: {"alias_id": AreaAlias.objects.create(area=w.datong, name="旧名").pk}, {}),
    "orgs.keep_organisation": Tried("admin", lambda w: {"name": "永善县水务局", "area": w.county, "tier": Tier.COUNTY, "line": Line.WATER},
                                  {"short_name": "县水务局"}),
    "orgs.keep_organisation_alias": Tried("admin", lambda w: {"unit_id": w.civil.pk, "name": "县民政局"}, {"name": "民政局"}),
    "orgs.end_organisation": Tried("admin", lambda w: {"unit_id": Organisation.objects.create(name="旧单位", area=w.county, tier="county").pk,
                                                     "on": date(2026, 11, 3), "reason": "机构改革"}, {"reason": "并入民政局"}),
    "orgs.sponsor_area": Tried("admin", lambda w: {"organisation": w.civil, "area": w.xisha, "from_on": DAY}, {"head_name": "陈"}),
    "orgs.end_sponsorship": Tried("admin", lambda w: {"bond_id": Sponsorship.objects.create(organisation=w.civil, area=w.xisha, from_on=date(2026, 1, 1)).pk,
                                                    "on": DAY}, {"reason": "调整"}),
    "registry.register_household": Tried("visitor", lambda w: {"village_code": w.datong.code, "head": {
        "name": "李大成", "citizen_id": registry.number(date(1980, 1, 2), 31)}}, {"number": "X1"}),
    "registry.update_household": Tried("visitor", lambda w: {"household_id": w.register.home.pk, "version": w.register.home.version,
                                                           "note": "门前路已硬化"}, {"note": "另写"}),
    "registry.verify_household": Tried("visitor", lambda w: {"household_id": w.register.home.pk}, {}),
    "registry.add_member": Tried("visitor", lambda w: {"household_id": w.register.home.pk, "relation": "母亲", "name": "王老太",
                                                     "citizen_id": registry.number(date(1950, 1, 2), 42)}, {"relation": "岳母"}),
    "registry.move_member": Tried("visitor", lambda w: {"membership_id": w.register.membership(w.register.wife).pk, "household_id": w.register.register("李大成", date(1980, 1, 2), 31).pk,
                                                      "relation": "儿媳", "on": DAY}, {"reason": "分户"}),
    "registry.end_membership": Tried("visitor", lambda w: {"membership_id": w.register.membership(w.register.wife).pk, "on": DAY,
                                                         "reason": "迁出"}, {"reason": "外嫁"}),
    "registry.reveal_household": Tried("visitor", lambda w: {"household_id": w.register.home.pk, "reason": "上门送材料"}, {"reason": "电话通知"}),
    "registry.keep_rows": Tried("clerk", lambda w: {"source": "测试", "rows": [{"number": "K1", "village": w.datong.code, "members": [
        {"name": "赵一", "relation": "户主", "citizen_id": registry.number(date(1970, 2, 2), 77)}]}]}, {"source": "另一份"}),
    "registry.update_person": Tried("visitor", lambda w: {"person_id": w.register.head.pk, "version": w.register.head.version,
                                                        "education": "初中"}, {"education": "高中"}),
    "registry.record_home_status": Tried("visitor", lambda w: STATUS | {"household_id": w.register.home.pk}, {"evidence": "另一份材料"}),
    "registry.record_status": Tried(
        "visitor", lambda w: STATUS | {"scheme": "disability", "code": "limb", "grade": "1", "person_id": w.register.head.pk}, {"evidence": "另一份材料"}),
    "registry.confirm_status": Tried("visitor", lambda w: {"status_id": status(w).pk}, {}),
    "registry.end_status": Tried("visitor", lambda w: {"status_id": status(w, scheme="poverty_risk", code="at_risk").pk, "on": DAY, "reason": "不再符合"}, {"reason": "家庭情况好转"}),
    "registry.record_absence": Tried("visitor", lambda w: {"person_id": w.register.head.pk, "place": "浙江省宁波市", "from_on": date(2026, 3, 1)},
                                   {"place": "广东省东莞市"}),
    "registry.record_return": Tried("visitor", lambda w: {"absence_id": record_absence(
        person_id=w.register.head.pk, place="宁波", by=w.visitor, at=MONDAY).pk, "on": DAY}, {}),
    "registry.say_at_home": Tried("visitor", lambda w: {"person_id": w.register.head.pk, "on": date(2026, 11, 1)}, {"on": DAY}),
    "registry.name_parent": Tried("visitor", lambda w: {"child_id": w.register.child.pk, "line": ParentLine.values[0],
                                                      "parent_id": w.register.head.pk}, {"phone": "13887000003"}),
    "registry.entrust_care": Tried("visitor", lambda w: {"child_id": w.register.child.pk, "carer_name": "张桂芳", "carer_id": w.register.wife.pk,
                                                       "from_on": DAY}, {"carer_name": "李婶"}),
    "registry.review_groups": Tried("visitor", lambda w: _left_behind(w), {"note": "再核"}),
    "registry.reveal_person": Tried("visitor", lambda w: {"person_id": w.register.head.pk, "reason": "核对身份证"}, {"reason": "再次核对"}),
    "registry.open_child_file": Tried("visitor", lambda w: {"child_id": w.register.child.pk, "reason": "走访前了解情况"}, {"reason": "回访前了解情况"}),
    "registry.plan_visit": Tried("visitor", lambda w: {"household_id": w.register.home.pk, "planned_on": date(2026, 11, 5),
                                                     "visitor_ids": [w.visitor.pk]}, {"purpose_words": "送政策"}),
    "registry.open_visit": Tried("visitor", lambda w: {"visit_id": visit(w).pk}, {}),
    "registry.save_visit_draft": Tried("visitor", lambda w: {"visit_id": visit(w).pk, "answers": {"a": "1"}}, {"answers": {"a": "2"}}),
    "registry.record_visit": Tried("visitor", lambda w: {"visit_id": visit(w).pk, "done_on": DAY, "method": VisitMethod.values[0],
                                                       "visitor_ids": [w.visitor.pk, w.register.yang.pk]}, {"done_on": DAY - timedelta(days=1)}),
    "registry.add_finding": Tried("visitor", lambda w: {"visit_id": _visited(w), "words": "孩子上学路太远", "category": "schooling"}, {"words": "井水发浑"}),
    "registry.cancel_visit": Tried("visitor", lambda w: {"visit_id": visit(w).pk, "reason": "家里没人"}, {"reason": "改期"}),
    "registry.merge_people": Tried("clerk", lambda w: _pair(w, "kept_id", "gone_id"), {"reason": "另一个理由"}),
    "registry.keep_apart": Tried("clerk", lambda w: _pair(w, "one_id", "other_id"), {"reason": "另一个理由"}),
    "registry.undo_merge": Tried("clerk", lambda w: {"merge_id": merge(w).pk, "reason": "并错了人"}, {"reason": "另一个理由"}),
    "registry.receive_upload": Tried("clerk", lambda w: {"template": "household", "name": "户.csv", "body": CSV.encode()}, {"name": "户2.csv"}),
    "registry.reject_upload": Tried("clerk", lambda w: upload(w) | {"code": "file.empty", "detail": ""}, {"detail": "空"}),
    "registry.confirm_upload": Tried("clerk", lambda w: upload(w, "judged"), {}),
    "registry.apply_chunk": Tried("clerk", lambda w: upload(w, "applying"), {}),
    "registry.finish_upload": Tried("clerk", lambda w: upload(w, "applied"), {}),
    "registry.cancel_upload": Tried("clerk", lambda w: upload(w, "judged"), {}),
    "registry.ask_sheet": Tried("clerk", lambda w: upload(w) | {"code": "file.sheet_ambiguous", "detail": "甲、乙"}, {"detail": "丙"}),
    "registry.choose_sheet": Tried("clerk", lambda w: _ambiguous(w) | {"sheet": "甲"}, {"sheet": "乙"}),
    "registry.correct_headers": Tried("clerk", lambda w: upload(w, "judged") | {"meanings": {"村(社区)": "村(社区)"}}, {"meanings": {}}),
    "registry.forget_header": Tried("clerk", lambda w: _header(w), {}),
    "registry.take_marked": Tried("clerk", lambda w: upload(w, "judged"), {}),
    "registry.stage_rows": Tried("clerk", lambda w: upload(w) | {"report": _report(), "staged": [], "total": 0}, {"total": 1}),
    "reporting.ask_export": Tried("clerk", lambda w: {"kind": "needs", "purpose": "月度核对用", "query": {}, "columns": []} | _asked(w), {"purpose": "另一件事用"}),
    "reporting.decide_export": Tried("township_leader", lambda w: export(w) | {"approve": True}),
    "reporting.take_export": Tried("clerk", lambda w: export(w, decided=True) | {"rows": 900}, {"rows": 899}),
    "reporting.print_document": Tried("clerk", lambda w: {"subject_id": str(need(w, "assigned")["need_id"]), "kind": "assignment"}, {"kind": "callback"}, at=nth(1)),
    "casework.retime_need": Tried("ledger", lambda w: _retimable(w), {"source": "更正通知"}),
    "reporting.correct_monthly": Tried("ledger", lambda w: {"paper_id": _outdated(w).pk}, {"paper_id": "0190e0e0-0000-7000-8000-00000000000a"}, at=nth(9)),
    "reporting.print_monthly": Tried("ledger", lambda w: {"area": w.county, "month": "202610"}, {"month": "202609"}),
    "office.open_office": Tried("installer", lambda w: {"kind": "office", "county": w.county.code}, {"kind": "demo"}),
    "office.open_account": Tried("installer", lambda w: {"username": "yunwei", "name": "运维", "password": "wanjia-2026-yunwei", "organisation": w.office,
                                                       "role": Role.AUDITOR}, {"name": "别人"}),
    "office.reset_sign_in": Tried("installer", lambda w: {"user": w.handler, "password": "wanjia-2026-chongzhi"}, {"password": "wanjia-2026-lingyi"}),
    "office.bring_people": Tried("installer", lambda w: {"roster": _roster(w), "passwords": {"xinren": "wanjia-2026-xinren"}}, {"passwords": {}}),
    "office.erase_person": Tried("installer", lambda w: {"person_id": w.register.head.pk, "first": w.clerk, "second": w.auditor,
                                                       "reason": "本人依法书面申请删除个人信息"}, {"reason": "法院判决要求删除个人信息"}),
    "office.prune": Tried("installer", lambda w: _opened(w) | {"kinds": ["receipts"], "days": 180}, {"days": 90}),
}  # fmt: skip


def _retimable(world):
    from wanjia.kernel.models import CalendarDay

    one = need(world, "assigned") | {"source": "县里通知"}
    CalendarDay.objects.get_or_create(day=date(2026, 11, 4), defaults={"works": False, "name": "停工", "source": "县里通知"})
    return one


def _waiting(world):
    """A day off that the ledger office asks for and nobody of another unit has agreed to yet."""
    from wanjia.orgs.workdays.commands import keep_workday

    return keep_workday(day=date(2026, 11, 4), works=False, name="停工", source="县里通知", by=actor(world, "ledger"), at=MONDAY)


def _waiting_cell(world):
    """A longer cell of the grid that the ledger office asks for and nobody of another unit has agreed to yet."""
    from wanjia.casework.triage.commands import set_grid_cell

    return set_grid_cell(county=world.county, urgency="urgent", difficulty="easy", tiers=["village"], days=30, unit="working", hint="",
                         from_on=DAY, by=actor(world, "ledger"), at=MONDAY)  # fmt: skip


def _recount(world, stopped=False):
    """A recount that is under way, or was stopped."""
    from django.utils import timezone

    from wanjia.orgs.models import DayChange

    return DayChange.objects.create(act="orgs.keep_workday", days=[], source="县里通知", by_name="吴台账", state="made", at=MONDAY, total=9, done=3,
                                    stopped=stopped, beat_at=None if stopped else timezone.now())  # fmt: skip


def _outdated(world):
    from wanjia.casework.importing.commands import take_ledger_row
    from wanjia.reporting.notices.commands import print_monthly

    paper = print_monthly(area=world.county, month="202611", by=actor(world, "ledger"), at=nth(2))
    row = {"登记时间": DAY, "诉求人": "李四", "诉求内容": "停水", "诉求类别": "饮水用电", "是否合理": "合理"}
    take_ledger_row(village=world.datong, source_file="e" * 64, source_row=1, values=row, by=actor(world, "clerk"), at=nth(3))
    return paper


def _roster(world):
    from wanjia.office.starting.people import PersonRow, Roster

    return Roster(people=[PersonRow(2, "xinren", "新人", "", world.civil.name, Role.BUREAU_WORKER, "", "")])


def _opened(world):
    from wanjia.office.models import Installation

    Installation.objects.create(kind="office", county=world.county.code, opened_at=MONDAY)
    return {}


def _ambiguous(world):
    one = upload(world)
    importing.ask_sheet(**one, code="file.sheet_ambiguous", detail="甲、乙", by=actor(world, "clerk"), at=MONDAY)
    return one


def _header(world):
    from wanjia.registry.models import KnownHeader

    importing.confirm_upload(**upload(world, "judged"), by=actor(world, "clerk"), at=MONDAY)
    return {"header_id": KnownHeader.objects.first().pk}


HOUSEHOLD = SystemActor(name="诉求人(小条)")
INSTALLER = SystemActor(name="系统安装", duties=frozenset({Duty.MANAGE_AREAS, Duty.MANAGE_USERS, Duty.SET_RULES}))


NOBODYS = {"household": HOUSEHOLD, "installer": INSTALLER, "clock": CLOCK}  # who act without an account


def actor(world, name):
    """Return the actor of that name, read anew."""
    if name in NOBODYS:
        return NOBODYS[name]
    user = getattr(world, name)
    return type(user).objects.get(pk=user.pk)


def beside(world):
    """Plant what other rooms keep: proposals of aid, refusals, urgent aid, leaves to read files, a matter."""
    from wanjia.casework.tests import matter_acts
    from wanjia.registry.aid.commands import propose_cut
    from wanjia.registry.tests import access_acts, aid_acts

    held = world.register.home.statuses.filter(scheme="relief", to_on=None).first() or aid_acts.held(world)
    propose_cut(held_id=held.pk, **aid_acts.WHY, by=actor(world, "visitor"), at=MONDAY)
    for make in (aid_acts.refused, aid_acts.given, access_acts.asked, access_acts.broken, matter_acts.grouped):
        make(world)


def _evidence(world):
    from wanjia.casework.handling.commands import add_evidence

    one = need(world, "accepted")
    return add_evidence(**one, words="签字表", by=world.handler, at=nth(2)).pk


def _visited(world):
    from wanjia.registry.visits.commands import record_visit

    one = visit(world)
    found = [{"category": "housing", "words": "房顶漏雨", "requester_id": world.register.head.pk}]
    record_visit(visit_id=one.pk, done_on=DAY, method=VisitMethod.values[0], visitor_ids=[world.visitor.pk, world.register.yang.pk],
                 findings=found, by=world.visitor, at=MONDAY)  # fmt: skip
    return one.pk


def _withdrawing(world):
    from wanjia.casework.handling.commands import ask_withdrawal

    one = need(world, "admitted")
    ask_withdrawal(**one, words="家里自己解决了", by=world.visitor, at=nth(1))
    return one


def _spoken(world):
    from wanjia.casework.callback.commands import call_back

    one = need(world, "done_reported")
    call_back(**one, way="phone", reached=True, word="solved", words="修好了,谢谢", by=world.caller, at=nth(5))
    return one


def _closable(world):
    from wanjia.casework.closing.commands import recheck_need
    from wanjia.casework.closing.rules import is_drawn

    one = walk.bring(world, "verified")
    if is_drawn(one):
        recheck_need(need_id=one.pk, agrees=True, words="电话核实属实", by=world.inspector, at=nth(5))
    return {"need_id": one.pk}


def _planned(world):
    from wanjia.casework.callback.commands import call_back
    from wanjia.casework.handling.commands import report_done

    one = need(world, "in_progress")
    report_done(**one, **walk.DONE | {"outcome": "planned", "planned_on": date(2026, 12, 1)}, by=world.handler, at=nth(4))
    call_back(**one, way="phone", reached=True, word="partly", by=world.caller, at=nth(5))
    return one


def _with_password(world):
    world.handler.set_password("wanjia-2026-laomima")
    world.handler.save()
    return {"old": "wanjia-2026-laomima", "new": "wanjia-2026-xinmima"}


def _left_behind(world):
    from wanjia.registry.people.commands import name_parent

    for line, parent in zip(ParentLine.values[:2], (world.register.head, world.register.wife), strict=True):
        name_parent(child_id=world.register.child.pk, line=line, parent_id=parent.pk, by=world.visitor, at=MONDAY)
        record_absence(person_id=parent.pk, place="宁波", from_on=date(2026, 1, 3), by=world.visitor, at=MONDAY)
    return {"child_id": world.register.child.pk, "agreed": True}


def _pair(world, one, other):
    first, second = twins(world)
    return {one: first.pk, other: second.pk, "reason": "姓名和出生日期相同"}


def _report():
    from wanjia.sheets.report import Report

    return Report("户.csv", "Sheet1", "household", 1, {}, 0)


for brought in parts("tests.acts"):
    ACTS |= brought.ACTS

MISSING = sorted(set(COMMANDS) - set(ACTS))
__all__ = ["ACTS", "MISSING", "Area", "Evidence", "Need", "Post", "World", "actor"]
