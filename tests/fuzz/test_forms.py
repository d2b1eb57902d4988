"""Every form of every page, sent with what nobody would type: no page breaks. `make test` sends every second page's; `make fuzz` all."""

import logging
import os
import random
from html.parser import HTMLParser

import pytest
from django.urls import reverse

from tests.house.test_pages import NO_PAGE, names, seen  # noqa: F401, the fixture
from wanjia.site import views

ODD = ("0001-01-01", "9999-12-31", "2026-02-30", "a\x00b", "\ud7ff", "99999999999999999999999", "-1", "大" * 6000, "[]", "٣", "\u202e", "")
ROUNDS = 1
pytestmark = pytest.mark.slow


class Forms(HTMLParser):
    """The forms of a page that are sent by POST: [[address, {field: values it may take}]]."""

    def __init__(self, html):
        super().__init__()
        self.found, self.select = [], None
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "form":
            self.open = attrs.get("method", "get").lower() == "post"
            if self.open:
                self.found.append([attrs.get("action") or "", {}])
        elif tag in ("input", "select", "textarea") and attrs.get("name") and self.found and self.open:
            self.select = attrs["name"] if tag == "select" else None
            self.found[-1][1].setdefault(attrs["name"], []).append(attrs.get("value", ""))
        elif tag == "option" and self.select:
            self.found[-1][1][self.select].append(attrs.get("value", ""))


def broken(client, known, dice, only=()):
    """Send every form of every page, each time with one field spoilt in turn; return what broke and how many were sent."""
    client.raise_request_exception = False
    faults, forms = [], 0
    for name, wanted in names():
        if name in NO_PAGE or not set(wanted) <= set(known) or "logout" in name or (only and name not in only):
            continue
        address = reverse(name, kwargs={one: known[one] for one in wanted})
        page = client.get(address)
        if page.status_code != 200 or not page.headers.get("Content-Type", "").startswith("text/html"):
            continue
        for action, fields in Forms(page.content.decode()).found:
            for spoilt in (field for field in fields if not field.startswith("csrf")):
                for _turn in range(ROUNDS):
                    filled = {field: dice.choice(values) for field, values in fields.items() if field != "key"}
                    odd = filled[spoilt] = dice.choice(ODD)
                    answer, forms = client.post(action or address, filled), forms + 1
                    if answer.status_code >= 500:
                        faults.append(f"{answer.status_code}: {action or address} ({name}) {spoilt}={odd[:20]!r}")
    return faults, forms


@pytest.fixture(autouse=True)
def quiet():
    """Refusals are logged as they should be; here there are too many of them."""
    logging.disable(logging.ERROR)
    yield
    logging.disable(logging.NOTSET)


def test_no_form_breaks_whatever_is_typed(seen):  # noqa: F811
    faults, forms = broken(*seen, random.Random(1), only=() if os.environ.get("WANJIA_FUZZ") else [name for name, _wanted in names()][::2])
    assert faults == []
    assert forms > 200


def test_a_redirect_to_whatever_is_asked_is_found(seen, monkeypatch):  # noqa: F811
    """Negative control: as it was, any text might be where one goes on to."""
    monkeypatch.setattr(views, "next_of", lambda request: request.POST.get("next"))
    faults, _forms = broken(*seen, random.Random(1), only=("desk", "casework:ledger"))
    assert any("next=" in fault for fault in faults)
