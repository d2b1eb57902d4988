"""What an actor sees: everything in the own subtree (块), or the own department's share of it (条). The one place.

A scope is a list of reaches. A reach of a unit without a line covers every row of its area; a reach of a unit in a line
(a bureau, a station) covers the rows of its area that its line holds. Which rows a line holds is said by each mechanism's
`visible_…` rule through `held`.

Administration and content are separate (三员分立): the posts of an administrator and an auditor reach *places* (areas, units,
accounts, journal lines, figures), never content (needs, homes, people, sealed records).
"""

from dataclasses import dataclass

from django.db.models import Q

from wanjia.kernel.command import SystemActor

from .duties import DUTIES, Role

# Roles that look over a whole area although their unit belongs to a line.
WHOLE_AREA = {Role.LEDGER_OFFICE, Role.CALLBACK_OFFICER, Role.INSPECTOR, Role.LEADER, Role.AUDITOR, Role.ADMINISTRATOR,
              Role.PROTECTION_OFFICER}  # fmt: skip
# Roles whose posts open no content at all.
ADMINISTRATION = {Role.ADMINISTRATOR, Role.AUDITOR}


@dataclass(frozen=True)
class Reach:
    """One post's reach: codes in [first, end), restricted to a line unless `line` is empty."""

    first: str
    end: str
    line: str = ""


def handles_content(actor):
    """Tell whether any post of the actor opens content; the installer, who owns the machine, does."""
    return bool(actor.duties) if isinstance(actor, SystemActor) else bool(_posts(actor))


def units(actor):
    """List the units in whose name the actor handles content."""
    return [post.organisation for post in _posts(actor)]


def reaches(actor):
    """List the reaches over content of the actor's posts held today; the installer's is everything."""
    return _reaches(actor, _posts(actor))


def places(actor):
    """List the reaches over places: those of every post held today, an administrator's and an auditor's too."""
    return _reaches(actor, actor.live_posts)


def _posts(actor):
    return [post for post in actor.live_posts if post.role not in ADMINISTRATION]


def _reaches(actor, posts):
    if isinstance(actor, SystemActor):
        return [Reach("0", ":")] if actor.duties else []
    found = {Reach(*post.reach.span(), "" if post.role in WHOLE_AREA else post.organisation.line) for post in posts}
    return sorted(found, key=lambda reach: (reach.first, reach.line))


def in_place(actor, *, area="area_id"):
    """Return the Q of places the actor works in: areas, units, accounts, journal lines. Never of content."""
    return _within(places(actor), area, None)


def in_reach(actor, *, area="area_id", held=None, duty=None):
    """Return the Q of content rows the actor sees; an administrator or an auditor sees none.

    area: lookup path of the row's area code; held: lookup path of the line that holds the row, or None when a row of this kind
    belongs to no line (then a line's post sees its whole area: a school's worker its township's households); duty: only the
    posts that carry it count.
    """
    posts = [post for post in _posts(actor) if duty is None or duty in DUTIES[post.role]]
    return _within(_reaches(actor, posts), area, held)


def _within(found, area, held):
    within = Q(pk__in=[])
    for reach in found:
        rows = Q(**{f"{area}__gte": reach.first, f"{area}__lt": reach.end})
        if reach.line and held:
            rows &= Q(**{held: reach.line})
        within |= rows
    return within


def covers(actor, code):
    """Tell whether an area code lies in any place of the actor, whatever the line. What may be done there, the duties say."""
    return any(reach.first <= code < reach.end for reach in places(actor))


def areas(actor):
    """Return the areas at the top of the actor's reaches, widest first."""
    found = {post.reach.code: post.reach for post in actor.live_posts}
    return sorted(found.values(), key=lambda area: (len(area.stem), area.code))
