"""A throw-away PostgreSQL for the time of one command: `python -m tests.postgres [--safe] -- pytest …`.

Finds the server programs, makes a cluster in a temporary folder on a free port of 127.0.0.1, sets DATABASE_URL, and removes
all of it afterwards. The server refuses to run as root, so there it runs as an unprivileged user.
"""

import contextlib
import glob
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass

MISSING = (
    "找不到 PostgreSQL 的服务端程序。请安装后再试,例如: apt-get install postgresql\n"
    "PostgreSQL's server programs are missing. Install them and try again, for example: apt-get install postgresql"
)


@dataclass
class Server:
    """A running server: its URL, its data folder, how to start it again after it was killed, and how to stop it in order."""

    url: str
    cluster: str
    start_again: Callable
    stop: Callable

    def kill(self):
        """Kill the postmaster and its children as a power cut would, and wait until they are gone."""
        with open(os.path.join(self.cluster, "postmaster.pid")) as file:
            postmaster = int(file.readline())
        family = [postmaster, *_children(postmaster)]
        for one in family:
            with contextlib.suppress(ProcessLookupError):
                os.kill(one, signal.SIGKILL)
        deadline = time.monotonic() + 20
        while any(map(_lives, family)) and time.monotonic() < deadline:
            time.sleep(0.05)
        os.unlink(os.path.join(self.cluster, "postmaster.pid"))


def _children(parent):
    """Return the ids of a process's children, from /proc."""
    found = []
    for path in glob.glob("/proc/[0-9]*/stat"):
        with contextlib.suppress(OSError), open(path) as file:
            pid, rest = file.read().split(" (", 1)
            if int(rest.rsplit(")", 1)[1].split()[1]) == parent:
                found.append(int(pid))
    return found


def _lives(pid):
    """Tell whether a process still runs; one that is dead and not yet buried does not."""
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def _start(command, tries=5, **quiet):
    """Start the server; after a kill the kernel may need a moment to let its memory and port go."""
    for left in reversed(range(tries)):
        if subprocess.run(command, **{**quiet, "check": left == 0}).returncode == 0:
            return
        time.sleep(1)


def _lay_out(initdb, cluster, like, **quiet):
    """Make the data folder: empty, or with owners and all as another one is."""
    subprocess.run(["cp", "-a", like, cluster] if like else initdb, **quiet)


def programs():
    """Return the folder with initdb and pg_ctl, or None."""
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin/pg_ctl") + glob.glob("/usr/pgsql-*/bin/pg_ctl"))
    path = found[-1] if found else shutil.which("pg_ctl")
    return os.path.dirname(os.path.realpath(path)) if path else None


def _as_server():
    """Return (command prefix, uid) under which the server runs: never root."""
    if os.getuid() != 0:
        return [], os.getuid()
    name = "postgres" if "postgres" in {user.pw_name for user in pwd.getpwall()} else "nobody"
    return ["setpriv", f"--reuid={name}", "--clear-groups", "--"], pwd.getpwnam(name).pw_uid


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


UNSAFE = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"


@contextlib.contextmanager
def server(options=UNSAFE, like=None):
    """Yield a running Server; stop and remove it at the end.

    options: how fast and how unsafe; like: the data folder of a stopped server to begin from, instead of an empty one.
    """
    folder = programs()
    if folder is None:
        sys.exit(MISSING)
    prefix, uid = _as_server()
    home = tempfile.mkdtemp(prefix="wanjia-pg-")
    os.chown(home, uid, -1)
    cluster, port = os.path.join(home, "cluster"), _free_port()
    quiet = {"check": True, "stdout": subprocess.DEVNULL, "cwd": home}
    # Half the locks of a server as it is delivered: what needs more fails here, not beside other people's work.
    words = f"{options} -c max_locks_per_transaction=32 -c listen_addresses=127.0.0.1 -k {home} -p {port}"
    control = [*prefix, f"{folder}/pg_ctl", "-D", cluster]
    try:
        _lay_out([*prefix, f"{folder}/initdb", "-D", cluster, "-U", "wanjia", "-A", "trust", "-E", "UTF8",
                  "--locale=C.UTF-8", "-N"], cluster, like, **quiet)  # fmt: skip
        start = [*control, "-l", f"{home}/log", "-w", "-o", words, "start"]
        _start(start, **quiet)
        yield Server(f"postgresql://wanjia@127.0.0.1:{port}/postgres", cluster, lambda: _start(start, **quiet),
                     lambda: subprocess.run([*control, "-m", "fast", "-w", "stop"], **quiet))  # fmt: skip
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], cwd=home, capture_output=True)
        shutil.rmtree(home, ignore_errors=True)


def main():
    """Run the command after `--` with DATABASE_URL set. --safe before it: the server waits for its disk, as one that serves an office must."""
    own, command = sys.argv[: sys.argv.index("--")], sys.argv[sys.argv.index("--") + 1 :]
    with server(options="" if "--safe" in own else UNSAFE) as running:
        return subprocess.run(command, env={**os.environ, "DATABASE_URL": running.url}).returncode


if __name__ == "__main__":
    sys.exit(main())
