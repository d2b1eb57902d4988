"""How an act is tried by the house's generated tests: one row an act, in the `tests/acts.py` of its app.

    ACTS = {"casework.add_note": Tried("handler", lambda w: need(w, "accepted") | {"words": "已联系村里"}, spoil={"您的岗位没有办理权限。": Felt(by="caller")})}

From the row follow: that it is done and once, that another body under its key is a conflict, who may (beside `may`, or the table
`tests/house/permissions.csv`), that each refusal stops it, that its page and its call do what it does, and what its lines are called.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

MONDAY = datetime(2026, 11, 2, 1, tzinfo=UTC)  # 9 o'clock in China


@dataclass(frozen=True)
class Felt:
    """How one refusal is met: the right act, spoilt by another actor, another state, other keywords, or something done before.

    act: its name, where the row does not stand beside it; by: name of an actor in the world, or world → user; state: where the need
    stands; what: keywords, or world → keywords; before(world, keywords): done first; at: another moment.
    """

    act: str = ""
    by: str | Callable = ""
    state: str = ""
    what: dict | Callable = field(default_factory=dict)
    before: Callable | None = None
    at: object = None


@dataclass(frozen=True)
class Tried:
    """How one command is done rightly, and how it is refused.

    by: name of the actor in the world; make: world → keywords; other: keywords that make another body under the same key;
    wrong: keywords that are refused even to the right actor, for acts that nobody is refused by post; anyone: why the act asks
    for no post; at: when; may: the roles that may where the row lies, with blanks between ("": its row stands in the table);
    spoil: {sentence of a refusal, as the source has it: Felt}.
    """

    by: str
    make: Callable
    other: dict = field(default_factory=lambda: {"words": "另一句话"})
    wrong: dict = field(default_factory=dict)
    anyone: str = ""
    at: object = MONDAY
    may: str = ""
    spoil: dict = field(default_factory=dict)
