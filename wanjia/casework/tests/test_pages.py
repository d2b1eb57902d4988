"""The pages of casework: who may open them, what they show, that they act once, and what they cost."""

import re
from datetime import date
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from wanjia.kernel.models import Entry
from wanjia.orgs.roles import Role
from wanjia.registry.households.commands import register_household
from wanjia.registry.models import Person

from ..exporting.columns import HEADER, lines
from ..models import Callback, Need, ProtectionReport
from ..slip.commands import issue_slip
from ..states import NeedState as S
from .factories import MONDAY, worker
from .walk import bring, reported_with_slip

EVERY_STATE = [S.REGISTERED, S.ADMITTED, S.TRIAGED, S.ASSIGNED, S.IN_PROGRESS, S.DONE_REPORTED, S.VERIFIED, S.CLOSED, S.DECLINED,
               S.RETURNED, S.REOPENED, S.WITHDRAWN]  # fmt: skip


def page(client, name, *args, **asked):
    """Open a page that must be there; check what every page must have."""
    answer = client.get(reverse(name, args=args), asked)
    assert answer.status_code == 200, answer
    html = answer.content.decode()
    title, h1 = (re.search(f"<{tag}[^>]*>(.*?)</{tag}>", html, re.S).group(1).strip() for tag in ("title", "h1"))
    assert title == h1
    assert not re.search(r"<[^>]+\s(style|on\w+)=", html)
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    return html


def send(client, name, *args, **answers):
    """Send a form with a fresh key."""
    return client.post(reverse(name, args=args), {"key": str(uuid4()), **answers})


@pytest.mark.parametrize("name", ["desk", "casework:ledger", "casework:record", "casework:report_child"])
def test_pages_ask_for_a_signed_in_person(client, world, name):
    answer = client.get(reverse(name))
    assert answer.status_code == 302
    assert answer.url.startswith(reverse("account_login"))


@pytest.mark.parametrize("name", ["casework:triage", "casework:callbacks", "casework:rechecks", "casework:protection", "casework:grid"])
def test_pages_of_another_post_refuse_with_a_sentence(as_user, world, name):
    answer = as_user(world.visitor).get(reverse(name))
    assert answer.status_code == 403
    assert "您的岗位没有这项权限" in answer.content.decode()


@pytest.mark.parametrize("name", ["need", "drawer", "assign", "accept", "ask_withdrawal", "slip"])
def test_a_need_of_another_township_is_not_found(as_user, world, name):
    need = world.need()
    assert as_user(world.stranger).get(reverse(f"casework:{name}", args=[need.pk])).status_code == 404
    assert as_user(world.stranger).get(reverse(f"casework:{name}", args=[uuid4()])).status_code == 404


@pytest.mark.parametrize("state", EVERY_STATE)
def test_a_need_shows_its_steps_and_why_not_in_every_state(as_user, world, state):
    need = bring(world, state)
    html = page(as_user(world.clerk), "casework:need", need.pk)
    assert need.get_state_display() in html
    assert need.summary in html
    assert "其他操作现在为什么不能做" in html
    assert "unset" not in html
    assert as_user(world.clerk).get(reverse("casework:drawer", args=[need.pk])).status_code == 200


def test_five_people_carry_a_need_from_the_door_to_the_end_by_pages_alone(as_user, world):
    facts = {"village": world.datong.pk, "requester_name": "王大叔", "summary": "房顶漏雨", "category": "housing", "channel": "visit"}
    answer = as_user(world.visitor).post(reverse("casework:record") + "?new=1", {"key": str(uuid4()), **facts})
    need = Need.objects.get()
    assert answer.url == reverse("casework:need", args=[need.pk])
    assert answer.status_code == 302
    clerk = as_user(world.clerk)
    assert page(clerk, "desk").count("房顶漏雨")
    assert send(clerk, "casework:screen", need.pk, reasonable="yes").url == reverse("casework:screening")
    assert clerk.get(reverse("casework:triage")).url == reverse("casework:triage_one", args=[need.pk])
    assert send(clerk, "casework:triage_one", need.pk, urgency="ordinary", difficulty="medium").url == reverse("casework:triage")
    send(clerk, "casework:assign", need.pk, holder=world.civil.pk)
    handler = as_user(world.handler)
    send(handler, "casework:accept", need.pk)
    send(handler, "casework:note", need.pk, words="到户看过,需要换瓦")
    send(handler, "casework:evidence", need.pk, words="派工单第 3 号,存办公室")
    send(handler, "casework:report_done", need.pk, outcome="solved", outcome_text="换好了瓦", answered_on=date.today().isoformat(), answered_way="face")  # fmt: skip
    send(as_user(world.caller), "casework:call_back", need.pk, way="phone", said="solved", satisfaction="satisfied")
    need.refresh_from_db()
    assert (need.state, need.confirmed) == (S.VERIFIED, "solved")
    Need.objects.filter(pk=need.pk).update(drawn=True)  # the lot draws some: here always
    looked = {"found": "so", "word": "solved", "way": "phone", "words": "电话核实属实"}
    assert send(as_user(world.inspector), "casework:recheck", need.pk, **looked).status_code == 302
    send(as_user(world.clerk), "casework:close", need.pk)
    need.refresh_from_db()
    assert need.state == S.CLOSED


