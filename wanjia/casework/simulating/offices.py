"""What happens to an office in a year: people leave and are replaced, units get another name or are merged, days of rest move, an old ledger comes in."""

from collections import Counter
from datetime import timedelta
from unittest.mock import patch
from uuid import UUID

from wanjia.orgs.models import DayChange, Tier
from wanjia.orgs.roles import Role

from ..models import Step
from ..retiming import jobs
from .book import IN_HANDS, LEFT
from .bringing import bring_in
from .county import Hand
from .days import Days

DAY = timedelta(days=1)
LEAVE = (Role.VILLAGE_WORKER, Role.STATION_WORKER, Role.BUREAU_WORKER, Role.TOWNSHIP_WORKER)
NOTICE = "国务院办公厅关于下一年部分节假日安排的通知"


class Offices:
    """The events of a county's year, on days that its dice choose."""

    def __init__(self, county):
        self.county, year = county, county.year
        span = (year.last - year.first).days + 1
        leaving = max(2, len(county.hands) * span // 365 // 8)
        self.plan, self.vacant = {}, []  # vacant: posts that somebody left at once, and nobody has come into
        for _turn in range(leaving):
            self.at(county.dice.randrange(span), self.leave)
        for _turn in range(max(2, leaving // 3)):
            self.at(county.dice.randrange(span), self.leave_at_once)
        for _turn in range(max(1, leaving // 6)):
            self.at(county.dice.randrange(span), self.rename)
        for _turn in range(max(1, leaving // 10)):
            self.at(span // 8 + county.dice.randrange(max(span // 2, 1)), self.merge)
        self.at(span // 6, bring_in, county)
        self.at(span // 12, self.day_of_work)
        self.at(span // 7, self.day_of_rest)
        self.at(span * 5 // 6, self.next_year)

    def at(self, days, what, *args):
        self.plan.setdefault(self.county.year.first + days * DAY, []).append((what, args))

    def run(self, day):
        """Do what was to happen up to this working day."""
        self.day = day
        self.vacant = [gone for gone in self.vacant if self.county.units[gone.unit].living]
        for gone in self.vacant[:]:
            if self.county.chance(0.3) and (come := self.account(gone)):
                self.vacant.remove(gone)
                self.comes(come)
        for on in sorted(on for on in self.plan if on <= day):
            for what, args in self.plan.pop(on):
                what(*args)

    # People.

    def leave(self):
        """Somebody's post ends; his needs go to a colleague, else to whoever comes after him."""
        county = self.county
        mine = [hand for hand in county.hands if hand.role in LEAVE and hand.since != self.day]
        gone = county.dice.choice(mine)
        come = self.account(gone)
        if come is None or not self.end(gone, come):
            return
        county.hands = [hand for hand in county.hands if hand != gone]
        self.comes(come)
        county.gone.append(gone)

    def leave_at_once(self):
        """Somebody is gone from one day to the next, the last of his unit with most in hand: all of it stands as a dated task."""
        county = self.county
        mine = [hand for hand in county.hands if hand.role in LEAVE and hand.role != Role.TOWNSHIP_WORKER and hand.since != self.day]
        held = Counter(one.holder for one in county.standing(*IN_HANDS))
        county.leavers.leaves(max(mine, key=lambda hand: (len(county.signers(hand.unit)) == 1, held[hand.unit], hand.name)))

    def comes(self, come):
        """Somebody is there from today on."""
        self.county.hands = [*self.county.hands, come]
        self.county.sort_hands()
        self.county.morning.clear()

    def account(self, gone):
        """A new account in the same post: made by the administrator, vouched for by the auditor."""
        county, admin = self.county, self.county.one(Role.ADMINISTRATOR)
        county.made += 1
        name = f"{gone.name[:1]}新{county.made}"
        user = county.do("create_user", admin, app="orgs", username=f"xin{county.made}", name=name, password=county.year.hash, hashed=True, must_change_password=False)
        unit = county.organisation(gone.unit)
        post = user and county.do("give_post", admin, app="orgs", user_id=user.pk, organisation=unit, role=gone.role, from_on=self.day)
        if post and post.waiting:
            post = county.do("decide_post", county.one(Role.AUDITOR), app="orgs", post_id=post.pk, agree=True)
        return post and Hand(user.pk, name, gone.unit, gone.unit_name, gone.role, self.day)

    def end(self, hand, come):
        """End the one post of somebody; whoever comes after him takes everything over in the same act."""
        post = self.county.user(hand).posts.filter(to_on=None, organisation=hand.unit).first()
        since, admin = self.county.year.clock.moment, self.county.one(Role.ADMINISTRATOR)
        gone = self.county.do("end_post", admin, app="orgs", post_id=post.pk, on=self.day, reason="工作调动", all_to=f"p{come.pk}")
        self.follow(since, admin, hand.unit)
        return gone

    def follow(self, since, admin, unit):
        """Take into the book what the lines of a hand-over say, and hold against it that everything went to the unit that was named."""
        county, at = self.county, self.county.now()
        lines = Step.objects.filter(act__in=(*LEFT, "help_take_over", "help_ended"), recorded_at__gt=since).order_by("need__number", "n")
        for line in lines.filter(by=admin.pk):
            one = county.book.of.get(line.need_id)
            if one is None or one.spoilt:
                continue
            if line.act in LEFT and line.holder_id != unit:
                county.violate("交接给了别的单位 / handed over to another unit than was named", one, f"交给了{county.named(line.holder_id)}")
                continue
            if line.act in LEFT:
                county.book.handed(one, at, admin, act=line.act, holder=line.holder_id, handler=line.handler_id)
                continue
            (part,) = (one.parts[UUID(key)] for key in line.changed["help"])
            if line.act == "help_take_over":
                county.book.take_part_over(one, at, admin, part=part, unit=unit)
            else:
                county.book.end_part(one, at, admin, part=part)

    # Units.

    def rename(self):
        county = self.county
        unit = county.dice.choice([unit for unit in county.units.values() if unit.living and unit.line])
        row = county.organisation(unit.pk)
        name = f"{row.name.removesuffix('(新)')}(新)"
        county.do(
            "keep_organisation", county.one(Role.ADMINISTRATOR), app="orgs", unit_id=row.pk, name=name, short_name=row.short_name, area=row.area, tier=row.tier,
            line=row.line, parent=row.parent, phone=row.phone,
        )  # fmt: skip
        unit.name = name
        county.hands = [Hand(one.pk, one.name, one.unit, name, one.role) if one.unit == unit.pk else one for one in county.hands]
        county.sort_hands()
        county.morning.clear()

    def merge(self):
        """The station with most in hand goes into another of its township: its people's posts begin there, then it ends, and whatever it holds goes along."""
        county, held = self.county, Counter(one.holder for one in self.county.standing(*IN_HANDS))
        held.update(part.unit for one in county.standing(*IN_HANDS) for part in one.still)
        stations = [unit for unit in county.units.values() if unit.living and unit.tier == Tier.TOWNSHIP and unit.line]
        unit = max(stations, key=lambda one: (held[one.pk], one.name))
        heir = next((one for one in stations if one is not unit and one.area == unit.area), None)
        pk, admin = unit.pk, county.one(Role.ADMINISTRATOR)
        if heir is None:
            return
        for hand in county.in_unit.get(pk, []):
            given = county.do("give_post", admin, app="orgs", user_id=hand.pk, organisation=county.organisation(heir.pk), role=hand.role, from_on=self.day)
            if given and given.waiting:
                county.do("decide_post", county.one(Role.AUDITOR), app="orgs", post_id=given.pk, agree=True)
            county.hands = [*(one for one in county.hands if one != hand), Hand(hand.pk, hand.name, heir.pk, heir.name, hand.role)]
        county.sort_hands()
        county.morning.clear()
        since = county.year.clock.moment
        if county.do("end_organisation", admin, app="orgs", unit_id=pk, on=self.day, reason="机构改革", with_posts=True, all_to=f"u{heir.pk}"):
            self.follow(since, admin, heir.pk)
            unit.living, county.fresh_ends[pk] = False, self.day

    # Days.

    def day_of_work(self):
        """A weekend day becomes one of work: by the ledger office alone, for no promise comes later."""
        free = [day for day in self.ahead() if not self.county.book.days.works(day) and day not in self.county.book.days.table]
        self.change("keep_workday", {free[0]: True} if free else {}, works=True)

    def day_of_rest(self):
        """A working day becomes one of rest: another unit agrees."""
        worked = [day for day in self.ahead() if self.county.book.days.works(day) and day not in self.county.book.days.table]
        self.change("keep_workday", {worked[0]: False} if worked else {}, works=False)

    def ahead(self):
        return [self.day + n * DAY for n in range(1, 18)]

    def change(self, name, days, **what):
        """Change one day of the table; what waits for another unit is agreed to by the leader; open needs are counted anew."""
        if days:
            (day,) = days
            self._change(name, days, {"day": day, "source": "县人民政府通知", **what})

    def next_year(self):
        """The notice of the next year is out: what was provisional is firm, or later."""
        year = self.day.year + 1
        rest = {f"{year}-01-01": 1, f"{year}-02-05": 8, f"{year}-04-04": 2, f"{year}-05-01": 5, f"{year}-10-01": 7}
        lines, days = [], {}
        for first, n in rest.items():
            first = type(self.day).fromisoformat(first)
            lines.append(f"{first}至{first + (n - 1) * DAY},休,假")
            days |= {first + k * DAY: False for k in range(n)}
        self._change("load_workdays", days, {"text": "\n".join(lines), "source": NOTICE})

    def _change(self, name, days, what):
        county, moved = self.county, []
        with patch.object(jobs, "start_process", lambda *words: moved.append(words[-1])):  # a process of its own would live by another clock
            change = county.do(name, county.one(Role.LEDGER_OFFICE), app="orgs", **what)
            if change and change.state == "waiting":
                change = county.do("decide_workdays", county.one(Role.LEADER), app="orgs", change_id=change.pk, agree=True)
            for pk in moved:
                jobs.work(DayChange.objects.get(pk=pk), at=county.year.clock.moment)
        if not change:
            return
        at, by = county.now(), Hand(None, jobs.CLOCK.name)
        county.book.days = Days(county.book.days.table | days)
        county.aid.book.recount(self.day)
        for one in county.book:
            if not one.spoilt:
                county.book.retime(one, at, by)
