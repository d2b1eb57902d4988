"""Events of the year: planned, moved, held or called off, entered afterwards; homes invited, children and homes that came, helpers and their hours."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from wanjia.orgs.roles import Role

from ..models import Event as Row
from ..models import EventChild, EventHome, Shift
from ..models import Helper as HelperRow

DAY, MOST = timedelta(days=1), 12  # hours of one helper on one day
HOURS = (("08:30", "11:30"), ("09:00", "15:00"), ("14:00", "21:00"))
NAMES = ("读书会", "种树", "包粽子", "看电影", "拔河", "画春天")


@dataclass
class Event:
    """An event as the book knows it. homes: {home: whether it came}; shifts: {helper: [key, hours put down as minutes (from, to) or None]}; by_hand: homes, children."""

    pk: object
    village: str
    name: str
    day: date
    state: str = "event_planned"
    minors: bool = True
    hosts: int = 1
    by_hand: tuple = (0, 0)
    homes: dict = field(default_factory=dict)
    children: set = field(default_factory=set)
    shifts: dict = field(default_factory=dict)

    def row(self):
        """Return what its row must say."""
        return [self.name, self.day, self.state, self.minors, *self.by_hand]


class Events:
    """The events of the year."""

    def __init__(self, care):
        self.care, self.events = care, {}
        care.events = self.events

    def live(self, day):
        """Do one or two acts."""
        dice = self.care.dice
        for _n in range(dice.choice((1, 2))):
            dice.choice((self._plan, self._record, self._move, self._hold, self._hold, self._call_off, self._invite, self._tick, self._tick, self._arrive, self._count, self._host, self._enlist, self._enlist, self._hours, self._twice))(day)

    def night(self, day, *, swept):
        """Nothing waits for the night."""

    def _some(self, day, *states):
        """Return one of the latest events in these states, or None."""
        found = [one for one in self.events.values() if one.state in states and one.day > day - 30 * DAY]
        return self.care.dice.choice(found) if found else None

    def _did(self, act, one, **what):
        return self.care.do(act, one.village, Role.VILLAGE_WORKER, event_id=one.pk, **what)

    def _tempt(self, act, one, **what):
        self.care.tempt(act, one.village, Role.VILLAGE_WORKER, event_id=one.pk, **what)

    # Planned and held.

    def _made(self, act, village, day, **facts):
        told = {"name": self.care.dice.choice(NAMES), "area": self.care.units[village].area, "day": day, "venue": "村委会院坝"}
        if any(one.village == village and one.name == told["name"] and one.day == day for one in self.events.values()):
            self.care.tempt(act, village, Role.VILLAGE_WORKER, **told, **facts)
            return None
        made = self.care.do(act, village, Role.VILLAGE_WORKER, **told, **facts)
        if made:
            self.events[made.pk] = Event(made.pk, village, told["name"], day)
            return self.events[made.pk]
        return None

    def _plan(self, day):
        village, dice = self.care.dice.choice(self.care.villages), self.care.dice
        if len([one for one in self.events.values() if one.state == "event_planned"]) < 4:
            minors = dice.random() < 0.7
            made = self._made("plan_event", village, day + dice.randrange(8) * DAY, for_children=minors)
            if made:
                made.minors = minors

    def _record(self, day):
        if self.care.dice.random() < 0.3:
            self._entered(day - self.care.dice.randrange(20) * DAY)

    def _entered(self, day):
        """Enter an event that was held on that day; returns it, or None where there was one of that name."""
        dice = self.care.dice
        by_hand = (dice.randrange(9), dice.randrange(20))
        made = self._made("record_event", dice.choice(self.care.villages), day, more_homes=by_hand[0], more_children=by_hand[1])
        if made:
            made.state, made.by_hand = "event_held", by_hand
        return made

    def _move(self, day):
        one = self._some(day, "event_planned")
        if one is None or self.care.dice.random() < 0.5:
            return
        to = day + self.care.dice.randrange(6) * DAY
        told = {"name": one.name, "day": to, "venue": "学校操场"}
        taken = any(other is not one and (other.village, other.name, other.day) == (one.village, one.name, to) for other in self.events.values())
        if taken:
            self._tempt("change_event", one, **told)
        elif self._did("change_event", one, **told):
            one.day = to

    def _hold(self, day):
        one = self._some(day, "event_planned")
        if one is None:
            return
        if one.day > day:
            self._tempt("hold_event", one)
        elif self._did("hold_event", one):
            one.state = "event_held"

    def _call_off(self, day):
        one = self._some(day, "event_planned", "event_held")
        if one is None or self.care.dice.random() < 0.6:
            return
        if one.state == "event_held":
            self._tempt("cancel_event", one, because="下雨")
        elif self._did("cancel_event", one, because="下雨"):
            one.state = "event_cancelled"

    def _host(self, day):
        one = self._some(day, "event_planned", "event_held")
        if one and self.care.dice.random() < 0.3 and self._did("add_host", one, name=f"联办单位{one.hosts}"):
            one.hosts += 1

    # Who came.

    def _near(self, one):
        return [child for child in self.care.children.values() if child.village == one.village]

    def _invite(self, day):
        one = self._some(day, "event_planned", "event_held")
        if one and self._did("invite_village", one, village=self.care.units[one.village].area):
            one.minors = True
            for child in self._near(one):
                one.homes.setdefault(child.home, False)

    def _tick(self, day):
        one = self._some(day, "event_planned", "event_held", "event_held")
        if one is None:
            return
        from wanjia.registry.models import Person

        came = self.care.dice.sample(self._near(one), 2)
        told = {"children": list(Person.objects.filter(pk__in=[child.pk for child in came]))}
        if one.day > day:
            self._tempt("tick_attendance", one, **told)
        elif self._did("tick_attendance", one, **told):
            self._came(one, came)

    def _came(self, one, children):
        one.minors = one.minors or bool(children)
        one.children |= {child.pk for child in children}
        one.homes |= {child.home: True for child in children}

    def _arrive(self, day):
        """A home shows its invitation, and brings its child or does not."""
        from wanjia.registry.models import Person

        one = self._some(day, "event_planned", "event_held")
        asked = [child for child in self._near(one) if child.home in one.homes] if one else []
        if not asked:
            return
        child, along = self.care.dice.choice(asked), self.care.dice.random() < 0.7
        row = EventHome.objects.filter(event=one.pk, household=child.home).first()  # none: the evening says so
        if row is None:
            return
        told = {"arrival_id": row.pk, "children": [Person.objects.get(pk=child.pk)] if along else []}
        if one.day > day:
            self.care.tempt("note_arrival", one.village, Role.VILLAGE_WORKER, **told)
        elif self.care.do("note_arrival", one.village, Role.VILLAGE_WORKER, **told):
            self._came(one, [child] if along else [])
            one.homes[child.home] = True

    def _count(self, day):
        one = self._some(day, "event_planned", "event_held")
        if one is None:
            return
        by_hand = (self.care.dice.randrange(9), self.care.dice.randrange(20))
        told = {"more_homes": by_hand[0], "more_children": by_hand[1]}
        changes = any(one.by_hand) and one.by_hand != by_hand
        if changes and self.care.dice.random() < 0.5:
            told["reason"] = "重新数过一遍"
        if one.day > day or (changes and "reason" not in told):  # what was counted before is not changed without a word
            self._tempt("count_attendance", one, **told)
        elif self._did("count_attendance", one, **told):
            one.by_hand = by_hand

    # Who helped.

    def _enlist(self, day):
        one = self._some(day, "event_planned", "event_held")
        there = [helper for helper in self.care.helpers.values() if helper.since <= day and helper.left is None]
        if one is None or not there:
            return
        self._put_down(one, self.care.dice.choice(there))

    def _put_down(self, one, helper):
        told = {"helper": HelperRow.objects.get(pk=helper.pk), "what": "照看孩子"}
        if helper.pk in one.shifts or (one.minors and not helper.is_clear(one.day)):
            self._tempt("enlist_helper", one, **told)
        elif self._did("enlist_helper", one, **told):
            row = Shift.objects.filter(event=one.pk, helper=helper.pk).first()
            one.shifts[helper.pk] = [row and row.pk, None]

    def _hours(self, day):
        """Put down somebody's hours, or take him off; nobody is at two events in one hour, nor longer than a day has."""
        one = self._some(day, "event_held", "event_planned")
        if one is None or not one.shifts:
            return
        helper = self.care.dice.choice(list(one.shifts))
        key, hours = one.shifts[helper]
        if self.care.dice.random() < 0.2:
            if hours is not None:
                self.care.tempt("release_helper", one.village, Role.VILLAGE_WORKER, shift_id=key)
            elif self.care.do("release_helper", one.village, Role.VILLAGE_WORKER, shift_id=key):
                del one.shifts[helper]
            return
        self._worked(one, helper, day)

    def _twice(self, day):
        """Whoever helped at one event helped at another on the same day: by chance alone hours meet once in some years, and nobody would know that they may not."""
        helped = [(one, helper) for one in self.events.values() if one.state == "event_held" and one.day > day - 20 * DAY for helper, (_key, hours) in one.shifts.items() if hours]
        if not helped:
            return
        one, helper = self.care.dice.choice(helped)
        other = next((other for other in self.events.values() if other is not one and (other.day, other.state) == (one.day, "event_held")), None) or self._entered(one.day)
        if other and helper not in other.shifts and self.care.helpers[helper].left is None:
            self._put_down(other, self.care.helpers[helper])
        if other and helper in other.shifts:
            self._worked(other, helper, day)

    def _worked(self, one, helper, day):
        key, _hours = one.shifts[helper]
        start, end = self.care.dice.choice(HOURS)
        new = (_minutes(start), _minutes(end))
        others = [other.shifts[helper][1] for other in self.events.values() if other is not one and other.day == one.day and helper in other.shifts and other.shifts[helper][1]]
        fits = not any(begun < new[1] and over > new[0] for begun, over in others) and sum(over - begun for begun, over in [*others, new]) <= MOST * 60
        told = {"shift_id": key, "from_at": start, "to_at": end, "what": "照看孩子"}
        if one.day > day or not fits:
            self.care.tempt("note_hours", one.village, Role.VILLAGE_WORKER, **told)
        elif self.care.do("note_hours", one.village, Role.VILLAGE_WORKER, **told):
            one.shifts[helper][1] = new

    # The evening.

    def judge(self, day, *, whole):
        """Hold the events of the last weeks against the book; on whole evenings all of them, and the three figures."""
        asked = {pk: one for pk, one in self.events.items() if whole or one.day > day - 8 * DAY}
        rows = Row.objects.filter(pk__in=asked).values_list("pk", "name", "day", "state", "for_children", "more_homes", "more_children")
        self.care.same("活动和应有的不一样 / events differ", {pk: row for pk, *row in rows}, {pk: one.row() for pk, one in asked.items()})
        homes = {(event, home): came for event, home, came in EventHome.objects.filter(event__in=asked, household__in=self._homes()).values_list("event", "household", "came")}
        self.care.same("到场户和应有的不一样 / homes differ", homes, {(pk, home): came for pk, one in asked.items() for home, came in one.homes.items()})
        children = dict.fromkeys(EventChild.objects.filter(event__in=asked).values_list("event", "child"), True)
        self.care.same("到场学生和应有的不一样 / children differ", children, {(pk, child): True for pk, one in asked.items() for child in one.children})
        found = {(event, helper): hours and (_clock(hours), _clock(to)) for event, helper, hours, to in Shift.objects.filter(event__in=asked).values_list("event", "helper", "from_at", "to_at")}
        self.care.same("志愿服务和应有的不一样 / helpers at an event differ", found, {(pk, helper): hours for pk, one in asked.items() for helper, (_key, hours) in one.shifts.items()})
        if whole:
            self._figures(day)

    def _homes(self):
        return [child.home for child in self.care.children.values()]

    def _figures(self, day):
        held = [one for one in self.events.values() if one.state == "event_held" and one.day <= day and one.day.year == day.year]
        self.care.figures(Row.objects.filter(pk__in=self.events), {"events.held": len(held)})
        homes = {home for one in held for home, came in one.homes.items() if came}
        self.care.figures(EventHome.objects.filter(household__in=self._homes()), {"events.households": len(homes)})
        children = {child for one in held for child in one.children}
        self.care.figures(EventChild.objects.filter(child__in=self.care.children), {"events.students": len(children)})


def _minutes(clock):
    return int(clock[:2]) * 60 + int(clock[3:])


def _clock(time):
    return time.hour * 60 + time.minute