def test_a_double_tap_records_one_need(as_user, world):
    client, key = as_user(world.visitor), str(uuid4())
    facts = {"key": key, "village": world.datong.pk, "requester_name": "王大叔", "summary": "断水", "category": "water_power", "channel": "call"}  # fmt: skip
    where = reverse("casework:record") + "?new=1"
    first, second = client.post(where, facts), client.post(where, facts)
    assert first.url == second.url
    assert Need.objects.count() == 1
    client.post(where, {**facts, "key": str(uuid4()), "another": "on"})
    assert Need.objects.count() == 2


def test_a_refusal_stands_on_the_form_and_the_answers_stay(as_user, world):
    need = bring(world, S.ASSIGNED)
    answer = send(as_user(world.handler), "casework:contest", need.pk, reason="不是", rule="三定方案")
    html = answer.content.decode()
    assert "至少写" in html
    assert "不是</textarea>" in html
    need.refresh_from_db()
    assert need.state == S.ASSIGNED


def test_an_act_out_of_turn_shows_its_reason_instead_of_the_form(as_user, world):
    need = world.need()
    html = page(as_user(world.clerk), "casework:assign", need.pk)
    assert "只有已研判的诉求才能交办" in html
    assert 'name="holder"' not in html


def test_intake_finds_the_home_and_offers_its_people(as_user, world):
    home = register_household(village_code=world.datong.code, head={"name": "赵开秀", "id_absent_reason": "to_follow"}, by=world.visitor, at=timezone.now())  # fmt: skip
    client = as_user(world.visitor)
    for text in ("赵开秀", "zkx", home.number):
        assert "赵开秀" in page(client, "casework:record", q=text)
    html = page(client, "casework:record", household=home.pk)
    assert "赵开秀(户主)" in html
    assert "requester_name" in html
    assert home.number not in page(as_user(world.stranger), "casework:record", q="赵开秀")


def test_somebody_who_may_not_see_the_register_records_by_name_alone(as_user, world):
    leader = worker("lingdao", "县领导", world.office, Role.LEADER)
    client = as_user(leader)
    assert 'name="requester_name"' in page(client, "casework:record", q="530625")
    assert world.home.number not in page(client, "casework:record", household=world.home.pk)
    page(as_user(world.visitor), "casework:record", household="not-a-number")


def test_lists_cost_the_same_for_one_row_and_for_three(as_user, world):
    def cost(user, name, **asked):
        client = as_user(user)
        page(client, name, **asked)
        with CaptureQueriesContext(connection) as queries:
            page(client, name, **asked)
        return len(queries)

    lists = [(world.clerk, "desk", {}), (world.clerk, "casework:ledger", {"tab": "callback"}), (world.caller, "casework:callbacks", {})]
    bring(world, S.DONE_REPORTED), bring(world, S.REGISTERED)
    one = [cost(user, name, **asked) for user, name, asked in lists]
    for _again in range(2):
        bring(world, S.DONE_REPORTED), bring(world, S.REGISTERED)
    assert [cost(user, name, **asked) for user, name, asked in lists] == one


def test_the_ledger_answers_by_number_name_last_four_and_tab(as_user, world):
    need, other = world.need(requester_last4="0014", requester_name="赵钱孙"), bring(world, S.TRIAGED)
    client = as_user(world.clerk)
    for text in (need.number, "赵钱", "0014", "zqs"):
        html = page(client, "casework:ledger", q=text)
        assert need.number in html
        assert other.number not in html
    html = page(client, "casework:ledger", tab="assign")
    assert other.number in html
    assert need.number not in html
    assert "赵*孙" in page(client, "casework:ledger")
    assert page(client, "casework:ledger", since="not a day", area="999")


