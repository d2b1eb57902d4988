"""The workbook of homes and their members (家庭与成员)."""

from wanjia.orgs.areas.columns import COUNTY
from wanjia.sheets.rules import IdenticalRow
from wanjia.sheets.template import NOTE_NAMES, SERIAL, Column, Template
from wanjia.sheets.values import DATE, NOTE, NUMBER, TEXT

from .columns import ID_NAMES, IN_VILLAGE, OTHERS, PHONE_NAMES, TOWNSHIP_OF
from .judging import Contradictions, HouseholdHeads, InItsVillage, SamePerson
from .kinds import CITIZEN_ID, HOUSEHOLD, NAME, PHONE, RELATION, SEX

HOUSEHOLDS = Template(
    "household",
    (
        SERIAL,
        COUNTY,
        Column("户编号", HOUSEHOLD, ("户号", "家庭编号", "户编码", "户籍编号", "家庭户编号", "户代码", "户口编号"), required=True, identity=True, longest=24),
        Column("户主姓名", TEXT, ("户主", "户主名字"), longest=60),
        Column("姓名", NAME, ("成员姓名", "家庭成员姓名", "人员姓名", "名字", "本人姓名", "家庭成员"), required=True, identity=True, longest=60),
        Column("身份证号", CITIZEN_ID, ID_NAMES, required=True, identity=True),
        Column("性别", SEX),
        Column("出生日期", DATE, ("出生年月日", "出生年月", "出生时间", "生日", "出生日"), past=True),
        Column("与户主关系", RELATION, ("和户主关系", "与户主的关系", "家庭关系", "户主关系", "关系", "与户主之关系"), required=True, longest=20),
        TOWNSHIP_OF,
        IN_VILLAGE,
        Column("村民小组", TEXT, ("村(居)民小组", "小组", "组", "社", "村组", "自然村", "所在组"), longest=40),
        Column("民族", TEXT, (), longest=20),
        Column("手机号", PHONE, PHONE_NAMES),
        Column("在校状态", TEXT, ("是否在校", "就学状态", "在校情况", "就学情况"), longest=60),
        Column("务工情况", TEXT, ("务工状态", "是否务工", "外出务工情况", "就业状态"), longest=30),
        Column("外出务工地", TEXT, ("务工地", "务工地点", "外出务工地点", "务工所在地", "就业地点", "打工地"), longest=80),
        Column("特殊群体类型", TEXT, ("特殊群体", "特殊群体类别", "特殊人群类型", "人员类别"), longest=120),
        Column("月收入", NUMBER, ("月工资", "月收入元", "月均收入", "工资", "月薪", "月工资收入"), high=1_000_000),
        Column("年家庭收入(元)", NUMBER, ("年家庭收入", "家庭年收入", "年收入", "家庭收入", "家庭年收入(元)"), high=100_000_000),
        Column("备注", NOTE, NOTE_NAMES),
    ),
    (InItsVillage, Contradictions, IdenticalRow, SamePerson, HouseholdHeads),
    OTHERS,
)
