"""What only a browser sees of look and touch: rings of focus, dots, widths, large text, the keyboard."""

import pytest

from wanjia.casework.states import NeedState as S
from wanjia.casework.tests.walk import bring

pytestmark = pytest.mark.journey
PRIMARY = "rgb(22, 104, 220)"
WIDER = """() => document.documentElement.scrollWidth <= document.documentElement.clientWidth ? [] :
  [...document.querySelectorAll("body *")].filter(one => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
    .map(one => `${one.tagName}.${one.className?.baseVal ?? one.className}`).slice(0, 6)"""
# Acts that lie beyond the window, or beyond what their table shows of itself without being pushed.
CLIPPED = """() => [...document.querySelectorAll("main td.act > *")].filter(one => one.getBoundingClientRect().width)
  .filter(one => [innerWidth, ...[one.closest(".table-scroll")].filter(Boolean).map(box => box.getBoundingClientRect().right)]
    .some(edge => one.getBoundingClientRect().right > edge + 1)).map(one => one.textContent.trim())"""
# How many lines the header's parts stand in: a part that begins below the middle of the one before it begins a line.
LINES = """() => { let lines = 0, middle = -1;
  for (const one of [...document.querySelectorAll(".topbar > *, .crumbs > li")].map(one => one.getBoundingClientRect())
      .filter(box => box.height).sort((a, b) => a.top - b.top))
    if (one.top > middle) { lines += 1; middle = one.top + one.height / 2; }
  return lines; }"""


def test_the_hand_and_the_eye(sits, house):
    """One walk, for a browser is dear: sign-in, one need's triage, its timeline, the dashboard at three widths."""
    waiting, done = bring(house, S.ADMITTED), bring(house, S.IN_PROGRESS)
    nobody = sits()
    nobody.go("/accounts/login/")
    assert nobody.page.evaluate("document.activeElement.name") == "login", "whoever opens the sign-in page types at once"
    nobody.page.keyboard.press("Tab")
    nobody.page.keyboard.type("bu-gei-ren-kan")
    nobody.page.keyboard.press("Tab")
    field = nobody.page.locator("[name=password]")
    for pressed, kind in (("true", "text"), ("false", "password")):
        nobody.page.keyboard.press("Space")
        assert (nobody.page.evaluate("document.activeElement.ariaPressed"), field.get_attribute("type")) == (pressed, kind)
        assert nobody.page.evaluate("document.activeElement.textContent") == "显示密码"
    nobody.page.keyboard.press("Tab")
    assert nobody.page.evaluate("document.activeElement.matches('button.btn-primary')")
    assert nobody.page.evaluate("(s => [s.outlineStyle, s.outlineWidth])(getComputedStyle(document.activeElement))") == ["solid", "2px"]

    clerk = sits("xisha", width=1440)
    page = clerk.go(f"/needs/{waiting.pk}/triage/").page
    assert page.locator(".sider a[aria-current]").inner_text().startswith("逐件研判"), "the menu lights the queue, not the ledger"
    page.locator("td[data-cell='urgent/hard']").click()
    assert [page.locator(f"input[name={name}]:checked").get_attribute("value") for name in ("urgency", "difficulty")] == ["urgent", "hard"]
    assert page.locator("td.lit").get_attribute("data-cell") == "urgent/hard"
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("d")
    assert page.evaluate("document.activeElement.name") == "words", "dissent is one key"
    clerk.go(f"/needs/{done.pk}/")
    dots = page.evaluate("[...document.querySelectorAll('.timeline li')].map(li => getComputedStyle(li, '::before').backgroundColor)")
    assert dots[0] == PRIMARY and PRIMARY not in dots[1:], "the newest dot alone is blue"

    for width, height in ((812, 375), (375, 812), (1440, 900)):
        page.set_viewport_size({"width": width, "height": height})
        for path in ("/", "/needs/", f"/needs/{done.pk}/", "/dashboard/", "/triage/", "/visits/", "/households/", "/people/", "/documents/", "/exports/"):
            clerk.go(path)
            assert page.evaluate(WIDER) == [], f"{path} is wider than {width}"
    page.set_viewport_size({"width": 720, "height": 450})  # 1440 at 200 %
    clerk.go("/needs/")
    assert page.evaluate(LINES) <= 2, "the header stands in at most two lines"
    page.set_viewport_size({"width": 1280, "height": 800})
    page.evaluate("document.documentElement.classList.add('large')")  # the large-text switch
    assert page.evaluate(LINES) == 1
    page.set_viewport_size({"width": 1440, "height": 900})
    page.context.add_cookies([{"name": "django_language", "value": "en", "url": house.url}])
    acts = 0
    for path in ("/", "/triage/", "/visits/", "/documents/", f"/households/{house.home.pk}/"):
        clerk.go(path)
        assert page.evaluate("document.documentElement.lang") == "en"
        assert page.evaluate(CLIPPED) == [], f"{path}: an act stands beyond the edge"
        acts += page.locator("main td.act").count()
    assert acts > 4, "no act was looked at"
    page.evaluate("document.querySelectorAll('main table').forEach(one => one.style.minWidth = '1800px')")
    assert page.evaluate(CLIPPED) != [], "the control: where a table is too wide, its acts are seen to be clipped"
    clerk.go(f"/documents/{done.pk}/")
    assert page.locator("form[action*='/documents/']").count() > 0
    assert page.locator("form[action*='/documents/'][target='_blank']").count() == page.locator("main form[action*='/documents/']").count(), "papers open beside the work"
