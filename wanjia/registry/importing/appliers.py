"""What the accepted rows of a template become. A floor above registers its own applier when it is ready."""

from collections.abc import Callable
from dataclasses import dataclass

from wanjia.orgs.duties import Duty
from wanjia.sheets.templates import TEMPLATES, Template

APPLIERS = {}


@dataclass(frozen=True)
class Applier:
    """One kind of workbook. `apply(rows, upload, by, at)` writes a chunk of UploadRows and returns a result word for each.

    It must be repeat-safe: the same rows again write nothing and answer "same".
    """

    template: Template
    words: str
    apply: Callable
    duty: str = Duty.IMPORT


def register(name, words, apply):
    """Make `name` importable."""
    APPLIERS[name] = Applier(TEMPLATES[name], words, apply)
