"""One entry for every command: how it is done rightly, in a small world. House tests are generated from this table.

What an app's own `tests/acts.py` brings stands in it too; there new rows go, with who may and how each refusal is met.
"""

from datetime import date, timedelta

from wanjia.casework.models import Evidence, Need
from wanjia.kernel.acts import discover
from wanjia.kernel.brings import parts
from wanjia.kernel.command import COMMANDS
from wanjia.kernel.tests.tried import Felt, Tried
from wanjia.orgs.models import Area, AreaAlias, Line, Organisation, Post, Sponsorship, Tier
from wanjia.orgs.roles import Role
from wanjia.registry.models import ParentLine, VisitMethod
from wanjia.registry.people.commands import record_absence
from wanjia.registry.tests import factories as registry

from . import worlds
from .worlds import (
    CSV,
    DAY,
    HOUSEHOLD,
    INSTALLER,
    MONDAY,
    STATUS,
    World,
    actor,
    beside,
    export,
    fresh_user,
    merge,
    need,
    nth,
    report,
    status,
    twins,
    upload,
    visit,
)

discover()


DONE_ON = date(2026, 11, 6)
ACTS = {
    "casework.record_need": Tried("visitor", lambda w: {"village": w.datong, "household": w.home, "channel": "visit", "category": "aid",
                                                      "summary": "停水一周", "requester_name": "王大叔"}, {"summary": "停电"}),
    "casework.take_findings": Tried("visitor", lambda w: {"visit_id": worlds.visited(w)}, {}),
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
    "casework.open_evidence": Tried("handler", lambda w: {"evidence_id": worlds.evidence(w), "reason": "核对发放情况"}, {"reason": "另外核对"}, at=nth(3)),
    "casework.withdraw_need": Tried("caller", lambda w: worlds.withdrawing(w) | {"way": "phone", "words": "是我要撤的"}, at=nth(2)),
    "casework.keep_need": Tried("caller", lambda w: worlds.withdrawing(w) | {"way": "phone", "words": "我没有要撤"}, at=nth(2)),
    "casework.call_back": Tried("caller", lambda w: need(w, "done_reported") | {"way": "phone", "reached": True, "word": "solved"}, at=nth(5)),
    "casework.open_words": Tried("caller", lambda w: worlds.spoken(w) | {"reason": "recheck"}, {"reason": "rework"}, at=nth(6)),
    "casework.close_need": Tried("clerk", lambda w: worlds.closable(w), at=nth(6)),
    "casework.recheck_need": Tried("inspector", lambda w: need(w, "verified", involves_child=True) | {"agrees": True, "words": "到户看过,属实"},
                                 at=nth(6)),
    "casework.reopen_need": Tried("visitor", lambda w: need(w, "closed") | {"words": "又停水了"}, at=nth(9)),
    "casework.resume_planned": Tried("handler", lambda w: worlds.planned(w), {}, at=nth(60)),
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
    "casework.decide_grid_cell": Tried("township_leader", lambda w: {"change_id": worlds.waiting_cell(w).pk, "agree": True}, {"words": "问过承办单位"}),
    "casework.take_ledger_row": Tried("clerk", lambda w: {"village": w.datong, "source_file": "f" * 64, "source_row": 3, "values": {
        "登记时间": DAY, "诉求人": "李四", "诉求内容": "停水", "诉求类别": "饮水用电", "是否合理": "合理"}}, {"source_row": 4}),
    "casework.report_child": Tried("visitor", lambda w: {"area": w.datong, "discovered_at": MONDAY, "situation": "疑似受伤", "facts": "手臂有伤",
                                                       "child_words": "大同村"}, {"facts": "另一件事"}),
    "casework.follow_up_report": Tried("officer", lambda w: {"report_id": report(w).pk, "words": "已与派出所联系"}),
    "casework.open_report": Tried("officer", lambda w: {"report_id": report(w).pk, "reason": "处置需要"}, {"reason": "再次处置需要"}),
    "orgs.create_user": Tried("admin", lambda w: {"username": "xinren", "name": "新人", "password": "wanjia-2026-xinren"}, {"name": "别人"}),
    "orgs.give_post": Tried("admin", lambda w: {"user_id": fresh_user(w).pk, "organisation": w.civil, "role": Role.BUREAU_WORKER, "from_on": DAY},
                          {"title": "科员"}),
    "orgs.decide_post": Tried("auditor", lambda w: {"post_id": worlds.proposed(w).pk, "agree": True}, {"words": "已当面核实"}),
    "orgs.wake_user": Tried("auditor", lambda w: {"user_id": worlds.slept(w).pk}, {}),
    "orgs.see_notices": Tried("auditor", lambda w: worlds.proposed(w) and {}, {}),
    "orgs.end_post": Tried("admin", lambda w: {"post_id": w.handler2.posts.get().pk, "on": DAY}, {"reason": "调离"}),
    "orgs.reset_password": Tried("admin", lambda w: {"user_id": w.handler.pk, "password": "wanjia-2026-chongzhi"}, {"password": "wanjia-2026-lingyi"}),
    "orgs.lock_user": Tried("admin", lambda w: {"user_id": w.handler.pk, "reason": "离岗"}, {"reason": "停职"}),
    "orgs.unlock_user": Tried("admin", lambda w: {"user_id": w.handler.pk}, {"reason": "复岗"}),
    "orgs.change_own_password": Tried("handler", lambda w: worlds.with_password(w), {"new": "wanjia-2026-xinmima2"}, {"old": "wrong-old-one"},
                                    "自己的密码"),
    "orgs.keep_own_profile": Tried("handler", lambda w: {"name": "陈民政一", "phone": "13887000009", "large_text": True}, {"large_text": False},
                                 {"name": " "}, "自己的资料"),
    "orgs.end_own_sessions": Tried("handler", lambda w: {}, {}, {}, "自己的登录"),
    "orgs.keep_workday": Tried("ledger", lambda w: {"day": date(2027, 2, 8), "works": False, "name": "春节", "source": "国办通知"}, {"name": "补休"}),
    "orgs.clear_workday": Tried("ledger", lambda w: {"day": date(2026, 10, 1), "reason": "通知更正"}, {"reason": "另一份通知"}),
    "orgs.load_workdays": Tried("ledger", lambda w: {"text": "2027-02-08,休,春节\n2027-02-14,班,调休上班", "source": "国办通知"}, {"source": "更正通知"}),
    "orgs.load_published_workdays": Tried("ledger", lambda w: {}, {}),
    "orgs.decide_workdays": Tried("township_leader", lambda w: {"change_id": worlds.waiting(w).pk, "agree": True}, {"words": "查过通知"}),
    "orgs.stop_recount": Tried("ledger", lambda w: {"change_id": worlds.recount(w).pk}, {"change_id": "0190e0e0-0000-7000-8000-00000000000b"}),
    "orgs.resume_recount": Tried("ledger", lambda w: {"change_id": worlds.recount(w, stopped=True).pk}, {"change_id": "0190e0e0-0000-7000-8000-00000000000b"}),
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
    "registry.review_groups": Tried("visitor", lambda w: worlds.left_behind(w), {"note": "再核"}),
    "registry.reveal_person": Tried("visitor", lambda w: {"person_id": w.register.head.pk, "reason": "核对身份证"}, {"reason": "再次核对"}),
    "registry.open_child_file": Tried("visitor", lambda w: {"child_id": w.register.child.pk, "reason": "走访前了解情况"}, {"reason": "回访前了解情况"}),
    "registry.plan_visit": Tried("visitor", lambda w: {"household_id": w.register.home.pk, "planned_on": date(2026, 11, 5),
                                                     "visitor_ids": [w.visitor.pk]}, {"purpose_words": "送政策"}),
    "registry.open_visit": Tried("visitor", lambda w: {"visit_id": visit(w).pk}, {}),
    "registry.save_visit_draft": Tried("visitor", lambda w: {"visit_id": visit(w).pk, "answers": {"a": "1"}}, {"answers": {"a": "2"}}),
    "registry.record_visit": Tried("visitor", lambda w: {"visit_id": visit(w).pk, "done_on": DAY, "method": VisitMethod.values[0],
                                                       "visitor_ids": [w.visitor.pk, w.register.yang.pk]}, {"done_on": DAY - timedelta(days=1)}),
    "registry.add_finding": Tried("visitor", lambda w: {"visit_id": worlds.visited(w), "words": "孩子上学路太远", "category": "schooling"}, {"words": "井水发浑"}),
    "registry.cancel_visit": Tried("visitor", lambda w: {"visit_id": visit(w).pk, "reason": "家里没人"}, {"reason": "改期"}),
    "registry.merge_people": Tried("clerk", lambda w: worlds.pair(w, "kept_id", "gone_id"), {"reason": "另一个理由"}),
    "registry.keep_apart": Tried("clerk", lambda w: worlds.pair(w, "one_id", "other_id"), {"reason": "另一个理由"}),
    "registry.undo_merge": Tried("clerk", lambda w: {"merge_id": merge(w).pk, "reason": "并错了人"}, {"reason": "另一个理由"}),
    "registry.receive_upload": Tried("clerk", lambda w: {"template": "household", "name": "户.csv", "body": CSV.encode()}, {"name": "户2.csv"}),
    "registry.reject_upload": Tried("clerk", lambda w: upload(w) | {"code": "file.empty", "detail": ""}, {"detail": "空"}),
    "registry.confirm_upload": Tried("clerk", lambda w: upload(w, "judged"), {}),
    "registry.apply_chunk": Tried("clerk", lambda w: upload(w, "applying"), {}),
    "registry.finish_upload": Tried("clerk", lambda w: upload(w, "applied"), {}),
    "registry.cancel_upload": Tried("clerk", lambda w: upload(w, "judged"), {}),
    "registry.ask_sheet": Tried("clerk", lambda w: upload(w) | {"code": "file.sheet_ambiguous", "detail": "甲、乙"}, {"detail": "丙"}),
    "registry.choose_sheet": Tried("clerk", lambda w: worlds.ambiguous(w) | {"sheet": "甲"}, {"sheet": "乙"}),
    "registry.correct_headers": Tried("clerk", lambda w: upload(w, "judged") | {"meanings": {"村(社区)": "村(社区)"}}, {"meanings": {}}),
    "registry.forget_header": Tried("clerk", lambda w: worlds.header(w), {}),
    "registry.take_marked": Tried("clerk", lambda w: upload(w, "judged"), {}),
    "registry.stage_rows": Tried("clerk", lambda w: upload(w) | {"report": worlds.file_report(), "staged": [], "total": 0}, {"total": 1}),
    "reporting.ask_export": Tried("clerk", lambda w: {"kind": "needs", "purpose": "月度核对用", "query": {}, "columns": []} | worlds.one_asked_for(w), {"purpose": "另一件事用"}),
    "reporting.decide_export": Tried("township_leader", lambda w: export(w) | {"approve": True}),
    "reporting.take_export": Tried("clerk", lambda w: export(w, decided=True) | {"rows": 900}, {"rows": 899}),
    "reporting.print_document": Tried("clerk", lambda w: {"subject_id": str(need(w, "assigned")["need_id"]), "kind": "assignment"}, {"kind": "callback"}, at=nth(1)),
    "casework.retime_need": Tried("ledger", lambda w: worlds.retimable(w), {"source": "更正通知"}),
    "reporting.correct_monthly": Tried("ledger", lambda w: {"paper_id": worlds.outdated(w).pk}, {"paper_id": "0190e0e0-0000-7000-8000-00000000000a"}, at=nth(9)),
    "reporting.publish_counts": Tried("clock", lambda w: {"population": "needs", "day": date(2026, 10, 31)}, {"day": date(2026, 9, 30)}, spoil={
        "公布的数由系统按月统计,不由人动手。": Felt(by="clerk"),
    }),
    "reporting.print_monthly": Tried("ledger", lambda w: {"area": w.county, "month": "202610"}, {"month": "202609"}),
    "office.open_office": Tried("installer", lambda w: {"kind": "office", "county": w.county.code}, {"kind": "demo"}),
    "office.open_account": Tried("installer", lambda w: {"username": "yunwei", "name": "运维", "password": "wanjia-2026-yunwei", "organisation": w.office,
                                                       "role": Role.AUDITOR}, {"name": "别人"}),
    "office.reset_sign_in": Tried("installer", lambda w: {"user": w.handler, "password": "wanjia-2026-chongzhi"}, {"password": "wanjia-2026-lingyi"}),
    "office.bring_people": Tried("installer", lambda w: {"roster": worlds.roster(w), "passwords": {"xinren": "wanjia-2026-xinren"}}, {"passwords": {}}),
    "office.erase_person": Tried("installer", lambda w: {"person_id": w.register.head.pk, "first": w.clerk, "second": w.auditor,
                                                       "reason": "本人依法书面申请删除个人信息"}, {"reason": "法院判决要求删除个人信息"}),
    "office.prune": Tried("installer", lambda w: worlds.opened(w) | {"kinds": ["receipts"], "days": 180}, {"days": 90}),
}  # fmt: skip


for brought in parts("tests.acts"):
    ACTS |= brought.ACTS

MISSING = sorted(set(COMMANDS) - set(ACTS))
__all__ = ["ACTS", "CSV", "DAY", "HOUSEHOLD", "INSTALLER", "MISSING", "MONDAY", "Area", "Evidence", "Need", "Post", "World", "actor", "beside", "export", "merge", "need", "nth", "report", "status", "twins", "upload", "visit"]
