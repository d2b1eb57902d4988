"""Days of the week as offices write them in a table. Pure."""

import re
import unicodedata

WEEK = "一二三四五六日"
DAYS = str.maketrans("天七", "日日")
SPAN = re.compile(r"([1-7])(?:至|到|[-—~])([1-7])")


def days_read(text):
    """Return days of the week as digits in order (“周一至周五” → “12345”, “1、3” → “13”, “每天” → all), or "" for what says none."""
    plain = "".join(unicodedata.normalize("NFKC", text).split()).translate(DAYS)
    if plain in ("每日", "天天", "全周", "日日"):
        return "1234567"
    if plain in ("工作日", "周末"):
        return "12345" if plain == "工作日" else "67"
    plain = re.sub("星期|礼拜|周", "", plain)
    digits = "".join(str(WEEK.index(sign) + 1) if sign in WEEK else sign for sign in plain)
    digits = SPAN.sub(lambda span: "".join(map(str, range(int(span[1]), int(span[2]) + 1))), digits)
    rest = re.sub(r"[1-7、,,;;/和及]", "", digits)
    return "" if rest else "".join(sorted(set(re.findall("[1-7]", digits))))
