"""What the acts refuse themselves, in their commands.py beside the rules: each sentence is met by an otherwise right act, spoilt.

That every one of them is felt, these or those in the tests of the mechanism, is asked by `make mutate`.
"""

import io
from datetime import date, timedelta

import pytest

from wanjia.casework.intake.commands import open_need
from wanjia.casework.models import Need
from wanjia.kernel.command import COMMANDS, SystemActor
from wanjia.orgs.duties import Duty
from wanjia.orgs.models import Area, DutyNotice, Organisation, Post, User
from wanjia.orgs.roles import Role
from wanjia.registry.models import CareEntrustment, DatedStatus, KnownHeader, Membership, Person, Upload
from wanjia.verdict import Refused

from .acts import ACTS, DAY, HOUSEHOLD, INSTALLER, MONDAY, World, actor, nth
from .test_refusals_felt import Felt, fixed, meet
from .test_refusals_felt_elsewhere import ORG, REG, REP, change, ended

pytestmark = pytest.mark.django_db
C, OFFICE, NOWHERE = "casework.", "office.", "0190e0e0-0000-7000-8000-00000000000f"
TOMORROW = DAY + timedelta(days=1)


def spoilt(**values):
    """The same act, with these keywords."""
    return {"what": values}


def in_world(make):
    return {"what": make}


def since(on):
    """The wife came into the home on that day."""
    return lambda world, what: Membership.objects.filter(pk=what["membership_id"]).update(from_on=on)


def gone_area(world):
    Area.objects.filter(pk=world.xinmin.pk).update(to_on=date(2026, 10, 1))
    return {"area_id": world.xinmin.pk}


def ended_post(world):
    Post.objects.filter(user=world.handler2).update(to_on=DAY)
    return {"post_id": world.handler2.posts.get().pk}


def locked(world):
    User.objects.filter(pk=world.handler.pk).update(is_active=False)
    return {"user_id": world.handler.pk}


def outside(world):
    """A unit that is not where the administrator of one township keeps users."""
    return {"organisation": Organisation.objects.create(name="鲁甸县民政局", area=Area.objects.create(code="530621000000", name="鲁甸县", short_name="鲁甸县", level="county"), tier="county")}


def without_posts(world, what):
    Post.objects.filter(user=what["user_id"]).delete()
    User.objects.filter(pk=what["user_id"]).update(asleep_whole=False)


def awake(world, what):
    User.objects.filter(pk=what["user_id"]).update(asleep_since=None)


def seen_only(world, _what):
    """Somebody who hands needs over elsewhere, and here only sees them."""
    Post.objects.create(user=world.stranger, organisation=world.office, role=Role.CALLBACK_OFFICER, from_on=date(2020, 1, 1))


def cared_for(world, _what):
    CareEntrustment.objects.create(child=world.register.child, carer_name="李婶", from_on=TOMORROW, recorded_at=MONDAY)


def grown_up(world):
    """Somebody about whom nothing is derived: no child any more."""
    person = world.register.register("李大成", date(1980, 1, 2), 31).memberships.get().person
    Person.objects.filter(pk=person.pk).update(schooling="out")
    return {"child_id": person.pk}


def begins_later(world, what):
    """Somebody is to come into the unit the day after it ends."""
    unit = Organisation.objects.get(pk=what["unit_id"])
    Post.objects.create(user=world.nobody, organisation=unit, role=Role.BUREAU_WORKER, from_on=what["on"] + timedelta(days=1))


def without_a_place(_world):
    """Whoever installed the system has the duty, and no post that lies anywhere."""
    return SystemActor(name="装机人", duties=frozenset({Duty.SET_RULES}))


