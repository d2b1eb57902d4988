"""The small world under fire: two townships, a child, everybody's client, and what each of them must never see."""

import io
import json
import random
import re
import traceback
from collections import Counter

from django.core.signals import got_request_exception
from django.db import transaction
from django.test import Client

from tests.house.acts import MONDAY, World
from tests.house.test_children import told
from wanjia.casework.models import Holding, Need, SubTask
from wanjia.casework.states import NEED, WITH_HELPER
from wanjia.casework.tests.factories import unit, worker
from wanjia.kernel import journal
from wanjia.kernel.models import Entry, EntryKind
from wanjia.labour.tests import demand_world
from wanjia.orgs.models import Line, Organisation, Tier, User
from wanjia.orgs.roles import Role
from wanjia.orgs.tests.factories import INSTALLER
from wanjia.registry.importing.brought import imports
from wanjia.registry.models import Household, Person, Upload, Visit
from wanjia.site.api import api

from .maker import Maker
from .planting import plant
from .roles import HIDDEN, ROLES, WHOSE

ESCAPE = re.compile(r"\\u([0-9a-f]{4})")
EVERY = 2  # each so many'th request is one that somebody who may would send


class Fire:
    """Sends requests and notes what broke, what leaked and which child was read without a line in the journal."""

    def __init__(self, seed=1, make=None):
        self.dice, self.world = random.Random(seed), World()
        self.world.station = worker("zhansuo", "高站所", unit("细沙乡民政办", Tier.TOWNSHIP, self.world.xisha, Line.CIVIL), Role.STATION_WORKER)
        self.world.school = self.world.register.teacher
        self.world.township_auditor = worker("xisha-shenji", "唐审计", self.world.township, Role.AUDITOR)
        self.world.away = demand_world.at_station(self.world)[1]
        self._write_down()
        self.there = plant(self.world)
        self.clients = {role: self._client(role) for role in ROLES}
        self.faults, self.statuses, self.errors, self.covered, self.shown = [], Counter(), [], Counter(), 0
        self.tricks = Counter()
        self.child = list(told(self.world.register.child).values())
        self.maker = make(self) if make else Maker(api.get_openapi_schema(), self.dice, self.known())
        got_request_exception.connect(self._raised)

    @transaction.atomic
    def _write_down(self):
        """Give each unit the line of the act that sets it up: somebody under fire sets up another, and then none may be without."""
        for one in Organisation.objects.all():
            said = {"name": one.name, "tier": one.tier, "line": one.line, "new": True}
            journal.record(act="orgs.keep_organisation", subject=one, by=INSTALLER, at=MONDAY, area_code=one.area_id, **said)

    def known(self):
        """Return the ids there are now, by the word under which they are asked."""
        pools = {
            "need": Need, "household": Household, "visit": Visit, "upload": Upload, "holder": Organisation, "unit": Organisation,
            "child": Person, "requester": Person, "visitor": User, "handler": User,
        }  # fmt: skip
        found = {word: list(model.objects.values_list("pk", flat=True)[:60]) for word, model in pools.items()}
        for move in NEED.moves.values():  # what is asked of a need is asked mostly of one whose state has that act
            found["need_id", move.name] = list(Need.objects.filter(state__in=move.sources).values_list("pk", flat=True)[:60])
        found["template"] = list(imports())
        found["children"], found["village"], found["area"] = found["child"], [self.world.datong.pk, self.world.xinmin.pk], [self.world.county.pk]
        return found | {"": [pk for word in pools for pk in found[word]]}

    def _client(self, role):
        client = Client(raise_request_exception=False)
        if role:
            client.force_login(getattr(self.world, role), backend="django.contrib.auth.backends.ModelBackend")
        return client

    def _raised(self, sender, request, **_more):
        self.errors.append(traceback.format_exc(limit=-3))

    def send(self, count):
        """Send `count` requests; return what is wrong, in words."""
        deck, waiting = self._deck(), [*self.maker.doors()][::-1]
        for turn in range(count):
            if turn % 500 == 499:
                self.maker.known = self.known()
            role, request = waiting.pop() if waiting else (turn % EVERY and self.maker.likely()) or next(deck)
            self.covered[(role, *request.act)] += 1
            text = self.judge(role, request, self.answer(role, request))
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
        """Return every act with every role."""
        return [(role, act) for role in ROLES for act in self.maker.acts]

    def missed(self):
        """Return the pairs that were never sent."""
        return [(role, act) for role, act in self.pairs() if not self.covered[(role, *act)]]

    def answer(self, role, request):
        """Send one request in somebody's name."""
        self.errors.clear()
        self.last = Entry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        client, headers = self.clients[role], request.headers
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


def _sent(value):
    """The values of a form under one name. Always a list: bytes alone would be sent as so many numbers."""
    return [str(one).encode("utf-8", "surrogatepass") for one in (value if isinstance(value, list) and value else [value])]


def _file(name, body):
    file = io.BytesIO(body)
    file.name = name  # as it comes: Django's own class would refuse to send ".."
    return file
