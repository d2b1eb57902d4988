"""Nobody of the unit that holds or handled a need can, alone or with colleagues, confirm it, close it or better a rate (ADR 70).

A search over all sequences of legal acts (see collusion.py). Here a cut of it; the whole, with its bounds in
docs/mechanisms/casework.md: `make prove-collusion`. Negative
controls: with one guard off the search finds the way and tells it as a story. And no dead ends: from every moment that was
reached the household and others can still bring the need to an end.
"""

import os
import re
from contextlib import suppress
from dataclasses import replace
from datetime import date

import pytest
from django.db import transaction

from wanjia.casework import rules as parts
from wanjia.casework.assignment.commands import accept_need, assign_need
from wanjia.casework.callback import rules as callback
from wanjia.casework.callback.commands import call_back
from wanjia.casework.clock import rules as clock
from wanjia.casework.closing import rules as closing
from wanjia.casework.handling.commands import report_done
from wanjia.casework.models import Need
from wanjia.casework.screening import rules as screening
from wanjia.casework.slip import rules as slip
from wanjia.casework.slip.commands import HOUSEHOLD, answer_by_slip, issue_slip
from wanjia.casework.tests.factories import World, later, worker
from wanjia.casework.tests.walk import DONE, bring
from wanjia.casework.together.commands import ask_unit, report_help
from wanjia.casework.triage import commands as triage
from wanjia.orgs.agreeing import rules as agreeing
from wanjia.orgs.models import Post, User
from wanjia.orgs.roles import Role
from wanjia.orgs.workdays import rules as workdays
from wanjia.verdict import Refused

from .collusion import Bounds, Search, told
from .collusion_acts import MATTERS, acts_of
from .collusion_ends import ends

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
WHOLE = bool(os.environ.get("WANJIA_WHOLE_PROOF"))
# Depth is how many acts they do in a row. Sub-tasks, clocks and sessions side by side lead to tens of thousands of moments a start, one act deeper
# to some six times as many: 4 acts are a minute or two each, and WANJIA_DEPTH=9 goes to the end of most.
BOUNDS = Bounds(rounds=1, waits=1, depth=int(os.environ.get("WANJIA_DEPTH", 4)) if WHOLE else 2)
# The roles that people of one unit can have. A callback officer and an inspector may sit anywhere.
ANYWHERE = (Role.CALLBACK_OFFICER, Role.CALLBACK_OFFICER, Role.INSPECTOR)
TWO_POSTS = (Role.BUREAU_WORKER, (Role.BUREAU_HEAD, Role.CALLBACK_OFFICER), (Role.BUREAU_WORKER, Role.INSPECTOR))
CREWS = {
    "village": ("committee", (Role.VILLAGE_WORKER, Role.VILLAGE_WORKER, *ANYWHERE)),
    "township": ("township", (Role.TOWNSHIP_WORKER, Role.TOWNSHIP_LEADER, Role.STATION_WORKER, *ANYWHERE)),
    "bureau": ("civil", (Role.BUREAU_WORKER, Role.BUREAU_HEAD, *ANYWHERE)),
    "office": ("office", (Role.LEDGER_OFFICE, Role.LEADER, Role.BUREAU_WORKER, *ANYWHERE)),
    # Two of them stand in the education bureau too: one may call back there, one recheck.
    "two posts": ("civil", TWO_POSTS),
}
# For the quick search against the plain one: in "two posts" no two people are alike, post by post (ADR 81); here one pair is.
PAIR = {"two posts, a pair": ("civil", (*TWO_POSTS, TWO_POSTS[1]))}
STARTS = ("registered", "triaged", "assigned", "accepted", "done_reported", "disputed", "not_reached", "declined")


