"""Every page that can be opened by its address, seen by somebody who holds every post, in both languages."""

import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from wanjia.casework.states import NeedState
from wanjia.casework.tests.walk import bring
from wanjia.orgs.models import Post
from wanjia.orgs.roles import Role

from .acts import World

# Addresses that are no pages for a signed-in person, each with its reason.
NO_PAGE = {
    "account_login": "leads a signed-in person on",
    "mfa_authenticate": "only on the way in",
    "account_reauthenticate": "only when a proof of presence is asked",
    "mfa_reauthenticate": "only when a proof of presence is asked",
}
HOUSE_FILES = [file for file in (Path(__file__).resolve().parents[2] / "wanjia").rglob("*.py") if "tests" not in file.parts]
VOID = {"input", "br", "img", "meta", "link", "hr", "use", "path", "rect", "source", "wbr"}


class Page(HTMLParser):
    """What the house asks of a page: title, h1, fields with labels, links and buttons with words, nothing inline."""

    def __init__(self, html):
        super().__init__()
        self.texts, self.open, self.fields, self.labels, self.faults, self.ids = {}, [], [], set(), [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.faults += [f"<{tag} {name}=…>" for name in attrs if name == "style" or name.startswith("on")]
        if tag == "style" or (tag == "script" and "src" not in attrs and attrs.get("type") != "application/json"):
            self.faults.append(f"inline <{tag}>")
        if "id" in attrs:
            self.ids.append(attrs["id"])
        if tag == "label" and "for" in attrs:
            self.labels.add(attrs["for"])
        if tag in ("input", "select", "textarea") and attrs.get("type") not in ("hidden", "submit", "button"):
            wrapped = any(name == "label" for name, _attrs, _text in self.open)
            self.fields.append((attrs.get("name"), attrs.get("id"), wrapped or "aria-label" in attrs))
        if tag == "form" and attrs.get("method", "get").lower() == "post":
            self.texts.setdefault("posts", []).append(attrs.get("action"))
        if tag not in VOID:
            self.open.append((tag, attrs, []))

    def handle_data(self, data):
        for _tag, _attrs, text in self.open:
            text.append(data)

    def handle_endtag(self, tag):
        while self.open and tag not in VOID:
            name, attrs, text = self.open.pop()
            words = "".join(text).strip()
            if name in ("title", "h1"):
                self.texts.setdefault(name, words)
            if name in ("a", "button") and not words and "aria-label" not in attrs:
                self.faults.append(f"<{name}> without words: {attrs.get('href', '')}")
            if name == tag:
                break

    def verdict(self):
        """List what is wrong, in words."""
        bare = [name for name, id_, safe in self.fields if not safe and id_ not in self.labels]
        twice = {one for one in self.ids if self.ids.count(one) > 1}
        found = list(self.faults) + [f"field {name} has no label" for name in bare] + [f"id {one} twice" for one in sorted(twice)]
        if self.texts.get("title") != self.texts.get("h1"):
            found.append(f"title “{self.texts.get('title')}” is not h1 “{self.texts.get('h1')}”")
        return found


def names(resolver=None, space=""):
    """Yield (name, the names of its arguments) of every address."""
    for item in (resolver or get_resolver()).url_patterns:
        if isinstance(item, URLResolver):
            if item.app_name != "ninja":
                yield from names(item, f"{space}{item.namespace}:" if item.namespace else space)
        elif isinstance(item, URLPattern) and item.name and not str(item.pattern).startswith(("api", "openapi", "docs")):
            yield space + item.name, sorted(item.pattern.converters)


@pytest.fixture
def seen(db, client):
    """A world with a need, and somebody who holds every post of the county and of the township."""
    world = World()
    need = bring(world, NeedState.VERIFIED)
    for role in Role:
        for unit in (world.township, world.office):
            Post.objects.create(user=world.clerk, organisation=unit, role=role, from_on=date(2020, 1, 1))
    client.force_login(type(world.clerk).objects.get(pk=world.clerk.pk), backend="django.contrib.auth.backends.ModelBackend")
    return client, {"need_id": need.pk, "household_id": world.home.pk, "unit_id": world.township.pk, "user_id": world.handler.pk}


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_pages_keep_the_rules_of_the_house(seen, settings, language):
    client, known = seen
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    opened, faults = 0, []
    for name, wanted in names():
        if name in NO_PAGE or not set(wanted) <= set(known):
            continue
        answer = client.get(reverse(name, kwargs={one: known[one] for one in wanted}), follow=True)
        if not answer.headers.get("Content-Type", "").startswith("text/html") or answer.status_code == 405:
            continue
        opened += 1
        html = answer.content.decode()
        if answer.status_code >= 500:
            faults.append(f"{name}: {answer.status_code}")
        if re.search("<html", html):
            faults += [f"{name}: {fault}" for fault in Page(html).verdict()]
    assert not faults, "\n".join(sorted(set(faults)))
    assert opened > 40


def test_a_bad_page_is_seen():
    bad = '<title>甲</title><h1>乙</h1><input name="x"><a href="/"></a><p style="color:red"></p><script>1</script><b id="i"></b><b id="i"></b>'
    assert len(Page(bad).verdict()) == 6
