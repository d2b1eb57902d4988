"""The door of the XLSX reader: the zip directory is judged before a byte is inflated, and inflating is counted.

Defences after D. Fifield, "A better zip bomb" (WOOT 2019): overlapping entries, lying sizes, too many entries.
"""

import stat
import zipfile
import zlib

from .limits import Reject

SPREADSHEET = "xl/workbook.xml"
OUTSIDE = ("xl/externalLinks/", "xl/connections.xml", "xl/embeddings/", "xl/activeX/", "xl/ctrlProps/", "xl/queryTables/")


class Guarded:
    """A pre-scanned zip; parts are only read through a counter. Raises Reject, never lets zipfile's errors out."""

    def __init__(self, stream, limits, upload_suffix=""):
        self.limits, self.inflated = limits, 0
        try:
            self.zip = zipfile.ZipFile(stream)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, OverflowError, RecursionError):
            raise Reject("file.corrupt_zip") from None
        self.parts = {}
        infos = self.zip.infolist()
        if len(infos) > limits.zip_entries:
            raise Reject("file.zip_entries")
        for info in infos:
            self._check_entry(info)
        _no_overlap(infos)
        self._check_kind(upload_suffix)
        self._check_sizes()

    def _check_entry(self, info):
        name = info.filename.replace("\\", "/")  # some .NET exporters; Excel and WPS open their workbooks
        bad = name.startswith("/") or ":" in name or "\0" in (info.orig_filename or "") or ".." in name.split("/")
        if bad or stat.S_ISLNK(info.external_attr >> 16):
            raise Reject("file.zip_path")
        if info.flag_bits & 0x1:
            raise Reject("file.encrypted")
        if name.lower() in self.parts or info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Reject("file.corrupt_xlsx")
        self.parts[name.lower()] = info

    def _check_kind(self, suffix):
        names = set(self.parts)
        if "xl/vbaproject.bin" in names or any(n.endswith("vbaproject.bin") for n in names):
            raise Reject("file.macro")
        if "xl/workbook.bin" in names:
            raise Reject("file.old_format", "xlsb")
        if SPREADSHEET not in names and "mimetype" in names and "content.xml" in names:
            raise Reject("file.old_format", "OpenDocument")
        if SPREADSHEET not in names and suffix in ("xlsx", "xlsm", "xltx") and not names & {"word/document.xml", "ppt/presentation.xml"}:
            raise Reject("file.corrupt_xlsx")
        if SPREADSHEET not in names:
            raise Reject("file.not_spreadsheet", "zip")

    def _check_sizes(self):
        """Sheets with a wild ratio may still be read up to the row limit (`suspicious`); any other part may not have one."""
        total = 0
        for name, info in self.parts.items():
            total += info.file_size
            if self._wild(info) and not name.startswith("xl/worksheets/"):
                raise Reject("file.zip_ratio")
        if total > self.limits.inflated_mb << 20:
            raise Reject("file.zip_ratio")

    def _wild(self, info):
        return info.file_size > self.limits.ratio_floor_mb << 20 and info.file_size > self.limits.ratio * max(info.compress_size, 1)

    def suspicious(self, name):
        """Whether this part inflates beyond the allowed ratio."""
        return self._wild(self.parts[name.lower()])

    def has(self, name):
        return name.lower() in self.parts

    def pictures(self):
        """Whether pictures lie in the workbook: what they show is not read."""
        return any(n.startswith("xl/media/") or n == "xl/cellimages.xml" for n in self.parts)

    def outside(self):
        """Whether the workbook points or reaches outside itself."""
        return any(n.startswith(tuple(p.lower() for p in OUTSIDE)) for n in self.parts)

    def chunks(self, name, size=1 << 17):
        """Bytes of one part, inflated piece by piece. Reject on damage or on more bytes than the directory promised."""
        info = self.parts.get(name.lower())
        if info is None:
            raise Reject("file.corrupt_xlsx")
        seen = 0
        try:
            with self.zip.open(info) as part:
                while piece := part.read(size):
                    seen += len(piece)
                    self.inflated += len(piece)
                    if seen > info.file_size or self.inflated > 3 * self.limits.inflated_mb << 20:
                        raise Reject("file.zip_ratio")
                    yield piece
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError):
            raise Reject("file.corrupt_xlsx") from None

    def refuse_dtd(self):
        """Reject a DTD at the head of any XML part, also of the parts that are never parsed."""
        for name in self.parts:
            if name.endswith((".xml", ".rels", ".vml")):
                head = next(self.chunks(name, 4096), b"")
                if b"<!DOCTYPE" in head or b"<!ENTITY" in head or b"<\0!\0D\0O\0C" in head:
                    raise Reject("file.xml_dtd")


def _no_overlap(infos):
    """Entries must lie one behind the other: shared bytes are the mark of a bomb."""
    end = 0
    for info in sorted(infos, key=lambda i: i.header_offset):
        if info.header_offset < end:
            raise Reject("file.zip_ratio")
        end = info.header_offset + 30 + info.compress_size
