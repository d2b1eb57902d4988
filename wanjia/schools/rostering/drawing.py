"""A roster from rows and back: the seats that are due and the guards as the engine's question, its answer as duties of a version.

A version speaks of the days from `since` on; whatever was before is another version's, and stays (swap copies it when the pointer moves).
"""

import time
from collections import Counter, defaultdict
from datetime import date, timedelta

from django.utils.translation import gettext as _

from wanjia.policy import guarding as policy
from wanjia.registry import bulk
from wanjia.solving.kinds import Answer
from wanjia.verdict import Refused

from ..guarding.force import Force
from ..guarding.queries import of_schools
from ..models import GateDuty, Guard, School
from ..plans.posts import seats
from ..year.bells import Year
from . import standing
from .plans import breaches, score
from .plans import solve as engine
from .posing import Asked, Due, Posed

KIND = "gate_roster"
BEFORE = 14  # days before the first that caps of a week and rest look back to
OFF = 10  # duties above or below the fair share that are carried on, at most


def span(plan):
    """Return (first day, end, since) of a version: the days of its roster, and the first that it changes."""
    return tuple(date.fromisoformat(plan.settings[word]) for word in ("first", "end", "since"))


def about(area, first, end):
    """Return the key of what is planned: an area's days."""
    return f"{area.pk}:{first:%Y%m%d}-{end:%Y%m%d}"


def schools_of(area, first, end):
    """The schools of an area that stand on some day between two, with what seats and pages ask of them."""
    low, high = area.span()
    return list(School.objects.filter(area__gte=low, area__lt=high, from_on__lt=end).not_ended(first).select_related("area", "unit").order_by("area_id", "pk"))


def due_of(seat):
    """Return the Due of a Seat of the posts."""
    return Due(seat.school, str(seat.post.same_as), seat.post, str(seat.party), seat.n, seat.day, seat.from_at, seat.to_at, seat.going, seat.needed)


def build(plan):
    """Return the Posed of a version. Raises Refused where no school has a post that is due, or nobody stands guard."""
    first, end, since = span(plan)
    schools = schools_of(plan.area, since, end)
    dues = [due_of(one) for one in seats(schools, since, end, Year(schools, since, end))]
    if not dues:
        raise Refused(_("这段时间没有要护学的岗位:先要有学期、作息和三方签过的护学方案。"))
    guards = list(of_schools(schools, since, end))
    if not guards:
        raise Refused(_("还没有登记护学人员。"))
    edition = policy.in_force(since)
    weight = edition.term_person_week if plan.settings.get("term") else edition.person_week
    return Posed(dues, guards, Force(guards, since, end), edition, asked_of(schools, guards, since, end), person_week=weight)


def asked_of(schools, guards, since, end):
    """Return the Asked of a question about the days from `since` on: what stands, what is locked, who was where before."""
    asked = Asked()
    for one in standing.duties(schools, since, end):
        cell = (standing.code_of(one), one.day.isoformat())
        asked.standing[cell] = str(one.guard_id) if one.guard_id else None
        if one.held and one.guard_id:
            asked.held[cell] = str(one.guard_id)
    before = standing.duties(schools, since - timedelta(days=120), since).filter(guard__isnull=False).values_list("guard", "day", "from_at", "place", "party", "n")
    faces, served, load = defaultdict(Counter), [], Counter()
    for guard, day, from_at, place, party, n in before:
        who = str(guard)
        faces[f"{place}|{party}|{n}|{from_at:%H:%M}"][who] += 1
        load[who] += 1
        if day >= since - timedelta(days=BEFORE):
            served.append((who, day, from_at))
    asked.served = served
    asked.fixed = {code: min(counted, key=lambda who, counted=counted: (-counted[who], who)) for code, counted in faces.items()}
    asked.carried = _carried(guards, load)
    return asked


def _carried(guards, load):
    """Return {guard: duties above the mean of his party at his school, or of his unit}: what the term so far asks back."""
    groups = defaultdict(list)
    for one in guards:
        groups[one.party, one.school_id or one.unit_id].append(str(one.pk))
    found = {}
    for mine in groups.values():
        mean = sum(load[who] for who in mine) / len(mine)
        found |= {who: max(-OFF, min(OFF, round(load[who] - mean))) for who in mine}
    return found


def solve(posed, control):
    """Return the engine's roster as an Answer; seconds: the engine's own."""
    began = time.perf_counter()
    roster = engine(posed.problem, control=control)
    points = score(posed.problem, roster.plan)
    # Where nothing is due, or a parent did not offer, an open seat is no disappointment, and no share of the gap.
    unoffered = sum(roster.plan[cell] is None for cell, due in posed.dues.items() if not due.needed)
    never = (posed.never_due() + unoffered) * posed.problem.weights.open_seat
    gap = max(0.0, roster.objective - roster.bound) / max(1.0, roster.objective - never)
    words = counts(posed, roster.plan) | {"points": points.total - never, "seconds": round(time.perf_counter() - began, 2)}
    return Answer(roster.plan, words, gap=gap, stopped=not roster.finished)


def counts(posed, plan):
    """Return the numbers of a roster: seats that are counted on, held and not; what changed against the one that stands."""
    needed = [cell for cell, due in posed.dues.items() if due.needed]
    covered = sum(plan[cell] is not None for cell in needed)
    offered = sum(plan[cell] is not None for cell, due in posed.dues.items() if not due.needed)
    changed = sum(plan[cell] != who for cell, who in posed.problem.published.items() if cell in posed.dues)
    return {
        "schools": len(posed.schools), "guards": len({who for who in plan.values() if who is not None}), "seats": len(needed), "covered": covered,
        "uncovered": len(needed) - covered, "parents": offered, "changed": changed, "lifted": posed.lifted,
    }  # fmt: skip


def judge(posed, answer):
    """Return what the referee finds (planning.rostering.check), and what it cannot know: that nobody stands where his own calendar keeps him away, nor where nothing is due."""
    names = {who: one.name for who, one in posed.guards.items()}
    found = [one.zh for one in breaches(posed.problem, answer.plan)]
    for cell, who in answer.plan.items():
        due = posed.dues.get(cell)
        if who is not None and due is None:
            found.append(_("%(day)s 没有这一岗,却排了 %(name)s。") % {"day": cell[1], "name": names[who]})
        elif who is not None and (against := posed.against(due, who)):
            found.append(_("%(name)s %(day)s 不能到岗:%(why)s") % {"name": names[who], "day": cell[1], "why": against})
    return found


def rows_of(plan, posed, answer):
    """Yield the duties of a version, from its question and the engine's answer."""
    for cell, due in posed.dues.items():
        who = answer[cell]
        held = who is not None and posed.problem.locks.get(cell) == who
        yield bulk.fresh(
            GateDuty, plan_id=plan.pk, school_id=due.school.pk, post_id=due.post.pk, place=due.post.same_as, party=due.party, n=due.n, day=due.day, from_at=due.from_at, to_at=due.to_at,
            going=due.going, guard_id=posed.guards[who].pk if who is not None else None, held=held,
        )  # fmt: skip


def guards_of(plan):
    """The guards whom a version names."""
    return Guard.objects.filter(pk__in=GateDuty.objects.filter(plan=plan, guard__isnull=False).values("guard"))
