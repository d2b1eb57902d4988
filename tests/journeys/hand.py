"""Somebody at a browser whose taps are counted; each page kept as a picture where a folder is named."""

import os

import pytest

from .conftest import Person

WIDTHS = pytest.mark.parametrize("width", [375, 1440])
LOOKS = os.environ.get("WANJIA_LOOKS", "")  # a folder: then each page is kept as a picture, to be looked at


class Hand:
    """Somebody at a browser whose taps are counted."""

    def __init__(self, chromium, house, name, width):
        Person(chromium, house).page.request.get(f"{house.url}/accounts/login/", timeout=120_000)  # a server's first page takes long on a busy machine
        self.at, self.width, self.taps = Person(chromium, house, name, width=width), width, 0
        self.page = self.at.page

    def go(self, path):
        self.at.go(path)
        return self

    def tap(self, what):
        """Tap what can be seen, and wait for what follows."""
        self.taps += 1
        self.page.locator(what).locator("visible=true").first.click()
        self.at.sent()
        return self

    def keep(self, name):
        """Nothing overflows; a picture where somebody wants to look."""
        assert self.page.evaluate("document.documentElement.scrollWidth") <= self.width, name
        if LOOKS:
            self.page.screenshot(path=f"{LOOKS}/{name}-{self.width}.png", full_page=True)

    def sees(self, words):
        self.page.locator("main, .messages, body").filter(has_text=words).first.wait_for()
        return self

    def paper(self, name):
        """The page on A4; returns how many sheets."""
        from io import BytesIO

        from pypdf import PdfReader

        self.page.emulate_media(media="print")
        body = self.page.pdf(format="A4")
        self.page.emulate_media(media="screen")
        if LOOKS:
            with open(f"{LOOKS}/{name}.pdf", "wb") as file:
                file.write(body)
        return len(PdfReader(BytesIO(body)).pages)

    def both(self, name):
        """Look at the page as wide as a desk and as narrow as a telephone; then it is as wide as before."""
        standing = self.width
        for self.width in (1440, 375):
            self.page.set_viewport_size({"width": self.width, "height": 860})
            self.keep(name)
        self.width = standing
        self.page.set_viewport_size({"width": standing, "height": 860})

    def sheet(self, address, name):
        """The words of a paper that the house prints; kept where somebody wants to look."""
        from io import BytesIO

        from pypdf import PdfReader

        answer = self.page.request.get(self.at.url + address)
        assert answer.ok and answer.headers["content-type"] == "application/pdf", (address, answer.status)
        if LOOKS:
            with open(f"{LOOKS}/{name}.pdf", "wb") as file:
                file.write(answer.body())
        return "".join("".join(page.extract_text() for page in PdfReader(BytesIO(answer.body())).pages).split())
