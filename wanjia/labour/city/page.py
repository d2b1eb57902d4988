"""What the page prints of labour transfer, figure by figure, beside what a city's rows say. Data: page.toml. Pure."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FULL = 3_010_900


@dataclass(frozen=True)
class Printed:
    """One printed figure: its words, the definition that counts it, its number at the full size or its percentage; whole: it does not shrink with the city."""

    printed: str
    figure: str
    n: int | None = None
    percent: str = ""
    whole: bool = False

    def should(self, people: int) -> int | str:
        """Return what the rows of a city of so many labourers must say."""
        if self.n is None:
            return self.percent
        return self.n if self.whole else int(self.n * people / FULL + 0.5)

    def says(self, row: dict) -> int | str:
        """Return what a figure row says: its number, or its share without the sign."""
        return row["n"] if self.n is not None else str(row["percent"]).rstrip("%")


@cache
def printed() -> tuple[Printed, ...]:
    """Return the printed figures in the order of the page's article."""
    return tuple(Printed(**line) for line in tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))["line"])


def table(rows: dict, people: int) -> list[tuple[str, str, int | str, int | str]]:
    """Return [(the page's words, figure id, what the rows say, what they should)]. rows: {figure id: figure row}."""
    return [(one.printed, one.figure, one.says(rows[one.figure]), one.should(people)) for one in printed()]
