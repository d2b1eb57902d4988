"""What homes may be owed today, for whoever asks: of a child only those hear of whom its file would open for."""

from dataclasses import dataclass
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from wanjia.doors.words import said
from wanjia.orgs.models import Line
from wanjia.policy.benefits import Owed, benefits, decide
from wanjia.registry.duties import Duty
from wanjia.shapes import Shape

from ..households.queries import villages_of
from ..households.rules import visible_households
from ..models import Household, Person
from ..people.children import children_with_facts
from ..people.rules import opens_for
from .facts import claim_of, claim_of_child, claim_of_home, loaded, paid_to, pointed_at, shown, with_leads

MOST_HOMES = 300  # with anything on record that are looked at together; of more one village is
AT_SCHOOL_AFTER = ("senior", "vocational", "college", "in_school")  # who may be owed what goes on past 18


@dataclass(frozen=True)
class Claim:
    """One benefit for one claimant. person: None for the home itself; young: it is told only where the child's file would open."""

    owed: Owed
    person: Any = None
    young: bool = False


@dataclass(frozen=True)
class Offer:
    """One benefit of a home, with everybody there whom it may be owed to, as a page shows it."""

    home: Any
    claims: tuple[Claim, ...]

    @property
    def rule(self):
        """The benefit's table of the file."""
        return self.claims[0].owed.rule

    @property
    def stands(self):
        """ "owed" where it is of anybody, else "unsure"; "received" of what is being received."""
        return self.claims[0].owed.stands

    @property
    def young(self):
        """Whether it is of a child: then no word of it stands on a visit or a need, which others read."""
        return any(claim.young for claim in self.claims)

    @property
    def word(self):
        """What the address of a plan or a need carries: the benefit's code; of a child's nothing that names it."""
        return "child" if self.young else self.rule["code"]

    @property
    def asks(self):
        """What is missing to be sure, each once."""
        return list(dict.fromkeys(ask for claim in self.claims for ask in claim.owed.asks))

    @property
    def who(self):
        """The only person it may be owed to, when that is a grown-up: the one whose need it would be."""
        return self.claims[0].person if len(self.claims) == 1 and not self.young else None

    @property
    def said(self):
        """What is told of it in the reader's language: {"plain", "ask", "bring", "confirm", "source"}."""
        told = ("plain", "ask", "bring", "confirm", "source")
        return {name: said({"zh": self.rule[f"{name}_zh"], "en": self.rule[f"{name}_en"]}) for name in told}

    @property
    def gives(self):
        """The department line that grants it."""
        return Line(self.rule["gives"]).label


def of_home(actor, home, day, *, children=True):
    """Return [Offer] of one visible home on `day`, what may be owed first, then what is to be asked, then what is received.

    children: False leaves out whatever is of a child, for a page that lies on a device. One question where nothing is on record.
    """
    home = WITH_ANYTHING.first(home.pk)
    if home is None:
        return []
    prefetch_related_objects([home], *shown())
    return _offers(home, _claims(home, _young(actor, [home]) if children else {}, day))


WITH_ANYTHING = Shape(lambda pk: Household.objects.filter(with_leads() | paid_to(), pk=pk).order_by())


def in_homes(actor, day, *, village="", benefit="", duty=Duty.KEEP_REGISTER):
    """Return [(home, [Offer])] of the visible homes with something that may be owed or is to be asked, by village and number.

    village: a code within reach, "" for all; benefit: of this one only. Nobody is ranked. As many questions for one home as for all.
    """
    rows = visible_households(actor, duty=duty).filter(with_leads()).select_related("village")
    rows = loaded(rows.filter(village_id=village) if village else rows).order_by("village_id", "number")
    homes = list(rows)
    young, found = _young(actor, homes), []
    for home in homes:
        offers = [one for one in _offers(home, _claims(home, young, day)) if one.stands != "received"]
        offers = [one for one in offers if not benefit or one.rule["code"] == benefit]
        if offers:
            found.append((home, offers))
    return found


def village_asked(actor, asked, *, duty=Duty.KEEP_REGISTER):
    """Return (code of the village to look at, "" for all; [(code, name)] to choose from; whether all may be looked at together)."""
    villages = villages_of(actor, duty=duty)
    homes = visible_households(actor, duty=duty).filter(with_leads()).order_by()
    whole = homes[: MOST_HOMES + 1].count() <= MOST_HOMES
    return (asked if asked in dict(villages) else "" if whole else villages[0][0]), villages, whole


def names():
    """Return [(code, words)] of all benefits."""
    return [(code, said(rule)) for code, rule in benefits().items()]


def _young(actor, homes):
    """Return {id: child with facts, None where nothing points at any aid} of the children and the young grown-ups at school whose files
    open for the actor, or would have.
    """
    people = [member.person for home in homes for member in home.living]
    asked = [one for one in people if one.is_protected or (one.birth_on and one.schooling in AT_SCHOOL_AFTER)]
    opened = opens_for(actor, asked)
    facts = {child.pk: child for child in children_with_facts(Person.objects.filter(pointed_at(), pk__in=opened))}
    return {pk: facts.get(pk) for pk in opened}


def _claims(home, young, day):
    """Decide every benefit for a loaded home and its people; of a protected person only where its file opens (young)."""
    found = [Claim(one) for one in decide(claim_of_home(home), day)]
    for member in home.living:
        person = member.person
        if person.pk in young:
            found += [Claim(one, person, young=True) for one in decide(claim_of_child(person, young[person.pk], day), day)]
        if not person.is_protected or person.pk in young:
            found += [Claim(one, person, young=person.is_protected) for one in decide(claim_of(person, home), day)]
    return [claim for claim in found if claim.owed.stands]


def _offers(home, claims):
    order = {code: at for at, code in enumerate(benefits())}
    groups = {}
    for claim in claims:
        groups.setdefault((claim.owed.benefit, claim.owed.stands, claim.young), []).append(claim)
    stands = ("owed", "unsure", "received")
    ordered = sorted(groups, key=lambda key: (stands.index(key[1]), order[key[0]], key[2]))
    return [Offer(home, tuple(groups[key])) for key in ordered]


def words_to_go(code):
    """Return (why a visit is planned, the words of a need, its category) for the benefit of an address, or None; nothing of a child's."""
    if code == "child":
        return _("核对孩子的保障政策,详见儿童档案"), _("想请民政部门核对孩子的保障政策有没有落实,详见儿童档案。"), "guardianship"
    rule = benefits().get(code)
    if rule is None:
        return None
    what = {"what": said(rule)}
    return _("核实能不能享受:%(what)s") % what, _("想核实家里能不能享受:%(what)s。") % what, rule["category"]
