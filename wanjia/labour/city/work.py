"""Where the invented city's people work, for whom and at what: places that exist, firms that do not."""

from functools import cache

from wanjia.policy.work_places import names

from .margins import PLACES

# Places by the six digits, the first of them most often. county and city: the own county, and the city's others.
OUTSIDE = (
    "441900", "330200", "330300", "440300", "330700", "440600", "320500", "330400", "441300", "331000", "310000", "350500", "330100", "440100", "442000",
    "330600", "350200", "320200", "510100", "500000", "520100", "370200", "420100", "340100", "654000", "130100", "110000", "440700", "445100", "350100",
)  # fmt: skip
PROVINCE = ("530111", "530114", "530100", "530112", "530102", "530103", "530300", "530400", "532500", "530181", "532300", "532900", "530700", "532600")
ABROAD = ("缅甸", "老挝", "越南", "柬埔寨", "泰国")
FIRST = "云禾瑞恒盛嘉宏泰兴安宁丰和佳顺达富广汇金聚凯利隆茂润森祥旭源"
SECOND = "川阳朗峰海诚通泽远成辰彩景坤岭蓝晴山石松桐溪星雅怡宇"
# (how the office writes the trade, what such a firm is called)
TRADES = (
    ("普工", "电子厂"), ("操作工", "玩具厂"), ("制衣", "服饰厂"), ("鞋厂", "鞋业"), ("五金", "五金厂"), ("电焊", "机械厂"), ("建筑工", "建筑工程队"), ("钢筋工", "建筑劳务队"),
    ("木工", "家具厂"), ("厨师", "餐馆"), ("服务员", "酒店"), ("烧烤", "烧烤店"), ("家政", "家政服务部"), ("保安", "物业"), ("司机", "货运部"), ("快递", "快递点"),
    ("水电工", "安装队"), ("采摘", "果园"), ("种植", "种植基地"), ("养殖", "养殖场"), ("销售", "商行"), ("保洁", "保洁服务部"), ("矿工", "采石场"),
)  # fmt: skip
AT_FACTORIES, NEAR = range(8), (6, 7, 8, 9, 10, 12, 13, 14, 17, 18, 19, 20, 21, 22)
INVENTED = "(虚构)"


@cache
def text_of(code):
    """Return a place's name with all that stands above it, as an office writes it."""
    if code not in names():
        return code  # a country, by its name
    above = dict.fromkeys([names().get(code[:2] + "0000", ""), names().get(code[:4] + "00", ""), names()[code]])
    return "".join(above)


@cache
def destinations(county):
    """Return {place of margins.PLACES: [text]} for people of a county."""
    others = tuple(code for code in names() if code[:4] == county[:4] and code[4:] != "00" and code != county)
    found = dict(zip(PLACES, ((county,), others, PROVINCE, OUTSIDE, ABROAD)))
    return {place: [text_of(code) for code in codes] for place, codes in found.items()}


@cache
def firms():
    """Return [name of a firm] of every trade, in rows of len(FIRST) × len(SECOND): the firm n of trade t stands at t × that + n."""
    return [f"{a}{b}{kind}{INVENTED}" for _trade, kind in TRADES for a in FIRST for b in SECOND]
