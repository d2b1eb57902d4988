"""What lies in deploy/ works: the units are units, Caddy is run with its own file, the container's steps are walked through.

The walk runs each RUN line of the Containerfile in a bare folder, where the machine's own programs (apt-get, make, useradd) are stood in
for, and looks whether what they are asked for exists. `make prove-image` (test_image.py) really builds the image and opens an office in it.
"""

import contextlib
import http.server
import ipaddress
import json
import os
import re
import shlex
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path

import pytest
import yaml

from wanjia.site import cli

HOUSE = Path(__file__).resolve().parents[2]
DEPLOY = HOUSE / "deploy"
UNITS = sorted(path.name for path in DEPLOY.iterdir() if path.suffix in (".service", ".timer"))


def verified(folder):
    """Return what systemd says of the units in a folder."""
    done = subprocess.run(["systemd-analyze", "verify", "--man=no", *map(str, sorted(folder.iterdir()))], capture_output=True, text=True, timeout=120)
    return [line for line in (done.stdout + done.stderr).splitlines() if "wanjia" in line and "postgresql.service" not in line]


@pytest.fixture
def units(tmp_path):
    """The units in a folder of their own; the program they start is one that is there."""
    for name in UNITS:
        text = (DEPLOY / name).read_text().replace("/opt/wanjia/source/.venv/bin/wanjia", "/bin/true")
        (tmp_path / name).write_text(text)
    return tmp_path


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="needs systemd-analyze")
def test_systemd_understands_every_line_of_the_units(units):
    assert verified(units) == []
    spoilt = units / "wanjia.service"
    spoilt.write_text(spoilt.read_text().replace("ProtectSystem=", "ProtectSytem="))  # negative control
    assert any("ProtectSytem" in line for line in verified(units))


@pytest.mark.parametrize("name", [name for name in UNITS if name.endswith(".service")])
def test_each_unit_starts_a_command_that_there_is(name):
    started = re.findall(r"^ExecStart=\S+/wanjia (.+)$", (DEPLOY / name).read_text(), re.M)
    assert started
    for words in started:
        cli.build_parser(engines=False).parse_args(shlex.split(words))


def test_each_timer_has_its_service_and_the_install_page_enables_it():
    page = (HOUSE / "docs/install.md").read_text()
    for name in UNITS:
        assert f"deploy/{name}" in page
        if name.endswith(".timer"):
            assert name.replace(".timer", ".service") in UNITS
            assert name in page.partition("systemctl enable --now")[2].partition("\n")[0]


class Upstream(http.server.BaseHTTPRequestHandler):
    """Stands where the office listens, says what it was asked with, and keeps how much it was given."""

    largest = 0

    def do_GET(self):
        Upstream.largest = max(Upstream.largest, len(self.rfile.read(int(self.headers.get("Content-Length") or 0))))
        body = json.dumps({"path": self.path, **{name.lower(): value for name, value in self.headers.items()}}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self):
        self.do_GET()

    def log_message(self, *words):
        """Say nothing."""


@pytest.fixture
def upstream():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Upstream)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@pytest.fixture
def caddy(tmp_path, upstream):
    """Caddy with our own file, in front of the stand-in; what belongs to this machine (ports, no trust store) stands before it."""
    https, plain = free_port(), free_port()
    head = "{\n\tadmin off\n\tskip_install_trust\n\tlocal_certs\n\thttps_port %d\n\thttp_port %d\n}\n" % (https, plain)
    (tmp_path / "Caddyfile").write_text(head + (DEPLOY / "Caddyfile").read_text())
    given = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path),
             "WANJIA_HOST": "localhost", "WANJIA_UPSTREAM": f"127.0.0.1:{upstream}"}  # fmt: skip
    with (tmp_path / "log").open("w") as log:
        running = subprocess.Popen(["caddy", "run", "--config", str(tmp_path / "Caddyfile"), "--adapter", "caddyfile"], env=given, stderr=log, start_new_session=True)
    for _turn in range(600):
        with contextlib.suppress(OSError, urllib.error.URLError):
            ask(https, "/")
            break
        assert running.poll() is None, (tmp_path / "log").read_text()
        time.sleep(0.1)
    yield https, plain
    os.killpg(running.pid, signal.SIGTERM)
    running.wait(timeout=60)


