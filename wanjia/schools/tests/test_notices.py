"""Notices: what binds rests on a law, each has an end and lapses by itself, everybody on its list has a receipt or a reason, steps go in order, and an appeal forces nobody."""

from datetime import timedelta
from random import Random

import pytest
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse

from tests.house.worlds import World
from wanjia.kernel.models import Entry
from wanjia.kernel.tests.tried import MONDAY
from wanjia.orgs.models import User
from wanjia.policy import restricting as policy
from wanjia.reporting.figures.queries import figures, rows_of
from wanjia.schools.models import NoticeReceipt, NoticeStep, SafetyNotice, Venue
from wanjia.schools.notice_states import NoticeState
from wanjia.schools.notices import commands, queries, rules
from wanjia.schools.venues import commands as venues
from wanjia.verdict import Conflict, Refused

from .acts_notices import writing
from .inspection_factories import fire, officer, person, second
from .notice_factories import DAY, END, SOON, ktv, lead, leader, notice, police, receipt

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    """The house's world."""
    return World()


def at(days, hour=0):
    """A moment so many days on."""
    return MONDAY + timedelta(days=days, hours=hour)


def serve(one, by, when, **facts):
    """It was handed over."""
    return commands.serve_notice(notice_receipt_id=one.pk, **{"served_on": when.date(), "way": "handed", "signed": "signed"} | facts, by=by, at=when)


def test_a_notice_begins_with_the_area_of_whoever_writes_it(world, client):
    """Nobody looks for the own county in a list of a hundred villages."""
    client.force_login(leader(world), backend="django.contrib.auth.backends.ModelBackend")
    shown = client.get(reverse("schools:notice_new")).content.decode()
    assert f'<option value="{leader(world).live_posts[0].reach.pk}" selected' in shown


def test_from_writing_to_lapsing(world):
    place = ktv(world)
    one = commands.write_notice(**writing(world), by=leader(world), at=MONDAY)
    commands.name_group(safety_notice_id=one.pk, group="江边舞蹈队", by=leader(world), at=MONDAY)
    with pytest.raises(Refused, match="写的人不能自己签发"):
        commands.issue_notice(safety_notice_id=one.pk, by=leader(world), at=MONDAY)
    one = commands.issue_notice(safety_notice_id=one.pk, by=second(world), at=MONDAY)
    assert one.number.endswith("告〔2026〕1号") and {str(each) for each in one.receipts.all()} == {place.name, "江边舞蹈队"}
    assert list(queries.holding(DAY)) == [] and list(queries.standing(DAY)) == [one]
    assert queries.alarmed(leader(world), SOON - timedelta(days=policy.in_force(DAY).alarm_days + 1)) == 0
    assert queries.alarmed(leader(world), SOON - timedelta(days=1)) == 2 and queries.alarmed(officer(world), SOON) == 0
    for each in one.receipts.all():
        serve(each, leader(world), at(1))
    assert queries.alarmed(leader(world), SOON) == 0
    assert list(queries.holding(END)) == [one] and list(queries.holding(END + timedelta(days=1))) == [], "it lapses by itself: nobody does anything"
    with pytest.raises(Refused, match="自动失效"):
        commands.lift_notice(safety_notice_id=one.pk, reason="考试结束", by=leader(world), at=at(8))


def test_without_a_basis_it_is_an_appeal_and_forces_nobody(world):
    ktv(world)
    one = commands.write_notice(**writing(world, asks="close", basis="", paper=""), by=leader(world), at=MONDAY)
    one = commands.issue_notice(safety_notice_id=one.pk, by=leader(world), at=MONDAY)
    assert not one.binds and "倡〔2026〕1号" in one.number
    row = serve(one.receipts.get(), leader(world), at(3))
    facts = {"notice_receipt_id": row.pk, "day": SOON, "words": "还在营业", "licensed": 2, "by": leader(world), "at": at(3)}
    commands.take_step(step="advise", **facts)
    with pytest.raises(Refused, match="没有强制力,只能劝告"):
        commands.take_step(step="educate", **facts)


