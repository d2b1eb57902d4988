"""What lies with whom is on his list: the evening's desks of some people, held against the book."""

import random

from ..clock import queries as plans
from ..models import SubTask
from ..together import queries as parts_of
from .book import RUNNING

WITH_HELPER = ("asked", "taken")
SOME = 2  # units an evening, beside one that waits for a unit where nobody signs


def look(county, day, office):
    """Each part is on a list: with its helper, with its lead where it came back or nobody signs, with the office; each plan on the planned list."""
    parts = [(one, part) for one in county.standing(*RUNNING) for part in one.still]
    if any(one.spoilt for one in county.book):
        return
    dice = random.Random(f"{county.year.seed} {day}")  # its own: who is looked at changes nothing of the year
    _same(county, "协办事项没有列出来 / a part is on no list", parts_of.asked_by_us(county.user(office)), [part.pk for _one, part in parts])
    units = sorted({part.unit for _one, part in parts} | {one.holder for one, _part in parts}, key=str)
    forsaken = sorted({one.holder for one, part in parts if county.signer(part.unit) is None}, key=str)[:1]
    for unit in [*forsaken, *dice.sample(units, min(SOME, len(units)))]:
        hand = county.signer(unit)
        if hand is None:
            continue
        mine = [part.pk for _one, part in parts if part.unit == unit and part.state in WITH_HELPER]
        _same(county, "请谁办的,谁的名单上没有 / a helper's list is wrong", parts_of.with_us(county.user(hand)), mine)
        stuck = [part.pk for one, part in parts if one.holder == unit and (part.state == "sent_back" or part.due_on < day or county.signer(part.unit) is None)]
        _same(county, "退回主办单位的,它的名单上没有 / a lead's list is wrong", parts_of.for_lead(county.user(hand), day), stuck)
    _plans(county, day, office)


def _plans(county, day, office):
    listed = plans.planned(county.user(office))
    there = [one for one in county.book if one.is_planned]
    _same(county, "列入计划的没有列着 / a plan is off the list", listed, [one.pk for one in there])
    due = [
        one.pk for one in there
        if (one.state == "verified" and one.planned_on <= day) or any(mark.done_on is None and mark.due_on <= day for mark in one.plan)
    ]  # fmt: skip
    _same(county, "到期的计划没有列着 / a plan that is due is not said to be", listed.filter(plans.plans_due(day)), due)


def _same(county, kind, rows, should):
    stands = set(rows.order_by().values_list("pk", flat=True))
    if wrong := stands ^ set(should):
        some = sorted(wrong, key=str)[0]
        need = SubTask.objects.filter(pk=some).values_list("need", flat=True).first() or some
        county.violate(kind, county.book.of.get(need), f"名单上 {len(stands)} 项,应当 {len(should)} 项")
