"""The pages of polls without an account: what they take, what they say, what they leave behind."""

from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from tests.house.worlds import World
from wanjia.kernel.tests.tried import MONDAY
from wanjia.village import verifier
from wanjia.village.models import Poll, PollHome, SealedBallot
from wanjia.village.polls import rules, secret
from wanjia.village.polls.issuing import commands as issuing

from . import poll_factories as made

ROOT = Path(verifier.__file__).parents[2]


@pytest.fixture
def client():
    return Client(enforce_csrf_checks=True)


@pytest.mark.django_db
def test_a_home_votes_without_account_cookie_or_session(client):
    _poll, _codes, phones = made.opened(World())
    what = phones[0].ballot([0])
    page = client.get(f"/v/{what['poll_id']}/")
    assert page.status_code == 200 and "谁也看不到您投了什么" in page.content.decode()
    sending = Client(enforce_csrf_checks=True)  # as the page sends it: nothing of what the browser holds comes along
    answer = sending.post(f"/v/{what.pop('poll_id')}/cast", what)
    assert (answer.status_code, answer.json()) == (200, {"said": None})
    assert not answer.cookies and not Session.objects.exists()
    assert 'credentials: "omit"' in (ROOT / "wanjia/site/assets/polls.js").read_text()
    assert SealedBallot.objects.count() == 1
    again = client.post(f"/v/{phones[0].poll.pk}/cast", what | {"sealed": phones[0].ballot([1])["sealed"]})
    assert again.status_code == 409 and "已经投过" in again.json()["said"]


@pytest.mark.django_db
def test_somebody_away_takes_the_token_of_the_home_by_its_slip(client):
    world = World()
    one = made.poll(world)
    row = one.homes.select_related("poll", "cls").first()
    code = issuing.print_link(poll_home_id=row.pk, by=world.visitor, at=MONDAY).link
    page = client.get(f"/t/{secret.in_fours(code)}").content.decode()
    assert one.question in page and row.household.number not in page
    phone = made.Phone(row)
    signed = client.post(f"/t/{code}/sign", {"hidden": f"{phone.hidden:x}"}).json()["signed"]
    phone.signature = f"{secret.unblind(int(signed, 16), phone.undo, phone.n):x}"
    assert verifier.is_signed(str(one.pk), "A", phone.token, phone.signature, phone.n)
    assert PollHome.objects.get(pk=row.pk).taken == "phone"
    assert client.post(f"/t/{code}/sign", {"hidden": f"{made.Phone(row).hidden:x}"}).status_code == 403
    assert client.post("/t/NOSUCHCODE/sign", {"hidden": "abc"}).status_code == 403
    assert client.get("/t/NOSUCHCODE").status_code == 200


@pytest.mark.django_db
def test_an_address_that_errs_too_often_waits_and_nothing_of_it_is_kept(client, monkeypatch):
    made.opened(World())
    monkeypatch.setattr(rules, "TRIES", 3)
    rules._tries.clear()
    one = Poll.objects.get()
    answers = [client.post(f"/v/{one.pk}/cast", {"letter": "A", "bearer": "2" * 16}, REMOTE_ADDR="10.9.9.9").json()["said"] for _try in range(5)]
    assert "不是这次表决的" in answers[2] and "一小时后再试" in answers[3]
    assert "不是这次表决的" in client.post(f"/v/{one.pk}/cast", {"letter": "A"}, REMOTE_ADDR="10.9.9.8").json()["said"]
    monkeypatch.setattr("wanjia.village.bodies.tries.WINDOW", -1)
    assert "不是这次表决的" in client.post(f"/v/{one.pk}/cast", {"letter": "A"}, REMOTE_ADDR="10.9.9.9").json()["said"]
    rules._tries.clear()


@pytest.mark.django_db
def test_the_board_and_its_verifiers_are_open_to_everybody_and_nothing_before(client):
    world = World()
    voting, _codes, _phones = made.opened(world)
    assert client.get(f"/v/{voting.pk}/board/").status_code == client.get(f"/v/{voting.pk}/board.json").status_code == 404
    Poll.objects.get()


@pytest.mark.django_db
def test_the_published_board_is_the_text_that_was_digested(client):
    one = made.closed(World())
    text = client.get(f"/v/{one.pk}/board.json").content.decode()
    assert verifier.verify(text, one.digest)[0]
    shown = client.get(f"/v/{one.pk}/board/").content.decode()
    assert one.digest[:4] in shown and "123456" in shown
    assert client.get(f"/v/verify/?board={one.pk}").status_code == client.get("/v/verify/?board=x").status_code == 200
    assert client.get("/v/verifier.py").content == (ROOT / "wanjia/village/verifier.py").read_bytes()
    alone = client.get("/v/verify.html").content.decode()
    assert "data-poll-verify" in alone and "src=" not in alone and 'href="' not in alone


@pytest.mark.django_db
def test_while_it_runs_nobody_is_shown_a_count(client):
    world = World()
    voting, codes, phones = made.opened(world)
    made.cast(phones[0].ballot([0]))
    staff = Client()
    staff.force_login(world.visitor)
    for address in (f"/village/polls/{voting.pk}/", "/village/polls/", f"/village/polls/{voting.pk}/roll/"):
        before = staff.get(address).content
        text = before.decode()
        assert "投了" not in text.replace("投了多少、投了什么", "").replace("哪一户投了什么", ""), address
    assert codes[0] not in text


@pytest.mark.django_db
@pytest.mark.parametrize("sheet", ["roll-sheet", "count-sheet", "board-sheet"])
def test_each_sheet_is_a_paper(sheet):
    world = World()
    one = made.closed(world)
    staff = Client()
    staff.force_login(world.visitor)
    assert staff.get(f"/village/polls/{one.pk}/{sheet}/").content[:5] == b"%PDF-"


@pytest.mark.django_db
def test_cards_links_and_halves_are_shown_once():
    world = World()
    one = made.poll(world)
    staff = Client()
    staff.force_login(world.visitor)
    key = "018f0000-0000-7000-8000-000000000001"
    first = staff.post(f"/village/polls/{one.pk}/print/", {"reserve": 1, "key": key})
    assert first.status_code == 200 and first["Cache-Control"].startswith("no-store")
    assert first.content.decode().count("vote-ticket") == 10
    again = staff.post(f"/village/polls/{one.pk}/print/", {"reserve": 1, "key": key})
    assert "那一刻显示一次" in again.content.decode() and "vote-ticket" not in again.content.decode()
