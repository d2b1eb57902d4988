"""A county of the invented city as an office writes it: a table of texts under the workbook's own headers."""

from functools import cache

import numpy as np
import polars as pl

from wanjia.policy.identity import CHECK_CHARS, WEIGHTS
from wanjia.policy.work_places import names

from .. import listed
from . import names as people_names
from . import work
from .margins import PLACES, WAYS
from .people import CHILD, HEAD, IN_LAW, SIBLING, SPOUSE

HEADER = (
    "县(区)", "乡镇(街道)", "村(社区)", "村民小组", "户编号", "姓名", "身份证号", "性别", "与户主关系", "民族", "文化程度", "政治面貌", "手机号",
    "脱贫户", "监测对象", "易地搬迁户", "就业状态", "技能(工种)", "技能证书", "务工区域", "务工地", "单位名称", "工种", "外出时间", "返回时间", "月均收入",
    "输出方式", "佐证", "是否点对点", "想去区域", "意愿工种", "期望月薪", "可外出时间", "照看家人", "最近核实", listed.INVENTED,
)  # fmt: skip
MARK = "虚构"
# Numbers begin with a prefecture's own six digits: the standard knows them, and none is ever given to a person, whose number has a county's.
PREFIXES = ("530100", "530300", "530400", "530500", "530600", "530700", "530800", "530900", "532300", "532500", "532600")
PER_DAY = 499  # people of one sex born on one day whom one prefix can tell apart
PHONES = "161"  # a range of mobile numbers that no network has
RELATIONS = {(HEAD, True): "户主", (HEAD, False): "户主", (SPOUSE, True): "配偶", (SPOUSE, False): "配偶", (CHILD, True): "子", (CHILD, False): "女",
             (SIBLING, True): "兄弟", (SIBLING, False): "姐妹", (IN_LAW, True): "女婿", (IN_LAW, False): "儿媳"}  # fmt: skip
PEOPLES, PEOPLE_SHARES = ("汉族", "苗族", "彝族", "回族", "白族"), (0.88, 0.05, 0.04, 0.025, 0.005)
SCHOOLS = ("小学", "初中", "高中", "中专", "大专", "本科")
PARTIES, PARTY_SHARES = ("群众", "中共党员", "共青团员"), (0.94, 0.035, 0.025)
SAID = dict(zip(PLACES, ("县内", "县外市内", "市外省内", "省外", "境外")))
HOW = dict(zip(WAYS, ("自发", "亲友介绍", "有组织", "有组织")))
CERTIFICATES = ("", "初级工", "中级工", "高级工", "特种作业操作证", "专项职业能力证书")
_FIRST_DAY = np.datetime64("1960-01-01")


@cache
def _days():
    """Return every day from 1960 to 2029 as text, and nothing at the end."""
    days = np.arange(_FIRST_DAY, np.datetime64("2030-01-01"))
    return pl.Series([str(day) for day in days] + [""])


def texts(table, index):
    """Return the Series of table[i] for each i of an array of whole numbers; below nought: nothing."""
    table = list(table)
    return pl.Series([*table, ""]).gather(np.where(index < 0, len(table), index).astype(np.uint32))


def days(column):
    """Return days as ISO text, NaT as nothing."""
    at = np.where(np.isnat(column), -1, (column - _FIRST_DAY).astype(np.int64))
    return _days().gather(np.where(at < 0, len(_days()) - 1, at).astype(np.uint32))


def numbers(county, prefix):
    """Return citizen numbers, right in every digit and each given once. Raises ValueError where a day has more births than sequences."""
    order = np.lexsort((county.is_man, county.born))
    key = county.born[order].astype(np.int64) * 2 + county.is_man[order]
    start = np.flatnonzero(np.r_[True, np.diff(key) != 0])
    nth = np.arange(len(key)) - np.repeat(start, np.diff(np.r_[start, len(key)]))
    if nth.max(initial=0) >= PER_DAY:
        raise ValueError(f"more than {PER_DAY} people of one sex were born on one day: the city is too large for its numbers")
    sequence = np.empty(len(key), dtype=np.int64)
    sequence[order] = 2 * ((nth * 7 + county.born[order].astype(np.int64) * 31) % PER_DAY) + np.where(county.is_man[order], 1, 2)
    month = county.born.astype("datetime64[M]")
    year = county.born.astype("datetime64[Y]").astype(np.int64) + 1970
    day = (county.born - month.astype("datetime64[D]")).astype(np.int64) + 1
    written = year * 10_000 + (month.astype(np.int64) % 12 + 1) * 100 + day
    return with_check(int(prefix) * 10**11 + written * 1000 + sequence)


