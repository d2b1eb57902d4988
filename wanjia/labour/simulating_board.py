"""A year of the board's tasks (`wanjia simulate`): bureaus accept, contest, report; the office answers and confirms; a second book says how each task must stand.

The book knows no product code. What it counted on an evening is asked again months later: a past day says what it said.
"""

import random
from dataclasses import dataclass
from datetime import date, timedelta

from wanjia.kernel.calendar import today
from wanjia.kernel.command import COMMANDS
from wanjia.orgs.models import Area, Level, Post
from wanjia.orgs.roles import Role
from wanjia.policy.labour_pillars import pillars
from wanjia.verdict import Refused

from .simulating import Differs

OPEN, UNREPORTED = ("given", "contested", "taken", "reported"), ("given", "contested", "taken")
MOST, REMEMBERED = 8, 12  # tasks that are open at once; evenings that are asked again


@dataclass
class Task:
    """One task as the book knows it."""

    pk: object
    lead: object
    due: date
    state: str = "given"
    contested: bool = False
    reported: date | None = None
    later: date | None = None


def begin(year):
    """Begin the year of the board."""
    return Board(year)


class Board:
    """What `SIMULATED` asks for: live, night, judge, know, turn_over, counts."""

    def __init__(self, year):
        self.year, self.dice = year, random.Random(f"board {year.seed} {year.code}")
        self.acts, self.tasks, self.evenings = 0, [], {}
        self.county = Area.objects.filter(code__startswith=year.code[:6], level=Level.COUNTY).first()

    def _posts(self, role):
        """Return who stands in the county today with a role: {unit: user}."""
        posts = Post.objects.on(today(self.year.clock.moment)).filter(role=role, organisation__area=self.county, user__is_active=True, waiting=False, organisation__to_on=None)
        return {post.organisation: post.user for post in posts.select_related("user", "organisation").order_by("organisation__name", "user__username")}

    def live(self, day, *, off):
        """Do an act or two; nobody works while the machine is off."""
        officer, hands = next(iter(self._posts(Role.LABOUR_OFFICER).values()), None), self._posts(Role.BUREAU_WORKER)
        if off or officer is None or len(hands) < 2:
            return
        if len([one for one in self.tasks if one.state in OPEN]) < MOST and self.dice.random() < 0.3:
            self._set(officer, hands, day)
        for task in self.dice.sample(self.tasks, min(2, len(self.tasks))):
            self._goes_on(task, officer, hands, day)

    def night(self, day):
        """Nothing waits for the night."""

    def _do(self, name, by, **what):
        if by is None:
            return None
        try:
            answer = COMMANDS[f"labour.{name}"](by=by, at=self.year.clock.tick(), **what)
        except Refused as refusal:
            self._violate("一件该准的事没有准 / a lawful act was refused", f"{name} {what}: {refusal.reason}")
            return None
        self.acts += 1
        return answer or True

    def _set(self, officer, hands, day):
        lead, due = self.dice.choice(list(hands)), day + timedelta(days=self.dice.randrange(3, 20))
        asked = {"area": self.county, "lead": lead, "what": f"协同事项{len(self.tasks)}号", "measure": "材料交齐", "pillar": self.dice.choice(list(pillars())), "due_on": due}
        if made := self._do("set_board_task", officer, **asked):
            self.tasks.append(Task(made.pk, lead, due))

    def _goes_on(self, task, officer, hands, day):
        mine, what, dice = hands.get(task.lead), {"board_task_id": task.pk}, self.dice.random()
        if task.state == "given" and not task.contested and dice < 0.3:
            if self._do("contest_board_task", mine, **what, reason="不归我们管这件事"):
                task.state, task.contested = "contested", True
        elif task.state == "given" and self._do("accept_board_task", mine, **what):
            task.state = "taken"
        elif task.state == "contested":
            lead, due = self.dice.choice([task.lead, *hands]), task.due + timedelta(days=self.dice.choice((0, 0, 5)))
            if lead in hands and self._do("settle_board_task", officer, **what, lead=lead, due_on=due, reason="会上定了的"):
                task.state, task.contested, task.lead, task.due = "given", lead == task.lead, lead, due
        elif task.state == "taken":
            self._works(task, mine, officer, day, dice)
        elif task.state == "reported":
            self._judged(task, officer, dice)

    def _works(self, task, mine, officer, day, dice):
        what = {"board_task_id": task.pk}
        if task.later:
            agreed = dice < 0.5
            if self._do("decide_board_later", officer, **what, agreed=agreed, reason="按会上定的"):
                task.due, task.later = task.later if agreed else task.due, None
        elif dice < 0.2 and day <= task.due:
            until = task.due + timedelta(days=7)
            if self._do("ask_board_later", mine, **what, until=until, reason="材料还差一份"):
                task.later = until
        elif dice < 0.7 and self._do("report_board_task", mine, **what, words="材料交齐了"):
            task.state, task.reported = "reported", day
        elif dice > 0.95 and self._do("withdraw_board_task", officer, **what, reason="不用再办了"):
            task.state = "withdrawn"

    def _judged(self, task, officer, dice):
        what = {"board_task_id": task.pk}
        if dice < 0.25 and self._do("send_board_task_back", officer, **what, reason="还差一份材料"):
            task.state, task.reported = "taken", None
        elif dice >= 0.25 and self._do("confirm_board_task", officer, **what):
            task.state = "confirmed"

    def judge(self, day, *, whole):
        """Hold rows and, on whole evenings, figures against the book; and what a past evening said against what is said of it now."""
        from .models import BoardTask

        there = {row[0]: row[1:] for row in BoardTask.objects.filter(pk__in=[one.pk for one in self.tasks]).values_list("pk", "state", "due_on", "reported_on", "lead")}
        for one in self.tasks:
            should = (f"board_{one.state}", one.due, one.reported, one.lead.pk)
            if there.get(one.pk) != should:
                self._violate("协同任务和应有的不一样 / a task of the board differs", f"{one.pk}:{there.get(one.pk)},应当是 {should}")
        if whole:
            self._figures(day)

    def _figures(self, day):
        """Whoever judges may do so beside the next day: it moves no dice of the year and leaves nothing in the book."""
        evenings = self.evenings | {day: self._counted(day)}
        for evening in random.Random(f"{self.year.seed} {day}").sample(sorted(evenings), min(REMEMBERED, len(evenings))):
            told = self._told(evening if evening < today(self.year.clock.moment) else None)
            if told != evenings[evening]:
                self._violate("统计数和应有的不一样 / a figure differs", f"{evening}:{told},应当是 {evenings[evening]}")

    def _counted(self, day):
        some = [one for one in self.tasks if one.state != "withdrawn"]
        due = [one for one in some if one.due < day]
        return {
            "tasks": len(some), "open": sum(one.state in OPEN for one in some), "due": len(due), "late": sum(one.state in UNREPORTED for one in due),
            "on_time": sum(one.reported is not None and one.reported <= one.due for one in due),
        }  # fmt: skip

    def _told(self, day):
        from wanjia.reporting.figures.queries import figures

        from .models import BoardTask

        rows = figures(BoardTask.objects.filter(pk__in=[one.pk for one in self.tasks]), day, today(self.year.clock.moment))
        return {row["id"].partition(".")[2]: row["n"] for row in rows}

    def know(self, _known):
        """Nothing is learnt from who judged beside."""

    def turn_over(self):
        """Keep what this evening counts, to be asked again."""
        day = today(self.year.clock.moment)
        self.evenings[day] = self._counted(day)

    def counts(self):
        """Return what was done, for the answer of the year."""
        return {"board_acts": self.acts}

    def _violate(self, kind, what):
        self.year.violated(Differs(kind, what, self.year.clock.moment))
