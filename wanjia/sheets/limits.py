"""What one upload may cost. The figures are the contract's; everything counts against them while it is read, not after."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Sizes in MB and counts; `seconds` is CPU time of the child (wall: ten times that), `memory_mb` its address space."""

    file_mb: int = 20
    inflated_mb: int = 200
    ratio: int = 100
    ratio_floor_mb: int = 4  # below this a high ratio is only tidy data, above it no office file reaches 100:1
    zip_entries: int = 1000
    rows: int = 200_000
    columns: int = 200
    cell_chars: int = 4000
    name_chars: int = 60
    seconds: int = 60
    memory_mb: int = 768


LIMITS = Limits()


class Reject(Exception):
    """Inside the reader: this file cannot be read, for that reason. Never leaves the child process."""

    def __init__(self, code, detail="", sheet=""):
        super().__init__(code)
        self.code, self.detail, self.sheet = code, str(detail), sheet
