"""How a command of the command line reads a day and says what is wrong. Needs no database and no settings."""

import argparse
import json
import sys
from datetime import date

from wanjia.doors.words import wide

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)  # what any calendar and database can bear


def a_day(text: str) -> date:
    """Read a day of the command line. Raises ArgumentTypeError with a sentence for none, and for one outside 1900–2199."""
    day: date | None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or not FIRST_DAY <= day <= LAST_DAY:
        raise argparse.ArgumentTypeError(f"“{text}”不是 1900 到 2199 年间的日期,请写成 2026-11-23。/ not a day between 1900 and 2199")
    return day


def fail(args: argparse.Namespace, zh: str, en: str, code: int = 2) -> int:
    """Say what is wrong, as JSON or as two sentences; return the exit code."""
    zh = wide(zh)
    if args.json:
        print(json.dumps({"error": {"zh": zh, "en": en}}, ensure_ascii=False))
    else:
        print(f"{zh}\n{en}", file=sys.stderr)
    return code
