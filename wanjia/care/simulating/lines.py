"""The three lines and the three concerns of the year."""

from collections import Counter
from datetime import date, timedelta

from wanjia.orgs.roles import Role

from ..models import Concern, LineContact, Paired

LINES, WAYS = ("parent", "teacher", "student"), ("phone", "message", "visit", "school")


class Lines:
    """Contacts: {(child, line, way, on, reached): row's key or None once taken back}; concerns: {key: facts}."""

    def __init__(self, care):
        self.care, self.told, self.back, self.concerns = care, {}, [], {}

    def live(self, day):
        """Note a contact; now and then take one back, raise or settle a concern."""
        child = self.care.dice.choice(list(self.care.children.values()))
        self.care.dice.choice((self._contact, self._contact, self._contact, self._contact, self._undo, self._raise, self._settle))(child, day)

    def night(self, day, *, swept):
        """Nothing waits for the night."""

    def _contact(self, child, day):
        dice = self.care.dice
        on, line, way, reached = day - timedelta(days=dice.randrange(5)), dice.choice(LINES), dice.choice(WAYS), dice.random() < 0.8
        if child.pair is not None and not child.pair.helper.is_clear(on) and dice.random() < 0.5:
            line, on = "student", day
        key, what = (child.pk, line, way, on, reached), {"child_id": child.pk, "line": line, "way": way, "missed": not reached, "on": on, "note": "都好"}
        fits = child.pair is not None and child.pair.since <= on and key not in self.told and (line != "student" or child.pair.helper.is_clear(on))
        if not fits:
            self.care.tempt("note_contact", child.village, Role.VILLAGE_WORKER, **what)
        elif self.care.do("note_contact", child.village, Role.VILLAGE_WORKER, **what):
            row = LineContact.objects.filter(child=child.pk, line=line, way=way, on=on, reached=reached, taken_back_at=None).first()
            self.told[key] = row and row.pk

    def _undo(self, child, _day):
        mine = [key for key in self.told if key[0] == child.pk]
        if mine and self.care.dice.random() < 0.3:
            key = self.care.dice.choice(mine)
            if self.care.do("take_back_contact", child.village, Role.VILLAGE_WORKER, contact_id=self.told[key]):
                self.back.append(self.told.pop(key))

    def _raise(self, child, day):
        dice = self.care.dice
        domain, acted = dice.choice(("study", "life", "mind")), dice.random() < 0.5
        due = day + timedelta(days=dice.randrange(20)) if acted else None
        then = {"then": "task", "todo": "请老师补课", "due_on": due} if acted else {"then": "watch"}
        before = set(Concern.objects.filter(child=child.pk).values_list("pk", flat=True))
        if self.care.do("raise_concern", child.village, Role.VILLAGE_WORKER, child_id=child.pk, domain=domain, words="作业常空着", **then):
            new = set(Concern.objects.filter(child=child.pk).values_list("pk", flat=True)) - before
            self.concerns[new.pop() if new else f"missing {len(self.concerns)}"] = [child.pk, domain, "act" if acted else "watch", due, None]

    def _settle(self, child, day):
        for key, facts in self.concerns.items():
            if facts[0] == child.pk and facts[4] is None:
                if self.care.do("settle_concern", child.village, Role.VILLAGE_WORKER, concern_id=key, outcome="办好了"):
                    facts[4] = day
                return

    def judge(self, day, *, whole):
        """Hold contacts and concerns against the book; on whole evenings the figures."""
        there = Counter(LineContact.objects.filter(child__in=self.care.children, taken_back_at=None).values_list("child", "line", "way", "on", "reached"))
        self.care.same("联系和应有的不一样 / contacts differ", there, Counter(self.told.keys()))
        rows = {row[0]: list(row[1:]) for row in Concern.objects.filter(child__in=self.care.children).values_list("pk", "child", "domain", "level", "due_on", "settled_on")}
        self.care.same("关注和应有的不一样 / concerns differ", rows, self.concerns)
        if whole:
            self._figures(day)

    def _figures(self, day):
        pairs = [one for one in self.care.children.values() if one.pair]
        n = Counter()
        for child in pairs:
            kept, late = zip(*(self._stands(child, line, day) for line in LINES), strict=True)
            n.update(dict(zip(LINES, kept, strict=True)))
            n["all"] += all(kept)
            n["late"] += any(late)
        due = len(pairs)
        should = {"lines.due": due, "lines.late": n["late"]} | {f"lines.{word}": (n[word], due) for word in (*LINES, "all")}
        self.care.figures(Paired.objects.filter(child__in=self.care.children), should)
        still = [facts for facts in self.concerns.values() if facts[4] is None]
        by = Counter(facts[1] for facts in still)
        should = {"concerns.open": len(still), "concerns.acted": sum(facts[2] == "act" for facts in still), "concerns.overdue": sum(facts[3] is not None and facts[3] < day for facts in still)}
        self.care.figures(Concern.objects.filter(child__in=self.care.children), should | {f"concerns.{domain}": by[domain] for domain in ("study", "life", "mind")})

    def _stands(self, child, line, day):
        """Return (kept, late) of a line on a day: by months for whom the register calls disabled, and for every child itself; else by quarters."""
        months = 1 if child.status is not None or line == "student" else 3
        first = date(day.year, (day.month - 1) // months * months + 1, 1)
        back = first.month - months
        before = date(first.year - (back < 1), back + 12 * (back < 1), 1)
        last = max((on for pk, one, _way, on, reached in self.told if pk == child.pk and one == line and reached), default=date.min)
        return last >= first, child.pair.since < first and last < before
