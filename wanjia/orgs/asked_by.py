"""Questions of one shape whose words go by the posts of whoever asks: put into SQL once for all who hold the like posts, then only filled.

    HELD_LATE = AskedBy(lambda actor, day: visible_needs(actor).filter(condition("needs.overdue", day)).order_by())
    HELD_LATE(request.user, day=day)              # the needs

What a rule asks of whom it lets see goes by the roles, lines and tiers of the posts held today; their units and places, and the actor's own key,
are mere values in it. So the rule itself makes the question, for `Anybody` of such posts, and no second one is written beside it. A rule that looks
anything up to say whom it lets see cannot be put so (it would keep what it found), and is refused when the question is made.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from django.db import connections, models

from wanjia.kernel.command import SystemActor
from wanjia.orgs.carried import DUTIES
from wanjia.shapes import Shape

from .models import Organisation

KINDS = 256  # kinds of actors, times days, for which one question is kept


class AskedBy:
    """One question. make: (actor, a value each, by name what its words go by: a day) → the query set that asks it."""

    def __init__(self, make: Callable[..., models.QuerySet[Any]]) -> None:
        self.make = make
        self._shape = lru_cache(maxsize=KINDS)(self._made)

    def __call__(self, actor: Any, *values: Any, **words: Any) -> list[Any]:
        """Ask it; return the rows, the tuples or the single values that its query set gives."""
        if isinstance(actor, SystemActor):
            return list(self.make(actor, *values, **words))
        kind, own = _kind_of(actor)
        return self._shape(kind, tuple(words.items()))(*own, *values)

    def first(self, actor: Any, *values: Any, **words: Any) -> Any:
        """Ask it; return the first, or None."""
        return next(iter(self(actor, *values, **words)), None)

    def _made(self, kind: Any, words: Any) -> Shape:
        def made(*marks: Any) -> models.QuerySet[Any]:
            own = 1 + max([0, *(n for post in kind for n in post[3:])])
            with connections["default"].execute_wrapper(_refused):
                return self.make(Anybody(kind, marks[:own]), *marks[own:], **dict(words))

        return Shape(made)


def _refused(*_asked: Any) -> Any:
    raise TypeError("who looks something up to put a question cannot put it once for all")


def _kind_of(actor: Any) -> Any:
    """Return (what its posts are like, their values): worked out once a request, as the posts are read."""
    if getattr(actor, "kept_kind", (None,))[0] is not actor.live_posts:
        values = {actor.pk: 0}
        posts = tuple(
            (post.role, post.organisation.line, post.organisation.tier, *(values.setdefault(one, len(values)) for one in (post.organisation_id, *post.reach.span())))
            for post in actor.live_posts
        )  # fmt: skip
        actor.kept_kind = actor.live_posts, posts, list(values)
    return actor.kept_kind[1:]


@dataclass(frozen=True)
class Place:
    """Some area."""

    first: Any
    end: Any

    def span(self) -> tuple[Any, Any]:
        """Return its codes, as `Area.span` does."""
        return self.first, self.end


@dataclass(frozen=True)
class Held:
    """A post of some role."""

    role: str
    organisation: Organisation
    reach: Place


def _unit(key: Any, line: str, tier: str) -> Organisation:
    """Return some unit of that kind. Its other columns are not read yet: a rule that goes by one looks it up, and is refused instead of told ""."""
    known = {"id": key, "line": line, "tier": tier}
    fields = [field.attname for field in Organisation._meta.concrete_fields if field.attname in known]
    return Organisation.from_db("default", fields, [known[name] for name in fields])


class Anybody:
    """Whoever holds posts of one kind: of the actor it stands for it has the roles; keys and places are marks."""

    def __init__(self, kind: Any, marks: Any) -> None:
        self.pk = self.id = marks[0]
        self.live_posts = [Held(role, _unit(marks[unit], line, tier), Place(marks[first], marks[end])) for role, line, tier, unit, first, end in kind]

    @cached_property
    def duties(self) -> set[Any]:
        """The set of duties of all its posts."""
        return {duty for post in self.live_posts for duty in DUTIES[post.role]}

    def has_duty(self, *duties: Any) -> bool:
        """Tell whether any of its posts carries any of `duties`."""
        return not self.duties.isdisjoint(duties)
