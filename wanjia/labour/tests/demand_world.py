"""The small world of the demand side: a clothing factory of 细沙乡, its vacancy, an agreement, a station in Ningbo, and Wang who works there."""

from datetime import date, timedelta

from wanjia.kernel.tests.tried import MONDAY
from wanjia.orgs.models import Level, Post, User
from wanjia.orgs.roles import Role
from wanjia.policy.demand import criteria
from wanjia.policy.identity import CREDIT_CHARS
from wanjia.registry.tests.factories import area, unit

from ..agreements.commands import add_agreement
from ..employers.commands import add_employer, confirm_proof, enter_proof, judge_complaint, record_complaint
from ..keeping.commands import settle
from ..models import Employer, Spell, Worker
from ..stations.commands import add_outpost, choose_station, claim_wages
from ..vacancies.commands import confirm_vacancy, write_vacancy
from .factories import entered

DAY = MONDAY.date()


def code(n):
    """Make a unified social credit code that holds."""
    body = f"91530625MA6K{n:05d}"
    total = sum(CREDIT_CHARS.index(c) * pow(3, i, 31) for i, c in enumerate(body))
    return body + CREDIT_CHARS[(31 - total % 31) % 31]


FACTORY = {"name": "永善某某制衣有限公司", "code": code(1), "place": "530625", "phone": "08704567890"}
OFFER = {
    "title": "缝纫工", "trade": "factory", "headcount": 2, "pay_from": 2600, "pay_to": 4200, "place": "530625", "day_hours": 8, "week_days": 6, "words": "会用平车,不会的教;每月 15 日发工资",
    "from_on": DAY, "until_on": DAY + timedelta(days=90), "pay_unit": "month", "shift": "day", "boarding": "meals",
}  # fmt: skip
TRUE = {"checked": "visit", "words": "到车间看过,问了厂长和三个工人"}
PACT = {"title": "宁波市鄞州区劳务协作协议", "quota": 300, "from_on": date(2026, 1, 1), "until_on": date(2026, 12, 20), "party": "鄞州区人力资源和社会保障局", "place": "330200"}
ABROAD = {"kind": "station", "name": "昭通市驻宁波就业服务站", "host": "330200", "phone": "13887000077", "from_on": date(2026, 1, 1)}


def anew(user):
    """Read a person anew, as the doors do."""
    return User.objects.get(pk=user.pk)


def who(user, at=MONDAY):
    """Say who does it and when."""
    return {"by": anew(user), "at": at}


def employer(world, **more):
    """The factory, kept by the township."""
    known = Employer.objects.filter(code=more.get("code", FACTORY["code"])).first()
    return known or add_employer(**FACTORY | more, **who(world.clerk))


def proof(world, by=None, criterion="scale", **more):
    """A piece of evidence that waits."""
    said = {"criterion": criterion, "words": "参保人数证明 46 人,县社保局", "on": DAY}
    return enter_proof(employer_id=employer(world).pk, **said | more, **who(by or world.clerk, more.pop("at", MONDAY)))


def five(world, **more):
    """All five borne out."""
    for criterion in criteria():
        confirm_proof(proof_id=proof(world, criterion=criterion, **more).pk, checked="paper", **who(world.labour))
    return Employer.objects.get(pk=employer(world).pk)


def complaint(world, by=None):
    """Somebody complains of wages owed."""
    said = {"ground": "wages", "words": "干了两个月没发工资", "received_on": DAY, "who": "李某,打工的"}
    return record_complaint(employer_id=employer(world).pk, **said, **who(by or world.clerk))


def justified(world, at=MONDAY):
    """A complaint that was found justified."""
    one = complaint(world)
    return judge_complaint(complaint_id=one.pk, justified=True, checked="visit", judgement="查了工资册,确实没发", **who(world.labour, at))


def vacancy(world, by=None, **more):
    """A vacancy that waits to be confirmed."""
    return write_vacancy(employer_id=employer(world).pk, **OFFER | more, **who(by or world.clerk))


def live(world, **more):
    """A vacancy on the board."""
    return confirm_vacancy(vacancy_id=vacancy(world, **more).pk, **TRUE, **who(world.labour))


def working(world, person=None, place="330200", name=FACTORY["name"]):
    """Somebody of the register works there; the sums say so too."""
    person = person or world.register.head
    one = Worker.objects.filter(person=person).first() or entered(Worker(person=person, village=person.village, entered_on=date(2026, 1, 1), verified_on=DAY))
    facts = {"place": "outside", "area": place, "employer_name": name, "how": "self", "evidence": "declared", "recorded_at": MONDAY}
    spell = Spell.objects.get_or_create(worker=one, to_on=None, defaults={"from_on": DAY, **facts})[0]
    settle(one)
    return spell


def pact(world, **more):
    """An agreement with a place away."""
    return add_agreement(**PACT | more, **who(world.labour))


def station(world, unit_=None, **more):
    """The station in Ningbo."""
    return add_outpost(**ABROAD | {"contact": anew(world.labour), "unit": unit_} | more, **who(world.labour))


def belonging(world, **more):
    """Wang works in Ningbo and chose its station."""
    one = station(world, **more)
    return choose_station(away_id=working(world).worker_id, station=one, consent="phone", **who(world.visitor))


OWED = {"from_on": DAY, "last_on": DAY, "owes": 6000, "words": "厂里说下个月再给"}


def looked_after(world):
    """Wang works in Ningbo and chose its station; whoever works there signs in at the county's office."""
    return belonging(world, unit_=world.office).worker


def claim(world):
    """What Wang is owed stands on the ledger."""
    return claim_wages(own_id=looked_after(world).pk, **OWED, **who(world.away))


def elsewhere(world):
    """A labour officer of another county."""
    far = area("530621000000", "鲁甸县", Level.COUNTY)
    return seated("ludian-renshe", "外县就业", unit("鲁甸县人力资源和社会保障局", "county", far, "labour"), Role.LABOUR_OFFICER)


def seated(username, name, organisation, role):
    """Keep one user with one post."""
    user = User.objects.get_or_create(username=username, defaults={"name": name, "password": "!"})[0]
    if not user.posts.exists():
        Post.objects.create(user=user, organisation=organisation, role=role, from_on=date(2020, 1, 1))
    return anew(user)


def at_station(world, name="驻宁波站", username="ningbo"):
    """(unit, somebody who works at a station): the unit stands at home, its people are away."""
    home = unit(f"昭通市{name}", "county", world.county, "labour")
    return home, seated(username, "站里人", home, Role.STATION_AWAY)
#TODO