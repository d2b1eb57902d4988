"""Where somebody works: as lists write it, which province, city, county or country is meant (work_places.csv), and the places a form offers (work_places.toml).

Codes and names of the statistics bureau, edition 2023, as gathered by the open project china-division (WTFPL). Pure; asks no map and no network.
"""

import csv
import re
import tomllib
import unicodedata
from functools import cache, lru_cache
from pathlib import Path

FILE = Path(__file__).with_suffix(".csv")
OFFERED = FILE.with_suffix(".toml")
PROVINCE_ENDING = re.compile(r"(?:省|市|(?:壮族|回族|维吾尔)?自治区|特别行政区)$")
PEOPLES = (
    "(?:(?:蒙古|哈萨克|柯尔克孜|哈尼|傈僳|布依|土家|景颇|朝鲜|拉祜|纳西|普米|独龙|布朗|仡佬|毛南|仫佬|裕固|保安|撒拉|东乡|塔吉克|锡伯|达斡尔|鄂温克|鄂伦春)族?"
    "|[满回藏羌彝苗侗壮傣白瑶佤怒黎畲水土各]族)*"
)
CITY_ENDING = re.compile(f"(?:市|地区|盟|{PEOPLES}自治州)$")
COUNTY_ENDING = re.compile(f"(?:新区|市|区|{PEOPLES}自治[县旗]|县|旗)$")
# Countries where people of these counties work, by the two letters of ISO 3166. What is not here is written as 境外 without a place.
COUNTRIES = {
    "缅甸": "MM", "老挝": "LA", "越南": "VN", "泰国": "TH", "柬埔寨": "KH", "马来西亚": "MY", "新加坡": "SG", "印度尼西亚": "ID", "菲律宾": "PH",
    "日本": "JP", "韩国": "KR", "沙特": "SA", "阿联酋": "AE", "安哥拉": "AO", "埃塞俄比亚": "ET", "尼日利亚": "NG", "俄罗斯": "RU",
}  # fmt: skip
BEYOND_THE_BORDER = ("71", "81", "82")  # 港澳台: counted as 境外


@cache
def names() -> dict[str, str]:
    """Return {six digits: name} of provinces, cities and counties."""
    with FILE.open(encoding="utf-8") as file:
        return {row["code"]: row["name"] for row in csv.DictReader(file)}


@cache
def places() -> dict[str, str]:
    """Return {six digits: name} of the places that a form offers, in the order of the file: the nearest first."""
    return dict(tomllib.loads(OFFERED.read_text(encoding="utf-8"))["place"])


def _short(name: str, ending: re.Pattern[str]) -> str:
    short = ending.sub("", name)
    return short if len(short) > 1 else name


def _written(name: str, ending: re.Pattern[str]) -> set[str]:
    """Return a name in full, in short, and 红河州 of 红河哈尼族彝族自治州."""
    short = _short(name, ending)
    return {name, short, *([short + name[-1]] if "自治" in name else [])}


def _above(code: str) -> list[str]:
    """Return what may stand before a county's name: nothing, its province, its city, both, each in full and in short."""
    province, city = names().get(code[:2] + "0000", ""), names().get(code[:4] + "00", "")
    provinces = {"", *_written(province, PROVINCE_ENDING)}
    cities = {"", *_written(city, CITY_ENDING)} if code[4:] != "00" else {""}
    return [first + second for first in provinces for second in cities]


@cache
def _spellings() -> dict[str, str]:
    """Return {as it may be written: code}; what two of one level share means neither, what two levels share means the higher."""
    found: dict[str, str] = {}
    levels = [[code for code in names() if _level(code) == level] for level in range(3)]
    for level, ending in zip(levels, (PROVINCE_ENDING, CITY_ENDING, COUNTY_ENDING)):
        here: dict[str, set[str]] = {}
        for code in level:
            name = names()[code]
            for before in [""] if _level(code) == 0 else _above(code):
                for spelling in _written(name, ending):
                    here.setdefault(before + spelling, set()).add(code)
        found = {text: codes.pop() for text, codes in here.items() if len(codes) == 1} | found
    return found


def _level(code: str) -> int:
    return 0 if code[2:] == "0000" else 1 if code[4:] == "00" else 2


@lru_cache(maxsize=20_000)
def code_of(text: str) -> str:
    """Return the code that a text means: six digits of a province, city or county, two letters of a country, "" for what it does not know.

    The longest beginning that is known counts, so 广东省东莞市长安镇某厂 is 东莞市.
    """
    text = "".join(unicodedata.normalize("NFKC", text).split())
    if text.isdigit():
        return text if text in names() else ""
    text = re.sub(r"[-—/、,·]", "", text).removeprefix("中国")
    known = _spellings()
    within = next((known[text[:end]] for end in range(len(text), 1, -1) if text[:end] in known), "")
    return within or next((code for name, code in COUNTRIES.items() if text.startswith(name)), "")


def place_of(code: str, home: str) -> str:
    """Return where work at `code` lies for somebody of the county `home` (six digits): county, city, province, outside, abroad; "" when it cannot be told.

    A code of the own province or city alone says too little: it may still be the own county.
    """
    if not code or code[:2] in BEYOND_THE_BORDER or code.isalpha():
        return "abroad" if code else ""
    if code[:2] != home[:2]:
        return "outside"
    if code[2:] == "0000":
        return ""
    if code[:4] != home[:4]:
        return "province"
    if code[4:] == "00":
        return ""
    return "county" if code == home else "city"


def place_class(home: str, work: str) -> str:
    """Return where an offered work place lies as seen from a home, as `place_of` says it; "" where the work place is not known.

    home: any area code of six digits or more. A vacancy names one place for all: the own city at large is the city, the own province at large the province.
    """
    if work[:2] == home[:2] and work[2:] == "0000":
        return "province"
    if work[:4] == home[:4] and work[4:] == "00":
        return "city"
    return place_of(work, home[:6])


def stem_of(place: str) -> str:
    """Return the digits that all codes within a place share: 330200 → 3302, 330000 → 33, 530625 → 530625."""
    for width in (2, 4):
        if place[width:6].strip("0") == "":
            return place[:width]
    return place[:6]
