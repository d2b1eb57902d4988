"""What papers ask of the rows: those that were printed of one, the words for a place, characters that no font bears."""

import re
from functools import reduce
from operator import or_

from django.db.models import Q

from wanjia.kernel.brings import gather
from wanjia.orgs.models import Area
from wanjia.policy.glyphs import named, packages_for

from ..models import Paper


def seen(actor, row_id):
    """Return (Papers, row) for a row of which the actor sees papers, or (None, None)."""
    for family in gather("PAPERS"):
        if row := family.seen(actor).filter(pk=row_id).first():
            return family, row
    return None, None


def printed(row):
    """Return the papers printed of a row, the newest first."""
    return Paper.objects.filter(subject=row._meta.label_lower, subject_id=row.pk)


def of_number(number):
    """Return the Q of papers about the rows with a number."""
    return reduce(or_, (family.numbered(number) for family in gather("PAPERS")), Q(pk__in=[]))


def place_words(stem):
    """Return the short words for a place in a paper's number, county before township: 永善, 永善细沙."""
    codes = [stem[:digits].ljust(12, "0") for digits in (6, 9) if digits <= len(stem)]
    found = Area.objects.in_bulk(codes)
    short = [(found[code].short_name or found[code].name) for code in codes if code in found]
    return "".join(re.sub(r"(?<=..)(县|市|区|乡|镇|街道)$", "", name) for name in short)


def lacking(found):
    """Shape what cannot be printed for the page: each field with its characters by number, and the packages that bear them.

    found: [(field, characters that no font here bears)].
    """
    chars = [char for _field, chars in found for char in chars]
    return {"fields": [(field, "、".join(map(named, chars))) for field, chars in found], "packages": " ".join(packages_for(chars))}


def notices(areas):
    """Return the published notices of `areas`, the newest first, each with its corrections."""
    papers = Paper.objects.filter(published__isnull=False, area__in=areas)
    return papers.select_related("area", "published__corrects").prefetch_related("corrections__paper").order_by("-printed_at")
