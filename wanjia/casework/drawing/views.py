"""The published draws: each month's commitment, and its seed once the month is over."""

from wanjia.doors.guard import PUBLIC
from wanjia.doors.reading import page

from .queries import months


@page("rechecks/draws/", PUBLIC, name="draws", fresh=True)
def published(request):
    """What anybody needs to recompute past draws; nothing about any person."""
    return {"months": months(request.at)}
