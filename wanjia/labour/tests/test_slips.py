"""A labourer's own slip: he sees what is proposed and why, decides himself, asks for a person, follows what he voiced; nobody tries codes out."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.test import Client

from tests.house.worlds import World
from wanjia.kernel.models import Entry
from wanjia.kernel.tests.tried import MONDAY
from wanjia.verdict import Refused

from ..matching import rules as matching_rules
from ..matching.commands import accept_proposal, review_proposal, start_proposal
from ..matching.queries import mine
from ..models import Proposal, Voiced, Worker, WorkSlip, WorkSlipMiss
from ..slips import rules
from ..slips.commands import HIMSELF, ask_by_slip, issue_work_slip, voice_by_slip
from ..slips.queries import ALPHABET, LENGTH
from . import acts_matching as matching
from . import acts_roll as roll
from . import demand_world as d


@pytest.fixture
def world(db):
    return World()


@pytest.fixture(autouse=True)
def monday(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: MONDAY)


def slip_of(world, worker_id=None):
    return issue_work_slip(worker_id=worker_id or roll.enrolled(world)["worker_id"], by=d.anew(world.visitor), at=MONDAY)


def text(path, **more):
    return Client().get(path, **more).content.decode()


def sent(slip, row, word, **more):
    return Client().post(f"/w/{slip.code}", {"proposal": str(row), "word": word, **more}, follow=True).content.decode()


@pytest.fixture
def offered(world):
    what = matching.proposal(world)
    return world, slip_of(world, matching.labourer(world).pk), what["proposal_id"]


def test_the_slip_shows_offer_and_reason_and_nobody_by_name(offered):
    world, slip, row = offered
    page = text(f"/w/{slip.code}")
    why = text(f"/w/{slip.code}/why/{row}")
    vacancy = Proposal.objects.get(pk=row).vacancy
    for said in (vacancy.title, vacancy.employer.name, str(vacancy.pay_from), "我愿去", "我不去"):
        assert said in page
    assert "按每月工资比" in why and "您没有说过想去哪里" in why and "都没有比" in why and "请人再看一次" in why
    person = world.register.head
    for told in (person.name, person.citizen_id, person.phone):
        assert not told or (told not in page and told not in why)
    assert Client().get(f"/w/{slip.code}").headers["Cache-Control"].startswith("max-age=0")


def test_he_says_yes_and_changes_his_mind_without_anybody(offered):
    _world, slip, row = offered
    assert "记下了:您愿去" in sent(slip, row, "accepted")
    assert Proposal.objects.get(pk=row).state == "accepted"
    assert "记下了:您不去" in sent(slip, row, "declined", why="孩子小")
    after = Proposal.objects.get(pk=row)
    assert (after.state, after.why_not) == ("declined", "孩子小")
    line = Entry.objects.filter(act="proposal.decline").latest("at")
    assert line.by_name == str(HIMSELF.name), "the journal says that he said it himself"


def started(row, by):
    return start_proposal(proposal_id=row, on=roll.DAY, evidence="contract", by=d.anew(by), at=MONDAY)


def test_who_printed_the_slip_does_not_make_a_placement_of_the_yes_said_through_it(offered):
    """A printer knows the code: alone he could say yes for the labourer, and count him as placed."""
    world, slip, row = offered
    sent(slip, row, "accepted")
    with pytest.raises(Refused, match="另一个人问过本人"):
        started(row, world.visitor)
    started(row, world.clerk)
    assert Proposal.objects.get(pk=row).state == "started"


def test_what_the_clerk_was_told_and_signs_himself_he_may_go_on_with(offered):
    """The control: the yes is in the journal as his own record, not as the labourer's word."""
    world, _slip, row = offered
    accept_proposal(proposal_id=row, by=d.anew(world.visitor), at=MONDAY)
    started(row, world.visitor)
    assert Proposal.objects.get(pk=row).state == "started"


def test_without_the_question_the_printer_does_both(offered, monkeypatch):
    """Negative control."""
    world, slip, row = offered
    sent(slip, row, "accepted")
    monkeypatch.setattr(matching_rules, "said_by_slip", lambda _row: False)
    started(row, world.visitor)
    assert Proposal.objects.get(pk=row).state == "started"


def test_nobody_elses_proposal_is_answered_by_his_slip(offered):
    world, slip, row = offered
    matching_other = Worker.objects.create(person=world.register.wife, village_id=world.register.head.village_id, entered_on=roll.DAY, verified_on=roll.DAY)
    Proposal.objects.filter(pk=row).update(worker=matching_other)
    assert "没有这个推荐" in sent(slip, row, "accepted")
    assert Proposal.objects.get(pk=row).state == "proposed"
    Proposal.objects.filter(pk=row).update(worker=slip.worker)  # negative control: his own is taken
    assert "记下了:您愿去" in sent(slip, row, "accepted")


