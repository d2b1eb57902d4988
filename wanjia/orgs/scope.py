"""What an actor sees: everything in the own subtree (块), or the own department's share of it (条). The one place.

A scope is a list of reaches. A reach of a unit without a line covers every row of its area; a reach of a unit in a line
(a bureau, a station) covers the rows of its area that its line holds. Which rows a line holds is said by each mechanism's
`visible_…` rule through `held`.
"""

from dataclasses import dataclass

from django.db.models import Q

from wanjia.kernel.command import SystemActor

from .duties import Role

# Roles that look over a whole area although their unit belongs to a line.
WHOLE_AREA = {Role.LEDGER_OFFICE, Role.CALLBACK_OFFICER, Role.INSPECTOR, Role.LEADER, Role.AUDITOR, Role.ADMINISTRATOR,
              Role.PROTECTION_OFFICER}  # fmt: skip


@dataclass(frozen=True)
class Reach:
    """One post's reach: codes in [first, end), restricted to a line unless `line` is empty."""

    first: str
    end: str
    line: str = ""


def reaches(actor):
    """List the reaches of the actor's posts held today; the installer's is everything."""
    if isinstance(actor, SystemActor):
        return [Reach("0", ":")] if actor.duties else []
    found = {Reach(*post.reach.span(), "" if post.role in WHOLE_AREA else post.organisation.line) for post in actor.live_posts}
    return sorted(found, key=lambda reach: (reach.first, reach.line))


def in_reach(actor, *, area="area_id", held=None):
    """Return the Q of rows the actor sees.

    area: lookup path of the row's area code; held: lookup path of the line that holds the row, or None when a row of this
    kind belongs to no line (then a line's post sees its whole area: a school's worker its township's households).
    """
    within = Q(pk__in=[])
    for reach in reaches(actor):
        rows = Q(**{f"{area}__gte": reach.first, f"{area}__lt": reach.end})
        if reach.line and held:
            rows &= Q(**{held: reach.line})
        within |= rows
    return within


def covers(actor, code):
    """Tell whether an area code lies in any reach of the actor, whatever the line."""
    return any(reach.first <= code < reach.end for reach in reaches(actor))


def areas(actor):
    """Return the areas at the top of the actor's reaches, widest first."""
    found = {post.reach.code: post.reach for post in actor.live_posts}
    return sorted(found.values(), key=lambda area: (len(area.stem), area.code))
