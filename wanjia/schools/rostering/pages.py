"""What the pages of rosters show besides their forms, and where they lead."""

from dataclasses import replace

from django.shortcuts import redirect

from wanjia.policy import guarding as policy

from ..guard_states import SwapState
from ..plan_states import Party
from . import queries
from .questions import cell_of, of_absence, of_duty
from .rules import starts_at

SHOWN = 20  # the best of those who could be sent; the choice of the form has everybody


def to_plan(_request, _row, plan):
    """To the version that is being worked."""
    return redirect("solving:plan", plan.pk)


def to_absence(_request, _row, absence):
    """To the absence, with who could stand in."""
    return redirect("schools:guard_absence", absence.pk)


def of_duty_row(duty, at):
    """Return who could take a duty, each with what it costs or the rule against it."""
    return [_weighed(duty, one) for one in of_duty(duty, at).options(duty)[:SHOWN]]


def _weighed(duty, one):
    """Return a Candidate whose price says what sending him costs: that an open seat is held at last is no price, it is why he is asked."""
    relief = policy.in_force(duty.day).open_seat if duty.guard_id is None and duty.party != Party.PARENT and one.price is not None else 0
    return replace(one, price=one.price + relief) if relief else one


def of_give(request, duty):
    """The guards who could take a duty: what each costs, what is against each; sent with one tap."""
    return {"options": [one for one in of_duty_row(duty, request.at) if not one.stands_here], "gate_duty": duty, "gives": True}


def of_swap(request, duty):
    """The next duties with which this one could be exchanged: what each costs, or the rule against it."""
    others = queries.exchangeable(duty, request.user, request.day)
    return {"exchanges": _priced(duty, others, request.at)}


def of_decision(request, one):
    """Who exchanges what, why, and what it costs now: nothing of it once it is answered."""
    open_now = one is not None and one.state == SwapState.ASKED and None not in (one.one.guard_id, one.other.guard_id)
    question = of_duty(one.one, request.at) if open_now else None
    price, why = question.exchange(one.one, one.other) if question and cell_of(one.other) in question.rows else (None, "")
    return {"swap": one, "price": price, "why": why}


def _priced(duty, others, at):
    """Return [(the other duty, points more or None, why not or "")], what can be done first, the cheapest of it first."""
    found = [one for one in others[:SHOWN] if starts_at(one) > at] if duty.guard_id else []
    question = of_duty(duty, at) if found else None
    priced = [(one, *question.exchange(duty, one)) for one in found if cell_of(one) in question.rows]
    return sorted(priced, key=lambda row: (row[1] is None, row[1] or 0))


def of_mending(request, absence):
    """Return both ways to mend, and for each lost duty three who could stand in."""
    question = of_absence(absence, request.at)
    if question is None:
        return {"ways": [], "lost": []}
    found = question.mended(absence)
    ways = [
        {"way": way, "changes": len(option.changed), "open": sum(option.roster.plan[cell] is None and question.posed.dues[cell].needed for cell in question.rows),
         "rows": [(question.rows[cell], _name(question, option.roster.plan[cell])) for cell in sorted(option.changed, key=lambda one: (one[1], one[0])) if cell in question.rows][:SHOWN]}
        for way, option in (("fewest", found.fewest), ("best", found.best))
    ]  # fmt: skip
    lost = [(one, [_weighed(one, able) for able in question.substitutes(one)]) for one in question.rows.values() if one.lost_id == absence.pk and one.guard_id is None and cell_of(one) in question.posed.dues]
    return {"ways": ways, "lost": sorted(lost, key=lambda pair: (pair[0].day, pair[0].from_at))}


def _name(question, who):
    return question.posed.guards[who].name if who else ""
