"""Today's list of diners (就餐老人登记表) as it is brought in: each row an elder on the list of a canteen, with days, diet, and whom to call."""

from django.utils.translation import gettext_lazy as _

from wanjia.policy import care_day
from wanjia.registry.duties import Duty as Register
from wanjia.registry.importing.brought import Import, writing
from wanjia.registry.people.rules import visible_people
from wanjia.registry.workbooks.columns import IN_VILLAGE, TOWNSHIP_OF
from wanjia.registry.workbooks.judging import AsSaid, InItsVillage
from wanjia.registry.workbooks.kinds import LAST_FOUR, NAME, PHONE
from wanjia.registry.workbooks.weekdays import days_read
from wanjia.sheets.rules import IdenticalRow
from wanjia.sheets.template import SERIAL, SKIP, Column, Template
from wanjia.sheets.values import CHOICE, TEXT
from wanjia.sheets.words import ClosedList

from ..class_states import Diet
from ..duties import Duty
from ..models import Diner
from ..workbooks import CHILD, called
from . import commands, rules

NEEDS = {"软食": Diet.SOFT, "低盐": Diet.LOW_SALT, "低糖": Diet.LOW_SUGAR, "清真": Diet.HALAL, "不吃辣": Diet.NO_SPICE}
OTHERS = {"少盐": "低盐", "糖尿病": "低糖", "少糖": "低糖", "软烂": "软食", "忌辣": "不吃辣", "回民": "清真"}
SENTENCES = {
    "care.many": CHILD["care.many"],
    "diner.unknown": ("您的户册里,这个村没有叫这个名字的。请核对姓名和村;还没有登记的,先在户册登记。", "Nobody of this name is registered in this village. Please check name and village, or register the home first."),
    "diner.canteen": ("没有叫这个名字、还在办的食堂由您管。请核对食堂名称,或者先办食堂。", "You keep no running canteen of this name. Please check the name, or open the canteen first."),
    "diner.canteens": ("有几个食堂叫这个名字,老人的村里没有。请在页面上登记。", "Several canteens bear this name and none lies in the elder's village: please take the elder on, on the page."),
    "diner.far": ("老人的村和食堂不在一个乡镇。", "The elder's village and the canteen lie in different townships."),
    "diner.young": ("爱心食堂给 {detail} 周岁以上的老人办。", "The canteen is for elders of {detail} and older."),
    "diner.days": ("看不出星期几来。写成“周一至周五”“1、3、5”“每天”这样。", "The days cannot be told. Please write 周一至周五, 1、3、5 or 每天."),
    "diner.diet": ("忌口里的“{detail}”不认识。可以写软食、低盐、低糖、清真、不吃辣。", "“{detail}” is no diet that is known: 软食, 低盐, 低糖, 清真, 不吃辣."),
    "diner.twice": ("表里前面已经有这位老人在这个食堂的一行,请只留一行。", "An earlier row names the same elder at the same canteen: please leave one."),
}  # fmt: skip
YES = "是"

DINERS = Template("diners", (
    SERIAL,
    Column("食堂名称", TEXT, ("食堂", "爱心食堂", "就餐食堂", "就餐点"), required=True, longest=60),
    TOWNSHIP_OF,
    IN_VILLAGE,
    Column("姓名", NAME, ("老人姓名", "就餐老人", "就餐人", "就餐人姓名"), required=True, identity=True, longest=60),
    Column("身份证后四位", LAST_FOUR, ("身份证号后四位", "身份证尾号"), identity=True),
    Column("年龄", SKIP, ("周岁",)),
    Column("星期几来", TEXT, ("就餐日", "就餐时间", "星期", "哪几天来", "就餐日期"), required=True, longest=40),
    Column("忌口", TEXT, ("饮食禁忌", "饮食要求", "饮食习惯", "特殊饮食"), longest=40),
    Column("送餐上门", CHOICE, ("是否送餐", "送餐", "是否送餐上门"), longest=10, words=ClosedList({YES: "送 送餐 上门 √ Y", "否": "不送 自取 到店 堂食 × N"})),
    Column("紧急联系人", NAME, ("联系人", "紧急联系人姓名", "子女姓名"), longest=40),
    Column("联系人电话", PHONE, ("紧急联系人电话", "联系电话", "电话", "紧急联系电话", "子女电话")),
    Column("备注", SKIP, ("备注说明", "说明")),
), (InItsVillage, IdenticalRow, AsSaid), own=SENTENCES)  # fmt: skip


