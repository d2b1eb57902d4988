"""What the pages of a file show: how far it is, what was said of which row, the copy of refused rows."""

import codecs
import csv
from itertools import islice

from django.http import StreamingHttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from wanjia.doors.sending import attached
from wanjia.sheets.codes import sentence

from ..workbook import LABOURERS
from . import sealed

DOING = {"cut": _("正在读文件"), "waits": _("另一份名册正在装载,排队等它"), "judged": _("正在核对每一行"), "written": _("正在写入"), "ready": _("正在重建索引")}
COUNTS = {
    "people": _("新登记的人"), "homes": _("新登记的户"), "spells": _("务工经历"), "statuses": _("户的身份"), "same": _("和上次一样,没有写"), "changed": _("更新的人"), "entered": _("户册里已有、新列入名册的人"),
    "other_name": _("号码相同、姓名不同,要人工核对"), "elsewhere": _("由别处保管档案,没有改"), "older_spell": _("名册比系统里的旧,没有改"), "died": _("已登记死亡,没有列入"), "two_homes": _("已在另一户,没有移动"),
    "mark_stands": _("户的身份还在,名册里没有"),
}  # fmt: skip


def said(roll):
    """Return [(sentence, rows)] of what was found, the most frequent first."""
    lang = "en" if (get_language() or "").startswith("en") else "zh"
    return [(sentence(code, lang, "…", LABOURERS.sentences), code, n) for code, n in sorted(roll.findings.items(), key=lambda one: -one[1])]


def counted(roll):
    """Return [(words, n)] of what was written."""
    return [(words, roll.counts[name]) for name, words in COUNTS.items() if roll.counts.get(name)]


class Refused:
    """The refused rows as a list that is paged: their number in the file and what was said; no cell of theirs is shown. A page opens no part behind it."""

    def __init__(self, roll):
        self.roll = roll

    def __len__(self):
        return self.roll.rows_refused if self.roll.parts.filter(kind="report").exists() else 0

    def __getitem__(self, cut):
        heads = 1
        return [tuple(row[:2]) for row in islice(csv.reader(_lines(sealed.pieces(self.roll, "report"))), heads + cut.start, heads + cut.stop)]


def _lines(pieces):
    """Yield the lines of a text that comes in pieces of bytes, each with its end."""
    decode, rest = codecs.getincrementaldecoder("utf-8-sig")().decode, ""
    for piece in pieces:
        *whole, rest = (rest + decode(piece)).split("\n")
        yield from (line + "\n" for line in whole)
    if rest:
        yield rest


def report(_request, _row, roll):
    """The refused rows as they stood, with a sentence on each."""
    stem = roll.file_name.rsplit(".", 1)[0]
    return attached(StreamingHttpResponse(sealed.pieces(roll, "report"), content_type="text/csv; charset=utf-8"), f"{stem}-退回.csv")


