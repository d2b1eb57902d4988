"""The people of a simulated county and how they act: by the declared commands, each in his own name, over phones that forget."""

import random
from collections import namedtuple
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from wanjia.kernel.calendar import today
from wanjia.kernel.command import COMMANDS
from wanjia.kernel.models import CalendarDay
from wanjia.orgs.models import Level, Organisation, Post, Tier, User
from wanjia.orgs.roles import Role
from wanjia.registry.models import Household
from wanjia.shapes import Shape
from wanjia.verdict import Conflict, Refused

from ..demo.voices import voices
from ..slip.commands import HOUSEHOLD
from .account import ENDED
from .book import Book
from .days import Days
from .stories import BROKE, Story

SIGN = (Role.VILLAGE_WORKER, Role.TOWNSHIP_WORKER, Role.STATION_WORKER, Role.BUREAU_WORKER, Role.BUREAU_HEAD)
At = namedtuple("At", "moment day")
BY_PHONE, ANSWER_LOST, NOT_SENT = 0.35, 0.25, 0.2  # of the acts; of those with a key; of those whose answer was lost, how many are sent again only tomorrow


@dataclass(frozen=True)
class Hand:
    """Somebody who acts: an account with the post that it holds, or the household by its slip (no account)."""

    pk: object
    name: str
    unit: object = None
    unit_name: str = ""
    role: str = ""
    since: object = None  # on which day of the year the post began


@dataclass
class Unit:
    """A unit as the simulation knows it."""

    pk: object
    name: str
    tier: str
    line: str
    area: str
    living: bool = True


USER = Shape(lambda user: User.objects.filter(pk=user))
HOME = Hand(None, HOUSEHOLD.name)


