"""A unit's channels: sealed, never shown; a message is sent once, in working hours, with a number and a link; a kill sends nothing twice."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from wanjia.kernel.calendar import CHINA, seed_days
from wanjia.kernel.models import CalendarDay, Entry
from wanjia.orgs.channels.addresses import read
from wanjia.orgs.delivery import commands as delivery
from wanjia.orgs.delivery import sending, tasks
from wanjia.orgs.models import Message, MessageChannel, User
from wanjia.verdict import Refused

from ..channels.commands import end_channel, set_channel, test_channel
from ..delivery.queries import TRIES
from .acts import ROBOT
from .factories import build_world

TRY = test_channel  # not a test of pytest's
test_channel = None
pytestmark = pytest.mark.django_db
MORNING = timezone.datetime(2026, 11, 4, 9, 30, tzinfo=CHINA)
NIGHT = timezone.datetime(2026, 11, 4, 23, 30, tzinfo=CHINA)


@pytest.fixture
def world(db):
    """The small world: its administrator, and the bureau that is told."""
    people = build_world()
    CalendarDay.objects.bulk_create(seed_days(), ignore_conflicts=True)
    return SimpleNamespace(admin=people["admin"], civil=people["minzheng"].org)


@pytest.fixture
def sent(monkeypatch):
    """What left the house: [(route, text)]."""
    left = []
    monkeypatch.setattr(sending, "_by", lambda channel, text: left.append((channel.route, text)) or True)
    return left


@pytest.fixture
def unit(world):
    """The bureau, told by a robot."""
    set_channel(unit_id=world.civil.pk, **ROBOT, by=User.objects.get(pk=world.admin.pk), at=MORNING)
    return world.civil


def tell(unit, n, key=None):
    delivery.tell([unit], "handover", number=f"530625-202611-000{n}", path=f"/needs/{n}/", key=key or f"rung:{n}", at=MORNING)


def at(monkeypatch, moment):
    monkeypatch.setattr(tasks.timezone, "now", lambda: moment)


def test_the_address_is_sealed_and_stands_nowhere_else(unit, world, client):
    channel = MessageChannel.objects.get()
    assert channel.address == "wecombot://0a1b2c3d-4e5f"
    assert b"0a1b2c3d" not in bytes(MessageChannel.objects.values_list("address", flat=True)[0].body)
    assert not any("0a1b2c3d" in str(line) for line in Entry.objects.values())
    client.force_login(User.objects.get(pk=world.admin.pk), backend="django.contrib.auth.backends.ModelBackend")
    for page in (f"/units/{unit.pk}/channels", f"/units/{unit.pk}/set_channel", f"/units/{unit.pk}/set-channel"):
        assert "0a1b2c3d" not in client.get(page).content.decode()


def test_a_new_address_ends_the_one_before(unit, world):
    set_channel(unit_id=unit.pk, route="wecom", address=ROBOT["address"] + "77", by=User.objects.get(pk=world.admin.pk), at=NIGHT)
    assert [one.to_at for one in MessageChannel.objects.order_by("from_at")] == [NIGHT, None]


@pytest.mark.parametrize(("route", "text"), [
    ("wecom", "https://qyapi.weixin.qq.com.evil.cn/cgi-bin/webhook/send?key=0a1b2c3d"), ("wecom", "http://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=0a1b2c3d"),
    ("dingtalk", "https://oapi.dingtalk.com/robot/send"), ("feishu", "https://open.feishu.cn/open-apis/bot/v2/hook/"), ("wecom", "json://127.0.0.1/"),
    ("mail", "https://mail.example.cn"), ("wecom", "https://qyapi.weixin.qq.com@127.0.0.1/cgi-bin/webhook/send?key=0a1b2c3d"),
])  # fmt: skip
def test_no_other_address_is_taken(route, text):
    with pytest.raises(Refused):
        read(route, text)


def test_the_four_services_are_known_to_apprise():
    import apprise

    found = [read(*one) for one in (
        ("wecom", ROBOT["address"]), ("dingtalk", "https://oapi.dingtalk.com/robot/send?access_token=0a1b2c3d", "SEC0a1b"),
        ("feishu", "https://open.feishu.cn/open-apis/bot/v2/hook/0a1b2c3d"), ("mail", "mailtos://a:b@smtp.example.cn:465?to=c@example.cn&from=a@example.cn"),
    )]  # fmt: skip
    names = [type(apprise.Apprise.instantiate(one)).__name__ for one in found]
    assert names == ["NotifyWeComBot", "NotifyDingTalk", "NotifyFeishu", "NotifyEmail"]


def test_what_waits_goes_as_one_text_once(unit, sent, monkeypatch):
    at(monkeypatch, MORNING)
    for n in range(1, 4):
        tell(unit, n)
        tell(unit, n)
    assert tasks.send.call(str(unit.pk)) == 3
    assert tasks.send.call(str(unit.pk)) == 0
    (_route, text), = sent
    assert text.splitlines()[0] == "离岗、撤并交接(件):530625-202611-0001、530625-202611-0002、530625-202611-0003"
    assert set(Message.objects.values_list("state", flat=True)) == {"sent"}


def test_nothing_leaves_at_night(unit, sent, monkeypatch):
    tell(unit, 1)
    at(monkeypatch, NIGHT)
    assert tasks.send.call(str(unit.pk)) == 0
    assert (sent, Message.objects.get().state) == ([], "waiting")


def test_a_weekend_without_a_network_is_outlived(unit, monkeypatch):
    """Tried again after ever longer pauses, not three times in nine minutes; in the end it is said."""
    monkeypatch.setattr(sending, "_by", lambda _channel, _text: False)
    tell(unit, 1)
    moment, tries = MORNING, 0
    while Message.objects.get().state != "failed":
        at(monkeypatch, moment)
        tries += tasks.send.call(str(unit.pk))
        moment += timedelta(minutes=30)
    assert tries == TRIES and moment - MORNING > timedelta(days=3)


def test_between_two_tries_it_waits_for_its_time(unit, monkeypatch):
    monkeypatch.setattr(sending, "_by", lambda _channel, _text: False)
    at(monkeypatch, MORNING)
    tell(unit, 1)
    assert [tasks.send.call(str(unit.pk)) for _try in range(2)] == [1, 0]


def dies(*_args):
    raise SystemExit


def test_killed_once_it_leaves_it_is_sent_by_nobody_again(unit, sent, monkeypatch):
    """Nobody knows whether it arrived: it is not “sending” for ever, and not sent twice."""
    at(monkeypatch, MORNING)
    tell(unit, 1)
    with monkeypatch.context() as patch:
        patch.setattr(sending, "_by", dies)
        with pytest.raises(SystemExit):
            tasks.send.call(str(unit.pk))
    assert (tasks.send.call(str(unit.pk)), Message.objects.get().state) == (0, "sending")
    at(monkeypatch, MORNING + timedelta(minutes=20))
    assert (tasks.send.call(str(unit.pk)), Message.objects.get().state, sent) == (0, "failed", [])


def test_killed_before_it_leaves_it_is_taken_up_again(unit, sent, monkeypatch):
    at(monkeypatch, MORNING)
    tell(unit, 1)
    with monkeypatch.context() as patch:
        patch.setattr(sending, "text_of", dies)
        with pytest.raises(SystemExit):
            tasks.send.call(str(unit.pk))
    assert Message.objects.get().state == "sending"
    at(monkeypatch, MORNING + timedelta(minutes=20))
    assert (tasks.send.call(str(unit.pk)), Message.objects.get().state, len(sent)) == (1, "sent", 1)


def test_killed_at_the_last_try_it_is_called_not_arrived(unit, sent, monkeypatch):
    """Without a try left it would wait for ever: no round takes it, and nobody is told."""
    at(monkeypatch, MORNING)
    tell(unit, 1)
    Message.objects.update(tries=TRIES - 1)
    with monkeypatch.context() as patch:
        patch.setattr(sending, "text_of", dies)
        with pytest.raises(SystemExit):
            tasks.send.call(str(unit.pk))
    at(monkeypatch, MORNING + timedelta(minutes=20))
    assert (tasks.send.call(str(unit.pk)), Message.objects.get().state, sent) == (0, "failed", [])


def test_a_fault_is_a_try_in_vain(unit, sent, monkeypatch):
    at(monkeypatch, MORNING)
    tell(unit, 1)
    with monkeypatch.context() as patch:
        patch.setattr(sending, "text_of", lambda _messages: {}["?"])
        tasks.send.call(str(unit.pk))
    assert Message.objects.get().state == "waiting"


def test_the_channel_of_a_merged_unit_can_be_ended(unit, world):
    unit.to_on = MORNING.date()
    unit.save(update_fields=["to_on"])
    end_channel(unit_id=unit.pk, route="wecom", by=User.objects.get(pk=world.admin.pk), at=MORNING)
    assert MessageChannel.objects.get().to_at == MORNING


def test_without_the_claim_it_would_be_sent_twice(unit, sent, monkeypatch):
    """Negative control: what is read and not claimed is sent by whoever comes next too."""
    at(monkeypatch, MORNING)
    tell(unit, 1)
    monkeypatch.setattr(delivery, "claim", lambda unit_id, **_how: list(Message.objects.filter(organisation=unit_id, state="waiting")))
    monkeypatch.setattr(delivery, "settle", lambda *_args, **_how: None)
    tasks.send.call(str(unit.pk))
    tasks.send.call(str(unit.pk))
    assert len(sent) == 2


def test_an_administrator_tries_it_even_at_night(unit, world, sent, monkeypatch):
    TRY(unit_id=unit.pk, by=User.objects.get(pk=world.admin.pk), at=NIGHT)
    assert DBTaskResult.objects.get().args_kwargs["args"] == [str(unit.pk)]
    at(monkeypatch, NIGHT)
    assert tasks.send.call(str(unit.pk)) == 1
    assert sent[0][1].startswith("测试消息\nhttp")


def test_a_unit_without_a_channel_is_told_on_the_screen_alone(world):
    tell(world.civil, 1)
    assert not Message.objects.exists()


def test_a_failure_is_logged_without_the_address(unit, monkeypatch, caplog):
    import apprise

    monkeypatch.setattr(apprise.Apprise, "instantiate", staticmethod(lambda *_args, **_how: None))
    assert sending.deliver(list(MessageChannel.objects.all()), "x") is False
    assert "wecom" in caplog.text
    assert "0a1b2c3d" not in caplog.text
