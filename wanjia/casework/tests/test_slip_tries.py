"""Wrong slip codes: ten an hour from one address, sent at once or one by one; other addresses are not touched."""

import ipaddress
import threading
from contextlib import nullcontext, suppress
from datetime import timedelta

import pytest
from django.db import connection
from django.test import RequestFactory

from wanjia.doors.guard import address_of
from wanjia.verdict import Refused

from ..models import SlipMiss
from ..slip import commands, rules
from .factories import MONDAY

AT_ONCE = 14


@pytest.mark.django_db
def test_ten_wrong_codes_shut_the_own_address_and_no_other(client, world):
    need = world.need()
    slip = commands.issue_slip(need_id=need.pk, by=world.visitor, at=MONDAY)
    for turn in range(rules.MISSES_AN_HOUR):
        assert client.get(f"/s/WRONG{turn}", REMOTE_ADDR="10.9.9.9").status_code == 404, turn
    assert client.get("/s/WRONGX", REMOTE_ADDR="10.9.9.9").status_code == 403
    assert client.get(f"/s/{slip.code}", REMOTE_ADDR="10.9.9.9").status_code == 403  # decided so: see docs/adr/0055
    assert client.get(f"/s/{slip.code}", REMOTE_ADDR="10.9.9.8").status_code == 200
    SlipMiss.objects.update(at=MONDAY - timedelta(days=30000))
    assert client.get(f"/s/{slip.code}", REMOTE_ADDR="10.9.9.9").status_code == 200


@pytest.mark.django_db
def test_behind_a_proxy_that_is_trusted_two_phones_are_two_addresses(client, settings):
    settings.WANJIA_PROXIES = [ipaddress.ip_network("127.0.0.1")]
    for turn in range(rules.MISSES_AN_HOUR):
        client.get(f"/s/WRONG{turn}", HTTP_X_FORWARDED_FOR="1.2.3.4")
    assert client.get("/s/WRONGX", HTTP_X_FORWARDED_FOR="1.2.3.4").status_code == 403
    assert client.get("/s/WRONGX", HTTP_X_FORWARDED_FOR="1.2.3.5").status_code == 404


@pytest.mark.parametrize(
    ("remote", "header", "trusted", "found"),
    [
        pytest.param("9.9.9.9", "1.2.3.4", "", "9.9.9.9", id="no proxy is trusted: the header is anybody's"),
        pytest.param("9.9.9.9", "1.2.3.4", "10.0.0.0/8", "9.9.9.9", id="not from the proxy"),
        pytest.param("10.0.0.1", "1.2.3.4", "10.0.0.0/8", "1.2.3.4", id="from the proxy"),
        pytest.param("10.0.0.1", "6.6.6.6, 1.2.3.4, 10.0.0.2", "10.0.0.0/8", "1.2.3.4", id="two proxies; what the visitor wrote is left out"),
        pytest.param("10.0.0.1", "", "10.0.0.0/8", "10.0.0.1", id="the proxy forwards none"),
        pytest.param("10.0.0.1", "6.6.6.6, nonsense", "10.0.0.0/8", "10.0.0.1", id="no address"),
        pytest.param("10.0.0.1", "10.0.0.3", "10.0.0.0/8", "10.0.0.3", id="all are proxies"),
        pytest.param("::1", "2001:db8::7", "::1", "2001:db8::7", id="six"),
        pytest.param("", "1.2.3.4", "10.0.0.0/8", "", id="a socket without address"),
    ],
)
def test_the_address_of_a_request(settings, remote, header, trusted, found):
    settings.WANJIA_PROXIES = [ipaddress.ip_network(one) for one in trusted.split(",") if one]
    assert address_of(RequestFactory().get("/", REMOTE_ADDR=remote, **({"HTTP_X_FORWARDED_FOR": header} if header else {}))) == found


def test_sign_in_counts_by_the_same_address(settings):
    from axes.helpers import get_client_ip_address

    settings.WANJIA_PROXIES = [ipaddress.ip_network("10.0.0.0/8")]
    assert get_client_ip_address(RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="1.2.3.4")) == "1.2.3.4"


def at_once(monkeypatch, patience=0.5):
    """Send AT_ONCE wrong codes so that each is judged before any is counted, where nothing keeps them apart; return how many passed.

    patience: seconds that the first waits for the others, who do not come where they are kept apart.
    """
    judged, passed, judge = threading.Barrier(AT_ONCE), [], rules.may_try

    def slowly(*what):
        verdict = judge(*what)
        with suppress(threading.BrokenBarrierError):
            judged.wait(patience)
        return verdict

    def one(turn):
        try:
            commands.open_by_code(code=f"WRONG{turn}", address="10.8.8.8", at=MONDAY)
            passed.append(turn)
        except Refused:
            pass
        finally:
            connection.close()

    monkeypatch.setattr(rules, "may_try", slowly)
    threads = [threading.Thread(target=one, args=(turn,)) for turn in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(passed)


def test_codes_tried_at_once_are_counted_one_by_one(races, monkeypatch):
    assert at_once(monkeypatch) == rules.MISSES_AN_HOUR
    assert SlipMiss.objects.count() == rules.MISSES_AN_HOUR


def test_without_the_lock_more_would_pass(races, monkeypatch):
    """The negative control."""
    monkeypatch.setattr(commands, "alone", lambda name: nullcontext())
    assert at_once(monkeypatch, patience=60) == AT_ONCE
