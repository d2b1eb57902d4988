"""The published draws: each month's commitment, and its seed once the month is over."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from wanjia.doors.guard import public

from .queries import months


@public
@never_cache
def published(request):
    """What anybody needs to recompute past draws; nothing about any person."""
    return render(request, "casework/drawing/published.html", {"months": months(timezone.now())})
