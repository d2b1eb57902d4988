"""A fresh need that is not written yet: its acts are folded in memory, so that writing them takes the locks for a moment only.

For the importer, whose rows each live through several acts. Here nothing writes: that is for `importing.commands.take_rows`.
"""

from dataclasses import dataclass, field


@dataclass
class Draft:
    """What the acts on one fresh need are going to write (待写入的诉求).

    lines: [(Step, journal Entry held back)] in order; the first bears the need's number, which is given last. holdings: from the
    first unit to the live one. supports: the units asked to help.
    """

    lines: list = field(default_factory=list)
    holdings: list = field(default_factory=list)
    supports: list = field(default_factory=list)

    def hand_over(self, holding):
        """End the live holding where the next begins."""
        self.end(holding.from_at)
        self.holdings.append(holding)

    def end(self, at):
        """End the live holding, if there is one."""
        if self.holdings and self.holdings[-1].to_at is None:
            self.holdings[-1].to_at = at

    @property
    def path(self):
        """The states in which the need stood, from its first on."""
        states = [step.state_after for step, _entry in self.lines]
        return [state for n, state in enumerate(states) if n == 0 or state != states[n - 1]]
