"""The labour register as a workbook (劳动力名册), a county's file: its columns, and the rules that look across cells and rows. Pure: no Django.

What each column becomes is told in docs/mechanisms/labour.md; `listed.CODES` turns the words of a judged row into what the register keeps.
"""

import unicodedata
from datetime import date
from decimal import ROUND_HALF_UP

from wanjia.orgs.areas.columns import COUNTY
from wanjia.policy.identity import birth_date_of, sex_of
from wanjia.policy.labour import last_month_of_work, least_age, of_working_age, trade_named, trades
from wanjia.policy.special_groups import age_on
from wanjia.policy.work_places import code_of, names, place_of
from wanjia.registry.workbooks.columns import ID_NAMES, IN_VILLAGE, OTHERS, PHONE_NAMES, TOWNSHIP_OF
from wanjia.registry.workbooks.judging import Contradictions, HouseholdHeads, InItsVillage, SamePerson
from wanjia.registry.workbooks.kinds import CITIZEN_ID, HOUSEHOLD, NAME, PHONE, RELATION, SEX
from wanjia.sheets.rules import IdenticalRow, Rule
from wanjia.sheets.template import SERIAL, SKIP, Column, Kind, Template
from wanjia.sheets.values import BLANK_WORDS, DATE, TEXT, bare, decimal_of, how_read, plain, text_of

from . import listed

CODE_DIGITS = 12
OTHER = "other"
YUAN_MOST = 100_000  # a month; a year's pay in a month's column is a slip of the pen


def _word(cell, column, epoch, world):
    """A word of a closed list. Other spellings that mean the same are taken without a remark: there are millions of them."""
    text = bare(text_of(cell)).strip()
    if not text or text.upper() in BLANK_WORDS:
        return None, None, ""
    label = column.words.read(text)
    if label is None:
        return None, "word.unknown", f"{text[:20].replace('|', ' ')}|{'、'.join(column.words.labels)}"
    return label, None, ""


def _trade(cell, column, epoch, world):
    text = bare(text_of(cell)).strip()
    if not text or text.upper() in BLANK_WORDS:
        return None, None, ""
    code = trade_named(text[:column.longest])
    is_said = code != OTHER or text in (trades()[OTHER].zh, "其它", OTHER)
    return trades()[code].zh, None if is_said else "warn.trade.other", "" if is_said else text[:20]


def _area(cell, column, epoch, world):
    text = bare(text_of(cell)).strip()
    if not text or text.upper() in BLANK_WORDS:
        return None, None, ""
    code = code_of(text[:column.longest])
    return (code, None, "") if code else (None, "warn.work.area_unknown", text[:20])


def _yuan(cell, column, epoch, world):
    """Yuan a month, whole ones: half a yuan counts as one."""
    if isinstance(cell, str) and cell.strip().upper() in BLANK_WORDS:
        return None, None, ""
    value, as_written = decimal_of(cell)
    if value is None:
        return None, "number.invalid", ""
    if not 0 <= value <= column.high:
        return None, "number.range", ""
    return str(int(value.to_integral_value(ROUND_HALF_UP))), how_read(cell, as_written), plain(value)


WORD = Kind("word", _word, never_day=True, any_word=True)
TRADE = Kind("trade", _trade, never_day=True, sentences=listed.TRADES_SAID)
AREA = Kind("area", _area, never_day=True, sentences=listed.AREAS_SAID)
YUAN = Kind("yuan", _yuan)


class InItsVillageByCode(InItsVillage):
    """As InItsVillage; a village's twelve digits are taken too, and say all."""

    def __init__(self, world, given):
        super().__init__(world, given)
        self.by_code = {village.code: (village, mine) for mine, some in ((False, world.elsewhere), (True, world.villages)) for village in some}

    def __call__(self, draft):
        code = unicodedata.normalize("NFKC", draft.values.get("村(社区)") or "").strip()
        village, mine = self.by_code.get(code, (None, False)) if len(code) == CODE_DIGITS and self.asks else (None, False)
        if village is None:
            super().__call__(draft)
        elif not mine:
            draft.find("scope.village_not_yours", "村(社区)", village.name)
        else:
            draft.values["村(社区)"], draft.place = village.name, village.code


