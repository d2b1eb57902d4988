"""What a picture says besides what it shows: nothing of it is kept, and the picture stays as it was."""

import base64
import io
import zipfile
import zlib
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin, UnidentifiedImageError

from wanjia.verdict import Refused

from ..handling.commands import add_evidence, report_done
from ..handling.pictures import OFFICE, Bearing, Broken, bared
from ..states import NeedState as S
from .factories import later
from .walk import DONE, bring

MAKE, GPS, TURNED = 0x010F, 0x8825, 0x0112
SECRET = b"HUAWEI"
SAID = [SECRET, b"Kunming", b"http://ns.adobe.com/xap", b"second picture"]


def told(turned=1):
    """The camera's own words: its make, where it stood, which side is up."""
    exif = Image.Exif()
    exif[MAKE], exif[TURNED] = "HUAWEI", turned
    exif[GPS] = {1: "N", 2: (28.0, 10.0, 5.0), 3: "E", 4: (103.0, 40.0, 1.0)}
    return exif


def drawn():
    """A picture no two of whose corners are alike."""
    picture = Image.new("RGB", (64, 40), "#cfe3cf")
    picture.paste("#a03010", (0, 0, 20, 10))
    return picture


def photo(turned=1, **more):
    """A JPEG as a phone writes it: with its words, a comment, a small copy of itself, and another picture behind its end."""
    out = io.BytesIO()
    drawn().save(out, "JPEG", exif=told(turned), comment=b"Kunming", xmp=b"http://ns.adobe.com/xap/1.0/ Kunming", **more)
    return out.getvalue() + b"second picture"


def shot():
    """A PNG with words and the camera's own."""
    out, words = io.BytesIO(), PngImagePlugin.PngInfo()
    words.add_text("Comment", "Kunming")
    drawn().save(out, "PNG", pnginfo=words, exif=told())
    return out.getvalue() + b"second picture"


@pytest.mark.parametrize("more", [{}, {"progressive": True}, {"quality": 30}])
def test_a_photo_keeps_its_picture_and_loses_its_words(more):
    body = photo(**more)
    after = bared(body, "image/jpeg")
    assert not [word for word in SAID if word in after]
    before, now = Image.open(io.BytesIO(body)), Image.open(io.BytesIO(after))
    assert before.tobytes() == now.tobytes()
    assert (dict(now.getexif()), now.info.get("comment"), now.info.get("xmp")) == ({}, None, None)
    assert SECRET in body, "negative control: the photo did say it"
    assert dict(before.getexif().get_ifd(GPS))


@pytest.mark.parametrize("turned", range(2, 9))
def test_which_side_is_up_is_told_and_nothing_else(turned):
    now = Image.open(io.BytesIO(bared(photo(turned), "image/jpeg")))
    assert dict(now.getexif()) == {TURNED: turned}


def test_a_png_keeps_its_picture_and_loses_its_words():
    body = shot()
    after = bared(body, "image/png")
    assert not [word for word in SAID if word in after]
    before, now = Image.open(io.BytesIO(body)), Image.open(io.BytesIO(after))
    assert before.tobytes() == now.tobytes()
    assert dict(now.getexif()) == {}
    assert SECRET in body


def test_the_name_of_a_colour_profile_goes_and_the_profile_stays():
    out, profile = io.BytesIO(), b"colours" * 20
    drawn().save(out, "PNG", icc_profile=profile)
    body = out.getvalue().replace(b"ICC Profile", b"Kunming Hua")
    at = body.index(b"iCCP")
    length = int.from_bytes(body[at - 4 : at])
    body = body[: at + 4 + length] + zlib.crc32(body[at : at + 4 + length]).to_bytes(4) + body[at + 8 + length :]
    now = bared(body, "image/png")
    assert b"Kunming" not in now
    assert Image.open(io.BytesIO(now)).info["icc_profile"] == profile


def test_a_pdf_stays_as_it_is():
    assert bared(b"%PDF-1.4 HUAWEI", "application/pdf") == b"%PDF-1.4 HUAWEI"


