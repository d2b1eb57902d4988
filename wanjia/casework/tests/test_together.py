"""Lead and helpers: sub-tasks that roll up, a return that falls between nobody, what a helper sees and when no more; the household hears one answer."""

from datetime import date

import pytest

from wanjia.casework.assignment.commands import accept_need, assign_need, recall_need, return_need
from wanjia.casework.callback.commands import call_back, keep_need, withdraw_need
from wanjia.casework.clock import commands as clock
from wanjia.casework.closing.commands import recheck_need
from wanjia.casework.exporting.columns import COLUMNS, lines
from wanjia.casework.handling.commands import add_note, ask_withdrawal, report_done
from wanjia.casework.models import Consultation, Evidence, Need, SubTask, Support
from wanjia.casework.rules import homes_of_needs, independent, involves, visible_needs
from wanjia.casework.slip.commands import issue_slip
from wanjia.casework.tests.factories import World, later, worker
from wanjia.casework.tests.walk import DONE, bring
from wanjia.casework.together import commands as together
from wanjia.casework.together.queries import asked_by_us, for_lead, to_do, with_us
from wanjia.casework.together.subjects import visible_tasks
from wanjia.kernel import triggers
from wanjia.kernel.calendar import today
from wanjia.orgs.checking.queries import differences
from wanjia.orgs.models import Post, User
from wanjia.orgs.roles import Role
from wanjia.registry.tests import factories as registry
from wanjia.reporting.papers.commands import print_document
from wanjia.verdict import Refused

pytestmark = pytest.mark.django_db
DUE = date(2026, 11, 10)
ASK = {"words": "核实三个孩子的学籍", "due_on": DUE}
BACK = {"reason": "学籍由学校所在地核实", "rule": "义务教育法第十二条"}


def accepted(world):
    """A need that the bureau of civil affairs has signed for."""
    return bring(world, "accepted")


def asked(world, at=None, state="accepted", **how):
    """The bureau of civil affairs asks the one of education for help; return the sub-task."""
    need = bring(world, state)
    return together.ask_unit(need_id=need.pk, unit=world.education, **(ASK | how), by=world.handler, at=at or later(2))


def whole(at):
    """Nothing is otherwise than its lines say."""
    assert [one.plain() for one in differences(at)] == []


def test_the_lead_cannot_report_done_while_a_helpers_part_is_open(world):
    task = asked(world)
    with pytest.raises(Refused, match="还有协办事项没有完:永善县教育体育局"):
        report_done(need_id=task.need_id, **DONE, by=world.handler, at=later(4))
    together.take_help(task_id=task.pk, by=world.teacher, at=later(3))
    with pytest.raises(Refused, match="还有协办事项没有完"):
        report_done(need_id=task.need_id, **DONE, by=world.handler, at=later(4))
    together.report_help(task_id=task.pk, words="三个孩子都有学籍", by=world.teacher, at=later(4))
    assert report_done(need_id=task.need_id, **DONE, by=world.handler, at=later(4)).state == "done_reported"
    whole(later(4))


def test_what_was_sent_back_is_waited_for_until_the_lead_decides(world):
    task = asked(world)
    together.send_help_back(task_id=task.pk, **BACK, by=world.teacher, at=later(3))
    task.refresh_from_db()
    assert (task.state, task.returns, task.result) == ("sent_back", 1, "学籍由学校所在地核实(依据:义务教育法第十二条)")
    assert [one.pk for one in for_lead(world.handler, later(3).date())] == [task.pk]
    assert to_do(world.handler, None) == {"casework:together": 1}
    with pytest.raises(Refused, match="还有协办事项没有完"):
        report_done(need_id=task.need_id, **DONE, by=world.handler, at=later(4))
    with pytest.raises(Refused, match="刚按规定退回了这一项"):
        together.give_help_again(task_id=task.pk, unit=world.education, due_on=DUE, by=world.handler, at=later(4))
    together.give_help_again(task_id=task.pk, unit=world.township, due_on=DUE, by=world.handler, at=later(4))
    task.refresh_from_db()
    assert (task.state, task.unit) == ("asked", world.township)
    assert {one.organisation for one in Support.objects.filter(need=task.need)} == {world.education, world.township}
    together.call_help_off(task_id=task.pk, reason="村里已经核实了", by=world.handler, at=later(5))
    assert report_done(need_id=task.need_id, **DONE, by=world.handler, at=later(6)).state == "done_reported"
    whole(later(6))


