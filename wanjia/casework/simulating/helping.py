"""Lead and helpers through a day: asked, consulted, taken on, sent back, given to another, reported, called off; what a unit thinks is not its own."""

from wanjia.orgs.roles import Role

from ..models import SubTask
from .book import GRID, RUNNING

WORKING = ("accepted", "in_progress")
WITH_HELPER = ("asked", "taken")
BACK = {"reason": "这一项按职责归别的单位", "rule": "县级部门权责清单"}
NOT_OURS = {"reason": "这件事应由主管部门办理", "rule": "单位“三定”规定第四条"}


def help_out(county):
    """Leads ask, helpers answer, leads decide on what came back."""
    for one in county.standing(*WORKING):
        lead = county.signer(one.holder)
        if lead and not one.contested and not one.still:
            _ask(county, one, lead)
    for one in county.standing(*RUNNING):
        for part in one.still:
            if not one.spoilt:
                _answer(county, one, part)


def _ask(county, one, lead):
    units = helpers(county, one)
    if not units:
        return
    latest, waits = county.book.last_day_to_help(one, county.day), one.is_stopped(county.day)
    due = latest if waits or county.chance(0.3) else min(county.book.days.after(county.day, county.dice.randrange(1, 6)), latest)
    if county.chance(0.2 if waits else 0.03):  # while a clock stands still, others may go on: what it ends with comes forward
        unit, calls = county.dice.choice(units), county.chance(0.3)
        county.do(
            "ask_unit", lead, one, told=lambda task: {"pk": task.pk, "unit": unit.pk, "due_on": due, "calls": calls, "words": task.words}, unit=county.organisation(unit.pk),
            words=f"核实家里的情况,报给我们(第 {len(one.lines)} 步)", due_on=due, calls=calls,
        )  # fmt: skip
    elif county.chance(0.015):
        there = county.dice.sample(units, min(2, len(units)))
        takes = {"unit1": county.organisation(there[0].pk), "words1": f"当场答应办的那一段(第 {len(one.lines)} 步)", "due1": due} if county.chance(0.7) else {}
        county.do(
            "note_consultation", lead, one, told=lambda kept: {"taken": [(pk, unit, due, words) for pk, unit, words in kept.tasks.values_list("pk", "unit", "words")]}, on=county.day,
            units=[county.organisation(unit.pk) for unit in there], words="各办各的一段,由主办单位答复", **takes,
        )  # fmt: skip


def helpers(county, one, but=()):
    """The units near a need that may help with it: with a line and somebody who signs, and not those that ask its household or look again."""
    apart = {county.one(role).unit for role in (Role.CALLBACK_OFFICER, Role.INSPECTOR, Role.LEDGER_OFFICE, Role.LEADER)}
    found = (unit for unit in county.units.values() if unit.living and unit.line and unit.pk not in {one.holder, *apart, *but})
    return [unit for unit in found if county.near(unit, one.village) and county.signer(unit.pk)]


def named_now(county, one):
    """Some of those that may help, for whoever hands a need over; [] mostly."""
    units = helpers(county, one) if county.chance(0.12) else []
    return county.dice.sample(units, min(len(units), 2))


def helping_already(county, one, units):
    """Those of `units` that help with the need now, where whoever hands it over gives it to one of them."""
    there = {part.unit for part in one.still}
    return [unit for unit in units if unit.pk in there] if there and county.chance(0.5) else []


def fresh_parts(one):
    """Read which sub-tasks a hand-over made: [(sub-task, unit, words)] of those that the book does not know."""
    return list(SubTask.objects.filter(need=one.pk).exclude(pk__in=one.parts).order_by("pk").values_list("pk", "unit", "words"))


def _answer(county, one, part):
    """The helper, or the lead where the helper sent it back or is gone."""
    helper, about, told = county.signer(part.unit), {"task_id": part.pk}, {"part": part}
    if part.state == "sent_back" or helper is None:
        _decide(county, one, part)
    elif part.agreed and not part.bound and county.chance(0.6):
        county.do("agree_help", helper, one, about=about, told=told)
    elif part.state == "asked" and not part.bound and county.chance(0.12) and county.day <= county.book.days.after(part.asked_on, 1):
        county.do("send_help_back", helper, one, about=about, told=told, **BACK)
    elif part.state == "asked" and county.chance(0.6):
        county.do("take_help", helper, one, about=about, told=told)
    elif part.state == "taken" and county.chance(0.35):
        county.do("report_help", helper, one, about=about, told=told, words="已经核实,情况属实")
    elif part.due_on <= county.day and part.urged_on != county.day and county.chance(0.1) and one.holder != part.unit:
        lead = county.signer(one.holder) if one.state in WORKING else None
        if lead:
            county.do("urge_help", lead, one, about=about, told=told, words="请抓紧")


def _decide(county, one, part):
    """What came back falls to the lead at once: another unit, or no more."""
    lead, about = county.signer(one.holder), {"task_id": part.pk}
    if lead is None or one.state not in WORKING or not county.chance(0.5):
        return
    units = helpers(county, one, but=[part.unit, *(unit for unit, words in one.said_no if words == part.words)])
    if units and county.chance(0.6):
        unit, due = county.dice.choice(units), county.book.last_day_to_help(one, county.day)
        told = {"part": part, "unit": unit.pk, "due_on": due}
        county.do("give_help_again", lead, one, about=about, told=told, unit=county.organisation(unit.pk), due_on=due)
    else:
        county.do("call_help_off", lead, one, about=about, told={"part": part}, reason="主办单位自己办了")


def may_contest(county, one):
    """Tell whether its unit may ask a session whose the need is: once the day for sending back has passed, and nobody has begun."""
    missed = one.returns >= 2 or (one.given_on and county.day > county.book.days.after(one.given_on, 1))
    return bool(one.given_on and missed) and one.state in ("assigned", "accepted") and not one.arbitrated and not one.contested


def contest(county, one, worker):
    """Ask a session whose it is."""
    return county.do("contest_need", worker, one, **NOT_OURS)


def regrade_at_table(county, one):
    """Some of what a session is asked about bears a wrong grade: return the grade that the table gives."""
    if one.contested and not one.stops and county.chance(0.3):
        return dict(zip(("urgency", "difficulty"), county.dice.choice(sorted(GRID)), strict=True))
    return {"urgency": one.urgency, "difficulty": one.difficulty}
