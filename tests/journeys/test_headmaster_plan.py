"""A headmaster changes his plan: begun from the one in force, a post mended, the map tapped on a telephone, handed in, sent back, signed by three; nothing before its day changes."""

import os
from datetime import timedelta

import pytest

from wanjia.schools.models import PlanMark, PlanVersion
from wanjia.schools.plan_states import PlanState
from wanjia.schools.plans.posts import seats
from wanjia.schools.tests.factories import bell, gate, school, term
from wanjia.schools.tests.plan_factories import whole

from .conftest import Person

pytestmark = [pytest.mark.journey, pytest.mark.slow]
LOOKS = os.environ.get("WANJIA_LOOKS", "")


def keep(at, name):
    """Keep a picture where somebody wants to look."""
    if LOOKS:
        at.page.screenshot(path=f"{LOOKS}/{name}.png", full_page=True)


def test_a_headmaster_changes_his_plan(house, chromium):
    from django.utils import timezone

    today = timezone.localdate()
    term(house, from_on=today - timedelta(days=30), to_on=today + timedelta(days=60))
    bell(house)
    gate(house)
    old = whole(house, PlanState.STANDS, from_on=today - timedelta(days=20), review_on=today + timedelta(days=200))
    first, end = today - timedelta(days=7), today + timedelta(days=14)
    before = [one.key for one in seats([school(house)], first, end)]

    head = Person(chromium, house, "xiaozhang", width=375)
    head.go(f"/schools/{school(house).pk}/plans/new/").fill(from_on=f"{today + timedelta(days=3):%Y-%m-%d}").press("起草护学方案")
    new = PlanVersion.objects.get(number=2)
    page = f"/schools/plans/{new.pk}/"
    head.go(f"/schools/posts/{new.posts.filter(going=True).first().pk}/change/").fill(police="2", before="30").press("改护学岗位")
    keep(head, "plan-draft-375")

    head.go(f"{page}map/")
    sheet = head.page.locator(".plan-draw svg")
    for _tap in range(3):  # the school, its gate, its post: what is not drawn yet comes by itself
        box = sheet.bounding_box()
        with head.page.expect_navigation():
            sheet.click(position={"x": box["width"] * (0.3 + 0.2 * _tap), "y": box["height"] * 0.5})
    head.go(f"{page}map/?put=mark_one_way")
    box = sheet.bounding_box()
    sheet.click(position={"x": box["width"] * 0.1, "y": box["height"] * 0.8})
    with head.page.expect_navigation():
        sheet.click(position={"x": box["width"] * 0.9, "y": box["height"] * 0.8})
    kinds = set(PlanMark.objects.filter(plan=new).values_list("kind", flat=True))
    line = PlanMark.objects.get(plan=new, kind="mark_one_way")
    assert kinds == {"mark_school", "mark_gate", "mark_post", "mark_one_way"} and abs(line.x - 100) < 15 and abs(line.x2 - 900) < 15
    keep(head, "plan-map-375")
    head.go(page).press("送签")
    head.press("送签")

    police = Person(chromium, house, "huxue")
    police.go(page).press("退回修改")
    police.fill(reason="斑马线上也要有人").press("退回修改")
    head.go(page)
    assert head.sees("斑马线上也要有人")
    head.press("送签")
    head.press("送签")
    for name in ("xiaozhang", "huxue", "xuean"):
        at = Person(chromium, house, name)
        at.go(page).press("签署")
        at.press("签署")
    new.refresh_from_db()
    old.refresh_from_db()
    assert (new.state, new.from_on, old.to_on) == (PlanState.STANDS, today + timedelta(days=3), today + timedelta(days=3))
    after = [one.key for one in seats([school(house)], first, end)]
    cut = new.from_on
    assert [key for key in after if key[3] < cut] == [key for key in before if key[3] < cut] and after != before
    at.go(f"{page}compare/1/")
    keep(at, "plan-compare")
    assert at.sees("民警2") and head.faults == police.faults == []