class Scene:
    """The small world, a second county unit with a callback officer and an inspector, and the crew of one unit."""

    def __init__(self, crew, start):
        self.crew, self.world = crew, World()
        world = self.world
        worker("er-huifang", "郑另访", world.education, Role.CALLBACK_OFFICER)
        worker("er-ducha", "冯另查", world.education, Role.INSPECTOR)
        worker("er-banli", "卫另办", world.education, Role.BUREAU_WORKER)
        place, roles = (CREWS | PAIR)[crew]
        self.unit = getattr(world, place)
        self.people = [self._person(crew, n, role) for n, role in enumerate(roles)]
        self.need = self._begin(start)
        self.world.need(summary="还是那件事,想申请低保")  # the same home says it twice: what may be put together with it
        self.at = later(days=6)
        self.units = [self.unit, world.education]

    def _person(self, crew, n, role):
        role, *second = role if isinstance(role, tuple) else (role,)
        user = worker(f"{re.sub('[ ,]+', '-', crew)}{n}", f"{self.unit.name[:3]}{'甲乙丙丁戊己'[n]}", self.unit, role)
        for other in second:
            Post.objects.create(user=user, organisation=self.world.education, role=other, from_on=date(2021, 1, 1))
        return User.objects.get(pk=user.pk)

    def _begin(self, start):
        """Bring a need, recorded inside the unit and with a slip whose code the unit kept, to where the search begins."""
        world, inside = self.world, self.people[0]
        if start in ("registered", "declined", "triaged"):
            need = bring(world, start, by=inside)
            issue_slip(need_id=need.pk, by=inside, at=later(hours=3))
            return need
        need = bring(world, "triaged", by=inside)
        issue_slip(need_id=need.pk, by=inside, at=later(hours=3))
        return self._helped(need) if start == "helped" else self._held(need, start)

    def _helped(self, need):
        """Another bureau leads, the crew's unit does a part and reports it, and the lead says done: a helper's word is no household's either."""
        lead, hand = User.objects.get(username="er-banli"), next(one for one in self.people if one.has_duty("handle_needs"))
        assign_need(need_id=need.pk, holder=self.world.education, by=self.world.clerk, at=later(hours=4))
        accept_need(need_id=need.pk, by=lead, at=later(days=1))
        task = ask_unit(need_id=need.pk, unit=self.unit, words="核实情况", due_on=later(days=3).date(), by=lead, at=later(days=1))
        report_help(task_id=task.pk, words="核实过了", by=hand, at=later(days=2))
        return report_done(need_id=need.pk, **DONE, by=lead, at=later(days=4))

    def _held(self, need, start):
        # Given to the unit whatever its tier: where the grade would not name it, an import may have.
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("wanjia.casework.assignment.rules.holders_for", lambda need, day: [self.unit])
            assign_need(need_id=need.pk, holder=self.unit, by=self.world.clerk, at=later(hours=4))
        handlers = [one for one in self.people if one.has_duty("handle_needs")]
        if start == "assigned":
            return need
        accept_need(need_id=need.pk, by=handlers[0], at=later(days=1))
        if start == "accepted":
            return need
        report_done(need_id=need.pk, **DONE, by=handlers[0], at=later(days=4))
        other = User.objects.get(username="er-huifang")
        if start == "disputed":
            call_back(need_id=need.pk, way="phone", reached=True, word="unsolved", by=other, at=later(days=5))
        if start == "not_reached":
            for day, hour in ((5, 0), (5, 3), (6, 0)):
                call_back(need_id=need.pk, way="phone", reached=False, by=other, at=later(days=day - 1, hours=hour))
        return need

    def search(self, depth=None, **more):
        bounds = replace(BOUNDS, depth=depth or BOUNDS.depth)
        return Search(self.people, self.units, self.need.pk, self.at, bounds, tells=WHOLE, **more).run()


# Were the office the helper, nobody of another unit could ask the household, and the lead's asking is refused.
EVERY = [(crew, start) for crew in CREWS for start in STARTS] + [(crew, "helped") for crew in CREWS if crew != "office"]
CUT = [("bureau", "helped"), ("two posts", "done_reported"), ("township", "done_reported"), ("township", "declined"), ("bureau", "not_reached"), ("office", "disputed")]


class Ends:
    """Asks of each moment that no earlier one was like: can the household and others still bring the need to an end?"""

    def __init__(self, scene):
        self.scene, self.met, self.stuck = scene, set(), []
        self.everybody = list(User.objects.filter(pk__in=Post.objects.values("user")))

    def __call__(self, need, at):
        seen = (need.state, need.holder_id, need.outcome, need.confirmed, need.slip_word, need.satisfaction, need.callback_failed,
                need.withdrawal_asked_at is None, need.returns, need.reopenings > 0)  # fmt: skip
        if seen not in self.met:
            self.met.add(seen)
            ended, way = ends(self.scene.world, self.everybody, need, at)
            if not ended:
                self.stuck.append((seen, [f"{act.by}:{act.words}" for act in way]))


@pytest.mark.parametrize(("crew", "start"), EVERY if WHOLE else CUT)
def test_one_unit_alone_confirms_closes_and_betters_nothing_and_nothing_is_stuck(crew, start):
    scene = Scene(crew, start)
    asked = Ends(scene)
    found = scene.search(each=asked)
    bound = "" if found.bounds.depth > found.longest else f" (no further than {found.bounds.depth} acts)"
    print(f"{crew} {start}: {found.seen} moments, {found.tried} acts, the longest way {found.longest}{bound}; {len(asked.met)} can end", flush=True)
    assert found.found == [], told(found)
    assert found.tried > found.seen
    assert asked.stuck == []
    assert asked.met


@pytest.mark.parametrize(("crew", "start"), [("bureau", "done_reported"), ("two posts, a pair", "accepted"), ("township", "declined")])
def test_the_quick_search_meets_what_the_plain_one_meets(crew, start):
    """Keeping the need between acts, leaving out the journal and letting one of people alike try loses no moment."""
    scene = Scene(crew, start)
    plain, quick = (scene.search(depth=1, quick=quick) for quick in (False, True))
    assert quick.visited == plain.visited
    assert quick.found == plain.found == []
    assert quick.tried < plain.tried