def test_a_return_comes_in_time_and_never_of_what_was_agreed_at_the_table(world):
    late = asked(world)
    with pytest.raises(Refused, match="1 个工作日以内"):
        together.send_help_back(task_id=late.pk, **BACK, by=world.teacher, at=later(8))
    agreed = together.note_consultation(
        need_id=late.need_id, on=later(3).date(), units=[world.education], words="教体局当场答应补办学籍", unit1=world.education, words1="补办学籍", due1=DUE,
        by=world.handler, at=later(3),
    )  # fmt: skip
    with pytest.raises(Refused, match="协商时定下的"):
        together.agree_help(task_id=agreed.tasks.get().pk, by=world.teacher, at=later(3))
        together.send_help_back(task_id=agreed.tasks.get().pk, **BACK, by=world.teacher, at=later(3))
    whole(later(8))


def test_a_sub_task_is_due_no_later_than_its_need_and_comes_forward_with_it(world):
    need = bring(world, "accepted")
    with pytest.raises(Refused, match="不能晚于这件诉求自己的时限"):
        together.ask_unit(need_id=need.pk, unit=world.education, **(ASK | {"due_on": date(2026, 11, 17)}), by=world.handler, at=later(2))
    stop = {"reason": "papers", "words": "户口本复印件", "asked_on": later(2).date(), "asked_way": "face", "until": date(2026, 11, 16)}
    need = clock.stop_clock(need_id=need.pk, **stop, by=world.handler, at=later(2))
    task = together.ask_unit(need_id=need.pk, unit=world.education, **(ASK | {"due_on": need.due_on}), by=world.handler, at=later(2))
    need = clock.run_clock(need_id=need.pk, by=world.handler, at=later(3))
    task.refresh_from_db()
    assert task.due_on == need.due_on
    whole(later(3))


def test_handing_over_carries_the_sub_tasks_along_and_a_helper_that_leads_helps_no_more(world):
    need = bring(world, "assigned")
    recall_need(need_id=need.pk, by=world.clerk, at=later(hours=4))
    assign_need(need_id=need.pk, holder=world.civil, helpers=[world.education, world.township], words="先看房子", by=world.clerk, at=later(hours=5))
    kept, own = SubTask.objects.get(unit=world.education), SubTask.objects.get(unit=world.township)
    assert (kept.words, kept.due_on) == ("先看房子", Need.objects.get(pk=need.pk).due_on)
    return_need(need_id=need.pk, reason="按职责应由教育体育局办", rule="县级部门权责清单", by=world.handler, at=later(hours=6))
    assert {one.state for one in SubTask.objects.all()} == {"asked"}
    assign_need(need_id=need.pk, holder=world.education, by=world.clerk, at=later(hours=7))
    kept.refresh_from_db()
    own.refresh_from_db()
    assert (kept.state, kept.result, own.state) == ("off", "改由它主办", "asked")
    assert [one.pk for one in asked_by_us(world.teacher)] == [own.pk]
    whole(later(1))


def test_a_helper_sees_its_part_and_not_the_need_and_nothing_when_it_is_over(world, client):
    task = asked(world)
    assert not visible_needs(world.teacher).filter(pk=task.need_id).exists()
    assert not homes_of_needs(world.education).exists()
    assert [one.pk for one in with_us(world.teacher)] == [task.pk]
    client.force_login(world.teacher)
    page = client.get(f"/tasks/{task.pk}/").content.decode()
    assert "核实三个孩子的学籍" in page and "王大叔" not in page
    assert client.get(f"/needs/{task.need_id}/").status_code == 404
    assert client.get(f"/api/needs/{task.need_id}").status_code == 404
    assert "核实三个孩子的学籍" in client.get("/").content.decode()
    together.report_help(task_id=task.pk, words="三个孩子都有学籍", by=world.teacher, at=later(3))
    assert not visible_tasks(world.teacher).exists()
    assert client.get(f"/tasks/{task.pk}/").status_code == 404
    card = client.get(f"/tasks/{task.pk}/report/").content.decode()  # an act sent twice is answered: its page says no more than that it is over
    assert "内容不再显示" in card and "核实三个孩子的学籍" not in card and "父亲残疾" not in card
    assert "核实三个孩子的学籍" not in client.get("/").content.decode()


