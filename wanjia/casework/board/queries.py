"""What was published of villages, as anybody may read it."""

from wanjia.reporting.models import PublishedNotice

from ..states import PaperKind


def published():
    """Return what was published of boards, the latest quarter first; of one quarter what stands, a correction in place of what it corrects."""
    return (
        PublishedNotice.objects.filter(paper__kind=PaperKind.BOARD, paper__corrections=None)
        .select_related("paper__area__parent", "paper__printed_org")
        .order_by("-paper__period", "paper__area__code", "-pk")
    )


def standing(**which):
    """Return the published notices that stand, one for each township and quarter: {(township, yyyymm): PublishedNotice}."""
    found = {}
    for one in published().filter(**which):
        found.setdefault((one.paper.area_id, one.paper.period), one)
    return found


def townships():
    """Return [(township, its county, villages of its latest board)] of every township that publishes."""
    latest = {}
    for (code, _month), one in standing().items():
        latest.setdefault(code, one)
    return [(one.paper.area, one.paper.area.parent, one.content["villages"]) for _code, one in sorted(latest.items())]


def boards_of(code):
    """Return [(PublishedNotice, board)] of a village, the latest quarter first."""
    found = standing(paper__area__code=f"{code[:9]}000")
    return [(one, board) for one in found.values() for board in one.content["villages"] if board["code"] == code]
