"""Today's list of places around schools (周边场所台账) as it is brought in: each row a place that rounds go over; a school's own grounds are told to that school."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.calendar import today
from wanjia.orgs.models import Area
from wanjia.registry.importing.brought import Import, writing
from wanjia.registry.workbooks.columns import IN_VILLAGE, TOWNSHIP_OF
from wanjia.registry.workbooks.judging import AsSaid, InItsVillage
from wanjia.sheets.rules import IdenticalRow
from wanjia.sheets.template import SERIAL, SKIP, Column, Template
from wanjia.sheets.values import CHOICE, NUMBER, TEXT
from wanjia.sheets.words import ClosedList

from ..duties import Duty
from ..inspection_states import CAMPUS_KINDS, VenueKind
from ..models import School, Venue
from . import commands, rules

KINDS = {
    "网吧": VenueKind.NETBAR, "KTV、歌舞厅": VenueKind.KTV, "书店": VenueKind.BOOKSHOP, "印刷、打印店": VenueKind.PRINTER, "电影院": VenueKind.CINEMA, "宾馆、旅社": VenueKind.HOTEL,
    "商店、文具店": VenueKind.SHOP, "餐饮、小吃": VenueKind.FOOD, "校园": VenueKind.CAMPUS, "考点": VenueKind.EXAM_SITE,
}  # fmt: skip
WORDS = ClosedList({
    "网吧": "互联网上网服务营业场所 上网服务 电竞馆 网咖", "KTV、歌舞厅": "KTV 歌舞厅 歌厅 娱乐场所 歌舞娱乐场所 量贩KTV", "书店": "图书 音像店 书屋 出版物零售", "印刷、打印店": "印刷 打印店 印刷厂 复印店 印刷企业 打字复印 图文",
    "电影院": "影院 影城", "宾馆、旅社": "宾馆 旅社 旅馆 酒店 招待所 民宿 住宿", "商店、文具店": "商店 文具店 超市 小卖部 便利店 零售", "餐饮、小吃": "餐饮 小吃 饭店 餐馆 食品摊点", "校园": "学校 幼儿园", "考点": "考场",
})  # fmt: skip
SENTENCES = {
    "venue.far": ("这个村(社区)的场所不由您登记。", "Places of this village are not yours to enter."),
    "venue.school": ("本县没有登记叫这个名字的学校。请写学校全名或者简称,或者把这一格和“离校门米数”都空着。", "No school of this name is registered in the county. Please write its full or short name, or leave this cell and the metres empty."),
    "venue.metres": ("填了离校门多少米,就要写最近的学校。米数写整数,没有量过的空着。", "Metres from a gate ask for the nearest school, in whole metres; leave them empty where nobody measured."),
    "venue.address": ("这个场所已经登记,地址是“{detail}”。要改地址的,请在场所页面上改。", "The place is registered with the address “{detail}”. Please change an address on the page of the place."),
    "venue.twice": ("表里前面已经有同村、同类、同名的一行,请只留一行。", "An earlier row names the same place of the same village and kind: please leave one."),
}  # fmt: skip

VENUES = Template("venues", (
    SERIAL,
    TOWNSHIP_OF,
    IN_VILLAGE,
    Column("场所类别", CHOICE, ("类别", "场所类型", "类型", "行业", "经营类别", "业态"), required=True, longest=20, words=WORDS),
    Column("场所名称", TEXT, ("名称", "单位名称", "店名", "字号", "企业名称", "经营场所名称"), required=True, longest=60),
    Column("地址", TEXT, ("详细地址", "经营地址", "场所地址", "门牌"), required=True, longest=80),
    Column("最近的学校", TEXT, ("附近学校", "毗邻学校", "周边学校", "学校"), longest=60),
    Column("离校门米数", NUMBER, ("距离", "离校门多少米", "距学校距离", "距校门距离(米)", "距离(米)"), high=30000),
    Column("负责人", SKIP, ("经营者", "法人", "法定代表人", "联系人")),
    Column("联系电话", SKIP, ("电话", "手机", "手机号")),
    Column("备注", SKIP, ("备注说明", "说明")),
), (InItsVillage, IdenticalRow, AsSaid), own=SENTENCES)  # fmt: skip


def _school(name, code):
    """Return the school of this name in the county of an area, or None."""
    rows = School.objects.filter(Q(unit__name=name) | Q(unit__short_name=name), area__code__startswith=code[:6], to_on=None)
    found = list(rows.select_related("unit")[:2])
    return found[0] if len(found) == 1 else None


def _known(values, code):
    return Venue.objects.filter(area=code, kind=KINDS[values["场所类别"]], name=values["场所名称"].strip(), to_on=None).first()


def look(actor, _day):
    """Return (values, village code) → what stands against a row, for the judge."""
    seen = set()

    def against(values, code):
        if not code or not rules.is_within(actor, Area(pk=code)):
            yield "venue.far", "村(社区)", ""
            return
        near, metres = values.get("最近的学校"), values.get("离校门米数")
        if near and _school(near, code) is None:
            yield "venue.school", "最近的学校", ""
        if metres and (not near or float(metres) != int(float(metres))):
            yield "venue.metres", "离校门米数", ""
        known = _known(values, code)
        if known and known.address != values["地址"].strip():
            yield "venue.address", "地址", known.address
        key = (code, values["场所类别"], values["场所名称"].strip())
        if key in seen:
            yield "venue.twice", "场所名称", ""
        seen.add(key)

    return against


def _there(row, by, _at):
    """Return (the village of a row or None where it is no longer the actor's, whether the place stands)."""
    area = Area.objects.filter(pk=row.village_code).first()
    if area is None or not rules.is_within(by, area):
        return None, False
    return area, _known(row.content, area.pk) is not None


def _take(row, by, at):
    said = row.content
    area, kind, metres = Area.objects.on(today(at)).get(pk=row.village_code), KINDS[said["场所类别"]], said.get("离校门米数")
    commands.enter_venue(
        area=area, kind=kind, name=said["场所名称"], address=said["地址"], near=_school(said["最近的学校"], area.pk) if said.get("最近的学校") else None,
        metres=int(float(metres)) if metres else None, campus=_school(said["场所名称"].strip(), area.pk) if kind in CAMPUS_KINDS else None, by=by, at=at,
    )  # fmt: skip


apply, tell = writing(_take, _there, ("venues_new", "venues_same", "venues_gone"))

IMPORT = Import(
    VENUES, _("周边场所台账"), apply, tell, look=look, quiet=frozenset({"venues_same", "venues_gone"}), duty=Duty.INSPECT,
    counts={"venues_new": _("新登记的场所"), "venues_same": _("已经登记的场所"), "venues_gone": _("核对以后变了、不写入的行")},
)  # fmt: skip
