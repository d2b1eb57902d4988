"""Tags of industries: names without meaning in code. Data: labour_sectors.toml."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_suffix(".toml")


@dataclass(frozen=True)
class Tag:
    """One tag: the group it stands in, its names, the months of its season where it has one."""

    code: str
    group: str
    zh: str
    en: str
    months: tuple[int, ...] = ()


@cache
def said() -> dict[str, Any]:
    """Return the file."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


@cache
def tags() -> dict[str, Tag]:
    """Return {code: Tag} in the order of the file."""
    return {code: Tag(code, row["group"], row["zh"], row["en"], tuple(row.get("months", ()))) for code, row in said()["tag"].items()}
