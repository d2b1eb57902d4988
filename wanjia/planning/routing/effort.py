"""How long a search may work: CPU seconds (a busy machine must not cost quality), steps (repeatable), the clock, a person."""

import time
from dataclasses import dataclass

from wanjia.planning.contract import Control

PREPARING = "准备中,首次运行要编译约 20 秒 / preparing; the first run compiles for about 20 s"
LEAST_SEARCH = 0.5  # share of the CPU seconds that a search gets even when first-time compilation took the rest


@dataclass(frozen=True)
class Effort:
    """cpu_seconds: of this process, counted from `cpu_from` (None: from now); iterations: steps of the main search."""

    cpu_seconds: float | None = None
    iterations: int | None = None
    cpu_from: float | None = None


@dataclass
class Clock:
    """What is spent, by whichever limit is nearest. main: the share of the effort that `iterations` steps stand for."""

    control: Control
    effort: Effort
    main: float = 1.0
    steps: int = 0

    def __post_init__(self) -> None:
        self.cpu_from = time.process_time() if self.effort.cpu_from is None else self.effort.cpu_from

    def ready(self) -> None:
        """Call when compiled code is ready: a first start may spend its time compiling, but not all of it."""
        if self.effort.cpu_seconds is not None:
            used = LEAST_SEARCH * self.effort.cpu_seconds
            self.cpu_from = max(self.cpu_from, time.process_time() - used)

    def spent(self) -> float:
        """Return the CPU seconds spent."""
        return time.process_time() - self.cpu_from

    def left(self) -> float:
        """Return the seconds left, infinity without a limit."""
        cpu = float("inf") if self.effort.cpu_seconds is None else self.effort.cpu_seconds - self.spent()
        return max(0.0, min(cpu, self.control.remaining()))

    def share(self) -> float:
        """Return the share of the effort spent, 0 to 1 and beyond."""
        shares = [0.0]
        if self.effort.iterations is not None:
            shares.append(self.steps / max(1, self.effort.iterations) * self.main)
        if self.effort.cpu_seconds is not None:
            shares.append(self.spent() / max(1e-9, self.effort.cpu_seconds))
        if self.control.seconds is not None:
            shares.append(self.control.elapsed() / max(1e-9, self.control.seconds))
        return max(shares)

    def over(self, share: float = 1.0) -> bool:
        """Tell whether that share is spent, or somebody asks to stop."""
        return self.share() >= share - 1e-12 or self.control.should_stop()
