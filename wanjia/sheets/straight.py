"""Rows of nothing but plain cells, read without a parser's events: a workbook of a hundred thousand rows has eleven million of those.

The parser still sees every byte that is not such a row, in order, and alone decides what is damage: what stands here in a row is told by two patterns that
understand a small part of XML (ECMA-376 part 1, 18.3.1.4 and 18.3.1.73) and nothing beside it. Whatever they do not understand whole, a formula, an entity, a run
of rich text, a cell out of its order, goes to the parser as it lies. What makes it uncertain whether the next row is one at all (a comment, a section of
bare text, another element between the rows) sends all the rest there.
"""

import re

OPENING = b"<sheetData>"
LONGEST_HEAD, LONGEST_ROW = 1 << 20, 1 << 22  # bytes; what is longer is the parser's
UTF8 = re.compile(rb'(?:\xef\xbb\xbf)?\s*(?:<\?xml version="1\.[0-9]"(?: encoding="(?:UTF|utf)-8")?(?: standalone="(?:yes|no)")?\s*\?>)?[^?!]*')
ROW = re.compile(r'\s*<row((?: [A-Za-z_:][\w:.-]*="[^"<&]*")*)\s*>', re.ASCII)
ATTRIBUTE = re.compile(r' ([A-Za-z_:][\w:.-]*)="([^"<&]*)"', re.ASCII)
CELL = re.compile(
    r'<c(?: r="([A-Z]+)(\d+)")?(?: s="(\d+)")?(?: t="(\w+)")?(?:/>|>(?:<v>([^<&]*)</v>|<is><t(?: xml:space="preserve")?>([^<&]*)</t></is>)?</c>)\s*', re.ASCII
)
NO_TEXT = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")  # no XML at all, or an end of line that a parser rewrites
UNSURE = re.compile(rb"<[!?]")


def past_plain_rows(chunks, reader):
    """Yield of the bytes of a sheet what the parser must see, and hand the plain rows between to `reader` (cells.SheetReader) in their place."""
    chunks = iter(chunks)
    buffer = yield from _head(chunks)
    pos, more = 0, reader.saw_data
    while more:
        end = buffer.find(b"</row>", pos) + 6
        if end < 6:
            chunk = next(chunks, b"")
            buffer, pos = buffer[pos:] + chunk, 0
            more = chunk and len(buffer) < LONGEST_ROW
        elif not _taken(piece := buffer[pos:end], reader):
            more = _one_row(piece)
            yield piece
            pos = end
        else:
            pos = end
    yield buffer[pos:]
    yield from chunks


def _head(chunks):
    """Yield all up to the first row; return the bytes behind it. Where that place is not certain, all is yielded as it comes."""
    head = b""
    for chunk in chunks:
        head += chunk
        at = head.find(OPENING)
        if at >= 0 and UTF8.fullmatch(head, 0, at):
            yield head[: at + len(OPENING)]
            return head[at + len(OPENING) :]
        if at >= 0 or len(head) > LONGEST_HEAD:
            break
    yield head
    yield from chunks
    return b""


def _one_row(piece):
    """Whether the bytes up to an end of row are one row: after them the parser stands between two rows again, or has found damage."""
    return not UNSURE.search(piece) and piece.lstrip().startswith(b"<row") and piece.count(b"<row") == 1


def _taken(piece, reader):
    """Hand one row to the reader; False, and nothing is handed, when it is not plain."""
    try:
        text = piece.decode()
    except UnicodeDecodeError:
        return False
    opened = ROW.match(text)
    if not opened or "]]>" in text or (not text.isprintable() and NO_TEXT.search(text)):
        return False
    attributes = ATTRIBUTE.findall(opened[1])
    named = dict(attributes)
    return len(named) == len(attributes) and reader.plain_row(named, text, opened.end())