def ask(port, path, headers=None, data=None, scheme="https"):
    """Ask Caddy; return (status, text, headers)."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE

    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_more):
            return None

    opener = urllib.request.build_opener(urllib.request.HTTPSHandler(context=context), Stay)
    order = urllib.request.Request(f"{scheme}://localhost:{port}{path}", headers=headers or {}, data=data)
    try:
        with opener.open(order, timeout=60) as answer:
            return answer.status, answer.read().decode(), answer.headers
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode(errors="replace"), error.headers


@pytest.mark.skipif(shutil.which("caddy") is None, reason="caddy is not installed: apt-get install caddy")
def test_caddy_sends_on_only_what_it_saw_itself(caddy):
    https, plain = caddy
    status, said, _headers = ask(https, "/needs/?q=1", {"X-Forwarded-For": "10.9.9.9", "X-Forwarded-Proto": "http"})
    seen = json.loads(said)
    assert (status, seen["path"]) == (200, "/needs/?q=1")
    assert (seen["x-forwarded-for"], seen["x-forwarded-proto"]) in {("127.0.0.1", "https"), ("::1", "https")}
    assert seen["host"] == f"localhost:{https}"
    assert ask(https, "/metrics")[0] == 404
    assert ask(https, "/import/", data=b"x" * (1024 * 1024))[0] == 200
    assert Upstream.largest == 1024 * 1024
    with contextlib.suppress(OSError):  # larger than any workbook: refused, or the line is cut while it is still being sent
        assert ask(https, "/import/", data=b"x" * (65 * 1024 * 1024))[0] in (413, 502)
    assert Upstream.largest < 65 * 1024 * 1024  # not taken whole
    status, _said, headers = ask(plain, "/", scheme="http")
    assert (status, headers["Location"].startswith("https://")) == (308, True)


STEP = re.compile(r"^(FROM|RUN|WORKDIR|COPY|ENV|USER|VOLUME|EXPOSE|CMD) (.+)$")


def steps():
    """Return [(instruction, words)] of the Containerfile, lines that go on joined."""
    text = re.sub(r"\\\n\s*", "", (DEPLOY / "Containerfile").read_text())
    found = [STEP.match(line) for line in text.splitlines() if line and not line.startswith("#")]
    assert all(found)
    return [(one[1], one[2]) for one in found]


@pytest.fixture
def bare(tmp_path):
    """A bare folder where apt-get, make, useradd and the like only write down what they were asked."""
    (tmp_path / "bin").mkdir()
    (tmp_path / ".venv/bin").mkdir(parents=True)
    for name in ("bin/apt-get", "bin/make", "bin/useradd", "bin/rm", "bin/install", ".venv/bin/python"):
        shim = tmp_path / name
        shim.write_text(f'#!/bin/sh\necho {shim.name} "$@" >> {tmp_path}/asked\n')
        shim.chmod(0o755)
    return tmp_path


def test_the_containers_steps_go_through_one_by_one(bare):
    users = set()
    for kind, words in steps():
        if kind == "RUN":
            subprocess.run(["/bin/sh", "-ec", words], env={"PATH": f"{bare}/bin"}, cwd=bare, check=True)
            users |= {shlex.split(part)[-1] for part in words.split("&&") if "useradd" in part}
        elif kind == "COPY" and "--from" not in words:
            assert (HOUSE / words.split()[0]).exists()
        elif kind == "USER":
            assert words in users
        elif kind == "CMD":
            program, *arguments = json.loads(words)
            assert program == "wanjia"
            cli.build_parser(engines=False).parse_args(arguments)
    asked = (bare / "asked").read_text().splitlines()
    assert {target for line in asked if line.startswith("make ") for target in line.split()[1:]} <= targets()
    packages = {word for line in asked if line.startswith("apt-get install") for word in line.split()[2:] if not word.startswith("-")}
    assert "python3-venv" in packages
    there = known({*packages, "no-such-package-anywhere"})
    assert there is None or there == packages


def test_the_probe_of_the_compose_file_asks_the_office(upstream):
    """Said in the compose file: podman's own format of images drops a HEALTHCHECK with a warning."""
    assert "HEALTHCHECK" not in (DEPLOY / "Containerfile").read_text()
    kind, *order = yaml.safe_load((DEPLOY / "compose.yaml").read_text())["services"]["office"]["healthcheck"]["test"]
    assert kind == "CMD"
    here = [one.replace("127.0.0.1:8000", f"127.0.0.1:{upstream}") for one in order[1:]]
    subprocess.run([sys.executable, *here], check=True, timeout=60)
    with pytest.raises(subprocess.CalledProcessError):  # negative control: nobody listens
        subprocess.run([sys.executable, *(one.replace("127.0.0.1:8000", f"127.0.0.1:{free_port()}") for one in order[1:])], check=True, timeout=60, capture_output=True)


