"""Today's list of helpers and volunteers (帮扶人、志愿者名册) as it is brought in: each row somebody on the list, and in a team where the row names one.

Nobody is near children by a row: the query of records is recorded by somebody else, one by one.
"""

from datetime import date

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.calendar import today
from wanjia.registry.importing.brought import Import, writing
from wanjia.registry.workbooks.judging import AsSaid
from wanjia.registry.workbooks.kinds import NAME, PHONE, SEX
from wanjia.sheets.rules import IdenticalRow
from wanjia.sheets.template import SERIAL, SKIP, Column, Template
from wanjia.sheets.values import CHOICE, DATE, NUMBER, TEXT
from wanjia.sheets.words import ClosedList

from ..duties import Duty
from ..models import Helper, Team, TeamMember
from ..models.teams import MOST
from ..states import HelperKind, Language
from . import commands, queries, rules

KINDS = {"党员干部": HelperKind.CADRE, "教师": HelperKind.TEACHER, "退休干部": HelperKind.RETIRED, "志愿者": HelperKind.VOLUNTEER}
WORDS = ClosedList({"党员干部": "干部 党员 公务员 机关干部 帮扶干部", "教师": "老师", "退休干部": "老干部 退休 五老", "志愿者": "义工 社工 爱心人士"})
TONGUES = {"汉语": Language.MANDARIN, "彝语": Language.YI, "苗语": Language.MIAO, "手语": Language.SIGN}
SENTENCES = {
    "helper.unit": ("您的辖区里没有叫这个名字的单位。请写单位全称或者简称。", "No unit of this name lies in your area. Please write its full or short name."),
    "helper.team": ("这个单位没有叫这个名字的队伍。请先登记队伍,或者把这一格空着。", "The unit has no team of this name. Please register the team first, or leave the cell empty."),
    "helper.speaks": ("“{detail}”不在会说的语言里。可以写汉语、彝语、苗语、手语。", "“{detail}” is none of the languages: 汉语, 彝语, 苗语, 手语."),
    "helper.twice": ("表里前面已经有这个单位的同一个人,请只留一行。", "An earlier row names the same person of the same unit: please leave one."),
}  # fmt: skip

HELPERS = Template("helpers", (
    SERIAL,
    Column("单位", TEXT, ("工作单位", "所在单位", "主管单位", "单位名称"), required=True, longest=60),
    Column("姓名", NAME, ("帮扶人", "帮扶人姓名", "志愿者姓名", "队员姓名", "干部姓名"), required=True, identity=True, longest=60),
    Column("性别", SEX, ("男女",), required=True),
    Column("职务", SKIP, ("职务职级",)),
    Column("类别", CHOICE, ("帮扶人类别", "人员类别", "身份"), required=True, longest=20, words=WORDS),
    Column("会说", TEXT, ("语言", "会说的语言"), longest=40),
    Column("特长", TEXT, ("专长", "技能", "服务特长"), longest=60),
    Column("最多帮几个孩子", NUMBER, ("帮扶人数", "最多帮扶人数", "可帮扶人数"), high=MOST),
    Column("手机号", PHONE, ("手机", "电话", "联系电话", "手机号码", "联系方式")),
    Column("志愿者保险到期", DATE, ("保险到期", "保险有效期")),
    Column("队伍", TEXT, ("队伍名称", "志愿队", "所属队伍", "志愿服务队"), longest=60),
    Column("背景审查", SKIP, ("审查结果", "背景审查结果")),
    Column("备注", SKIP, ("备注说明", "说明")),
), (IdenticalRow, AsSaid), own=SENTENCES)  # fmt: skip


def _unit(by, name, day):
    """Return the unit of this full or short name in which somebody keeps helpers, or None: unknown, elsewhere, or more than one."""
    units = queries.units(None, by, day)
    rows = list(units.filter(name=name)[:2]) or list(units.filter(short_name=name)[:2])
    return rows[0] if len(rows) == 1 else None


def _tongues(text):
    words = [word for word in (text or "").replace(",", "、").replace(",", "、").split("、") if word]
    return [word for word in words if word in TONGUES], [word for word in words if word not in TONGUES]


def _team(unit, name):
    return Team.objects.filter(organisation=unit, name=name, to_on=None).first()


def look(actor, day):
    """Return (values, village code) → what stands against a row, for the judge."""
    seen = set()

    def against(values, _code):
        unit = _unit(actor, values["单位"], day)
        if unit is None:
            yield "helper.unit", "单位", ""
        elif values.get("队伍") and _team(unit, values["队伍"]) is None:
            yield "helper.team", "队伍", ""
        for word in _tongues(values.get("会说"))[1]:
            yield "helper.speaks", "会说", word
        key = (values["单位"], values["姓名"])
        if key in seen:
            yield "helper.twice", "姓名", ""
        seen.add(key)

    return against


def _known(by, said, at):
    unit = _unit(by, said["单位"], today(at))
    return unit, unit and Helper.objects.filter(organisation=unit, name=said["姓名"], to_on=None).first()


def _there(row, by, at):
    """Return (the unit that a row names or None, whether the list has its person, in the team that the row names)."""
    unit, one = _known(by, row.content, at)
    if unit is None:
        return None, False
    team = row.content.get("队伍")
    return unit, one is not None and (not team or TeamMember.objects.filter(helper=one, team__name=team, team__organisation=unit, to_on=None).exists())


def _take(row, by, at):
    said = row.content
    unit, one = _known(by, said, at)
    if one is None:
        until, most = said.get("志愿者保险到期"), said.get("最多帮几个孩子")
        one = commands.register_helper(
            organisation=unit, name=said["姓名"], kind=KINDS[said["类别"]], sex=said["性别"], speaks=[TONGUES[word] for word in _tongues(said.get("会说"))[0]],
            skills=said.get("特长") or "", capacity=int(most) if most else None, phone=said.get("手机号") or "", insured_until=date.fromisoformat(until) if until else None,
            by=by, at=at,
        )  # fmt: skip
    if said.get("队伍") and (team := _team(unit, said["队伍"])) and rules.can_keep_team(by, team):
        commands.join_team(team_id=team.pk, helper=one, by=by, at=at)


apply, tell = writing(_take, _there, ("helpers_new", "helpers_same", "helpers_gone"))

IMPORT = Import(
    HELPERS, _("帮扶人、志愿者名册"), apply, tell, look=look, quiet=frozenset({"helpers_same", "helpers_gone"}), duty=Duty.KEEP_HELPERS,
    counts={"helpers_new": _("新登记的人"), "helpers_same": _("已在名册上的人"), "helpers_gone": _("核对以后变了、不写入的行")},
)  # fmt: skip
