"""A photo with a face in it: covered by finger and by keyboard before it is sent; what is kept shows no face, no place, no time."""

import base64
import io

import pytest
from PIL import Image, ImageDraw

from wanjia.casework.models import Evidence, Need
from wanjia.casework.tests.walk import bring

from .conftest import PASSWORD

pytestmark = [pytest.mark.journey, pytest.mark.slow]
FACE, SKY, GPS = (250, 180), (700, 100), 0x8825


@pytest.fixture
def photo(tmp_path):
    """A picture of 800 × 600 with one face, made at a place."""
    picture, exif = Image.new("RGB", (800, 600), "#cfe3cf"), Image.Exif()
    ImageDraw.Draw(picture).ellipse((190, 110, 310, 250), fill="#e8b98f")
    exif[0x010F], exif[GPS] = "HUAWEI", {1: "N", 2: (28.0, 10.0, 5.0)}
    picture.save(tmp_path / "现场.jpg", exif=exif, quality=95)
    return str(tmp_path / "现场.jpg")


@pytest.fixture
def need(house):
    return bring(house, "in_progress")


def kept():
    """Return the one picture that is kept."""
    return Image.open(io.BytesIO(base64.b64decode(Evidence.objects.get().body)))


def near(picture, at, colour):
    return all(abs(one - other) < 24 for one, other in zip(picture.convert("RGB").getpixel(at), colour))


def reports(page, photo, need, url):
    """Fill the page of the report, as far as the photo."""
    page.goto(f"{url}/needs/{need.pk}/done/")
    page.select_option("[name=outcome]", "solved")
    page.fill("[name=outcome_text]", "已更换屋面瓦二十平方米")
    page.locator("label:has-text('当面')").click()
    page.set_input_files("[name=file]", photo)


def sent(page):
    page.locator("main form button.btn-primary").click()
    page.wait_for_url(lambda url: not url.endswith("/done/"))


@pytest.mark.parametrize("by", ["finger", "keyboard", "nothing"])
def test_what_is_covered_is_not_sent(house, sits, need, photo, by):
    page = sits("minzheng", width=375).page
    reports(page, photo, need, house.url)
    canvas = page.locator(".painter canvas")
    canvas.wait_for()
    canvas.scroll_into_view_if_needed()
    if by == "finger":
        box = canvas.bounding_box()
        x, y = (lambda at: box["x"] + box["width"] * at / 800), (lambda at: box["y"] + box["height"] * at / 600)
        page.mouse.move(x(180), y(100))
        page.mouse.down()
        page.mouse.move(x(320), y(260))
        page.mouse.up()
    elif by == "keyboard":
        page.locator("[name=file]").focus()
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.tagName") == "CANVAS"
        for key in ["ArrowLeft"] * 6 + ["ArrowUp"] * 5 + ["+"] * 5 + ["Enter"]:
            page.keyboard.press(key)
    page.locator("[name=file]:valid").wait_for(state="attached")
    assert f"已盖 {0 if by == 'nothing' else 1} 块" in page.inner_text(".painter")
    sent(page)
    picture = kept()
    assert near(picture, FACE, (0xE8, 0xB9, 0x8F) if by == "nothing" else (0x34, 0x3A, 0x40)), "the control shows the face"
    assert near(picture, SKY, (0xCF, 0xE3, 0xCF)), "what was not covered stays"
    assert dict(picture.getexif()) == {}
    assert Need.objects.get(pk=need.pk).state == "done_reported"


def test_without_javascript_the_photo_is_sent_bared(chromium, house, need, photo):
    window = chromium.new_context(viewport={"width": 375, "height": 812}, locale="zh-CN", java_script_enabled=False)
    page = window.new_page()
    page.goto(house.url + "/accounts/login/")
    page.fill("input[name=login]", "minzheng")
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(house.url + "/")
    reports(page, photo, need, house.url)
    assert not page.locator(".painter").is_visible()
    sent(page)
    assert dict(kept().getexif()) == {}
    assert kept().size == (800, 600)
