"""The small world under fire: two townships, a child, everybody's client, and what each of them must never see."""

import io
import json
import random
import re
import traceback
from collections import Counter
from unittest import mock

from django.core.signals import got_request_exception
from django.db import transaction
from django.test import Client

from tests.house.acts import MONDAY, World, nth
from tests.house.test_children import told
from wanjia.casework.models import Holding, SubTask
from wanjia.casework.states import WITH_HELPER
from wanjia.casework.tests.factories import unit, worker
from wanjia.kernel import journal
from wanjia.kernel.machine import Machine, machine_of
from wanjia.kernel.models import Entry, EntryKind
from wanjia.orgs.models import Line, Organisation, Tier
from wanjia.orgs.roles import Role
from wanjia.orgs.tests.factories import INSTALLER
from wanjia.registry.importing.brought import imports
from wanjia.site.api import api

from .maker import Maker
from .pages import KNOWN
from .planting import marks, plant
from .right import Right
from .roles import HIDDEN, ROLES, WHOSE

ESCAPE = re.compile(r"\\u([0-9a-f]{4})")
NOW = nth(26)
EVERY = 3  # each so many'th request is one that somebody who may would send
NO_MOVES = Machine("none", initial=[], moves=[])
# What others ask for by another word than the gap of its address, and what stands where anything may.
WORDS = {"need": "need_id", "household": "household_id", "visit": "visit_id", "upload": "upload_id", "holder": "unit_id", "unit": "unit_id", "helpers": "unit_id",
         "organisation": "unit_id", "requester": "person_id", "person": "person_id", "visitor": "user_id", "handler": "user_id", "cadre": "user_id", "contact": "user_id",
         "employer": "employer_id", "vacancy": "vacancy_id", "agreement": "agreement_id", "market": "market_id", "campaign": "campaign_id", "station": "outpost_id",
         "spells": "spell_id", "trip": "trip_id", "together": "departure_id"}  # fmt: skip
BY_ANY = ("need_id", "household_id", "visit_id", "upload_id", "unit_id", "person_id", "user_id")