# Negative controls: one guard off, and the way is found


def off(patch, guard):
    """Switch one guard off."""
    if guard == "independent":
        for rules in (callback, closing, slip):
            patch.setattr(rules, "independent", lambda actor, need: True)
    if guard == "helper":
        patch.setattr(parts, "_helpers", lambda need: set())
        told_by = parts.GAVE_OR_WORKED
        patch.setattr(parts, "GAVE_OR_WORKED", lambda need: [line for line in told_by(need) if not line[0].startswith("help")])
    if guard == "tier_above":
        patch.setattr(clock, "independent", lambda actor, need: True)
        patch.setattr(clock, "decides", lambda actor, need: True)
    if guard == "slip":
        patch.setattr(slip, "is_trusted", lambda paper, need: True)
    if guard == "withdrawal":
        # The declared acts hold the rule itself: its answer is taken out of it.
        patch.setattr(callback.can_check_withdrawal, "__code__", (lambda actor, need: first_refusal()).__code__)  # noqa: F821, a name of the rules
    if guard == "opens_anew":
        patch.setattr(screening, guard, lambda need: True)
    if guard == "clock":
        patch.setattr(triage, "promise", _promise_anew)
        patch.setattr("wanjia.casework.commands._remember_lateness", lambda need, at: None)
    if guard == "needs_second":
        patch.setattr(workdays, guard, lambda *what: False)
    if guard == "shares_unit":
        patch.setattr(agreeing, guard, lambda *what: False)


def _promise_anew(need, due, days):
    need.due_on, need.due_provisional, need.due_days = due.on, due.provisional, days
    need.graded_on = None


@pytest.mark.parametrize(
    ("guard", "crew", "start", "result"),
    [
        ("independent", "bureau", "done_reported", "确认"),
        ("helper", "bureau", "helped", "确认"),
        ("slip", "township", "done_reported", "确认"),
        ("withdrawal", "bureau", "accepted", "已撤回"),
        ("clock", "township", "triaged", "超期"),
        ("opens_anew", "township", "registered", "答复期限"),
        ("needs_second", "office", "accepted", "推后到"),
        ("tier_above", "office", "accepted", "申请延期一周"),
        ("shares_unit", "office", "accepted", "推后到"),
    ],
)
def test_with_one_guard_off_the_search_finds_the_way_and_tells_it(monkeypatch, capsys, guard, crew, start, result):
    scene = Scene(crew, start)
    if guard == "clock":
        scene.at = later(days=30)
    if guard == "opens_anew":
        scene.at = later(days=4)
    off(monkeypatch, guard)
    found = scene.search(first_only=True)
    story = told(found)
    print(story)
    assert found.found, "the guard is off and the search saw nothing"
    assert result in story
    assert "→" in story


def test_a_code_shown_again_would_be_a_word(monkeypatch):
    """Negative control of "shown once": were the callback officer's own slip shown to the handling unit, its people could confirm."""
    scene = Scene("bureau", "accepted")
    officer = User.objects.get(username="er-huifang")
    issue_slip(need_id=scene.need.pk, by=officer, at=later(days=2))
    report_done(need_id=scene.need.pk, **DONE, by=scene.people[0], at=later(days=4))
    assert scene.search(depth=1).found == []
    shown_again = scene.search(depth=1, knows=lambda paper: True, first_only=True)
    assert "冒充诉求人说“已经解决”" in told(shown_again)


def test_needs_are_really_put_together_in_the_search():
    """What is refused betters nothing: so the four acts of same matter are seen to be done from here."""
    scene, done = Scene("township", "accepted"), set()
    need = Need.objects.get(pk=scene.need.pk)
    for person in scene.people:
        for _name, words, call in acts_of(person, need, scene.at, scene.units, scene.people):
            if words not in {words for _name, words, _does in MATTERS}:
                continue
            with suppress(Refused), transaction.atomic():
                call()
                done.add(words)
                transaction.set_rollback(True)
    assert done == {words for _name, words, _does in MATTERS}


def test_the_household_itself_can(db):
    """The search is not blind: the same slip in the household's hand, issued by another unit's officer, does confirm."""
    scene = Scene("bureau", "accepted")
    issue_slip(need_id=scene.need.pk, by=User.objects.get(username="er-huifang"), at=later(days=2))
    report_done(need_id=scene.need.pk, **DONE, by=scene.people[0], at=later(days=4))
    answer_by_slip(need_id=scene.need.pk, word="solved", by=HOUSEHOLD, at=later(days=5))
    assert Need.objects.get(pk=scene.need.pk).confirmed == "solved"