REFUSED = [
    # casework
    (C + "assign_need", "办结期限不能早于今天", {"what": {"due_on": date(2026, 11, 1)}}),
    (C + "assign_need", "办结期限最迟是", {"what": {"due_on": date(2027, 11, 1)}}),
    (C + "open_words", "请选择查看的理由", spoilt(reason="curious")),
    (C + "recheck_need", "请写明抽查看到的情况", spoilt(words="实")),
    (C + "recheck_need", "没有联系上,不能下结论", spoilt(reached=False)),
    (C + "recheck_need", "诉求人说没有解决,承办单位说解决了", spoilt(word="unsolved")),
    (C + "reopen_need", "请写明为什么要重新办理", spoilt(words=" ")),
    (C + "add_note", "请写下办了什么", spoilt(words=" ")),
    (C + "add_evidence", "请选择文件,或写明佐证是什么", spoilt(words=" ")),
    (C + "add_evidence", "文件超过 8 MB", in_world(lambda w: {"file": _file(b"%PDF-" + b"0" * 8 * 1024 * 1024)})),
    (C + "add_evidence", "只能上传 PDF", in_world(lambda w: {"file": _file(b"MZ")})),
    (C + "report_done", "请写清楚办成了什么", spoilt(outcome_text="好")),
    (C + "report_done", "请填写答复诉求人的日期", {"what": {"answered_on": date(2026, 12, 1)}}),
    (C + "report_done", "列入计划的,请填写今天以后的兑现日期", spoilt(outcome="planned")),
    (C + "report_done", "只有“列入计划”才填兑现日期", {"what": {"planned_on": date(2026, 12, 1)}}),
    (C + "return_need", "请写明退回理由", spoilt(reason="不归")),
    (C + "ask_withdrawal", "请写明诉求人撤回的原因", spoilt(words=" ")),
    (C + "record_need", "请用一句话写清楚困难是什么", spoilt(summary=" ")),
    (C + "take_ledger_row", "您的岗位没有批量导入的权限", {"by": "visitor"}),
    (C + "report_child", "发现时间不能晚于现在", {"what": {"discovered_at": nth(3)}}),
    (C + "report_child", "请选择情形,并写下看到或听到的事实", spoilt(facts=" ")),
    (C + "follow_up_report", "请写下跟进情况", spoilt(words=" ")),
    (C + "open_report", "请写明查看的理由", spoilt(reason="看")),
    (C + "admit_need", "判定为不合理时请用“不予受理”", spoilt(reasonable="no")),
    (C + "admit_need", "部分合理的,请写明哪些支持", spoilt(reasonable="partly", decision_reason="")),
    (C + "decline_need", "请把理由写清楚", spoilt(decision_reason="不行")),
    (C + "decline_need", "请填写告知诉求人的日期", {"what": {"told_on": date(2026, 12, 1)}}),
    (C + "appeal_decision", "请写明诉求人申请复核的理由", spoilt(words=" ")),
    (C + "answer_by_slip", "请选择“已经解决”或“没有解决”", spoilt(word="maybe")),
    (C + "triage_need", "重新研判请写明理由", {"state": "triaged", "at": nth(3)}),
    (C + "set_grid_cell", "研判表只能从今天或以后的日期起修改", {"what": {"from_on": date(2026, 11, 1)}}),
    (C + "set_grid_cell", "请至少选择一个承办层级", spoilt(tiers=[])),
    (C + "set_grid_cell", "期限请填 1 到 365 天", spoilt(days=0)),
    (C + "admit_need", "没有找到这件诉求", spoilt(need_id=NOWHERE)),
    (C + "voice_from_away", "请选择是哪一类事", spoilt(category="gold")),
    (C + "voice_from_away", "请说清楚是什么困难", spoilt(summary="漏 雨\u200b\u200b\u200b")),
    # orgs
    (ORG + "end_post", "这个岗位已经结束", in_world(ended_post)),
    (ORG + "end_post", "离岗日期要晚于上岗日期", {"what": {"on": date(2019, 1, 1)}}),
    (ORG + "end_post", "先停权限的,离岗日期就是今天", {"what": {"at_once": True, "on": TOMORROW}}),
    (ORG + "watch_handovers", "交接由系统按时限盯着", {"by": "ledger"}),
    (ORG + "give_post", "”不在您的辖区", in_world(outside)),
    (ORG + "lock_user", "该账号已经停用", in_world(locked)),
    (ORG + "lock_user", "请写明停用的原因", spoilt(reason=" ")),
    (ORG + "end_area", "”已经撤销过了", in_world(gone_area)),
    (ORG + "keep_area_alias", "别名要有 1 到 60 个字", spoilt(name=" ")),
    (ORG + "stop_recount", "现在没有在重算,不用停止", {"before": lambda w, what: COMMANDS[ORG + "stop_recount"](**what, by=actor(w, "ledger"), at=MONDAY)}),
    (ORG + "resume_recount", "还有进展),不用再点", {"before": lambda w, what: COMMANDS[ORG + "resume_recount"](**what, by=actor(w, "ledger"), at=MONDAY)}),
    (ORG + "wake_user", "这个账号的岗位没有暂停", {"before": awake}),
    (ORG + "wake_user", "这个账号没有需要第二人确认的岗位", {"before": without_posts}),
    (ORG + "see_notices", "没有新的岗位提醒", {"before": lambda w, what: DutyNotice.objects.all().delete()}),
    (ORG + "end_sponsorship", "结束日期要晚于开始日期", {"what": {"on": date(2026, 1, 1)}}),
    (ORG + "keep_organisation", "办公电话只写数字和横线", {"what": {"phone": "找小王 138"}}),
    (ORG + "keep_organisation", "单位不能隶属于它自己", in_world(lambda w: {"unit_id": w.civil.pk, "parent": w.civil, "name": "永善县民政局一"})),
    (ORG + "keep_organisation", "该单位不在您的辖区", in_world(lambda w: {"unit_id": outside(w)["organisation"].pk})),
    (ORG + "keep_organisation_alias", "别名要有 2 到 80 个字", spoilt(name="局")),
    (ORG + "end_organisation", "该单位已经撤并", in_world(lambda w: {"unit_id": ended(w)["organisation"].pk})),
    (ORG + "end_organisation", "请写明撤并的依据", spoilt(reason="")),
    (ORG + "end_organisation", "有岗位在撤并那天以后才开始", {"what": {"with_posts": True}, "before": begins_later}),
    (ORG + "load_workdays", "请写明依据", spoilt(source=" ")),
    (ORG + "keep_workday", "请写明依据", spoilt(source=" ")),
    (ORG + "clear_workday", "请写明原因", spoilt(reason=" ")),
    # registry
    (REG + "undo_merge", "没有找到这次合并", spoilt(merge_id=NOWHERE)),
    (REG + "move_member", "此人已经在这一户了", in_world(lambda w: {"household_id": w.register.home.pk})),
    (REG + "add_member", "迁入日期不能晚于今天", {"what": {"from_on": date(2027, 1, 1)}}),
    (REG + "add_member", "请填写与户主关系", spoilt(relation=" ")),
    (REG + "end_membership", "这条成员关系不存在或已经终止", spoilt(membership_id=0)),
    (REG + "end_membership", "请写明离开的原因", spoilt(reason=" ")),
    (REG + "end_membership", "离开日期不能早于迁入日期", {"what": {"on": date(2026, 10, 1)}, "before": since(date(2026, 10, 20))}),
    (REG + "confirm_upload", "这份表里没有可以导入的行", {"before": change(Upload, "upload_id", rows_ok=0)}),
    (REG + "confirm_upload", "个孩子和已登记的孩子同名", {"before": change(Upload, "upload_id", forecast={"n_namesakes": 2})}),
    (REG + "forget_header", "这条表头对照已经不在了", {"before": lambda w, what: KnownHeader.objects.all().delete()}),
    (REG + "end_status", "请写明终止的原因", spoilt(reason=" ")),
    (REG + "end_status", "没有这条记录,或已经终止", {"before": change(DatedStatus, "status_id", to_on=DAY)}),
    (REG + "end_status", "终止日期不能早于开始日期", {"what": {"on": date(2020, 1, 1)}}),
    (REG + "entrust_care", "新的照护开始日期不能早于现有照护", {"before": cared_for}),
    (REG + "review_groups", "目前没有推算出需要复核的类别", in_world(grown_up)),
    (REG + "confirm_status", "这一天没有这个类别的有效口径", {"before": change(DatedStatus, "status_id", scheme="monitored")}),
    # papers and exports
    (REP + "correct_monthly", "没有找到这份通报", spoilt(paper_id=NOWHERE)),
    (REP + "print_document", "没有找到。可能不存在", spoilt(subject_id=NOWHERE)),
    (REP + "print_document", "没有找到。可能不存在", {"by": "stranger"}),
    (REP + "print_document", "这件诉求不在您的辖区", {"by": "stranger", "before": seen_only}),
    (REP + "print_document", "提级以后才有提级办理单", spoilt(kind="raise")),
    (REP + "ask_export", "这种导出没有这样的筛选条件或敏感列:holders", spoilt(query={"holders": "x"})),
    (REP + "ask_export", "这种导出没有这样的筛选条件或敏感列:身份证号", spoilt(columns=["身份证号"])),
    (REP + "ask_export", "您的岗位不能导出身份证号和电话", {"by": "township_leader", "what": {"kind": "homes", "columns": ["身份证号"]}}),
    (OFFICE + "hold_rows", "您的岗位没有辖区,不能设暂缓", {"by": without_a_place}),
    (OFFICE + "prune", "只能清理", spoilt(kinds=["journal"])),
    (OFFICE + "prune", "至少保留", spoilt(days=1)),
    (OFFICE + "erase_person", "没有编号为", spoilt(person_id=NOWHERE)),
]  # fmt: skip


