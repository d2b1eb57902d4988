"""Helpers and pairs of the year: on the list, looked at, barred, gone; a child paired, handed over, parted."""

from datetime import timedelta

from wanjia.orgs.roles import Role

from ..models import Entitled
from ..models import Helper as Row
from ..models import Pair as PairRow
from . import book

MOST = 4  # helpers in office in a village


class Company:
    """The first part: who accompanies whom."""

    def __init__(self, care):
        self.care, self.helpers = care, {}
        care.helpers, care.leader = self.helpers, None  # leader: of the class that runs
        for village in care.villages:
            for _n in range(MOST - 1):
                self._register(village)

    def live(self, day):
        """Do one or two acts."""
        dice = self.care.dice
        for _n in range(dice.choice((1, 1, 2))):
            village = dice.choice(self.care.villages)
            dice.choice((self._vet, self._vet, self._pair, self._pair, self._pair, self._hand, self._part, self._leave, self._register, self._status))(village)

    def night(self, day, *, swept):
        """The evening's round has put on the list who is to have somebody, and taken off who is not."""
        if swept:
            for child in self.care.children.values():
                child.entitled = child.status is not None

    def _in_office(self, village):
        return [one for one in self.helpers.values() if one.village == village and one.left is None]

    def _held(self, helper):
        return [child for child in self.care.children.values() if child.pair and child.pair.helper is helper]

    def _fit(self, child, day):
        """Return (those who may take a child on today, those who may not)."""
        may, not_ = [], []
        for one in self._in_office(child.village):
            fits = one.is_clear(day) and len(self._held(one)) < one.capacity and one.pk not in child.refused
            (may if fits else not_).append(one)
        return may, not_

    def _register(self, village):
        if len(self._in_office(village)) >= MOST:
            return
        capacity, n = self.care.dice.choice((1, 2, 3)), len(self.helpers)
        facts = {"organisation": self.care.units[village], "name": f"岳{'一二三四五六七八九十'[n % 10]}{'帮助同行'[n % 4]}", "kind": "cadre", "sex": "女" if n % 2 else "男"}
        made = self.care.do("register_helper", village, Role.CARE_OFFICER, capacity=capacity, **facts)
        if made:
            self.helpers[made.pk] = book.Helper(made.pk, made.organisation_id, made.name, village, capacity, self.care.today)

    def _vet(self, village):
        day, dice = self.care.today, self.care.dice
        by, here = self.care.hand(Role.PROTECTION_OFFICER, village), self._in_office(village)
        if not here or by is None:
            return
        waits = [one for one in here if not one.is_clear(day + timedelta(days=20)) and (one.barred_by != by.pk or dice.random() < 0.2)]
        one, clear = dice.choice(waits or here), dice.random() < 0.85
        on = day - timedelta(days=dice.choice((0, 0, 3, 200, 300)))
        told = {"helper_id": one.pk, "on": on, "result": "clear" if clear else "not_clear", "authority": "公安局", "reference": f"{on:%Y%m%d}"}
        if clear and one.barred_by == by.pk:  # whoever said that he may not, does not lift it alone
            self.care.tempt("record_check", village, by, **told)
        elif self.care.do("record_check", village, by, **told):
            one.checks.append((on, on.replace(year=on.year + 1) if (on.month, on.day) != (2, 29) else on.replace(year=on.year + 1, day=28), clear, by.pk))

    def _alone(self, village):
        return [one for one in self.care.children.values() if one.village == village and one.entitled and one.pair is None]

    def _pair(self, village):
        waits = self._alone(village)
        if not waits:
            return
        child = self.care.dice.choice(waits)
        row = Entitled.objects.filter(child=child.pk, to_on=None).first()
        if row is None:
            self.care.violate("应结对的孩子不在名单上 / a child who is to have somebody is on nobody's list", str(child.pk))
            return
        self._take(child, "pair_child", entitled_id=row.pk)

    def _hand(self, village):
        held = [one for one in self.care.children.values() if one.village == village and one.pair]
        if held:
            child, why = self.care.dice.choice(held), self.care.dice.choice(("left", "asked"))
            self._take(child, "hand_pair", why, pair_id=PairRow.objects.get(child=child.pk, to_on=None).pk, why=why)

    def _take(self, child, act, because="", **what):
        """Give a child to somebody who may take it on; now and then, to somebody who may not."""
        day = self.care.today
        may, not_ = self._fit(child, day)
        now = child.pair.helper if child.pair else None
        may = [one for one in may if one is not now]
        if not_ and (not may or self.care.dice.random() < 0.2):
            self.care.tempt(act, child.village, Role.CARE_OFFICER, helper=Row.objects.get(pk=self.care.dice.choice(not_).pk), **what)
        elif may:
            one = self.care.dice.choice(may)
            if self.care.do(act, child.village, Role.CARE_OFFICER, helper=Row.objects.get(pk=one.pk), **what):
                self._ended(child, because)
                child.pairs.append(book.Pair(one, day))

    def _ended(self, child, because):
        if child.pair:
            if because == "asked":
                child.refused.add(child.pair.helper.pk)
            child.pair.to = self.care.today

    def _part(self, village):
        held = [one for one in self.care.children.values() if one.village == village and one.pair]
        if held and self.care.dice.random() < 0.3:
            child, why = self.care.dice.choice(held), self.care.dice.choice(("asked", "moved"))
            if self.care.do("end_pair", village, Role.CARE_OFFICER, pair_id=PairRow.objects.get(child=child.pk, to_on=None).pk, why=why):
                self._ended(child, why)

    def _leave(self, village):
        day = self.care.today
        there = [one for one in self._in_office(village) if one.since < day]
        if not there or self.care.dice.random() < 0.7:
            return
        one = self.care.dice.choice(there)
        if self._held(one) or one is self.care.leader:
            self.care.tempt("leave_helper", village, Role.CARE_OFFICER, helper_id=one.pk, reason="调离")
        elif self.care.do("leave_helper", village, Role.CARE_OFFICER, helper_id=one.pk, reason="调离"):
            one.left = day

    def _status(self, village):
        """The register says of a child that it is disabled, or no longer."""
        child = self.care.dice.choice([one for one in self.care.children.values() if one.village == village])
        if self.care.dice.random() < 0.8:
            return
        if child.status is None:
            self.care.disabled(child)
        elif child.status.from_on < self.care.today and self.care.do("end_status", village, Role.VILLAGE_WORKER, app="registry", status_id=child.status.pk, on=self.care.today, reason="复核"):
            child.status = None

    def judge(self, day, *, whole):
        """Hold pairs, the list of who is to have somebody and, on whole evenings, figures against the book."""
        there = {}
        for child, helper, since, to in PairRow.objects.filter(child__in=self.care.children).order_by("from_on", "to_on").values_list("child", "helper", "from_on", "to_on"):
            there.setdefault(child, []).append((helper, since, to))
        should = {pk: sorted(((one.helper.pk, one.since, one.to) for one in child.pairs), key=str) for pk, child in self.care.children.items() if child.pairs}
        self.care.same("结对和应有的不一样 / pairs differ", {pk: sorted(rows, key=str) for pk, rows in there.items()}, should)
        listed = dict.fromkeys(Entitled.objects.filter(child__in=self.care.children, to_on=None).values_list("child", flat=True), True)
        self.care.same("应结对名单和应有的不一样 / who is to have somebody differs", listed, {pk: True for pk, one in self.care.children.items() if one.entitled})
        if whole:
            self._figures(day)

    def _figures(self, day):
        due = [one for one in self.care.children.values() if one.entitled]
        paired = [one for one in due if one.pair and not one.pair.helper.is_barred(day)]
        self.care.figures(Entitled.objects.filter(child__in=self.care.children), {"entitled.children": len(due), "entitled.paired": (len(paired), len(due))})
        active = [one for one in self.helpers.values() if one.left is None]
        self.care.figures(Row.objects.filter(pk__in=self.helpers), {"helpers.active": len(active), "helpers.vetted": (sum(one.is_clear(day) for one in active), len(active))})
