"""The bodies of the year and their meetings: a council each month, some evenings with too few; what is brought, decided, put off, sent to the body that may.

What the book calls unlawful (a decision below quorum, one without the votes, what is reserved to others, minutes signed by who kept them) is tried and must be refused.
"""

from datetime import timedelta

from ..models import AgendaItem, BodySeat, Meeting
from .book import NEEDED, PASSED, Held, Item
from .seats import Seats
from .year import KEEPER

TITLES = ("三组水池栏杆", "场坝路灯", "垃圾清运时间", "红白喜事桌数", "入户路硬化", "赶场停车")
PAPER = 15  # days after which what was on paper is not written down any more
MEMBERS = 24  # of the collective's own list


class Councils(Seats):
    """held: {key: Held}; items: {key: Item}, as they were told."""

    def __init__(self, village):
        super().__init__(village)
        self.dice, self.held, self.items, self.came = village.dice_of("councils"), {}, {}, []
        self.month = self.quarter = None

    # What is called and brought.

    def live(self, day):
        """Something is brought, a meeting is called in time, one that is due is held, minutes are signed."""
        if self.dice.random() < 0.1:
            self.bring("council", day, matter="public_works" if self.dice.random() < 0.2 else "")
        for pk, one in list(self.held.items()):
            if one.state == "meeting_called" and one.day <= day:
                self._evening(pk, one, day)
            elif one.state == "meeting_closed" and not one.signed:
                self._signs(pk, one)
        if self.moves.random() < 0.03:
            self.change(day)
        if self.month != (day.year, day.month) and (day.day > 18 or self.dice.random() < 0.3) and self._calls("council", day):
            self.month = day.year, day.month
        if self.quarter != (day.month - 1) // 3 and self.waiting("representatives") and self._calls("representatives", day):
            self.quarter = (day.month - 1) // 3

    def bring(self, body, day, /, **facts):
        """Bring something to a body; return its key."""
        what = {"source": "villager", "kind": "surroundings", "title": self.dice.choice(TITLES) + str(len(self.items)), "words": "大家商量着办,办成什么样写清楚。", "proposed_on": day} | facts
        made = self.village.twice("propose_item", governing_body_id=self.bodies[body].pk, **what)
        if made:
            self.items[made.pk] = Item(body, what.get("matter", ""))
        return made and made.pk

    def wants(self, pk):
        """What waits is worth a meeting of the representatives, whenever the last one was."""
        if pk in self.items and self.items[pk].state == "item_proposed":
            self.quarter = None

    def waiting(self, kind):
        """Return the keys of what waits for a meeting of a body."""
        return [pk for pk, one in self.items.items() if one.kind == kind and one.state == "item_proposed"]

    def _calls(self, kind, day):
        """Call a body together: in time, or late with a reason where that is allowed."""
        if any(one.kind == kind and one.state == "meeting_called" for one in self.held.values()):
            return None
        ahead = self.dice.randint(3, 6)
        late = kind == "council" and self.dice.random() < 0.2
        what = {"governing_body_id": self.bodies[kind].pk, "day": day + timedelta(days=1 if late else ahead), "place": "村委会会议室", "told_on": day, "counting": "seats"}
        if kind == "council" and day.month > 1 and self.moves.random() < 0.15:  # it was held on paper some days ago
            self.village.tempt("call_meeting", **what | {"day": day - timedelta(days=PAPER + 1), "told_on": day - timedelta(days=PAPER + 5)})
            return self.call(kind, what | {"day": day - timedelta(days=self.moves.randint(1, 6)), "told_on": day - timedelta(days=11)})
        if late or self.dice.random() < 0.3:
            self.village.tempt("call_meeting", **what | {"day": day + timedelta(days=self.dice.choice((0, 1, 2)))})
        return self.call(kind, what | {"urgent": "雨季提前,路要赶在前头"} if late else what)

    def call(self, kind, what):
        """Call a body together and put on what waits; return the key."""
        made = self.village.twice("call_meeting", **what)
        if not made:
            return None
        self.held[made.pk] = Held(kind, what["day"])
        if what["day"] > self.village.today:
            self.village.tempt("open_meeting", meeting_id=made.pk)
        for pk in self.waiting(kind)[:4]:
            if self.village.do("put_item", agenda_item_id=pk, meeting=made):
                self.items[pk].state, self.items[pk].held = "item_on_agenda", made.pk
        if self.dice.random() < 0.05 and kind != "collective" and self.village.do("cancel_meeting", meeting_id=made.pk, reason="那天全村出工抢收"):
            self.held[made.pk].state = "meeting_cancelled"
            self._gives_back(made.pk)
        return made.pk

    # An evening.

    def _evening(self, pk, one, day):
        members = {"members": MEMBERS} if one.kind == "collective" else {}
        by = self.village.hand(KEEPER)
        opened = self.village.do("open_meeting", by, meeting_id=pk, **members)
        if not opened:
            return
        one.state, one.wrote = "meeting_opened", [by]
        one.due = MEMBERS if members else self.due(one.kind, one.day)
        self._comes(pk, one, by)
        on = [key for key, item in self.items.items() if item.held == pk and item.state == "item_on_agenda"]
        for key in on:
            self._decides(key, self.items[key], one, day, by)
        if one.enough:
            self.village.tempt("fail_meeting", by, meeting_id=pk, reason="来的人不够")
            self._closes(pk, one, by)
        else:
            self.village.tempt("close_meeting", by, meeting_id=pk)
            if self.village.do("fail_meeting", by, meeting_id=pk, reason="农忙,来的人不够"):
                one.state = "meeting_failed"
                self._gives_back(pk)

    def _comes(self, pk, one, by):
        """The roll, seat by seat, or by the sheet; on some evenings, the first among them, few come."""
        first = one.kind == "council" and not any(other.due for other in self.held.values() if other is not one and other.kind == one.kind)
        few = first or self.dice.random() < 0.3
        if one.kind == "collective":
            there = self.dice.randint(10, 15) if few else self.dice.randint(16, 22)
            if self.village.do("count_heads", by, meeting_id=pk, present=there - 2, proxies=2, sheets=2):
                one.there = there
            return
        rows = list(Meeting.objects.get(pk=pk).roll.select_related("seat__person").order_by("seat__person__name"))
        short = max(n for n in range(one.due) if not NEEDED[one.kind](one.due, n))  # just one too few
        n = (short if first or self.dice.random() < 0.7 else self.dice.randint(0, short)) if few else self.dice.randint(short + 1, one.due)
        self.came = []
        for turn, row in enumerate(self.dice.sample(rows, one.due)):
            how = "present" if turn < n else self.dice.choice(("away", "excused"))
            if how != "away" and self.village.do("mark_roll", by, meeting_seat_id=row.pk, came=how, reason="在县城办事" if how == "excused" else "") and how == "present":
                self.came.append(row.seat)
        one.there = len(self.came)

    def _decides(self, pk, item, one, day, by):
        """An item is talked about and decided as it may be; what may not be is tried first."""
        do, tempt = self.village.do, self.village.tempt
        what = {"agenda_item_id": pk, "ruling": "pass", "votes_against": 0, "conclusion": "照议定的办,年底前办完。", "answers": "村委会副主任", "due_on": day + timedelta(days=60)}
        if not one.enough:
            tempt("rule_on_item", by, votes_for=one.there, **what)
            return
        reserved = item.matter == "public_works" and one.kind == "council"
        if reserved:
            tempt("rule_on_item", by, votes_for=one.there, **what)
            if do("send_item_on", by, agenda_item_id=pk, body=self.bodies["representatives"], reason="议事会定不了,提交村民代表会议"):
                item.state, item.decided = "item_sent_on", day
                self.goes_on(pk, "representatives")
            return
        do("note_words", by, agenda_item_id=pk, minutes="大家说了各自的想法。")
        votes = one.there if self.dice.random() < 0.6 else self.dice.randint(0, one.there)
        tempt("rule_on_item", by, votes_for=one.there + 1, **what)
        if self.dice.random() < 0.15:
            if do("rule_on_item", by, agenda_item_id=pk, ruling="defer"):
                item.state, item.decided = "item_deferred", one.day
                self.goes_on(pk, item.kind)
            return
        told = {"votes_for": votes, "votes_against": one.there - votes}
        ruling = self.dice.choice(("pass", "pass", "amend"))
        passes = one.carries(votes)
        tempt("rule_on_item", by, **what | told | {"ruling": "reject" if passes else ruling})
        if do("rule_on_item", by, **what | told | {"ruling": ruling if passes else "reject"}):
            item.state = {"pass": "item_passed", "amend": "item_amended"}[ruling] if passes else "item_rejected"
            item.decided, item.wrote = one.day, by

    def goes_on(self, pk, kind):
        """What was put off, sent on or sent back goes on as a new item."""
        self.items[pk].goes_on = True
        new = AgendaItem.objects.filter(came_from=pk).values_list("pk", flat=True).first()
        if new is None:
            self.village.violate("退回的议题没有了 / what was sent back is nowhere", str(pk))
        else:
            self.items[new] = Item(kind, self.items[pk].matter)

    def last(self, pk):
        """Return the Item that something has come to, with what was put off, sent on or sent back."""
        return self.items[self.last_key(pk)]

    def last_key(self, pk):
        """Return its key."""
        while self.items[pk].goes_on:
            pk = AgendaItem.objects.filter(came_from=pk).values_list("pk", flat=True).get()
        return pk

    def _closes(self, pk, one, by):
        """Close it: the paper minutes witnessed by two who were there, or left for another account to sign."""
        left = [key for key, item in self.items.items() if item.held == pk and item.state == "item_on_agenda"]
        others = self.village.hand(KEEPER, but=one.wrote)
        paper = {}
        if one.kind != "collective" and (others is None or self.dice.random() < 0.6):
            paper = {"witness_one": self.came[0], "witness_two": self.came[1], "signatures": one.there}
        elif others is None:
            seats = list(BodySeat.objects.filter(body=self.bodies["council"].pk, to_on=None).order_by("pk")[:2])
            paper = {"witness_one": seats[0], "witness_two": seats[1], "signatures": 6}
        if paper:
            self.village.tempt("close_meeting", by, meeting_id=pk, **paper | {"witness_two": paper["witness_one"]})
        if self.village.do("close_meeting", by, lawful=not left, meeting_id=pk, **paper):
            one.state, one.signed = "meeting_closed", bool(paper)
            self.village.tempt("count_heads" if one.kind == "collective" else "close_meeting", by, meeting_id=pk, **({"present": 1, "sheets": 1} if one.kind == "collective" else {}))

    def _signs(self, pk, one):
        """Another account signs the minutes; whoever kept them may not."""
        self.village.tempt("sign_minutes", one.wrote[0], meeting_id=pk)
        other = self.village.hand(KEEPER, but=one.wrote)
        if other and self.village.do("sign_minutes", other, meeting_id=pk):
            one.signed = True

    def _gives_back(self, pk):
        for item in self.items.values():
            if item.held == pk and item.state == "item_on_agenda":
                item.state, item.held = "item_proposed", None

    # The evening.

    def night(self, day):
        """Nothing waits for the night."""

    def judge(self, day, *, whole):
        """Meetings, their numbers and their verdicts, and items are what the book says; on whole evenings the figures too."""
        from ..meetings import verdict

        rows = list(Meeting.objects.filter(body__in=[one.pk for one in self.bodies.values()]).select_related("body"))
        should = {pk: (one.state, one.due, one.there, one.signed) for pk, one in self.held.items()}
        self.village.same("会议和应有的不一样 / meetings differ", {one.pk: (one.state, one.due, one.there, one.signed_at is not None) for one in rows}, should)
        for row in rows:
            one, found = self.held.get(row.pk), verdict.standing(row)
            if one and one.due is not None and found and found.valid != one.enough:
                self.village.violate("合法有效判得不对 / a quorum is judged wrongly", f"{one.kind} {one.day}:应到 {one.due},实到 {one.there}")
        items = {one.pk: (one.state, one.decided_on) for one in AgendaItem.objects.filter(body__in=[one.pk for one in self.bodies.values()])}
        self.village.same("议题和应有的不一样 / items differ", items, {pk: (one.state, one.decided) for pk, one in self.items.items()})
        if whole:
            self._figures(day)

    def _figures(self, day):
        from ..figures.meetings import POPULATIONS

        year = [one for one in self.held.values() if one.day <= day and one.day.year == day.year]
        held = [one for one in year if one.state == "meeting_closed"]
        months = {one.day.month for one in held if one.kind == "council"}
        told = {"village_meetings.all": len(year), "village_meetings.held": (len(held), len(year)), "village_meetings.failed": (sum(one.state == "meeting_failed" for one in year), len(year))}
        self.village.figures([one for one in POPULATIONS if one.name == "village_meetings"], told | {"village_meetings.council_months": len(months)})

    def decided(self, kind=""):
        """Return {key: Item} of what was passed by meetings whose minutes are signed."""
        return {pk: one for pk, one in self.items.items() if one.state in PASSED and self.held[one.held].state == "meeting_closed" and self.held[one.held].signed and kind in ("", one.kind)}


