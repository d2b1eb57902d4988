"""JSON documents of the routing engines: read one, and take whole numbers and rows out of it or say what is wrong where."""

import gzip
import json
from pathlib import Path
from typing import Any

from wanjia.planning.contract import BadInput

MOST_BYTES = 400_000_000


def read_json(path: str | Path) -> Any:
    """Read JSON, gzipped or not; raises BadInput with line and column."""
    try:
        raw = Path(path).read_bytes()
        if raw[:2] == b"\x1f\x8b":
            with gzip.open(path) as file:
                raw = file.read(MOST_BYTES + 1)
    except (OSError, EOFError) as error:
        raise BadInput(str(path), "读不了这个文件。", f"cannot read this file: {error}") from error
    if len(raw) > MOST_BYTES:
        raise BadInput(str(path), "文件解开后太大。", "the file is too large when unpacked")
    try:
        document = json.loads(raw)
        if b"\\ud" in raw.lower():  # half of a surrogate pair is no character and could not be printed again
            json.dumps(document, ensure_ascii=False).encode()
        return document
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise BadInput(place, "不是合法的 JSON。", f"not JSON: {error.msg}") from error
    except (ValueError, RecursionError) as error:  # UnicodeError and numbers of thousands of digits are values too
        raise BadInput("line 1", "不是 UTF-8 的 JSON,或数字太长。", "not JSON in UTF-8, or a number is too long") from error


def whole(table: dict[str, Any], key: str, place: str, low: int, default: int | None = None) -> int:
    """Return a whole number of at least `low`, or name the field."""
    value = table.get(key, default)
    if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value < 2**31 or value != int(value):
        raise BadInput(f"{place}{key}", f"应为不小于 {low} 的整数。", f"expected a whole number of at least {low}")
    return int(value)


def rows(table: Any, key: str, place: str = "") -> list[dict[str, Any]]:
    """Return a list of objects, or name the field."""
    value = table.get(key) if isinstance(table, dict) else None
    if not isinstance(value, list):
        raise BadInput(f"{place}{key}", "应为列表。", "expected a list")
    for number, row in enumerate(value):
        if not isinstance(row, dict):
            raise BadInput(f"{place}{key}[{number}]", "应为对象。", "expected an object")
    return value
