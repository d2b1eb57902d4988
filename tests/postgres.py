"""A throw-away PostgreSQL for the time of one command: `python -m tests.postgres -- pytest …`.

Finds the server programs, makes a cluster in a temporary folder on a free port of 127.0.0.1, sets DATABASE_URL, and removes
all of it afterwards. The server refuses to run as root, so there it runs as an unprivileged user.
"""

import contextlib
import glob
import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile

MISSING = (
    "找不到 PostgreSQL 的服务端程序。请安装后再试,例如: apt-get install postgresql\n"
    "PostgreSQL's server programs are missing. Install them and try again, for example: apt-get install postgresql"
)


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


@contextlib.contextmanager
def server():
    """Yield the URL of a fresh server; stop and remove it at the end."""
    folder = programs()
    if folder is None:
        sys.exit(MISSING)
    prefix, uid = _as_server()
    home = tempfile.mkdtemp(prefix="wanjia-pg-")
    os.chown(home, uid, -1)
    cluster, port = os.path.join(home, "cluster"), _free_port()
    quiet = {"check": True, "stdout": subprocess.DEVNULL, "cwd": home}
    fast = f"-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c listen_addresses=127.0.0.1 -k {home} -p {port}"
    try:
        subprocess.run([*prefix, f"{folder}/initdb", "-D", cluster, "-U", "wanjia", "-A", "trust", "-E", "UTF8",
                        "--locale=C.UTF-8", "-N"], **quiet)  # fmt: skip
        subprocess.run([*prefix, f"{folder}/pg_ctl", "-D", cluster, "-l", f"{home}/log", "-w", "-o", fast, "start"], **quiet)
        yield f"postgresql://wanjia@127.0.0.1:{port}/postgres"
    finally:
        subprocess.run([*prefix, f"{folder}/pg_ctl", "-D", cluster, "-m", "immediate", "stop"], cwd=home, capture_output=True)
        shutil.rmtree(home, ignore_errors=True)


def main():
    """Run the command after `--` with DATABASE_URL set."""
    with server() as url:
        return subprocess.run(sys.argv[sys.argv.index("--") + 1 :], env={**os.environ, "DATABASE_URL": url}).returncode


if __name__ == "__main__":
    sys.exit(main())
