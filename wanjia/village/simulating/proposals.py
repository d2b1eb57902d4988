"""What villagers bring: from the public page or on paper, with a slip; put to the council or not, with the reason; asked for once more, and then another hand answers.

What the book calls unlawful (too short, of a day to come, answered twice, in words that name who brought it, asked again twice or too late, answered again by who answered first) is tried and must be refused.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from ..models import Proposal
from ..proposing.subjects import VILLAGER
from .book import Item
from .councils import Councils
from .year import KEEPER, TOWNSHIP

DAYS, AGAIN = 30, 15  # days for an answer; days after it in which one may ask again


@dataclass
class Brought:
    """A proposal. number: of the village and year; slip: its word; by: who answered; item: what it was put to a body as."""

    told: date
    number: tuple
    slip: str
    due: date
    state: str = "proposal_waiting"
    answered: date | None = None
    by: object = None
    item: object = None
    again: bool = False


class Proposals:
    """brought: {key: Brought}; forgot: the last evening on which addresses were forgotten."""

    def __init__(self, village):
        self.village, self.dice, self.of, self.brought, self.forgot = village, village.dice_of("proposals"), village.part(Councils), {}, None

    def live(self, day):
        """Somebody brings something, from home or on paper; it is answered, and asked again."""
        if self.dice.random() < (0.6 if len(self.brought) < 4 else 0.08):
            self._brings(day)
        for pk, one in self.brought.items():
            if one.state == "proposal_waiting" and self.dice.random() < 0.25:
                self._answers(pk, one, day)
            elif one.state == "proposal_declined" and self.dice.random() < 0.2:
                self._asks_again(pk, one, day)
            elif one.state == "proposal_taken" and self.dice.random() < 0.05:
                self.village.tempt("turn_down_proposal", village_proposal_id=pk, title="三组水池要栏杆", answer="已经列入今年的规划")

    def _brings(self, day):
        ours, name, words = self.village.village, self.dice.choice(self.village.homes).head, "三组水池边要装栏杆,天黑看不见。"
        if self.dice.random() < 0.6:
            page = {"area_id": ours.pk, "words": words, "name": name, "address": f"10.0.0.{self.dice.randint(1, 200)}"}
            self.village.tempt("bring_proposal", VILLAGER, **page | {"words": "修路"})
            made = self.village.do("bring_proposal", VILLAGER, **page)
        else:
            paper = {"village": ours, "words": words, "way": "paper", "told_on": day, "name": name}
            self.village.tempt("write_proposal", **paper | {"told_on": day + timedelta(days=1)})
            made = self.village.twice("write_proposal", **paper)
        if made:
            n = 1 + sum(one.number[0] == day.year for one in self.brought.values())
            self.brought[made.pk] = Brought(day, (day.year, n), made.secret, day + timedelta(days=DAYS))

    def _answers(self, pk, one, day):
        """It is put to the council, or not, with the reason; again, by another hand than before."""
        first, name = self.village.hand(KEEPER), Proposal.objects.get(pk=pk).name
        take = {"village_proposal_id": pk, "body": self.of.bodies["council"], "kind": "surroundings", "title": f"三组水池要栏杆{one.number[1]}", "words": "大家商量着装,写清楚花多少。"}
        no = {"village_proposal_id": pk, "title": "三组水池要栏杆", "answer": "已经列入今年的规划,年底前装好"}
        self.village.tempt("take_up_proposal", first, **take | {"title": f"{name}要栏杆"})
        if one.again:
            self.village.tempt("turn_down_proposal", one.by, **no)
            by = TOWNSHIP
        elif self.dice.random() < 0.5:
            if self.village.twice("take_up_proposal", first, **take):
                one.state, one.answered, one.by, one.item = "proposal_taken", day, first, Proposal.objects.get(pk=pk).item_id
                self.of.items[one.item] = Item("council")
            return
        else:
            by = first
        if self.village.twice("turn_down_proposal", by, **no):
            one.state, one.answered, one.by = "proposal_declined", day, self.village.hand(by) if isinstance(by, str) else by

    def _asks_again(self, pk, one, day):
        late = day > one.answered + timedelta(days=AGAIN)
        if one.again or late:
            self.village.tempt("ask_again", VILLAGER, village_proposal_id=pk)
        elif self.village.do("ask_again", VILLAGER, village_proposal_id=pk):
            one.state, one.again, one.answered, one.due = "proposal_waiting", True, None, day + timedelta(days=DAYS)

    # The evening.

    def night(self, day):
        """From which address something came is forgotten a day later."""
        self.forgot = day

    def judge(self, day, *, whole):
        """Proposals and their answers, how many are late, and what a slip opens are what the book says; no address is older than a day; on whole evenings the figures too."""
        from ..proposing import queries

        ours, same = self.village.village, self.village.same
        rows = {one.pk: (one.state, (one.year, one.serial), one.due_on, one.answered_on, one.item_id) for one in Proposal.objects.filter(village=ours)}
        same("村民提议和应有的不一样 / proposals differ", rows, {pk: (one.state, one.number, one.due, one.answered, one.item) for pk, one in self.brought.items()})
        if by := self.village.hand(KEEPER):
            late = sum(one.state == "proposal_waiting" and one.due < day for one in self.brought.values())
            same("过期的提议报得不对 / late proposals are told wrongly", {"late": queries.late(by, day)}, {"late": late})
        old = (self.forgot or day) - timedelta(days=2)
        if Proposal.objects.filter(village=ours, told_on__lte=old).exclude(address_index="").exists():
            self.village.violate("网络地址还留着 / an address is kept", str(old))
        if whole:
            self._slips(queries)
            self._figures(day)

    def _slips(self, queries):
        """Each slip opens its own proposal, and no other one's word does."""
        keys = list(self.brought)
        for pk, other in zip(keys, keys[1:] + keys[:1], strict=True):
            one = self.brought[pk]
            opens = [queries.by_slip(self.village.village.pk, f"{one.number[0]}-{one.number[1]:03}", slip) for slip in (one.slip, self.brought[other].slip)]
            if getattr(opens[0], "pk", None) != pk or (pk != other and opens[1] is not None):
                self.village.violate("小条打开的不对 / a slip opens something else", str(one.number))

    def _figures(self, day):
        from ..figures.bylaws import POPULATIONS

        year = [one for one in self.brought.values() if one.told.year == day.year]
        n, waits = len(year), [one for one in year if one.answered is None]
        self.village.figures(POPULATIONS, {
            "village_proposals.told": n, "village_proposals.answered": (n - len(waits), n), "village_proposals.taken": (sum(one.item is not None for one in year), n),
            "village_proposals.timely": (sum(one.answered is not None and one.answered <= one.due for one in year), n), "village_proposals.late": (sum(one.due < day for one in waits), n),
        })  # fmt: skip
