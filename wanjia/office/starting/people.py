"""The office's own workbook (区划, 单位, 人员岗位): read it, judge every row, say in words what is wrong. Nothing is written here."""

import html
import io
import re
import zipfile
import zlib
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from wanjia.orgs.accounts import rules as account_rules
from wanjia.orgs.accounts.commands import USERNAME
from wanjia.orgs.areas.columns import AREAS
from wanjia.orgs.areas.names import canonical
from wanjia.orgs.areas.queries import find_area
from wanjia.orgs.models import Area, Line, Organisation, Post, Tier, User
from wanjia.orgs.roles import EXCLUSIVE, Role
from wanjia.registry.workbooks.world import World
from wanjia.sheets.judge import judge as judge_sheet
from wanjia.sheets.reading import Rejection, read_file

from .columns import STAFF, UNITS

SHEETS = {"区划": AREAS, "单位": UNITS, "人员岗位": STAFF}
TIERS = {**{label: value for value, label in Tier.choices}, "县级": Tier.COUNTY, "县": Tier.COUNTY, "乡镇": Tier.TOWNSHIP,
         "乡": Tier.TOWNSHIP, "镇": Tier.TOWNSHIP, "街道": Tier.TOWNSHIP, "村": Tier.VILLAGE, "社区": Tier.VILLAGE}  # fmt: skip
LINES = {label: value for value, label in Line.choices} | {"": Line.NONE}
ROLES = {label: value for value, label in Role.choices}


@dataclass(frozen=True)
class UnitRow:
    """One unit of the workbook, in our terms."""

    row: int
    name: str
    short: str
    tier: str
    line: str
    area: str
    parent: str


@dataclass(frozen=True)
class PersonRow:
    """One person in one post, in our terms."""

    row: int
    username: str
    name: str
    phone: str
    unit: str
    role: str
    title: str
    area: str


@dataclass(frozen=True)
class Fault:
    """What keeps the workbook from coming in. column may be ""."""

    sheet: str
    row: int
    column: str
    words: str

    def __str__(self):
        place = _("“%(sheet)s”第 %(row)s 行") % {"sheet": self.sheet, "row": self.row} if self.row else f"“{self.sheet}”"
        return f"{place}{f'“{self.column}”' if self.column else ''}:{self.words}"


@dataclass
class Roster:
    """What a workbook would bring in: rows in our terms, and every fault. `bring_people` takes it only without faults."""

    areas: list = field(default_factory=list)  # (code, name, township)
    units: list = field(default_factory=list)
    people: list = field(default_factory=list)
    faults: list = field(default_factory=list)
    left: list = field(default_factory=list)  # names of units that stand and that the sheet of units does not name: they stay as they are

    def __str__(self):
        return repr((self.areas, self.units, self.people))

    def area_list(self):
        """Return the areas as the text that `load_areas` reads."""
        return "区划代码,名称,乡镇(街道)\n" + "".join(f"{code},{name},{township}\n" for code, name, township in self.areas)


