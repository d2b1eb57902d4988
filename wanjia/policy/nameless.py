"""Texts that may tell of nobody: where counts alone are kept, a plate, a telephone or a citizen's number is refused. Pure.

A name cannot be told from other words and is asked for in words; what is a number is found by its shape.
"""

import re
import unicodedata

# 机动车号牌 GA 36-2018: the sign of a province, a letter, then five signs, six of new energy; the older coaches of agriculture and 警 学 挂 at the end.
PLATE = re.compile(r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领][A-Z][A-Z0-9]{4,6}[警学挂港澳]?")
LONG = re.compile(r"[0-9]{11,}X?|[0-9]{17}X")  # a telephone has eleven digits, a citizen's number eighteen signs; a year, a count, a document's number fewer
BETWEEN = re.compile(r"[\s·•.\-—_]+")


def tells_whom(text: str) -> bool:
    """Tell whether a text has the shape of a plate, a telephone or a citizen's number in it, however it is spaced or widened."""
    plain = BETWEEN.sub("", unicodedata.normalize("NFKC", text).upper())
    return bool(PLATE.search(plain) or LONG.search(plain))