def _file(body):
    from django.core.files import File

    return File(io.BytesIO(body), name="签字表.pdf")


@pytest.mark.parametrize(("act", "sentence", "how"), REFUSED, ids=[f"{act}:{sentence[:10]}" for act, sentence, _how in REFUSED])
def test_each_refusal_of_the_acts_is_felt(act, sentence, how):
    said = meet(World(), Felt(act, **how))
    assert said is not None, "nothing stopped it: the guard is off"
    assert fixed(sentence) in said


def test_nobody_is_registered_without_a_name():
    world, act = World(), REG + "add_member"
    what = {name: value for name, value in ACTS[act].make(world).items() if name != "name"}
    with pytest.raises(Refused, match="请填写姓名"):
        COMMANDS[act](**what, by=actor(world, "visitor"), at=MONDAY)


def test_no_need_is_opened_where_nobody_takes_it_in():
    """Whoever records by hand has a unit, which takes it in: what has none, an interface, is refused."""
    world = World()
    Organisation.objects.update(to_on=date(2020, 1, 1))
    with pytest.raises(Refused, match="的受理单位,请管理员先登记乡镇单位"):
        open_need(Need(village=world.datong, channel="visit", category="aid", summary="停水"), by=HOUSEHOLD, at=MONDAY)


def test_nothing_is_pruned_where_no_office_was_opened():
    """The right act opens one first, and an installation is never taken away again."""
    with pytest.raises(Refused, match="还没有开办"):
        COMMANDS[OFFICE + "prune"](kinds=["receipts"], days=180, by=INSTALLER, at=MONDAY)
