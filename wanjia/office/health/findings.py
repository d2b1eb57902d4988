"""One finding of the doctor: green, yellow or red, what was seen and what to do, in both languages."""

from dataclasses import dataclass, field

from django.utils import translation
from django.utils.translation import gettext

from wanjia.doors.words import wide

GREEN, YELLOW, RED = "green", "yellow", "red"
SIGNS = {GREEN: "✓", YELLOW: "!", RED: "✗"}


@dataclass(frozen=True)
class Finding:
    """id: what was looked at; said, todo: Chinese sentences as they stand in the translations; facts: what fills them.

    blocks: serving on would lose or leak data, so `wanjia serve` refuses to start.
    """

    id: str
    level: str
    said: str
    todo: str = ""
    facts: dict = field(default_factory=dict)
    blocks: bool = False

    def words(self, language=None):
        """Return (what was seen, what to do) in a language; None: the present one."""
        language = language or translation.get_language() or "zh-hans"
        with translation.override(language):
            said, todo = gettext(self.said) % self.facts, gettext(self.todo) % self.facts if self.todo else ""
        return (wide(said), wide(todo)) if language.startswith("zh") else (said, todo)

    @property
    def seen(self):
        return self.words()[0]

    @property
    def to_do(self):
        return self.words()[1]

    @property
    def sign(self):
        return SIGNS[self.level]

    def as_json(self):
        """The finding as plain values."""
        (zh, do_zh), (en, do_en) = self.words("zh-hans"), self.words("en")
        return {"id": self.id, "level": self.level, "zh": zh, "en": en, "do": {"zh": do_zh, "en": do_en} if do_zh else None,
                "blocks": self.blocks}  # fmt: skip
