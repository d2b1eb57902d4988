"""Clean tables of the three kinds, their values known by construction, and faults to plant in them."""

from datetime import date, timedelta

from wanjia.casework.importing.words import CATEGORIES, CHANNELS, DIFFICULTY, REASONABLE, URGENCY
from wanjia.policy.identity import check_char
from wanjia.registry.tests.workbooks.factories import contract_world

SURNAMES = "陶王李张刘陈杨黄赵周吴徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
GIVEN = "建国秀英有才小云春花世文顺姬秀兰明祥林文才丽芳云生国庆正英大山桂香金凤德富连贵永平志强玉梅光荣"
WORLD = contract_world(today=date(2026, 11, 26))
VILLAGES = [village.name for village in WORLD.villages]
HOUSEHOLD = ["户编号", "姓名", "身份证号", "性别", "出生日期", "与户主关系", "村(社区)", "手机号", "外出务工地", "月收入", "备注"]
NEED = ["登记时间", "诉求人", "来源渠道", "联系电话", "村(社区)", "诉求类别", "诉求内容", "是否合理", "紧急程度", "难易程度", "牵头单位", "交办时间", "办理时限", "备注"]
SUBSIDY = ["姓名", "身份证号", "村(社区)", "补贴项目", "所属期间", "金额"]
NOTES = ["", "", "家里有卧床老人", "旱地三亩,水田一亩", "电话打不通时找隔壁", "2024年搬来", "O型血", "“低保”户"]


def name(dice):
    return dice.choice(SURNAMES) + "".join(dice.sample(GIVEN, dice.choice([1, 2, 2])))


class _People:
    """Numbers of nobody, each once."""

    def __init__(self, dice):
        self.dice, self.used = dice, set()

    def one(self, born, sex):
        while True:
            body = f"530625{born:%Y%m%d}{self.dice.randrange(10, 999):03d}"
            if (int(body[-1]) % 2 == 1) == (sex == "男") and body not in self.used:
                self.used.add(body)
                return body + check_char(body)


def day(dice, first, last):
    return first + timedelta(days=dice.randrange((last - first).days))


def homes(dice, count):
    """Rows of a household workbook: each home with its head, a spouse, perhaps children."""
    people, rows = _People(dice), []
    for number in dice.sample(range(10_000, 99_999), count):
        village = dice.choice(VILLAGES)
        for relation in ["户主", *dice.choice([[], ["配偶"], ["配偶", "子"], ["女"], ["配偶", "子", "女", "父亲"]])]:
            born = day(dice, date(1990, 1, 1), date(2024, 1, 1)) if relation in ("子", "女") else day(dice, date(1950, 1, 1), date(1985, 1, 1))
            sex = {"子": "男", "女": "女", "父亲": "男"}.get(relation) or dice.choice("男女")
            rows.append([
                f"XS{number}", name(dice), people.one(born, sex), sex, born.isoformat(), relation, village,
                dice.choice(["", f"1{dice.choice('35789')}{dice.randrange(10**9):09d}"]), dice.choice(["", "浙江省宁波市", "广东东莞"]),
                dice.choice(["", str(dice.randrange(800, 9000)), f"{dice.randrange(800, 9000)}.5"]), dice.choice(NOTES),
            ])  # fmt: skip
    return rows


def needs(dice, count):
    """Rows of a ledger, every word of its own lists."""
    rows = []
    for _ in range(count):
        recorded = day(dice, date(2026, 9, 1), date(2026, 11, 1))
        rows.append([
            recorded.isoformat(), name(dice), dice.choice(list(CHANNELS)), f"13{dice.randrange(10**9):09d}", dice.choice(VILLAGES),
            dice.choice(list(CATEGORIES)), f"{dice.choice(['灶房墙体开裂', '水管冻裂', '想申请低保', '孩子转学'])},{dice.randrange(10**5)}",
            dice.choice(list(REASONABLE)), dice.choice(list(URGENCY)), dice.choice(list(DIFFICULTY)), "细沙乡人民政府",
            (recorded + timedelta(days=2)).isoformat(), (recorded + timedelta(days=20)).isoformat(), dice.choice(NOTES),
        ])  # fmt: skip
    return rows


def payments(dice, count):
    """Rows of a list of payments: each person once."""
    people, rows = _People(dice), []
    for _ in range(count):
        number = people.one(day(dice, date(1950, 1, 1), date(1985, 1, 1)), dice.choice("男女"))
        rows.append([name(dice), number, dice.choice(VILLAGES), "务工交通补助", dice.choice(["2024", "2025"]), dice.choice([str(dice.randrange(100, 999)), f"{dice.randrange(100, 999)}.5"])])
    return rows


TABLES = {"household": (HOUSEHOLD, homes), "needs": (NEED, needs), "subsidy": (SUBSIDY, payments)}


def _other_check(number):
    return number[:-1] + ("X" if number[-1] != "X" else "1")


# A fault of each column that somebody would really make; each must be found in each make.
FAULTS = {
    "身份证号": _other_check, "姓名": lambda text: text[0] + "*" + text[1:][1:], "诉求人": lambda text: text[0] + "某", "出生日期": lambda _text: "1990-02-30",
    "登记时间": lambda _text: "2026-13-02", "手机号": lambda _text: "1380", "联系电话": lambda _text: "0", "村(社区)": lambda _text: "别处村",
    "月收入": lambda _text: "12,5", "金额": lambda _text: "350,50", "紧急程度": lambda _text: "重大", "所属期间": lambda _text: "去年",
}  # fmt: skip


def plant(header, rows, dice):
    """(the row's place, rows with one fault, its column): one cell of a clean table spoilt. The cell is kept as text by every make."""
    column = dice.choice([name for name in header if name in FAULTS])
    at = dice.randrange(len(rows))
    spoilt = [list(line) for line in rows]
    place = header.index(column)
    spoilt[at][place] = FAULTS[column](spoilt[at][place])
    return at, spoilt, column