def word(**members):
    """A Word file of these members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, body in members.items():
            file.writestr(name, body)
    return out.getvalue()


def test_a_photo_in_a_word_file_loses_its_words_too():
    body = word(**{"[Content_Types].xml": b"<Types/>", "word/media/image1.JPG": photo(), "word/document.xml": b"<w>HUAWEI</w>", "docProps/thumbnail.png": shot()})
    with zipfile.ZipFile(io.BytesIO(bared(body, OFFICE))) as file:
        assert file.namelist() == ["[Content_Types].xml", "word/media/image1.JPG", "word/document.xml", "docProps/thumbnail.png"]
        assert file.read("word/document.xml") == b"<w>HUAWEI</w>", "what the paper itself says stays"
        for name in ("word/media/image1.JPG", "docProps/thumbnail.png"):
            assert SECRET not in file.read(name)
            assert Image.open(io.BytesIO(file.read(name))).size == (64, 40)


@pytest.mark.parametrize("name", ["word/media/image1.jfif", "word/media/image1.png", "word/media/image1", "word/embeddings/oleObject1.bin"])
def test_a_photo_in_a_word_file_is_known_by_its_bytes(name):
    """WPS names a JPEG .png; under a name of none it kept where it was taken."""
    with zipfile.ZipFile(io.BytesIO(bared(word(**{name: photo()}), OFFICE))) as file:
        assert SECRET not in file.read(name) and b"Kunming" not in file.read(name)
        assert Image.open(io.BytesIO(file.read(name))).size == (64, 40)


@pytest.mark.parametrize("marker", [0x02, 0xBF, 0xC8, 0xF0, 0xFD])
def test_a_segment_that_no_picture_needs_goes(marker):
    body, said = photo(), b"Kunming"
    body = body[:2] + bytes((0xFF, marker)) + (len(said) + 2).to_bytes(2) + said + body[2:]
    assert said not in bared(body, "image/jpeg")


@pytest.mark.parametrize("body", [b"PK\x03\x04 no zip", word(a=b"x")[:-9], word(**{"a.jpg": photo()[:200]}), word(bomb=bytes(65 * 1024 * 1024))], ids=["none", "cut", "half a photo", "bomb"])
def test_an_office_file_that_cannot_be_read_is_refused(body):
    with pytest.raises(Broken):
        bared(body, OFFICE)


@settings(max_examples=300, deadline=timedelta(seconds=2))
@given(st.data())
def test_a_broken_picture_is_refused_or_says_nothing(data):
    """Cut anywhere, with bytes changed anywhere behind the first segments: never a crash, never the camera's words."""
    body, kind = data.draw(st.sampled_from([(photo(), "image/jpeg"), (shot(), "image/png")]))
    body = bytearray(body[: data.draw(st.integers(4, len(body)))])
    for at in data.draw(st.lists(st.integers(4, len(body) - 1), max_size=3)) if len(body) > 4 else ():
        body[at] ^= data.draw(st.integers(1, 255))
    try:
        after = bared(bytes(body), kind)
    except Broken:
        return
    try:
        now = Image.open(io.BytesIO(after))
    except UnidentifiedImageError:  # its frame is bent: nobody can draw it, and it says no more for that
        assert b"Exif\0\0" not in after and b"adobe.com" not in after
        return
    assert set(now.getexif()) <= {TURNED}


@pytest.mark.parametrize("keep", ["evidence", "report"])
def test_what_is_kept_is_bared(world, keep):
    need, file = bring(world, S.IN_PROGRESS), SimpleUploadedFile("现场.jpg", photo())
    if keep == "evidence":
        add_evidence(need_id=need.pk, file=file, by=world.handler, at=later(3))
    else:
        report_done(need_id=need.pk, **DONE | {"no_evidence_reason": ""}, file=file, by=world.handler, at=later(4))
    kept = base64.b64decode(need.evidence.get().body)
    assert SECRET not in kept
    assert Image.open(io.BytesIO(kept)).size == (64, 40)


def test_half_a_picture_is_refused(world):
    need = bring(world, S.IN_PROGRESS)
    with pytest.raises(Refused, match="不完整"):
        add_evidence(need_id=need.pk, file=SimpleUploadedFile("现场.jpg", photo()[:300]), by=world.handler, at=later(3))
    assert not need.evidence.exists()


def held_as(kind):
    """A picture with the camera's own words, as another kind than JPEG and PNG."""
    out = io.BytesIO()
    drawn().save(out, kind, **({"description": "HUAWEI"} if kind == "TIFF" else {"exif": told()}))
    return out.getvalue()


FOREIGN = {
    "tiff": lambda: held_as("TIFF"), "webp": lambda: held_as("WEBP"), "heic": lambda: b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + SECRET,
    "ole": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + photo(),
}  # fmt: skip


@pytest.mark.parametrize("kind", FOREIGN)
def test_a_picture_of_another_kind_in_a_file_is_refused_with_what_to_do(world, kind):
    body = word(**{f"word/media/image1.{kind}": FOREIGN[kind]()})
    with pytest.raises(Bearing):
        bared(body, OFFICE)
    need = bring(world, S.IN_PROGRESS)
    with pytest.raises(Refused, match="请把图片存成 JPG"):
        add_evidence(need_id=need.pk, file=SimpleUploadedFile("现场.docx", body), by=world.handler, at=later(3))
    with pytest.raises(Refused, match="只能上传 PDF、JPG、PNG"):
        add_evidence(need_id=need.pk, file=SimpleUploadedFile("现场.jpg", FOREIGN[kind]()), by=world.handler, at=later(3))


def test_a_picture_in_a_file_within_a_file_loses_its_words_too():
    within = word(**{"xl/media/image1.jpeg": photo()})
    kept = bared(word(**{"word/embeddings/sheet.xlsx": within}), OFFICE)
    with zipfile.ZipFile(io.BytesIO(kept)) as file:
        inner = file.read("word/embeddings/sheet.xlsx")
    with zipfile.ZipFile(io.BytesIO(inner)) as file:
        assert not [said for said in SAID if said in file.read("xl/media/image1.jpeg")]
    deep = photo()
    for _n in range(4):
        deep = word(**{"a.docx" if _n else "a.jpeg": deep})
    with pytest.raises(Bearing):
        bared(deep, OFFICE)
