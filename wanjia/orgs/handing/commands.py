"""Pass on what somebody leaves behind, within the act that ends his post or the unit; or let it stand as a dated task, and finish that."""

import hashlib
from collections import Counter
from typing import Annotated

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.calendar import WorkingCalendar, today
from wanjia.kernel.command import command
from wanjia.orgs.carried import PROTECTIVE
from wanjia.orgs.duties import Duty
from wanjia.policy.ladder import in_force, told
from wanjia.verdict import Refused

from ..delivery.commands import tell
from ..models import Change, DutyNotice, Handover, Organisation
from ..roles import Role
from ..second_person.commands import tell as notify
from ..workdays.hours import CLOCK
from . import choices, pages, queries, rules
from .subjects import HANDOVERS

ABOUT = "handover"


def pass_on(leaving, answered, *, why, by, at):
    """Hand over, within an act that has locked the unit, all that this Leaving holds; return how many.

    answered: what the fields of choices.py say. Raises Refused where anything has no taker, or one that cannot take it. Each taker is told once.
    """
    found = queries.held(leaving)
    if not found:
        return 0
    told = Counter()
    for family, takers in choices.takers(leaving, found, answered).items():
        family.take(takers, leaving, why=why, by=by, at=at)
        told.update(takers.values())
    for taker, n in told.items():
        _tell(taker, n, leaving, by=by, at=at)
    return queries.count(found)


def _tell(taker, n, leaving, *, by, at):
    person = taker.person or queries.head_of(taker.unit, today(at))
    if person is not None and person.pk != by.id:
        change = Change.HANDED if leaving.person is not None else Change.TOOK
        role = next((post.role for post in queries.standing_posts(today(at)).filter(user=person, organisation=taker.unit)), Role.VILLAGE_WORKER)
        DutyNotice.objects.create(
            reader=person, change=change, about=leaving.person or person, role=role, area=taker.unit.area, at=at, by_name=by.name,
        )  # fmt: skip
    whose = f"{leaving.unit.pk}:{leaving.person and leaving.person.pk}:{person and person.pk}"
    key = f"{ABOUT}:{at:%Y%m%d%H%M%S%f}:{hashlib.sha256(whose.encode()).hexdigest()[:32]}"  # a message's key is short
    tell([taker.unit], ABOUT, number=str(n), path=reverse("desk"), key=key, at=at)


def close_post(post, *, on, reason, by, at):
    """End one post, within the act that took it: its row, those who are told of a protective one, its line."""
    post.to_on = on
    post.save(update_fields=["to_on"])
    told = notify(Change.ENDED, post.user, [post], by=by, at=at) if post.role in PROTECTIVE else 0
    journal.record(
        act="orgs.end_post", subject=post.user, by=by, at=at, reason=reason, area_code=post.organisation.area_id, post=post.pk,
        role=post.role, on=on, told=told,
    )  # fmt: skip


def leave_standing(user, unit, *, why, by, at):
    """Let what a person, or a whole unit, left behind stand as a dated task; return the Handover, or None where nothing was left or one stands already."""
    day = today(at)
    if not queries.held(queries.left_behind(user, unit, day)):
        return None
    edition, up = in_force(day), queries.chain(unit, day)
    due = WorkingCalendar.load().add(day, edition.handover_days if edition else 3).on
    row, made = Handover.objects.get_or_create(
        user=user, organisation=unit, done_at=None, defaults={"reason": str(why)[:200], "opened_at": at, "opened_by_name": by.name, "due_on": due, "told": next(iter(up), None)},
    )  # fmt: skip
    if not made:
        return None
    journal.record(act="orgs.handover_left", subject=row, by=by, at=at, area_code=unit.area_id, unit=unit.pk, user=user and user.pk, due_on=due, told=row.told_id)
    _tell_unit(row, at)
    return row


def _tell_unit(row, at):
    if row.told is not None:
        tell([row.told], ABOUT, number="1", path=reverse("orgs:handovers"), key=f"{ABOUT}:{row.pk}:{row.level}", at=at)


@act(
    HANDOVERS, "hand_over", at="hand-over", words=_("安排交接"), done=_("已交接,接手的人工作台上看得到。"), duty=(Duty.HAND_OVER, Duty.MANAGE_USERS),
    may=rules.can_hand_over, then=pages.to_list, more=pages.what_stands, template="orgs/handing/hand_over.html", call=None,
    because="people and units are chosen on a screen that shows what each would take", lines={"orgs.hand_over": _("安排交接")},
)  # fmt: skip
def finish_handover(row, *, by, at, **to: Annotated[object, Asked(spread=pages.fields_of_standing)]):
    """Hand over what stands (安排交接): everything in one go, each with its taker. Returns the Handover."""
    leaving = queries.left_behind(row.user, row.organisation, today(at))
    n = pass_on(leaving, to, why=row.reason, by=by, at=at)
    row.done_at, row.done_by_id, row.done_by_name = at, by.id, by.name
    row.save(update_fields=["done_at", "done_by", "done_by_name"])
    journal.record(act="orgs.hand_over", subject=row, by=by, at=at, area_code=row.organisation.area_id, n=n)
    return row


@command("orgs.watch_handovers")
def watch_handovers(*, by, at):
    """The clock's round: what lies adrift gets its dated task, what is in other hands again is done, what is late climbs; return how many rows changed."""
    if by is not CLOCK:
        raise Refused(_("交接由系统按时限盯着,不由人代走。"))
    day, changed = today(at), 0
    found = sorted(queries.undated(day), key=str)
    people, units = queries.people_of({user for user, _unit in found}), Organisation.objects.in_bulk([unit for _user, unit in found])
    for user, unit in found:
        why = _("单位已经撤并或者没有人在岗") if user is None else _("已经没有岗位")
        changed += leave_standing(people.get(user), units[unit], why=why, by=by, at=at) is not None
    for row in queries.standing().select_for_update(of=("self",)).order_by("pk"):
        changed += _looked_at(row, day, by=by, at=at)
    return changed


def _looked_at(row, day, *, by, at):
    """Close what holds nothing any more; raise what is late by as many rungs as the rules say. Return whether anything changed."""
    if not queries.still_lies(row, day):
        row.done_at, row.done_by_name = at, by.name
        row.save(update_fields=["done_at", "done_by_name"])
        journal.record(act="orgs.handover_over", subject=row, by=by, at=at, area_code=row.organisation.area_id)
        return True
    level = queries.reached(row, day, WorkingCalendar.load())
    if not level:
        return False
    row.level, row.told = level, told(queries.chain(row.organisation, day), level)
    row.save(update_fields=["level", "told"])
    journal.record(act="orgs.handover_climbed", subject=row, by=by, at=at, area_code=row.organisation.area_id, level=row.level, told=row.told_id)
    _tell_unit(row, at)
    return True