def test_what_the_image_is_built_from_is_named_and_nothing_secret_is():
    """The history, a local environment, deploy/.env with the database's password, a demo's data: none is let in."""
    lines = [line for line in (HOUSE / ".dockerignore").read_text().splitlines() if line and not line.startswith("#")]
    assert lines[0] == "*"
    let_in = {line[1:] for line in lines if line.startswith("!")}
    assert all((HOUSE / name).exists() for name in let_in)
    assert let_in.isdisjoint({".git", ".venv", "deploy", "deploy/.env", "var", "tests", "node_modules", "build"})
    needed = {"Makefile", "scripts", "pyproject.toml", "requirements.lock", "package.json", "package-lock.json", ".npmrc", "wanjia", "README.md"}
    assert needed <= let_in
    assert "**/tests" in lines and "**/*.sqlite3*" in lines
    assert not (HOUSE / ".containerignore").exists()  # podman would read it instead


def targets():
    return set(re.findall(r"^([a-z][a-z-]*):", (HOUSE / "Makefile").read_text(), re.M))


def known(packages):
    """Return which of the packages this machine's lists hold; None where there are no such lists."""
    if shutil.which("apt-cache") is None:
        return None
    shown = subprocess.run(["apt-cache", "show", "--no-all-versions", *sorted(packages)], capture_output=True, text=True).stdout
    return set(re.findall(r"^Package: (\S+)$", shown, re.M)) or None


def test_the_compose_file_fits_together():
    told = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
    services = told["services"]
    address = {name: one["networks"]["inner"]["ipv4_address"] for name, one in services.items() if isinstance(one["networks"], dict)}
    assert services["office"]["environment"]["WANJIA_PROXIES"] == address["proxy"]
    assert len(set(address.values())) == len(address)
    (pool,) = told["networks"]["inner"]["ipam"]["config"]
    inside, given_out = ipaddress.ip_network(pool["subnet"]), ipaddress.ip_network(pool["ip_range"])
    assert given_out.subnet_of(inside)
    assert all(ipaddress.ip_address(one) in inside and ipaddress.ip_address(one) not in given_out for one in address.values())  # nobody takes it before
    for name, one in services.items():
        assert set(one.get("depends_on", [])) <= set(services)
        for volume in one.get("volumes", []):
            source = volume.partition(":")[0]
            assert source in told["volumes"] or (DEPLOY / source).exists(), (name, source)
    host = services["proxy"]["environment"]["WANJIA_UPSTREAM"].partition(":")[0]
    assert host in services
    assert "@database:5432/" in services["office"]["environment"]["DATABASE_URL"]
    assert (DEPLOY / services["office"]["build"]["dockerfile"].removeprefix("deploy/")).exists()


def test_the_compose_files_commands_are_commands():
    services = yaml.safe_load((DEPLOY / "compose.yaml").read_text())["services"]
    said = [shlex.join(one["command"]) if one["command"][0] == "wanjia" else one["command"][-1] for one in services.values() if "command" in one]
    found = [shlex.split(words) for line in said for words in re.findall(r"wanjia ([^;&|]+)", line)]
    assert ["sweep"] in found and len(found) >= 4
    for words in found:
        cli.build_parser(engines=False).parse_args(words)
