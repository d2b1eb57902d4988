"""The settings of one office as a file beside its data: KEY=value lines, readable by its owner alone. No Django here.

`wanjia serve`, `wanjia doctor` and every other command read it by themselves; what stands in the environment wins.
"""

import os
import re
from pathlib import Path

NAME = "wanjia.env"
LINE = re.compile(r"\s*([A-Z][A-Z0-9_]*)\s*=\s*(.*?)\s*")


def read(folder):
    """Return {key: value} of the folder's settings file; {} without one. Lines that are no settings are left out."""
    try:
        text = (Path(folder) / NAME).read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}
    found = (LINE.fullmatch(line) for line in text.splitlines() if not line.lstrip().startswith("#"))
    return {match[1]: match[2] for match in found if match}


def load(folder, environ=os.environ):
    """Put the folder's settings into the environment, where they do not stand already."""
    for key, value in read(folder).items():
        environ.setdefault(key, value)


def write(folder, values, *, remark=""):
    """Write the settings file whole, mode 0600; the folder is 0700 from its first moment."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = folder / f".{NAME}.draft"
    text = "".join(f"# {line}\n" for line in remark.splitlines()) + "".join(f"{key}={value}\n" for key, value in values.items())
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    os.replace(draft, folder / NAME)
