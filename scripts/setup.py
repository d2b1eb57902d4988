"""Set up what `make run` and `make test` need, on a machine that has Python 3.11 or newer and the package registries.

Standard library only: this runs before anything is installed. Usage: setup.py run | test
"""

import glob
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[1]
VENV = HOUSE / ".venv"
PYTHON = VENV / "bin" / "python"
LOCKS = {"run": "requirements.lock", "test": "requirements-dev.lock"}
# What to install when a probe finds nothing: {package: probe}. Printing needs Pango and a Chinese font.
PAPER = {
    "libpango-1.0-0": "libpango-1.0.so*",
    "libpangoft2-1.0-0": "libpangoft2-1.0.so*",
    "libharfbuzz-subset0": "libharfbuzz-subset.so*",
    "fonts-noto-cjk": "/usr/share/fonts/**/NotoSansCJK*",
}
# Names reach beyond one Chinese font: Extensions B to F, later ones, Yi, Tibetan. Without these papers leave room for the pen.
RARE = {
    "fonts-hanazono": "/usr/share/fonts/**/HanaMinB*",
    "fonts-babelstone-han": "/usr/share/fonts/**/BabelStoneHan*",
    "fonts-sil-nuosusil": "/usr/share/fonts/**/NuosuSIL*",
    "fonts-tibetan-machine": "/usr/share/fonts/**/TibetanMachineUni*",
}
TESTING = {
    "chromium": "/usr/bin/chromium",
    "postgresql": "/usr/lib/postgresql/*/bin/pg_ctl",
    "poppler-utils": "/usr/bin/pdftoppm",
    "gettext": "/usr/bin/xgettext",
    "nginx": "/usr/sbin/nginx",
}


def say(sentence):
    """Tell what is being done."""
    print(f"· {sentence}", flush=True)


def main(purpose):
    """Make the virtual environment match the lock file, then look after the system's packages."""
    if sys.version_info < (3, 11):  # noqa: UP036, an old Python must hear it in words
        sys.exit(f"需要 Python 3.11 或更新的版本,现在是 {sys.version.split()[0]}。/ Python 3.11 or newer is needed.")
    make_environment()
    install(purpose)
    missing = [name for name, probe in (PAPER | (TESTING if purpose == "test" else {})).items() if not present(probe)]
    if missing:
        install_system(missing, needed=purpose == "test")
    rare = [name for name, probe in RARE.items() if not present(probe)]
    if rare and not apt(rare):
        say(f"生僻字、彝文、藏文打印时会留空;可以请管理员运行: apt-get install {' '.join(rare)} / rare characters leave room for the pen")


def make_environment():
    """Create .venv with the Python that runs this."""
    if PYTHON.exists():
        return
    say("建立 Python 虚拟环境 / creating the virtual environment")
    if subprocess.run([sys.executable, "-m", "venv", str(VENV)], capture_output=True).returncode:
        shutil.rmtree(VENV, ignore_errors=True)
        if not apt(["python3-venv"]) or subprocess.run([sys.executable, "-m", "venv", str(VENV)]).returncode:
            sys.exit("无法建立虚拟环境。请安装 venv 后再试: apt-get install python3-venv / Install venv and try again.")


def install(purpose):
    """Install the lock file, hash by hash, unless it is already in place."""
    lock = HOUSE / LOCKS[purpose]
    mark = VENV / f".{purpose}-lock"
    digest = hashlib.sha256(lock.read_bytes() + (HOUSE / "pyproject.toml").read_bytes()).hexdigest()
    if mark.exists() and mark.read_text() == digest:
        return
    say(f"安装依赖 {lock.name}(第一次约一分钟)/ installing {lock.name}, about a minute the first time")
    if uv := shutil.which("uv"):
        pip = [uv, "pip", "install", "-q", "--python", str(PYTHON)]
    else:
        pip = [str(PYTHON), "-m", "pip", "install", "-q", "--disable-pip-version-check"]
    steps = [[*pip, "--require-hashes", "-r", str(lock)], link(pip)]
    for step in steps:
        if subprocess.run(step, cwd=HOUSE).returncode:
            sys.exit("依赖没有装上。请检查网络能否访问 Python 包仓库,再运行一次。/ Could not install; check the package registry and run again.")
    if purpose == "test":
        (VENV / ".run-lock").unlink(missing_ok=True)
    mark.write_text(digest)


def link(pip):
    """Return the step that puts the `wanjia` command into the environment."""
    isolated = [] if "uv" in Path(pip[0]).name else ["--no-build-isolation"]
    return [*pip, "--no-deps", *isolated, "-e", "."]


def present(probe):
    """Tell whether a file or a shared library is on the machine."""
    if probe.startswith("/"):
        return bool(glob.glob(probe, recursive=True))
    places = ("/usr/lib/*/", "/usr/lib/", "/usr/lib64/", "/usr/local/lib/", "/opt/homebrew/lib/")
    return any(glob.glob(place + probe) for place in places)


def install_system(missing, *, needed):
    """Install system packages when we may; otherwise say what to do."""
    if apt(missing):
        return
    words = f"apt-get install {' '.join(missing)}"
    if needed:
        sys.exit(f"测试还需要这些系统软件包,请用管理员身份安装后再试: {words} / Tests need these packages; install them as root.")
    say(f"没有这些系统软件包,打印 PDF 暂不可用;可以请管理员运行: {words} / PDF printing is off until they are installed")


def apt(packages):
    """Install Debian packages as root; tell whether it worked."""
    if os.getuid() != 0 or not shutil.which("apt-get"):
        return False
    say(f"安装系统软件包 {' '.join(packages)} / installing system packages")
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}}
    subprocess.run(["apt-get", "update", "-qq"], **quiet)
    return subprocess.run(["apt-get", "install", "-y", "-qq", *packages], **quiet).returncode == 0


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "run")
