"""How people write the name of an area, and which area they mean. Pure text; the database is read in `queries`."""

import re
import unicodedata

VILLAGE_ENDINGS = (
    ("社区居民委员会", "社区"), ("社区居委会", "社区"), ("居民委员会", "社区"), ("居委会", "社区"), ("社区", "社区"),
    ("村民委员会", "村"), ("村委会", "村"), ("村", "村"),
)  # fmt: skip
SEATS = re.compile(r"(人民政府|政府|街道办事处|办事处|党工委|党委)$")
PEOPLES = (
    "苗族|彝族|回族|傣族|白族|壮族|哈尼族|傈僳族|拉祜族|佤族|纳西族|瑶族|景颇族|藏族|布朗族|布依族|阿昌族|普米族|蒙古族|怒族|基诺族|"
    "德昂族|水族|满族|独龙族"
)
ETHNIC = re.compile(rf"(?:各族|{PEOPLES})+(?=乡|镇|自治县|$)")
TOWNSHIP_ENDING = re.compile(r"(街道|民族乡|乡|镇)$")
COUNTY_ENDING = re.compile(r"(自治县|自治州|县|市|区|州)$")


def canonical(text):
    """Spell a name in one way: full-width forms narrowed, no spaces, no brackets round a remark."""
    text = unicodedata.normalize("NFKC", str(text or ""))
    text = re.sub(r"\s+", "", text)
    return re.sub(r"\((?:社区|村|街道|镇|乡)\)$", "", text)


def village_stem(text):
    """Return (stem, kind): 大毛村委会 → (大毛, 村); kind is '' when the name says neither 村 nor 社区."""
    for ending, kind in VILLAGE_ENDINGS:
        if text.endswith(ending) and len(text) > len(ending):
            return text[: -len(ending)], kind
    return text, ""


def short_name(name, level):
    """Return the name as it is spoken: 大毛村民委员会 → 大毛村, 马楠苗族彝族乡 → 马楠乡; other names stay."""
    if level == "village":
        stem, kind = village_stem(name)
        return stem + kind
    if level == "township":
        return ETHNIC.sub("", name) or name
    return name


def spellings(name, level):
    """Return the texts under which an area of this name is found, the surest first."""
    name = canonical(name)
    short = short_name(name, level)
    found = [name, short]
    if level == "village":
        found.append(village_stem(name)[0])
    elif level == "township":
        found.append(TOWNSHIP_ENDING.sub("", short))
    elif level in ("county", "city"):
        found.append(COUNTY_ENDING.sub("", ETHNIC.sub("", name)))
    return list(dict.fromkeys(text for text in found if text))


def readings(text, level):
    """Return the texts to look up for what somebody wrote, the surest first: each is compared with `spellings`."""
    text = canonical(text)
    found = [text]
    if level == "village":
        stem, kind = village_stem(text)
        found += [stem + kind, stem]
        again, kind = village_stem(stem)  # 大毛村村委会
        found += [again + kind]
    elif level == "township":
        seat = "街道" if text.endswith("街道办事处") else ""
        text = SEATS.sub("", text) + seat
        short = ETHNIC.sub("", text)
        found += [text, short]
        if short == TOWNSHIP_ENDING.sub("", short):
            found += [short]
    return list(dict.fromkeys(item for item in found if item))


def pinyin(text):
    """Return "damaocun dmc": the full spelling and the initials, for search and sorting."""
    from pypinyin import Style, lazy_pinyin  # its dictionaries are read when a place is first named

    return "".join(lazy_pinyin(text)) + " " + "".join(lazy_pinyin(text, style=Style.FIRST_LETTER))
