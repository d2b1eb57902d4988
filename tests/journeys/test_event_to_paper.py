"""An event from plan to A4: planned, a host and an item, held, the roll on a telephone, a picture whose faces are covered by hand, the sheet."""

import os

import pytest

from wanjia.care.models import Event, EventChild, Photo
from wanjia.care.tests import acts_events as acts
from wanjia.kernel.models import Entry

from .conftest import Person

pytestmark = [pytest.mark.journey, pytest.mark.slow]
LOOKS = os.environ.get("WANJIA_LOOKS", "")  # a folder: then each page is kept as a picture, to be looked at


def keep(at, name):
    """Keep a picture where somebody wants to look."""
    if LOOKS:
        at.page.screenshot(path=f"{LOOKS}/{name}.png", full_page=True)


def test_an_event_from_plan_to_paper(house, chromium):
    from django.utils import timezone

    today, child = timezone.localdate(), house.register.child
    at = Person(chromium, house, "xisha")
    at.go("/care/events/new/").fill(name="金沙江畔话团圆", area="530625202201", day=f"{today:%Y-%m-%d}", venue="大同小学", starts="09:30").press("筹备活动")
    event = Event.objects.get()
    page = f"/care/events/{event.pk}/"
    at.go(f"{page}hosts/new/").fill(name="关工委").press("加联办单位")
    at.go(f"{page}items/new/").fill(title="花灯", kind="lantern", performers="五年级").press("加节目")
    at.go(page).press("登记为已举办")
    at.press("登记为已举办")
    assert at.sees("已登记为举办") and at.sees("关工委") and at.sees("花灯")

    phone = Person(chromium, house, "xisha", width=375)
    phone.go(f"{page}roll/?village=530625202201")
    keep(phone, "roll-375")
    phone.page.get_by_label(child.name).check()
    phone.press("勾上的都来了")
    assert EventChild.objects.get().child == child and Entry.objects.filter(act="child.named_in_care", subject_id=str(child.pk)).exists()

    phone.go(f"{page}photos/new/")
    phone.page.set_input_files("[name=file]", {"name": "p.jpg", "mimeType": "image/jpeg", "buffer": acts.picture()})
    phone.fill(subject="孩子们在台上", consent="given").press("传照片")
    photo = Photo.objects.get()
    canvas = phone.page.locator("[data-faces] canvas")
    phone.page.wait_for_function("() => document.querySelector('[data-faces] output').textContent.includes('0')")
    box = canvas.bounding_box()
    drag(phone.page, box, 0, 0, 0.3, 0.3)
    canvas.click(position={"x": box["width"] * 0.8, "y": box["height"] * 0.8})
    canvas.click(position={"x": box["width"] * 0.8, "y": box["height"] * 0.8})  # a tap on a box takes it away
    assert "已盖 1 块" in phone.page.inner_text("[data-faces]")
    keep(phone, "cover-375")
    phone.page.check("[name=sure]", force=True)
    phone.press("遮脸")
    photo.refresh_from_db()
    assert (photo.state, photo.raw, photo.covers) == ("covered", "", 1)
    assert Entry.objects.filter(act="photo.look", subject_id=str(photo.pk)).count() == 1
    keep(phone, "photo-375")
    assert not phone.sees("公开照片"), "whoever covered it does not publish it"
    other = Person(chromium, house, "guanai", width=375)
    other.go(f"/care/photos/{photo.pk}/").press("公开照片")
    other.press("公开照片")
    assert Person(chromium, house).go("/album/").page.locator("figure img").count() == 1

    at.go(f"{page}paper/")
    keep(at, "paper")
    assert at.sees("金沙江畔话团圆") and at.sees("关工委(联办)") and not at.sees(child.name)
    assert at.faults == phone.faults == other.faults == []


def drag(page, box, left, top, right, bottom):
    """Draw a box over a share of what is shown."""
    page.mouse.move(box["x"] + left * box["width"] + 1, box["y"] + top * box["height"] + 1)
    page.mouse.down()
    page.mouse.move(box["x"] + right * box["width"], box["y"] + bottom * box["height"], steps=4)
    page.mouse.up()