def test_phone_and_story_show_only_after_the_look_is_logged(as_user, world):
    need = world.need(requester_phone="13800001111", story="家里的事")
    client = as_user(world.visitor)
    assert "13800001111" not in page(client, "casework:need", need.pk)
    html = send(client, "casework:reveal", need.pk, reason="回访联系").content.decode()
    assert "13800001111" in html
    assert "家里的事" in html
    assert Entry.objects.filter(act="need.reveal", kind="reading", subject_id=str(need.pk), reason="回访联系").count() == 1
    html = send(client, "casework:reveal", need.pk, reason="").content.decode()
    assert "13800001111" not in html


def test_a_childs_phone_is_shown_to_nobody_for_any_reason(as_user, world):
    child, grown = (
        Person.objects.create(name=name, birth_on=born, registered_at=MONDAY) for name, born in (("王小雨", date(2018, 6, 1)), ("王大叔", date(1970, 6, 1)))
    )
    need = world.need(requester_phone="13800001111", story="家里的事", requester=child)
    html = send(as_user(world.visitor), "casework:reveal", need.pk, reason="回访联系").content.decode()
    assert "家里的事" in html and "联系监护人" in html
    assert "13800001111" not in html
    assert Entry.objects.get(act="need.reveal").detail["fields"] == ["story"]
    assert [line[HEADER.index("联系电话")] for line in lines(Need.objects.all(), sensitive={"联系电话"})] == [""]
    Need.objects.update(requester=grown)  # the control
    assert [line[HEADER.index("联系电话")] for line in lines(Need.objects.all(), sensitive={"联系电话"})] == ["13800001111"]


def test_the_phone_stands_on_the_callback_page_behind_one_tap_and_the_words_stay(as_user, world):
    needs = [bring(world, S.DONE_REPORTED, requester_phone=f"1380000111{n}") for n in (1, 2)]
    client, where = as_user(world.caller), reverse("casework:call_back", args=[needs[0].pk])
    assert "13800001111" not in page(client, "casework:call_back", needs[0].pk)
    html = client.post(where, {"key": str(uuid4()), "phone": "1", "said": "partly", "words": "还差一间"}).content.decode()
    assert "tel:13800001111" in html
    assert "还差一间" in html
    assert 'value="partly"' in html.replace("checked", "")
    assert "13800001112" not in page(client, "casework:call_back", needs[1].pk)
    line = Entry.objects.get(kind="reading")
    assert (line.act, line.reason, line.subject_id, line.detail["fields"]) == ("need.phone", f"回访 {needs[0].number}", str(needs[0].pk), ["requester_phone"])
    assert Callback.objects.count() == 0


def test_evidence_is_handed_out_after_the_look_is_logged(as_user, world):
    need, body = bring(world, S.IN_PROGRESS), b"%PDF-1.4 proof"
    client = as_user(world.handler)
    send(client, "casework:evidence", need.pk, file=SimpleUploadedFile("单据.pdf", body), words="")
    paper = need.evidence.get()
    answer = send(client, "casework:open_evidence", paper.pk, reason="查看佐证")
    assert answer.content == body
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert Entry.objects.filter(act="need.open_evidence").count() == 1
    assert send(as_user(world.stranger), "casework:open_evidence", paper.pk, reason="查看佐证").status_code == 404


def test_a_slip_shows_desk_and_date_but_no_name_and_takes_the_word(client, as_user, world):
    need = bring(world, S.IN_PROGRESS)
    slip = issue_slip(need_id=need.pk, by=world.visitor, at=timezone.now())
    html = page(client, "casework:slip_page", slip.code)
    assert "现在由永善县民政局办理" in html
    for secret in (need.requester_name, need.summary, need.number, world.home.number):
        assert secret not in html
    assert "已经解决" not in html
    done, code = reported_with_slip(world)
    where = reverse("casework:slip_page", args=[code])
    assert "没有解决" in page(client, "casework:slip_page", code)
    key = str(uuid4())
    for _tap in range(2):
        assert client.post(where, {"key": key, "word": "unsolved", "words": "还在漏"}).status_code == 302
    done.refresh_from_db()
    assert (done.state, done.confirmed) == (S.REOPENED, "unsolved")
    assert Callback.objects.filter(need=done, way="slip").count() == 1