def with_check(body):
    """Return the texts of seventeen digits with their check character (GB 11643-1999)."""
    total, rest = np.zeros(len(body), dtype=np.int64), body.copy()
    for weight in reversed(WEIGHTS):
        rest, digit = np.divmod(rest, 10)
        total += weight * digit
    return pl.Series(body).cast(pl.String) + texts(CHECK_CHARS, total % 11)


def table_of(county, plan, at, seed=1, *, by_code=False, prefixes=PREFIXES):
    """Return the polars DataFrame of a County, all columns text. by_code: villages by their twelve digits, for a file of the whole city."""
    draw, n = np.random.default_rng([seed, 1000 + at]), len(county)
    shown = {**_home(county, plan, draw, by_code), **_person(county, prefixes[at], draw), **_work(county, draw, n), **_wishes(county, draw, n)}
    shown["最近核实"] = days(county.verified)
    table = pl.DataFrame({name: shown[name] for name in HEADER if name in shown})
    return table.with_columns(pl.lit(names()[county.code]).alias("县(区)"), pl.lit(MARK).alias(listed.INVENTED)).select(HEADER)


def _pick(draw, n, words, shares):
    return texts(words, draw.choice(len(words), n, p=np.array(shares) / sum(shares)))


def _home(county, plan, draw, by_code):
    """What a home's members share."""
    codes, called, townships = (list(part) for part in zip(*county.villages, strict=True))
    homes = int(county.home[-1]) + 1
    lifted, relocated, watched = (np.array([one[at] for one in plan.strata])[county.stratum] for at in range(3))
    kind = np.where(lifted, 0, 1 + (draw.random(homes) < 0.4)[county.home])
    return {
        "乡镇(街道)": texts(townships, county.village), "村(社区)": texts(codes if by_code else called, county.village),
        "村民小组": texts([f"{n}组" for n in range(1, 16)], (draw.random(homes) * 15).astype(np.int64)[county.home]),
        "户编号": "V" + texts(codes, county.village) + pl.Series(county.serial).cast(pl.String).str.zfill(5),
        "民族": texts(PEOPLES, draw.choice(len(PEOPLES), homes, p=PEOPLE_SHARES)[county.home]),
        "脱贫户": texts("否是", lifted.astype(np.int8)), "易地搬迁户": texts("否是", relocated.astype(np.int8)),
        "监测对象": texts(("脱贫不稳定户", "边缘易致贫户", "突发严重困难户", "否"), np.where(watched, kind, 3)),
    }  # fmt: skip


def _person(county, prefix, draw):
    n, homes = len(county), int(county.home[-1]) + 1
    family = people_names.surnames(draw, homes)[county.home]
    married_in = (county.relation == SPOUSE) | (county.relation == IN_LAW)
    surname = np.where(married_in, people_names.surnames(draw, n), family)
    table, given = people_names.given(draw, county.is_man)
    serial = (county.first + np.arange(n)) * 73_687_787 % 10**8
    phone = texts([PHONES], np.where(draw.random(n) < 0.82, 0, -1)) + pl.Series(serial).cast(pl.String).str.zfill(8)
    age = (np.datetime64("2024-02-09") - county.born).astype(np.int64) / 365.25
    school = np.clip((draw.normal(1.2, 1.1, n) + (age < 30) * 0.8 - (age > 48) * 0.7).astype(np.int64), 0, len(SCHOOLS) - 1)
    pairs = list(RELATIONS)
    return {
        "姓名": texts(people_names.SURNAMES, surname) + texts(table, given), "身份证号": numbers(county, prefix), "性别": texts("女男", county.is_man.astype(np.int8)),
        "与户主关系": texts([RELATIONS[pair] for pair in pairs], county.relation * 2 + ~county.is_man), "文化程度": texts(SCHOOLS, school),
        "政治面貌": _pick(draw, n, PARTIES, PARTY_SHARES), "手机号": phone.set(phone.str.len_chars() < 11, ""),
    }  # fmt: skip


