"""Makes requests of pages: every address, asked oddly; every form met on a page, sent by whom it was shown to and by others."""

import re
from collections import Counter
from html import unescape
from html.parser import HTMLParser
from urllib.parse import parse_qsl

from django.urls import Resolver404, resolve, reverse

from tests.house.test_odd_addresses import words_read
from tests.house.test_pages import names
from wanjia.casework.models import Evidence, Matter, MinorsAudit, Need, ProtectionReport, Session, SessionItem, SubTask
from wanjia.kernel.brings import parts
from wanjia.office.models import Disposal, RetentionHold
from wanjia.orgs.models import Area, AreaAlias, DayChange, Handover, Organisation, Post, Sponsorship, User
from wanjia.registry.models import (
    Absence,
    AidCut,
    AidRefusal,
    DatedStatus,
    FileAccess,
    Household,
    KnownHeader,
    Membership,
    Merge,
    ParentLine,
    Person,
    Upload,
    UrgentAid,
    Visit,
)
from wanjia.reporting.models import Export, Paper
from wanjia.solving.models import Plan

from .asked import Request
from .maker import WORDS
from .roles import ROLES
from .tricks import TRICKS

ODD = ("0001-01-01", "9999-12-31", "2026-02-30", "a\x00b", "\ud7ff", "99999999999999999999999", "-1", "大" * 6000, "[]", "٣", "\u202e", "_", "", "%")
# Sent, these would turn the callers out, or the places away under their feet; `test_forms` sends their forms.
ONLY_OPENED = {
    "account_logout", "account_change_password", "orgs:end_sessions", "orgs:lock_user", "orgs:reset_password", "orgs:end_post", "orgs:end_unit",
    "orgs:end_area", "orgs:load_areas", "mfa_activate_totp",
}  # fmt: skip
KNOWN = {
    "need_id": Need, "evidence_id": Evidence, "visit_id": Visit, "household_id": Household, "membership_id": Membership, "person_id": Person,
    "status_id": DatedStatus, "absence_id": Absence, "upload_id": Upload, "header_id": KnownHeader, "one_id": Person, "other_id": Person,
    "merge_id": Merge, "user_id": User, "post_id": Post, "area_id": Area, "unit_id": Organisation, "bond_id": Sponsorship, "paper_id": Paper,
    "export_id": Export, "cut_id": AidCut, "refusal_id": AidRefusal, "urgent_id": UrgentAid, "held_id": DatedStatus, "matter_id": Matter, "access_id": FileAccess,
    "audit_id": MinorsAudit, "handover_id": Handover, "disposal_id": Disposal, "retention_hold_id": RetentionHold, "session_id": Session, "item_id": SessionItem,
    "task_id": SubTask, "row_id": Need, "change_id": DayChange, "alias_id": AreaAlias, "report_id": ProtectionReport, "plan_id": Plan,
}  # fmt: skip
for brought in parts("tests.beside"):
    # One name of a gap for two kinds of rows would leave the pages of one of them shut, and nobody would say so.
    assert not {gap for gap in brought.KNOWN if KNOWN.get(gap, brought.KNOWN[gap]) is not brought.KNOWN[gap]}, brought.__name__
    KNOWN |= brought.KNOWN
# Gaps that are no key of a row: what may stand there, beside the child and the code of a slip, which each world has of its own.
OTHERS = {"figure": ["emergencies", "nothing"], "kind": ["assignment", "callback", "nowhere"], "line": ParentLine.values, "number": [1, 2, 9], "template": ["household", "pairs", "nothing"],
          "year": [2026, 1, 9999], "quarter": [4, 9], "secret": ["nothing"]}
OF_THE_WORLD = ("child_id", "code")
BY_COUNT = {"membership_id", "post_id", "bond_id", "header_id", "alias_id"}  # these ids are numbers
NOBODY = ("0190e0e0-0000-7000-8000-00000000000a", 1)
LINK = re.compile(r'href="\?([^"#]+)"')
OFTEN = 3  # so many times a form is sent wherever it is met
MOST = 3  # forms of one page that are sent at once


class Forms(HTMLParser):
    """The forms of a page: [(method, address, {field: values it may take})]."""

    def __init__(self, html):
        super().__init__()
        self.found, self.select, self.open = [], None, False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "form":
            self.open = True
            self.found.append((attrs.get("method", "get").upper(), attrs.get("action") or "", {}))
        elif tag in ("input", "select", "textarea") and attrs.get("name") and self.open:
            self.select = attrs["name"] if tag == "select" else None
            self.found[-1][2].setdefault(attrs["name"], []).append(attrs.get("value") or "")
        elif tag == "option" and self.select and self.open:
            self.found[-1][2][self.select].append(attrs.get("value") or "")

    def handle_endtag(self, tag):
        self.open = self.open and tag != "form"