@pytest.mark.parametrize(("facts", "why"), [
    pytest.param({"asks": "close"}, "管不到“暂停营业”", id="the law on noise closes nothing"),
    pytest.param({"kinds": ["printer"]}, "管不到“印刷", id="a printer makes no noise"),
    pytest.param({"basis": "no_such_law"}, "请从列出的里面选|管不到", id="no such law"),
])  # fmt: skip
def test_a_law_reaches_what_it_says_and_no_further(world, facts, why):
    with pytest.raises(Refused, match=why):
        commands.write_notice(**writing(world, **facts), by=leader(world), at=MONDAY)
    assert not SafetyNotice.objects.exists()


def test_without_the_rule_any_law_would_carry_anything(world, monkeypatch):
    """The negative control: the basis is not asked."""
    monkeypatch.setattr(rules, "rests", lambda *args, **more: rules.first_refusal())
    assert commands.write_notice(**writing(world, asks="close", kinds=["printer"]), by=leader(world), at=MONDAY).binds


def test_steps_go_in_order_and_the_police_get_evidence_and_the_answer(world):
    row, by = receipt(world, served=True), leader(world)
    facts = {"notice_receipt_id": row.pk, "day": DAY, "words": "还在放音响", "licensed": 2, "by": by, "at": MONDAY}
    with pytest.raises(Refused, match="先登记“劝告”"):
        commands.take_step(step="educate", **facts)
    commands.take_step(step="advise", **facts)
    with pytest.raises(Refused, match="先登记“批评教育”"):
        commands.take_step(step="hand_over", reply="不陈述", evidence="笔录1份", handed_to=police(world), **facts)
    commands.take_step(step="educate", reply="说不知道有通告", **facts)
    with pytest.raises(Refused, match="要有证据"):
        commands.take_step(step="hand_over", reply="", evidence="笔录1份", handed_to=police(world), **facts)
    commands.take_step(step="hand_over", reply="当事人不陈述", evidence="笔录1份", handed_to=police(world), **facts)
    with pytest.raises(Refused, match="已经移送"):
        commands.take_step(step="advise", **facts)
    assert list(NoticeStep.objects.values_list("step", "reply")) == [("advise", ""), ("educate", "说不知道有通告"), ("hand_over", "当事人不陈述")]
    assert Entry.objects.filter(act="notice_receipt.step").count() == 3


def test_without_the_order_the_police_would_come_first(world, monkeypatch):
    """The negative control: the order is not asked."""
    monkeypatch.setattr(rules, "in_order", lambda *_asked: rules.first_refusal())
    row = receipt(world, served=True)
    commands.take_step(
        notice_receipt_id=row.pk, step="hand_over", day=DAY, words="还在放音响", licensed=2, reply="不陈述", evidence="笔录1份", handed_to=police(world), by=leader(world), at=MONDAY,
    )  # fmt: skip
    assert NoticeStep.objects.get().step == "hand_over"


def test_a_place_entered_meanwhile_gets_it_and_one_that_ends_is_excused(world):
    one = notice(world)
    new = venues.enter_venue(area=world.datong, kind="ktv", name="新开KTV", address="大同街9号", by=leader(world), at=MONDAY)
    other = venues.enter_venue(area=world.datong, kind="shop", name="新开商店", address="大同街8号", by=leader(world), at=MONDAY)
    assert NoticeReceipt.objects.filter(notice=one, venue=new).exists() and not NoticeReceipt.objects.filter(venue=other).exists()
    venues.end_venue(venue_id=new.pk, to_on=DAY, reason="停业转让", by=leader(world), at=MONDAY)
    assert NoticeReceipt.objects.get(venue=new).excused == "场所停用:停业转让"
    SafetyNotice.objects.filter(pk=one.pk).update(from_on=DAY - timedelta(days=9), until_on=DAY - timedelta(days=1))
    late = venues.enter_venue(area=world.datong, kind="ktv", name="又开KTV", address="大同街7号", by=leader(world), at=MONDAY)
    assert not NoticeReceipt.objects.filter(venue=late).exists(), "what lapsed is sent to nobody"


def test_a_reminder_counts_sheets_and_names_nobody(world):
    one = receipt(world, asks="advice", basis="", paper="")
    Venue.objects.update(kind="campus")
    serve(one, leader(world), MONDAY, copies=120)
    commands.count_copies(notice_receipt_id=one.pk, back=97, by=leader(world), at=at(1))
    one.refresh_from_db()
    assert (one.copies, one.back) == (120, 97)