class County:
    """People, units and homes; the book; and `do`, through which every act goes."""

    def __init__(self, year):
        self.year, self.dice = year, random.Random(f"{year.seed} {year.code}")
        self.book = Book(Days((row.day, row.works) for row in CalendarDay.objects.all()))
        self.acts = self.refused = self.repeats = 0
        self.pocket, self.morning, self.gone, self.voices = [], {}, [], voices()
        here = Organisation.objects.filter(to_on=None, area__code__startswith=year.code).select_related("area").order_by("area__code", "name")
        self.units = {one.pk: Unit(one.pk, one.name, one.tier, one.line, one.area_id) for one in here}
        posts = Post.objects.filter(to_on=None, organisation__in=self.units, user__is_active=True).order_by("user__username")
        self.hands = [Hand(one.user_id, one.user.name, one.organisation_id, one.organisation.name, one.role) for one in posts.select_related("user", "organisation")]
        self.homes = list(Household.objects.filter(village__code__startswith=year.code, village__level=Level.VILLAGE).order_by("number").select_related("village"))
        self.heads = {one.pk: one.memberships.filter(relation="户主").select_related("person").first() for one in self.homes}
        seats = (one for one in self.units.values() if one.tier == Tier.TOWNSHIP and one.line == "" and one.area[9:] == "000")
        self.seats = {one.area[:9]: one.pk for one in seats}
        self.sort_hands()

    def sort_hands(self):
        """Put the people by unit and by role, after somebody came or went."""
        self.in_unit, self.in_role = {}, {}
        for one in self.hands:
            self.in_unit.setdefault(one.unit, []).append(one)
            self.in_role.setdefault(one.role, []).append(one)

    # Who does what.

    def signer(self, unit):
        """Somebody of a unit who may sign and handle, or None."""
        return next((one for one in self.in_unit.get(unit, ()) if one.role in SIGN), None)

    def signers(self, unit):
        """All of them."""
        return [one for one in self.in_unit.get(unit, ()) if one.role in SIGN]

    def desk(self, village):
        """The unit to which a fresh need of a village goes."""
        return self.seats[village[:9]]

    def clerk(self, village, role=Role.TOWNSHIP_WORKER):
        """The clerk of a village's township."""
        return next((one for one in self.in_unit[self.desk(village)] if one.role == role), None)

    def worker(self, village):
        """The worker of a village, or None."""
        return next((one for one in self.in_role.get(Role.VILLAGE_WORKER, ()) if self.units[one.unit].area == village), None)

    def one(self, role):
        """The first who holds a role of the county."""
        return self.in_role[role][0]

    def giver(self, account):
        """The unit to which a need goes back: who gave it, or the township's desk where that unit is gone."""
        stands = account.given_by in self.units and self.units[account.given_by].living
        return account.given_by if stands else self.desk(account.village)

    @cached_property
    def _homes(self):
        return {home.pk: home for home in self.homes}

    def home_of(self, account):
        """The household of a need."""
        return self._homes[account.home]

    def named(self, value):
        """Say a value of a row: a unit or a person by name, nothing as nothing."""
        if value in self.units:
            return self.units[value].name
        return next((one.name for one in (*self.hands, *self.gone) if one.pk == value), str(value or "空"))

    def chance(self, share):
        return self.dice.random() < share

    def standing(self, *states):
        """The accounts that stand so, in the order of their numbers, but for those of which a violation was told."""
        there = self.book if any(state in ENDED for state in states) else self.book.open()
        return [one for one in there if one.state in states and not one.spoilt]

    def user(self, hand):
        """The account as a request of this day finds it: read once a day, and anew after the posts changed."""
        if hand.pk is None:
            return HOUSEHOLD
        if hand.pk not in self.morning:
            (self.morning[hand.pk],) = USER(hand.pk)
        return self.morning[hand.pk]

    # How it is done.

    def now(self):
        """The next moment of this day."""
        moment = self.year.clock.tick()
        return At(moment, today(moment))

    def do(self, name, hand, account=None, /, *, told=None, about=None, lawful=True, key=None, app="casework", **what):
        """Do one act; return its answer, or None where it was refused.

        account: the need, which the book takes along by the method of this name; told: what that method is told, or how that is read
        from the answer; about: how the act names what it is about, if not by the need; lawful: what the book says of it: True (a
        refusal is a violation), False (its success is one), None (whatever the product says is taken).
        """
        at = self.now()
        command = COMMANDS[f"{app}.{name}"]
        if key is None and not command.reads and self.chance(BY_PHONE):
            key = UUID(int=self.dice.getrandbits(128), version=4)
        body = {**what, **(about or ({"need_id": account.pk} if account else {}))}
        try:
            answer = command(by=self.user(hand), at=at.moment, key=key, **body)
        except Refused as refusal:
            self.refused += 1
            if lawful:
                self.violate("一件该准的事没有准 / a lawful act was refused", account, f"{hand.name}做“{name}”:{refusal.reason}")
            return None
        except Exception as fault:  # whatever breaks an act is told like any other violation
            self.violate(BROKE, account, f"{hand.name}做“{name}”:{type(fault).__name__}: {fault}")
            return None
        self.acts += 1
        if lawful is False:
            self.violate("一件不该准的事准了 / a forbidden act went through", account, f"{hand.name}({hand.unit_name})做了“{name}”")
            return answer
        if account is not None and hasattr(self.book, name):
            getattr(self.book, name)(account, at, hand, **(told(answer) if callable(told) else told or {}))
        if key is not None and self.chance(ANSWER_LOST):
            self.repeats_of(command, name, hand, account, key, body, answer)
        return answer

    def repeats_of(self, command, name, hand, account, key, body, answer):
        """The answer never reached the phone: it sends the same once more, now or the next morning."""
        again = (command, name, hand, account, key, body, answer)
        if self.chance(NOT_SENT):
            self.pocket.append(again)
        else:
            self.send_again(*again)

    def send_again(self, command, name, hand, account, key, body, answer):
        """Send an act again under its key: the same answer comes, and nothing is done twice. Another body under it is a conflict."""
        self.repeats += 1
        try:
            heard = command(by=self.user(hand), at=self.now().moment, key=key, **body)
            if getattr(heard, "pk", heard) != getattr(answer, "pk", answer):
                self.violate("重发得到了别的答复 / a repeat was answered otherwise", account, f"{hand.name}重发“{name}”")
        except Refused as refusal:
            self.violate("重发被当成了新的一次 / a repeat was taken for another act", account, f"{hand.name}重发“{name}”:{refusal.reason}")
        except Exception as fault:
            self.violate(BROKE, account, f"{hand.name}重发“{name}”:{type(fault).__name__}: {fault}")
        if "words" in body and self.chance(0.1):
            try:
                command(by=self.user(hand), at=self.now().moment, key=key, **{**body, "words": "另写的一句话"})
            except Conflict:
                return
            except Refused as refusal:
                self.violate("同一编号的另一份内容没有当作冲突 / another body under a key was no conflict", account, str(refusal.reason))
                return
            self.violate("同一编号收下了两份内容 / two bodies under one key", account, f"{hand.name}:“{name}”")

    def violate(self, kind, account, what):
        """Tell a violation with the story of its need; from then on that need is left alone."""
        if account is not None and account.spoilt:
            return
        if account is not None:
            account.spoilt = True
        self.year.violated(Story(kind, what, self.year.clock.moment, account))
