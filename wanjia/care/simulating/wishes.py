"""Small wishes of the year: said, judged, claimed from the public page or by telephone, run out, given up, brought, signed, thanked for, asked about again."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta

from wanjia.orgs.roles import Role
from wanjia.policy.money import yuan

from ..donors.commands import DONOR
from ..models import Wish as Row
from ..models import WishClaim, WishMoney
from ..wishes import queries

DAY = timedelta(days=1)
MOST, HOLDS, LONGER, WARNED, ASKED, SOON = 20_000, 8, 7, 2, 30, 30  # fen; days: a claim's first day no longer, once more, before its end; until the child is asked; a month
ALIVE, AGAIN = 3, 2  # claims of one telephone at once; of one wish, ever
THINGS = (("sport", "跑步鞋", "35", 11_800), ("books", "一套课外书", "", 8_600), ("study_things", "护眼台灯", "", 12_900), ("art_things", "水彩笔", "", 3_500))
DONORS = tuple((f"热心人{sign}", f"1388700{n:04d}", f"203.0.113.{n}") for n, sign in enumerate("甲乙丙", 1))
POOL, UNDER_WAY, GRANTED = ("wish_published", "released"), ("collected", "wish_published", "released", "claimed", "wish_delivered"), ("wish_confirmed", "wish_archived")
UNFIT = "一件不该公布的心愿记下了 / a wish that must not be published was written down"


@dataclass
class Claim:
    """Who holds a wish. until: the first day no longer; money: {kind: fen}; booked: who wrote its lines."""

    pk: object
    donor: tuple
    by_page: bool
    until: date
    longer: bool = False
    warned: bool = False
    end: str = ""
    money: Counter = field(default_factory=Counter)
    booked: set = field(default_factory=set)

    @property
    def left(self):
        """What is left of the money, in fen."""
        return self.money["money_given"] - self.money["money_spent"] - self.money["money_back"]


@dataclass
class Wish:
    """A wish as the book knows it."""

    pk: object
    child: object
    school: str
    kind: str
    cost: int
    made: date
    by: object
    state: str = "collected"
    published: date | None = None
    received: bool = False
    brought_by: object = None
    confirmed: date | None = None
    thanked: bool = False
    asked: date | None = None
    claims: list = field(default_factory=list)

    @property
    def claim(self):
        """The claim that holds it, or None."""
        return self.claims[-1] if self.claims and not self.claims[-1].end else None

    @property
    def days(self):
        """From said to signed; None before."""
        return None if self.confirmed is None else (self.confirmed - self.made).days

    def row(self):
        """Return what its row must say."""
        return [self.state, self.cost, self.published, self.received, self.brought_by, self.confirmed, self.days, self.thanked, self.asked]


class Wishes:
    """The wishes of the year. wishes: {key: Wish} in the order of saying."""

    def __init__(self, care):
        self.care, self.wishes = care, {}

    def live(self, day):
        """Do two or three acts."""
        dice = self.care.dice
        for _n in range(dice.choice((2, 3))):
            dice.choice((self._collect, self._judge, self._judge, self._claim, self._claim, self._hold, self._bring, self._bring, self._after))(day)

    def night(self, day, *, swept):
        """The evening's round has put back what nobody brought by its day, and marked what ends soon."""
        for one in self._in("claimed") if swept else ():
            claim = one.claim
            if one.received:
                continue
            if claim.until <= day:
                if claim.left == 0:
                    claim.end, one.state = "lapsed", "released"
            elif claim.until <= day + WARNED * DAY:
                claim.warned = True

    def _in(self, *states):
        return [one for one in self.wishes.values() if one.state in states]

    def _one(self, *states):
        found = self._in(*states)
        return self.care.dice.choice(found) if found else None

    def _did(self, act, one, by, **what):
        return self.care.do(act, one.child.village, by, wish_id=one.pk, **what)

    def _tempt(self, act, one, by, **what):
        self.care.tempt(act, one.child.village, by, wish_id=one.pk, **what)

    def _hand(self, one, *, but=None):
        """Return somebody of the village or township who may hand things over and sign, not this one."""
        hands = [self.care.hand(role, one.child.village) for role in (Role.VILLAGE_WORKER, Role.TOWNSHIP_WORKER)]
        self.care.dice.shuffle(hands)
        return next((by for by in hands if by is not None and by.pk != but), None)

    # Said and judged.

    def _collect(self, day):
        dice = self.care.dice
        had = [one.child for one in self._in(*GRANTED)]  # who had one says another: it waits behind the first one of a schoolmate
        child = dice.choice(had if had and dice.random() < 0.3 else list(self.care.children.values()))
        by = self.care.hand(dice.choice((Role.VILLAGE_WORKER, Role.TOWNSHIP_WORKER)), child.village)
        if by is None:
            return
        kind, thing, size, cost = dice.choice(THINGS)
        if dice.random() < 0.15:
            kind, thing, size, cost = "company", "去一次科技馆", "", 6_000
        told = {"child_id": child.pk, "kind": kind, "thing": thing, "size": size, "cost": yuan(cost)}
        if any(one.child is child and one.state in UNDER_WAY for one in self.wishes.values()):
            self.care.tempt("note_wish", child.village, by, **told)
        elif dice.random() < 0.15:
            told |= dice.choice(({"thing": f"给{child.name}的书包"}, {"cost": yuan(MOST + 1)}, {"thing": "现金两百"}, {"thing": "书包,电话13887000001"}))
            self.care.tempt("note_wish", child.village, by, **told)
        elif self.care.do("note_wish", child.village, by, **told):
            row = Row.objects.filter(child=child.pk, state="collected").first()
            if row is None:
                self.care.violate("记下的心愿不在 / a wish that was written down is not there", str(child.pk))
            else:
                self.wishes[row.pk] = Wish(row.pk, child, child.school, kind, cost, day, by.pk)

    def _second(self, one):
        """Whether a first wish of the same school, or of the same village where no school is known, waits while this one's child has had its own."""
        had = {other.child.pk for other in self._in(*GRANTED)}
        waits = [other for other in self._in("collected", *POOL) if other.child is not one.child and other.child.pk not in had]
        return one.child.pk in had and any(other.school == one.school and (one.school or other.child.village == one.child.village) for other in waits)

    def _judge(self, day):
        one = self._one("collected") if self.care.dice.random() < 0.9 else self._one("collected", "claimed", *POOL)
        second = [other for other in self._in("collected") if self._second(other)]
        one = self.care.dice.choice(second) if second and self.care.dice.random() < 0.3 else one
        if one is None:
            return
        hands = [by for by in (self.care.hand(role, one.child.village) for role in (Role.TOWNSHIP_WORKER, Role.CARE_OFFICER)) if by is not None]
        if not hands:
            return
        by = self.care.dice.choice(hands)
        if one.state != "collected" or self.care.dice.random() < 0.1:
            self._reject(one, by)
            return
        row = Row.objects.get(pk=one.pk)
        told = {"kind": row.kind, "thing": row.thing, "cost": yuan(row.cost), "size": row.size}
        if by.pk == one.by or self._second(one):
            self._tempt("publish_wish", one, by, **told)
        elif self._did("publish_wish", one, by, **told):
            one.state, one.published = "wish_published", day

    def _reject(self, one, by):
        if by.pk == one.by or one.state == "claimed":
            self._tempt("reject_wish", one, by, reason="家里刚添过")
        elif self._did("reject_wish", one, by, reason="家里刚添过"):
            one.state = "wish_rejected"

    # Claimed.

    def _claim(self, day):
        one = self._one(*POOL) if self.care.dice.random() < 0.85 else self._one("claimed", "collected", "wish_delivered")
        if one is None:
            return
        donor, by_page = self.care.dice.choice(DONORS), self.care.dice.random() < 0.6
        helpers = [helper for helper in self.care.helpers.values() if helper.is_clear(day)]
        if one.kind == "company" and helpers and self.care.dice.random() < 0.7:
            donor = (self.care.dice.choice(helpers).name, *donor[1:])
        what = {"kind": "a_person", "name": donor[0], "phone": donor[1]}
        what |= {"wish_id": one.pk, "address": donor[2]} if by_page else {"wish_id": one.pk}
        act, by = ("claim_wish", DONOR) if by_page else ("take_claim", self._hand(one))
        if by is None:
            return
        if not self._may_claim(one, donor, by_page, helpers):
            self.care.tempt(act, one.child.village, by, **what)
        elif self.care.do(act, one.child.village, by, **what):
            row = WishClaim.objects.filter(wish=one.pk, ended_at=None).first()
            one.claims.append(Claim(row and row.pk, donor, by_page, day + HOLDS * DAY))
            one.state = "claimed"

    def _may_claim(self, one, donor, by_page, helpers):
        if one.state not in POOL:
            return False
        if one.kind == "company" and (by_page or donor[0] not in {helper.name for helper in helpers}):
            return False
        alive = sum(other.claim is not None and other.claim.donor[1] == donor[1] for other in self.wishes.values())
        return alive < ALIVE and sum(claim.donor[1] == donor[1] for claim in one.claims) < AGAIN

    def _hold(self, day):
        """Let a claim run on, or give it up."""
        one = self._one("claimed")
        by = one and self._hand(one)
        if by is None:
            return
        claim, dice = one.claim, self.care.dice.random()
        if dice < 0.4:
            if one.received or claim.longer:
                self._tempt("lengthen_claim", one, by, reason="快递晚了")
            elif self._did("lengthen_claim", one, by, reason="快递晚了"):
                claim.until, claim.longer, claim.warned = claim.until + LONGER * DAY, True, False
            return
        alone = dice < 0.6
        act, by, what = ("give_up_by_slip", DONOR, {"claim_id": claim.pk}) if alone else ("give_up_claim", by, {"wish_id": one.pk, "reason": "来不了"})
        if one.received or claim.left:
            self.care.tempt(act, one.child.village, by, **what)
        elif self.care.do(act, one.child.village, by, **what):
            claim.end, one.state = "given_up", "released"

    # Brought and signed.

    def _bring(self, day):
        one = self._one("claimed", "claimed", "wish_delivered")
        by = one and self._hand(one)
        if by is None:
            return
        dice = self.care.dice.random()
        if one.state == "wish_delivered":
            self._sign(one, by, day)
        elif dice < 0.4:
            self._pay(one, by)
        elif dice < 0.7 and not one.received:
            one.received = bool(self._did("receive_thing", one, by))
        elif not one.received or one.claim.left or _booked(one, by):
            self._tempt("deliver_wish", one, by, through="by_officer")
        elif self._did("deliver_wish", one, by, through="by_officer"):
            one.state, one.brought_by = "wish_delivered", by.pk

    def _pay(self, one, by):
        dice, claim = self.care.dice, one.claim
        kind = dice.choice(("money_given", "money_spent", "money_back"))
        amount = dice.choice((5_000, 12_000)) if kind == "money_given" or dice.random() < 0.2 else claim.left or 100
        fits = claim.money["money_given"] + amount <= MOST if kind == "money_given" else amount <= claim.left
        told = {"kind": kind, "amount": yuan(amount), "words": "文具店发票" if kind == "money_spent" else ""}
        if not fits:
            self._tempt("note_money", one, by, **told)
        elif self._did("note_money", one, by, **told):
            claim.money[kind] += amount
            claim.booked.add(by.pk)

    def _sign(self, one, by, day):
        if self.care.dice.random() < 0.2:
            act, what = "send_back", {"reason": "还没有拿到"}
        else:
            act, what = "confirm_wish", {"signer": "guardian", "signed_by": "家里老人" if self.care.dice.random() < 0.85 else one.child.name}
        if by.pk == one.brought_by or what.get("signed_by") == one.child.name:
            self._tempt(act, one, by, **what)
        elif self._did(act, one, by, **what):
            if act == "send_back":
                one.state, one.brought_by = "claimed", None
            else:
                one.state, one.confirmed, one.claim.end = "wish_confirmed", day, "fulfilled"

    def _after(self, day):
        one = self._one(*GRANTED)
        by = one and self._hand(one)
        if by is None:
            return
        if self.care.dice.random() < 0.5:
            words = "很合适,谢谢" if self.care.dice.random() < 0.8 else f"谢谢,{one.child.name}"
            if one.thanked or one.child.name in words:
                self._tempt("thank_donor", one, by, words=words)
            else:
                one.thanked = bool(self._did("thank_donor", one, by, words=words))
        elif one.state == "wish_archived" or day < one.confirmed + ASKED * DAY:
            self._tempt("ask_again", one, by, after="in_use")
        elif self._did("ask_again", one, by, after="in_use"):
            one.state, one.asked = "wish_archived", day

    # The evening.

    def judge(self, day, *, whole):
        """Hold wishes, claims and money against the book; on whole evenings what anybody reads, and the figures."""
        rows = Row.objects.filter(child__in=self.care.children)
        values = rows.values_list("pk", "state", "cost", "published_on", "received_at", "delivered_by", "confirmed_on", "days", "thanks", "asked_on")
        there = {pk: [*facts[:3], facts[3] is not None, *facts[4:7], bool(facts[7]), facts[8]] for pk, *facts in values}
        self.care.same("心愿和应有的不一样 / wishes differ", there, {one.pk: one.row() for one in self.wishes.values()})
        claims, money = {}, {}
        for wish, *facts in WishClaim.objects.filter(wish__child__in=self.care.children).order_by("claimed_at").values_list("wish", "until_on", "longer", "warned_at", "end"):
            claims.setdefault(wish, []).append([*facts[:2], facts[2] is not None, facts[3]])
        should = {one.pk: [[claim.until, claim.longer, claim.warned, claim.end] for claim in one.claims] for one in self.wishes.values() if one.claims}
        self.care.same("认领和应有的不一样 / claims differ", claims, should)
        for claim, kind, amount in WishMoney.objects.filter(claim__wish__child__in=self.care.children).values_list("claim", "kind", "amount"):
            money.setdefault(claim, Counter())[kind] += amount
        self.care.same("捐款和应有的不一样 / money differs", money, {claim.pk: claim.money for one in self.wishes.values() for claim in one.claims if claim.money})
        if whole:
            self._public()
            self._figures()

    def _public(self):
        """What anybody may claim is what waits, and nothing by which a stranger would meet a child; no child's name stands in it."""
        shown = {one.pk: True for one in queries.offered()}
        self.care.same("公开的心愿和应有的不一样 / what is offered differs", shown, {one.pk: True for one in self._in(*POOL) if one.kind != "company"})
        names = [one.name for one in self.care.children.values()]
        for one in queries.offered():
            if any(name in f"{one.thing} {one.size}" for name in names):
                self.care.violate(UNFIT, one.code)

    def _figures(self):
        made = [one for one in self.wishes.values() if one.state != "wish_rejected"]
        published, granted = [one for one in made if one.published], [one for one in made if one.confirmed]
        self.care.figures(Row.objects.filter(child__in=self.care.children), {
            "wishes.made": len(made), "wishes.published": (len(published), len(made)), "wishes.granted": (len(granted), len(made)),
            "wishes.in_a_month": (sum(one.days <= SOON for one in granted), len(granted)),
        })  # fmt: skip


def _booked(one, by):
    """Tell whether somebody wrote a line of a wish's money, whoever held it then."""
    return any(by.pk in claim.booked for claim in one.claims)