@pytest.mark.parametrize(("kind", "asked"), [("netbar", False), ("shop", False), ("campus", True), ("exam_site", True)])
def test_only_a_school_is_asked_for_sheets(world, client, monday, kind, asked):
    """A net bar hands nothing out to homes: it is not asked how many, and none are kept of it."""
    one = receipt(world, asks="advice", basis="", paper="")
    Venue.objects.update(kind=kind)
    client.force_login(leader(world))
    assert ("发给家长几份" in client.get(reverse("schools:receipt_serve", args=[one.pk])).content.decode()) == asked
    if not asked:
        with pytest.raises(Refused, match="只有发给学校、团体的安全提示"):
            serve(one, leader(world), MONDAY, copies=3)
    assert serve(one, leader(world), MONDAY)


def test_a_group_hands_sheets_out_and_a_notice_that_binds_none(world):
    one = receipt(world, asks="advice", basis="", paper="")
    group = NoticeReceipt.objects.create(notice=one.notice, area=one.area, group="家长委员会", listed_at=MONDAY)
    assert rules.hands_out(group)
    SafetyNotice.objects.update(asks="quiet")
    group.notice.refresh_from_db()
    assert not rules.hands_out(group)


@pytest.mark.parametrize("seed", range(10))
def test_any_order_of_acts_no_restriction_without_an_end_and_none_holds_after_it(world, seed):
    """Property: whatever is done in whatever order, each notice has a last day, what binds rests on a paper and was signed by another hand, and nobody is stepped against by one that does not hold."""
    roll, people = Random(seed), [leader(world), second(world), officer(world), User.objects.get(pk=world.clerk.pk)]
    for n in range(2):
        ktv(world, f"{n}号KTV")

    def one():
        return roll.choice(list(SafetyNotice.objects.values_list("pk", flat=True)) or [None])

    def row():
        return roll.choice(list(NoticeReceipt.objects.values_list("pk", flat=True)) or [None])

    def write():
        asks, basis = roll.choice(["quiet", "close", "advice"]), roll.choice(["", "noise_exam", "other_law"])
        first = DAY + timedelta(days=roll.randint(-2, 4))
        commands.write_notice(**writing(world, name=f"通告{roll.random()}", asks=asks, basis=basis, paper=roll.choice(["", "某号"]), from_on=first, until_on=first + timedelta(days=roll.randint(-2, 20))), by=by, at=when)

    def step():
        what = {"reply": "不陈述", "evidence": "笔录1份", "handed_to": police(world)} if (kind := roll.choice(["advise", "educate", "hand_over"])) == "hand_over" else {}
        commands.take_step(notice_receipt_id=row(), step=kind, day=when.date(), words="还在放音响", licensed=2, **what, by=by, at=when)

    acts = [
        write, step, step, step, lambda: commands.issue_notice(safety_notice_id=one(), by=by, at=when), lambda: commands.issue_notice(safety_notice_id=one(), by=by, at=when),
        lambda: commands.lift_notice(safety_notice_id=one(), reason="考试提前结束", by=by, at=when), lambda: commands.drop_notice(safety_notice_id=one(), reason="并入县里通告", by=by, at=when),
        lambda: serve(NoticeReceipt.objects.get(pk=row()), by, when), lambda: commands.excuse_receipt(notice_receipt_id=row(), reason="停业装修中", by=by, at=when),
        lambda: commands.name_group(safety_notice_id=one(), group=f"队{roll.random()}", by=by, at=when),
    ]  # fmt: skip
    commands.write_notice(**writing(world), by=people[0], at=MONDAY)
    for turn in range(120):
        by, when = roll.choice(people), at(turn // 12)
        try:
            with transaction.atomic():
                roll.choice(acts)()
        except (Refused, Conflict, NoticeReceipt.DoesNotExist):
            pass
    longest = policy.in_force(DAY).longest_days
    for each in SafetyNotice.objects.all():
        assert each.until_on >= each.from_on and (not each.binds or each.paper)
        if each.binds and each.serial:
            assert each.issued_by_id != each.made_by_id and (each.until_on - each.from_on).days < longest and each.issued_at.date() < each.from_on
    order = ["advise", "educate", "hand_over"]
    for each in NoticeStep.objects.select_related("receipt__notice"):
        of = each.receipt.notice
        assert of.from_on <= each.day <= of.until_on and (of.ended_on is None or each.day <= of.ended_on) and each.receipt.served_on <= each.day
        assert of.binds or each.step == "advise"
        before = set(each.receipt.steps.filter(taken_at__lte=each.taken_at).values_list("step", flat=True))
        assert set(order[: order.index(each.step)]) <= before


def test_figures_have_their_rows(world):
    ktv(world)
    one = commands.write_notice(**writing(world), by=leader(world), at=MONDAY)
    commands.name_group(safety_notice_id=one.pk, group="江边舞蹈队", by=leader(world), at=MONDAY)
    commands.issue_notice(safety_notice_id=one.pk, by=second(world), at=MONDAY)
    serve(one.receipts.get(group=""), leader(world), at(1))
    rows = NoticeReceipt.objects.all()
    found = {each["id"]: (each["n"], each["N"]) for each in figures(rows, DAY + timedelta(days=1), DAY + timedelta(days=1))}
    assert found["receipts.served"] == found["receipts.timely"] == (1, 2) and found["receipts.excused"] == (0, None)
    assert [str(each) for each in rows_of("receipts.served", rows, DAY + timedelta(days=1), DAY + timedelta(days=1))] == ["金嗓子KTV"]
    before = {each["id"]: each["n"] for each in figures(rows, DAY, DAY + timedelta(days=1))}
    assert before["receipts.served"] == 0, "as of the day before nobody was served"
    later = {each["id"]: (each["n"], each["N"]) for each in figures(SafetyNotice.objects.all(), END + timedelta(days=1), END + timedelta(days=1))}
    assert later["notices.binding"] == later["notices.lapsed"] == (1, 1)


def test_who_sees_it(world):
    one = notice(world)
    assert rules.visible_notices(officer(world)).filter(pk=one.pk).exists(), "the county's"
    assert rules.visible_receipts(User.objects.get(pk=world.clerk.pk)).filter(notice=one).exists(), "the township's own place"
    assert rules.reaches(officer(world), receipt(world)) and not NoticeStep.objects.exists()
    assert person("xiaofang", "涂消防", fire(world)).pk and lead(world)


def test_pages_and_papers_open(world, client):
    one = notice(world)
    draft = notice(world, NoticeState.DRAFT, name="高考期间停止噪声活动的通告")
    row = receipt(world, served=True)
    commands.take_step(notice_receipt_id=row.pk, step="advise", day=DAY, words="还在放音响", licensed=2, by=leader(world), at=MONDAY)
    client.force_login(leader(world), backend="django.contrib.auth.backends.ModelBackend")
    for name in ("notices", "receipts", "notice_new"):
        assert client.get(reverse(f"schools:{name}")).status_code == 200
    assert client.get(reverse("schools:receipts"), {"figure": "receipts.served"}).status_code == 200
    for name, pk in (("notice", one.pk), ("notice", draft.pk), ("receipt_step", row.pk), ("receipt_serve", row.pk), ("notice_change", draft.pk)):
        assert client.get(reverse(f"schools:{name}", args=[pk])).status_code == 200, name
    for name in ("notice_paper", "receipt_paper"):
        paper = client.get(reverse(f"schools:{name}", args=[one.pk]))
        assert paper["Content-Type"] == "application/pdf" and paper.content.startswith(b"%PDF")
        assert client.get(reverse(f"schools:{name}", args=[draft.pk])).status_code == 404, "what is not issued is not printed"


def test_the_paper_says_what_it_is(world, client, monkeypatch):
    monkeypatch.setattr("wanjia.schools.notices.views.pdf", lambda template, context, name: render_to_string(template, context).encode())
    client.force_login(leader(world), backend="django.contrib.auth.backends.ModelBackend")
    binds = notice(world, words="歌舞娱乐场所停止播放音响。\n\n广场上停止使用音响。")
    paper = client.get(reverse("schools:notice_paper", args=[binds.pk])).content.decode()
    assert "特此通告。" in paper and "倡议" not in paper
    assert "<p>　　歌舞娱乐场所停止播放音响。</p><p>　　广场上停止使用音响。</p>" in paper, "each paragraph is one of its own, with its indent"
    asks = notice(world, name="请暂停营业的倡议书", asks="close", basis="", paper="")
    paper = client.get(reverse("schools:notice_paper", args=[asks.pk])).content.decode()
    assert "没有强制力" in paper and "通告" not in paper and "考生" not in paper, "not each appeal is of an exam"
