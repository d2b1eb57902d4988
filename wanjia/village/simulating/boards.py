"""The public board of the village, as everybody reads it: what hangs and until when, the dividend, the fee's account; no home's head by name but who holds an office or agreed to be named."""

from collections import Counter

from wanjia.kernel.brings import gather

from .branch import Branch
from .fees import Fees
from .money import Money, yuan
from .notices import Notices

LINES = 300
OFFICES = ("bodies",)  # the section that names who holds an office


class Boards:
    """Nobody acts here: it is read."""

    def __init__(self, village):
        self.village = village

    def live(self, day):
        """Nobody acts."""

    def night(self, day):
        """Nothing waits for the night."""

    def judge(self, day, *, whole):
        """On whole evenings: each section can be read, says what the book says, and names nobody."""
        if not whole:
            return
        said = {one.id: list(one.lines(self.village.village, day, LINES, "")) for one in gather("BOARD")}
        named = {one.member.person.name for one in self._named(day)}
        for section, lines in said.items():
            heads = [home.head for home in self.village.homes if home.head not in named and any(home.head in str(line.said) for line in lines)]
            if heads and section not in OFFICES:
                self.village.violate("公开栏写了人名 / the board names somebody", f"{section}:{heads[0]}")
        self._hangs(said["objecting"], day)
        stood = sum(one.gone is None and not one.is_up(day) for one in self.village.part(Notices).posted.values())
        self.village.same("公开栏上定了的事和应有的不一样 / the decisions on the board differ", {"decided": len(said["decided"])}, {"decided": stood})
        self._money(" ".join(str(line.said) for line in said["money"]), " ".join(str(line.said) for line in said["fees"]))

    def _named(self, day):
        from ..branch_duties.rules import posted

        book = self.village.part(Branch).claims
        return [one for one in posted(day).filter(duty__body__area=self.village.village.pk) if one.named and one.pk in book]

    def _hangs(self, lines, day):
        until = Counter(line.until for line in lines if "照议定的办" in str(line.said))
        should = Counter(one.until for one in self.village.part(Notices).posted.values() if one.is_up(day))
        self.village.same("公开栏上公示的和应有的不一样 / what the board shows differs", dict(until), dict(should))

    def _money(self, money, fees):
        """What was shared out stands there to the fen, and so does what is left of the fee."""
        for _reserve, total in self.village.part(Money).till.shared.values():
            if yuan(total) not in money:
                self.village.violate("公开栏上的分红不对 / the board tells another dividend", f"{yuan(total)}:{money[:200]}")
        fee = self.village.part(Fees)
        if fee.has_moved and f"结余 {yuan(fee.purse)} 元" not in fees:
            self.village.violate("公开栏上的收费账不对 / the board tells another account of the fee", f"{yuan(fee.purse)}:{fees[:200]}")
