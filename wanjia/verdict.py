"""An answer with its reason. A refusal is a sentence that a township worker understands."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Words: TypeAlias = "str | _StrPromise"  # a sentence, or one that waits for the language of its reader


class Refused(Exception):
    """The act may not be done; `reason` says why and what to do, `title` what its page is called (none: by what was asked).

    noting: where the refusal itself tells something, what journals that it was told, noting(by=, at=), once the act is taken back.
    Such a command is called in no transaction of the caller's: what is told would be taken back with it.
    It may refuse in its turn: then that is what is told.
    """

    status = 403
    noting: "Callable[..., None] | None" = None
    title: Words = ""
    said: dict[str, str] | None = None  # the reason in both languages, where a call is answered

    def __init__(self, reason: Words) -> None:
        super().__init__(str(reason))
        self.reason = reason


class NoRight(Refused):
    """None of the actor's posts carries the duty."""

    title = _("您的岗位没有这项权限")


class NotFound(Refused):
    """There is no such row, or none within reach: both look alike."""

    title = _("没有找到")


class TooLate(Refused):
    """It could have been done, but its time is over, or it was done once and that was all."""

    title = _("现在已经晚了")


class Conflict(Refused):
    """The act met a newer state: somebody was quicker, or a repeat carried another body."""

    status = 409
    title = _("有人先办了")

    def __init__(self, reason: Words = _("这件事刚刚被别人处理过,请刷新页面看最新情况。")) -> None:
        super().__init__(reason)


@dataclass(frozen=True)
class Verdict:
    """May it be done, and if not, why not."""

    allowed: bool
    reason: Words = ""
    kind: type[Refused] = Refused

    def __bool__(self) -> bool:
        return self.allowed

    def or_raise(self) -> None:
        """Raise Refused unless allowed."""
        if not self.allowed:
            raise self.kind(self.reason)


ALLOWED = Verdict(True)


def first_refusal(*checks: "tuple[object, Words] | tuple[object, Words, type[Refused]]") -> Verdict:
    """Return the verdict of the first failed (condition, sentence), or ALLOWED; a third word says which kind of refusal it is."""
    for condition, sentence, *kind in checks:
        if not condition:
            return Verdict(False, sentence, *kind)
    return ALLOWED
