"""What an app brings under PLANNED: one kind of plan, from its rows and back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from wanjia.kernel.brings import gather


@dataclass(frozen=True)
class Answer:
    """What a solver gives back. plan: its own; words: the numbers of its summary, by the names that its kind has words for; gap: how far from the best it may be, None if unsaid."""

    plan: Any
    words: Mapping[str, float | int | str]
    gap: float | None = None
    stopped: bool = False


@dataclass(frozen=True, eq=False)
class Planned:
    """One kind of plan. Only an app's plans.py speaks to the engines; these are its functions.

    name: as it stands in rows; words: what it is called; asks, activates: the duties; page: the name of the page that shows a version (its
    key is the argument); over: (name of the page of what it is about, for its key)
    build(plan) → problem, from rows; nothing is written
    solve(problem, control) → Answer; it asks control whether to stop and tells it how far it is
    judge(problem, answer) → sentences, each a rule that the answer breaks; it shares no code with the solver
    store(plan, problem, answer) → None: writes the version's own rows, inside the transaction that makes the plan ready
    swap(plan, before, by, at) → None: what activating changes in the app's rows; may raise Refused. before: the version that stood, or None
    drop(plan) → None: takes a dropped version's rows away
    seen(actor) → Q over Plan: the plans of this kind in the actor's reach
    says: what the numbers of a summary are called, {name in Answer.words: words}
    memory_mb: what the process may take; seconds: how long the engine may look for something better
    """

    name: str
    words: Any
    asks: Any
    activates: Any
    page: str
    build: Callable[[Any], Any]
    solve: Callable[[Any, Any], Answer]
    judge: Callable[[Any, Answer], Sequence[str]]
    store: Callable[[Any, Any, Answer], None]
    seen: Callable[[Any], Any]
    swap: Callable[..., None] = lambda plan, before, by, at: None
    drop: Callable[[Any], None] = lambda plan: None
    says: Mapping[str, Any] = field(default_factory=dict)
    memory_mb: int = 6000
    seconds: float = 60.0


def planned() -> dict[str, Planned]:
    """Return {name: Planned} of all installed apps."""
    return {one.name: one for one in gather("PLANNED")}


def kind_of(plan: Any) -> Planned:
    """Return the Planned of a plan. Raises LookupError when its app is not installed."""
    return planned()[plan.kind]
