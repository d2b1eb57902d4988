"""A small world of mediation: 大同村 has a committee of five; two neighbours quarrel over a boundary, in any state of the file."""

from datetime import timedelta

from django.test import Client

from wanjia.kernel.calendar import today
from wanjia.kernel.tests.tried import MONDAY
from wanjia.orgs.models import User

from ..agreeing import commands as agreeing
from ..mediation import commands as mediation
from ..models import MediationCase, MediationParty
from .factories import body, seat, villager

DAY = today(MONDAY)
LATER = MONDAY + timedelta(days=5)
TAKE = {"kind": "neighbours", "source": "asked", "refuses": False, "people": 2, "facts": "两家为院墙占了半米过道吵了一个月", "money": "800"}
DRAW = {"written": True, "disputed": "院墙越界半米", "liable": "甲方砌墙没有量地界", "manner": "自己拆", "due_on": DAY + timedelta(days=30), "wants_court": True}
TERM = {"words": "甲方把院墙退回半米", "due_on": DAY + timedelta(days=20), "money": "300"}


def who(user, at=MONDAY):
    """Who does it, and when."""
    return {"by": type(user).objects.get(pk=user.pk), "at": at}


def committee(world):
    """The committee of five, two of them women; its first seat mediates."""
    return body(world, "mediation", 5, term_until=DAY + timedelta(days=400))


def taken(world, **facts):
    """A dispute was taken up."""
    committee(world)
    return mediation.take_case(village=world.datong, **TAKE | facts, **who(world.mediator))


def one_side(world, case, side, n):
    """Somebody of the roll stands on a side."""
    name = villager(world, n).name
    return mediation.add_party(mediation_case_id=case.pk, side=side, name=name, ours=True, **who(world.mediator))


def peopled(world, **facts):
    """Both sides stand in it."""
    case = taken(world, **facts)
    one_side(world, case, "side_one", 8)
    one_side(world, case, "side_two", 9)
    return case


def ready(world, **facts):
    """Both know their rights and chose the committee's head."""
    case = peopled(world, **facts)
    for party in case.parties.all():
        mediation.tell_rights(mediation_case_id=case.pk, party=party, way="read_out", day=DAY, **who(world.mediator))
    mediation.choose_mediator(mediation_case_id=case.pk, mediator=head(world), chosen="by_parties", **who(world.mediator))
    return case


def head(world):
    """The seat of the committee's head."""
    return seat(world, committee(world), 0, "head")


def sat(world, **facts):
    """They sat together."""
    case = ready(world, **facts)
    mediation.note_sitting(mediation_case_id=case.pk, kind="sitting", day=DAY, place="村委会", words="甲方说量错了,愿意退", **who(world.mediator))
    return case


def drawn(world, **facts):
    """An agreement is drawn up, with a term."""
    case = sat(world)
    agreeing.draw_agreement(mediation_case_id=case.pk, **DRAW | facts, **who(world.mediator))
    agreeing.add_term(mediation_case_id=case.pk, **TERM, **who(world.mediator))
    return case


def signed(world, **facts):
    """Both signed it."""
    case = drawn(world, **facts)
    for party in case.parties.all():
        agreeing.note_signature(mediation_case_id=case.pk, party=party, way="by_finger", day=DAY, **who(world.mediator))
    return case


def sealed(world, **facts):
    """Another hand sealed it."""
    case = signed(world, **facts)
    return agreeing.seal_agreement(mediation_case_id=case.pk, mediator_signed=True, **who(world.mediator2))


def applied(world):
    """Both asked the court."""
    case = sealed(world)
    return agreeing.apply_to_court(mediation_case_id=case.pk, jointly=True, court="永善县人民法院", day=DAY, **who(world.mediator))


def failed(world):
    """They could not agree."""
    case = sat(world)
    return mediation.fail_case(mediation_case_id=case.pk, told=True, words="双方都不让", **who(world.mediator))


def case_of(what):
    """The case that an act is tried on, afresh."""
    return MediationCase.objects.get(pk=what["mediation_case_id"])


def party_of(case, side="side_one"):
    """The first of a side."""
    return MediationParty.objects.filter(case=case, side=side).first()


def signed_in(user):
    """A browser of somebody."""
    client = Client()
    client.force_login(User.objects.get(pk=user.pk))
    return client
