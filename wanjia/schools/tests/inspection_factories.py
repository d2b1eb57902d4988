"""A small world of inspections: net bars in the township, a round of three units, what was found there."""

from datetime import timedelta

from wanjia.kernel.tests.tried import MONDAY
from wanjia.orgs.models import Line, Tier, User
from wanjia.orgs.roles import Role
from wanjia.registry.tests.factories import unit, worker
from wanjia.schools.inspecting import commands
from wanjia.schools.inspection_states import HazardState, RoundState
from wanjia.schools.models import (
    Hazard,
    HazardPhoto,
    Inspection,
    InspectionRound,
    InspectionUnit,
    MendOrder,
    Recheck,
    RoundTeam,
    RoundVenue,
    TeamUnit,
    Venue,
)

DAY = MONDAY.date()
END = DAY + timedelta(days=9)


def lead(world):
    """The bureau that leads: one whose people stand in the world of the house's tests."""
    return world.civil


def police(world):
    """One that comes along."""
    return unit("永善县公安局", Tier.COUNTY, world.county, Line.POLICE)


def fire(world):
    """Another one."""
    return unit("永善县消防救援大队", Tier.COUNTY, world.county, Line.EMERGENCY)


def person(name, words, of, role=Role.BUREAU_WORKER):
    """Somebody who inspects for a unit, afresh."""
    found = User.objects.filter(username=name).first() or worker(name, words, of, role)
    return User.objects.get(pk=found.pk)


def leader(world):
    """Who leads rounds for it, afresh."""
    return User.objects.get(pk=world.handler.pk)


def officer(world):
    """Who comes along for the police."""
    return person("gongan", "邵公安", police(world))


def fireman(world):
    """Who comes along for the fire brigade."""
    return person("xiaofang", "涂消防", fire(world))


def second(world):
    """Another hand of the same bureau."""
    return User.objects.get(pk=world.handler2.pk)


def venue(world, name="飞鱼网吧", **facts):
    """A net bar in the village."""
    given = {"area": world.datong, "kind": "netbar", "address": "大同街3号", "from_on": DAY - timedelta(days=90)} | facts
    return Venue.objects.get_or_create(name=name, defaults=given)[0]


def round_of(world, state=RoundState.RUNNING, **facts):
    """A round over net bars with one team of three units, six people, four of them licensed; running, its places are on its list."""
    given = {"area": world.county, "name": "中考前联合检查", "kind": "joint", "calls": "exam", "kinds": "netbar", "lead": lead(world), "from_on": DAY - timedelta(days=2), "until_on": END, "made_at": MONDAY} | facts
    if state != RoundState.DRAFT:
        given |= {"begun_at": MONDAY}
    one, new = InspectionRound.objects.get_or_create(name=given["name"], state=RoundState.DRAFT, defaults=given) if state == RoundState.DRAFT else _running(given)
    if new:
        team(world, one)
        if state == RoundState.RUNNING:
            venue(world)
            for place in Venue.objects.filter(kind__in=one.covers(), to_on=None):
                RoundVenue.objects.create(round=one, venue=place, team=one.teams.get(), planned_on=DAY)
    return one


def _running(given):
    found = InspectionRound.objects.filter(name=given["name"], state=RoundState.RUNNING).first()
    if found:
        return found, False
    one = InspectionRound.objects.create(**given)
    InspectionRound.objects.filter(pk=one.pk).update(state=RoundState.RUNNING)
    one.refresh_from_db()
    return one, True


def team(world, one):
    """A team of three units."""
    made = RoundTeam.objects.create(round=one, number=one.teams.count() + 1)
    for sent, licensed in ((lead(world), 2), (police(world), 1), (fire(world), 1)):
        TeamUnit.objects.create(team=made, unit=sent, people=2, licensed=licensed)
    return made


def stop(world, **facts):
    """A place on the list of the running round."""
    one = round_of(world)
    return RoundVenue.objects.select_related("venue", "round").get(round=one, venue=venue(world, **facts))


def said(kind="netbar", **answers):
    """All items of a place of a kind, well, but for those that are named: exits="bad"."""
    from wanjia.policy import inspecting as policy

    found = {f"item_{item.code}": "ok" for item in policy.in_force(DAY).of(kind)}
    return found | {f"item_{code}": answer for code, answer in answers.items()}


def looked(world, **facts):
    """An inspection of the place."""
    one = stop(world)
    found = Inspection.objects.filter(stop=one).first()
    if found is None:
        given = {"day": DAY, "answers": {"exits": "bad"}, "people": 6, "licensed": 4, "signed": "signed", "recorded_at": MONDAY, "recorded_by": leader(world), "for_unit": lead(world)} | facts
        found = Inspection.objects.create(stop=one, **given)
        InspectionUnit.objects.create(inspection=found, unit=lead(world))
    return found


def hazard(world, state=HazardState.FOUND, serial=1, **facts):
    """Something found there, of the fire brigade's line but owned by who leads unless somebody says so; as far as `state`."""
    given = {
        "words": "安全出口上锁", "basis": "消防法第二十八条", "grade": "ordinary", "owner": lead(world), "measure": "立即打开", "answers": "店长", "due_on": DAY + timedelta(days=15), "found_on": DAY, "code": "exits",
    } | facts  # fmt: skip
    one = Hazard.objects.filter(county=world.county, year=DAY.year, serial=serial).first()
    if one is None:
        one = Hazard.objects.create(inspection=looked(world), county=world.county, year=DAY.year, serial=serial, **given)
        way = (HazardState.ORDERED, HazardState.RECHECK, HazardState.PASSED)
        for passed in way[: way.index(state) + 1] if state in way else ():
            more = {"order": order(world, one.inspection, one.owner)} if passed == HazardState.ORDERED else {"closed_on": DAY} if passed == HazardState.PASSED else {"mended_on": DAY}
            Hazard.objects.filter(pk=one.pk).update(state=passed, **more)
        one.refresh_from_db()
    return one


def order(world, inspection=None, of=None):
    """An order over it."""
    inspection, of = inspection or looked(world), of or lead(world)
    last = MendOrder.objects.filter(unit=of, year=DAY.year).count()
    return MendOrder.objects.create(inspection=inspection, unit=of, year=DAY.year, serial=last + 1, day=DAY, issued_at=MONDAY)


def recheck(world, **facts):
    """A look whether it is mended."""
    given = {"day": DAY, "passed": True, "words": "已打开", "licensed": 2, "recorded_at": MONDAY} | facts
    return Recheck.objects.create(hazard=hazard(world, HazardState.RECHECK), **given)


def photo(world):
    """A picture of the place."""
    return HazardPhoto.objects.create(hazard=hazard(world), when="before_mending", taken_on=DAY, body="", recorded_at=MONDAY)

def at(days=0):
    """So many days on."""
    return MONDAY + timedelta(days=days)


def record(world, one, by=None, moment=MONDAY, **answers):
    """Let all three units look at a place on a list, by the act itself."""
    facts = {"day": DAY, "came": [lead(world), police(world), fire(world)], "people": 6, "licensed": 4, "signed": "signed"}
    return commands.record_inspection(round_venue_id=one.pk, **facts, **said(one.venue.kind, **answers), by=by or leader(world), at=moment)
