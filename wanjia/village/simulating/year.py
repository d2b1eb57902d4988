"""The year itself: a village with its homes, and who acts for it; an act that the book calls lawful goes through, one that it calls unlawful does not."""

import uuid
from dataclasses import dataclass
from datetime import date, timedelta

from wanjia.kernel.command import SystemActor
from wanjia.orgs.duties import Duty
from wanjia.orgs.living import InParts
from wanjia.orgs.models import Level, Post
from wanjia.orgs.roles import Role
from wanjia.policy.identity import check_char

INSTALLER = SystemActor("系统安装", duties=frozenset({Duty.MANAGE_USERS}))
KEEPER, TOWNSHIP = Role.VILLAGE_WORKER, Role.TOWNSHIP_WORKER
HOMES = 16  # of the second book, enough for two classes of cards; others may live there too
GIVEN = "安平康宁顺利丰盛和美"


@dataclass(frozen=True)
class Home:
    """A home as the book knows it: its row, its number, its head's name; when its adults were born."""

    row: object
    pk: object
    number: str
    head: str
    born: tuple


class Year(InParts):
    """What `SIMULATED` asks for: live, night, judge, know, turn_over, counts. village: None where nobody keeps one with a township above it."""

    def __init__(self, year, parts):
        super().__init__(year)
        self.dice, self.village, self.homes, self.met = self.dice_of("village"), None, [], set()
        here = Post.objects.filter(role=KEEPER, to_on=None, organisation__area__level=Level.VILLAGE, organisation__area__code__startswith=year.code)
        for post in here.select_related("organisation__area__parent").order_by("-organisation__area"):  # not where schools and care live: these take the first
            self.village = post.organisation.area
            if self.hand(TOWNSHIP):
                break
        if self.village and self.hand(TOWNSHIP):
            self._settles()
            for kind in parts:
                self.parts.append(kind(self))

    def _settles(self):
        """Homes come, each with an adult; every other one with a second."""
        for n in range(HOMES):
            born = [date(1962, 3, 1) + timedelta(days=401 * n)] + [date(1964, 5, 1) + timedelta(days=389 * n)] * (n % 2)
            head = self._facts(born[0], 2 * n)
            home = self.do("register_household", app="registry", village_code=self.village.pk, head=head, another=True)
            if home and n % 2:
                self.do("add_member", app="registry", household_id=home.pk, relation="配偶", another=True, **self._facts(born[1], 2 * n + 1))
            if home:
                self.homes.append(Home(home, home.pk, home.number, head["name"], tuple(born)))

    def _facts(self, born, n):
        body = f"530625{born:%Y%m%d}{700 + n:03d}"
        return {"name": "苗" + GIVEN[n // 10 % 10] + GIVEN[n % 10], "citizen_id": body + check_char(body)}

    # Who acts.

    def hands(self, role):
        """Return all who hold a role over the village today, the first by name of account."""
        area = self.village.parent_id if role == TOWNSHIP else self.village.pk
        posts = Post.objects.on(self.today).filter(role=role, to_on=None, user__is_active=True, organisation__area=area)
        return list({post.user_id: post.user for post in posts.select_related("user").order_by("user__username")}.values())

    def hand(self, role, but=()):
        """Return the first who holds a role today and is none of these people, by account and by name; None where nobody is left."""
        names = {one.name for one in but}
        return next((one for one in self.hands(role) if one.name not in names and one not in but), None)

    def hires(self, username, name, role):
        """Let somebody hold a role in the village, as whoever installs an office gives it."""
        unit = Post.objects.filter(role=KEEPER, to_on=None, organisation__area=self.village.pk).order_by("pk").first().organisation
        made = self.do("create_user", INSTALLER, app="orgs", username=f"{username}.{self.village.pk}", name=name, password=self.year.hash or "!", hashed=True, must_change_password=False)
        if made:
            self.do("give_post", INSTALLER, app="orgs", user_id=made.pk, organisation=unit, role=role, from_on=self.today)

    def do(self, name, by=KEEPER, /, *, app="village", lawful=True, **what):
        """Do an act by whoever holds this role, or by this very hand."""
        answer = self.ask(f"{app}.{name}", self.hand(by) if isinstance(by, str) else by, lawful=lawful, **what)
        if answer is not None:
            self.met.add(name)
        return answer

    def falls(self, dice, name, chance):
        """Whether an act is done today: by the dice, and the first time as soon as it may be, so that a few weeks meet every act."""
        return dice.random() < chance or name not in self.met

    def tempt(self, name, by=KEEPER, /, **what):
        """Try an act that the book calls unlawful."""
        return self.do(name, by, lawful=False, **what)

    def twice(self, name, by=KEEPER, /, **what):
        """Do an act and press the button again: it is done once."""
        hand, key = self.hand(by) if isinstance(by, str) else by, uuid.uuid4()
        made = self.do(name, hand, key=key, **what)
        again = self.do(name, hand, key=key, **what) if made else None
        if made and getattr(again, "pk", None) != getattr(made, "pk", None):
            self.violate("按了两次的成了两件 / what was pressed twice was done twice", name)
        return made

    def manned(self):
        """Tell whether somebody holds the posts of the village and of its township."""
        return bool(self.village and self.hand(KEEPER) and self.hand(TOWNSHIP))

    def figures(self, populations, should, by=KEEPER):
        """Hold figures, as whoever holds this role counts them, against {id: n}, or {id: (n, N)}: of those populations alone that these are of."""
        from wanjia.reporting.figures.lived import hold

        names = {id_.partition(".")[0] for id_ in should}
        hold(self, self.hand(by), [one for one in populations if one.name in names], should)

    def counts(self):
        """Return what was done, for the answer of the year."""
        return {"village_acts": self.acts, "village_refusals": self.refusals}
