"""What an actor sees and may do where: everything in the own subtree (块), or the own department's share of it (条). The one place.

A duty and its reach come from the same post (ADR 81). Every question here names the duty it is asked for, and only the posts
that carry it answer: whoever is protection officer in one township and village worker in another opens no sealed report in
the other. `any_post` says that a post's mere presence is enough, and why.

A scope is a list of reaches. A reach of a village's or township's unit without a line covers every row of its area; a reach of a
unit in a line (a bureau, a station) covers the rows of its area that its line holds. A county's unit without a line is a line of its
own (`own_line`): it would else pass for the county. Which rows a line holds is said by each mechanism's `visible_…` rule through `held`.

Administration and content are separate (三员分立): the posts of an administrator and an auditor reach *places* (areas, units,
accounts, journal lines, figures), never content (needs, homes, people, sealed records).
"""

from dataclasses import dataclass

from django.db.models import Q

from wanjia.kernel.command import SystemActor
from wanjia.orgs.carried import DUTIES
from wanjia.orgs.roles import BROUGHT, Role

# Roles that look over a whole area although their unit belongs to a line.
WHOLE_AREA = {Role.LEDGER_OFFICE, Role.CALLBACK_OFFICER, Role.INSPECTOR, Role.LEADER, Role.AUDITOR, Role.ADMINISTRATOR,
              Role.PROTECTION_OFFICER, *(Role(one.value) for one in BROUGHT if one.whole_area)}  # fmt: skip
# Roles that see what their own unit holds and no more, whatever line it belongs to: a station far away does not stand for the area that keeps it.
OWN_UNIT = {Role(one.value) for one in BROUGHT if one.own_unit}
# Roles whose posts open no content at all.
ADMINISTRATION = {Role.ADMINISTRATOR, Role.AUDITOR}
_ANY, ITSELF = "any post", "unit:"
COUNTY = "county"  # Tier.COUNTY: models ask this room


def any_post(why):
    """Return the word for "whatever duties the post carries", where its presence is enough. why: the reason, said where it is used."""
    assert why
    return _ANY


@dataclass(frozen=True)
class Reach:
    """One post's reach: codes in [first, end), restricted to a line (or to one unit, `own_line`) unless `line` is empty; in the name of `unit` (the installer: None).

    whole: whether the role looks over a whole area, whatever its unit.
    """

    first: str
    end: str
    line: str = ""
    unit: object = None
    whole: bool = False

    def holds(self, code):
        """Tell whether an area code lies in it."""
        return self.first <= code < self.end


def posts(actor, *, duty):
    """List the posts held today that carry `duty`: one Duty, any of a tuple of them, or `any_post`."""
    return [post for post in actor.live_posts if _carries(DUTIES[post.role], duty)]


def _carries(duties, duty):
    if duty == _ANY:
        return bool(duties)
    return not {duty}.isdisjoint(duties) if isinstance(duty, str) else not duties.isdisjoint(duty)


def _content(actor, duty):
    return _kept(actor, ("content", duty), lambda: [post for post in posts(actor, duty=duty) if post.role not in ADMINISTRATION])


def _kept(actor, asked, found):
    """Return what `found` finds, once for the posts that the actor has read: a list asks of each of fifty rows by which posts it is seen."""
    if isinstance(actor, SystemActor):
        return found()
    held, kept = getattr(actor, "kept_scope", (None, None))
    if held is not actor.live_posts:
        held, kept = actor.kept_scope = actor.live_posts, {}
    if asked not in kept:
        kept[asked] = found()
    return kept[asked]


def handles_content(actor, *, duty):
    """Tell whether a post of the actor that carries `duty` opens content; the installer's duties do, who owns the machine."""
    return _carries(actor.duties, duty) if isinstance(actor, SystemActor) else bool(_content(actor, duty))


def units(actor, *, duty):
    """List the units in whose name the actor handles content under `duty`."""
    return [post.organisation for post in _content(actor, duty)]


def unit(actor, *, duty, code=""):
    """Return the unit in whose name the actor does what asks for `duty`, there where `code` lies: of the first such post, or None."""
    return next((post.organisation for post in posts(actor, duty=duty) if not code or post.reach.covers(code)), None)


def reaches(actor, *, duty):
    """List the reaches over content of the posts that carry `duty`; the installer's is everything."""
    return _reaches(actor, _content(actor, duty), duty)


def places(actor, *, duty):
    """List the reaches over places of the posts that carry `duty`: an administrator's and an auditor's too."""
    return _reaches(actor, posts(actor, duty=duty), duty)


def _reaches(actor, held, duty):
    if isinstance(actor, SystemActor):
        return [Reach("0", ":", whole=True)] if _carries(actor.duties, duty) else []
    return [*_kept(actor, ("reaches", *map(id, held)), lambda: _sorted(held))]


def _sorted(held):
    return sorted({reach_of(post) for post in held}, key=lambda reach: (reach.first, reach.line, str(reach.unit.pk), reach.whole))


def reach_of(post):
    """Return the reach of one post."""
    whole = post.role in WHOLE_AREA
    line = own_line(post.organisation.pk) if post.role in OWN_UNIT else _line_of(post.organisation)
    return Reach(*post.reach.span(), "" if whole else line, post.organisation, whole)


def own_line(unit_id):
    """Return the line of one unit alone: what it holds itself, and nothing by its area."""
    return f"{ITSELF}{unit_id}"


def _line_of(unit):
    return unit.line or (own_line(unit.pk) if unit.tier == COUNTY else "")


def in_place(actor, *, duty, area="area_id"):
    """Return the Q of places where the actor has `duty`: areas, units, accounts, journal lines. Never of content."""
    return _within(places(actor, duty=duty), area, None)


def in_reach(actor, *, duty, area="area_id", held=None):
    """Return the Q of content rows within the posts that carry `duty`; an administrator or an auditor sees none.

    area: lookup path of the row's area code; held: lookup path of the line of the unit that holds the row, or None when a row of this kind
    belongs to no line (then a line's post sees its whole area: a school's worker its township's households).
    """
    return _within(reaches(actor, duty=duty), area, held)


def _within(found, area, held):
    within = Q(pk__in=[])
    for first, end, line in sorted({(reach.first, reach.end, reach.line if held else "") for reach in found}):
        rows = Q(**{f"{area}__gte": first, f"{area}__lt": end})
        if line.startswith(ITSELF):
            rows &= Q(**{held.removesuffix("__line"): line.removeprefix(ITSELF)})
        elif line:
            rows &= Q(**{held: line})
        within |= rows
    return within


def covers(actor, code, *, duty):
    """Tell whether an area code lies where the actor has `duty`, whatever the line."""
    return any(reach.holds(code) for reach in places(actor, duty=duty))


def areas(actor, *, duty):
    """Return the areas at the top of the reaches of the posts that carry `duty`, widest first."""
    found = {post.reach.code: post.reach for post in posts(actor, duty=duty)}
    return sorted(found.values(), key=lambda area: (len(area.stem), area.code))