def test_wrong_codes_end_in_a_pause(client, world):
    for _try in range(10):
        assert client.get(reverse("casework:slip_page", args=["ZZZZZZ"])).status_code == 404
    answer = client.get(reverse("casework:slip_page", args=["ZZZZZZ"]))
    assert answer.status_code == 403
    assert "一小时后再试" in answer.content.decode()


def test_the_paper_carries_a_code_and_nobodys_name(as_user, world):
    need = world.need()
    client = as_user(world.visitor)
    key = str(uuid4())
    where = reverse("casework:slip", args=[need.pk])
    answer = client.post(where, {"key": key})
    html, code = answer.content.decode(), need.slips.get(ended_at=None).code
    assert code in html
    assert need.requester_name not in html
    assert "no-store" in answer.headers["Cache-Control"]
    assert code not in page(client, "casework:slip", need.pk)
    again = client.post(where, {"key": key})
    assert again.status_code == 403
    assert "只在生成的那一刻显示一次" in again.content.decode()
    assert code not in again.content.decode()


def test_a_child_in_danger_is_reported_by_anybody_and_read_by_the_officer_alone(as_user, world):
    client = as_user(world.teacher)
    assert "先拨 110" in page(client, "casework:report_child")
    assert reverse("casework:report_child") in page(client, "desk")
    facts = {"area": "细沙乡 · 大同村", "child_words": "约九岁女孩", "situation": "被遗弃或长期无人照料", "facts": "独自在家三天", "discovered_at": "2026-11-02T08:00"}  # fmt: skip
    answer = send(client, "casework:report_child", **facts)
    assert answer.url == reverse("casework:child_reported")
    report = ProtectionReport.objects.get()
    officer = as_user(world.officer)
    assert "独自在家" not in page(officer, "casework:protection")
    assert "独自在家" not in page(officer, "casework:open_report", report.pk)
    html = send(officer, "casework:open_report", report.pk, reason="处置这份报告").content.decode()
    assert "独自在家三天" in html
    assert Entry.objects.filter(act="protection.read", kind="reading").count() == 1
    assert send(officer, "casework:follow_up", report.pk, words="派出所已到场").status_code == 302
    head = worker("weibao2", "别处", world.civil, Role.BUREAU_WORKER)
    assert as_user(head).get(reverse("casework:open_report", args=[report.pk])).status_code == 403


def test_who_assigns_again_reads_why_it_came_back(as_user, world):
    need = bring(world, S.RETURNED)
    assert "按职责分工应由教育体育局办理" in page(as_user(world.clerk), "casework:assign", need.pk)


def test_closing_shows_nine_ticks_and_what_is_missing(as_user, world):
    need = bring(world, S.VERIFIED, involves_child=True)
    html = page(as_user(world.clerk), "casework:close", need.pk)
    assert html.count('<li class="yes">') == 8
    assert "请上一级抽查" in html
    assert need.number in page(as_user(world.inspector), "casework:rechecks")


def test_the_grid_changes_from_a_day_on(as_user, world):
    client = as_user(world.ledger)
    page(client, "casework:grid")
    day = timezone.localdate().isoformat()
    send(client, "casework:grid", urgency="ordinary", difficulty="easy", tiers=["village"], days="7", unit="working", hint="村里办", from_on=day)  # fmt: skip
    assert "7 个工作日" in page(client, "casework:grid")


def test_a_homes_page_shows_its_needs_to_whoever_sees_them(as_user, world):
    need = bring(world, S.ASSIGNED)
    html = page(as_user(world.visitor), "registry:household", world.home.pk)
    assert need.number in html
    assert reverse("casework:need", args=[need.pk]) in html
    Need.objects.filter(pk=need.pk).update(household=None)
    assert need.number not in page(as_user(world.visitor), "registry:household", world.home.pk)


def test_an_empty_desk_says_what_is_overdue_in_the_area(as_user, world):
    need = bring(world, S.ASSIGNED)
    leader = worker("xian-lingdao", "何县长", world.office, Role.LEADER)
    Need.objects.filter(pk=need.pk).update(due_on=date(2020, 1, 2))

    desk = page(as_user(leader), "desk")

    assert "看超期的 1 件" in desk and "您手上的都办完了" not in desk
    Need.objects.filter(pk=need.pk).update(due_on=date(2190, 1, 2))
    assert "您手上的都办完了" in page(as_user(leader), "desk")
