"""What villagers bring, from a telephone without account to the answer; the steps of a road in their order; water that is wasted, to its effect."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from tests.house.quicker import just_before
from tests.house.worlds import World
from wanjia.kernel.calendar import today
from wanjia.kernel.models import Entry
from wanjia.kernel.tests.tried import MONDAY
from wanjia.orgs.models import Area
from wanjia.orgs.workdays.hours import CLOCK
from wanjia.policy import meetings as law
from wanjia.policy import proposing as policy
from wanjia.verdict import Conflict, NotFound, Refused

from ..agenda import commands as agenda
from ..bringing.queues import queue
from ..bylaw_states import ProblemState as Q
from ..bylaw_states import ProposalState as P
from ..bylaw_states import StepState as S
from ..figures.bylaws import POPULATIONS, problems_on
from ..models import AgendaItem, BylawVersion, Problem, Proposal, PublicNotice, StepMatter
from ..problems import commands as problems
from ..problems import queries as problem_queries
from ..proposing import commands as proposing
from ..proposing import queries, rules
from ..proposing.subjects import VILLAGER
from ..steps import commands as steps
from ..steps import queries as step_queries
from .bylaw_factories import DAY, NUMBERS, matter, problem, proposal, second, vote, who
from .factories import body, item, seat

BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def world(db):
    rules._tries.clear()
    return World()


def page(world, **query):
    return f"/p/{world.datong.pk}/"


def test_anybody_brings_something_and_asks_by_his_slip_what_became_of_it(world):
    """No account, no script: a page, a form, a number and a word; then the answer, in the clerk's words and nobody's name."""
    phone = Client()
    assert "给大同村" in phone.get(page(world)).content.decode()
    told = phone.post(page(world), {"words": "三组路灯坏了三盏", "name": "吉有福"}).content.decode()
    one = Proposal.objects.get()
    assert one.number in told and one.secret[:4] in told and one.due_on == one.told_on + timedelta(days=30)
    slip = f"/p/{world.datong.pk}/{one.number}/{one.secret}"
    assert "等待答复" in phone.get(slip).content.decode() and "吉有福" not in phone.get(slip).content.decode()
    council = body(world, seats=3)
    proposing.take_up_proposal(village_proposal_id=one.pk, body=council, kind="surroundings", title="场坝路灯", words="晚上看不见", matter="", **who(world.visitor, one.told_at))
    one.refresh_from_db()
    shown = phone.get(slip).content.decode()
    assert one.item.brought_by == "吉有福" and "场坝路灯" in shown and "等待上会" in shown and "吉有福" not in shown
    typed = phone.get(f"/p/{world.datong.pk}/slip/", {"number": one.number, "secret": one.secret.lower()})
    assert typed.status_code == 302 and typed.url == slip


def test_a_wrong_word_opens_nothing_and_after_many_the_door_waits(world):
    one, phone = proposal(world), Client()
    wrong = f"/p/{world.datong.pk}/{one.number}/ZZZZ2222"
    for _try in range(policy.in_force(DAY).wrong_per_hour):
        assert phone.get(wrong).status_code == 404
    assert "错的次数太多" in phone.get(f"/p/{world.datong.pk}/{one.number}/{one.secret}").content.decode()
    rules._tries.clear()
    assert "等待答复" in phone.get(f"/p/{world.datong.pk}/{one.number}/{one.secret}").content.decode(), "the negative control"
    assert queries.by_slip(world.xinmin.pk, one.number, one.secret) is None, "another village's number is another number"
    assert queries.by_slip(world.datong.pk, "２０２６-１", one.secret) is None and queries.by_slip(world.datong.pk, "", "") is None


def test_one_address_sends_so_many_an_hour_and_is_forgotten_after_a_day(world):
    phone = Client()
    for n in range(policy.in_force(DAY).per_hour):
        assert "收到了" in phone.post(page(world), {"words": f"第 {n} 件事要说"}).content.decode()
    refused = phone.post(page(world), {"words": "还有一件事要说"}).content.decode()
    assert "提得太多" in refused and "还有一件事要说" in refused and Proposal.objects.count() == policy.in_force(DAY).per_hour
    last = Proposal.objects.latest("told_at")
    assert proposing.forget_addresses(by=CLOCK, at=last.told_at + timedelta(hours=23)) == 0
    assert proposing.forget_addresses(by=CLOCK, at=last.told_at + timedelta(hours=25)) == 6 and not Proposal.objects.exclude(address_index="").exists()


def test_the_same_page_sent_twice_is_one_proposal(world):
    phone, key = Client(), "0192a3b4-0000-7000-8000-000000000001"
    first = phone.post(page(world), {"words": "三组路灯坏了三盏", "key": key}).content.decode()
    again = phone.post(page(world), {"words": "三组路灯坏了三盏", "key": key}).content.decode()
    assert Proposal.objects.count() == 1 and Proposal.objects.get().number in first and Proposal.objects.get().number in again


def test_nothing_is_dropped_silently_it_is_late_on_both_desks(world):
    one = proposal(world)
    after = one.due_on + timedelta(days=1)
    assert queue(who(world.visitor)["by"], DAY)["village:proposals"] == 1 and queue(who(world.clerk)["by"], one.due_on)["village:proposals"] == 0
    assert queue(who(world.clerk)["by"], after)["village:proposals"] == 1 and queries.late(who(world.visitor)["by"], after) == 1 and queries.late(who(world.visitor)["by"], one.due_on) == 0
    with pytest.raises(IntegrityError, match="only appended"), transaction.atomic():
        one.delete()


def test_who_disagrees_is_answered_by_another_hand(world):
    one, now = proposal(world), timezone.now()
    day = today(now)
    proposing.turn_down_proposal(village_proposal_id=one.pk, title="路灯坏了", answer="不归村里管,已转电力公司", **who(world.visitor, now))
    assert [str(line.said) for line in queries.on_board(world.datong, day, 9, "")] == ["提议 2026-001 路灯坏了:不归村里管,已转电力公司"]
    phone, slip = Client(), f"/p/{world.datong.pk}/{one.number}/{one.secret}"
    assert "请另一个人重新考虑" in phone.get(slip).content.decode()
    assert phone.post(slip).status_code == 302
    assert queue(who(world.clerk)["by"], day)["village:proposals"] == 1, "the township sees it at once"
    with pytest.raises(Refused, match="另一个人"):
        proposing.turn_down_proposal(village_proposal_id=one.pk, title="路灯坏了", answer="还是不归村里管", **who(world.visitor, now))
    assert proposing.turn_down_proposal(village_proposal_id=one.pk, title="路灯坏了", answer="电力公司答应月底修", **who(world.clerk, now)).state == P.DECLINED
    with pytest.raises(Refused, match="已经重新考虑过一次"):
        proposing.ask_again(village_proposal_id=one.pk, by=VILLAGER, at=now)


def test_the_words_are_sealed_and_stand_in_no_line_of_the_journal(world):
    one = proposal(world)
    client = Client()
    client.force_login(world.visitor, backend=BACKEND)
    assert "吉有福" in client.get(f"/village/proposals/{one.pk}/").content.decode()
    client.force_login(world.leader, backend=BACKEND)
    seen = client.get(f"/village/proposals/{one.pk}/")
    assert seen.status_code in (403, 404) or "吉有福" not in seen.content.decode()
    proposing.write_proposal(village=world.datong, words="桂家门口的水沟", way="paper", told_on=DAY, name="桂长明", **who(world.visitor))
    assert not any("桂" in f"{entry.reason}{entry.details if hasattr(entry, 'details') else ''}" for entry in Entry.objects.all())


def test_the_slip_of_paper_is_shown_once(world):
    client = Client()
    client.force_login(world.visitor, backend=BACKEND)
    said = {"village": world.datong.pk, "words": "三组路灯坏了三盏", "way": "paper", "told_on": str(today(timezone.now())), "name": ""}
    shown, one = client.post("/village/proposals/new/", said), Proposal.objects.get()
    assert one.secret[:4] in shown.content.decode() and "no-store" in shown["Cache-Control"]
    assert one.secret[:4] not in client.get(f"/village/proposals/{one.pk}/").content.decode()


@pytest.mark.parametrize(("step", "due", "must", "agree"), [("branch_committee", 5, 3, 3), ("two_committees", 10, 6, 6), ("branch", 30, 20, 16), ("branch", 9, 6, 5)])
def test_each_step_counts_by_its_rule(step, due, must, agree):
    """四议: over half of the committee; over half of the two committees; of the party members two thirds come and over half of all due agree (rules §f.1)."""
    rule = law.in_force(step, DAY)
    assert (rule.must_come("seats", due), rule.must_agree(due, must)) == (must, agree) and rule.source


def record(world, one, step, **facts):
    return steps.record_step(step_matter_id=one.pk, step=step, opinion="同意", **{"day": DAY, **NUMBERS} | facts, **who(world.visitor))


def test_a_road_goes_step_by_step_to_the_result_that_another_accepts(world):
    one = steps.begin_matter(village=world.datong, title="二组入户路硬化", words="硬化八百米,用集体收入四万元", **who(world.visitor))
    with pytest.raises(Refused, match="村党组织提议"):
        record(world, one, "two_committees")
    record(world, one, "branch_committee")
    record(world, one, "two_committees")
    with pytest.raises(Refused, match="要到 6"):
        record(world, one, "branch", present=5, votes_for=5, votes_against=0)
    record(world, one, "branch", changes="先修到三户门口")
    decision = vote(world, title="二组入户路硬化")
    steps.link_decision(step_matter_id=one.pk, item=decision, **who(world.visitor))
    steps.tell_result(step_matter_id=one.pk, yuan="39800.5", contractor="本村村民", words="硬化八百米", done_on=DAY, **who(world.visitor))
    with pytest.raises(Refused, match="不能自己验收"):
        steps.accept_result(step_matter_id=one.pk, accepted=True, words="很好", **who(world.visitor))
    steps.accept_result(step_matter_id=one.pk, accepted=False, words="短了二十米", **who(second(world)))
    steps.tell_result(step_matter_id=one.pk, yuan="39800.50", contractor="本村村民", words="补足八百米", done_on=DAY, **who(world.visitor))
    steps.accept_result(step_matter_id=one.pk, accepted=True, words="量过,八百米", **who(world.clerk))
    one.refresh_from_db()
    assert [stage.done for stage in step_queries.stages(one)] == [True] * 6 and one.state == S.ENDED
    line = step_queries.on_board(world.datong, DAY, 5, "")[0]
    assert "39800.50" in str(line.said) and (line.until - line.on).days == 14
    assert step_queries.on_board(world.datong, DAY + timedelta(days=15), 5, "") == []


def test_the_first_two_steps_are_one_only_where_one_person_heads_both(world):
    one = matter(world)
    with pytest.raises(Refused, match="同一个人"):
        record(world, one, "two_committees", merged=True)
    seat(world, body(world, "branch"), 1, "head")
    seat(world, body(world, "committee"), 2, "head")
    with pytest.raises(Refused, match="同一个人"):
        record(world, one, "two_committees", merged=True)
    body(world, "committee").seats.update(to_on=DAY)
    seat(world, body(world, "committee"), 1, "head")
    record(world, one, "two_committees", merged=True)
    assert one.records.get().merged and [stage.done for stage in step_queries.stages(StepMatter.objects.get(pk=one.pk))][:2] == [True, True]


def test_a_step_cannot_be_skipped_by_whoever_holds_the_sql_prompt(world):
    one = matter(world)
    with pytest.raises(DatabaseError, match="may not follow"):
        StepMatter.objects.filter(pk=one.pk).update(state=S.PARTY)


def test_from_a_problem_to_its_effect_on_one_page(world):
    asked = proposal(world, P.DECLINED)
    one = problems.raise_problem(village=world.datong, title="饮水浪费", words="水管漏了一个月", source="proposal", proposal=asked, raised_on=DAY, **who(world.visitor))
    decision = vote(world, title="饮水管护")
    problems.put_problem(village_problem_id=one.pk, item=decision, **who(world.visitor))
    what = {"village_problem_id": one.pk, "effect": "水够了,不漏", "asked": 20, "better": 18, "effect_on": DAY}
    with pytest.raises(Refused, match="还没有落实"):
        problems.note_effect(**what, **who(world.visitor))
    agenda.tell_done(agenda_item_id=decision.pk, done_on=DAY, words="水管换了", **who(world.visitor))
    problems.note_effect(**what, **who(world.visitor))
    with pytest.raises(Refused, match="不能自己核实"):
        problems.close_problem(village_problem_id=one.pk, holds=True, reason="去看过", **who(world.visitor))
    problems.close_problem(village_problem_id=one.pk, holds=False, reason="三户还在漏", **who(second(world)))
    problems.note_effect(**what, **who(world.visitor))
    problems.close_problem(village_problem_id=one.pk, holds=True, reason="三户都看过", **who(world.clerk))
    one.refresh_from_db()
    assert one.state == Q.CLOSED and problem_queries.way_of(one)["items"] == [decision]
    client = Client()
    client.force_login(world.visitor, backend=BACKEND)
    shown = client.get(f"/village/problems/{one.pk}/").content.decode()
    assert asked.number in shown and "水管换了" in shown and "18 户说好了" in shown


@pytest.mark.parametrize("dead", ["item_withdrawn", "item_proposed", "item_rejected", "item_deferred"])
def test_a_problem_whose_item_came_to_nothing_has_a_way_on(world, dead):
    """It was linked for good: nothing could be done about it any more. Its first item stays beside it; the control: one on an agenda goes its way."""
    one = problems.raise_problem(village=world.datong, title="饮水浪费", words="水管漏了一个月", source="meeting", raised_on=DAY, **who(world.visitor))
    first, other = item(world, "item_on_agenda", title="修水池"), item(world, title="换水管")
    problems.put_problem(village_problem_id=one.pk, item=first, **who(world.visitor))
    asked = {"village_problem_id": one.pk, "item": other, "reason": "原来的议题没有结果"}
    with pytest.raises(Refused, match="按会上定的办"):
        problems.relink_problem(**asked, **who(world.visitor))
    if dead in ("item_withdrawn", "item_proposed"):
        AgendaItem.objects.filter(pk=first.pk).update(state="item_proposed", meeting=None)
    votes = {"votes_for": 1, "votes_against": 3, "votes_abstain": 2} if dead == "item_rejected" else {}
    ended = {"decided_on": DAY, "decided_at": MONDAY} if dead in ("item_rejected", "item_deferred") else {}
    AgendaItem.objects.filter(pk=first.pk).update(state=dead, **votes, **ended)
    client = Client()
    client.force_login(world.visitor, backend=BACKEND)
    assert "改连到别的议题" in client.get(f"/village/problems/{one.pk}/").content.decode()
    one = problems.relink_problem(**asked, **who(world.visitor))
    assert (one.state, one.item, [row.item for row in one.former_items.all()]) == (Q.PUT, other, [first])
    with pytest.raises(Refused, match="请另一个人写明原因"):
        problems.drop_problem(village_problem_id=one.pk, reason="各户自己装了水表", **who(world.visitor))
    one = problems.drop_problem(village_problem_id=one.pk, reason="各户自己装了水表", **who(second(world)))
    shown = client.get(f"/village/problems/{one.pk}/").content.decode()
    assert one.state == Q.DROPPED and "各户自己装了水表" in shown and "原来的议题没有结果" in shown and first.title in shown
    assert not problems_on(Problem.objects.all(), DAY, DAY).get().f_closed, "not counted as solved"


def test_figures_have_their_rows(world):
    from .bylaw_factories import version

    version(world, "bylaw_in_force")
    matter(world, S.ENDED)
    proposal(world, P.DECLINED)
    proposal(world)
    problem(world, Q.CLOSED)
    problem(world)
    models = {"bylaw_versions": (BylawVersion, ("force",), (1,)), "step_matters": (StepMatter, ("party", "result"), (1, 1)), "village_proposals": (Proposal, ("answered", "late"), (1, 0)), "village_problems": (Problem, ("put", "closed"), (1, 1))}
    for one in POPULATIONS:
        model, told, wanted = models[one.name]
        rows = one.as_of(model.objects.all(), None, DAY)
        assert tuple(sum(getattr(row, f"f_{name}") for row in rows) for name in told) == wanted, one.name
    late = next(one for one in POPULATIONS if one.name == "village_proposals").as_of(Proposal.objects.all(), DAY + timedelta(days=31), DAY)
    assert sum(row.f_late for row in late) == 1


def test_every_page_and_paper_opens(world, monkeypatch):
    one, two, three = matter(world, S.ENDED), proposal(world), problem(world, Q.FELT)
    for room in ("steps", "proposing"):
        monkeypatch.setattr(f"wanjia.village.{room}.views.pdf", lambda template, context, name: b"%PDF-1.7")
    client = Client()
    client.force_login(world.visitor, backend=BACKEND)
    for address in ("steps/", f"steps/{one.pk}/", f"steps/{one.pk}/paper/", "proposals/", f"proposals/{two.pk}/", f"proposals/paper/{world.datong.pk}/", "problems/", f"problems/{three.pk}/"):
        assert client.get(f"/village/{address}").status_code == 200, address
    assert client.get(f"/village/proposals/paper/{world.xinmin.pk}/").status_code == 404


@pytest.mark.parametrize("number", ["1/2", "../..", "二〇二六", "%2F", "?#"])
def test_whatever_is_typed_as_a_slips_number_is_answered(world, number):
    """An address bears no stroke: what is typed between the number's signs is left out, and the slip is wrong."""
    answer = Client().get(f"{page(world)}slip/", {"number": number, "secret": "ABCDEFGH"}, follow=True)
    assert answer.status_code == 404 and answer.context["wrong"]


