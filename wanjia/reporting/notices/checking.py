"""Each published notice from the lines that it counts; what it says and whose it is, from the journal's lines of its printing."""

from wanjia.kernel.models import Entry

from ..models import PublishedNotice
from .freezing import digest, said


def faults(_day):
    """Yield (number, column, is, should) for each notice that is otherwise than its lines and the journal say."""
    for published in PublishedNotice.objects.select_related("paper__area", "corrects__area"):
        number, again = published.paper.number, digest(published)
        if again != published.digest:
            yield number, "digest", published.digest, again
        told = _printed(published)
        if told is None:
            yield number, "journal", "none", "a line for its printing"
            continue
        if told.get("digest", published.digest) != published.digest:
            yield number, "journal", published.digest, told["digest"]
        if told.get("content", said(published)) != said(published):
            yield number, "content", said(published), told["content"]
        yield from ((number, name, is_, told.get(name)) for name, is_ in _head(published).items() if is_ != told.get(name))
    yield from _gone()


def _head(published):
    """Return what stands above a notice: its number, its month, whose it is, which one it corrects."""
    paper, corrects = published.paper, published.corrects
    return {"number": paper.number, "month": paper.period, "area": paper.area_id, "corrects": corrects and corrects.number}


def _printed(published):
    """Return what the journal first said of a notice's rows, words and head; a later printing repeats what stands then. None: nothing."""
    lines = Entry.objects.filter(subject="reporting.paper", subject_id=str(published.paper_id), act="paper.print").order_by("-seq")
    told = None
    for detail, area in lines.values_list("detail", "area_code"):
        told = (told or {}) | detail | {"area": area}
    return told


def _gone():
    """Each notice that the journal saw published and that is no longer there: nothing takes one back."""
    here = set(map(str, PublishedNotice.objects.values_list("paper_id", flat=True)))
    lines = Entry.objects.filter(subject="reporting.paper", act="paper.print", detail__has_key="digest")
    told = {pk: number for pk, number in lines.values_list("subject_id", "detail__number") if pk not in here}
    yield from ((number, "notice", "gone", "what the journal saw published") for number in sorted(told.values()))
