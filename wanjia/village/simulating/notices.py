"""After a decision: filed with the township, answered, put up for fifteen days, objected to, the objection answered by another hand; carried out.

What the book calls unlawful (put up before it was filed, too short, filed twice, an objection answered by who wrote the decision, one told long after) is tried and must be refused.
"""

from datetime import timedelta

from ..models import Filing, Objection, PublicNotice
from .book import Filed, Posted
from .councils import Councils
from .year import KEEPER, TOWNSHIP

DAYS, AFTER = 15, 7  # a notice hangs so long; what was said by its last day is written down so long after


class Notices:
    """filed: {key of a filing: Filed}; posted: {key of a notice: Posted}."""

    def __init__(self, village):
        self.village, self.dice, self.filed, self.posted, self.serials = village, village.dice_of("notices"), {}, {}, {}
        self.of = village.part(Councils)

    def live(self, day):
        """Decisions are filed and put up, the township says its word, people object and are answered, things get done."""
        for pk, one in list(self.of.items.items()):
            if one.state in ("item_passed", "item_amended"):
                self._follows(pk, one, day)
        for pk, one in list(self.filed.items()):
            if not one.word and self.dice.random() < 0.3:
                self._answers(pk, one, day)
        for pk, one in list(self.posted.items()):
            self._hangs(pk, one, day)

    def _follows(self, pk, one, day):
        tempt = self.village.tempt
        file = {"agenda_item_id": pk, "filed_on": day, "heard": "村党组织、村民委员会同意"}
        post = {"agenda_item_id": pk, "from_on": day, "until_on": day + timedelta(days=DAYS - 1), "where": "村务公开栏", "words": "照议定的办,年底前办完。"}
        if pk not in self.of.decided():
            if one.filing is None and self.dice.random() < 0.3:
                tempt("file_decision", **file)  # nobody else signed the minutes yet
            return
        if one.filing is None and self.dice.random() < 0.6:
            tempt("post_notice", **post)
            if self.village.twice("file_decision", **file):
                one.filing = Filing.objects.get(item=pk).pk
                self.serials[day.year] = self.serials.get(day.year, 0) + 1
                self.filed[one.filing] = Filed(pk, day, (day.year, self.serials[day.year]))
                tempt("file_decision", **file)
        elif one.filing and one.notice is None and self.dice.random() < 0.5:
            self._posts(pk, one, post, day)
        elif one.filing and not one.done and self.dice.random() < 0.02 and self.village.do("tell_done", lawful=not one.goes_on, agenda_item_id=pk, done_on=day, words="办好了,花了三千元。"):
            one.done = True

    def _posts(self, pk, one, post, day):
        if self.filed[one.filing].word == "corrected":
            if self.dice.random() < 0.05:
                self.village.tempt("post_notice", **post)
            return
        self.village.tempt("post_notice", **post | {"until_on": day + timedelta(days=DAYS - 2)})
        by = self.village.hand(KEEPER)
        if self.village.do("post_notice", by, **post):
            one.notice = PublicNotice.objects.get(item=pk).pk
            self.posted[one.notice] = Posted(pk, day, day + timedelta(days=DAYS - 1), by)

    def _answers(self, pk, one, day):
        """The township agrees, or orders a correction: the notice comes down, and the item comes before its body again."""
        bad = self.dice.random() < 0.2
        if not self.village.do("answer_filing", TOWNSHIP, filing_id=pk, opinion="corrected" if bad else "agreed", words="第三条写得不对,改过再报" if bad else ""):
            return
        one.word = "corrected" if bad else "agreed"
        if bad:
            self._sent_back(self.of.items[one.item], one.item, day)
        self.village.tempt("answer_filing", TOWNSHIP, filing_id=pk, opinion="agreed")

    def _sent_back(self, item, pk, day):
        notice = self.posted.get(item.notice)
        if notice and notice.gone is None:
            notice.gone = day
        if not item.goes_on:
            self.of.goes_on(pk, item.kind)

    # Objections.

    def _hangs(self, pk, one, day):
        tell = {"public_notice_id": pk, "words": "离我家灶房太近,换个地方。", "way": "spoken", "told_on": day}
        if one.is_up(day) and self.dice.random() < 0.04:
            self._told(pk, one, tell, day)
        elif one.gone is None and not one.waits and day > one.until and self.dice.random() < 0.05:
            self.village.tempt("tell_objection", **tell)  # said too late
            said = one.until - timedelta(days=1)
            late = day <= one.until + timedelta(days=AFTER)
            if late and self.dice.random() < 0.5:
                self._told(pk, one, tell | {"told_on": said}, said)
            elif not late:
                self.village.tempt("tell_objection", **tell | {"told_on": said})
        elif one.gone and self.dice.random() < 0.02:
            self.village.tempt("tell_objection", **tell)
        for key, (_told, outcome) in list(one.objections.items()):
            if not outcome and self.dice.random() < 0.25:
                self._settles(key, one, day)

    def _told(self, pk, one, tell, told_on):
        if self.village.twice("tell_objection", **tell):
            mine = Objection.objects.filter(notice=pk).exclude(pk__in=one.objections).values_list("pk", flat=True)
            for key in mine:
                one.objections[key] = (told_on, "")

    def _settles(self, key, one, day):
        """Somebody else answers: of the village where it has another account, else the township's filing hand."""
        item = self.of.items[one.item]
        hands = [one.by, item.wrote]
        other = self.village.hand(KEEPER, but=hands)
        outcome = self.dice.choice(("upheld", "explained", "explained"))
        what = {"objection_id": key, "outcome": outcome, "answer": "到现场看过,说明了理由。", "answered_for": "村务监督委员会"}
        self.village.tempt("answer_objection", one.by, **what)
        if other:
            self.village.tempt("answer_objection", TOWNSHIP, **what)
        if self.village.do("answer_objection", other or TOWNSHIP, **what):
            one.objections[key] = (one.objections[key][0], outcome)
            if outcome == "upheld" and one.gone is None:
                self._sent_back(item, one.item, day)

    # The evening.

    def night(self, day):
        """A notice comes down by itself: nothing is written."""

    def judge(self, day, *, whole):
        """What is filed and answered, what hangs, what was said against it, and how many wait are what the book says."""
        from ..deciding import queries, rules

        same, ours = self.village.same, self.village.village.pk
        rows = {one.pk: (one.item_id, one.filed_on, (one.year, one.serial), one.opinion) for one in Filing.objects.filter(area=ours)}
        same("备案和应有的不一样 / filings differ", rows, {pk: (one.item, one.day, one.number, one.word) for pk, one in self.filed.items()})
        up = dict.fromkeys(PublicNotice.objects.filter(rules.up(day), area=ours).values_list("pk", flat=True), True)
        same("贴着的公示和应有的不一样 / what hangs differs", up, {pk: True for pk, one in self.posted.items() if one.is_up(day)})
        told = dict(Objection.objects.filter(notice__area=ours).values_list("pk", "outcome"))
        same("异议和应有的不一样 / objections differ", told, {key: outcome for one in self.posted.values() for key, (_day, outcome) in one.objections.items()})
        by, above = self.village.hand(KEEPER), self.village.hand(TOWNSHIP)
        if by and above:
            n = sum(not outcome for one in self.posted.values() for _day, outcome in one.objections.values())
            same("等着的事报得不对 / what waits is told wrongly", {"objections": queries.unanswered(by).count(), "filings": queries.filings_waiting(above).filter(area=ours).count()},
                 {"objections": n, "filings": sum(not one.word for one in self.filed.values())})  # fmt: skip
        if whole:
            self._figures(day)

    def _figures(self, day):
        from ..figures.meetings import POPULATIONS

        n, down = len(self.posted), sum(one.gone is not None for one in self.posted.values())
        outcomes = [outcome for one in self.posted.values() for told, outcome in one.objections.values() if told.year == day.year]
        self.village.figures([one for one in POPULATIONS if one.name in ("public_notices", "objections")], {
            "public_notices.posted": n, "public_notices.withdrawn": (down, n), "objections.told": len(outcomes),
            "objections.answered": (sum(bool(one) for one in outcomes), len(outcomes)), "objections.upheld": (outcomes.count("upheld"), len(outcomes)),
        })  # fmt: skip
