"""Bodies of forms as no browser sends them: broken boundaries, fields twice, files where words belong and words where files do."""

import io

BOUNDARY = "----wanjia"
TYPE = f"multipart/form-data; boundary={BOUNDARY}"
MANY = 1500  # more fields than Django takes


def _part(name, value, *, file=None, kind=None):
    shown = f'Content-Disposition: form-data; name="{name}"' + (f'; filename="{file}"' if file is not None else "")
    head = shown + (f"\r\nContent-Type: {kind}" if kind else "")
    return f"--{BOUNDARY}\r\n{head}\r\n\r\n".encode("utf-8", "surrogatepass") + value + b"\r\n"


def parts(fields, files):
    """Return the parts of an honest body: {name: text bytes}, {name: (file name, bytes)}."""
    return [_part(name, value) for name, value in fields.items()] + [_part(name, body, file=file) for name, (file, body) in files.items()]


def _end(made):
    return b"".join(made) + f"--{BOUNDARY}--\r\n".encode()


def twice(fields, files, _dice):
    """Every field and file twice, the second time with another's value."""
    values = list(fields.values()) or [b"x"]
    return _end(parts(fields, files) + [_part(name, values[-1]) for name in fields] + [_part(name, b"2", file="2.csv") for name in files]), TYPE, {}


def file_for_words(fields, files, _dice):
    """Words as files."""
    return _end([_part(name, value, file="a.txt") for name, value in fields.items()] + parts({}, files)), TYPE, {}


def words_for_file(fields, files, _dice):
    """Files as words."""
    return _end(parts({**fields, **{name: body[:500] for name, (_file, body) in files.items()}}, {})), TYPE, {}


def nested(fields, files, _dice):
    """Names with brackets and dots, as other frameworks read them."""
    return _end(parts({f"{name}[0][a].b": value for name, value in fields.items()} | {f"{name}[]": value for name, value in fields.items()}, files)), TYPE, {}


def charset(fields, files, dice):
    """A charset that is not there, or another one than the bytes have; of the whole or of a part."""
    named = dice.choice(("utf-16", "gb18030", "klingon", "utf-7", ""))
    made = [_part(name, "大同村".encode("utf-16"), kind=f"text/plain; charset={named}") for name in fields] + parts({}, files)
    return _end(made), TYPE + dice.choice(("", f"; charset={named}")), {}


def many(fields, files, _dice):
    """More fields than are taken."""
    return _end(parts(fields, files) + [_part(f"f{n}", b"") for n in range(MANY)]), TYPE, {}


def no_boundary(fields, files, dice):
    """A body whose type does not say where its parts end, or says it wrongly."""
    return _end(parts(fields, files)), dice.choice(("multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=a b\x7f", TYPE + "x")), {}


def cut(fields, files, dice):
    """A body that breaks off."""
    body = _end(parts(fields, files))
    return body[: dice.randrange(len(body))], TYPE, {}


def lies(fields, files, dice):
    """A length that is none, or not the body's."""
    body = _end(parts(fields, files))
    said = dice.choice(("-1", "abc", "", "0", str(len(body) // 2), str(len(body) * 2), "99999999999999999999"))
    return body, TYPE, {"CONTENT_LENGTH": said, "wsgi.input": io.BytesIO(body)}


def odd_transfer(fields, files, dice):
    """Parts in base64 that is none, without a name, with a header that never ends."""
    broken = dice.choice((
        b'Content-Disposition: form-data; name="reason"\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!', b"Content-Disposition: form-data\r\n\r\nx",
        b'Content-Disposition: form-data; name="' + b"a" * 70_000, b"\r\n\r\n", b'Content-Disposition: form-data; name="a"; filename*=klingon\'\'%ff\r\n\r\nx',
    ))  # fmt: skip
    return _end([*parts(fields, files), f"--{BOUNDARY}\r\n".encode() + broken + b"\r\n"]), TYPE, {}


TRICKS = (twice, file_for_words, words_for_file, nested, charset, many, no_boundary, cut, lies, odd_transfer)