class Labourer(Rule):
    """Nobody under sixteen, at school, in service or unable to work is a labourer. Past the age of retirement is a remark, no refusal."""

    sentences = listed.PEOPLE_SAID

    def __call__(self, draft):
        if (situation := draft.values.get("就业状态")) in listed.NO_LABOURER:
            draft.find("labour.no_labourer", "就业状态", situation)
        if not (person := draft.known.get("person")):
            return
        born, today, sex = birth_date_of(person), self.world.today, sex_of(person)
        age = age_on(born, today)
        if age < least_age():
            draft.find("labour.too_young", "身份证号", age)
        elif not of_working_age(sex, born, today):
            year, month = last_month_of_work(sex, born)
            draft.find("warn.labour.past_age", "身份证号", f"{year}-{month:02}")


class Work(Rule):
    """Where somebody works, since when and how it came about say one thing together; what is lost without them is told."""

    sentences = listed.WORK_SAID
    BESIDE = ("单位名称", "工种", "月均收入", "输出方式", "佐证")

    def __call__(self, draft):
        values = draft.values
        self._where(draft)
        place, left, back = values.get("务工区域"), values.get("外出时间"), values.get("返回时间")
        if place in (None, listed.NONE):
            if said := "、".join(name for name in ("外出时间", "返回时间") if values.get(name)):
                draft.find("work.place_missing", "务工区域", said)
            elif values.get("就业状态") == listed.AWAY:
                draft.find("work.place_missing", "务工区域", f"就业状态“{listed.AWAY}”")
            elif lost := "、".join(name for name in self.BESIDE if values.get(name)):
                draft.find("warn.work.nowhere", "务工区域", lost)
        elif left is None:
            if not any(f.column == "外出时间" for f in draft.findings):
                draft.find("work.day_missing", "外出时间", f"务工区域“{place}”")
        else:
            self._days(draft, left, back)
            self._how(draft)
        if values.get("就业状态") in listed.AT_HOME and place not in (None, listed.NONE) and not back:
            draft.find("work.situation_contradicts", "就业状态", f"{values['就业状态']}|{place}")

    def _where(self, draft):
        """The place of work lies in the area of work; where only the place is given, it says the area."""
        values, code = draft.values, draft.values.get("务工地")
        lies = place_of(code, draft.place[:6]) if code and draft.place else ""
        if not lies or any(f.column == "务工区域" for f in draft.findings):
            return
        told = next(label for label, known in listed.CODES["务工区域"].items() if known == lies)
        if values.get("务工区域") is None:
            values["务工区域"] = told
            draft.find("warn.work.place_from_area", "务工区域", told)
        elif values["务工区域"] != told:
            draft.find("work.place_contradicts", "务工地", f"{names().get(code, code)}|{values['务工区域']}")

    def _days(self, draft, left, back):
        if back and back < left:
            draft.find("work.back_before", "返回时间", left)
        if person := draft.known.get("person"):
            born = birth_date_of(person)
            grown = (born.year + least_age(), born.month, born.day)
            gone = date.fromisoformat(left)
            if (gone.year, gone.month, gone.day) < grown:
                draft.find("work.too_early", "外出时间", "%04d-%02d-%02d" % grown)

    def _how(self, draft):
        """Organised only with something that bears it out, door to door only organised (B18)."""
        values = draft.values
        how, is_faulty = values.get("输出方式"), any(f.column == "输出方式" for f in draft.findings)
        if how == listed.ORGANISED:
            if values.get("佐证") in (None, listed.DECLARED):
                draft.find("work.organised_unproven", "佐证")
        elif values.get("是否点对点") == listed.YES:
            draft.find("work.carried_alone", "是否点对点", how or "空着")
        elif how is None and not is_faulty:
            draft.find("warn.work.how_unsaid", "输出方式")