def test_no_childs_name_reaches_a_helper(client):
    wang, world = registry.World(), World()
    name = wang.child.name
    need = bring(world, "accepted", household=wang.home, summary=f"{name}没有学籍", child=wang.child)
    with pytest.raises(Refused, match="不要写孩子的姓名"):
        together.ask_unit(need_id=need.pk, unit=world.education, words=f"核实{name}的学籍", due_on=DUE, by=world.handler, at=later(2))
    task = together.ask_unit(need_id=need.pk, unit=world.education, **ASK, by=world.handler, at=later(2))
    client.force_login(world.teacher)
    page = client.get(f"/tasks/{task.pk}/").content.decode()
    assert "没有学籍" in page
    assert name not in page
    other = bring(world, "triaged", household=wang.home, child=wang.child)
    assign_need(need_id=other.pk, holder=world.civil, helpers=[world.education], words=f"看看{name}", by=world.clerk, at=later(hours=3))
    assert SubTask.objects.get(need=other).words == "看看某某"


def test_the_telephone_is_shown_to_a_helper_that_must_call_and_to_no_other(world):
    need = bring(world, "accepted", requester_phone="13800001111")
    quiet, calls = (
        together.ask_unit(need_id=need.pk, unit=world.education, **ASK, calls=calls, by=world.handler, at=later(2)) for calls in (False, True)
    )
    for task in (quiet, calls):
        together.take_help(task_id=task.pk, by=world.teacher, at=later(2))
    with pytest.raises(Refused, match="不用直接联系诉求人"):
        together.see_number(task_id=quiet.pk, by=world.teacher, at=later(3))
    assert together.see_number(task_id=calls.pk, by=world.teacher, at=later(3)).requester_phone == "13800001111"


def test_who_helped_confirms_rechecks_and_calls_nothing_off_again(world):
    """A helper, and whoever wrote a sub-task for it, has a part in the need for good (ADR 70), the part being over or not."""
    task = asked(world)
    caller = worker("jiao-huifang", "尤教体", world.education, Role.CALLBACK_OFFICER)
    inspector = worker("jiao-ducha", "尤督查", world.education, Role.INSPECTOR)
    together.send_help_back(task_id=task.pk, **BACK, by=world.teacher, at=later(3))
    together.call_help_off(task_id=task.pk, reason="不用它办了", by=world.handler, at=later(3))
    need = report_done(need_id=task.need_id, **DONE, by=world.handler, at=later(4))
    assert not independent(caller, need)
    with pytest.raises(Refused, match="办理过这件诉求的单位不能自己回访"):
        call_back(need_id=need.pk, way="phone", reached=True, word="solved", by=caller, at=later(5))
    call_back(need_id=need.pk, way="phone", reached=True, word="solved", by=world.caller, at=later(5))
    Need.objects.filter(pk=need.pk).update(drawn=True)
    with pytest.raises(Refused, match="办理过这件诉求的单位不能自己抽查"):
        recheck_need(need_id=need.pk, agrees=True, words="到户看过", by=inspector, at=later(6))


def test_the_lead_chooses_nobodys_recheck_by_asking_and_calling_off(world):
    """Asked and called off before it did anything, a unit has done nothing: the lead's own two acts would have chosen who looks at it."""
    task = asked(world)
    inspector = worker("jiao-ducha", "尤督查", world.education, Role.INSPECTOR)
    assert not independent(inspector, task.need)  # while it is asked it may take the part on
    together.call_help_off(task_id=task.pk, reason="不用它办了", by=world.handler, at=later(3))
    need = report_done(need_id=task.need_id, **DONE, by=world.handler, at=later(4))
    assert independent(inspector, need)
    assert not Need.objects.filter(involves(inspector), pk=need.pk).exists()
    call_back(need_id=need.pk, way="phone", reached=True, word="solved", by=world.caller, at=later(5))
    Need.objects.filter(pk=need.pk).update(drawn=True)
    recheck_need(need_id=need.pk, agrees=True, words="到户看过", by=inspector, at=later(6))


@pytest.mark.parametrize("does", ["take_help", "send_help_back"])
def test_whoever_did_anything_about_a_part_keeps_it_whatever_the_lead_calls_off(world, does):
    """Negative control: the helper's own act gives it a part that the lead's calling off does not take."""
    task = asked(world)
    inspector = worker("jiao-ducha", "尤督查", world.education, Role.INSPECTOR)
    getattr(together, does)(task_id=task.pk, by=world.teacher, at=later(3), **(BACK if does == "send_help_back" else {}))
    together.call_help_off(task_id=task.pk, reason="不用它办了", by=world.handler, at=later(3))
    need = Need.objects.get(pk=task.need_id)
    assert not independent(inspector, need)
    assert Need.objects.filter(involves(inspector), pk=need.pk).exists()


def test_who_reported_a_part_and_stands_elsewhere_too_has_a_part_there(world):
    task = asked(world)
    Post.objects.create(user=world.teacher, organisation=world.office, role=Role.BUREAU_WORKER, from_on=date(2020, 1, 1))
    together.report_help(task_id=task.pk, words="三个孩子都有学籍", by=User.objects.get(pk=world.teacher.pk), at=later(3))
    assert not independent(world.caller, task.need)


