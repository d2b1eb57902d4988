"""The parts of an XLSX around the cells: sheet list, date system, date styles, shared strings. Expat only, DTD refused.

Source: ECMA-376 part 1 (SpreadsheetML). Strict (ISO) files differ in namespaces only, so names are compared without them.
"""

import posixpath
import re
from array import array
from dataclasses import dataclass
from xml.parsers import expat

from .formats import BUILTIN, Styles
from .limits import Reject

DEEPEST = 64  # elements within elements; real sheets need nine
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True)
class SheetPart:
    """One sheet of the workbook: name on the tab, state (visible, hidden, veryHidden) and the part that holds it."""

    name: str
    state: str
    part: str


def parse(chunks, start, end=None, text=None):
    """Feed the chunks to expat. start(name, attrs), end(name), text(data); names without prefix. Reject on any fault."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    depth = 0

    def starting(name, attrs):
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise Reject("file.corrupt_xlsx")
        start(name if ":" not in name else name.rpartition(":")[2], attrs)

    def ending(name):
        nonlocal depth
        depth -= 1
        if end:
            end(name if ":" not in name else name.rpartition(":")[2])

    def refuse(*_):
        raise Reject("file.xml_dtd")

    parser.StartElementHandler, parser.EndElementHandler = starting, ending
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = parser.ExternalEntityRefHandler = refuse
    if text:
        parser.CharacterDataHandler = text
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError, KeyError, IndexError, LookupError):
        raise Reject("file.corrupt_xlsx") from None


def unescape(text):
    """Undo `_x000D_` escapes (ECMA-376 22.9.2.19), so that hidden control characters are judged like any other."""
    return ESCAPED.sub(lambda m: chr(int(m[1], 16)), text) if "_x" in text else text


def relations(zip_, owner):
    """{id: part} of a part's internal relations; outside targets are left out."""
    name = posixpath.join(posixpath.dirname(owner), "_rels", posixpath.basename(owner) + ".rels")
    found = {}

    def start(tag, attrs):
        if tag == "Relationship" and attrs.get("TargetMode") != "External":
            target = attrs["Target"].replace("\\", "/")  # some .NET exporters
            path = target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(posixpath.dirname(owner), target))
            found[attrs["Id"]] = (attrs.get("Type", "").rsplit("/", 1)[-1], path)

    parse(zip_.chunks(name), start)
    return found


def workbook(zip_):
    """(sheets in tab order, whether dates count from 1904, {kind: part}) of xl/workbook.xml."""
    owner = "xl/workbook.xml"
    links, sheets, epoch = relations(zip_, owner), [], []

    def start(tag, attrs):
        if tag == "workbookPr" and attrs.get("date1904") in ("1", "true"):
            epoch.append(True)
        if tag == "sheet":
            link = next((v for k, v in attrs.items() if k.rpartition(":")[2] == "id" and ":" in k), None)
            kind, part = links[link]
            if kind == "worksheet":
                sheets.append(SheetPart(attrs["name"], attrs.get("state", "visible"), part))

    parse(zip_.chunks(owner), start)
    if not sheets or any(not zip_.has(s.part) for s in sheets):
        raise Reject("file.corrupt_xlsx")
    return sheets, bool(epoch), dict(links.values())


def refuse_macros(zip_):
    """Reject a package whose own content types speak of macros, whatever the parts are called."""
    def start(_tag, attrs):
        kind = attrs.get("ContentType", "").lower()
        if "macroenabled" in kind or "vbaproject" in kind:
            raise Reject("file.macro")

    if zip_.has("[Content_Types].xml"):
        parse(zip_.chunks("[Content_Types].xml"), start)


def styles_of(zip_, part, epoch1904):
    """The formats.Styles of the workbook's cells."""
    if not part or not zip_.has(part):
        return Styles((), epoch1904)
    custom, formats, inside = {}, [], []

    def start(tag, attrs):
        if tag == "numFmt":
            custom[int(attrs["numFmtId"])] = attrs.get("formatCode", "")
        elif tag == "cellXfs":
            inside.append(True)
        elif tag == "xf" and inside:
            formats.append(int(attrs.get("numFmtId", 0)))

    def end(tag):
        if tag == "cellXfs":
            inside.clear()

    parse(zip_.chunks(part), start, end)
    return Styles([custom.get(number) or BUILTIN.get(number, "") for number in formats], epoch1904)


class SharedStrings:
    """The shared strings as one block of UTF-8 and an index: 2.4 million of them cost their bytes, not 2.4 million objects."""

    def __init__(self, zip_, part):
        self.block, self.ends = bytearray(), array("Q")
        if part:
            pieces, state = [], {"t": False, "phonetic": 0}
            parse(zip_.chunks(part), *_string_handlers(pieces, state, self._add))

    def _add(self, text):
        self.block += unescape(text).encode("utf-8", "surrogatepass")
        self.ends.append(len(self.block))

    def __getitem__(self, index):
        if index < 0:
            raise IndexError(index)
        return self.block[self.ends[index - 1] if index else 0 : self.ends[index]].decode("utf-8", "surrogatepass")


def _string_handlers(pieces, state, add):
    """Handlers that join the runs of one `si`, leaving out phonetic guides (rPh)."""
    def start(tag, _attrs):
        if tag == "si":
            pieces.clear()
        elif tag == "rPh":
            state["phonetic"] += 1
        elif tag == "t":
            state["t"] = not state["phonetic"]

    def end(tag):
        if tag == "si":
            add("".join(pieces))
        elif tag == "rPh":
            state["phonetic"] -= 1
        elif tag == "t":
            state["t"] = False

    def text(data):
        if state["t"]:
            pieces.append(data)

    return start, end, text
