"""Which organisations stand where."""

from django.db.models import Count, Q

from ..models import Organisation
from . import rules


def standing_in(area, day):
    """List the organisations standing in this very area on a day, those of the area at large first."""
    return Organisation.objects.on(day).filter(area=area).order_by("line", "name")


def found(actor, *, q="", tier="", line=""):
    """Return the living units that the actor sees, narrowed by name, pinyin or area, tier and line, with how many posts they fill (n_posts)."""
    rows = rules.visible_organisations(actor).select_related("area").filter(to_on=None)
    if q:
        rows = rows.filter(Q(name__icontains=q) | Q(pinyin__icontains=q) | Q(area__name__icontains=q))
    rows = rows.filter(**{name: asked for name, asked in (("tier", tier), ("line", line)) if asked})
    return rows.annotate(n_posts=Count("posts", Q(posts__to_on=None)))
