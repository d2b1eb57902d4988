"""The county's own list of areas, as a table: read it, compare it with what stands. Nothing is written here."""

import csv
import io
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from wanjia.sheets.reading import Rejection, read_file
from wanjia.sheets.table import shown
from wanjia.sheets.values import TEXT
from wanjia.verdict import Refused

from ..models import STEM_DIGITS, Area, Level
from . import names
from .columns import AREAS

COLUMNS = {
    "code": ("code12", "code", "区划代码", "统计用区划代码", "行政区划代码", "代码"),
    "name": ("name", "名称", "区划名称", "村(社区)", "村(居)名称"),
    "township": ("township", "乡镇(街道)", "乡镇", "所属乡镇"),
    "successor": ("successor", "继任代码", "变更后代码", "并入代码"),
    "urban_rural": ("urban_rural", "城乡分类", "城乡分类代码"),
}


@dataclass(frozen=True)
class Listed:
    """One area as the list gives it. successor: codes that follow it; a line with successors is an area that has ended."""

    code: str
    name: str
    level: str
    parent: str | None
    urban_rural: str = ""
    successor: tuple[str, ...] = ()


@dataclass
class Differences:
    """What a list would change."""

    new: list = field(default_factory=list)  # Listed
    renamed: list = field(default_factory=list)  # (Area, new name)
    ended: list = field(default_factory=list)  # (Area, successor codes)
    missing: list = field(default_factory=list)  # Area: stands, but the list does not name it and names no successor
    unchanged: int = 0

    def __bool__(self):
        return bool(self.new or self.renamed or self.ended)


def text_of(data, name):
    """Return the list in a file (.xlsx, or a text table of any encoding) as CSV text: read, like every upload, in a child with limits."""
    sheet = read_file(data, name, AREAS)
    if isinstance(sheet, Rejection):
        raise Refused(sheet.sentence())
    columns = [column.name for column in AREAS.columns if column.kind is TEXT]
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(columns)
    table.writerows([shown(values.get(name) or "") for name in columns] for _row, values, _faults in sheet)
    return out.getvalue()


def read(text):
    """Read a list given as CSV or as lines pasted from a sheet (tabs); return {code: Listed} with the areas above added.

    Raises Refused with the line and what is wrong.
    """
    lines = text.strip().splitlines()
    if not lines:
        raise Refused(_("名单是空的。请粘贴带表头的区划名单。"))
    rows = csv.reader(io.StringIO("\n".join(lines)), delimiter="\t" if "\t" in lines[0] else ",")
    place = _columns(next(rows))
    listed = {}
    for number, row in enumerate(rows, start=2):
        cell = {name: row[at].strip() if at < len(row) else "" for name, at in place.items()}
        if any(cell.values()):
            _add(listed, cell, number)
    return listed


def _columns(header):
    spelled = [names.canonical(title) for title in header]
    place = {name: spelled.index(title) for name, titles in COLUMNS.items() for title in reversed(titles) if title in spelled}
    for name, said in (("code", _("区划代码")), ("name", _("名称"))):
        if name not in place:
            raise Refused(_("名单里找不到“%(column)s”这一列,请在第一行写上列名。") % {"column": said})
    return place


def _add(listed, cell, number):
    code, level = cell["code"], level_of(cell["code"])
    if level is None:
        raise Refused(_("第 %(row)s 行的区划代码“%(code)s”不对:应为 12 位数字(村民小组 15 位)。") % {"row": number, "code": code})
    if not cell["name"]:
        raise Refused(_("第 %(row)s 行没有名称。") % {"row": number})
    if code in listed and listed[code].name != cell["name"]:
        raise Refused(_("第 %(row)s 行的区划代码“%(code)s”在名单里出现了两次。") % {"row": number, "code": code})
    heirs = tuple(part for part in cell.get("successor", "").replace("、", ";").split(";") if part)
    listed[code] = Listed(code, cell["name"], level, parent_of(code, level), cell.get("urban_rural", ""), heirs)
    _add_above(listed, listed[code], cell.get("township", ""))


def _add_above(listed, area, township):
    """Add the township of a village when the list names it in a column and not in a line of its own."""
    code = area.parent
    if area.level == Level.VILLAGE and township and code not in listed:
        listed[code] = Listed(code, township, Level.TOWNSHIP, parent_of(code, Level.TOWNSHIP))


def level_of(code):
    """Return the level of a code by its trailing zeros, or None for a code that cannot be."""
    if not (code.isascii() and code.isdigit() and len(code) in (12, 15)):
        return None
    if len(code) == 15:
        return Level.GROUP
    for level in (Level.CITY, Level.COUNTY, Level.TOWNSHIP):
        if int(code[STEM_DIGITS[level] :]) == 0:
            return level
    return Level.VILLAGE


def parent_of(code, level):
    """Return the code one level up, or None above a city."""
    order = list(STEM_DIGITS)
    if level == order[0]:
        return None
    digits = STEM_DIGITS[order[order.index(level) - 1]]
    return code[:digits].ljust(12, "0")


def compare(listed, within):
    """Return the Differences between a list and the living areas below `within` (an Area, or None: everything)."""
    standing = Area.objects.filter(to_on=None)
    if within is not None:
        standing = standing.filter(code__startswith=within.stem)
    standing = {area.code: area for area in standing}
    found = Differences()
    for code, line in listed.items():
        area = standing.pop(code, None)
        if line.successor:
            found.ended += [(area, line.successor)] if area else []
        elif area is None:
            found.new.append(line)
        elif area.name != line.name:
            found.renamed.append((area, line.name))
        else:
            found.unchanged += 1
    levels = {line.level for line in listed.values()}
    found.missing = [area for area in standing.values() if area.level in levels]
    return found
