"""Give a paper its number and journal that it was printed."""

from collections import Counter
from typing import Annotated
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.brings import gather
from wanjia.kernel.calendar import today
from wanjia.verdict import NotFound

from ..kinds import papers_with
from ..models import Paper, PaperSeries
from . import rules
from .queries import place_words, printed
from .subjects import PAPERS


def _kinds(_row, _actor, _day):
    return [(kind.key, kind.words) for family in gather("PAPERS") for kind in family.kinds]


@act(
    PAPERS, "print_document", words=_("打印文书"), new=True, call="", lines={"paper.print": _("打印文书")},
    page=False, because="the page of one row's papers prints them, each by its own button (papers/views.py)",
)  # fmt: skip
def print_document(
    *, by, at,
    subject_id: Annotated[UUID, Asked(_("哪一件的文书"))],
    kind: Annotated[str, Asked(_("文种"), among=_kinds)],
):  # fmt: skip
    """Print one paper of a row (出具文书). The same occasion keeps its number; each printing is journalled."""
    family = papers_with(kind)
    row = family.seen(by).filter(pk=subject_id).first() if family else None
    if family and row is None:
        raise NotFound(_("没有找到。可能不存在,或者不在您的辖区。"))
    rules.can_print(by, family, row, kind, at).or_raise()
    occasion = family.occasion(row, kind)
    paper = printed(row).filter(kind=kind, occasion=occasion).first() or _numbered(row, kind, family, occasion, family.unit(by, row), by=by, at=at)
    _journalled(paper, row, kind, family, by=by, at=at)
    paper.fresh = True  # only this instance: one that the memory of a key gives out again was neither asked nor journalled
    return paper


def make_papers(made, *, by, at):
    """Make the papers of what the clock has just done, each in the name of a unit: [(row, kind, occasion, unit)]. Whoever may, prints them.

    Within that act, which is their leave: an occasion of it is fresh, so no paper stands on it yet.
    """
    families = {kind: papers_with(kind) for _row, kind, _occasion, _unit in made}
    numbers = _numbers([(families[kind].kind(kind).mark, families[kind].area(row).code[:6]) for row, kind, _occasion, _unit in made], at)
    papers = [
        Paper(
            subject=row._meta.label_lower, subject_id=row.pk, kind=kind, occasion=occasion, area=families[kind].area(row), number=number,
            printed_at=at, printed_by_id=by.id, printed_org=unit,
        ) for (row, kind, occasion, unit), number in zip(made, numbers, strict=True)
    ]  # fmt: skip
    Paper.objects.bulk_create(papers)
    for paper, (row, kind, _occasion, _unit) in zip(papers, made, strict=True):
        _journalled(paper, row, kind, families[kind], by=by, at=at)
    return papers


def _numbers(asked, at):
    """Return the next numbers of these (mark, place), each series locked once, in their order."""
    year, found = today(at).year, {}
    for (mark, stem), n in sorted(Counter(asked).items()):
        last, words = _next(mark, stem, year, n), place_words(stem)
        found[mark, stem] = iter([f"{words}{mark}〔{year}〕{number}号" for number in range(last - n + 1, last + 1)])
    return [next(found[one]) for one in asked]


def _numbered(row, kind, family, occasion, unit, *, by, at):
    area = family.area(row)
    return Paper.objects.create(
        subject=row._meta.label_lower, subject_id=row.pk, kind=kind, occasion=occasion, area=area,
        number=next_number(family.kind(kind).mark, area.code[:6], at), printed_at=at, printed_by=by, printed_org=unit,
    )  # fmt: skip


def _journalled(paper, row, kind, family, *, by, at):
    journal.record(
        act="paper.print", subject=paper, by=by, at=at, area_code=paper.area_id, paper=str(kind), number=paper.number, **family.told(by, row, kind),
    )  # fmt: skip


def to_send(paper, *, by, at):
    """Return a paper of a row that is about to be sent; one out of the memory of a key is asked and journalled anew, for what stands on it may be new."""
    return paper if getattr(paper, "fresh", False) else print_document(subject_id=paper.subject_id, kind=paper.kind, by=by, at=at)


def next_number(mark, stem, at):
    """Return 永善诉交〔2026〕12号: the place, the kind's mark, the year, the next number of the year."""
    year = today(at).year
    return f"{place_words(stem)}{mark}〔{year}〕{_next(mark, stem, year, 1)}号"


def _next(mark, stem, year, n):
    """Move a series on by n; return the last number it has given."""
    series, _made = PaperSeries.objects.select_for_update().get_or_create(prefix=f"{mark}{stem}-{year}")
    series.last += n
    series.save(update_fields=["last"])
    return series.last
