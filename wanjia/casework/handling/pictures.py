"""What a picture says besides what it shows is taken away: where and when it was made, by which device, its small copies.

A JPEG is a row of segments (ITU-T T.81, annex B), a PNG of chunks (ISO/IEC 15948, 5.3). Kept are those that are needed to draw the
picture; every other goes, known or not, and so does whatever stands behind its end (a phone puts a film or a second picture there).
The picture itself stays bit for bit: nothing is compressed anew. Which side is up is told anew, alone, in a segment of our own.
A picture that lies in a Word or Excel file loses the same, and one in a file within it; a file that holds pictures of other kinds, which say where
they were made as well (TIFF, HEIC, WebP), or an embedded object that nobody can look into (OLE), is refused. One in a PDF does not, for there it is part of the page's own program.
"""

import io
import struct
import zipfile
import zlib

SOI, EOI, SOS = 0xD8, 0xD9, 0xDA
BARE = {0x01, *range(0xD0, 0xD8)}  # markers without a length
FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
DRAWING = FRAMES | {0xC4, 0xCC, *range(0xDA, 0xE0)}  # tables, scans, their lengths: T.81, table B.1
ADOBE, PROFILE = 0xEE, 0xE2  # how the colours are meant
ORIENTATION = 0x0112
PNG = b"\x89PNG\r\n\x1a\n"
OFFICE = "application/vnd.openxmlformats-officedocument"
PICTURES = {b"\xff\xd8\xff": "image/jpeg", b"\x89PNG": "image/png"}  # by the first bytes: a picture lies there under any name
FOREIGN = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")  # TIFF, its large kind, OLE
DEEPEST = 2  # files within files
UNPACKED = 64 * 1024 * 1024  # bytes of an office file with everything in it: a bomb is no evidence
DRAWN = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"bKGD", b"pHYs"}


class Broken(ValueError):
    """The bytes are no whole picture or file: what they hold besides cannot be told."""


class Bearing(Broken):
    """The file holds a picture or an object of a kind that is not bared here: it may say where it was made."""


def bared(body, media_type):
    """Return the bytes of a picture without anything that is not drawn, an office file with its pictures so; a PDF as it is. Raises Broken."""
    ways = {"image/jpeg": _jpeg, "image/png": _png, OFFICE: _office}
    return ways[media_type](body) if media_type in ways else body


def _office(body, depth=0):
    """Return the file with each picture in it bared; nothing else in it changes."""
    out = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as file, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
            if sum(one.file_size for one in file.infolist()) > UNPACKED:
                raise Broken
            for one in file.infolist():
                made.writestr(one, _part(file.read(one), depth))
    except Broken:
        raise
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError) as error:
        raise Broken from error
    return out.getvalue()


def _part(part, depth):
    """Return one part of an office file bared: a picture, a file within the file; anything else as it is. Raises Bearing, Broken."""
    if part.startswith(FOREIGN) or part[4:8] == b"ftyp" or (part.startswith(b"RIFF") and part[8:12] == b"WEBP"):
        raise Bearing
    if part.startswith(b"PK\x03\x04"):
        if depth >= DEEPEST:
            raise Bearing
        return _office(part, depth + 1)
    kind = next((kind for head, kind in PICTURES.items() if part.startswith(head)), None)
    return bared(part, kind) if kind else part


def _jpeg(body):
    kept, turned, at, drawn = [], 0, 2, set()
    while True:
        marker, at = _marker(body, at)
        drawn.add(marker)
        if marker == EOI:
            if SOS not in drawn or drawn.isdisjoint(FRAMES):  # nothing to be seen: what it holds besides is no picture's
                raise Broken
            head = b"\xff\xd8" + (_upright(turned) if turned > 1 else b"")
            return head + b"".join(kept) + b"\xff\xd9"
        if marker in BARE:
            kept.append(bytes((0xFF, marker)))
            continue
        end = at + _number(body, at, ">H")
        if end > len(body) or end < at + 2:
            raise Broken
        segment, at = body[at + 2 : end], end
        if marker == 0xE1 and segment.startswith(b"Exif\0\0"):
            turned = _orientation(segment[6:]) or turned
        if _is_drawn(marker, segment):
            kept.append(body[end - len(segment) - 4 : end])
        if marker == SOS:
            end = _scan_end(body, at)
            kept.append(body[at:end])
            at = end


def _is_drawn(marker, segment):
    """Tell whether a segment is needed to draw the picture: an application's only where it says how its colours are meant."""
    if marker == PROFILE:
        return segment.startswith(b"ICC_PROFILE\0")
    if marker == ADOBE:
        return segment.startswith(b"Adobe") and len(segment) == 12
    return marker in DRAWING


def _marker(body, at):
    """Return (marker, where what follows it begins); fill bytes are skipped."""
    if body[at : at + 1] != b"\xff":
        raise Broken
    while body[at : at + 1] == b"\xff":
        at += 1
    if at >= len(body) or body[at] in (0, SOI):
        raise Broken
    return body[at], at + 1


def _scan_end(body, at):
    """Return where the compressed rows end: at the first marker that is neither a stuffed byte nor a restart."""
    while True:
        at = body.find(b"\xff", at)
        if at < 0 or at + 1 >= len(body):
            raise Broken
        following = body[at + 1]
        if following == 0xFF:
            at += 1
        elif following == 0 or following in BARE:
            at += 2
        else:
            return at


def _orientation(tiff):
    """Return which side is up (1 to 8) as the camera's own segment says it, 0 where it does not."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None:
        return 0
    try:
        first = _number(tiff, 4, order + "I")
        for one in range(_number(tiff, first, order + "H")):
            tag, _kind, _count, value = struct.unpack_from(order + "HHIH", tiff, first + 2 + 12 * one)
            if tag == ORIENTATION:
                return value if 1 <= value <= 8 else 0
    except (struct.error, Broken):
        return 0
    return 0


def _upright(turned):
    """Return a segment that says which side is up, and nothing else."""
    tiff = b"MM\0*" + struct.pack(">IH", 8, 1) + struct.pack(">HHIHH", ORIENTATION, 3, 1, turned, 0) + b"\0\0\0\0"
    said = b"Exif\0\0" + tiff
    return b"\xff\xe1" + struct.pack(">H", len(said) + 2) + said


def _png(body):
    if not body.startswith(PNG):
        raise Broken
    kept, at = [PNG], len(PNG)
    while True:
        end = at + 12 + _number(body, at, ">I")
        chunk, name = body[at:end], body[at + 4 : at + 8]
        if end > len(body) or zlib.crc32(chunk[4:-4]) != _number(body, end - 4, ">I"):
            raise Broken
        if name in DRAWN:
            kept.append(_colours(chunk) if name == b"iCCP" else chunk)
        if name == b"IEND":
            return b"".join(kept)
        at = end


def _colours(chunk):
    """Return the colour profile's chunk without the name that somebody gave it."""
    _name, zero, profile = chunk[8:-4].partition(b"\0")
    if not zero:
        raise Broken
    said = b"iCCPicc\0" + profile
    return struct.pack(">I", len(said) - 4) + said + struct.pack(">I", zlib.crc32(said))


def _number(body, at, kind):
    try:
        return struct.unpack_from(kind, body, at)[0]
    except struct.error as error:
        raise Broken from error
