"""A sheet becomes a PDF. Nothing is fetched from anywhere, a picture stands in the sheet itself; the same sheet gives the same bytes."""

import base64
import hashlib
import io
import re
from functools import cache
from pathlib import Path

import segno
from django.template.loader import render_to_string
from django.utils import translation

from wanjia.doors.words import wide
from wanjia.policy.glyphs import unprintable

STYLE = Path(__file__).with_name("paper.css")
INLINE = "data:image/jpeg;base64,"  # how a picture stands in a sheet


def pdf(template, context, *, name):
    """Draw a template as PDF bytes. name: the document's identity, kept in the file; the text is Chinese."""
    import weasyprint  # 0.6 s to load: only who prints waits for it

    with translation.override("zh-hans"):
        page = render_to_string(template, context)
    document = weasyprint.HTML(string=_with_room(_full_width(page)), url_fetcher=_nothing)
    identity = hashlib.sha256(name.encode()).hexdigest()[:32].encode()
    buffer = io.BytesIO()
    document.write_pdf(buffer, stylesheets=[_style()], pdf_identifier=identity, font_config=_fonts())
    return buffer.getvalue()


def qr(text):
    """Return a QR code as an SVG element."""
    return segno.make(text, error="m").svg_inline(scale=4, border=2, omitsize=True)


def qr_address(text, scale):
    """Return a QR code as the address of a picture, for a page on a screen. scale: pixels of one of its squares."""
    return segno.make(text, error="m").svg_data_uri(scale=scale, border=2)


_TEXT = re.compile(r">[^<]+<")


def _full_width(page):
    return _TEXT.sub(lambda text: wide(text[0]), page)


def _with_room(page):
    """Leave room to write where a font lacks the character, and say so at the foot: an empty box tells nobody anything."""
    head, start, body = page.partition("<body")
    lacking = unprintable(body)
    if not lacking:
        return page
    room = {ord(char): '<span class="by-pen">　</span>' for char in lacking}
    body = _TEXT.sub(lambda text: text[0].translate(room), body)
    numbers = "、".join(f"U+{ord(char):04X}" for char in lacking)
    note = f'<p class="notes">注：本机字库没有{len(lacking)}个字（{numbers}），已留出空格，请用笔补写。</p>'
    return head + start + body.replace("</body>", f"{note}</body>")


def _nothing(url):
    """Fetch nothing: a picture lies in the sheet itself."""
    if not url.startswith(INLINE):
        raise ValueError(f"papers fetch nothing: {url[:80]}")
    from weasyprint.urls import URLFetcherResponse

    return URLFetcherResponse(url, base64.b64decode(url[len(INLINE) :]), {"Content-Type": "image/jpeg"})


@cache
def _fonts():
    from weasyprint.text.fonts import FontConfiguration

    return FontConfiguration()


@cache
def _style():
    import weasyprint

    return weasyprint.CSS(string=STYLE.read_text(), font_config=_fonts())
