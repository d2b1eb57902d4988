"""A newcomer follows docs/install.md line by line: from a bare folder to the sign-in page of an own county, proxy included.

What stands on the machine already is put in by hand: the source folder is this one with its environment, paths of the machine
lie below a bare folder, ports are free ones, and nginx is started here instead of by systemd.
"""

import contextlib
import json
import os
import re
import secrets
import shutil
import signal
import socket
import sqlite3
import ssl
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from wanjia.office.tests.workbooks import roster, workbook

from .caller import Caller, code_now

HOUSE = Path(__file__).resolve().parents[2]
NGINX = shutil.which("nginx") or ("/usr/sbin/nginx" if os.path.exists("/usr/sbin/nginx") else None)
BLOCK = re.compile(r"```sh\n(.*?)```", re.DOTALL)

needs_nginx = pytest.mark.skipif(NGINX is None, reason="nginx is not installed: apt-get install nginx")


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class Machine:
    """A bare folder that stands for a machine: the paths and ports of the page lead here."""

    def __init__(self, folder):
        self.root, self.app, self.http, self.https = folder, free_port(), free_port(), free_port()
        for name in ("opt/wanjia", "etc/nginx/sites-enabled", "root", "bin", "run"):
            (folder / name).mkdir(parents=True)
        os.symlink(HOUSE, folder / "opt/wanjia/source")
        self.shim("make", "exit 0")  # the shared environment and the built pages stand already
        self.shim("wanjia", f'exec {sys.executable} -m wanjia.site.cli "$@"')
        self.running, self.said = [], {}

    def shim(self, name, words):
        file = self.root / "bin" / name
        file.write_text(f"#!/bin/sh\n{words}\n")
        file.chmod(0o755)

    def here(self, line):
        """Return a line of the page as it is run on this machine."""
        for path in ("/opt/wanjia", "/var/lib/wanjia", "/etc/nginx", "/root"):
            line = line.replace(path, f"{self.root}{path}")
        line = line.replace("127.0.0.1:8000", f"127.0.0.1:{self.app}")
        return line.replace("example.org:443:", f"example.org:{self.https}:").replace("https://wanjia.example.org/", f"https://wanjia.example.org:{self.https}/")

    def run(self, line):
        """Run one line; a line that ends in & goes on running."""
        given = {name: value for name, value in os.environ.items() if not name.startswith(("WANJIA_", "DATABASE_URL", "DJANGO_"))}
        env = given | {"PYTHONPATH": str(HOUSE), "PATH": f"{self.root}/bin:{os.environ['PATH']}", "WANJIA_VAR": f"{self.root}/var/lib/wanjia"}
        order = self.here(line).removesuffix("&")
        log = (self.root / "run" / f"{len(self.said)}.log").open("w+")
        process = subprocess.Popen(["sh", "-c", f"exec {order}" if line.endswith("&") else order], cwd=HOUSE, env=env, stdout=log, stderr=subprocess.STDOUT, start_new_session=True)
        if line.endswith("&"):
            self.running.append(process)
            self.said[line] = log
            return
        code = process.wait(timeout=1200)
        log.seek(0)
        self.said[line] = text = log.read()
        assert code == 0, f"{order}\n{text}"

    def start_nginx(self):
        """Start nginx with the page's own site file, its ports made free ones."""
        site = self.root / "etc/nginx/sites-enabled/wanjia.conf"
        text = site.read_text().replace("listen 80;", f"listen 127.0.0.1:{self.http};").replace("listen 443 ssl;", f"listen 127.0.0.1:{self.https} ssl;")
        site.write_text(self.here(text))
        main = self.root / "etc/nginx/main.conf"
        temp = "".join(f"{kind}_temp_path {self.root}/run/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        main.write_text(f"user root;\npid {self.root}/run/nginx.pid;\nerror_log {self.root}/run/nginx.log;\ndaemon off;\nevents {{}}\nhttp {{ {temp} include {site}; }}\n")
        self.running.append(subprocess.Popen([NGINX, "-e", f"{self.root}/run/nginx.log", "-c", str(main)], start_new_session=True))
        for _turn in range(100):
            with contextlib.suppress(OSError):
                socket.create_connection(("127.0.0.1", self.https), 1).close()
                return
            time.sleep(0.05)
        raise AssertionError((self.root / "run/nginx.log").read_text())

    def stop(self):
        for process in self.running:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
            process.wait(timeout=60)

    def ask(self, path, headers=None):
        """Ask through the proxy; return (status, text)."""
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        order = urllib.request.Request(f"https://127.0.0.1:{self.https}{path}", headers={"Host": "wanjia.example.org"} | (headers or {}))
        try:
            with urllib.request.urlopen(order, context=context, timeout=30) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()


@pytest.fixture
def machine(tmp_path):
    one = Machine(tmp_path)
    yield one
    one.stop()


def lines():
    """The lines of the page that are run, in order."""
    page = (HOUSE / "docs/install.md").read_text(encoding="utf-8")
    return [line for block in BLOCK.findall(page) for line in block.strip().splitlines()]


def sign_in(machine):
    """The first administrator signs in through the proxy with password and code app, sets a password of his own, and is at his desk."""
    told = next(text for line, text in machine.said.items() if line.startswith("wanjia init"))
    password, otpauth = re.search(r"账号 / account: admin +初始密码 / first password: (\S+)", told)[1], re.search(r"otpauth://\S+", told)[0]
    caller = Caller(machine.https)
    assert caller.get("/office/watch") == (200, "/accounts/login/?next=/office/watch")
    assert caller.send("/accounts/login/", login="admin", password="not-the-password")[0] == 200
    status, where = caller.send("/accounts/login/", login="admin", password=password)
    assert (status, where.partition("?")[0]) == (200, "/accounts/2fa/authenticate/")
    caller.send("/accounts/2fa/authenticate/", code="000000")  # negative control: a wrong code leads nowhere
    assert caller.get("/office/watch")[1].startswith("/accounts/2fa/authenticate/")
    status, where = caller.send("/accounts/2fa/authenticate/", code=code_now(otpauth))
    assert (status, where) == (200, "/accounts/password/")
    own = secrets.token_urlsafe(12)
    assert caller.send(where, old=password, new=own, again=own)[0] == 200
    status, where = caller.get("/office/watch")
    assert (status, where, "系统值守" in caller.page) == (200, "/office/watch", True)
    with contextlib.closing(sqlite3.connect(machine.root / "var/lib/wanjia/wanjia.sqlite3")) as raw:
        seen = {row[0] for table in ("axes_accesslog", "axes_accessattempt") for row in raw.execute(f"SELECT ip_address FROM {table}")}
    assert seen == {caller.source}  # neither the proxy's own address nor the one the caller made up


@needs_nginx
@pytest.mark.proof
def test_the_install_page_leads_from_a_bare_folder_to_a_served_office(machine):
    started = time.monotonic()
    for line in lines():
        if line.startswith(("cd ", "export ")):
            continue  # each line runs in the source folder, with these settings
        machine.run(line)
        if line.startswith("wanjia people template"):
            (machine.root / "root/people.xlsx").write_bytes(workbook(*roster()))  # filled in by the office
        if "sites-enabled" in line:
            machine.start_nginx()
    told = "\n".join(text for text in machine.said.values() if isinstance(text, str))
    assert "乡镇 16 个" in told
    assert "人员岗位 60 条;要改的 0 处" in told
    assert "首次登录条 60 张" in told
    assert "✗" not in machine.said["wanjia doctor"]
    assert "已开办\uff0c系统管理员 1 人" in machine.said["wanjia doctor"]
    var = machine.root / "var/lib/wanjia"
    assert [file.name for file in (var, *var.rglob("*")) if file.stat().st_mode & 0o077] == []
    assert (machine.root / "root/slips.pdf").read_bytes().startswith(b"%PDF")
    sign_in(machine)
    machine.run("wanjia doctor --json")
    looked = json.loads(machine.said["wanjia doctor --json"])
    assert [one["id"] for one in looked["findings"] if one["level"] == "red"] == []
    print(f"from a bare folder to the administrator's desk: {time.monotonic() - started:.0f} s by the wall")
    status, page = machine.ask("/accounts/login/")
    assert status == 200 and "登录" in page
    assert machine.ask("/metrics")[0] == 404
    assert "Traceback" not in "".join(file.read_text() for file in (machine.root / "run").glob("*.log"))


def test_both_pages_give_the_same_commands():
    chinese = (HOUSE / "docs/install.zh-CN.md").read_text(encoding="utf-8")
    assert BLOCK.findall(chinese) == BLOCK.findall((HOUSE / "docs/install.md").read_text(encoding="utf-8"))
    for readme in ("README.md", "README.zh-CN.md"):
        assert "docs/install" in (HOUSE / readme).read_text(encoding="utf-8")


def test_serving_is_refused_where_it_would_lose_or_leak(machine):
    """A demo's database, a missing ring, an open debug switch: `wanjia serve` says what to do and does not start."""
    machine.run("wanjia init --no-input --county 530625")
    var = machine.root / "var/lib/wanjia"
    (var / "keyring.json").rename(var / "away.json")
    with pytest.raises(AssertionError, match="密钥环"):
        machine.run("wanjia serve --plain-http")
    (var / "away.json").rename(var / "keyring.json")
    settings = (var / "wanjia.env").read_text()
    (var / "wanjia.env").write_text(settings + "WANJIA_DEBUG=1\n")
    with pytest.raises(AssertionError, match="调试开关"):
        machine.run("wanjia serve --plain-http ")
    (var / "wanjia.env").write_text(settings)
    with pytest.raises(AssertionError, match="本机地址"):
        machine.run("wanjia serve --plain-http --bind 0.0.0.0:1")
    with pytest.raises(AssertionError, match=r"正式使用的数据库|真实的账号"):
        machine.run("wanjia demo")
    again = json.loads((machine.run("wanjia init --json"), machine.said["wanjia init --json"])[1])
    assert again == {"slips": []}
    assert (var / "wanjia.env").read_text() == settings
