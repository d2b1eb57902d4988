"""Classes of the year: seats and a line, adults who fetch, rolls, children who are late, hands over at the gate."""

from collections import Counter
from datetime import datetime, time, timedelta

from wanjia.kernel.calendar import CHINA
from wanjia.kernel.models import CalendarDay
from wanjia.orgs.roles import Role

from ..classes import queries
from ..models import CareClass, Collector, Enrolment, Presence, Session
from ..models import Helper as Row

SEATS, STARTS, ENDS = 3, time(16, 30), time(18, 0)
KNOWN = "王老师当面认得"


class Classes:
    """One afternoon class of the first village. line: children in the order of asking; adults: {child: (key, code)} of confirmed ones."""

    def __init__(self, care):
        self.care, self.village, self.one, self.line = care, care.villages[0], None, []
        self.rows, self.adults, self.waiting, self.rolls, self.last = {}, {}, {}, {}, None

    def live(self, day):
        """Keep the roll; hold the class about once a week."""
        if self.one is None:
            self._open(day)
            return
        self.care.dice.choice((self._enrol, self._enrol, self._leave, self._list, self._list, self._confirm, self._confirm, self._drop))()
        for key, roll in self.rolls.items():
            if "closed" not in roll and (session := Session.objects.filter(pk=key).first()):
                self._settle(session, roll)
        if day.isoweekday() < 6 and self._works(day) and self.care.dice.random() < 0.2:
            self._session(day)

    def _works(self, day):
        """Whether people work on a weekday: the county may have moved it since the morning."""
        row = CalendarDay.objects.filter(day=day).first()
        return row is None or row.works

    def night(self, day, *, swept):
        """Nothing waits for the night."""

    def _leaders(self, day):
        return [one for one in self.care.helpers.values() if one.village == self.village and one.is_clear(day)]

    def _open(self, day):
        fit = self._leaders(day)
        if not fit:
            return
        told = {"name": "四点半课堂", "kind": "afternoon", "place": "村委会二楼", "weekdays": [1, 2, 3, 4, 5], "starts": "16:30", "ends": "18:00", "seats": SEATS}
        area = self.care.units[self.village].area
        made = self.care.do("open_class", self.village, Role.VILLAGE_WORKER, area=area, from_on=day, until_on=day + timedelta(days=400), leader=Row.objects.get(pk=fit[0].pk), **told)
        if made:
            self.one, self.care.leader = made.pk, fit[0]

    def _in(self):
        return self.line[:SEATS]

    def _enrol(self):
        for child in self.care.children.values():
            if child.village == self.village and child.pk not in self.line:
                if self.care.do("enrol_child", self.village, Role.VILLAGE_WORKER, care_class_id=self.one, name=child.name, last4=child.last4, asked_by="祝家人"):
                    self.line.append(child.pk)
                    self.rows[child.pk] = Enrolment.objects.filter(care_class=self.one, child=child.pk).exclude(state="out_of_class").get().pk
                return

    def _leave(self):
        if self.line and self.care.dice.random() < 0.15:
            pk = self.care.dice.choice(self.line)
            if self.care.do("leave_class", self.village, Role.VILLAGE_WORKER, enrolment_id=self.rows[pk], reason="转学"):
                # Seats stay with whoever has one: who waits longest moves up.
                self.line.remove(pk)

    def _list(self):
        for pk in self.line:
            if pk not in self.adults and pk not in self.waiting:
                by = self.care.hand(Role.VILLAGE_WORKER, self.village)
                if by and self.care.do("list_collector", self.village, by, enrolment_id=self.rows[pk], name="祝奶奶", relation="祖辈", phone="13887000000", said_by="监护人当面说的"):
                    row = Collector.objects.filter(child=pk, to_on=None).latest("listed_at")
                    self.waiting[pk] = row.pk, row.code, by
                return

    def _confirm(self):
        for pk, (row, code, lister) in list(self.waiting.items()):
            if pk not in self.line:
                continue
            other = self.care.hand(Role.TOWNSHIP_WORKER, self.village)
            if other == lister or self.care.dice.random() < 0.2:
                if self.care.hand(Role.VILLAGE_WORKER, self.village) == lister:
                    self.care.tempt("confirm_collector", self.village, lister, collector_id=row, said="自己问过监护人")
            elif other and self.care.do("confirm_collector", self.village, other, collector_id=row, said="打电话问过监护人"):
                self.adults[pk] = row, code
                del self.waiting[pk]
            return

    def _drop(self):
        mine = [pk for pk in self.adults if pk in self.line]
        if mine and self.care.dice.random() < 0.1:
            pk = self.care.dice.choice(mine)
            if self.care.do("drop_collector", self.village, Role.VILLAGE_WORKER, collector_id=self.adults[pk][0], reason="不再接送"):
                del self.adults[pk]

    # An afternoon.

    def _session(self, day):
        if not self.care.leader.is_clear(day):
            self.care.tempt("open_session", self.village, Role.VILLAGE_WORKER, care_class_id=self.one)
            fit = self._leaders(day)
            row = CareClass.objects.get(pk=self.one)
            if not fit or not self.care.do("change_class", self.village, Role.VILLAGE_WORKER, care_class_id=self.one, leader=Row.objects.get(pk=fit[0].pk), seats=SEATS, until_on=row.until_on):
                return
            self.care.leader = fit[0]
        made = self.care.do("open_session", self.village, Role.VILLAGE_WORKER, care_class_id=self.one)
        if not made:
            return
        self.rolls[made.pk] = roll = {pk: ["expected", False] for pk in self._in()}
        self.last = made.pk
        for pk in list(roll):
            self._call(made, pk, roll)
        self._late(day, roll)
        present = [pk for pk, (state, _hand) in roll.items() if state == "present"]
        if present and self.care.dice.random() < 0.3:
            self.care.tempt("close_session", self.village, Role.VILLAGE_WORKER, session_id=made.pk)
        for pk in present:
            self._fetch(made, pk, roll)
        if all(state in ("fetched", "excused", "found") for state, _hand in roll.values()):
            self._close(made, roll)

    def _settle(self, session, roll):
        """Say on the next day where a child was whom nobody had found, and close what was left open: until then it is an alarm."""
        for pk, (state, _hand) in list(roll.items()):
            if state == "not_here":
                self._mark(session, pk, roll, "found", "第二天问到了,在外婆家")
        if all(state in ("fetched", "excused", "found") for state, _hand in roll.values()):
            self._close(session, roll)

    def _close(self, session, roll):
        if self.care.do("close_session", self.village, Role.VILLAGE_WORKER, session_id=session.pk):
            roll["closed"] = True

    def _mark(self, session, pk, roll, result, words=""):
        row = Presence.objects.filter(session=session, child=pk).first()  # none: the evening says so
        if row and self.care.do("mark_presence", self.village, Role.VILLAGE_WORKER, presence_id=row.pk, result=result, words=words):
            roll[pk][0] = result

    def _call(self, session, pk, roll):
        dice = self.care.dice.random()
        if dice < 0.7 and pk in self.adults:
            self._mark(session, pk, roll, "present")
        elif dice < 0.85:
            self._mark(session, pk, roll, "excused", "监护人请的假")
        else:
            self._mark(session, pk, roll, "not_here")
            if self.care.dice.random() < 0.9:
                self._mark(session, pk, roll, "found", "问过奶奶,在家里")

    def _late(self, day, roll):
        """Who is an alarm at a quarter to five, and half an hour after the end, by the book and by the desk."""
        by = self.care.hand(Role.VILLAGE_WORKER, self.village)
        left = [one for one in self.rolls.values() if one is not roll and "closed" not in one]
        earlier = {pk for one in left for pk, (state, _hand) in one.items() if state in ("expected", "not_here", "present")}  # midnight fetches nobody
        for at, states in ((time(16, 46), ("expected", "not_here")), (time(18, 30), ("expected", "not_here", "present"))):
            found = {one.child_id for one in queries.alarms(by, datetime.combine(day, at, tzinfo=CHINA))} if by else None
            should = {pk for pk, (state, _hand) in roll.items() if state in states} | earlier
            if found is not None and found != should:
                self.care.violate("没到、没接走的孩子没有报警 / a late child is no alarm", f"{at}:{len(found)},应当是 {len(should)}")

    def _fetch(self, session, pk, roll):
        row, (adult, code) = Presence.objects.get(session=session, child=pk), self.adults[pk]
        what = {"presence_id": row.pk}
        if self.care.dice.random() < 0.15:
            others = [one[1] for key, one in self.adults.items() if key != pk and one[1] != code] + ["AAAAAA" if code != "AAAAAA" else "BBBBBB"]
            self.care.tempt("hand_child", self.village, Role.VILLAGE_WORKER, code=self.care.dice.choice(others), **what)
        by_hand = self.care.dice.random() < 0.2
        said = {"adult": Collector.objects.get(pk=adult), "known_by": KNOWN} if by_hand else {"code": code}
        if self.care.do("hand_child", self.village, Role.VILLAGE_WORKER, **what, **said):
            roll[pk] = ["fetched", by_hand]

    def judge(self, day, *, whole):
        """Hold the line for a seat and the last roll against the book; on whole evenings all rolls and the figures."""
        seats = dict(Enrolment.objects.filter(care_class=self.one).exclude(state="out_of_class").values_list("child", "state"))
        self.care.same("课堂名单和应有的不一样 / the roll of a class differs", seats, {pk: "in_class" if n < SEATS else "waits_seat" for n, pk in enumerate(self.line)})
        asked = list(self.rolls) if whole else [self.last] if self.last else []
        found = {(one, pk): [state, hand] for one, pk, state, hand in Presence.objects.filter(session__in=asked).values_list("session", "child", "state", "by_hand")}
        self.care.same("点名和应有的不一样 / a roll differs", found, {(one, pk): row for one in asked for pk, row in self.rolls[one].items() if pk != "closed"})
        if whole:
            self._figures()

    def _figures(self):
        rows = [row for roll in self.rolls.values() for pk, row in roll.items() if pk != "closed"]
        n = Counter(state for state, _hand in rows)
        self.care.figures(Session.objects.filter(care_class=self.one), {"sessions.held": len(self.rolls), "sessions.closed": (sum("closed" in roll for roll in self.rolls.values()), len(self.rolls))})
        self.care.figures(Presence.objects.filter(session__care_class=self.one), {
            "presences.roll": len(rows), "presences.there": (n["present"] + n["fetched"], len(rows)), "presences.by_hand": sum(hand for _state, hand in rows),
        })  # fmt: skip
