"""Judge one need after another: reasonable or not."""

from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from wanjia.casework.duties import Duty
from wanjia.doors.guard import guarded

from ..ledger.queries import to_first
from .queries import waiting


@guarded(Duty.SCREEN_NEEDS)
def screening(request):
    """The first need that waits to be judged."""
    return to_first(waiting(request.user), "screen") or render(
        request, "casework/empty_queue.html", {"words": _("受理判定"), "sentence": _("没有待判定的诉求")}
    )
