"""Sittings (一件接一件): one need after the other on one page; what is saved or skipped brings the next, what was skipped comes not again that day."""

from collections.abc import Callable
from dataclasses import dataclass

from django.shortcuts import redirect
from django.urls import reverse

from wanjia.doors import pages

from .subjects import NEEDS


@dataclass(frozen=True)
class Sitting:
    """One kind of sitting.

    name: its address, and with _need behind it the address of one need in it; kept: the word of what was skipped in the session; whole(actor): all that waits; now(actor, at): what of it may be asked at this moment; done(actor, at): how many were
    today; ask(request, need, **more): the page of one; beside(request): what the last page shows besides the day.
    """

    name: str
    kept: str
    duty: object
    whole: Callable
    now: Callable
    done: Callable
    ask: Callable
    beside: Callable = lambda _request: {}

    def sit(self, request, need_id):
        """Answer with the next need, or with the one of the address; where none is left, return what the day's last page shows."""
        if request.method == "POST" and not {"skip", "afresh"}.isdisjoint(request.POST):
            self._skip(request, need_id)
            return redirect(f"casework:{self.name}")
        upcoming, day = self.day(request.user, request.at, self._skipped(request))
        need = upcoming if need_id is None else pages.row_or_404(NEEDS, request.user, need_id, duty=self.duty)
        if need is None:
            return {"day": day, **self.beside(request)}
        sat = reverse(f"casework:{self.name}")
        return self.ask(request, need, day=day, next=sat, back="", sent_to=reverse(f"casework:{self.name}_need", args=[need.pk]))

    def day(self, actor, at, skipped):
        """Return (the next need or None, {"done", "whole", "skipped", "later"})."""
        now, n = self.now(actor, at), self.whole(actor).count()
        left = now.exclude(pk__in=skipped)
        done, open_, passed = self.done(actor, at), left.count(), now.filter(pk__in=skipped).count()
        return left.first(), {"done": done, "whole": done + open_ + passed, "skipped": passed, "later": n - open_ - passed}

    def _skipped(self, request):
        """List the keys of the needs that were skipped today."""
        found = request.session.get(self.kept, {})
        return found["needs"] if found.get("day") == request.day.isoformat() else []

    def _skip(self, request, need_id):
        """Keep that a need was skipped; without one, take up again what was."""
        needs = [*self._skipped(request), str(need_id)] if need_id else []
        request.session[self.kept] = {"day": request.day.isoformat(), "needs": needs}