def sheet_names(data):
    """Return the names of a workbook's sheets; empty for what is no workbook. The reader itself judges whether the file is safe."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package, package.open("xl/workbook.xml") as part:
            listed = part.read(1_000_000).decode("utf-8", "ignore")
    except (zipfile.BadZipFile, KeyError, OSError, RuntimeError, NotImplementedError, zlib.error):
        return set()
    return {html.unescape(name) for name in re.findall(r'<(?:\w+:)?sheet\b[^>]*?\bname="([^"]*)"', listed)}


def unit_named(name):
    """Return the unit of this name or short name, or None when none or several have it."""
    name = canonical(name)
    for lookup in ("name", "short_name", "aliases__name"):
        found = list(Organisation.objects.filter(to_on=None, **{lookup: name}).distinct()[:2])
        if found:
            return found[0] if len(found) == 1 else None
    return None


def _listed(choices):
    return "、".join(str(label) for label in choices.labels if label)


def judge(data, upload_name, *, today):
    """Judge a workbook against what stands; return a Roster. today: the day against which dates are judged."""
    return _Judge(data, upload_name, today).judge()


class _Judge:
    def __init__(self, data, upload_name, today):
        self.data, self.name, self.today = data, upload_name, today
        self.roster, self.units, self.areas, self.taken, self.roles, self.placed = Roster(), {}, {}, {}, {}, {}

    def judge(self):
        names, read = sheet_names(self.data), 0
        if not names and isinstance(told := read_file(self.data, self.name, SHEETS["人员岗位"]), Rejection):  # no workbook of ours: what is it?
            self.fault("人员岗位", 0, "", told.sentence())
        elif not names & set(SHEETS):
            self.fault("人员岗位", 0, "", _("工作簿里没有“单位”或“人员岗位”这样的工作表,请用 wanjia people template 写出的空白工作簿来填。"))
        for sheet, take in (("区划", self.area), ("单位", self.unit), ("人员岗位", self.person)):
            if sheet not in names:
                continue
            for number, values in self.rows(sheet):
                read += 1
                take(number, {name: (value or "").strip() for name, value in values.items()})
        if not read and not self.roster.faults:
            self.fault("人员岗位", 0, "", _("工作簿里一行也没有填。请在“单位”和“人员岗位”两张表里从第 2 行填起,保存后再导入。"))
        if self.units:
            standing = Organisation.objects.filter(to_on=None).exclude(name__in=self.units).exclude(short_name__in=self.units)
            self.roster.left = list(standing.exclude(aliases__name__in=self.units).order_by("area_id", "name").values_list("name", flat=True))
        return self.roster

    def fault(self, sheet, row, column, words):
        self.roster.faults.append(Fault(sheet, row, column, words))

    def rows(self, sheet):
        """Yield (row number, values) of a sheet; what the reader itself refuses becomes a fault. A sheet may be absent."""
        read = read_file(self.data, self.name, SHEETS[sheet], sheet=sheet)
        if isinstance(read, Rejection):
            if read.code not in ("file.no_rows", "file.sheet_ambiguous", "file.empty"):
                self.fault(sheet, 0, "", read.sentence())
            return
        if read.name != sheet:
            return
        report = judge_sheet(read, SHEETS[sheet], World(today=self.today), keep=True)
        for finding in report.findings:
            if not finding.code.startswith("warn."):
                self.fault(sheet, finding.row, finding.column, finding.sentence(sentences=report.sentences).split(":", 1)[-1])
        for row in report.accepted:
            yield row.number, row.values

    def area(self, number, cell):
        self.areas[canonical(cell["名称"])] = cell["区划代码"]
        self.roster.areas.append((cell["区划代码"], cell["名称"], cell.get("乡镇(街道)", "")))

    def area_code(self, sheet, number, column, text):
        """Return the code that a cell means, by code or by name; "" after a fault."""
        text = canonical(text)
        code = text.ljust(12, "0") if text.isascii() and text.isdigit() else self.areas.get(text, "")
        if code and (code in self.areas.values() or Area.objects.filter(pk=code, to_on=None).exists()):
            return code
        found = find_area(text) if text else None
        if found:
            return found.area.code
        several = _("有几个地方都叫“%(name)s”,请改写区划代码。") if found is not None and found.candidates else _("区划里没有“%(name)s”,请核对名称或改写区划代码。")
        self.fault(sheet, number, column, several % {"name": text})
        return ""

    def unit(self, number, cell):
        name, tier, line = canonical(cell["单位名称"]), TIERS.get(cell["层级"]), LINES.get(cell.get("条线") or "")
        if tier is None:
            self.fault("单位", number, "层级", _("没有“%(said)s”这个层级,可写:%(all)s。") % {"said": cell["层级"], "all": _listed(Tier)})
        if line is None:
            self.fault("单位", number, "条线", _("没有“%(said)s”这个条线,可写:%(all)s。") % {"said": cell["条线"], "all": _listed(Line)})
        if name in self.units:
            self.fault("单位", number, "单位名称", _("“%(name)s”在名单里出现了两次(第 %(row)s 行)。") % {"name": name, "row": self.units[name].row})
        parent = canonical(cell.get("上级单位"))
        if parent and parent not in self.units and unit_named(parent) is None:
            self.fault("单位", number, "上级单位", _("找不到“%(name)s”,请写全称,并把它排在下级单位前面。") % {"name": parent})
        area = self.area_code("单位", number, "所在区划", cell["所在区划"])
        row = UnitRow(number, name, canonical(cell.get("简称")), tier or "", line or "", area, parent)
        self.units[name] = row
        self.roster.units.append(row)

    def person(self, number, cell):
        unit = canonical(cell["所在单位"])
        standing = None if unit in self.units else unit_named(unit)
        if unit not in self.units and standing is None:
            self.fault("人员岗位", number, "所在单位", _("找不到“%(name)s”。请写单位全称,或先在“单位”表里添上它。") % {"name": unit})
        role = ROLES.get(cell["角色"])
        if role is None:
            self.fault("人员岗位", number, "角色", _("没有“%(said)s”这个角色,可写:%(all)s。") % {"said": cell["角色"], "all": _listed(Role)})
        self.fits(number, role, self.units.get(unit) or standing, unit)
        username = self.username(number, cell)
        self.together(number, username, role)
        area = self.area_code("人员岗位", number, "责任区", cell["责任区"]) if cell.get("责任区") else ""
        self.roster.people.append(PersonRow(number, username, cell["姓名"], cell.get("手机号") or "", unit, role or "", cell.get("职务") or "", area))

    def fits(self, number, role, unit, name):
        """Fault a role that cannot stand in a unit of this tier."""
        if role and unit and unit.tier and unit.tier not in account_rules.TIERS.get(Role(role), set(Tier)):
            self.fault("人员岗位", number, "角色", _("“%(role)s”不能设在“%(unit)s”这一层级。") % {"role": Role(role).label, "unit": name})

    def username(self, number, cell):
        """Return the account: as written, or the name's pinyin, with a number when somebody else has it; the same name in the same unit is the same person."""
        from pypinyin import lazy_pinyin  # when somebody is named: `registry.names`

        said, name = cell.get("账号", "").lower(), cell["姓名"]
        if said and not USERNAME.fullmatch(said):
            self.fault("人员岗位", number, "账号", _("账号用小写字母开头,可含数字、点、横线,2 到 40 位。"))
        if said:
            standing = User.objects.filter(username=said).first()
            other = self.taken.get(said) or (standing and standing.name) or name
            if other != name:
                self.fault("人员岗位", number, "账号", _("账号“%(name)s”已经是%(who)s的,请换一个。") % {"name": said, "who": other})
            self.taken.setdefault(said, name)
            return said
        unit = canonical(cell["所在单位"])
        if known := self.placed.get((name, unit)) or self.holder(name, unit):
            self.placed[name, unit] = known
            return known
        stem = "".join(lazy_pinyin(name, errors="ignore"))[:30] or "user"
        spelt = (stem + (str(turn) if turn else "") for turn in (0, *range(2, 1000)))
        free = next(one for one in spelt if len(one) > 1 and one not in self.taken and not User.objects.filter(username=one).exists())
        self.taken[free], self.placed[name, unit] = name, free
        return free

    @staticmethod
    def holder(name, unit):
        """Return the account of the one person of this name who holds a post in this unit already, or ""."""
        found = list(User.objects.filter(name=name, posts__organisation__name=unit, posts__to_on=None).distinct()[:2])
        return found[0].username if len(found) == 1 else ""

    def together(self, number, username, role):
        """Fault two roles that one person may not hold together."""
        held = self.roles.setdefault(username, set(Post.objects.filter(user__username=username, to_on=None).values_list("role", flat=True)))
        for other in held:
            if role and {other, role} in EXCLUSIVE:
                words = {"one": Role(other).label, "other": Role(role).label}
                self.fault("人员岗位", number, "角色", _("“%(one)s”与“%(other)s”不能由同一人担任,请另选一人。") % words)
        if role:
            held.add(role)