class Pages:
    """Makes requests of every address that has a page; `known` holds what may stand in the gaps of an address."""

    def __init__(self, fire):
        self.dice, self.world, self.words, self.forms, self.linked, self.sent = fire.dice, fire.world, words_read(), {}, {}, Counter()
        self.child_id, self.code = fire.world.register.child.pk, fire.world.code
        self.child = fire.child
        self.wanted = dict(names())
        self.acts = [(method, name) for name in self.wanted for method in ("GET", "POST") if method == "GET" or name not in ONLY_OPENED]
        self.known = None
        home = fire.there
        self.far = [home.pk, home.memberships.first().person_id, fire.world.stranger.pk, fire.world.elsewhere.pk, fire.world.xinmin.pk]

    def values(self, gap):
        """Return what may stand in a gap of an address. Raises KeyError for a gap that nobody has said."""
        if gap in OF_THE_WORLD:
            return [getattr(self, gap)]
        return list(KNOWN[gap].objects.values_list("pk", flat=True)[:60]) if gap in KNOWN else OTHERS[gap]

    def _value(self, gap):
        values = self.values(gap)
        return self.dice.choice(values) if values else NOBODY[gap in BY_COUNT]

    def request(self, asked):
        """Return a request of one of `acts`."""
        method, name = asked
        path = reverse(name, kwargs={gap: self._value(gap) for gap in self.wanted[name]})
        made = Request(method, path, name, form=True)
        if method == "GET":
            made.query = {word: self._word() for word in self.words if self.dice.random() < self.dice.choice((0, 0.05, 0.3))}
            if name in self.linked and self.dice.random() < 0.5:
                made.query |= dict(self.dice.choice(self.linked[name]))
        else:
            made.body = self._filled(self.forms.get(name, {"reason": [], "words": [], "on": []}))
            made.trick = self.dice.choice(TRICKS) if self.dice.random() < 0.1 else None
        return made

    def doors(self):
        """Yield (role, request) of every role at the one door of the child's file, with a reason, and once more within the sitting."""
        for role in ROLES:
            path = reverse("registry:child_file", args=[self.child_id])
            yield role, Request("POST", path, "registry:child_file", body={"reason": "入户核对孩子情况"}, form=True)
            yield role, Request("GET", path, "registry:child_file", form=True)

    def likely(self):
        """Return, now and then, what somebody who may would ask: the child's file."""
        return self.dice.choice([*self.doors()]) if self.dice.random() < 0.1 else None

    def _word(self):
        return self.dice.choice(ODD + WORDS)

    def _filled(self, fields):
        """Fill a form with what its boxes offer and with words; now and then with what nobody would type."""
        odd = self.dice.choice((0, 0, 0.1, 0.5))
        filled = {}
        for field, values in fields.items():
            offered = [value for value in values if value and not any(mark.search(value) for mark in self.child)]
            filled[field] = self._word() if self.dice.random() < odd else self.dice.choice(offered or WORDS)
            if len(offered) > 1 and self.dice.random() < 0.15:  # several at once, of which one lies elsewhere
                filled[field] = [*self.dice.sample(offered, 2), str(self.dice.choice(self.far))]
        return filled

    def follow(self, request, text):
        """Remember the forms of a page and where its own links lead (its tabs); return some of the forms, filled."""
        if request.method == "GET" and (links := [parse_qsl(unescape(link)) for link in LINK.findall(text)]):
            self.linked[request.template] = links
        if request.method != "GET" or "<form" not in text:
            return []
        made = []
        for method, action, fields in Forms(text[: len(text) // 2 + 1]).found:  # the text stands there twice, see `judge`
            path = (action or request.path).split("?")[0].split("#")[0]
            try:
                name = resolve(path).view_name
            except (Resolver404, UnicodeError):
                continue
            if name not in self.wanted or (method == "POST" and name in ONLY_OPENED):
                continue
            fields = {field: values for field, values in fields.items() if field not in ("csrfmiddlewaretoken", "key")}
            if method == "POST":
                self.forms[name] = fields
                made.append(Request(method, path, name, body=self._filled(fields), form=True))
            else:
                made.append(Request(method, path, name, query=self._filled(fields), form=True))
        self.dice.shuffle(made)
        # The frame's own (search, language) stand on every page: sent each time, they would be most of all that is sent.
        made = [one for one in made if self.sent[one.act] < OFTEN or self.dice.random() < 0.1][:MOST]
        self.sent.update(one.act for one in made)
        return made


