"""The workbook of subsidies paid (补贴发放): its amounts, its periods, and that nobody is paid twice."""

import re
import unicodedata
from datetime import date, timedelta
from decimal import Decimal

from wanjia.orgs.areas.columns import COUNTY
from wanjia.sheets.rules import Rule
from wanjia.sheets.template import NOTE_NAMES, SERIAL, Column, Kind, Template
from wanjia.sheets.values import NOTE, TEXT, bare, decimal_of, how_read, is_number, judge_bare, plain, text_of

from . import sentences
from .columns import ID_NAMES, OTHERS, PHONE_NAMES, TOWNSHIP_OF, VILLAGE_NAMES
from .judging import Contradictions, InItsVillage
from .kinds import ACCOUNT, CITIZEN_ID, NAME, PHONE, VILLAGE

WRITTEN = re.compile(r"(\d{4})(?:年度|年全年|全年|年)?(?:[-./]?(\d{1,2})月?)?(?:[-~至到—]+(?:(\d{4})[-./年]?)?(\d{1,2})?月?)?")


def _amount(cell, column, epoch, world):
    value, as_written = decimal_of(cell)
    if value is None:
        return None, "amount.invalid", ""
    if not 0 < value <= column.high:
        return None, "amount.range", ""
    value = round(value, 6) if is_number(cell) else value
    if value != round(value, 2):
        return None, "amount.precision", ""
    return plain(value), how_read(cell, as_written), plain(value)


def read_period(text):
    """(first day, last day) of a period as written, or None: 2023, 2023年度, 2023年1-6月, 2022-07至2023-06, 2022-2023."""
    match = WRITTEN.fullmatch("".join(unicodedata.normalize("NFKC", text).split()))
    if not match:
        return None
    year, month, last_year, last_month = (int(g) if g else None for g in match.groups())
    try:
        first = date(year, month or 1, 1)
        end_year = last_year or year
        end_month = last_month or (12 if last_year or not month else month)
        last = (date(end_year, end_month, 28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    except ValueError:
        return None
    return (first, last) if first <= last else None


def _period(cell, column, epoch, world):
    if not isinstance(cell, str) and cell.kind == "d":
        return None, "subsidy.period_format", ""
    span = read_period(bare(text_of(cell)))
    if span is None:
        return None, "subsidy.period_format", ""
    if whole_year(span):
        return str(span[0].year), None, ""
    return f"{span[0].isoformat()}/{span[1].isoformat()}", None, ""


def span_of(value):
    """The (first day, last day) that the value of a period stands for."""
    if "/" not in value:
        return date(int(value), 1, 1), date(int(value), 12, 31)
    first, last = value.split("/")
    return date.fromisoformat(first), date.fromisoformat(last)


def whole_year(span):
    """Whether a period is exactly one calendar year: the only kind that is paid for."""
    first, last = span
    return first == date(first.year, 1, 1) and last == date(first.year, 12, 31)


AMOUNT = Kind("amount", _amount, lacking="amount.invalid", sentences=sentences.AMOUNTS)
PERIOD = Kind("period", _period, lacking="subsidy.period_format", sentences=sentences.PERIODS)
SCHEME = Kind("scheme", judge_bare, any_word=True)


class OnePayment(Rule):
    """One person, one scheme, one whole year: paid once. The cap of the scheme is kept."""

    sentences = sentences.AMOUNTS | sentences.PERIODS

    def __init__(self, world, given):
        super().__init__(world, given)
        self.paid = {}

    def __call__(self, draft):
        values = draft.values
        cap = self.world.caps.get(values.get("补贴项目"))
        if cap is not None and values.get("金额") and Decimal(values["金额"]) > cap:
            draft.find("amount.over_cap", "金额", cap)
        span = span_of(values["所属期间"]) if values.get("所属期间") else None
        if span is None:
            return
        person = draft.known.get("person")
        earlier = self.paid.setdefault((person, values.get("补贴项目")), []) if person else []
        clash = next(((s, row) for s, row in earlier if s[0] <= span[1] and span[0] <= s[1]), None)
        if clash:
            draft.find("subsidy.dup_in_file" if clash[0] == span else "subsidy.period_overlap", "所属期间", clash[1])
        elif not whole_year(span) or span[0] > self.world.today:
            draft.find("subsidy.period_format", "所属期间")
        else:
            earlier.append((span, draft.number))


SUBSIDIES = Template(
    "subsidy",
    (
        SERIAL,
        COUNTY,
        Column("姓名", NAME, ("人员姓名", "领取人", "领取人姓名", "申请人", "享受人姓名", "补贴对象"), required=True, identity=True, longest=60),
        Column("身份证号", CITIZEN_ID, ID_NAMES, required=True, identity=True),
        TOWNSHIP_OF,
        Column("村(社区)", VILLAGE, VILLAGE_NAMES),
        Column("补贴项目", SCHEME, ("补助项目", "补贴名称", "补助名称", "项目", "项目名称", "补贴类型", "补助类型", "补贴种类"), required=True, longest=60),
        Column("所属期间", PERIOD, ("补贴期间", "补助期间", "所属年度", "年度", "期间", "所属期", "补贴年度", "发放年度"), required=True),
        Column("金额", AMOUNT, ("补贴金额", "补助金额", "金额(元)", "补贴标准", "发放金额", "应发金额", "实发金额"), required=True, high=1_000_000),
        Column("银行账号", ACCOUNT, ("银行卡号", "账号", "银行帐号", "帐号", "卡号", "收款账号", "一卡通账号", "一卡通号", "银行账户", "社保卡银行账号"), identity=True),
        Column("开户行", TEXT, ("开户银行", "银行", "银行名称"), longest=120),
        Column("手机号", PHONE, PHONE_NAMES),
        Column("备注", NOTE, NOTE_NAMES),
    ),
    (InItsVillage, Contradictions, OnePayment),
    OTHERS,
)