def _work(county, draw, n):
    """The spell of work: where, for whom, at what, from when, how, and what bears it out."""
    there = work.destinations(county.code)
    places, starts = [text for place in PLACES for text in there[place]], np.cumsum([0, *(len(there[place]) for place in PLACES)])
    rank = np.minimum(draw.exponential(0.22, n), 0.999)  # the first of each list most often
    where = np.where(county.place < 0, -1, starts[county.place] + (rank * np.diff(starts)[county.place]).astype(np.int64))
    is_near = (county.place == 0) | (county.place == 1)
    trade = np.where(is_near, np.array(work.NEAR)[draw.integers(0, len(work.NEAR), n)], np.where(draw.random(n) < 0.66, draw.integers(0, len(work.AT_FACTORIES), n), draw.integers(0, len(work.TRADES), n)))
    each = len(work.FIRST) * len(work.SECOND)
    firm = np.where((county.place < 0) | (draw.random(n) < 0.12), -1, trade * each + (where * 37 + draw.integers(0, 60, n)) % each)
    pay = np.round(np.clip(draw.normal(np.array([3300, 3700, 4200, 5600, 4800, 0])[county.place], 900), 1800, 14_000), -2).astype(np.int64)
    evidence = np.where(county.way == 3, 1, np.where(county.way == 2, draw.integers(0, 3, n), np.where(county.way >= 0, draw.choice([3, 4, 5, 0], n, p=[0.5, 0.3, 0.15, 0.05]), -1)))
    running = (county.place >= 0) & ~county.is_back
    situation = np.where(running, 0, np.where(draw.random(n) < 0.7, 1, np.where(draw.random(n) < 0.7, 2, 3)))
    has = draw.random(n) < 0.55
    skill = np.where(has, np.where(county.place >= 0, trade, draw.integers(0, len(work.TRADES), n)), -1)
    certificate = np.where(has & (draw.random(n) < 0.3), draw.integers(1, len(CERTIFICATES), n), 0)
    trades = [word for word, _firm in work.TRADES]
    return {
        "就业状态": texts(("转移就业", "在家务农", "未就业", "灵活就业"), situation), "技能(工种)": texts(trades, skill), "技能证书": texts(CERTIFICATES, certificate),
        "务工区域": texts(SAID.values(), county.place), "务工地": texts(places, where), "单位名称": texts(work.firms(), firm),
        "工种": texts(trades, np.where(county.place < 0, -1, trade)), "外出时间": days(np.where(county.place < 0, np.datetime64("NaT"), county.left)),
        "返回时间": days(county.back), "月均收入": _whole(np.where(county.place < 0, -1, pay)), "输出方式": texts(HOW.values(), county.way),
        "佐证": texts(("劳动合同", "输送花名册", "社保参保记录", "自报", "名册", ""), evidence),
        "是否点对点": texts("否是", np.where(county.way < 2, -1, county.way - 2)),
    }  # fmt: skip


def _wishes(county, draw, n):
    """What those at home would do, and what the family needs of them."""
    asked = ((county.place < 0) | county.is_back) & (draw.random(n) < 0.6)
    care = np.where(draw.random(n) < 0.08, draw.integers(0, 2, n), -1)
    wants = np.where(care >= 0, 0, draw.choice(4, n, p=[0.35, 0.15, 0.15, 0.35]))
    free = np.datetime64("2024-02-18") + draw.integers(0, 60, n).astype("timedelta64[D]")
    return {
        "想去区域": texts(SAID.values(), np.where(asked, wants, -1)),
        "意愿工种": texts([word for word, _firm in work.TRADES], np.where(asked, draw.integers(0, len(work.TRADES), n), -1)),
        "期望月薪": _whole(np.where(asked, draw.integers(30, 75, n) * 100, -1)),
        "可外出时间": days(np.where(asked & (draw.random(n) < 0.7), free, np.datetime64("NaT"))),
        "照看家人": texts(("只能在本县", "每天要回家照看"), np.where(asked, care, -1)),
    }  # fmt: skip


def _whole(column):
    """Return whole numbers as text, those below nought as nothing."""
    text = pl.Series(column).cast(pl.String)
    return text.set(pl.Series(column < 0), "")
