"""What the pages of notices ask: which day a month ends with, what was published, and what was entered since."""

import calendar
import re
from datetime import date

from django.utils import translation

from wanjia.kernel.models import Entry
from wanjia.orgs.models import Area, Organisation
from wanjia.policy.glyphs import unprintable

from ..kinds import bulletins
from ..papers.sheets import moment_words
from .freezing import outdated


def notice_day(month, now):
    """Return the last day counted by the notice of a month (yyyymm), or None for a month that is none or lies ahead.

    In digits of one kind: a month that is spelled in two ways (20２６12) would be published twice, and not as a correction.
    """
    if not re.fullmatch(r"20[0-9]{2}(0[1-9]|1[0-2])", month):
        return None
    year, number = int(month[:4]), int(month[4:])
    last = date(year, number, calendar.monthrange(year, number)[1])
    return min(last, now) if date(year, number, 1) <= now else None


def places_hard_to_print(area):
    """Return [(place or unit, characters that no font here bears)] of an area: they stand on its monthly notice."""
    first, end = area.span()
    within = {"area__code__gte": first, "area__code__lt": end}
    names = [*Area.objects.filter(code__gte=first, code__lt=end).values_list("name", flat=True),
             *Organisation.objects.filter(**within).values_list("name", flat=True)]  # fmt: skip
    return [(name, chars) for name in dict.fromkeys(names) if (chars := unprintable(name))]


def with_what_came_since(papers):
    """Return published notices, each with `open_at`, the name of its public address, and `outdated`: whether something was entered since that had happened by its day."""
    asked = []
    for paper in papers:
        corrections = paper.corrections.all()
        last = corrections[len(corrections) - 1] if corrections else paper.published
        paper.open_at, paper.outdated = bulletins()[paper.kind].link if paper.kind in bulletins() else "", False
        if paper.published.corrects is None and paper.kind in bulletins():
            asked.append((paper, last))
    for (paper, _last), late in zip(asked, outdated(asked), strict=True):
        paper.outdated = late
    return papers


def notice(paper):
    """Return the context of a printed notice: what was published under its number, whatever was entered since."""
    area, published = paper.area, paper.published
    unit = paper.printed_org.name if paper.printed_org else ""
    with translation.override("zh-hans"):
        words = str(paper.words)
    return {
        **published.content, "number": paper.number, "area": area, "month": f"{paper.period[:4]}年{int(paper.period[4:])}月",
        "corrects": published.corrects, "changes": published.changes, "digest": published.digest,
        "unit": unit, "phone": paper.printed_org.phone if paper.printed_org else "", "printed": moment_words(paper.printed_at), "anchor": anchor(paper),
        "name": f"{area.name}{paper.period}{words}{'更正' if published.corrects else ''}", "author": unit, "made": paper.printed_at,
    }  # fmt: skip


def anchor(paper):
    """Return the journal line of the paper's first printing: its digest, once published, pins down every line before it."""
    return Entry.objects.filter(subject="reporting.paper", subject_id=str(paper.pk)).order_by("seq").first()