def _canteen(by, name, code):
    """Return the running canteen of this name: of several, the one of the elder's own village; or the code of why there is none."""
    rows = list(rules.visible_canteens(by).filter(name=name, to_on=None).select_related("area__parent")[:9])
    if len(rows) > 1:
        rows = [one for one in rows if one.area_id == code] or rows
    return rows[0] if len(rows) == 1 else "diner.canteens" if rows else "diner.canteen"


def _person(by, values, code):
    people = visible_people(by, duty=Register.SEE_REGISTER).filter(merged_into=None, died_on=None, village=code)
    return called(people, values, unknown="diner.unknown")


def _needs(text):
    """Return (codes of diets, the words that are none)."""
    words = [word for word in (text or "").replace(",", "、").replace(",", "、").replace(" ", "、").split("、") if word and word not in ("无", "没有")]
    read = [NEEDS.get(OTHERS.get(word, word)) for word in words]
    return [one for one in read if one], [word for word, one in zip(words, read, strict=True) if one is None]


def look(actor, day):
    """Return (values, village code) → what stands against a row, for the judge."""
    seen = set()

    def against(values, code):
        if not days_read(values["星期几来"]):
            yield "diner.days", "星期几来", ""
        for word in _needs(values.get("忌口"))[1]:
            yield "diner.diet", "忌口", word
        canteen, person = _canteen(actor, values["食堂名称"], code), _person(actor, values, code)
        yield from ((found, column, "") for found, column in ((canteen, "食堂名称"), (person, "姓名")) if isinstance(found, str))
        if isinstance(canteen, str) or isinstance(person, str):
            return
        if not _same_township(canteen, code):
            yield "diner.far", "村(社区)", ""
        if not rules.is_old_enough(person, day):
            yield "diner.young", "姓名", care_day.in_force(day).diner_age
        if (canteen.pk, person.pk) in seen:
            yield "diner.twice", "姓名", ""
        seen.add((canteen.pk, person.pk))

    return against


def _same_township(canteen, code):
    first, end = canteen.area.parent.span() if canteen.area.parent_id else canteen.area.span()
    return first <= (code or "") < end


def _there(row, by, _at):
    """Return (the elder whom a row names or None, whether the canteen's list has him)."""
    canteen, person = _canteen(by, row.content["食堂名称"], row.village_code), _person(by, row.content, row.village_code)
    if isinstance(canteen, str) or isinstance(person, str):
        return None, False
    return person, Diner.objects.filter(canteen=canteen, person=person, to_on=None).exists()


def _take(row, by, at):
    said = row.content
    canteen, person = _canteen(by, said["食堂名称"], row.village_code), _person(by, said, row.village_code)
    facts = {
        "diet": " ".join(str(one) for one in _needs(said.get("忌口"))[0]), "brought": said.get("送餐上门") == YES,
        "contact": said.get("紧急联系人") or "", "phone": said.get("联系人电话") or "",
    }  # fmt: skip
    return commands.admit_listed(canteen, person, days_read(said["星期几来"]), facts, by=by, at=at)


apply, tell = writing(_take, _there, ("diners_new", "diners_same", "diners_gone"))

IMPORT = Import(
    DINERS, _("就餐老人登记表"), apply, tell, look=look, quiet=frozenset({"diners_same", "diners_gone"}), duty=Duty.KEEP_CANTEEN,
    counts={"diners_new": _("新登记的老人"), "diners_same": _("已在名单上的老人"), "diners_gone": _("核对以后变了、不写入的行")},
)  # fmt: skip
