"""Who may take a need, a part or a session over."""

from django.utils.translation import gettext_lazy as _

from wanjia.casework.duties import Duty
from wanjia.orgs import scope
from wanjia.orgs.handing.queries import able, people_with, standing_posts
from wanjia.verdict import first_refusal

from ..assignment.rules import leaves_a_signer, leaves_others
from ..states import DECIDABLE, NeedState

DESK = (*DECIDABLE, NeedState.REGISTERED)  # what a desk has to judge, grade or hand out


def can_own(need, unit, day):
    """Decide whether this unit may own the need from now on: it works there, can move it, and somebody without a part is left."""
    desk = need.state in DESK
    for verdict in (
        first_refusal(
            (unit.area.covers(need.village_id), _("%(unit)s不管%(number)s所在的村(社区),不能接手。") % {"unit": unit.name, "number": need.number}),
            (not desk or people_with(unit, day, Duty.ASSIGN_NEEDS), _("%(number)s还没有交办,要由能判定、研判、交办的单位接手。") % {"number": need.number}),
        ),
        *(() if desk else (leaves_a_signer(unit, day), leaves_others(need, unit, [], day))),
    ):
        if not verdict:
            return verdict
    return verdict


def can_answer(need, person):
    """Decide whether somebody of the unit takes it over: with the duty to handle."""
    return first_refusal((person is not None, _("接手%(number)s的人要是本单位有办理权限的。") % {"number": need.number}))


def can_help(task, unit, day):
    """Decide whether a unit takes a part over: it works there and can sign."""
    first = first_refusal((unit.area.covers(task.need.village_id), _("%(unit)s不管%(number)s所在的村(社区),不能接手。") % {"unit": unit.name, "number": task.need.number}))
    return leaves_a_signer(unit, day) if first else first


def can_hold(session, taker, day):
    """Decide whether somebody takes a session over: he may hold sessions where it is."""
    person = able(taker, day, Duty.HOLD_SESSIONS)
    posts = standing_posts(day).filter(user=person).select_related("area", "organisation__area") if person else ()
    there = any(Duty.HOLD_SESSIONS in scope.DUTIES[post.role] and post.reach.covers(session.area_id) for post in posts)
    return first_refusal((there, _("%(day)s的会商要由本辖区能召集会商的人接手。") % {"day": session.on}))