def test_help_is_refused_that_would_leave_nobody_to_ask_the_household(world):
    need = bring(world, "accepted")
    with pytest.raises(Refused, match="没有别的单位能向诉求人回访"):
        worker("taizhang-ban", "卫台账", world.office, Role.BUREAU_WORKER)
        together.ask_unit(need_id=need.pk, unit=world.office, **ASK, by=world.handler, at=later(2))


def test_a_withdrawal_ends_what_helpers_were_asked(world):
    task = asked(world)
    ask_withdrawal(need_id=task.need_id, words="家里自己解决了", by=world.visitor, at=later(3))
    keep_need(need_id=task.need_id, way="phone", words="我没有要撤", by=world.caller, at=later(3))
    assert SubTask.objects.get().state == "asked"
    ask_withdrawal(need_id=task.need_id, words="家里自己解决了", by=world.visitor, at=later(4))
    withdraw_need(need_id=task.need_id, way="phone", words="是我要撤的", by=world.caller, at=later(5))
    task.refresh_from_db()
    assert (task.state, task.result) == ("off", "诉求撤回")
    whole(later(5))


def test_a_late_part_shows_on_both_desks_on_the_need_and_when_urged(world, client, monkeypatch):
    task = asked(world, due_on=later(3).date())
    at = later(7)
    monkeypatch.setattr("django.utils.timezone.now", lambda: at)
    with pytest.raises(Refused, match="还没有到期"):
        together.urge_help(task_id=task.pk, by=world.handler, at=later(2))
    together.urge_help(task_id=task.pk, words="明天要回话", by=world.handler, at=at)
    with pytest.raises(Refused, match="今天已经催过了"):
        together.urge_help(task_id=task.pk, by=world.clerk, at=at)
    assert [one.urged_at for one in with_us(world.teacher)] == [at]
    assert [one.pk for one in for_lead(world.handler, today(at))] == [task.pk]
    for who in (world.teacher, world.handler):
        client.force_login(who)
        assert "超期" in client.get("/").content.decode()
    page = client.get(f"/needs/{task.need_id}/").content.decode()
    assert "协办和协商" in page and "超期" in page and "催永善县教育体育局:明天要回话" in page


def test_a_part_with_a_unit_where_nobody_signs_lies_with_its_lead_who_asks_another(world):
    task = asked(world)
    assert not for_lead(world.handler, later(3).date()).exists()
    Post.objects.filter(organisation=world.education).update(to_on=later(2).date())
    assert [one.pk for one in for_lead(world.handler, later(3).date())] == [task.pk]
    paper = {"subject_id": task.pk, "kind": "help", "by": world.handler, "at": later(3)}
    first = print_document(**paper)
    assert print_document(**paper).number == first.number
    together.give_help_again(task_id=task.pk, unit=world.township, due_on=DUE, by=world.handler, at=later(3))
    assert print_document(**paper).number != first.number, "another unit's paper is another paper"
    whole(later(3))


def test_the_household_hears_of_the_lead_alone(world, client):
    need = bring(world, "accepted")
    code = issue_slip(need_id=need.pk, by=world.visitor, at=later(1)).code
    together.ask_unit(need_id=need.pk, unit=world.education, **ASK, by=world.handler, at=later(2))
    page = client.get(f"/s/{code}").content.decode()
    assert "永善县民政局" in page and "教育体育局" not in page and "协办" not in page
    task = SubTask.objects.get()
    together.report_help(task_id=task.pk, words="三个孩子都有学籍", by=world.teacher, at=later(3))
    report_done(need_id=need.pk, **DONE, by=world.handler, at=later(4))
    client.force_login(world.caller)
    page = client.get(f"/needs/{need.pk}/callback/").content.decode()
    assert "永善县民政局" in page and "教育体育局" not in page


def test_a_paper_brought_with_the_report_is_the_needs_own_evidence(world):
    from django.core.files.uploadedfile import SimpleUploadedFile

    task = asked(world)
    file = SimpleUploadedFile("学籍.pdf", b"%PDF-1.4 x")
    together.report_help(task_id=task.pk, words="三个孩子都有学籍", file=file, by=world.teacher, at=later(3))
    assert [(one.name, one.words) for one in Evidence.objects.filter(need=task.need_id)] == [("学籍.pdf", "永善县教育体育局协办的材料")]