def test_a_village_that_is_no_more_takes_nothing_and_its_slips_still_answer(world):
    """Nobody would ever answer it: the page is gone from that day on; what was brought before can be asked for."""
    one = proposal(world)
    Area.objects.filter(pk=world.datong.pk).update(to_on=today(timezone.now()))
    assert Client().get(page(world)).status_code == 404 and Client().get(f"{page(world)}{one.number}/{one.secret}").status_code == 200
    with pytest.raises(NotFound):
        proposing.bring_proposal(area_id=world.datong.pk, words="三组路灯坏了", name="", address="192.0.2.1", by=VILLAGER, at=timezone.now())
    proposing.bring_proposal(area_id=world.datong.pk, words="三组路灯坏了", name="", address="192.0.2.1", by=VILLAGER, at=timezone.now() - timedelta(days=1))


def test_of_two_matters_that_link_one_decision_at_once_one_does(world):
    """Each was offered it before the other had it: the second is told, and nothing falls over."""
    one, decision = matter(world, S.PARTY), vote(world, title="二组入户路硬化")
    other = StepMatter.objects.create(village=world.datong, title="三组水沟", words="三组修水沟。", begun_at=one.begun_at, begun_by=world.visitor)
    quicker = StepMatter.objects.filter(pk=other.pk)
    with just_before("UPDATE", StepMatter, lambda: quicker.update(item=decision)) as came, pytest.raises(Conflict, match="别的事项"):
        steps.link_decision(step_matter_id=one.pk, item=decision, **who(world.visitor))
    assert came and StepMatter.objects.get(pk=one.pk).state == S.PARTY


def test_what_was_objected_to_has_no_result_to_publish(world):
    """Between the result and its acceptance an objection was upheld: it is not accepted, and goes back."""
    one = matter(world, S.TOLD)
    PublicNotice.objects.update(withdrawn_on=DAY, withdrawn_because="异议成立")
    accept = {"step_matter_id": one.pk, "words": "到现场量过,八百米", **who(world.clerk)}
    with pytest.raises(Refused, match="已经撤下"):
        steps.accept_result(**accept, accepted=True)
    assert steps.accept_result(**accept, accepted=False).state == S.DECIDED and not step_queries.on_board(world.datong, DAY, 9, "")
