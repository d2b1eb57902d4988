"""A caller who dawdles never holds a thread: half-sent heads, slow bodies, odd requests; the stock worker as negative control."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from wanjia.office.serving.worker import WholeRequests

HOUSE = Path(__file__).resolve().parents[3]
APPLICATION = """
def application(environ, start_response):
    body = environ["wsgi.input"].read()
    start_response("200 OK", [("Content-Length", str(len(str(len(body)))))])
    return [str(len(body)).encode()]
"""
STOCK, OURS = "gthread", "wanjia.office.serving.worker.WholeRequests"


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


# What `wanjia serve` calls, with the tiny application in the place of the product's; {change} is done before.
OFFICE = """
import gunicorn.util
from tiny import application
from wanjia.office.serving import server
gunicorn.util.import_app = lambda _name: application
{change}
server.serve("127.0.0.1:{port}", workers=1)
"""


def by_hand(worker):
    """Return the order that starts gunicorn with a worker named by hand, on one process of four threads."""
    return lambda port: ["-m", "gunicorn", "-k", worker, "--threads", "4", "-w", "1", "-b", f"127.0.0.1:{port}", "tiny:application"]


def as_an_office(change=""):
    """Return the order that serves as `wanjia serve` does, with its own options."""
    return lambda port: ["-c", OFFICE.format(port=port, change=change)]


@contextlib.contextmanager
def serving(worker, folder):
    """Serve a tiny application; yield (port, process). worker: its name, or what makes the order for a port."""
    (folder / "tiny.py").write_text(APPLICATION)
    port = free_port()
    order = [sys.executable, *(by_hand(worker) if isinstance(worker, str) else worker)(port)]
    process = subprocess.Popen(order, cwd=folder, env=os.environ | {"PYTHONPATH": f"{HOUSE}:{folder}"}, stderr=subprocess.DEVNULL)
    try:
        for _turn in range(200):
            with contextlib.suppress(OSError):
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            time.sleep(0.05)
        yield port, process
    finally:
        process.kill()
        process.wait()


def send(port, data, wait=20):
    """Send bytes on a fresh connection and return what comes back; None when nothing comes in time."""
    with socket.create_connection(("127.0.0.1", port), wait) as one:
        one.settimeout(wait)
        one.sendall(data)
        with contextlib.suppress(TimeoutError):
            return one.recv(65536)
    return None


def dawdlers(port):
    """Open 64 connections: half-sent heads, and heads whose body never ends."""
    halves = [b"GET / HTTP/1.1\r\nHost: a\r\nX-Half: ", b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\nabc"]
    opened = []
    for turn in range(64):
        one = socket.create_connection(("127.0.0.1", port), 5)
        one.sendall(halves[turn % 2])
        opened.append(one)
    return opened


ORDINARY = b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"


def test_an_ordinary_request_is_answered_beside_64_dawdlers(tmp_path):
    with serving(OURS, tmp_path) as (port, _process):
        held = dawdlers(port)
        assert send(port, ORDINARY).startswith(b"HTTP/1.1 200")
        for one in held:
            one.close()


def test_the_stock_worker_hangs(tmp_path):
    """Negative control: the same dawdlers stop gunicorn's own threaded worker."""
    with serving(STOCK, tmp_path) as (port, _process):
        held = dawdlers(port)
        assert send(port, ORDINARY, wait=4) is None
        for one in held:
            one.close()


def test_what_wanjia_serve_starts_answers_beside_64_dawdlers(tmp_path):
    """The options of the office itself, and not a worker that a test names."""
    with serving(as_an_office(), tmp_path) as (port, _process):
        held = dawdlers(port)
        assert send(port, ORDINARY).startswith(b"HTTP/1.1 200")
        for one in held:
            one.close()


def test_an_office_without_its_worker_hangs(tmp_path):
    """Negative control: the same order with that one option changed."""
    with serving(as_an_office("server.OPTIONS['worker_class'] = 'gthread'"), tmp_path) as (port, _process):
        held = dawdlers(port)
        assert send(port, ORDINARY, wait=4) is None
        for one in held:
            one.close()


def test_bodies_keep_alive_and_early_requests(tmp_path):
    body = b"x" * 300_000
    with serving(OURS, tmp_path) as (port, _process), socket.create_connection(("127.0.0.1", port), 20) as one:
        one.sendall(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 300000\r\n\r\n" + body[:1000])
        one.sendall(body[1000:] + ORDINARY)  # the next request comes early, on the heels of the body
        heard = b""
        while part := one.recv(65536):
            heard += part
        assert heard.count(b"HTTP/1.1 200 OK") == 2
        assert heard.split(b"HTTP/1.1")[1].endswith(b"300000")
        assert heard.endswith(b"0")


@pytest.mark.parametrize(("head", "status"), [
    pytest.param(b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n", b"411", id="length not announced"),
    pytest.param(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999\r\n\r\n", b"413", id="too long"),
    pytest.param(b"GET / HTTP/1.1\r\nX: " + b"a" * 70_000, b"431", id="endless head"),
    pytest.param(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcde", b"400", id="two lengths"),
    pytest.param(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -5\r\n\r\n", b"400", id="strange length"),
])  # fmt: skip
def test_what_cannot_be_gathered_is_refused(tmp_path, head, status):
    with serving(OURS, tmp_path) as (port, _process):
        assert send(port, head).startswith(b"HTTP/1.1 " + status)
        assert send(port, ORDINARY).startswith(b"HTTP/1.1 200")


def test_a_waiting_client_is_told_to_go_on(tmp_path):
    with serving(OURS, tmp_path) as (port, _process), socket.create_connection(("127.0.0.1", port), 20) as one:
        one.sendall(b"POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\nConnection: close\r\n\r\n")
        assert one.recv(100).startswith(b"HTTP/1.1 100")
        one.sendall(b"abc")
        heard = b""
        while part := one.recv(65536):
            heard += part
        assert b"200 OK" in heard and heard.endswith(b"3")


def test_it_stops_although_dawdlers_stay(tmp_path):
    with serving(OURS, tmp_path) as (port, process):
        idle = socket.create_connection(("127.0.0.1", port), 5)
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=40) == 0
        idle.close()


def test_bytes_of_one_who_was_dropped_in_the_same_round_are_let_be():
    """The loop tells of all sockets at once: a newcomer's turn may drop a dawdler whose bytes are told of next."""
    worker = WholeRequests.__new__(WholeRequests)
    worker.held = {}
    here, there = socket.socketpair()
    with here, there:
        there.sendall(b"GET")
        worker.on_bytes(object(), here)
        assert here.recv(3) == b"GET", "nobody took them"