def test_the_exported_ledger_names_who_helps_and_not_who_sent_it_back(world):
    task = asked(world)
    at = [column.name for column in COLUMNS].index("配合单位") + 1
    assert next(lines(Need.objects.all()))[at] == "永善县教育体育局"
    together.send_help_back(task_id=task.pk, **BACK, by=world.teacher, at=later(3))
    assert next(lines(Need.objects.all()))[at] == ""


def test_only_the_lead_writes_in_the_need_and_only_while_it_works(world):
    task = asked(world)
    with pytest.raises(Refused, match="不在您的单位手里"):
        add_note(need_id=task.need_id, words="学籍查过了", by=world.teacher, at=later(3))
    with pytest.raises(Refused, match="不在您的单位手里"):
        together.ask_unit(need_id=task.need_id, unit=world.township, **ASK, by=world.teacher, at=later(3))
    fresh = bring(world, "assigned")
    with pytest.raises(Refused, match="签收以后、报办结以前"):
        together.ask_unit(need_id=fresh.pk, unit=world.education, **ASK, by=world.handler, at=later(hours=4))
    accept_need(need_id=fresh.pk, by=world.handler, at=later(2))


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("due_on", date(2026, 12, 1)), ("words", "随便看看"), ("calls", True), ("late", True), ("agreed", None), ("asked_at", later(20)), ("taken_at", None),
        ("returns", 1), ("result", "没有办成"),
    ],
)  # fmt: skip
def test_a_sub_task_bent_by_hand_is_named(world, column, value):
    """Also what decides until when it may be sent back, and whether: since when it was asked, whether it was agreed to."""
    need = bring(world, "accepted")
    agreed = {"unit1": world.education, "words1": "补办学籍", "due1": DUE}
    together.note_consultation(need_id=need.pk, on=later(2).date(), units=[world.education], words="当场答应补办学籍", **agreed, by=world.handler, at=later(2))
    task = together.take_help(task_id=SubTask.objects.get().pk, by=world.teacher, at=later(2, hours=1))
    whole(later(3))
    SubTask.objects.filter(pk=task.pk).update(**{column: value})
    assert [one.column for one in differences(later(3)) if one.column == f"task.{column}"] != []


def test_what_a_helper_answered_is_held_against_its_line(world):
    tasks = [asked(world) for _turn in range(2)]
    together.send_help_back(task_id=tasks[0].pk, **BACK, by=world.teacher, at=later(3))
    together.report_help(task_id=tasks[1].pk, words="三个孩子都有学籍", by=world.teacher, at=later(3))
    whole(later(3))
    SubTask.objects.filter(pk=tasks[1].pk).update(result="三个孩子都没有学籍")
    assert [one.column for one in differences(later(3))] == ["task.result"]


def test_what_was_agreed_at_the_table_is_held_against_its_line(world):
    need = bring(world, "accepted")
    together.note_consultation(need_id=need.pk, on=later(2).date(), units=[world.education], words="当场答应:补办学籍", by=world.handler, at=later(2))
    whole(later(3))
    triggers.lift()
    Consultation.objects.update(words="教体局不办学籍")
    assert [one.column for one in differences(later(3))] == ["consultation.words"]


def test_the_word_of_the_lead_alone_binds_nobody(world):
    """A consultation is what the lead wrote down: until the helper has said so itself, it may send the part back."""
    need = accepted(world)
    agreed = {"unit1": world.education, "words1": "补办学籍", "due1": DUE}
    one = together.note_consultation(need_id=need.pk, on=later(2).date(), units=[world.education], words="当场答应补办学籍", **agreed, by=world.handler, at=later(2))
    task = one.tasks.get()
    assert together.send_help_back(task_id=task.pk, **BACK, by=world.teacher, at=later(2, hours=2)).state == "sent_back"
    assert list(differences(later(3))) == []


def test_a_unit_that_sent_it_back_is_asked_the_same_no_more(world):
    """Ping-pong (退单): called off and asked again with a full stop more, it is the same; with other words it is another matter."""
    need = accepted(world)
    asked = {"need_id": need.pk, "unit": world.education, "due_on": DUE, "by": world.handler}
    task = together.ask_unit(**asked, words="核实三个孩子的学籍", at=later(2))
    together.send_help_back(task_id=task.pk, **BACK, by=world.teacher, at=later(2, hours=1))
    together.call_help_off(task_id=task.pk, reason="另行安排", by=world.handler, at=later(2, hours=2))
    with pytest.raises(Refused, match="已经按规定退回过"):
        together.ask_unit(**asked, words="核实三个孩子的学籍。", at=later(2, hours=3))
    assert together.ask_unit(**asked, words="补发三个孩子的资助", at=later(2, hours=3)).state == "asked"