class Fire:
    """Sends requests and notes what broke, what leaked and which child was read without a line in the journal."""

    def __init__(self, seed=1, make=None, share=1, planted=plant):
        self.dice, self.world, self.share, self.turn = random.Random(seed), World(), share, seed % share
        self.world.station = worker("zhansuo", "高站所", unit("细沙乡民政办", Tier.TOWNSHIP, self.world.xisha, Line.CIVIL), Role.STATION_WORKER)
        self.world.school = self.world.register.teacher
        self.world.township_auditor = worker("xisha-shenji", "唐审计", self.world.township, Role.AUDITOR)
        self._write_down()
        self.there = planted(self.world)
        self._write_down()
        with mock.patch("django.utils.timezone.now", return_value=NOW):
            self.clients = {role: self._client(role) for role in ROLES}
        self.faults, self.statuses, self.errors, self.covered, self.shown = [], Counter(), [], Counter(), 0
        self.tricks, self.may = Counter(), Counter()  # may: {whether it was answered: requests of those who may}
        self.child = list(told(self.world.register.child).values())
        self.maker = make(self) if make else Maker(api.get_openapi_schema(), self.dice, self.known(), Right(self.world, self.dice))
        got_request_exception.connect(self._raised)

    @transaction.atomic
    def _write_down(self):
        """Give each unit that has none the line of the act that sets it up, those that planting made too: somebody under fire sets up another, and then none may be without."""
        told = set(Entry.objects.filter(act="orgs.keep_organisation").values_list("subject_id", flat=True))
        for one in (row for row in Organisation.objects.all() if str(row.pk) not in told):
            said = {"name": one.name, "tier": one.tier, "line": one.line, "new": True}
            journal.record(act="orgs.keep_organisation", subject=one, by=INSTALLER, at=MONDAY, area_code=one.area_id, **said)

    def known(self):
        """Return the ids there are now: by the gap of an address, by the word under which others ask for them, and by both gap and act of those whose state has it."""
        found = {gap: _keys(model.objects) for gap, model in KNOWN.items()}
        for gap, model in KNOWN.items():  # what is asked of a row is asked mostly of one whose state has that act
            for move in (machine_of(model) or NO_MOVES).moves.values():
                found[gap, move.name] = _keys(model.objects.filter(state__in=move.sources))
        found["template"] = list(imports())
        found["child"], found["village"], found["area"] = found["person_id"], [self.world.datong.pk, self.world.xinmin.pk], [self.world.county.pk]
        found |= {word: found[gap] for word, gap in WORDS.items()}
        return found | {"": [pk for gap in BY_ANY for pk in found[gap]]}

    def _client(self, role):
        client = Client(raise_request_exception=False)
        if role:
            client.force_login(getattr(self.world, role), backend="django.contrib.auth.backends.ModelBackend")
        return client

    def _raised(self, sender, request, **_more):
        self.errors.append(traceback.format_exc(limit=-3))

    def send_rightly(self):
        """Send each call as its act is done rightly; what each did is taken back. Return {act: what was answered instead}."""
        amiss = {}
        for name in self.maker.right.names:
            with transaction.atomic():
                role, request = self.maker.right.deal(name)
                marks(self.world)  # after it: some acts are made for a world in which nothing else stands
                answer = self.answer(role, request)
                text = self.judge(role, request, answer)
                transaction.set_rollback(True)
            if answer.status_code >= 300:
                amiss[name] = f"{answer.status_code} {text[:200]}"
        return amiss

    def send(self, count):
        """Send `count` requests; return what is wrong, in words."""
        deck, doors, waiting = self._deck(), iter(self.maker.doors()), []
        for turn in range(count):
            if turn % 500 == 499:
                self.maker.known = self.known()
            first = waiting.pop() if waiting else next(doors, None)
            likely = None if first or turn % EVERY else self.maker.likely()
            role, request = first or likely or next(deck)
            self.covered[(role, *request.act)] += 1
            answer = self.answer(role, request)
            text = self.judge(role, request, answer)
            self.may[answer.status_code < 300] += bool(likely)
            waiting += [(self.dice.choice((role, role, *ROLES)), one) for one in self.maker.follow(request, text)]
        got_request_exception.disconnect(self._raised)
        return self.faults

    def _deck(self):
        """Yield (role, request): every act by every role once, in no order, and so again and again."""
        while True:
            pairs = self.pairs()
            self.dice.shuffle(pairs)
            for role, act in pairs:
                yield role, self.maker.request(act)

    def pairs(self):
        """Return every act with every role, or that share of them in which each role and each act has its part."""
        every = [(role, act, n + turn) for n, role in enumerate(ROLES) for turn, act in enumerate(self.maker.acts)]
        return [(role, act) for role, act, place in every if place % self.share == self.turn]

    def missed(self):
        """Return the pairs that were never sent."""
        return [(role, act) for role, act in self.pairs() if not self.covered[(role, *act)]]

    def answer(self, role, request):
        """Send one request in somebody's name, at its own moment: some weeks after the world was, whatever day it is where this runs."""
        with mock.patch("django.utils.timezone.now", return_value=request.at or NOW):
            # who does it at another moment signs in anew: at everybody's his session would have slept too long
            return self._sent(self._client(role) if request.at else self.clients[role], request)

    def _sent(self, client, request):
        self.errors.clear()
        self.last = Entry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        headers = request.headers
        if request.method == "GET":
            return client.get(request.path, {name: _sent(value) for name, value in request.query.items()}, headers=headers)
        if request.files is None and not request.form:
            return client.post(request.path, json.dumps(request.body), content_type="application/json", headers=headers)
        fields = {name: _sent(value) for name, value in (request.body or {}).items()} if isinstance(request.body, dict) else {}
        if request.trick:
            plain = {name: value[0] for name, value in fields.items()}
            body, kind, more = request.trick(plain, request.files or {}, self.dice)
            self.tricks[request.trick.__name__] += 1
            return client.generic("POST", request.path, body, content_type=kind, headers=headers, **more)
        return client.post(request.path, fields | {name: _file(*one) for name, one in (request.files or {}).items()}, headers=headers)

    def judge(self, role, request, answer):
        """Note what must not be; return what was read."""
        self.statuses[answer.status_code] += 1
        text = b"".join(answer).decode(errors="ignore") if answer.streaming else answer.content.decode(errors="ignore")
        text += ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)  # JSON may spell its characters as escapes
        if answer.status_code >= 500:
            self.faults.append(f"{answer.status_code}: {role} {request}\n{''.join(self.errors[-1:])}")
        for marker, roles in HIDDEN.items():
            if role in roles and marker in text and not self._holds(role, marker):
                self.faults.append(f"outside scope: {role} {request} → {marker}")
        shown = any(mark.search(text) for mark in self.child)
        self.shown += bool(shown)
        if shown and not Entry.objects.filter(kind=EntryKind.READING, pk__gt=self.last).exists():
            self.faults.append(f"child unlogged: {role} {request}")
        return text

    def _holds(self, role, marker):
        """Tell whether a unit of `role` was ever handed one of the marked needs or one of the marked homes', or is asked to help with one now."""
        user = role and getattr(self.world, role)
        marked, own = {"need__summary__startswith": WHOSE.get(marker, marker)}, [org.pk for org in user.orgs] if user else []
        held = Holding.objects.filter(**marked, organisation__in=own)
        return held.exists() or SubTask.objects.filter(**marked, unit__in=own, state__in=WITH_HELPER).exists()


def _keys(rows):
    return list(rows.values_list("pk", flat=True)[:60])


def _sent(value):
    """The values of a form under one name. Always a list: bytes alone would be sent as so many numbers."""
    return [str(one).encode("utf-8", "surrogatepass") for one in (value if isinstance(value, list) and value else [value])]


def _file(name, body):
    file = io.BytesIO(body)
    file.name = name  # as it comes: Django's own class would refuse to send ".."
    return file
