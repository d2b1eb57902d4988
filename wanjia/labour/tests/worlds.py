"""A small random register of labourers, and what is true of them worked out from the plain rows, by Python alone."""

import random
import uuid
from datetime import date, timedelta

from wanjia.orgs.models import Area, Level
from wanjia.registry.models import DatedStatus, Household, Membership, Person
from wanjia.registry.tests.factories import NOW, TODAY, World

from ..models import Spell, Worker
from ..tallying.commands import changed
from ..tallying.keys import alike, differences

START = date(2026, 6, 1)
PLACES = ("county", "city", "province", "outside", "abroad")
SCHEMES = {"lifted": ("lifted", "2021", "lifted"), "monitored": ("monitored", "2021", "sudden"), "poverty_risk": ("poverty_risk", "2026", "at_risk"),
           "relocated": ("relocated", "2016", "relocated")}  # fmt: skip
FLAG = {"lifted": "lifted", "monitored": "watched", "poverty_risk": "watched", "relocated": "relocated"}


class LabourWorld(World):
    """The small world within its city, with `n` labourers whose lives are drawn from a seed."""

    def __init__(self, seed=1, n=60):
        super().__init__()
        self.city = Area.objects.get_or_create(code="530600000000", defaults={"name": "昭通市", "short_name": "昭通", "level": Level.CITY})[0]
        Area.objects.filter(pk=self.county.pk).update(parent=self.city)
        self.dice = random.Random(seed)
        self.lives = [self._life(at) for at in range(n)]
        changed(differences([(None, alike(one)) for one in Worker.objects.all()]))

    def day(self, first=START, last=TODAY):
        """Draw a day."""
        return first + timedelta(days=self.dice.randrange((last - first).days + 1))

    def _life(self, at):
        dice, village = self.dice, self.dice.choice([self.datong, self.huangjin, self.xinmin])
        home = Household.objects.create(number=f"L{at:05d}", village=village, registered_at=NOW)
        person = Person.objects.create(id=uuid.UUID(int=dice.getrandbits(128), version=4), name=f"劳力{at}", birth_on=date(1985, 1, 1), village=village, registered_at=NOW)
        Membership.objects.create(person=person, household=home, relation="户主", from_on=START)
        statuses = [self._status(home, scheme) for scheme in SCHEMES if dice.random() < 0.3]
        entered = dice.choice([START, self.day()])
        left = self.day(entered) if dice.random() < 0.15 else None
        spells, free = [], entered
        while dice.random() < 0.75 and free <= TODAY and (left is None or free < left):
            went = self.day(free)
            back = self.day(went) if dice.random() < 0.5 else None
            spells.append({"from_on": went, "to_on": back, "place": dice.choice(PLACES), **self._how()})
            if back is None:
                break
            free = back + timedelta(days=dice.randrange(9))
        if left:
            spells = [one | {"to_on": min(one["to_on"] or left, left)} for one in spells if one["from_on"] < left]
        life = {"village": village.code, "entered_on": entered, "left_on": left, "spells": spells, "statuses": statuses, "verified_on": self.day()}
        life["person"] = person.pk
        self.keep(life)
        return life

    def _how(self):
        how = self.dice.choice(["self", "kin", "organised"])
        return {"how": how, "carried": how == "organised" and self.dice.random() < 0.5, "evidence": "manifest" if how == "organised" else "declared"}

    def _status(self, home, scheme):
        code, version, grade = SCHEMES[scheme]
        first = self.day()
        last = self.day(first) if self.dice.random() < 0.3 else None
        DatedStatus.objects.create(household=home, scheme=code, scheme_version=version, code=grade, from_on=first, to_on=last, recorded_at=NOW)
        return (scheme, first, last)

    def keep(self, life):
        """Write one life down."""
        now = state(life, TODAY) or dict.fromkeys(("place", "how"), "") | {"since_on": None, "carried": False} | dict.fromkeys(set(FLAG.values()), False)
        worker = Worker.objects.create(
            person_id=life["person"], village_id=life["village"], entered_on=life["entered_on"], left_on=life["left_on"],
            left_because="age" if life["left_on"] else "", verified_on=life["verified_on"],
            **{**{key: now[key] for key in ("since_on", "how", "carried", *set(FLAG.values()))}, "place": now["place"] or "none"},
        )  # fmt: skip
        Spell.objects.bulk_create(Spell(worker=worker, recorded_at=NOW, **one) for one in life["spells"])


def state(life, day):
    """Return what is true of a labourer at the end of a day, by the plain rows; None where he is on no roll."""
    if life["entered_on"] > day or (life["left_on"] and life["left_on"] <= day):
        return None
    runs = next((one for one in life["spells"] if one["from_on"] <= day and (one["to_on"] is None or one["to_on"] > day)), None)
    flags = {FLAG[scheme] for scheme, first, last in life["statuses"] if first <= day and (last is None or last > day)}
    return {
        "place": runs["place"] if runs else "none", "how": runs["how"] if runs else "", "carried": bool(runs and runs["carried"]),
        "since_on": runs["from_on"] if runs else None, "verified_on": life["verified_on"], **{flag: flag in flags for flag in set(FLAG.values())},
    }  # fmt: skip