LABOURERS = Template(
    "labourers",
    (
        SERIAL,
        COUNTY,
        Column("户编号", HOUSEHOLD, ("户号", "家庭编号", "户编码", "户籍编号", "家庭户编号", "户代码", "户口编号"), required=True, identity=True, longest=24),
        Column("户主姓名", SKIP, ("户主", "户主名字")),
        Column("姓名", NAME, ("劳动力姓名", "人员姓名", "名字", "成员姓名", "务工人员姓名", "本人姓名"), required=True, identity=True, longest=60),
        Column("身份证号", CITIZEN_ID, ID_NAMES, required=True, identity=True),
        Column("性别", SEX),
        Column("出生日期", DATE, ("出生年月日", "出生年月", "出生时间", "生日"), past=True),
        Column("年龄", SKIP, ("周岁", "实际年龄")),
        Column("与户主关系", RELATION, ("和户主关系", "与户主的关系", "家庭关系", "户主关系", "关系", "与户主之关系"), required=True, longest=20),
        TOWNSHIP_OF,
        Column(IN_VILLAGE.name, IN_VILLAGE.kind, (*IN_VILLAGE.synonyms, "村代码", "村(社区)代码", "行政村代码"), required=True),
        Column("村民小组", TEXT, ("村(居)民小组", "小组", "组", "社", "村组", "自然村", "所在组"), longest=40),
        Column("民族", TEXT, (), longest=20),
        Column("文化程度", TEXT, ("学历", "受教育程度", "最高学历", "文化水平"), longest=20),
        Column("政治面貌", TEXT, ("政治身份",), longest=20),
        Column("手机号", PHONE, PHONE_NAMES),
        Column("脱贫户", WORD, ("是否脱贫户", "是否脱贫人口", "脱贫人口", "脱贫劳动力", "是否脱贫劳动力", "是否脱贫", "建档立卡", "是否建档立卡户"), words=listed.LIFTED),
        Column("监测对象", WORD, ("是否监测对象", "监测户", "是否监测户", "监测对象类别", "监测类别", "防返贫监测对象", "防止返贫致贫对象"), words=listed.WATCHED),
        Column("易地搬迁户", WORD, ("易地搬迁", "是否易地搬迁", "是否易地搬迁户", "易地扶贫搬迁", "是否易地扶贫搬迁", "易迁户", "是否易迁", "安置方式"), words=listed.RELOCATED),
        Column("就业状态", WORD, ("就业情况", "务工情况", "务工状态", "是否就业", "是否务工", "目前就业状态"), words=listed.SITUATIONS),
        Column("技能(工种)", TRADE, ("技能", "技能工种", "掌握技能", "技能特长", "特长"), longest=60),
        Column("技能证书", TEXT, ("证书", "职业技能证书", "技能等级证书", "持证情况", "职业资格证书"), longest=60),
        Column("务工区域", WORD, ("区域", "就业区域", "转移区域", "务工范围", "外出区域", "转移就业区域", "输出区域"), words=listed.PLACES),
        Column("务工地", AREA, ("务工地点", "外出务工地", "外出务工地点", "务工所在地", "就业地", "就业地点", "打工地", "务工省市", "务工省份", "务工地代码"), longest=80),
        Column("单位名称", TEXT, ("务工单位", "用工单位", "工作单位", "企业名称", "务工企业", "就业单位", "单位"), longest=80),
        Column("工种", TRADE, ("从事工种", "岗位", "务工工种", "从事岗位", "职业", "工作岗位"), longest=60),
        Column("外出时间", DATE, ("外出日期", "务工时间", "外出务工时间", "就业时间", "开始时间", "务工开始时间", "输出时间", "转移时间"), past=True),
        Column("返回时间", DATE, ("返乡时间", "返回日期", "返乡日期", "结束时间", "务工结束时间", "回来时间"), past=True),
        Column("月均收入", YUAN, ("月收入", "月工资", "月薪", "月均工资", "平均月收入", "务工月收入", "工资"), high=YUAN_MOST),
        Column("输出方式", WORD, ("转移方式", "外出方式", "就业渠道", "组织方式", "就业途径", "输出形式", "转移渠道"), words=listed.HOW),
        Column("佐证", WORD, ("佐证材料", "证明材料", "佐证类型", "依据", "凭据"), words=listed.EVIDENCE),
        Column("是否点对点", WORD, ("点对点", "点对点输送", "是否点对点输送", "点对点输出"), words=listed.YES_NO),
        Column("想去区域", WORD, ("意向区域", "就业意向区域", "意愿区域", "意向就业区域", "想去哪里", "意向地区", "就业意愿区域"), words=listed.PLACES),
        Column("意愿工种", TRADE, ("意向工种", "想做什么", "意向岗位", "意愿岗位", "就业意向工种", "意向职业"), longest=60),
        Column("期望月薪", YUAN, ("期望工资", "期望薪资", "意向月薪", "期望收入", "想要的月工资", "薪资要求", "意向薪资"), high=YUAN_MOST),
        Column("可外出时间", DATE, ("可外出日期", "意向外出时间", "什么时候能走", "可上岗时间", "拟外出时间", "计划外出时间")),
        Column("照看家人", WORD, ("照看家人情况", "家庭照看", "是否需要照看家人", "照护需求", "家里有人要照看"), words=listed.CARES),
        Column("最近核实", DATE, ("核实时间", "核实日期", "最近核实时间", "更新时间", "更新日期", "采集时间", "摸排时间"), past=True),
        Column(listed.INVENTED, SKIP),
    ),
    (InItsVillageByCode, Contradictions, IdenticalRow, SamePerson, HouseholdHeads, Labourer, Work),
    OTHERS,
)