def test_whoever_is_not_content_asks_a_person_and_reads_the_answer(offered):
    world, slip, row = offered
    assert "请村里的人再看一次" in sent(slip, row, "ask")
    village = d.anew(world.visitor)
    assert [one.pk for one in mine(village)] == [row] and mine(village)[0].asked_at == MONDAY
    review_proposal(proposal_id=row, words="看过了:您只说县内,县内现在只有这一家", by=village, at=MONDAY + timedelta(minutes=9))
    assert "县内现在只有这一家" in text(f"/w/{slip.code}")
    assert "请人再看一次" in text(f"/w/{slip.code}/why/{row}"), "an answer may be asked about again"


def test_whoever_asked_and_was_not_answered_waits_on_in_the_next_version(offered):
    world, slip, row = offered
    ask_by_slip(worker_id=slip.worker_id, proposal_id=row, by=HIMSELF, at=MONDAY)
    d.live(world, title="裁剪工", pay_from=9000, pay_to=9500)
    better = matching.ready(world)
    from wanjia.solving.standing.commands import activate_plan
    activate_plan(plan_id=better.pk, by=d.anew(world.labour), at=MONDAY)
    assert Proposal.objects.get(plan=better, worker=slip.worker_id).asked_at == MONDAY


def test_he_who_works_away_voices_for_home_and_follows_it(world):
    what = roll.away(world)
    slip = slip_of(world, what["worker_id"])
    assert "替家里说一件" in text(f"/w/{slip.code}")
    said = Client().post(f"/w/{slip.code}/voice", {"matter": "elderly", "summary": "母亲腿摔了,没有人送医院"}, follow=True).content.decode()
    need = apps.get_model("casework.Need").objects.get(channel="slip")
    assert need.number in said and "您替家里说的" in said and "母亲腿摔了" in said
    assert (need.requester_id, need.household_id, need.village_id, need.recorded_by_id) == (world.register.head.pk, world.register.home.pk, world.register.head.village_id, None)
    assert Voiced.objects.get().number == need.number
    assert world.register.head.name not in said
    other = world.need()  # negative control: what others reported of the same home stands on no slip
    assert other.number not in text(f"/w/{slip.code}")


def test_three_a_month_and_only_from_away(world):
    what = roll.away(world)
    for n in range(rules.MOST):
        voice_by_slip(**what, matter="elderly", summary=f"第{n}件:老人看病没人陪", by=HIMSELF, at=MONDAY + timedelta(days=n))
    worker = Worker.objects.get(pk=what["worker_id"])
    assert not rules.can_voice(worker, MONDAY + timedelta(days=4)) and rules.can_voice(worker, MONDAY + timedelta(days=31))
    worker.place = "none"
    assert not rules.can_voice(worker, MONDAY + timedelta(days=31))


def test_without_a_ledger_the_slip_says_whom_to_call(world, monkeypatch):
    worker = Worker.objects.get(pk=roll.away(world)["worker_id"])
    assert rules.can_voice(worker, MONDAY)
    monkeypatch.setattr(rules, "gather", lambda _name: [])
    assert "打电话给村里" in str(rules.can_voice(worker, MONDAY).reason)


def test_a_new_slip_ends_the_old_and_leaving_the_roll_ends_both(world):
    old = slip_of(world)
    new = slip_of(world)
    assert Client().get(f"/w/{old.code}").status_code == 404 and Client().get(f"/w/{new.code}").status_code == 200
    assert len(new.code) == LENGTH and set(new.code) <= set(ALPHABET)
    Worker.objects.update(left_on=roll.DAY, left_because="age")
    assert Client().get(f"/w/{new.code}").status_code == 404


def test_a_code_is_shown_once(world):
    client = Client()
    client.force_login(d.anew(world.visitor), backend="django.contrib.auth.backends.ModelBackend")
    what = roll.enrolled(world)
    page = client.post(f"/labour/workers/{what['worker_id']}/slip/", {"key": "00000000-0000-4000-8000-000000000007"})
    code = WorkSlip.objects.get().code
    assert code in page.content.decode() and "no-store" in page.headers["Cache-Control"]
    assert code not in client.get(f"/labour/workers/{what['worker_id']}/").content.decode()


def test_ten_wrong_codes_shut_the_own_address_and_no_other(world):
    slip = slip_of(world)
    for turn in range(rules.MISSES_AN_HOUR):
        assert Client().get(f"/w/WRONG{turn}", REMOTE_ADDR="10.9.9.9").status_code == 404, turn
    assert Client().get("/w/WRONGX", REMOTE_ADDR="10.9.9.9").status_code == 403
    for path in (f"/w/{slip.code}", f"/w/{slip.code}/voice"):
        assert Client().get(path, REMOTE_ADDR="10.9.9.9").status_code == 403, "a right code from a shut address waits too"
        assert Client().get(path, REMOTE_ADDR="10.9.9.8").status_code == 200
    WorkSlipMiss.objects.update(at=MONDAY - timedelta(hours=2))
    assert Client().get(f"/w/{slip.code}", REMOTE_ADDR="10.9.9.9").status_code == 200
